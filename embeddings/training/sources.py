"""The texts the model learns from: parallel sentences, the lexicon, Thai government articles.

All of them are marked clean for training in the shared folder's README; nothing under `eval/` is read
here except the list of article pairs that are held out.
"""

import csv
import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Pair = tuple[str, str]
"""English first, its counterpart second."""

LANGUAGES = ("th", "ko", "ja")


@dataclass(frozen=True, slots=True)
class Parallel:
    """One file of sentence pairs: English and `language`, in the file's order."""

    name: str
    language: str
    pairs: list[Pair]


@dataclass(frozen=True, slots=True)
class Entry:
    """One headword of the lexicon with its senses per language, the commonest sense first."""

    headword: str
    language: str
    senses: dict[str, list[str]]


def read_parallel(shared: Path) -> list[Parallel]:
    """Every parallel file, `<source>.en-<language>.tsv.xz`, duplicates and empty sides left out."""
    found = []
    for path in sorted((shared / "parallel").glob("*.tsv.xz")):
        name, languages, *_ = path.name.split(".")
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            rows = (line.rstrip("\n").split("\t") for line in lines)
            pairs = dict.fromkeys((r[0].strip(), r[1].strip()) for r in rows if len(r) == 2)
        found.append(Parallel(name, languages.split("-")[1], [p for p in pairs if p[0] and p[1]]))
    return found


def read_lexicon(shared: Path) -> list[Entry]:
    """Both halves of the lexicon: Thai headwords, then English ones."""
    names = {"thai": "th", "english": "en", "korean": "ko", "japanese": "ja"}
    entries = []
    for path in (shared / "lexicon" / "th.tsv", shared / "lexicon" / "en.tsv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            head, *others = rows.fieldnames or [""]
            for row in rows:
                senses = {names[other]: _senses(row[other]) for other in others}
                entries.append(Entry(row[head].strip(), names[head], senses))
    return entries


def _senses(cell: str | None) -> list[str]:
    return [s.strip() for s in (cell or "").split(";") if s.strip() not in ("", "-")]


def read_articles(shared: Path) -> Iterator[tuple[str, str]]:
    """(id, text) of every Thai government article, in the file's order."""
    with lzma.open(shared / "thaigov" / "articles.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["id"], row["text"]


def held_out(shared: Path) -> frozenset[str]:
    """Articles of the development pairs and questions: never trained on."""
    with (shared / "eval" / "thaigov-pairs-dev" / "pairs.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        pairs = {p for row in rows for p in (row["english_path"], row["thai_path"])}
    questions = (shared / "eval" / "thaigov-dev" / "questions.jsonl").read_text(encoding="utf-8")
    asked = {str(json.loads(line).get("document_id", "")) for line in questions.splitlines() if line.strip()}
    return frozenset(pairs | asked)
