"""What axe-core has to say of every view: in Thai and English, light and dark, on a desktop and a phone."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from visits import ENGLISH, THAI, Visit, serve, visit

from qa.archive import Archive

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")]

UNANSWERABLE = {
    "th-TH": "สโมสรฟุตบอลใดชนะเลิศลีกบราซิลเมื่อปี 2530",
    "en-GB": "Which football club won the Brazilian championship in 1987?",
}
STILL = "!document.getAnimations().some(one => one instanceof CSSTransition)"
"""No colour is on its way to another."""
SIZES = {"desktop": (1280, 860), "phone": (390, 844)}
ALL = {"resultTypes": ["violations"]}
COLOURS = {**ALL, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""All that can differ in the dark."""


def empty(visitor: Visit, language: str) -> None:
    """The chat before the first question."""


def answered(visitor: Visit, language: str) -> None:
    visitor.ask(THAI if language == "en-GB" else ENGLISH)
    visitor.page.locator(".kt-cite").first.click()
    expect(visitor.page.locator(".kt-source[data-chosen=yes] mark").first).to_be_visible()


def refused(visitor: Visit, language: str) -> None:
    visitor.page.keyboard.press("Escape")
    visitor.ask(UNANSWERABLE[language])
    expect(visitor.page.locator(".kt-none")).to_be_visible()


def listed(visitor: Visit, language: str) -> None:
    visitor.page.locator(".kt-pages a").last.click()
    expect(visitor.page.locator(".kt-articles li").first).to_be_visible()


def handing_over(visitor: Visit, language: str) -> None:
    visitor.page.locator("#kt-adding .label-wrap").click()
    expect(visitor.page.locator("#kt-add")).to_be_visible()


def read(visitor: Visit, language: str) -> None:
    visitor.page.locator(".kt-open").first.click()
    expect(visitor.page.locator(".kt-source .kt-text")).to_be_visible()


VIEWS: tuple[Callable[[Visit, str], None], ...] = (empty, answered, refused, listed, handing_over, read)


@pytest.fixture(scope="module")
def address(browser: Browser, starter: Archive) -> Iterator[str]:
    yield from serve(starter, (THAI, ENGLISH), allow_changes=True)


def faults(page: Page, options: dict[str, object] = ALL) -> list[str]:
    """The serious and critical violations in what the page shows: the rule, its meaning, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {[node['html'][:160] for node in one['nodes']]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("language", UNANSWERABLE)
def test_no_view_has_a_serious_violation(browser: Browser, address: str, language: str) -> None:
    told, seen = [], 0
    for visitor in visit(browser, address, language):
        page = visitor.page
        for view in VIEWS:
            page.emulate_media(color_scheme="light", reduced_motion="reduce")
            page.set_viewport_size({"width": 1280, "height": 860})
            view(visitor, language)
            for scheme, options in (("light", ALL), ("dark", COLOURS)):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
                expect(page.locator("body.dark")).to_have_count(int(scheme == "dark"))
                for size, (width, height) in SIZES.items():
                    page.set_viewport_size({"width": width, "height": height})
                    page.wait_for_function(STILL)
                    found = faults(page, options)
                    told += [f"{view.__name__}, {scheme}, {size}: {fault}" for fault in found]
                    seen += 1
    assert seen == len(VIEWS) * 4
    assert not told, "\n".join(told)


def test_a_violation_would_be_told(browser: Browser, address: str) -> None:
    for visitor in visit(browser, address, "en-GB"):
        visitor.page.evaluate("document.querySelector('.kt-header').append(document.createElement('button'))")
        assert any(fault.startswith("button-name (critical)") for fault in faults(visitor.page))
