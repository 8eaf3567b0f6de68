"""Reading in the chat: a quote's source opened beside it, gone through, checked and copied."""

import pytest
from playwright.sync_api import expect
from visits import ENGLISH, THAI, Visit

from qa.archive import Archive

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")]


def test_a_thai_question_is_answered_and_its_source_opens_with_the_quote_marked(
    thai: Visit, starter: Archive
) -> None:
    page = thai.page
    thai.ask(THAI)
    citations = page.locator(".kt-citation")
    expect(citations.first).to_be_visible()
    answer = starter.ask(THAI)
    assert [q.evaluate("e => e.textContent") for q in page.locator("blockquote").all()] == [
        citation.quote for citation in answer.citations
    ]
    wanted = answer.citations[1]
    page.click(".kt-cite >> nth=1")
    expect(page.locator(".kt-cite").nth(1)).to_have_attribute("aria-current", "true")
    assert "".join(page.locator(".kt-source mark").all_text_contents()) == wanted.quote
    document = starter.document(wanted.document_id)
    assert document is not None and document.body is not None
    assert page.locator(".kt-text").evaluate("e => e.textContent") == document.body.of(document.text)
    expect(page.locator(".kt-source mark").first).to_be_in_viewport()


def test_one_goes_from_source_to_source_by_button_and_by_key(thai: Visit) -> None:
    page = thai.page
    thai.ask(THAI)
    expect(page.locator(".kt-kicker")).to_have_text("แหล่งที่มา 1 จาก 5")  # opened unasked
    expect(page.locator(".kt-step").first).to_be_disabled()
    page.locator(".kt-step").last.click()
    expect(page.locator(".kt-kicker")).to_have_text("แหล่งที่มา 2 จาก 5")
    expect(page.locator(".kt-step").last).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".kt-kicker")).to_have_text("แหล่งที่มา 3 จาก 5")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".kt-kicker")).to_have_text("แหล่งที่มา 2 จาก 5")
    expect(page.locator(".kt-cite").nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".kt-source")).not_to_be_visible()
    expect(page.locator(".kt-cite").nth(1)).to_be_focused()
    thai.ask(ENGLISH)
    expect(page.locator(".kt-source")).not_to_be_visible()  # closed by hand, it stays so
    page.locator(".kt-turn").last.locator(".kt-cite").first.press("Enter")
    expect(page.locator(".kt-source")).to_be_visible()
    page.fill("#kt-box textarea", "jk")
    expect(page.locator("#kt-box textarea")).to_have_value("jk")


def test_a_quote_is_checked_against_its_file_and_copied_with_its_source(
    english: Visit, starter: Archive
) -> None:
    page = english.page
    english.context.grant_permissions(["clipboard-read", "clipboard-write"])
    english.ask(ENGLISH)
    page.locator(".kt-cite").first.click()
    expect(page.locator(".kt-proof")).to_have_text("✓ Word for word Checked against the source file.")
    page.locator(".kt-copy").click()
    expect(page.locator(".kt-copy")).to_have_text("Copied")
    expect(page.locator(".kt-live[role=status]")).to_have_text("Copied")
    citation = starter.ask(ENGLISH).citations[0]
    quote, _, source = page.evaluate("navigator.clipboard.readText()").rpartition("\n— ")
    assert quote == f"“{citation.quote}”"
    assert source.startswith(f"{citation.title}, {citation.publisher}, ") and "#:~:text=" in source


def test_where_the_clipboard_is_closed_the_quote_is_copied_all_the_same(english: Visit) -> None:
    page = english.page
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.evaluate(
        "document.addEventListener('copy', () => { window.taken = String(document.activeElement.value) })"
    )
    english.ask(ENGLISH)
    page.locator(".kt-copy").click()
    expect(page.locator(".kt-copy")).to_have_text("Copied")
    assert page.evaluate("window.taken").startswith("“")
    expect(page.locator(".kt-copy")).to_be_focused()


def test_a_phone_shows_the_source_as_a_sheet_that_can_be_closed(phone: Visit) -> None:
    page = phone.page
    phone.ask(THAI)
    expect(page.locator(".kt-source")).not_to_be_visible()
    page.click(".kt-cite >> nth=0")
    expect(page.locator(".kt-source mark").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator(".kt-close")).to_be_focused()
    expect(page.get_by_role("dialog")).to_have_attribute("aria-modal", "true")
    for _ in range(8):  # round the sheet: what lies under it can't be reached
        page.keyboard.press("Tab")
        assert not page.evaluate("!!document.activeElement.closest('#kt-talk, #kt-header')")
    page.keyboard.press("Escape")
    expect(page.locator(".kt-source")).not_to_be_visible()
    page.click(".kt-cite >> nth=0")
    expect(page.locator(".kt-source")).to_be_visible()
    page.locator(".kt-step").last.click()
    expect(page.locator(".kt-kicker")).to_have_text("แหล่งที่มา 2 จาก 5")
    page.click(".kt-close")
    expect(page.locator(".kt-source")).not_to_be_visible()
    expect(page.locator(".kt-cite").nth(1)).to_be_focused()
    page.locator(".kt-cite").nth(1).click()
    expect(page.locator(".kt-source")).to_be_visible()
    page.mouse.click(200, 20)  # beside the sheet
    expect(page.locator(".kt-source")).not_to_be_visible()


@pytest.mark.parametrize("path", ["", "articles"])
def test_a_phone_shows_every_language_to_choose(phone: Visit, path: str) -> None:
    page = phone.page
    page.goto(phone.address + path)
    expect(page.locator(".kt-languages a")).to_have_count(4)
    for link in page.locator(".kt-header a").all():
        box = link.bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 390
        expect(link).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".kt-languages a[lang=ja]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")


def test_an_article_that_is_gone_is_said_to_be(english: Visit, starter: Archive) -> None:
    page = english.page
    english.ask(ENGLISH)
    page.locator(".kt-cite").first.evaluate("cite => { cite.dataset.n = '77' }")
    page.locator(".kt-cite").first.click()
    expect(page.locator(".kt-empty p")).to_have_text("This article is no longer in the index.")
    page.set_viewport_size({"width": 390, "height": 844})  # where it would be hidden if it weren't asked for
    expect(page.get_by_role("dialog", name="This article is no longer in the index.")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".kt-source")).not_to_be_visible()


def test_a_window_made_narrow_is_not_covered_by_a_source_that_nobody_chose(english: Visit) -> None:
    page = english.page
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".kt-source")).not_to_be_visible()
    page.get_by_role("button", name=ENGLISH).click()
    expect(page.locator(".kt-citation").first).to_be_visible()
    expect(page.locator(".kt-source")).not_to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 860})
    expect(page.locator(".kt-source mark").first).to_be_visible()
