"""Cited articles as BibTeX and CSL-JSON: keys that stay, text that reads back as it was."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from corpus.document import Span
from qa.answer import Citation
from qa.bibliography import bibtex, csl, escape_latex, references

ONE = Citation(
    "articles/a.md", "ไทย & เกาหลี {100%} #1", "https://www.thaigov.go.th/news/1?a={b}&c_d", "รัฐบาลไทย",
    date(2021, 5, 28), "th", "/x/a.md", "utf-8", "0" * 64, Span(5, 13), "ตกลงแล้ว", n=1, score=0.5,
)  # fmt: skip
AGAIN = replace(ONE, n=2, span=Span(20, 25), quote="จบ\n~^")
OTHER = replace(ONE, n=3, document_id="b", title="", url="", publisher="", date=None, language="und")

# What the schema of CSL-JSON 1.0.2 says of the fields in use.
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            **{
                key: {"type": "string"}
                for key in ("title", "container-title", "publisher", "URL", "language", "annote")
            },
            "id": {"type": ["string", "number"]},
            "type": {"enum": ["webpage", "document"]},
            "issued": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 2,
                        "items": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": 3,
                            "items": {"type": ["string", "number"]},
                        },
                    }
                },
            },
        },
    },
}

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"])) | st.text(
    alphabet="\\{}%&$#_~^-`'<>?!,\"กิ่a\n "
)


class Entry:
    """A BibTeX entry as BibTeX reads it: braces counted, escaped or not."""

    def __init__(self, source: str) -> None:
        head, body = source.split("\n", 1)
        found = re.fullmatch(r"@misc\{([^\s,{}]+),", head)
        assert found
        self.key = found[1]
        self.fields: dict[str, str] = {}
        at = 0
        while field := re.compile(r"\s*(\w+) = (?:(\w+)|\{)").match(body, at):
            at = field.end()
            if field[2]:
                self.fields[field[1]] = field[2]
            else:
                start, depth = at, 1
                while depth:
                    depth += {"{": 1, "}": -1}.get(body[at], 0)
                    at += 1
                self.fields[field[1]] = body[start : at - 1]
            assert body[at] == ","
            at += 1
        assert body[at:] == "\n}"


def printed(latex: str) -> str:
    """What LaTeX prints for what `escape_latex` may write."""
    names = {
        "textbackslash": "\\",
        "textbraceleft": "{",
        "textbraceright": "}",
        "textasciitilde": "~",
        "textasciicircum": "^",
    }
    shown = re.sub(r"\\(text\w+)\{\}|\\([#$%&_])|\{\}", lambda m: names[m[1]] if m[1] else m[2] or "", latex)
    return shown


def test_an_article_is_one_entry_with_all_its_quotes() -> None:
    source = bibtex([ONE, AGAIN, ONE])
    entry = Entry(source)
    assert list(entry.fields) == [
        "title",
        "year",
        "month",
        "day",
        "howpublished",
        "url",
        "language",
        "annote",
    ]
    assert printed(entry.fields["title"]) == "{ไทย & เกาหลี {100%} #1}"
    assert (entry.fields["year"], entry.fields["month"], entry.fields["day"]) == ("2021", "may", "28")
    assert entry.fields["url"] == "https://www.thaigov.go.th/news/1?a=%7Bb%7D&c_d"
    assert printed(entry.fields["annote"]) == "“ตกลงแล้ว” (characters 5–13)\n“จบ\n~^” (characters 20–25)"
    assert entry.fields["language"] == "thai"


def test_what_is_not_known_is_left_out() -> None:
    assert Entry(bibtex([OTHER])).fields.keys() == {"title", "annote"}
    assert csl([OTHER])[0].keys() == {"id", "type", "title", "annote"}
    assert bibtex([]) == "" and csl([]) == []


def test_keys_are_plain_distinct_and_the_same_in_every_answer() -> None:
    many = [replace(ONE, document_id=f"articles/{n}.md") for n in range(500)]
    keys = [reference.key for reference in references(many)]
    assert len(set(keys)) == 500
    assert all(re.fullmatch(r"thaigov2021-[0-9a-f]{10}", key) for key in keys)
    assert [reference.key for reference in references(many[::-1])] == keys[::-1]
    changed = replace(ONE, content_hash="1" * 64, title="x", n=9, span=Span(0, 8), score=0.1)
    assert references([changed])[0].key == references([ONE])[0].key
    assert re.fullmatch(r"khamtob-[0-9a-f]{10}", references([OTHER])[0].key)


@pytest.mark.parametrize(
    ("url", "site"),
    [("https://en.yna.co.kr/v", "yna"), ("https://ข่าว.ไทย/", "khamtob"), ("ftp://x.y", "khamtob")],
)
def test_a_key_begins_with_the_site(url: str, site: str) -> None:
    assert references([replace(ONE, url=url)])[0].key.startswith(f"{site}2021-")


@given(texts)
def test_what_latex_prints_is_the_text(text: str) -> None:
    latex = escape_latex(text)
    assert latex.count("{") == latex.count("}")
    assert not re.search(r"(?<!\\)[#$%&_]", latex)
    assert not re.search(r"--|``|''|,,|<<|>>|[?!]`", latex)
    kept = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "\ufffd", text.replace("\r\n", "\n"))
    assert printed(latex) == kept


@given(texts, texts, texts)
def test_any_article_makes_an_entry_that_can_be_read(title: str, publisher: str, quote: str) -> None:
    quote = quote or "x"
    cited = replace(ONE, title=title, publisher=publisher, quote=quote, span=Span(0, len(quote)))
    entry = Entry(bibtex([cited]))
    assert entry.key == references([cited])[0].key
    assert not list(Draft7Validator(CSL).iter_errors(csl([cited])))


def test_csl_says_the_same() -> None:
    page, document = csl([ONE, AGAIN, replace(OTHER, publisher="สำนักข่าว", date=date(2024, 1, 2))])
    assert not list(Draft7Validator(CSL).iter_errors([page, document]))
    assert page["type"] == "webpage" and page["container-title"] == "รัฐบาลไทย" and page["URL"] == ONE.url
    assert page["issued"] == {"date-parts": [[2021, 5, 28]]} and page["language"] == "th"
    assert page["title"] == ONE.title and page["annote"].count("\n") == 2
    assert document["type"] == "document" and document["publisher"] == "สำนักข่าว" and "URL" not in document
    assert document["title"] == "b" and "language" not in document
