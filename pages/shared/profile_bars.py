"""The bars of the Ward profile: ages, and who lives here by the groups of the Equality Act."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analysis.bars import Bar, render_bars
from analysis.profile_words import describe_bars, describe_pyramid
from data.own.shelf import current_catalogue
from data.profile import load_profile
from pages.shared.downloads import Offer, show_offer
from pages.shared.figures import list_sources
from pages.shared.filled_html import show_own_html
from pages.shared.page import show_note
from pages.shared.places import place_name
from pages.shared.profile_data import Comparison, age_bars, load_spine
from pages.shared.profile_words import (
    NO_ESTIMATE,
    list_by_geography,
    make_profile_snippet,
    notes_of,
)

CENSUS_DAY = "21 March 2021"
NO_SEX = "Sex is not published for wards"
TESTED = "Higher and lower by 95 % interval"
NOT_TESTED = "Not compared: the wards were chosen to be alike in this"


@dataclass(frozen=True)
class Bars:
    """The bars of a ward beside what it is compared with.

    `what` heads files, `ids` are the indicators of the bars, `kind` is what other websites call
    them (`analysis.embed.SHAPES`).
    """

    kind: str
    what: str
    ward: str
    comparison: str
    bars: list[Bar]
    ids: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """Whether there is a figure at all."""
        return not all(math.isnan(bar.value) for bar in self.bars)

    @property
    def description(self) -> str:
        """The text alternative."""
        return describe_bars(self.bars, self.what, place_name(self.ward), self.comparison)


def load_ages(ward: str) -> Bars:
    """Ages of a ward beside England, the youngest first."""
    bands = load_profile().age_bands
    return Bars("ages", "Ages", ward, "England", age_bars(ward), bands)


def load_equality(ward: str, comparison: Comparison) -> Bars:
    """The groups that the census asked about, each group of questions under its heading."""
    rows = load_profile().equality_rows
    spine = load_spine(rows, ward, comparison)
    heads = {ids[0]: heading for heading, ids in load_profile().equality}
    bars = [
        Bar(
            current_catalogue().indicators[str(row.Index)].short_name,
            row.value,
            row.benchmark,
            row.compared,
            row.sign,
            heads.get(str(row.Index), ""),
            row.note,
        )
        for row in spine.itertuples()
    ]
    return Bars("equality", "Equality groups", ward, comparison.name, bars, rows)


def tabulate_bars(shown: Bars) -> pd.DataFrame:
    """The figures with plain headings, one row a bar."""
    return pd.DataFrame(
        {
            "Group": [current_catalogue().indicators[i].name for i in shown.ids],
            "Ward, %": [round(bar.value, 1) for bar in shown.bars],
            f"{shown.comparison}, %": [round(bar.benchmark, 1) for bar in shown.bars],
            "Compared": [bar.compared for bar in shown.bars],
            "Period": CENSUS_DAY,
            "Note": [bar.note for bar in shown.bars],
            "Id": list(shown.ids),
        }
    )


def show_pyramid(ward: str, key: str) -> None:
    """Ages as bars, the oldest on top, with a marker for England."""
    ages, name = load_ages(ward), place_name(ward)
    st.header(describe_pyramid(ages.bars, name), anchor=False)
    if not ages.is_known:
        show_note(f"{NO_ESTIMATE}.")
        return
    bars = render_bars(ages.bars[::-1], f"Ages of {name}", "Ward", "England")
    show_own_html(bars, f"{key}-bars")
    show_note(
        f"Bar: % of people here. Upright mark: England. {NO_SEX}",
        f"Source: {list_sources(ages.ids)}, {CENSUS_DAY}",
    )
    show_offer(lambda: _offer(ages, ""), key)


def show_equality(ward: str, comparison: Comparison, key: str) -> None:
    """Who lives here, by the groups of the Equality Act that the census asked about."""
    groups, name = load_equality(ward, comparison), place_name(ward)
    st.header("Equality: who lives here", anchor=False)
    if not groups.is_known:
        show_note(f"{NO_ESTIMATE}.")
        return
    bars = render_bars(groups.bars, f"Equality groups in {name}", "Ward", "Against")
    show_own_html(bars, f"{key}-bars")
    show_note(
        f"% of people. Against: {comparison.name}, the upright mark",
        TESTED,
        "" if comparison.code else NOT_TESTED,
        f"Census, {CENSUS_DAY}. {list_by_geography(groups.ids)}",
    )
    show_offer(lambda: _offer(groups, comparison.key), key)


def _offer(shown: Bars, against: str) -> Offer:
    from analysis.profile_svg import draw_bars

    name = place_name(shown.ward)
    title = f"{shown.what} of {name} against {shown.comparison}"
    return Offer(
        name=f"{shown.what} {name} {shown.ward}",
        table=tabulate_bars(shown),
        notes=notes_of(shown.ward, shown.comparison, shown.ids),
        description=shown.description,
        picture=lambda: draw_bars(
            shown.bars, title, ("Ward", shown.comparison), list_sources(shown.ids)
        ),
        embeds=[make_profile_snippet(shown.kind, title, shown.ward, against)],
    )
