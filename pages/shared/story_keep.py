"""Keeping stories for others: saved by a lead, opened by everybody who has the link."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.slides import say_story_title
from analysis.story_json import read_story, write_story
from data.access import Role
from data.errors import DataError
from data.store.decks import Deck, delete_deck, list_decks, list_versions, load_deck, save_deck
from data.store.engine import open_store
from pages.shared.access import current_visitor, show_access, show_who
from pages.shared.choices import choose_here
from pages.shared.page import show_note
from pages.shared.places import place_codes, place_name
from pages.shared.selection import current_link
from pages.shared.story_kinds import KINDS
from pages.shared.story_state import PAGE, Work, plain, put_work, stored_work

SAID = "story_kept"
GONE = "The link names a saved story that does not exist, or was deleted. Ask whoever sent it."


def open_deck(deck_id: str, version: int = 0) -> None:
    """Put a kept story on the page, unless it is there already."""
    own = stored_work()
    if own and own.deck == deck_id and not version:
        return
    try:
        deck = load_deck(open_store(), deck_id, version)
        work = _read_deck(deck) if deck else None
    except DataError as error:
        work, deck = None, None
        st.session_state["link_problems"] = [f"The saved story cannot be opened. {error}"]
    if work is None:
        st.session_state.setdefault("link_problems", [])
        if deck is None and not st.session_state["link_problems"]:
            st.session_state["link_problems"] = [GONE]
        _forget_link()
        return
    put_work(work)


def _read_deck(deck: Deck) -> Work:
    story = read_story(deck.content, KINDS, place_codes())
    return Work(story, deck.id, deck.version, deck.who)


def _forget_link() -> None:
    chosen = st.session_state[f"choices:{PAGE}"]
    st.session_state[f"choices:{PAGE}"] = replace(chosen, deck="")


def show_keeping(work: Work) -> None:
    """Save the story; open, or delete, those that are saved."""
    st.header("Save it for others", anchor=False)
    if said := st.session_state.pop(SAID, ""):
        st.info(plain(said))
    if work.deck and not work.changed and (link := current_link()):
        show_note("Everybody who has this link can open the story:")
        st.code(link, language=None, wrap_lines=True)
    if not show_access(Role.LEAD, "save a story for others"):
        show_note("Without that, take the story file away and load it again later.")
        return
    show_who()
    with st.container(horizontal=True):
        ready = bool(work.story.slides)
        if work.deck:
            st.button(f"Save as version {work.version + 1}", key="story_save", on_click=_save,
                      args=(work, work.deck), disabled=not (ready and work.changed),
                      type="primary", icon=":material/save:")  # fmt: skip
        st.button("Save as a new story", key="story_save_new", on_click=_save, args=(work, ""),
                  disabled=not ready, icon=":material/note_add:")  # fmt: skip
    _show_saved(work)


def _save(work: Work, deck_id: str) -> None:
    visitor, story = current_visitor(), work.story
    if not visitor.may(Role.LEAD):
        st.session_state[SAID] = "Only a lead can save a story. Nothing was saved."
        return
    title = story.title or say_story_title(story, place_name(story.area))
    try:
        saved = save_deck(
            open_store(), story.area, title, write_story(story), visitor.name, deck_id
        )
    except DataError as error:
        st.session_state[SAID] = str(error)
        return
    between = saved[1] - work.version - 1 if deck_id else 0
    put_work(Work(story, saved[0], saved[1], visitor.name))
    choose_here(PAGE, source="", deck=saved[0])
    st.session_state[SAID] = f"Saved as version {saved[1]}." + (
        " Somebody else saved in between; their version is kept too." if between > 0 else ""
    )


def _show_saved(work: Work) -> None:
    """The place's saved stories, and the versions of the one that is open."""
    engine, area = open_store(), work.story.area
    saved = list_decks(engine, area)
    if saved.empty:
        show_note(f"No story of {place_name(area)} is saved yet.")
        return
    names = {row.id: f"{row.title} (version {row.version}, {row.changed:%d.%m.%Y %H:%M} UTC)"
             for row in saved.itertuples()}  # fmt: skip
    chosen = st.selectbox("Saved stories", list(names), format_func=lambda i: names.get(i, i),
                          key="story_saved")  # fmt: skip
    old = list_versions(engine, chosen)
    version = st.selectbox(
        "Version", list(old["version"]), key=f"story_version_{chosen}",
        format_func=lambda v: f"Version {v}, by {old.set_index('version').at[v, 'who']}",
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Open", key="story_open", on_click=_open, args=(chosen, int(version)))
        sure = st.checkbox("Delete it with all versions", key=f"story_sure_{chosen}")
        st.button("Delete", key="story_delete", on_click=_delete, args=(chosen,),
                  disabled=not sure)  # fmt: skip


def _open(deck_id: str, version: int) -> None:
    open_deck(deck_id, version)
    choose_here(PAGE, source="", deck=deck_id, slide=1)


def _delete(deck_id: str) -> None:
    visitor = current_visitor()
    if not visitor.may(Role.LEAD):
        return
    try:
        gone = delete_deck(open_store(), deck_id, visitor.name)
    except DataError as error:
        st.session_state[SAID] = str(error)
        return
    st.session_state[SAID] = "The story was deleted." if gone else "The story was gone already."
    if (own := stored_work()) and own.deck == deck_id:
        put_work(replace(own, deck="", version=0, changed=True))
    choose_here(PAGE, deck="")
