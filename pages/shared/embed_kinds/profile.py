"""Charts for other websites about one ward: its ages, equality groups and all its indicators."""

from __future__ import annotations

import pandas as pd

from analysis.embed import Embed, EmbedError
from analysis.profile_words import describe_pyramid, describe_spine
from analysis.report.blocks import Table
from analysis.report.sections_wards import print_spine
from analysis.story import StoryError
from analysis.strips import Strips, strip_bars, strip_spine
from data.load import load_areas
from data.profile import load_profile
from pages.shared.embed_kinds.common import licences_of, make_rows
from pages.shared.places import place_name, ward_label
from pages.shared.profile_bars import (
    CENSUS_DAY,
    NO_SEX,
    NOT_TESTED,
    TESTED,
    Bars,
    load_ages,
    load_equality,
    tabulate_bars,
)
from pages.shared.profile_choices import Choices, parse_choices
from pages.shared.profile_data import Comparison, find_neediest, load_spine
from pages.shared.profile_parts import CARRIED, NO_INTERVAL, explain_spine, theme_names
from pages.shared.profile_words import NO_ESTIMATE, list_by_geography
from pages.shared.story_kinds.common import Params, read_selection


def _read(params: Params) -> tuple[str, Comparison]:
    """The ward, or the neediest of the place, and what it is compared with.

    Raises:
        StoryError: the address names something that is not there.
    """
    selection = read_selection(params)
    choices, problems = parse_choices(params, Choices())
    if problems:
        raise StoryError(*problems)
    ward = selection.ward or find_neediest(selection.area)
    return ward, choices.comparison(ward)


def _embed(
    ward: str,
    comparison: Comparison,
    said: tuple[str, str, str],
    shown: tuple[Strips, Table],
    ids: list[str],
    notes: tuple[str, ...] = (),
) -> Embed:
    """The chart with what stands beside every chart of a ward; `said`: title, subtitle, words."""
    title, subtitle, words = said
    drawing, table = shown
    return Embed(
        title,
        subtitle,
        ward_label(ward),
        drawing,
        words,
        table,
        (f"Sources. {list_by_geography(ids)}", *(note for note in notes if note)),
        licences_of(ids),
        "ward-profile",
        {
            "area": str(load_areas().at[ward, "district_code"]),
            "ward": ward,
            "against": comparison.key,
        },
    )


def _check_known(bars: Bars) -> None:
    if not bars.is_known:
        raise EmbedError(f"{NO_ESTIMATE}: {ward_label(bars.ward)}. Choose another ward.", 404)


def _tabulate(bars: Bars, title: str) -> Table:
    table = tabulate_bars(bars).drop(columns=["Id"])
    return make_rows(title, table, {str(name): 1 for name in table if str(name).endswith(", %")})


def make_ages(params: Params) -> Embed:
    """Ages as bars, the oldest on top, beside England's.

    Raises:
        EmbedError: the ward has no figures.
    """
    ward, comparison = _read(params)
    ages, name = load_ages(ward), place_name(ward)
    _check_known(ages)
    what = f"Ages of people in {ward_label(ward)}, % of all, {CENSUS_DAY}"
    said = (describe_pyramid(ages.bars, name), what, ages.description)
    drawing = strip_bars(ages.bars[::-1], name, "England")
    return _embed(ward, comparison, said, (drawing, _tabulate(ages, what)), list(ages.ids),
                  (NO_SEX,))  # fmt: skip


def make_equality(params: Params) -> Embed:
    """The groups of the Equality Act that the census asked about.

    Raises:
        EmbedError: the ward has no figures.
    """
    ward, comparison = _read(params)
    groups = load_equality(ward, comparison)
    _check_known(groups)
    name = place_name(ward)
    what = f"% of people in {ward_label(ward)}, {CENSUS_DAY}, against {comparison.name}"
    said = (f"Equality: who lives in {name}", what, groups.description)
    drawing = strip_bars(groups.bars, name, comparison.name)
    notes = (TESTED if comparison.code else NOT_TESTED,)
    table = _tabulate(groups, what)
    return _embed(ward, comparison, said, (drawing, table), list(groups.ids), notes)


def make_spine(params: Params) -> Embed:
    """Every indicator of a ward on one line, by theme."""
    ward, comparison = _read(params)
    spine = load_spine(load_profile().rows, ward, comparison)
    name = place_name(ward)
    drawing = strip_spine(spine, theme_names(), name, comparison.name, comparison.wards)
    title = f"{name} against {comparison.name}"
    what = f"All indicators of {ward_label(ward)}, the newest period of each, by 95 % intervals"
    frame: pd.DataFrame = print_spine(spine, "Ward", comparison.name)
    table = Table("Rows", f"All indicators: {title}", frame)
    said = (title, what, describe_spine(spine, name, comparison.name))
    notes = (NO_INTERVAL, *explain_spine(spine, comparison), CARRIED)
    return _embed(ward, comparison, said, (drawing, table), list(spine.index), notes)
