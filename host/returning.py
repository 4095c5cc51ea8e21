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
BETWEEN_LOOKS = 0.05
_met: WeakSet[AppSession] = WeakSet()
#: What was asked of pages that are being drawn again, in order; a visit is in it meanwhile.
_waiting: dict[AppSession, list[ClientState]] = {}
_tasks: set[asyncio.Task[None]] = set()
_ask = AppSession.request_rerun


async def _ask_when_drawn(session: AppSession) -> None:
    waiting = _waiting[session]
    try:
        for _ in range(int(PATIENCE / BETWEEN_LOOKS)):
            # The newest: an older one may be for a part that the page does not have any more.
            if waiting and session.has_fragment(waiting[-1].fragment_id):
                for wanted in waiting:
                    del wanted.cached_message_hashes[:]  # the browser lets old ones go each run
                    _ask(session, wanted)  # it waits for the page's run to end
                return
            await asyncio.sleep(BETWEEN_LOOKS)
    finally:
        del _waiting[session]


def _draw_whole(session: AppSession, client_state: ClientState) -> None:
    whole = ClientState()
    whole.CopyFrom(client_state)
    whole.fragment_id, whole.is_auto_rerun = "", False
    # As its address says; what was chosen since comes with the second request.
    whole.ClearField("widget_states")
    _ask(session, whole)
    _waiting[session] = []
    task = asyncio.get_running_loop().create_task(_ask_when_drawn(session))
    _tasks.add(task)  # the loop itself keeps no hold of it
    task.add_done_callback(_tasks.discard)


@wraps(_ask)
def _request_rerun(session: AppSession, client_state: ClientState | None) -> None:
    is_new = session not in _met
    _met.add(session)
    if client_state is None or not client_state.fragment_id:
        # The whole page: all that was chosen comes with it.
        _waiting.get(session, []).clear()
        _ask(session, client_state)
        return
    if is_new:
        _draw_whole(session, client_state)
    # A figure that was brought went with the visit: the page says so, and what was asked of it
    # is let go.
    is_choice = not client_state.is_auto_rerun and not names_own_figure(client_state.query_string)
    if session in _waiting and is_choice:
        _waiting[session].append(client_state)
    elif not is_new:
        _ask(session, client_state)


def bring_pages_back() -> None:
    """Let a visit whose first request is for a fragment draw the whole page first."""
    setattr(AppSession, "request_rerun", _request_rerun)  # noqa: B010
