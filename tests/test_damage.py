"""What is left of an index on a bad disk, a full one, or one that can't be written to."""

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from archives import agree, ids

from corpus.document import Document
from corpus.errors import ArchiveDamaged, ArchiveError, KhamtobError
from embeddings.embedder import Embedder
from qa.archive import Archive

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "ไทยกับเกาหลีตกลงเรื่องอะไร"


def test_a_cut_catalogue_says_what_to_do(archive: Archive, embedder: Embedder) -> None:
    archive.close()
    path = archive.folder / "catalogue.sqlite"
    whole = path.read_bytes()
    for length in (0, 10, 5000, len(whole) // 2):
        path.write_bytes(whole[:length])
        with (
            pytest.raises(ArchiveDamaged, match=r"catalogue\.sqlite.*into a new folder"),
            Archive.open(archive.folder, embedder) as cut,
        ):
            cut.check()


def test_a_flipped_bit_in_the_catalogue_never_makes_a_wrong_quote(
    archive: Archive, embedder: Embedder, articles: list[Document]
) -> None:
    """SQLite keeps no digests of its own: what a flip may do is be noticed, or not matter."""
    archive.close()
    path = archive.folder / "catalogue.sqlite"
    whole = path.read_bytes()
    texts = {article.text for article in articles}
    chance = random.Random(3)
    noticed = 0
    for _ in range(60):
        at = chance.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
        try:
            with Archive.open(archive.folder, embedder) as flipped:
                for citation in flipped.ask(QUESTION).citations:
                    assert any(citation.span.of(text) == citation.quote for text in texts)
                flipped.check()
        except KhamtobError as error:
            assert str(path) in str(error)
            noticed += 1
    assert noticed


def test_a_lost_log_is_repaired(archive: Archive, embedder: Embedder, articles: list[Document]) -> None:
    """Somebody deletes catalogue.sqlite-wal: the catalogue falls back to what was before, the rest does not."""
    archive.close()  # which takes the log in
    path = archive.folder / "catalogue.sqlite"
    before = path.read_bytes()
    with Archive.open(archive.folder, embedder) as changed:
        changed.add(articles[6:8])
    path.write_bytes(before)
    with pytest.raises(ArchiveDamaged, match="khamtob repair"):
        Archive.open(archive.folder, embedder)
    with Archive.repair(archive.folder, embedder) as repaired:
        assert len(ids(repaired)) == 6
        agree(repaired)


def vectors_of(archive: Archive) -> Path:
    return next(archive.folder.glob("vectors-*.f16"))


def flip(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 4
    path.write_bytes(whole)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1000])


@pytest.mark.parametrize("harm", [flip, cut, Path.unlink])
def test_vectors_that_are_not_those_stored_are_named_and_made_again(
    archive: Archive, embedder: Embedder, articles: list[Document], harm: Callable[[Path], None]
) -> None:
    archive.add(articles[6:8])
    archive.remove([articles[0].id])
    archive.close()
    path = vectors_of(archive)
    before = path.read_bytes()
    harm(path)
    with (
        pytest.raises(ArchiveDamaged, match=rf"{re.escape(path.name)}.*khamtob repair"),
        Archive.open(archive.folder, embedder) as harmed,
    ):
        harmed.check()
    with Archive.repair(archive.folder, embedder) as repaired:
        agree(repaired)
        assert vectors_of(repaired).read_bytes()[-2000:] == before[-2000:]


def test_passages_that_lie_elsewhere_than_the_catalogue_says_are_noticed_and_mended(
    archive: Archive, embedder: Embedder
) -> None:
    archive.close()
    with closing(sqlite3.connect(archive.folder / "catalogue.sqlite")) as db, db:
        db.execute("UPDATE chunk SET start = start + 1 WHERE id = (SELECT max(id) FROM chunk)")
    with (
        Archive.open(archive.folder, embedder) as harmed,
        pytest.raises(ArchiveDamaged, match=r"other passages.*khamtob repair"),
    ):
        harmed.check()
    with Archive.repair(archive.folder, embedder) as repaired:
        agree(repaired)


@pytest.mark.parametrize("altered", ["CAST(text || x'41' AS BLOB)", "substr(text, 1, 40)"])
def test_no_quote_is_of_a_text_that_was_altered(archive: Archive, embedder: Embedder, altered: str) -> None:
    archive.close()
    with closing(sqlite3.connect(archive.folder / "catalogue.sqlite")) as db, db:
        db.execute(f"UPDATE document SET text = {altered}")
    with Archive.open(archive.folder, embedder) as harmed:
        with pytest.raises(ArchiveDamaged, match="«"):
            harmed.ask(QUESTION)
        with pytest.raises(ArchiveDamaged, match="«"):
            harmed.search(QUESTION)


def test_an_index_without_digests_of_vectors_gets_them_as_it_changes(
    archive: Archive, embedder: Embedder, articles: list[Document]
) -> None:
    archive.close()
    with closing(sqlite3.connect(archive.folder / "catalogue.sqlite")) as db:
        db.execute("DROP TABLE vector_digest")
    with Archive.open(archive.folder, embedder) as older:
        older.check()
        older.add(articles[6:7])
        agree(older)
        flip_last = vectors_of(older)
        flip_last.write_bytes(flip_last.read_bytes()[:-1] + b"!")
        with pytest.raises(ArchiveDamaged, match=re.escape(articles[6].id)):
            older.check()


LIMITED_SPACE = """
import sys
from corpus.errors import KhamtobError
from qa import Archive
with Archive.open(sys.argv[1]) as archive:
    try:
        archive.index([sys.argv[2]])
    except KhamtobError as error:
        print(error)
    print(archive.stats.documents)
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=800k", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("nobody may mount a small disk here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_on_a_full_disk_the_old_state_stays_and_says_so(
    small_disk: Path, embedder: Embedder, articles: list[Document]
) -> None:
    folder, articles_folder = small_disk / "index", ROOT / "corpus" / "articles"
    with Archive.create(folder, embedder) as archive:
        archive.add(articles[:3])
    command = [sys.executable, "-c", LIMITED_SPACE, str(folder), str(articles_folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    error, documents = done.stdout.splitlines()
    assert str(folder) in error and "writ" in error
    assert documents == "3"
    with Archive.open(folder, embedder) as archive:
        assert len(ids(archive)) == 3
        agree(archive)


READ_ONLY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


@pytest.fixture
def read_only(archive: Archive) -> Iterator[list[str]]:
    """What runs a command that can't write into the archive's folder, though it be root's."""
    archive.close()
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root can't be kept from writing here")
    places = [archive.folder, *archive.folder.rglob("*")]
    modes = {path: path.stat().st_mode for path in places}
    for path in places:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield READ_ONLY if os.geteuid() == 0 else []
    for path, mode in modes.items():
        path.chmod(mode)


def test_in_a_read_only_folder_one_can_ask_and_is_told_that_one_cannot_write(
    archive: Archive, read_only: list[str], articles: list[Document]
) -> None:
    def khamtob(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [*read_only, sys.executable, "-m", "ui.cli", *arguments, "--index", str(archive.folder)]
        return subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)

    assert khamtob("search", QUESTION).returncode == 0
    for command in (["index", "corpus/articles"], ["remove", articles[0].id]):
        failed = khamtob(*command)
        assert failed.returncode == 1 and failed.stderr.count("\n") == 1
        assert f"{archive.folder}: can't write here" in failed.stderr


def test_a_folder_that_is_full_of_something_else_is_left_alone(tmp_path: Path, embedder: Embedder) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(ArchiveError, match="not empty"):
        Archive.create(tmp_path, embedder)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
