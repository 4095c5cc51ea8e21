"""What is said of a visitor's area: its title, how well it fits, and what to mind."""

from __future__ import annotations

import pandas as pd

from analysis.custom_area import FAIRLY, FEW_LSOAS, FEW_PEOPLE, WELL, AreaFit
from analysis.map_view import format_number
from analysis.words import count_words, join_words, keep_short

METHOD = (
    "Your area is built from whole neighbourhoods (LSOAs) of about 1,700 people. A "
    "neighbourhood counts where more than half of its land lies inside your line; it is "
    "never split, since nobody knows which of its people live on which side."
)
QUALITY_METHOD = (
    "How well it fits: people both inside the line and counted, of all who are either. Where "
    "people live inside a neighbourhood is not known here; they are taken to be spread evenly "
    "over its land, as seen on simplified boundaries."
)
LSOA_WORDS = "neighbourhoods (LSOAs)"


def count_lsoas(number: int) -> str:
    """1 -> "1 neighbourhood", 8 -> "8 neighbourhoods"."""
    return count_words(number, "neighbourhood", "neighbourhoods")


def make_area_title(name: str, fit: AreaFit) -> str:
    """Name, people and neighbourhoods of an area, in ten words or fewer."""
    people = f"{fit.people:,.0f} people"
    held = f"{people} in {count_lsoas(len(fit.codes))}"
    return keep_short(f"{name}: {held}", f"{name}: {people}", f"Your area: {held}")


def tell_fit(quality: float) -> str:
    """0 to 1 in a word: "fits well", "fits fairly well", "fits poorly"."""
    if quality >= WELL:
        return "fits well"
    return "fits fairly well" if quality >= FAIRLY else "fits poorly"


def describe_fit(fit: AreaFit) -> str:
    """How well a line fits the neighbourhoods counted, in sentences."""
    word = f"{tell_fit(fit.quality)} ({percent(fit.quality)})"
    if fit.people_inside <= 0:
        return "Nobody lives inside your line."
    inside = percent(fit.people_both / fit.people_inside)
    outside = percent(1 - fit.people_both / fit.people) if fit.people else "0 %"
    text = f"Your area {word}: about {inside} of the people inside your line are counted"
    return f"{text}, and about {outside} of the people counted live outside it."


def percent(share: float) -> str:
    """A share of one as whole per cent, never rounded to all or nothing."""
    if 0 < share < 0.01:
        return "under 1 %"
    return "over 99 %" if 0.99 < share < 1 else format_number(100 * share, 0, "%")


def describe_cut(fit: AreaFit) -> str:
    """How many neighbourhoods the line cuts through; "" where none."""
    cut = fit.cut
    if cut.empty:
        return ""
    counted = int(cut["counted"].sum())
    parts = [f"{counted} mostly inside and counted"] if counted else []
    if counted < len(cut):
        parts.append(f"{len(cut) - counted} mostly outside and left out")
    return f"Your line cuts through {count_lsoas(len(cut))}: {join_words(parts)}."


def list_warnings(fit: AreaFit) -> list[str]:
    """What to mind before the figures are used; empty where there is nothing."""
    found = []
    if fit.quality < FAIRLY:
        found.append(
            "The line and the neighbourhoods differ much: these figures speak for the shaded "
            "neighbourhoods, not for your line. A larger area fits better."
        )
    if len(fit.codes) < FEW_LSOAS or fit.people < FEW_PEOPLE:
        size = f"{fit.people:,.0f} people in {count_lsoas(len(fit.codes))}"
        found.append(
            f"This is a small area ({size}): its figures are uncertain, and small "
            "differences mean little."
        )
    if fit.covered < 0.98:
        found.append(
            f"{percent(1 - fit.covered)} of your area's land lies in the sea or outside England "
            "and counts for nothing."
        )
    return found


def explain_nothing(fit: AreaFit, names: pd.Series) -> str:
    """Why an area holds no neighbourhood, and what to do.

    Args:
        fit: without an LSOA counted.
        names: of the LSOAs.
    """
    if fit.pieces.empty:
        return "No neighbourhood of England lies inside your line. Draw it on the land shown."
    most = fit.pieces["share"].idxmax()
    return (
        "Your line holds no more than half of any neighbourhood: the most it holds is "
        f"{percent(float(fit.pieces.at[most, 'share']))} of {names[most]}. Draw a larger area, or "
        "pick that neighbourhood from the list."
    )


def describe_wards(pieces: pd.DataFrame, most: int = 6) -> str:
    """In which wards an area lies, by its people.

    Args:
        pieces: the LSOAs counted; columns people, ward (name with council where needed).
        most: wards named.
    """
    people = pieces.groupby("ward", sort=False)["people"].sum().sort_values(ascending=False)
    total = people.sum()
    named = [f"{ward} ({percent(n / total)} of its people)" for ward, n in people.items()]
    if len(named) > most:
        named = [*named[:most], f"{len(named) - most} more"]
    where = "the ward" if len(people) == 1 else "the wards"
    return f"It lies in {where} {join_words(named)}."
