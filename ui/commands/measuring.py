"""`khamtob evaluate`: questions with known answers in, measures out."""

from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console

from embeddings.embedder import BUNDLED
from embeddings.load import load_embedder
from qa.quotes.confidence import THRESHOLD
from qa.search.scoring import Legs
from ui.commands.options import AsJSON, Folder, MinConfidence, opened
from ui.printing.terminal import print_json


def evaluate(
    dataset: Annotated[Path, typer.Argument(help="A folder in BEIR layout, or a .jsonl of questions.")],
    folder: Folder = None,
    build: Annotated[
        bool, typer.Option("--build", help="Index the folder's own corpus.jsonl first.")
    ] = False,
    retriever: Annotated[Legs, typer.Option(help="Which scores decide the order.")] = "hybrid",
    model: Annotated[str, typer.Option(metavar="NAME_OR_PATH", help="The model to build with.")] = BUNDLED,
    min_confidence: MinConfidence = THRESHOLD,
    as_json: AsJSON = False,
) -> None:
    """Measure retrieval and quotes on questions with known answers."""
    from qa.measuring import evaluate as measures
    from ui.printing.tables import evaluation_tables

    if build == (folder is not None) and dataset.is_dir():
        raise typer.BadParameter("give --index DIR or --build", param_hint="--index")
    with TemporaryDirectory(prefix="khamtob-") as temporary:
        if dataset.is_dir():
            loaded = measures.load_dataset(dataset)
            archive = measures.build(loaded, temporary, load_embedder(model)) if build else opened(folder)
            with archive:
                result: measures.Evaluation | measures.QuestionEvaluation = measures.evaluate(
                    loaded, archive, retriever
                )
        else:
            questions = measures.load_questions(dataset)
            with opened(folder) as archive:
                result = measures.evaluate_questions(
                    questions, archive, retriever, dataset.name, min_confidence
                )
    if as_json:
        print_json(asdict(result))
    else:
        wide = Console(highlight=False, width=200)  # a narrow one would cut figures short
        for table in evaluation_tables(result):
            wide.print(table)
