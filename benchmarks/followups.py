"""Follow-up questions: python benchmarks/followups.py DIALOGUES.jsonl… --alone QUESTIONS.jsonl…

Of each file of dialogues: how many last questions are completed as they should be, and for how many the
starter article that is meant is among the quotes shown, as typed and completed. Of the files after
--alone: how many questions, all of which stand alone, are taken for follow-ups.
"""

import json
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from corpus.sources import read_sources
from embeddings.load import load_embedder
from qa.answer import Answer
from qa.archive import Archive
from qa.questions.conversation import complete
from qa.questions.followups import read_follow_up

TODAY = date(2026, 11, 25)


def rows(path: str) -> list[dict[str, Any]]:
    """One JSON object a line."""
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]


def as_it_should_be(dialogue: dict[str, Any]) -> bool:
    """Whether the last question, completed, holds and lacks what it should, or rightly stays as it is."""
    *before, last = dialogue["turns"]
    completed = complete(last, before, TODAY)
    if completed is None or dialogue["holds"] is None:
        return completed is dialogue["holds"]
    text = completed.text.casefold()
    held = all(word.casefold() in text for word in dialogue["holds"])
    return held and not any(word.casefold() in text for word in dialogue["lacks"])


def shows(answer: Answer, document_id: str) -> bool:
    """Whether a quote of the document is among those shown."""
    return document_id in {citation.document_id for citation in (*answer.citations, *answer.nearest)}


def measure(archive: Archive, path: str) -> None:
    """Print what becomes of the dialogues in a file."""
    dialogues = rows(path)
    right = sum(map(as_it_should_be, dialogues))
    meant = [dialogue for dialogue in dialogues if dialogue.get("document")]
    typed = sum(shows(archive.ask(d["turns"][-1], today=TODAY), d["document"]) for d in meant)
    completed = sum(
        shows(archive.ask(d["turns"][-1], history=d["turns"][:-1], today=TODAY), d["document"]) for d in meant
    )
    print(f"{path}: {right} of {len(dialogues)} as they should be; article shown: {typed} of {len(meant)}"
          f" as typed, {completed} completed")  # fmt: skip


def main(arguments: list[str]) -> None:
    """Measure every file named."""
    at = arguments.index("--alone") if "--alone" in arguments else len(arguments)
    with TemporaryDirectory() as folder, Archive.create(Path(folder) / "index", load_embedder()) as archive:
        archive.add(read_sources([ROOT / "corpus" / "articles"]))
        for path in arguments[:at]:
            measure(archive, path)
    alone = {row.get("question") or row["text"] for path in arguments[at + 1 :] for row in rows(path)}
    mistaken = [question for question in alone if read_follow_up(question)]
    print(f"{len(mistaken)} of {len(alone)} questions taken for follow-ups:", *sorted(mistaken), sep="\n  ")


if __name__ == "__main__":
    main(sys.argv[1:])
