"""Gradio's import leaves out what is for its developers, and leaves everything as it was."""

import subprocess
import sys

STUBS = """
import inspect, sys
opened = []
sys.addaudithook(lambda event, found: opened.append(str(found[0])) if event == "open" else None)
from ui.gradio_import import import_gradio
known = inspect.getfile
import_gradio()
assert inspect.getfile is known, "inspect stays replaced"
assert not [name for name in opened if name.endswith(".pyi")], "stubs are written or read"
assert any("gradio" in name for name in opened), "nothing was seen"
assert "mcp" not in sys.modules
import mcp  # may be imported afterwards
import ui.server, gradio
assert inspect.getfile(gradio.HTML).endswith("html.py")
"""

COLLECTING = """
import gc
from ui.gradio_import import without_collecting
kept = gc.get_freeze_count()
with without_collecting():
    assert not gc.isenabled()
    made = [[n] for n in range(1000)]
assert gc.isenabled() and gc.get_freeze_count() >= kept + 1000
try:
    with without_collecting():
        raise KeyError
except KeyError:
    assert gc.isenabled()
"""


def ran(code: str) -> subprocess.CompletedProcess[str]:
    """The code in a process where nothing has been imported yet."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)


def test_no_stubs_and_no_mcp() -> None:
    done = ran(STUBS)
    assert done.returncode == 0, done.stderr


def test_garbage_is_looked_for_again_afterwards() -> None:
    done = ran(COLLECTING)
    assert done.returncode == 0, done.stderr
