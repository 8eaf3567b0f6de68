"""The structure holds: who imports whom, how large a module is, what the repo says."""

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("corpus", "embeddings", "qa", "ui")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
HEAVY = {"torch", "sentence_transformers", "transformers", "gradio", "openai", "pandas", "ir_measures"}


def imported(tree: ast.AST) -> set[str]:
    """The top-level packages that a piece of code imports."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_rooms_import_only_leftwards(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    right = set(ROOMS[ROOMS.index(room) + 1 :])
    assert not imported(ast.parse(path.read_text(encoding="utf-8"))) & right


def test_no_part_of_a_room_imports_one_that_imports_it() -> None:
    """A part: a folder in a room, or a module that lies beside the folders."""
    seen: dict[str, set[str]] = {}
    for path in MODULES:
        room, inside, *_ = path.relative_to(ROOT).parts
        part = f"{room}.{inside.removesuffix('.py')}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            named = {".".join(one.split(".")[:2]) for one in names if one.startswith(f"{room}.")}
            seen.setdefault(part, set()).update(named - {part})
    assert len(list(TopologicalSorter(seen).static_order())) >= len(seen)  # raises CycleError


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_fits_in_the_head(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 300
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, f"{node.name} is too long"


@pytest.mark.parametrize("door", ["qa", "qa.archive", "ui.cli"])
def test_nothing_heavy_is_imported_at_the_door(door: str) -> None:
    """Asking from the command line must not wait for torch or Gradio."""
    code = f"import sys, {door}; print(*sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_error_is_swallowed(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"bare except in line {node.lineno}"
            assert not all(isinstance(part, ast.Pass) for part in node.body), f"line {node.lineno}"


def test_no_pickle_and_no_remote_code() -> None:
    for path in MODULES:
        source = path.read_text(encoding="utf-8")
        assert "pickle" not in imported(ast.parse(source))
        assert not re.search(r"trust_remote_code\s*=\s*True|allow_pickle\s*=\s*True", source), path


def test_only_one_room_cuts_words() -> None:
    users = {
        name(path)
        for path in MODULES
        if imported(ast.parse(path.read_text(encoding="utf-8"))) & {"pythainlp", "nlpo3"}
        and "training" not in path.parts
    }
    assert users == {"corpus/segment.py"}


def test_exports_are_what_they_are() -> None:
    import qa

    assert sorted(qa.__all__) == [
        "Answer",
        "Archive",
        "Citation",
        "Document",
        "Hit",
        "Holdings",
        "KhamtobError",
        "Named",
        "Passage",
        "Report",
        "Scope",
        "Stats",
        "Summary",
        "Wanted",
        "load_embedder",
        "read_sources",
    ]
    for exported in qa.__all__:
        assert getattr(qa, exported) is not None


def test_the_interpreter_is_supported() -> None:
    assert sys.version_info >= (3, 11)
