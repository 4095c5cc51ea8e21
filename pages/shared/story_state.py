"""The visitor's story: kept in the session, opened from a link, changed step by step."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from analysis.story import MOST_SLIDES, Story
from data import clock
from pages.shared.choices import choose_here

PAGE = "story"
STORE = "story"
UNDO = "story_before"
MOST_UNDO = 20
READY = "ready"
#: `present` in the address: slides in the whole window, or the presenter's own view.
SLIDES, NOTES = "1", "notes"
DECK_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")
_CHANNEL = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Choices:
    """What the address says: which story, whether it is presented, and from which slide on.

    `source` is `READY` or ""; `deck` the id of a kept story, `channel` what the windows of one
    presentation share.
    """

    source: str = ""
    deck: str = ""
    present: str = ""
    slide: int = 1
    channel: str = ""


@dataclass(frozen=True)
class Work:
    """The story on the page; `deck` and `version` where it was kept, `changed` since then."""

    story: Story
    deck: str = ""
    version: int = 0
    who: str = ""
    changed: bool = False


def parse_choices(params: Mapping[str, str], current: Choices) -> tuple[Choices, list[str]]:
    """Read the page's choices from the parameters of an address.

    Returns:
        choices, and a sentence for each thing that was wrong.
    """
    problems: list[str] = []
    chosen = replace(current, present="", channel="")
    source, deck = params.get("story", ""), params.get("deck", "")
    if source and source != READY:
        problems.append(f"The link asks for the story “{source[:40]}”; here it can be {READY}.")
    elif source:
        chosen = replace(chosen, source=READY, deck="")
    if deck and DECK_ID.fullmatch(deck):
        chosen = replace(chosen, deck=deck, source="")
    elif deck:
        problems.append("The link names a kept story in a form that none has. Copy it whole.")
    present = params.get("present", "")
    if present in (SLIDES, NOTES):
        chosen = replace(chosen, present=present)
    elif present:
        problems.append(f"The link asks to present “{present[:20]}”; here it can be 1 or notes.")
    if _CHANNEL.fullmatch(channel := params.get("channel", "")):
        chosen = replace(chosen, channel=channel)
    slide = params.get("slide", "")
    if slide.isascii() and slide.isdigit() and 1 <= int(slide[:4]) <= MOST_SLIDES:
        chosen = replace(chosen, slide=int(slide))
    elif slide:
        problems.append(f"The link names the slide “{slide[:20]}”, which does not exist.")
    return chosen, problems


def stored_work() -> Work | None:
    """The visitor's own story, None where there is none yet."""
    return st.session_state.get(STORE)


def put_work(work: Work) -> None:
    """Keep a story in the session; the one before it can be brought back."""
    before = st.session_state.setdefault(UNDO, [])
    before.append(stored_work())
    del before[:-MOST_UNDO]
    st.session_state[STORE] = work


def change_story(work: Work, story: Story) -> None:
    """Keep a changed story in the session; for widget callbacks of the page Story."""
    put_work(replace(work, story=replace(story, made=clock.today()), changed=True))
    choose_here(PAGE, source="", deck=work.deck)


def can_undo() -> bool:
    """Whether there is a step to take back."""
    return bool(st.session_state.get(UNDO))


def undo() -> None:
    """Take the last step back; for widget callbacks of the page Story."""
    if before := st.session_state.get(UNDO):
        st.session_state[STORE] = work = before.pop()
        choose_here(PAGE, source="", deck=work.deck if work else "")


def channel_of(work: Work) -> str:
    """A word that the windows of this visitor's presentation share."""
    kept: str = st.session_state.setdefault("story_channel", secrets.token_urlsafe(9))
    return f"{work.deck[:12]}{kept}"


def plain(text: str) -> str:
    """A text of a visitor in which Markdown finds nothing to do."""
    return "".join(
        f"\\{letter}" if letter in "\\`*_{}[]()#+-!$:~<>|" else letter for letter in text
    )
