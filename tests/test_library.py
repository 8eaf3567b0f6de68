"""The page of all articles in a real browser: counts, search, reading, and handing articles over."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from visits import PACKAGE, Visit, serve, visit

from corpus.document import Document
from corpus.handed import MAX_BYTES, MOST_FILES
from corpus.sources import read_sources
from embeddings.embedder import Embedder
from qa.archive import Archive

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")]

HARM = '"><img src=x onerror="window.harmed=1"><script>window.harmed=1</script>'
HOSTILE = Document(
    "<b>&\"'", "The octopus <script>window.harmed=1</script> keeps it.", title=HARM, publisher=HARM
)
NEWS = "รัฐมนตรีแมวเหมียวเปิดสะพานสายรุ้งที่อำเภอหิมพานต์ เมื่อวันที่ 9 เมษายน 2567 มีผู้ร่วมงาน 321 คน"
ASKED = "รัฐมนตรีแมวเหมียวเปิดสะพานสายรุ้งเมื่อวันที่เท่าไร"


@pytest.fixture(scope="module")
def archive(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.create(tmp_path_factory.mktemp("library") / "index", embedder) as archive:
        many = [Document(f"m{n:03}", f"Minutes of meeting {n}.", title=f"Meeting {n}") for n in range(60)]
        archive.add([*many, HOSTILE, *read_sources([PACKAGE / "articles"])])
        yield archive


@pytest.fixture(scope="module")
def address(archive: Archive) -> Iterator[str]:
    yield from serve(archive, allow_changes=True)


def opened(visitor: Visit) -> Page:
    visitor.page.goto(f"{visitor.address}articles")
    expect(visitor.page.locator(".kt-articles li").first).to_be_visible()
    return visitor.page


def test_articles_are_counted_listed_and_narrowed(english: Visit) -> None:
    page = opened(english)
    expect(page.locator(".kt-counts")).to_have_text("93 articles in 207 passages")
    expect(page.locator(".kt-articles li")).to_have_count(50)
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".kt-articles li")).to_have_count(43)
    page.get_by_title("Show only 2023").click()
    expect(page.locator(".kt-count")).to_have_text("Articles: 10")
    expect(page.locator("[data-kind=year][aria-pressed=true]")).to_be_focused()
    page.get_by_title("Show only Thai (").click()
    expect(page.locator(".kt-count")).to_have_text("Articles: 5")
    for badge in page.locator(".kt-articles .kt-badge").all():
        expect(badge).to_have_text("Thai")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".kt-count")).to_have_text("Articles: 93")


def test_titles_are_searched_as_they_are_typed(thai: Visit) -> None:
    page = opened(thai)
    page.get_by_label("ค้นชื่อเรื่อง").press_sequentially("meeting 42")
    expect(page.locator(".kt-articles li")).to_have_count(1)
    expect(page.locator(".kt-open")).to_have_text("Meeting 42")
    page.get_by_label("ค้นชื่อเรื่อง").fill("ไม่มีเรื่องนี้")
    expect(page.locator(".kt-count")).to_have_text("ไม่มีบทความที่ตรงกับเงื่อนไขนี้")


def test_an_article_is_read_whole_by_the_keyboard_and_nothing_in_it_runs(english: Visit) -> None:
    page = opened(english)
    page.get_by_label("Search titles").fill("onerror")
    expect(page.locator(".kt-count")).to_have_text("Articles: 1")
    button = page.locator(".kt-open")
    expect(button).to_have_text(HARM)
    button.press("Enter")
    expect(page.locator(".kt-source h2")).to_have_text(HARM)
    assert page.locator(".kt-text").evaluate("e => e.textContent") == HOSTILE.text
    assert page.evaluate("window.harmed") is None
    assert page.locator("#kt-room :is(img, script)").count() == 0


def test_a_phone_shows_the_article_as_a_sheet(phone: Visit) -> None:
    page = opened(phone)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".kt-open").first.click()
    expect(page.locator(".kt-source .kt-text")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator(".kt-source .kt-text")).not_to_be_visible()


def test_a_tis_620_file_is_handed_over_asked_about_and_removed(
    thai: Visit, archive: Archive, tmp_path: Path
) -> None:
    (tmp_path / "สะพาน.txt").write_bytes(NEWS.encode("tis-620"))
    (tmp_path / "รายงาน.txt").write_bytes(b"%PDF-1.7\n" + NEWS.encode())
    page = opened(thai)
    page.get_by_role("button", name="เพิ่มบทความ").click()
    page.set_input_files("#kt-files input[type=file]", [tmp_path / "สะพาน.txt", tmp_path / "รายงาน.txt"])
    expect(page.locator("#kt-files")).to_contain_text("สะพาน")
    expect(page.locator("#kt-files [aria-label=ไม่เอาไฟล์นี้]")).to_have_count(2)
    page.get_by_role("button", name="เพิ่มลงในดัชนี").click()
    expect(page.locator(".kt-received [data-fate=added]")).to_contain_text("เพิ่มแล้ว 1 บทความ")
    refused = page.locator(".kt-received [data-fate=refused]")
    expect(refused).to_contain_text("รายงาน.txt")
    expect(refused).to_contain_text("ไม่ได้เพิ่ม: ไม่ใช่ไฟล์ข้อความ แต่เป็นไฟล์ชนิดอื่น")
    expect(page.locator(".kt-counts")).to_contain_text("94 บทความ")
    page.get_by_role("link", name="ถามตอบ").click()
    page.wait_for_selector(".kt-welcome")
    thai.ask(ASKED)
    quote = page.locator("blockquote").first
    assert quote.evaluate("e => e.textContent") in NEWS
    citation = archive.ask(ASKED).citations[0]
    data = (archive.folder.parent / "index.uploads" / "สะพาน.txt").read_bytes()
    assert citation.span.of(data.decode(citation.encoding)) == citation.quote
    opened(thai).get_by_label("ค้นชื่อเรื่อง").fill("สะพานสายรุ้ง")
    expect(page.locator(".kt-count")).to_have_text("พบ 1 บทความ")
    page.locator(".kt-open").click()
    page.get_by_role("button", name="นำออกจากดัชนี").click()
    page.get_by_role("button", name="เก็บไว้").click()
    page.get_by_role("button", name="นำออกจากดัชนี").click()
    page.locator(".kt-remove").click()
    expect(page.locator(".kt-empty")).to_contain_text("นำออกแล้ว")
    expect(page.locator(".kt-counts")).to_contain_text("93 บทความ")
    assert not list((archive.folder.parent / "index.uploads").iterdir())


def test_too_large_a_file_is_refused_before_it_is_sent(english: Visit, tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_bytes(b"news " * (MAX_BYTES // 5 + 1))
    (tmp_path / "small.txt").write_bytes(b"news")
    page = opened(english)
    page.get_by_role("button", name="Add articles").click()
    page.set_input_files("#kt-files input[type=file]", tmp_path / "large.txt")
    expect(page.get_by_role("alert")).to_have_text("The file is too large.")
    expect(page.locator("#kt-files")).not_to_contain_text("large")
    page.set_input_files("#kt-files input[type=file]", tmp_path / "small.txt")
    expect(page.locator("#kt-files")).to_contain_text("small")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_more_files_than_may_be_added_at_a_time_are_not_sent(english: Visit, tmp_path: Path) -> None:
    files = [tmp_path / f"{n}.txt" for n in range(MOST_FILES + 1)]
    for file in files:
        file.write_text("news", "utf-8")
    page = opened(english)
    page.get_by_role("button", name="Add articles").click()
    page.set_input_files("#kt-files input[type=file]", files)
    expect(page.get_by_role("alert")).to_have_text("At most 50 files can be added at a time: choose fewer.")
    expect(page.locator("#kt-files")).not_to_contain_text(".txt")


@pytest.mark.parametrize("language", ["en", "th", "ko", "ja"])
def test_a_server_takes_no_more_files_than_may_be_added(
    archive: Archive, tmp_path: Path, language: str
) -> None:
    from ui.pages.library import Library
    from ui.pages.shelf import View

    before, named = archive.generation, [str(tmp_path / f"{n}.txt") for n in range(MOST_FILES + 1)]
    told = list(Library(archive, True).add(named, View(), language))
    assert len(told) == 1
    assert str(MOST_FILES) in told[0][0]
    assert archive.generation == before


def test_the_limit_of_a_server_stands_in_its_page(browser: Browser, archive: Archive) -> None:
    for address in serve(archive, allow_changes=True, most_bytes=3 * 2**20):
        for visitor in visit(browser, address, "en-US"):
            page = opened(visitor)
            page.get_by_role("button", name="Add articles").click()
            expect(page.locator("#kt-adding .kt-hint")).to_contain_text("up to 3 MB at a time")
            sent = page.request.post(f"{address}gradio_api/upload", data=b"x" * (4 * 2**20))
            assert sent.status == 413


def test_without_leave_nothing_can_be_added_or_removed(browser: Browser, archive: Archive) -> None:
    for address in serve(archive):
        for visitor in visit(browser, address, "ja-JP"):
            page = opened(visitor)
            page.locator(".kt-open").first.click()
            expect(page.locator(".kt-source .kt-text")).to_be_visible()
            assert page.locator("#kt-adding, .kt-removal, input[type=file]").count() == 0
            wired = page.evaluate(
                "window.gradio_config.dependencies.map((one) => one.targets.map((t) => t[1])).flat()"
            )
            assert "read" in wired
            assert "remove" not in wired
