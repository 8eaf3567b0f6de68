"""A link opens the page at the quote: as text, and in a real browser on a Thai page."""

from collections.abc import Iterator
from io import BytesIO
from os import geteuid
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from qa.link import quote_link, text_fragment, web_address

THAI = (
    "เมื่อวานนี้ นายกรัฐมนตรีเป็นประธานการประชุมคณะกรรมการนโยบายยางธรรมชาติ ครั้งที่ 1-2566, เห็นชอบงบประมาณ "
    "14,736.86 ล้านบาท & มอบหมายกระทรวงเกษตรและสหกรณ์ดำเนินการตาม “แผน A–B” ให้แล้วเสร็จภายใน 30 วัน"
)
UNSPACED = "คณะกรรมการนโยบายยางธรรมชาติเห็นชอบงบประมาณประจำปีเพื่อช่วยเหลือเกษตรกรชาวสวนยางในภาคใต้และภาคตะวันออกอย่างต่อเนื่องตลอดทั้งปีงบประมาณ"
ENGLISH = "The minister's well-known plan, 100% funded & approved in 2023, starts in May; it's for everyone."
HIGHLIGHT = (255, 0, 255)
QUOTES = [
    THAI[:11],
    THAI[: THAI.index(",")],
    THAI,
    UNSPACED,
    UNSPACED + " ครั้งที่ 2",
    "ปี2566ไทยส่งออกข้าวหอมมะลิไปเกาหลีใต้" + UNSPACED + "รวม25ประเทศทั่วภูมิภาคเอเชียตะวันออกเฉียงใต้",
    ENGLISH,
    f"{THAI}\r\n\r\n{ENGLISH}",
    f"นายกฯ\n{UNSPACED}",
    "คำ\u200bหนึ่ง  สอง\u00a0สาม\u00a0 สี่",
]


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/b", "https://a.example/b#:~:text=x%20y"),
        ("http://a.example/b?c=1&d", "http://a.example/b?c=1&d#:~:text=x%20y"),
        ("https://a.example/#top", "https://a.example/#top:~:text=x%20y"),
        ("https://a.example/#", "https://a.example/#:~:text=x%20y"),
        ("https://a.example/#/route/1", "https://a.example/#/route/1:~:text=x%20y"),
        ("https://a.example/#s:~:text=z", "https://a.example/#s:~:text=z&text=x%20y"),
        ("https://ข่าว.ไทย/หน้า", "https://ข่าว.ไทย/หน้า#:~:text=x%20y"),
        ("", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("ftp://a.example/", None),
        ("https://", None),
        ("https://a.example/\x1b", None),
        ("https://a.example/ b", None),
        ("https://[", None),
    ],
)
def test_only_web_addresses_become_links_and_keep_what_they_have(url: str, link: str | None) -> None:
    assert quote_link(url, "x y") == link


def test_what_means_something_in_a_fragment_is_encoded() -> None:
    assert text_fragment("a-b, c&d #e %f?") == "text=a%2Db%2C%20c%26d%20%23e%20%25f%3F"
    assert text_fragment("ไทย") == "text=%E0%B9%84%E0%B8%97%E0%B8%A2"


def test_a_long_quote_is_a_pair_cut_at_spaces() -> None:
    start, end = text_fragment(THAI).removeprefix("text=").split(",")
    assert THAI.startswith(unquote(start) + " ") and THAI.endswith(" " + unquote(end))
    assert len(text_fragment(THAI * 100)) < 1500


def test_a_quote_over_several_lines_is_a_pair_of_its_first_and_last() -> None:
    assert text_fragment("a  b\r\n\r\nc\u2028 d \n") == "text=a%20b,d"


def test_without_a_safe_place_nothing_is_cut() -> None:
    assert unquote(text_fragment(UNSPACED)) == f"text={UNSPACED}"


@given(st.text(max_size=300))
def test_any_quote_makes_a_plain_address(quote: str) -> None:
    link = quote_link("https://a.example/", quote)
    assert link and link.isascii() and web_address(link) == link
    fragment = text_fragment(quote)
    assert fragment.count(",") <= 1 and "-" not in fragment and "&" not in fragment


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser.new_page()
        browser.close()


def opened_at(page: Page, body: str, quote: str) -> float:
    """How far down a page that holds `body` a browser goes for the quote, in pixels."""
    gap = "<div style='height: 3000px'></div>"
    style = f"<style>::target-text {{ background: rgb{HIGHLIGHT} }}</style>"
    whole = f"<!doctype html><html lang=th>{style}<body>{gap}{body}{gap}</body></html>"
    page.route(
        "http://a.example/", lambda route: route.fulfill(body=whole, content_type="text/html; charset=utf-8")
    )
    link = quote_link("http://a.example/", quote)
    assert link is not None
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_timeout(150)
    page.unroute("http://a.example/")
    return float(page.evaluate("scrollY"))


@pytest.mark.browser
@pytest.mark.parametrize("quote", QUOTES)
def test_a_browser_goes_to_the_quote(page: Page, quote: str) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in quote.replace("&", "&amp;").splitlines())
    body = f"<p>ข่าววันนี้ 2566</p>{paragraphs.replace('</p>', ' จบข่าวแล้ว</p>')}<p>พิมพ์หน้านี้</p>"
    assert opened_at(page, body, quote) > 1000
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    painted = {colour: pixels for pixels, colour in picture.getcolors(1 << 24) or []}  # type: ignore[misc]
    assert painted.get(HIGHLIGHT, 0) > 200, "the quote is highlighted"


@pytest.mark.browser
def test_a_browser_stays_at_the_top_without_the_quote(page: Page) -> None:
    body = f"<p>{UNSPACED}</p>"
    assert opened_at(page, body, UNSPACED) > 1000
    assert opened_at(page, body, THAI) == 0
    assert opened_at(page, body, UNSPACED[1:]) == 0, "half a word is no word"
