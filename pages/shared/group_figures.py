"""Figures of the visitor's groups of wards, recomputed from those of their members."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.comparison import compare_with_benchmark
from analysis.custom_group import GroupValues, compute_group_values
from analysis.map_view import as_printed
from analysis.words import FLAG_WORDS, count_words, join_words
from data.aggregation import SUPPRESSED
from data.load import load_areas, load_newest, load_period, load_periods
from data.own.open_cache import cache_open
from data.own.shelf import current_catalogue, is_own
from data.periods import read_period
from pages.shared.groups import Group
from pages.shared.left_out import keep_sound

MOST_NAMES = 5


def load_at(indicator: str, period: str) -> pd.DataFrame:
    """One period's values by area code; of the newest no other period is read.

    Raises:
        TableError: the table is missing or damaged, or has no such period.
    """
    if period == load_periods(indicator)[-1]:
        return load_newest(indicator)
    return load_period(indicator, period)


@cache_open(2048)
def load_group_values(group: Group, indicator_id: str, period: str = "") -> GroupValues:
    """One indicator's figure for a group; the newest period where none is named.

    Raises:
        TableError: the table is missing or damaged.
    """
    found = compute_group_values(
        load_at(indicator_id, period or load_periods(indicator_id)[-1]),
        group.wards,
        current_catalogue().indicators[indicator_id],
        hidden_counts(indicator_id),
    )
    return hide_group(found) if is_own(indicator_id) and found.withheld else found


def hide_group(found: GroupValues) -> GroupValues:
    """The same group without a figure: the sum of its other wards would pass for its own."""
    gone = dict.fromkeys(("value", "lower", "upper", "numerator", "denominator"), np.nan)
    return replace(found, **gone, flag=SUPPRESSED)  # type: ignore[arg-type]


def hidden_counts(indicator_id: str) -> tuple[float, float] | None:
    """The least and the most a withheld count can be; None where that is not known.

    It is known for one LSOA, so only where LSOAs were published; of an own figure never.
    """
    source = current_catalogue().source_of(indicator_id)
    withholds = source.blank == "suppressed" and source.geography == "lsoa21"
    return source.blank_range if withholds and not is_own(indicator_id) else None


def members_words(figure: GroupValues) -> str:
    """Which members have no figure, in words; "" where all have one."""
    said = []
    for codes, why in ((figure.missing, "have no figure"), (figure.withheld, "are withheld")):
        if codes:
            names = [str(load_areas().at[code, "area_name"]) for code in codes[:MOST_NAMES]]
            if len(codes) > MOST_NAMES:
                names.append(f"{len(codes) - MOST_NAMES} more")
            verb = why if len(codes) > 1 else why.replace("have", "has").replace("are", "is")
            of = count_words(figure.members, "ward", "wards")
            said.append(f"{len(codes)} of {of} {verb}: {join_words(names)}")
    return "; ".join(said)


def group_rows(groups: Iterable[Group], indicator_id: str, period: str = "") -> pd.DataFrame:
    """Figures of groups as rows beside those of areas.

    Returns:
        index group key; value, lower_ci, upper_ci, numerator, denominator, flag, fit,
        fit_quality, note (members without a figure).
    """
    rows = {}
    for group in groups:
        figure = load_group_values(group, indicator_id, period)
        rows[group.key] = {
            "value": figure.value,
            "lower_ci": figure.lower,
            "upper_ci": figure.upper,
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "flag": figure.flag,
            "fit": "aggregated",
            "fit_quality": np.nan,
            "note": members_words(figure),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def make_group_table(group: Group, benchmark: tuple[str, str]) -> pd.DataFrame:
    """Every ward indicator's newest figure for a group.

    Args:
        group: the wards.
        benchmark: code and name of the area it is compared with.
    """
    catalogue = current_catalogue()
    code, name = benchmark
    rows = []
    for indicator_id in keep_sound(catalogue.ward_indicators):
        indicator = catalogue.indicators[indicator_id]
        figure = load_group_values(group, indicator_id)
        level = float(load_newest(indicator_id)["value"].get(code, np.nan))
        compared = compare_with_benchmark(
            [figure.lower], [figure.upper], level, indicator.polarity
        )[0]
        ends = pd.Series([figure.value, figure.lower, figure.upper, level])
        value, lower, upper, theirs = as_printed(ends, indicator.decimals)
        rows.append(
            {
                "Theme": catalogue.themes[indicator.theme].name,
                "Indicator": indicator.name,
                "Period": read_period(load_periods(indicator_id)[-1]).label,
                "Unit": indicator.unit,
                "Value": value,
                "Lower 95 % limit": lower,
                "Upper 95 % limit": upper,
                name: theirs,
                "Compared": compared,
                "Numerator": figure.numerator,
                "Denominator": figure.denominator,
                "Note": ". ".join(
                    filter(None, (FLAG_WORDS.get(figure.flag, ""), members_words(figure)))
                ),
                "How it was made": figure.method,
            }
        )
    return pd.DataFrame(rows)
