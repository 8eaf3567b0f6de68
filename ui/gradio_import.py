"""Gradio imported in half the time: without what it does at that moment for its own developers.

While its components are imported, Gradio writes a stub beside the source of each, to which end it parses that source
(0.9 s, and a folder that has to be writable). It leaves that out for a class that has no source file; so for the
moment none of its classes has one. Where a later Gradio writes no stubs, or asks otherwise, this changes nothing.
"""

import gc
import inspect
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any


def import_gradio() -> None:
    """Import Gradio, if nothing has yet, and tell it to report nothing to anybody."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read while it is imported
    with _without_stubs(), _without_mcp():
        import gradio  # noqa: F401
    if find_spec("matplotlib") is None:  # else Gradio goes through all folders for it, thrice an event
        sys.modules["matplotlib"] = None  # type: ignore[assignment]  # how Python is told that there is none


@contextmanager
def without_collecting() -> Iterator[None]:
    """While much is made that stays, as by imports, garbage isn't looked for; nor is it among that later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def _without_stubs() -> Iterator[None]:
    known = inspect.getfile

    def getfile(thing: Any) -> str:
        if isinstance(thing, type) and thing.__module__.startswith("gradio."):
            raise OSError("not asked for now")
        return known(thing)

    setattr(inspect, "getfile", getfile)  # noqa: B010 (its types don't allow to assign)
    try:
        yield
    finally:
        setattr(inspect, "getfile", known)  # noqa: B010


@contextmanager
def _without_mcp() -> Iterator[None]:
    """Gradio brings an MCP server along where that package is installed; the one at /mcp isn't Gradio's."""
    if "mcp" in sys.modules:
        yield
        return
    sys.modules["mcp"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["mcp"]
