"""HTML read as a browser would, and an article that would like to be markup."""

from datetime import date
from html.parser import HTMLParser

from corpus.document import Document, Span
from qa.answer import Citation

TEXT = "หัวข้อข่าว\r\nนายสมชาย <script>alert(1)</script> กล่าว\nว่า “ตกลง” & จบ"
DOCUMENT = Document(
    "d1", TEXT, "/a/b.txt", title='"><img src=x onerror=alert(1)>', url="https://a.example/?x=1&y=2",
    publisher="<b>ข่าว</b>", date=date(2023, 1, 11), language="th",
)  # fmt: skip


def citation(document: Document, start: int, end: int, url: str | None = None) -> Citation:
    span = Span(start, end)
    return Citation(
        document.id, document.title, document.url if url is None else url, document.publisher,
        document.date, document.language, document.path, document.encoding, document.content_hash,
        span, span.of(document.text), n=1, score=0.5,
    )  # fmt: skip


class Reader(HTMLParser):
    """The text, the tags and the marked text of a piece of HTML, as a browser would read them."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: dict[str, str] = {}
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag if tag == "mark" else (dict(attrs).get("class") or tag))

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for name in set(self.open):
            self.texts[name] = self.texts.get(name, "") + data
