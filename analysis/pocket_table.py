"""Tables of hidden pockets: of the wards of a place, and of one ward in every indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.map_view import format_number, to_whole
from analysis.pocket_words import name_fifth
from analysis.pockets import HIDING_FIFTHS, QUARTILES, in_high_fifth, place_in_fifths
from analysis.words import FIT_WORDS, NO_LSOA
from data.catalogue import Catalogue, Indicator

HEADINGS = ("Lowest LSOA", "Lower quartile", "Middle (median)", "Upper quartile", "Highest LSOA")
HIDDEN, OPEN, NO_POCKET = "▲ hidden pocket", "▲ in that fifth, not hidden", "● none"
ONE = "one neighbourhood only"


def _printed(values: pd.Series, decimals: int) -> np.ndarray:
    whole, known = to_whole(values, decimals)
    return np.where(known, whole / 10**decimals, np.nan)


def make_pockets_table(pockets: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """The wards of a place with plain headings, in the order of `pockets.find_pockets`."""
    unit = f" ({indicator.unit})" if indicator.unit else ""
    spread = {
        heading: _printed(pockets[name], indicator.decimals)
        for heading, name in zip(HEADINGS, QUARTILES, strict=True)
    }
    sign = np.select(
        [pockets["lsoas"] == 0, pockets["known"] == 0, pockets["lsoas"] == 1, pockets["hides"],
         pockets["pockets"] > 0],
        [NO_LSOA, "no figure", ONE, HIDDEN, OPEN],
        NO_POCKET,
    )  # fmt: skip
    known = pockets["known"] > 0
    return pd.DataFrame(
        {
            "Ward": pockets["name"],
            "Code": pockets.index,
            "Pocket": sign,
            f"{indicator.short_name}, whole ward{unit}": _printed(
                pockets["value"], indicator.decimals
            ),
            "Fifth of England's wards (5 highest need)": pockets["fifth"],
            "LSOAs": pockets["lsoas"],
            "LSOAs with a figure": pockets["known"],
            **spread,
            f"LSOAs in England's {name_fifth(indicator)}": pockets["pockets"].where(known),
            "People in them": pockets["people_in_pockets"].where(known),
            "Share of people (%)": _printed(pockets["share"], 1),
        }
    )


def make_ward_table(
    figures: pd.DataFrame,
    lsoas: pd.DataFrame,
    own: Mapping[str, tuple[float, np.ndarray]],
    limits: Mapping[str, float],
    catalogue: Catalogue,
    periods: Mapping[str, str],
) -> pd.DataFrame:
    """The spread inside one ward, one row per indicator.

    Judged indicators come first, and among them those with a hidden pocket.

    Args:
        figures: the ward's LSOAs by indicator ids.
        lsoas: the same index; columns lsoa_name, population.
        own: indicator id -> the ward's own figure, and those of all wards in England.
        limits: indicator id -> see `pockets.find_limit`.
        catalogue: what the indicators mean.
        periods: indicator id -> period in words.

    Returns:
        columns Indicator, Pocket, Unit, Period, Whole ward, the five of `HEADINGS`, LSOAs,
        In high-need fifth, People in them, Share of people (%), Which, Note.
    """
    rows = []
    for indicator_id in figures.columns:
        indicator = catalogue.indicators[indicator_id]
        values = figures[indicator_id]
        row = _spread_row(values, lsoas, limits[indicator_id], indicator)
        value, everywhere = own[indicator_id]
        fifth = place_in_fifths([value], everywhere, indicator.polarity)[0]
        modelled = catalogue.source_of(indicator_id).modelled
        rows.append(
            {
                "Indicator": indicator.name,
                "Pocket": _name_state(values, row["In high-need fifth"], fifth),
                "Unit": indicator.unit,
                "Period": periods[indicator_id],
                "Whole ward": float(format_plain(value, indicator.decimals)),
                **row,
                "Note": FIT_WORDS["modelled"] if modelled else "",
            }
        )
    table = pd.DataFrame(rows)
    # What is judged comes before what is not: an age group is no need.
    judged = [catalogue.indicators[i].polarity != "no_judgement" for i in figures.columns]
    order = table["Pocket"].map({HIDDEN: 0, OPEN: 1}).fillna(2) + np.where(judged, 0, 3)
    return table.loc[order.sort_values(kind="stable").index]


def _name_state(values: pd.Series, pockets: int, fifth: float) -> str:
    """Whether the ward hides a pocket, has one openly, has none, or cannot have one."""
    known = int(values.notna().sum())
    if not known:
        return "no figure"
    if len(values) == 1:
        return ONE
    if 0 < pockets < known and fifth <= HIDING_FIFTHS:
        return HIDDEN
    return OPEN if pockets else NO_POCKET


def format_plain(value: float, decimals: int) -> str:
    """A figure rounded as it is printed everywhere else, as text a computer can read."""
    if np.isnan(value):
        return "nan"
    return format_number(value, decimals).replace(",", "").replace("\N{MINUS SIGN}", "-")


def _spread_row(
    values: pd.Series, lsoas: pd.DataFrame, limit: float, indicator: Indicator
) -> dict[str, Any]:
    known = values.dropna()
    parts = np.quantile(known, list(QUARTILES.values())) if len(known) else [np.nan] * 5
    pocket = in_high_fifth(values, limit, indicator.polarity)
    people = float(lsoas["population"].to_numpy()[pocket].sum())
    everyone = float(lsoas["population"][values.notna().to_numpy()].sum())
    spread: Sequence[float] = [float(format_plain(p, indicator.decimals)) for p in parts]
    named = [
        f"{name} ({format_number(value, indicator.decimals, indicator.unit)})"
        for name, value in zip(lsoas["lsoa_name"][pocket], values[pocket], strict=True)
    ]
    return {
        **dict(zip(HEADINGS, spread, strict=True)),
        "LSOAs": len(values),
        "In high-need fifth": int(pocket.sum()),
        "People in them": people,
        "Share of people (%)": round(100 * people / everyone, 1) if everyone else np.nan,
        "Which": ", ".join(named),
    }
