"""The chat's server as programs meet it: over HTTP, with what the README shows."""

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import serving

from corpus.document import Document
from embeddings.embedder import Embedder
from qa.archive import Archive

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

README = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")
CURLS = re.findall(r"^curl .*7860.*$", README, re.MULTILINE)


@pytest.fixture(scope="module")
def archive(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, articles: list[Document]
) -> Iterator[Archive]:
    with Archive.create(tmp_path_factory.mktemp("server") / "index", embedder) as made:
        made.add(articles)
        yield made


@pytest.fixture(scope="module")
def address(archive: Archive) -> Iterator[str]:
    with serving(archive) as address:
        yield address


def test_the_readme_shows_how_programs_ask() -> None:
    assert len(CURLS) == 7


@pytest.mark.parametrize("command", CURLS)
def test_what_the_readme_shows_works(command: str, address: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is missing")
    arguments = shlex.split(command.replace("http://127.0.0.1:7860", address))
    done = subprocess.run([*arguments, "-sS", "--fail"], capture_output=True, text=True, check=True)
    if "/metrics" in command:
        assert "khamtob_questions_total" in done.stdout
        return
    found = json.loads(done.stdout)
    if "/api/ask" in command:
        assert found["citations"] or found["nearest"]
    elif "/api/search" in command:
        assert len(found["passages"]) == 3
    elif "/api/articles/" in command:
        assert found["text"]
    elif "/api/articles" in command:
        assert len(found["documents"]) == 5
    else:
        assert found["ready"]
