"""A visitor's file on its way to the map, step by step; it stays in the visit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeVar

import streamlit as st

from analysis.disclosure import Rules
from data.errors import SpreadsheetError
from data.own.entry import check_entry, suggest_entry
from data.own.shapes import Checked, Mapping, OwnFile, OwnIndicator, OwnSheet
from data.own.shelf import make_private
from data.problems import Problem
from pages.shared.own_shelf import put_on_shelf
from pages.shared.own_work import Reading, Safe, open_apart, protect_apart, read_apart

STORE, NUMBER = "own_draft", "own_draft_number"
# Signs that a chart would take for HTML.
NO_NAME = "Figures"
MADE_UP = "These figures are made up, as an example."
_SHOWN, _SIGNS = ("name", "unit", "source", "publisher"), "<>"

Part = TypeVar("Part")


def there(part: Part | None) -> Part:
    """A part of a draft that an earlier step has made.

    Raises:
        LookupError: the step was not done.
    """
    if part is None:
        raise LookupError("this step of the file comes after one that was not done")
    return part


@dataclass
class Draft:
    """How far a file has come. What a later step needs is there once the step before it is done.

    `name` is the file's name as it was brought; `example` says that nobody's figures are in it.
    """

    name: str
    council: str
    number: int
    example: bool = False
    file: OwnFile | None = None
    error: str = ""
    sheet: str = ""
    reading: Reading | None = None
    measure: str = ""
    entry: OwnIndicator | None = None
    rules: Rules = field(default_factory=Rules)
    safe: Safe | None = None
    protected_as: object = None

    @property
    def chosen_sheet(self) -> OwnSheet:
        """The sheet that is read."""
        return there(self.file).sheet(self.sheet)

    @property
    def checked(self) -> Checked | None:
        """What was read, where it could be."""
        return self.reading.checked if self.reading else None

    def problems(self) -> tuple[Problem, ...]:
        """What is missing or cannot be in the dictionary."""
        entry = there(self.entry)
        marks = tuple(
            Problem(part, 0, "holds < or >, which charts cannot show", "write under or over")
            for part in _SHOWN
            if any(sign in str(getattr(entry, part)) for sign in _SIGNS)
        )
        return (*check_entry(entry), *marks)


def current_draft() -> Draft | None:
    """The file the visitor is working on."""
    draft: Draft | None = st.session_state.get(STORE)
    return draft


def next_number() -> int:
    """A number that makes the widgets of a new draft new ones."""
    st.session_state[NUMBER] = int(st.session_state.get(NUMBER, 0)) + 1
    return int(st.session_state[NUMBER])


def begin_draft(content: bytes, name: str, council: str, *, example: bool = False) -> Draft:
    """Open a file and understand its first sheet with figures; never fails."""
    draft = Draft(name, council, next_number(), example)
    st.session_state[STORE] = draft
    try:
        draft.file, reading = open_apart(content, name, council)
        draft.sheet = reading.mapping.sheet
        _take(draft, reading)
    except SpreadsheetError as error:
        draft.error = str(error)
    return draft


def read_again(draft: Draft, mapping: Mapping | None) -> None:
    """Read the sheet in another way, or guess anew; never fails."""
    try:
        _take(draft, read_apart(draft.chosen_sheet, mapping, draft.council))
    except SpreadsheetError as error:
        draft.safe = None  # what was protected before is not what is shown now
        kept = mapping or (draft.reading.mapping if draft.reading else None)
        draft.reading = Reading(kept, None, str(error)) if kept else None
        draft.error = "" if kept else str(error)


def choose_sheet(draft: Draft, name: str) -> None:
    """Read another sheet, guessing anew how."""
    draft.sheet, draft.number = name, next_number()
    read_again(draft, None)


def choose_council(draft: Draft, council: str) -> None:
    """The figures are another council's: names and postcodes are looked up there."""
    draft.council, draft.number = council, next_number()
    read_again(draft, None)


def _take(draft: Draft, reading: Reading) -> None:
    before = draft.checked
    draft.reading, draft.safe = reading, None
    if reading.checked is None or not reading.checked.measures:
        return
    same = before is not None and before.measures == reading.checked.measures
    same = same and before is not None and before.mapping.measure == reading.mapping.measure
    if not same or draft.entry is None:
        choose_measure(draft, reading.checked.measures[0])
        return
    fresh = suggest_entry(reading.checked, draft.measure)
    draft.entry = replace(
        draft.entry, geography=fresh.geography, has_counts=fresh.has_counts,
        multiplier=fresh.multiplier, caveats=fresh.caveats,
    )  # fmt: skip


def choose_measure(draft: Draft, measure: str) -> None:
    """Which figure of the file is described and shown."""
    checked, kept = there(draft.checked), draft.entry
    draft.measure, draft.number, draft.safe = measure, next_number(), None
    draft.entry = suggest_entry(checked, measure)
    if measure == NO_NAME:  # the sheet does not name it: the file may
        stem = "".join(letter for letter in draft.name if letter not in _SIGNS)
        draft.entry = replace(draft.entry, name=stem.rpartition(".")[0].strip()[:80] or measure)
    if kept is not None:  # one file, one source
        draft.entry = replace(draft.entry, source=kept.source, publisher=kept.publisher,
                              licence=kept.licence, shared=kept.shared)  # fmt: skip


def protect_draft(draft: Draft) -> str:
    """Hide small counts where anything they depend on has changed; says what went wrong."""
    entry, checked = there(draft.entry), there(draft.checked)
    depends = (entry.measure, entry.unit, entry.has_counts, entry.multiplier, draft.rules,
               draft.measure)  # fmt: skip
    if draft.safe is not None and draft.protected_as == depends:
        return ""
    try:
        draft.safe = protect_apart(checked, entry, draft.measure, draft.rules)
    except SpreadsheetError as error:
        draft.safe = None
        return str(error)
    draft.protected_as = depends
    return ""


def add_to_visit(draft: Draft) -> str:
    """Put the figure on the visitor's shelf; what the file held is let go. Gives its id."""
    entry = make_private(there(draft.entry))
    if draft.example:
        entry = replace(entry, caveats=(MADE_UP, *entry.caveats))
    figure = there(draft.safe).make_figure(entry, draft.council)
    put_on_shelf(figure)
    return figure.id


def let_go() -> None:
    """Forget the file: nothing of it is left but the figures that were added."""
    st.session_state.pop(STORE, None)
    next_number()  # a new upload box, which forgets its file as well
