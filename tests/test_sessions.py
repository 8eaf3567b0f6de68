"""What a server keeps of its visitors: little of a turn, and nothing of who has been gone for long."""

import gc
import json
import linecache
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.request import Request, urlopen

import gradio as gr
import pytest
from visits import ENGLISH

from qa.answer import answer_as_dict
from qa.archive import Archive
from ui.pages.chat import Chat
from ui.pages.turns import Turn
from ui.server import close, launch
from ui.service import sessions
from ui.sharing import Wish

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")

MOST_A_TURN = 12_000
"""Bytes, of 20 turns and the session itself; it was 100,000 when each turn's HTML was kept as it is."""


@pytest.fixture(scope="module")
def served(starter: Archive) -> Iterator[tuple[gr.Blocks, str]]:
    blocks, address = launch(Chat(starter), "127.0.0.1", 0)
    yield blocks, address.rstrip("/") + "/gradio_api/queue/"
    close(blocks)


def ask(blocks: gr.Blocks, queue: str, visitor: str) -> None:
    submit = next(one for one in blocks.fns.values() if any(what == "submit" for _, what in one.targets))
    data: list[Any] = [None] * len(submit.inputs)
    data[0], data[2] = ENGLISH, "en"
    body = json.dumps({"fn_index": submit._id, "session_hash": visitor, "data": data}).encode()
    with urlopen(Request(queue + "join", body, {"Content-Type": "application/json"})):
        pass
    with urlopen(f"{queue}data?session_hash={visitor}") as told:
        assert b"kt-citation" in told.read()


def kept_of(served: tuple[gr.Blocks, str], visitor: str) -> int:
    """Bytes that are still there of 20 turns; sources that a warning's traceback read don't count.

    Somebody else asks last: what was sent last, a whole conversation, may be held a while.
    """
    gc.collect()
    tracemalloc.start()
    try:
        for _ in range(20):
            ask(*served, visitor)
        ask(*served, f"{visitor}-after")
        gc.collect()
        found = tracemalloc.take_snapshot()
    finally:
        tracemalloc.stop()
    ours = found.filter_traces([tracemalloc.Filter(False, linecache.__file__)])
    return sum(trace.size for trace in ours.traces)


def test_little_is_kept_of_a_turn(served: tuple[gr.Blocks, str]) -> None:
    blocks, _ = served
    for _ in range(5):
        ask(*served, "before")
    # what is kept of a turn is kept every time; what a warning loads, or another thread, is not
    assert min(kept_of(served, "first"), kept_of(served, "visitor")) / 20 < MOST_A_TURN
    session = blocks.state_holder["visitor"]
    assert session.blocks_config.blocks.keys() == blocks.default_config.blocks.keys()
    assert [len(value) for value in session.state_data.values() if isinstance(value, tuple)] == [20]


def test_a_session_is_forgotten_once_its_page_has_been_gone_for_long(
    served: tuple[gr.Blocks, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks, _ = served
    for visitor in ("gone", "there"):
        ask(*served, visitor)
    holder = blocks.state_holder
    holder.session_data["gone"].is_closed = True
    holder.delete_all_expired_state()
    assert {"gone", "there"} <= holder.session_data.keys()  # it may come back
    monkeypatch.setattr(sessions, "RETURNS_WITHIN", timedelta(0))
    holder.delete_all_expired_state()
    assert "gone" not in holder.session_data and "there" in holder.session_data


def test_a_turn_gives_back_what_it_was_made_of(starter: Archive) -> None:
    answer = starter.ask(ENGLISH)
    turn = Turn.of(3, Wish(ENGLISH), ENGLISH, answer, "<p>ไทย \ud800</p>")
    assert answer_as_dict(turn.answer) == answer_as_dict(answer)
    assert turn.html == "<p>ไทย \ud800</p>" and turn.shown_as("<b>").html == "<b>"
    assert turn.shown_as("<b>").answer == turn.answer
