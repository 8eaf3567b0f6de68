"""What the server keeps of a visitor while a page is open: the conversation, and nothing a second time.

Gradio also keeps for every session how each part of the page was last filled in, all of a conversation's HTML among
it, for links to a page as it stands, which this page hasn't; a part more whenever one is told to stay as it is; and
that of as many as 10,000 sessions, however long they have been over.
"""

from datetime import datetime, timedelta
from typing import Any

import gradio as gr
from gradio.state_holder import SessionState, StateHolder

MOST_SESSIONS = 2_000
"""Sessions that are kept; with one more, the one that was used longest ago goes."""

RETURNS_WITHIN = timedelta(hours=1)
"""A page that lost its connection, as a phone's does in a pocket, finds its conversation for so long."""


class Session(SessionState):
    """One visitor's state, without what the parts of the page were filled with."""

    def __init__(self, blocks: gr.Blocks) -> None:
        super().__init__(blocks)
        self.config_values.clear()

    def __setitem__(self, key: int, value: Any) -> None:
        """Keep a value, or a part of the page as changed for this visitor, in the place of one that is there.

        A part that takes another's place has a number of its own, under which Gradio would keep it once more.
        """
        if key in self.blocks_config.blocks:
            super().__setitem__(key, value)
            self.config_values.clear()

    def _update_config(self, key: int) -> None:
        """Keep nothing of it."""

    def _update_value_in_config(self, key: int, value: Any) -> None:
        """Keep nothing of it."""


class Sessions(StateHolder):
    """The sessions of a server. Gradio has `delete_all_expired_state` called every second."""

    def __init__(self, blocks: gr.Blocks) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.set_blocks(blocks)
        self.capacity = MOST_SESSIONS

    def __getitem__(self, session_id: str) -> SessionState:
        if session_id not in self.session_data:
            self.session_data[session_id] = Session(self.blocks)
        return super().__getitem__(session_id)

    def delete_all_expired_state(self) -> None:
        """Forget the sessions whose page has gone and did not come back in time."""
        super().delete_all_expired_state()  # type: ignore[no-untyped-call]
        now = datetime.now()
        with self.lock:
            for session_id, state in list(self.session_data.items()):
                used = self.time_last_used.get(session_id, now)
                if state.is_closed and now - used > RETURNS_WITHIN:
                    del self.session_data[session_id]
                    self.time_last_used.pop(session_id, None)
                    self.blocks._queue.pending_event_ids_session.pop(session_id, None)


def keep_sessions(blocks: gr.Blocks) -> None:
    """Have these blocks, which are being served, keep their sessions so."""
    blocks.app.state_holder = Sessions(blocks)
