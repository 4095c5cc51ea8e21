"""A visitor without a browser: what Streamlit's page does on its websocket, and how long it takes.

Like the page, it answers with the state of all widgets, says which messages it still holds,
runs what the server asks it to run again, and follows the address. It looks at every message
for errors. It draws nothing, so it costs little.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.AutoRerun_pb2 import AutoRerun
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

MAP = "ward_map"
INDICATOR = "pick_indicator"
PATIENCE = 20.0  # seconds for one answer; more counts as a fault

FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


@dataclass(frozen=True)
class Indicator:
    """An indicator as the pick-list shows it, and as the map's message and the address name it."""

    id: str
    option: str
    name: str


@dataclass(frozen=True)
class Change:
    """One change of indicator, in seconds from sending it.

    `to_map`: until the message with the map's new figures; `whole`: until the script had run.
    """

    to_map: float
    whole: float


class Kept:
    """The messages that the page keeps, so that the server can send their hash instead.

    A message is forgotten when it was in none of the last runs, as Streamlit's page does it;
    a run of a fragment forgets messages of that fragment only.
    """

    def __init__(self) -> None:
        self.runs = 0
        self.seen: dict[str, tuple[int, str]] = {}

    def note(self, message: ForwardMsg) -> bool:
        """Note a message or a reference to one; False if it refers to one that is not kept."""
        if message.WhichOneof("type") == "ref_hash":
            if message.ref_hash not in self.seen:
                return False
            self.seen[message.ref_hash] = (self.runs, self.seen[message.ref_hash][1])
        elif message.metadata.cacheable and message.hash:
            fragment = message.delta.fragment_id if message.HasField("delta") else ""
            self.seen[message.hash] = (self.runs, fragment)
        return True

    def finish_run(self, longest: int, fragments: list[str]) -> None:
        """Forget what was in none of the last `longest` runs."""
        self.runs += 1
        self.seen = {
            name: (last, fragment)
            for name, (last, fragment) in self.seen.items()
            if self.runs - last <= longest or (fragments and fragment not in fragments)
        }


@dataclass
class Visitor:
    """One session on the Ward map, from `open` to `close`.

    Args:
        url: of the server or the proxy, e.g. "http://127.0.0.1:8501".
        council: code of the area to look at.
        indicator: what is looked at; `change` replaces it.
        cookie: sent with the handshake, as the browser got it with the page.
    """

    url: str
    council: str
    indicator: Indicator
    cookie: str = ""
    faults: list[str] = field(default_factory=list)
    told: int = 0  # how many of the faults a window has counted
    received: int = 0
    set_cookie: str = ""

    def __post_init__(self) -> None:
        self.query = f"area={self.council}&indicator={self.indicator.id}"
        self.connection: ClientConnection | None = None
        self.kept, self.widgets = Kept(), dict[str, WidgetState]()
        self.page_hash, self.longest_kept = "", 2
        self.fragment, self.run_fragments = "", list[str]()
        self.run_widgets, self.widget_of = set[str](), dict[str, str]()  # hash -> widget's id
        self.listening: asyncio.Task[None] | None = None
        self.repeats: dict[str, asyncio.Task[None]] = {}
        self.sought: str | None = None  # as it stands in the message of the map
        self.map_at, self.finished_at = 0.0, 0.0
        self.done = asyncio.Event()

    async def open(self) -> None:
        """Connect, ask for the page and wait until it is whole, its later parts included."""
        self.connection = await connect(
            self.url.replace("http", "ws", 1) + "/_stcore/stream",
            origin=Origin(self.url), subprotocols=[Subprotocol("streamlit")],
            additional_headers={"Cookie": self.cookie} if self.cookie else None,
            max_size=None, ping_interval=None, open_timeout=PATIENCE,
        )  # fmt: skip
        response = self.connection.response
        self.set_cookie = (response and response.headers.get("set-cookie")) or ""
        self.listening = asyncio.create_task(self._listen(self.connection))
        self.sought = ""
        await self._send_run()
        await self._wait_done("opening the page")
        try:
            async with asyncio.timeout(PATIENCE):
                while self.repeats and not self.faults:
                    await asyncio.sleep(0.05)
        except TimeoutError:
            self.faults.append(f"parts of the page still ask to be run after {PATIENCE:.0f} s")

    async def change(self, to: Indicator) -> Change | None:
        """Choose another indicator, one that this visitor has not seen; None if that failed."""
        chosen = next((w for w in self.widgets.values() if w.id.endswith(INDICATOR)), None)
        if chosen is None:
            self.faults.append("the page has no list of indicators")
            return None
        chosen.string_value, self.indicator = to.option, to
        self.sought = json.dumps(to.name)
        started = time.perf_counter()
        await self._send_run(self.fragment)
        if not await self._wait_done(f"changing to {to.id}"):
            return None
        if f"indicator={to.id}" not in self.query:
            self.faults.append(f"the address does not name {to.id}: {self.query}")
        return Change(self.map_at - started, self.finished_at - started)

    async def close(self) -> None:
        """Leave, as a visitor does who closes the window."""
        self._stop_repeats(list(self.repeats))
        if self.listening:
            self.listening.cancel()
        if self.connection:
            await self.connection.close()

    async def _wait_done(self, doing: str) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                await self.done.wait()
        except TimeoutError:
            self.faults.append(f"no answer within {PATIENCE:.0f} s when {doing}")
            return False
        return self.sought is None

    async def _send_run(self, fragment: str = "", auto: bool = False) -> None:
        """Ask the server to run the page or one of its fragments, as the browser's page asks."""
        self.done.clear()
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.fragment_id, run.is_auto_rerun = self.query, fragment, auto
        run.widget_states.widgets.extend(self.widgets.values())
        run.cached_message_hashes.extend(self.kept.seen)
        if self.page_hash:
            run.page_script_hash = self.page_hash
        else:
            run.page_name = "ward-map"
        run.context_info.timezone, run.context_info.locale = "Europe/London", "en-GB"
        run.context_info.url = f"{self.url}/ward-map"
        run.context_info.color_scheme = "light"
        if self.connection:
            await self.connection.send(message.SerializeToString())

    async def _listen(self, connection: ClientConnection) -> None:
        try:
            while True:
                data = await connection.recv(decode=False)
                self.received += len(data)
                self._take(ForwardMsg.FromString(data))
        except ConnectionClosed as end:
            self.faults.append(f"the server closed the connection: {end}")
        except Exception as error:  # a task that ends in silence would look like a slow server
            self.faults.append(f"a message could not be read: {error!r}")
        self.done.set()

    def _take(self, message: ForwardMsg) -> None:
        """Look at a message: what it changes here, and whether it tells of an error."""
        kind = message.WhichOneof("type")
        if not self.kept.note(message):
            self.faults.append("the server refers to a message that the page no longer keeps")
        if kind == "delta":
            self._take_delta(message.delta, message.hash)
        elif kind == "ref_hash":
            self.run_widgets.add(self.widget_of.get(message.ref_hash, ""))
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
        elif kind == "page_not_found":
            self.faults.append("page not found")
        else:
            self._take_run(message)

    def _take_run(self, message: ForwardMsg) -> None:
        """Look at a message about runs: begun, ended, wanted again."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._begin_run(message.new_session, list(message.metadata.run.fragment_ids))
        elif kind == "script_finished":
            self._finish_run(message.script_finished)
        elif kind == "auto_rerun":
            self._repeat(message.auto_rerun)
        elif kind == "stop_auto_rerun":
            self._stop_repeats(message.stop_auto_rerun.fragment_ids)

    def _begin_run(self, session: NewSession, fragments: list[str]) -> None:
        self.run_fragments, self.run_widgets = fragments, set()
        self.longest_kept = session.config.max_cached_message_age
        if not fragments:  # a run of the whole page: fragments say again what they want
            self._stop_repeats(list(self.repeats))

    def _finish_run(self, status: ForwardMsg.ScriptFinishedStatus.ValueType) -> None:
        if status == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            self.faults.append("the script could not be compiled")
        if status in FINISHED:
            self.kept.finish_run(self.longest_kept, self.run_fragments)
            self.widget_of = {h: w for h, w in self.widget_of.items() if h in self.kept.seen}
            self._forget_widgets()
            if self.sought is None:
                self.finished_at = time.perf_counter()
                self.done.set()

    def _forget_widgets(self) -> None:
        """Forget widgets that the run no longer showed: their state would count as a change."""
        if self.run_fragments in ([], [self.fragment]):
            for name in self.widgets.keys() - self.run_widgets:
                del self.widgets[name]

    def _take_delta(self, delta: Delta, name: str) -> None:
        if delta.WhichOneof("type") == "new_element":
            widget = self._take_element(delta.new_element, delta.fragment_id)
            if widget:
                self.run_widgets.add(widget)
                self.widget_of[name] = widget

    def _take_element(self, element: Element, fragment: str) -> str:
        """Look at an element; the id of the widget that it is, "" for all others."""
        kind = element.WhichOneof("type")
        if kind == "bidi_component":
            self._take_component(element)
        elif kind == "selectbox":
            if element.selectbox.id.endswith(INDICATOR):
                self.fragment = fragment
            return self._take_widget(element)
        elif kind in ("text_input", "checkbox"):
            return self._take_widget(element)
        elif kind == "exception":
            self.faults.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "alert" and element.alert.format == Alert.ERROR:
            self.faults.append(element.alert.body)
        return ""

    def _take_component(self, element: Element) -> None:
        component = element.bidi_component
        is_map = component.component_name == MAP and self.sought is not None
        if is_map and str(self.sought) in component.json:
            self.map_at, self.sought = time.perf_counter(), None

    def _take_widget(self, element: Element) -> str:
        """Note the state of a widget that is new here, or that the server has set."""
        kind = str(element.WhichOneof("type"))
        widget = getattr(element, kind)
        if widget.id in self.widgets and not widget.set_value:
            return str(widget.id)
        state = self.widgets[widget.id] = WidgetState(id=widget.id)
        if kind == "checkbox":
            state.bool_value = widget.value if widget.set_value else widget.default
        elif kind == "text_input":
            state.string_value = widget.value if widget.set_value else widget.default
        elif widget.set_value:
            if widget.HasField("raw_value"):
                state.string_value = widget.raw_value
        elif widget.HasField("default"):
            state.string_value = widget.options[widget.default]
        return str(widget.id)

    def _stop_repeats(self, fragments: Iterable[str]) -> None:
        for fragment in fragments:
            if task := self.repeats.pop(fragment, None):
                task.cancel()

    def _repeat(self, wanted: AutoRerun) -> None:
        async def ask() -> None:
            while True:
                await asyncio.sleep(wanted.interval)
                try:
                    await self._send_run(wanted.fragment_id, auto=True)
                except ConnectionClosed:
                    return  # `_listen` tells

        if wanted.fragment_id not in self.repeats:
            self.repeats[wanted.fragment_id] = asyncio.create_task(ask())
