"""The chat in a real browser, over the starter corpus and over articles that mean harm."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from visits import ENGLISH, PACKAGE, THAI, Visit, serve, visit

from corpus.document import Document
from corpus.sources import read_sources
from embeddings.load import load_embedder
from qa.archive import Archive
from qa.questions.question import MAX_CHARACTERS

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")]

UNANSWERABLE = "Which football club won the Brazilian championship in 1987?"
HOSTILE = """---
title: "<img src=http://evil.example/t.png onerror='window.harmed=1'>"
url: "https://evil.example/?a='onmouseover='window.harmed=1'><b>"
publisher: "</span><script>window.harmed=1</script>"
language: en
---
The zebra committee of Atlantis elected <script>window.harmed=1</script> as its chairman in Poseidonville.
\u202eThe right-to-left override & <img src="http://evil.example/x.png" onerror="window.harmed=1"> follow.
"""

TURNED = "The lighthouse of Lemuria \u202egnp.exe"
SCRIPT_LINK = Document(
    "link",
    'The keeper of the lighthouse of Lemuria is the octopus <svg onload="window.harmed=1"> since 1821.',
    title=TURNED,
    url="javascript:window.harmed=1",  # no loader lets it through; the page mustn't rely on that
    publisher="\u2067Lemuria Times",
    language="en",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "evil.md").write_text(HOSTILE, "utf-8", newline="")
    with Archive.create(folder / "index", load_embedder()) as archive:
        archive.add([SCRIPT_LINK, *read_sources([folder / "evil.md", PACKAGE / "articles"])])
        yield from serve(archive)


def test_an_example_is_asked_by_one_click_in_the_visitors_language(english: Visit) -> None:
    page = english.page
    expect(page.locator(".kt-welcome h2")).to_have_text("What would you like to know?")
    page.get_by_role("button", name=ENGLISH).click()
    expect(page.locator(".kt-question")).to_have_text(ENGLISH)
    expect(page.locator(".kt-citation").first).to_be_visible()
    assert page.locator(".kt-citation a").first.get_attribute("href", timeout=1000).startswith("https://")  # type: ignore[union-attr]
    page.goto(f"{english.address}?lang=th")
    expect(page.locator(".kt-question")).to_have_text(ENGLISH)  # the conversation stays
    page.get_by_role("button", name="เริ่มใหม่").click()
    expect(page.locator(".kt-welcome")).to_have_attribute("lang", "th")


def test_what_the_corpus_does_not_hold_is_said_plainly_and_no_screen_mixes_languages(english: Visit) -> None:
    english.ask(UNANSWERABLE)
    expect(english.page.locator(".kt-none")).to_have_text("The articles here don’t answer this.")
    english.ask("สโมสรฟุตบอลใดชนะเลิศลีกบราซิลเมื่อปี 2530")
    expect(english.page.locator(".kt-none").last).to_have_text("The articles here don’t answer this.")
    expect(english.page.locator(".kt-nearest").last).to_be_visible()
    said = english.page.locator(":is(.kt-none, .kt-hint, .kt-nearest, .kt-tools)").all_text_contents()
    assert said and not re.search("[ก-๙]", re.sub("«[^»]*»", "", " ".join(said)))


def test_questions_that_cannot_be_asked_are_refused_kindly(thai: Visit) -> None:
    thai.ask("   ")
    expect(thai.page.locator(".kt-note")).to_contain_text("ยังไม่มีคำถาม")
    too_long = "ยาว " * MAX_CHARACTERS
    thai.page.fill("#kt-box textarea", too_long)
    thai.page.press("#kt-box textarea", "Enter")
    expect(thai.page.locator(".kt-note")).to_contain_text("คำถามยาวเกินไป")
    expect(thai.page.locator("#kt-box textarea")).to_have_value(too_long)


SENDS_AT_ONCE = """async (questions) => {
  const box = document.querySelector("#kt-box textarea");
  const enter = () => box.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter", bubbles: true, cancelable: true }));
  for (const question of questions) {
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise(requestAnimationFrame);
    enter();
    enter();
    const until = performance.now() + 5000;
    while (box.value && performance.now() < until) await new Promise(requestAnimationFrame);
  }
}"""


def test_what_is_sent_while_an_answer_comes_in_is_asked_after_it(thai: Visit) -> None:
    asked = ["กลาโหมตั้งศูนย์ AI เมื่อใด", "ซอฟต์พาวเวอร์คืออะไร", "ไทยกับเกาหลีใต้ร่วมมือเรื่องใด"]
    thai.page.evaluate(SENDS_AT_ONCE, asked)
    expect(thai.page.locator(".kt-question")).to_have_text(asked)
    expect(thai.page.locator(".kt-working")).to_have_count(0)
    expect(thai.page.locator(".kt-turn[data-turn]")).to_have_count(3)
    expect(thai.page.locator(".kt-note")).to_have_count(0)


def test_a_follow_up_shows_what_was_searched_for_and_can_be_asked_as_typed(english: Visit) -> None:
    page = english.page
    english.ask("What did Thailand and South Korea agree on cyber security?")
    expect(page.locator(".kt-searched")).to_have_count(0)
    english.ask("And with Japan?")
    said = "Searched for: What did Thailand and Japan agree on cyber security?"
    expect(page.locator(".kt-searched")).to_contain_text(said)
    english.ask("When?")
    expect(page.locator(".kt-searched").last).to_contain_text("When? Thailand Japan agree cyber security")
    page.get_by_role("button", name="Ask as I typed it").first.click()
    expect(page.locator(".kt-question")).to_have_text(
        [
            "What did Thailand and South Korea agree on cyber security?",
            "And with Japan?",
            "When?",
            "And with Japan?",
        ]
    )
    expect(page.locator(".kt-working")).to_have_count(0)
    expect(page.locator(".kt-turn").last.locator(".kt-searched")).to_have_count(0)


def test_filters_narrow_what_is_searched(thai: Visit) -> None:
    page = thai.page
    page.get_by_role("button", name="ค้นเฉพาะบางบทความ").click()
    page.get_by_label("ถึงวันที่").fill("2562")
    thai.ask(ENGLISH)
    expect(page.locator(".kt-turn .kt-hint").first).to_contain_text("เฉพาะบทความจนถึง 31 ธันวาคม 2562")
    for day in page.locator(".kt-citation time").all():
        assert (day.get_attribute("datetime") or "") < "2020"
    page.get_by_label("ถึงวันที่").fill("เมื่อไหร่ก็ได้")
    page.fill("#kt-box textarea", THAI)
    page.press("#kt-box textarea", "Enter")
    expect(page.locator(".kt-note")).to_contain_text("อ่านวันที่ «เมื่อไหร่ก็ได้» ไม่ได้")
    expect(page.locator("#kt-box textarea")).to_have_value(THAI)


def test_nothing_in_an_article_is_executed_or_fetched(browser: Browser, hostile: str) -> None:
    for visitor in visit(browser, hostile, "en-GB"):
        visitor.ask("Who did the zebra committee of Atlantis elect as its chairman in Poseidonville?")
        page = visitor.page
        page.locator(".kt-cite", has_text="<img src=").first.click()
        mark = page.locator(".kt-source mark").first
        expect(mark).to_contain_text("<script>window.harmed=1</script>")
        assert page.evaluate("window.harmed") is None
        assert page.locator("#kt-room img, #kt-room script, #kt-room a[href^=javascript]").count() == 0
        expect(page.locator(".kt-source h2")).to_contain_text("onerror=")


def test_a_link_that_would_run_a_script_is_none_and_a_turned_title_stays_in_its_place(
    browser: Browser, hostile: str
) -> None:
    for visitor in visit(browser, hostile, "en-GB"):
        visitor.ask("Who is the keeper of the lighthouse of Lemuria since 1821?")
        page = visitor.page
        citation = page.locator(".kt-citation", has_text="octopus").first
        expect(citation.locator("a")).to_have_count(0)
        expect(citation.locator(".kt-cite bdi")).to_have_text(TURNED)
        citation.locator(".kt-cite").click()
        expect(page.locator(".kt-source mark").first).to_contain_text("<svg onload=")
        expect(page.locator(".kt-source a")).to_have_count(0)
        assert page.evaluate("window.harmed") is None
        assert page.locator("#kt-panel svg").count() == 0


def test_two_visitors_have_conversations_of_their_own(thai: Visit, english: Visit) -> None:
    thai.ask(THAI)
    english.ask(ENGLISH)
    expect(thai.page.locator(".kt-question")).to_have_text([THAI])
    expect(english.page.locator(".kt-question")).to_have_text([ENGLISH])


def test_the_browser_itself_is_told_to_ask_no_other_host(address: str, browser: Browser) -> None:
    context = browser.new_context()
    response = context.request.get(address)
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'self'")
    assert "http" not in policy
    context.close()


@pytest.mark.parametrize(
    ("code", "placeholder"),
    [("th", "ถามเป็นภาษาไทยหรืออังกฤษ"), ("ko", "태국어·영어·한국어로 질문")],
)
def test_the_page_and_all_in_it_is_in_the_language_that_is_chosen(
    english: Visit, code: str, placeholder: str
) -> None:
    page = english.page
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator(f".kt-languages a[lang={code}]").click()
    expect(page.locator("#kt-box textarea")).to_have_attribute("placeholder", placeholder)
    expect(page.locator("html")).to_have_attribute("lang", code)
    assert page.evaluate("navigator.language") == code
    expect(page.locator(".kt-languages [aria-current]")).to_have_attribute("lang", code)
