"""How often the words marked in a quote are the answer.

    python benchmarks/marking.py ../shared

XQuAD's and iapp's questions are put to an index of their own paragraphs and articles; counted are first quotes
of answers given that hold the gold answer, by the kind that the question asks for. A mark is right when it
overlaps the gold answer.
"""

import argparse
import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.normalise import normalise, normalise_with_map
from embeddings.load import load_embedder
from qa.answer import Citation
from qa.measuring.dataset import Query, load_dataset
from qa.measuring.evaluate import build
from qa.measuring.measures import quote_holds
from qa.questions.question import read_question

SETS = ("xquad-dev/th-th", "xquad-dev/en-en", "xquad-dev/th-en", "xquad-dev/en-th", "iapp-wiki-dev")
KINDS = ("date", "number", "person", "place")


def main() -> None:
    """Ask, look at the marks, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    shared = parser.parse_args().shared
    print(f"| questions | quotes with the answer | marked | right | {' | '.join(KINDS)} | other |")
    print(f"|---|---|---|---|{'---|' * (len(KINDS) + 1)}")
    for name in SETS:
        counts = count(shared / "eval" / name)
        cells = [f"{counts[kind, 'right']} of {counts[kind, 'marked']}" for kind in (*KINDS, "other")]
        quotes, marked, right = (
            sum(n for (_, what), n in counts.items() if what == one) for one in ("quotes", "marked", "right")
        )
        print(f"| {name} | {quotes} | {marked} | {right / max(marked, 1):.3f} | {' | '.join(cells)} |")


def count(folder: Path) -> Counter[tuple[str, str]]:
    """Kind of question and "quotes", "marked" or "right" → how many."""
    dataset = load_dataset(folder)
    counts = Counter[tuple[str, str]]()
    with (
        TemporaryDirectory() as temporary,
        build(dataset, Path(temporary) / "index", load_embedder()) as archive,
    ):
        for query in dataset.queries:
            first = next(iter(archive.ask(query.text).citations), None)
            if first is None or not answers(first, query):
                continue
            kind = read_question(query.text).asks_for
            kind = kind if kind in KINDS else "other"
            counts[kind, "quotes"] += 1
            counts[kind, "marked"] += first.answer is not None
            counts[kind, "right"] += overlaps(first, query)
    return counts


def answers(citation: Citation, query: Query) -> bool:
    """Whether a quote is from a relevant document and holds an answer."""
    relevant = citation.document_id in query.relevant
    return relevant and any(quote_holds(citation, answer) for answer in query.answers)


def overlaps(citation: Citation, query: Query) -> bool:
    """Whether the mark has characters in common with an answer, wherever in the quote that stands."""
    if citation.answer is None:
        return False
    copy, start = normalise_with_map(citation.quote), citation.span.start
    places = [
        copy.source_span(*match.span())
        for answer in query.answers
        for match in re.finditer(re.escape(normalise(answer)), copy.text)
    ]
    marked = citation.answer
    return any(place.start < marked.end - start and marked.start - start < place.end for place in places)


if __name__ == "__main__":
    main()
