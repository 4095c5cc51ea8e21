"""The fourth and fifth steps of Your data: what the figure is, and what must be hidden of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from analysis.disclosure import Rules
from analysis.words import count_words
from data.own.shapes import OwnIndicator
from data.own.threshold import HIGHEST, read_threshold
from data.problems import Problem
from pages.shared.offered import when_offered
from pages.shared.own_draft import Draft, choose_measure, protect_draft, there
from pages.shared.page import show_note

POLARITY_WORDS = {
    "no_judgement": "neither is better",
    "low_is_good": "a low figure is good",
    "high_is_good": "a high figure is good",
}
FIELD_WORDS = {
    "name": "Name of the figure (needed)",
    "unit": "Unit",
    "source": "Where it comes from (needed)",
    "publisher": "Who holds it",
    "licence": "Terms of use",
    "definition": "What exactly is counted",
    "period_words": "What the period is",
    "polarity": "Which way is good",
    "decimals": "Decimal places",
}
HINTS = {
    "name": "As it should stand on the map, such as Food parcels given out.",
    "unit": "Such as %, £ or per 1,000 residents; empty for a plain count.",
    "source": "Such as: returns of three food banks to the council.",
    "publisher": "The team or organisation that others may ask.",
    "licence": "Such as: for use inside the council; Open Government Licence v3.0.",
    "definition": "One or two sentences: who or what is counted, and who is left out.",
    "period_words": "Such as: financial years, as at 31 March.",
}
SURE = "I know that no small number of people stands behind any of these figures"


def show_dictionary(draft: Draft) -> bool:
    """The data dictionary to fill in; True where nothing is missing."""
    measures = there(draft.checked).measures
    if len(measures) > 1:
        key = f"own-{draft.number}-figure"
        st.selectbox(
            f"Which figure of the file ({len(measures):,} in it; add them one after the other)",
            measures, index=measures.index(draft.measure), key=key,
            on_change=when_offered(
                key, measures, lambda value: choose_measure(draft, value)
            ),
        )  # fmt: skip
    entry, typed = there(draft.entry), _text_of(draft)
    with st.container(key="own-dictionary"):
        changed = {
            "name": typed("name", entry.name, 80),
            "unit": typed("unit", entry.unit, 40),
            "polarity": st.selectbox(
                FIELD_WORDS["polarity"], list(POLARITY_WORDS), key=f"own-{draft.number}-polarity",
                index=list(POLARITY_WORDS).index(entry.polarity),
                format_func=lambda word: POLARITY_WORDS.get(word, word),
            ),
            "decimals": int(st.number_input(
                FIELD_WORDS["decimals"], 0, 4, entry.decimals, key=f"own-{draft.number}-decimals"
            )),
            "source": typed("source", entry.source, 140),
            "publisher": typed("publisher", entry.publisher, 120),
            "licence": typed("licence", entry.licence, 120),
            "period_words": typed("period_words", entry.period_words, 120),
        }  # fmt: skip
    changed["definition"] = st.text_area(
        FIELD_WORDS["definition"], entry.definition, key=f"own-{draft.number}-definition",
        max_chars=1_000, height=80, help=HINTS["definition"],
    )  # fmt: skip
    changed["shared"] = st.checkbox(
        "It may be shown to others, should it be kept for the council",
        entry.shared, key=f"own-{draft.number}-shared",
    )  # fmt: skip
    draft.entry = _filled(entry, changed)
    return _show_problems(draft.problems())


def _text_of(draft: Draft) -> Callable[[str, str, int], str]:
    def typed(field: str, now: str, longest: int) -> str:
        return st.text_input(
            FIELD_WORDS[field], now, max_chars=longest, key=f"own-{draft.number}-{field}",
            help=HINTS.get(field),
        )  # fmt: skip

    return typed


def _filled(entry: OwnIndicator, changed: dict[str, object]) -> OwnIndicator:
    tidy = {k: v.strip() if isinstance(v, str) else v for k, v in changed.items()}
    return replace(entry, **tidy)  # type: ignore[arg-type]


def _show_problems(problems: tuple[Problem, ...]) -> bool:
    if not problems:
        return True
    st.warning("A few words are still missing.", icon=":material/edit_note:")
    show_note(*(f"{_field(p)} {p.what}: {p.allowed}" for p in problems))
    return False


def _field(problem: Problem) -> str:
    return f"“{FIELD_WORDS.get(problem.file, problem.file).removesuffix(' (needed)')}”"


def show_rules(draft: Draft) -> bool:
    """The rules of disclosure and how much they hide; True where the figure may be shown."""
    key, lowest = f"own-{draft.number}", read_threshold()
    with st.container(key="own-rules"):
        threshold = st.number_input(
            "Hide counts under", lowest, HIGHEST, max(lowest, draft.rules.threshold),
            key=f"{key}-threshold",
            help=f"5 hides 1, 2, 3 and 4. Nothing under {lowest} can be chosen.",
        )  # fmt: skip
        zero = st.checkbox("Hide zeros too", draft.rules.suppress_zero, key=f"{key}-zero")
        rounded = st.checkbox(
            "Round counts to the nearest 5", draft.rules.round_to == 5, key=f"{key}-round"
        )
    draft.rules = Rules(int(threshold), zero, 5 if rounded else 0)
    with st.spinner("Hiding small counts …"):
        problem = protect_draft(draft)
    if problem or draft.safe is None:
        st.error("Small counts could not be looked for.", icon=":material/error:")
        show_note(problem)
        return False
    safe = draft.safe
    if not safe.known:
        st.warning("There are no counts behind these figures.", icon=":material/warning:")
        show_note(*safe.notes)
        return st.checkbox(SURE, key=f"{key}-sure")
    hidden = safe.primary + safe.secondary
    shown = count_words(int(safe.values["value"].notna().sum()), "figure is", "figures are")
    show_note(
        "" if hidden else f"No count is under {draft.rules.threshold}, so nothing is hidden",
        f"{shown} shown",
        *(note.rstrip(".") for note in safe.notes),
        "Which figure was hidden for which reason is not told" if hidden else "",
    )
    return True
