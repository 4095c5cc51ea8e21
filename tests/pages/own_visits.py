"""Own figures as a visitor has them, made from files in the real way."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.disclosure import Rules
from data.own.places import wards_inside
from data.own.shelf import make_private
from data.own.shown import OwnFigure
from pages.shared.own_work import open_and_read, protect

NAME = "Parcels of the quiet hub"


def write_counts(council: str) -> str:
    """Counts of two years; the third ward of each year has 3, which must be hidden."""
    wards = wards_inside(council)
    lines = ["Ward code,2023,2024"]
    for place, code in enumerate(wards.index):
        first = 3 if place == 2 else 20 + 7 * (place % 11)
        second = 3 if place == 4 else 25 + 6 * (place % 13)
        lines.append(f"{code},{first},{second}")
    return "\n".join(lines)


def write_shares(council: str) -> str:
    """A percentage from counts; the second ward has 2 of 150."""
    lines = ["Ward code,Number with,Households"]
    for place, code in enumerate(wards_inside(council).index):
        lines.append(f"{code},{2 if place == 1 else 30 + place % 9},{150 + place % 7}")
    return "\n".join(lines)


def make_own(council: str, text: str, name: str = NAME, **changes) -> OwnFigure:
    """A figure as `Add to this visit` makes it."""
    from data.own.entry import suggest_entry

    _, reading = open_and_read(text.encode(), "hub.csv", council)
    checked = reading.checked
    assert checked is not None, reading.error
    entry = suggest_entry(checked, checked.measures[0])
    entry = make_private(replace(entry, name=name, source="The hub", **changes))
    safe = protect(checked, entry, checked.measures[0], Rules())
    return safe.make_figure(entry, council)


def hidden_wards(figure: OwnFigure) -> pd.DataFrame:
    """The rows that are withheld."""
    return figure.values[figure.values["flag"] == "suppressed"]
