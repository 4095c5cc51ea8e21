"""What a page does whose visit is gone: it is drawn again, then does what its visitor asked.

A visit ends with its process, and two minutes after its browser was last heard of, as when a
laptop sleeps. The open page then joins a new visit. What is chosen on it reruns a fragment, which
the new visit has not drawn yet; Streamlit drops such a request without a word, and the lists
would say one thing and the map another.
"""

from __future__ import annotations

import asyncio
from functools import wraps
from weakref import WeakSet

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession

from data.own.shelf import names_own_figure

#: Seconds that the page may take to be drawn before what was asked is let go.
PATIENCE = 60.0
_tasks: set[asyncio.Task[None]] = set()
_met: WeakSet[AppSession] = WeakSet()
_ask = AppSession.request_rerun


async def _ask_when_drawn(session: AppSession, wanted: ClientState) -> None:
    for _ in range(int(PATIENCE / 0.05)):
        if session.has_fragment(wanted.fragment_id):
            del wanted.cached_message_hashes[:]  # the browser lets old messages go with each run
            _ask(session, wanted)  # it waits for the page's run to end
            return
        await asyncio.sleep(0.05)


@wraps(_ask)
def _request_rerun(session: AppSession, client_state: ClientState | None) -> None:
    is_new = session not in _met
    _met.add(session)
    if not (is_new and client_state and client_state.fragment_id):
        _ask(session, client_state)
        return
    whole = ClientState()
    whole.CopyFrom(client_state)
    whole.fragment_id, whole.is_auto_rerun = "", False
    # As its address says; what was chosen since comes with the second request.
    whole.ClearField("widget_states")
    _ask(session, whole)
    # A figure that was brought went with the visit: the page says so, and what was asked of it
    # is let go.
    if not client_state.is_auto_rerun and not names_own_figure(client_state.query_string):
        task = asyncio.get_running_loop().create_task(_ask_when_drawn(session, client_state))
        _tasks.add(task)  # the loop itself keeps no hold of it
        task.add_done_callback(_tasks.discard)


def bring_pages_back() -> None:
    """Let a visit whose first request is for a fragment draw the whole page first."""
    setattr(AppSession, "request_rerun", _request_rerun)  # noqa: B010
