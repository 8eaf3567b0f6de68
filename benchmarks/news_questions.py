"""The questions about news that were written for this project, `news-questions.jsonl`.

9,627 questions on 4,019 thaigov articles, none of them an article that a question of thaigov-dev finds, and 2,226 that no
article answers, most of them with what they are `about`: a detail that a real piece of news doesn't give, a false premise, matters
abroad, or general knowledge. Where the answer stands is told by offsets into the article's text: the file holds no article's words.
"""

import json
from pathlib import Path

from qa.archive import Archive
from qa.measuring.dataset import GoldQuestion

FILE = Path(__file__).resolve().parent / "news-questions.jsonl"


def news_questions(archive: Archive) -> list[GoldQuestion]:
    """The questions, with the words of the articles, which `archive` holds."""
    return [_gold(row, archive) for row in map(json.loads, FILE.read_text("utf-8").splitlines())]


def _gold(row: dict[str, object], archive: Archive) -> GoldQuestion:
    name, asked = str(row["id"]), str(row["question"])
    if row["kind"] == "unanswerable":
        return GoldQuestion(name, asked, "unanswerable")
    document = archive.document(str(row["document_id"]))
    assert document is not None, f"{name}: no article {row['document_id']}"
    places = (row.get(part) for part in ("quote", "answer"))
    quote, answer = (
        document.text[place[0] : place[1]] if isinstance(place, list) else "" for place in places
    )
    return GoldQuestion(name, asked, str(row["pair"]), document.id, quote, answer)
