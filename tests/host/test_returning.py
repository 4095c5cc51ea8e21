"""An open page whose visit is gone: what is asked of it waits until the page is drawn again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from streamlit.proto.ClientState_pb2 import ClientState

from host import returning


class Visit:
    """A visit of the server, in which a part of a page is there once it is drawn."""

    def __init__(self) -> None:
        self.drawn: set[str] = set()

    def has_fragment(self, part: str) -> bool:
        return part in self.drawn


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What reached Streamlit, by the query of each request, which
    drops those for a part that is not there; "" is a run of the whole page."""
    said: list[str] = []

    def ask(visit: Visit, state: ClientState) -> None:
        if not state.fragment_id:
            said.append("")
        elif visit.has_fragment(state.fragment_id):
            said.append(state.query_string)

    monkeypatch.setattr(returning, "_ask", ask)
    monkeypatch.setattr(returning, "BETWEEN_LOOKS", 0.001)
    monkeypatch.setattr(returning, "PATIENCE", 0.1)
    return said


def ask(visit: Visit, query: str, part: str = "page", *, timer: bool = False) -> None:
    state = ClientState(query_string=query, fragment_id=part, is_auto_rerun=timer)
    returning._request_rerun(visit, state)  # type: ignore[arg-type]


def play(*steps: Callable[[Visit], None]) -> None:
    """Take steps in one visit, with time between them."""

    async def run() -> None:
        visit = Visit()
        for step in steps:
            step(visit)
            await asyncio.sleep(0.005)
        await asyncio.gather(*returning._tasks)

    asyncio.run(run())
    assert not returning._waiting
    assert not returning._tasks


def draw(visit: Visit) -> None:
    visit.drawn.add("page")


def load_whole(visit: Visit) -> None:
    returning._request_rerun(visit, ClientState())  # type: ignore[arg-type]


def test_every_choice_made_while_the_page_is_drawn_is_asked_in_order(asked: list[str]) -> None:
    play(lambda v: ask(v, "first"), lambda v: ask(v, "second"), draw)
    assert asked == ["", "first", "second"]


def test_a_choice_after_a_timer_brought_the_page_back_waits_too(asked: list[str]) -> None:
    play(lambda v: ask(v, "tick", timer=True), lambda v: ask(v, "chosen"), draw)
    assert asked == ["", "chosen"]


def test_a_part_that_the_page_has_no_more_holds_up_nothing(asked: list[str]) -> None:
    play(lambda v: ask(v, "old", "gone"), draw, lambda v: ask(v, "chosen"))
    assert asked[-1] == "chosen"
    asked.clear()
    play(lambda v: ask(v, "old", "gone"), draw)
    assert asked == [""]


def test_what_was_asked_of_a_page_that_was_left_is_not_asked_later(asked: list[str]) -> None:
    play(lambda v: ask(v, "before"), load_whole, draw)
    assert asked == ["", ""]


def test_a_visit_that_drew_its_page_never_waits(asked: list[str]) -> None:
    play(load_whole, draw, lambda v: ask(v, "chosen"), lambda v: ask(v, "tick", timer=True))
    assert asked == ["", "chosen", "tick"]
