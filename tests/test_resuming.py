"""A conversation that is there again: in another language, after the page of articles; and nobody else's."""

import json

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from visits import ENGLISH, THAI, Visit, visit

from ui.pages.resuming import MOST, kept

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")]

FIRST = "What did Thailand and South Korea agree on cyber security?"


def shown(page: Page) -> list[list[str]]:
    expect(page.locator(".kt-turn[data-turn]")).to_have_count(2)
    parts = ".kt-question", ".kt-citation blockquote", ".kt-citation .kt-cite bdi"
    return [page.locator(part).all_text_contents() for part in parts]


def test_a_conversation_outlasts_another_language_and_the_page_of_articles(english: Visit) -> None:
    page = english.page
    english.ask(FIRST)
    english.ask("And with Japan?")
    before = shown(page)
    page.locator(".kt-languages a[lang=th]").click()
    expect(page.locator("html")).to_have_attribute("lang", "th")
    assert shown(page) == before
    expect(page.locator(".kt-searched")).to_contain_text("ค้นหาด้วย: What did Thailand and Japan agree")
    page.locator(".kt-pages a").last.click()
    expect(page.locator(".kt-articles li").first).to_be_visible()
    page.locator(".kt-pages a").first.click()
    assert shown(page) == before
    page.locator(".kt-cite").first.click()
    expect(page.locator(".kt-source mark").first).to_be_visible()
    english.ask("When?")
    expect(page.locator(".kt-searched").last).to_contain_text("When? Thailand Japan agree cyber security")


def test_what_is_asked_meanwhile_is_asked_once_the_conversation_is_back(english: Visit) -> None:
    page, waiting = english.page, list[Route]()
    english.ask(FIRST)
    page.route("**/queue/join*", lambda route: waiting.append(route))
    page.reload()
    page.wait_for_selector(".kt-welcome", state="attached")
    page.wait_for_timeout(500)  # ms: for the conversation to be asked for
    assert waiting
    expect(page.locator(".kt-welcome")).not_to_be_visible()
    page.fill("#kt-box textarea", "And with Japan?")
    page.press("#kt-box textarea", "Enter")
    page.wait_for_timeout(300)
    page.unroute("**/queue/join*")
    for route in waiting:
        route.continue_()
    asked = page.locator(".kt-turn[data-turn] .kt-question")
    expect(asked).to_have_text([FIRST, "And with Japan?"])
    expect(page.locator(".kt-searched")).to_contain_text("What did Thailand and Japan agree")


def test_what_was_started_over_stays_so_and_a_link_brings_its_own_question(english: Visit) -> None:
    page = english.page
    english.ask(ENGLISH)
    page.get_by_role("button", name="Start over").click()
    expect(page.locator(".kt-turn")).to_have_count(0)
    page.reload()
    expect(page.locator(".kt-welcome")).to_be_visible()
    english.ask(ENGLISH)
    expect(page.locator(".kt-turn")).to_have_count(1)
    page.goto(f"{english.address}?q={THAI}&lang=ko")
    expect(page.locator(".kt-turn[data-turn] .kt-question")).to_have_text([THAI])
    assert page.evaluate("location.search") == "?lang=ko"
    page.reload()
    expect(page.locator(".kt-turn[data-turn] .kt-question")).to_have_text([THAI])


def test_a_conversation_is_in_its_own_tab_alone(english: Visit, browser: Browser, address: str) -> None:
    english.ask(ENGLISH)
    same_person = english.context.new_page()
    same_person.goto(address)
    expect(same_person.locator(".kt-welcome")).to_be_visible()
    for stranger in visit(browser, address, "en-GB"):
        stranger.ask(THAI)
        expect(stranger.page.locator(".kt-question")).to_have_text([THAI])
    expect(same_person.locator(".kt-turn")).to_have_count(0)
    assert same_person.evaluate("sessionStorage.getItem('khamtob-turns')") == "[]"


def test_of_what_a_browser_tells_only_turns_are_taken() -> None:
    good = {
        "question": "Who?",
        "link": "?q=x&since=2023&publisher=AP&publisher=no&language=th",
        "alone": False,
    }
    bad = [None, 7, {}, {**good, "question": " "}, {**good, "alone": "no"}, {**good, "link": None}]
    [turn] = kept(json.loads(json.dumps([*bad, good])), ["AP"])
    assert turn.wish.question == "Who?" and not turn.alone
    assert turn.filters == ("2023", "", "th", ("AP",))
    assert kept({"turns": [good]}, []) == [] and kept(None, []) == []
    many = [{**good, "question": str(n)} for n in range(MOST + 5)]
    assert [turn.wish.question for turn in kept(many, [])] == [str(n) for n in range(5, MOST + 5)]
