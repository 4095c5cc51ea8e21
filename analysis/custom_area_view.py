"""A visitor's area as a map of its LSOAs and as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.comparison import compare_with_benchmark
from analysis.custom_area import TOUCHED, AreaFit
from analysis.custom_area_words import describe_cut, describe_fit, make_area_title
from analysis.map_view import MapView, as_printed, count_classes
from analysis.words import FLAG_WORDS
from data.catalogue import Indicator

WHOLE, MOSTLY, PARTLY, OUT = range(4)
LEGEND = (
    ("class_4", "Counted: wholly inside"),
    ("class_2", "Counted: more than half inside, cut by the line"),
    ("suppressed", "Left out: half or less inside, cut by the line"),
    ("not_estimated", "Outside"),
)


@dataclass(frozen=True)
class Column:
    """A benchmark's figures in the table of an area: heading, and value by indicator id."""

    name: str
    values: Mapping[str, float]


def tell_parts(fit: AreaFit, codes: Sequence[str]) -> np.ndarray:
    """How each LSOA lies to the area: `WHOLE`, `MOSTLY`, `PARTLY` or `OUT`."""
    pieces = fit.pieces.reindex(list(codes))
    share = pieces["share"].fillna(0).to_numpy(dtype=float)
    counted = pieces["counted"].fillna(False).to_numpy(dtype=bool)
    known = [counted & (share >= 1 - TOUCHED), counted, share > TOUCHED]
    return np.select(known, [WHOLE, MOSTLY, PARTLY], default=OUT)


def make_fit_view(name: str, fit: AreaFit, codes: Sequence[str]) -> MapView:
    """The map of an area: counted, cut and left out, with patterns and words.

    Args:
        name: of the area.
        fit: its LSOAs.
        codes: the LSOAs shown, in the order of the boundary file.
    """
    part = tell_parts(fit, codes)
    share = fit.pieces["share"].reindex(list(codes)).fillna(0).to_numpy(dtype=float)
    used = [place for place in range(len(LEGEND)) if (part == place).any()]
    position = np.array([used.index(place) for place in part], dtype=int)
    return MapView(
        codes=list(codes),
        value=100 * share,
        legend_class=position.tolist(),
        legend=count_classes(position, [LEGEND[place] for place in used]),
        title=make_area_title(name, fit),
        indicator="Share of its land inside the area",
        unit="%",
        decimals=0,
        flag=[LEGEND[place][1] for place in part],
        area_word="neighbourhoods",
        description=f"{make_area_title(name, fit)}. {describe_fit(fit)} {describe_cut(fit)}",
    )


def make_pieces_table(fit: AreaFit, lsoas: pd.DataFrame, wards: pd.Series) -> pd.DataFrame:
    """The LSOAs an area touches: how much of each lies inside, and whether it is counted.

    Args:
        fit: of the area.
        lsoas: index lsoa_code; lsoa_name, ward_code.
        wards: ward code -> name.
    """
    pieces = fit.pieces[fit.pieces["counted"] | (fit.pieces["share"] > TOUCHED)]
    rows = lsoas.loc[pieces.index]
    return pd.DataFrame(
        {
            "Neighbourhood (LSOA)": rows["lsoa_name"].to_numpy(),
            "Ward": rows["ward_code"].map(wards).to_numpy(),
            "Code": pieces.index,
            "People": pieces["people"].to_numpy(),
            "Land inside, %": as_printed(100 * pieces["share"], 1),
            "Counted": np.where(pieces["counted"], "yes", "no"),
        }
    )


def make_profile_table(
    figures: pd.DataFrame,
    indicators: Sequence[Indicator],
    periods: Mapping[str, str],
    columns: Sequence[Column],
) -> pd.DataFrame:
    """Every figure of an area beside those of its council, county, region and England.

    Args:
        figures: index indicator id; value, lower_ci, upper_ci, numerator, denominator, flag,
            note.
        indicators: rows, in order.
        periods: indicator id -> label.
        columns: benchmarks; the first is the one compared with.
    """
    rows = []
    for indicator in indicators:
        own = figures.loc[indicator.id]
        first = columns[0].values[indicator.id]
        ends = ([own["lower_ci"]], [own["upper_ci"]])
        compared = compare_with_benchmark(*ends, first, indicator.polarity)[0]
        printed = [own["value"], own["lower_ci"], own["upper_ci"]]
        printed += [column.values[indicator.id] for column in columns]
        shown = as_printed(printed, indicator.decimals).tolist()
        note = [FLAG_WORDS.get(str(own["flag"]), ""), str(own.get("note", "") or "")]
        rows.append(
            {
                "Indicator": indicator.name,
                "Unit": indicator.unit,
                "Period": periods[indicator.id],
                "Area": shown[0],
                "Lower 95 % limit": shown[1],
                "Upper 95 % limit": shown[2],
                **dict(zip([c.name for c in columns], shown[3:], strict=True)),
                f"Compared with {columns[0].name}": str(compared),
                "Numerator": own["numerator"],
                "Denominator": own["denominator"],
                "Note": ". ".join(filter(None, note)),
                "Id": indicator.id,
            }
        )
    return pd.DataFrame(rows)


def make_areas_table(
    names: Sequence[str],
    fits: Sequence[AreaFit],
    tables: Sequence[pd.DataFrame],
    indicators: Sequence[Indicator],
) -> pd.DataFrame:
    """Several areas side by side: people, fit, and one column for each indicator.

    Args:
        names: of the areas.
        fits: of the areas.
        tables: their figures; empty for an area that holds no LSOA.
        indicators: the columns.
    """
    table = pd.DataFrame(
        {
            "Area": list(names),
            "People": [fit.people for fit in fits],
            "Neighbourhoods": [len(fit.codes) for fit in fits],
            "Fit, %": [round(100 * fit.quality) for fit in fits],
        }
    )
    for indicator in indicators:
        heading = f"{indicator.short_name}, {indicator.unit}".rstrip(", ")
        if heading in table.columns:
            heading = f"{indicator.name}, {indicator.unit}".rstrip(", ")
        table[heading] = [
            float(as_printed(t.at[indicator.id, "value"], indicator.decimals)) if len(t) else np.nan
            for t in tables
        ]
    return table
