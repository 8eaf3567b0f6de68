"""What the chat does with a question besides answering it: changed, asked again, handed on, remembered, stopped."""

import threading

import pytest
from playwright.sync_api import Browser, expect
from visits import ENGLISH, THAI, Visit, visit

from ui.pages.chat import Chat

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")]


def test_a_question_is_put_back_to_be_changed_or_asked_again(english: Visit) -> None:
    page = english.page
    english.ask(ENGLISH)
    page.get_by_role("button", name="Edit question").click()
    expect(page.locator("#kt-box textarea")).to_have_value(ENGLISH)
    expect(page.locator("#kt-box textarea")).to_be_focused()
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".kt-question")).to_have_text([ENGLISH, ENGLISH])
    expect(page.locator(".kt-turn[data-turn]")).to_have_count(2)
    page.get_by_role("button", name="Start over").click()
    expect(page.locator(".kt-welcome")).to_be_visible()
    expect(page.locator(".kt-turn")).to_have_count(0)
    expect(page.locator("#kt-box textarea")).to_be_focused()


def test_a_link_opens_the_question_with_its_filters(thai: Visit, browser: Browser) -> None:
    page = thai.page
    page.get_by_role("button", name="ค้นเฉพาะบางบทความ").click()
    page.get_by_label("ตั้งแต่วันที่").fill("2566")
    thai.ask(THAI)
    thai.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="คัดลอกลิงก์").click()
    expect(page.locator(".kt-share")).to_have_text("คัดลอกลิงก์แล้ว")
    link = page.evaluate("navigator.clipboard.readText()")
    answers = page.locator("blockquote").all_text_contents()
    other = browser.new_context(locale="en-GB")
    opened = other.new_page()
    opened.goto(link)
    expect(opened.locator(".kt-turn[data-turn]")).to_have_count(1)
    expect(opened.locator(".kt-question")).to_have_text(THAI)
    expect(opened.get_by_label("First day")).to_have_value("2566")
    assert opened.locator("blockquote").all_text_contents() == answers
    other.close()


def test_earlier_questions_are_kept_in_this_browser_alone_and_can_be_forgotten(
    english: Visit, browser: Browser, address: str
) -> None:
    page = english.page
    page.locator(".kt-history summary").click()
    expect(page.locator(".kt-none-yet")).to_be_visible()
    page.keyboard.press("Escape")
    english.ask(ENGLISH)
    page.reload()
    page.locator(".kt-history summary").click()
    page.locator(".kt-earlier .kt-ask").click()
    expect(page.locator(".kt-question")).to_have_text([ENGLISH, ENGLISH])
    for stranger in visit(browser, address, "en-GB"):
        expect(stranger.page.locator(".kt-earlier .kt-ask")).to_have_count(0)
    page.locator(".kt-history summary").click()
    page.get_by_role("button", name="Forget them").click()
    expect(page.locator(".kt-none-yet")).to_be_visible()
    page.reload()
    expect(page.locator(".kt-turn[data-turn]")).to_have_count(2)
    expect(page.locator(".kt-earlier .kt-ask")).to_have_count(0)


def test_long_work_can_be_stopped_and_the_question_comes_back(
    english: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, go_on = english.page, threading.Event()
    answer = Chat.answer

    def slowly(*arguments: object) -> object:
        go_on.wait(20)
        return answer(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Chat, "answer", slowly)
    page.fill("#kt-box textarea", ENGLISH)
    page.press("#kt-box textarea", "Enter")
    try:
        page.get_by_role("button", name="Stop").click()
        expect(page.locator("#kt-box textarea")).to_have_value(ENGLISH)
        expect(page.locator(".kt-welcome")).to_be_visible()
    finally:
        go_on.set()
