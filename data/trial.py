"""Try an indicator: compute it from the raw data, check it, and say what came out.

`python -m data.build --source folder --try indicator_id` calls this. It takes seconds where
the whole build takes minutes, and writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from data.catalogue import Catalogue, Indicator
from data.errors import CatalogueError
from data.geography_words import ENGLAND
from data.problems import suggest


def choose_indicators(
    catalogue: Catalogue, names: Sequence[str], absent: dict[str, str]
) -> list[Indicator]:
    """The indicators with these ids, in the order given.

    Args:
        catalogue: of the whole project.
        names: ids.
        absent: source -> raw file it lacks, as `Catalogue.list_absent` gives it.

    Raises:
        CatalogueError: there is no such indicator, or its raw file is not there.
    """
    chosen = []
    for name in names:
        if name not in catalogue.indicators:
            where = "an indicator is a heading in brackets in data/metadata/indicators"
            hint = suggest(name, catalogue.indicators, where)
            raise CatalogueError(f"There is no indicator {name!r}; {hint}.")
        indicator = catalogue.indicators[name]
        for source in sorted(indicator.needed_sources & set(absent)):
            raise CatalogueError(
                f"{name} needs the source {source}, whose file {absent[source]} is not in the "
                "raw folder; docs/updating.md says how to get it."
            )
        chosen.append(indicator)
    return chosen


def describe_trial(indicator: Indicator, values: pd.DataFrame, areas: pd.DataFrame) -> str:
    """What came out for an indicator, in a few lines to hold against the publisher's figures.

    Args:
        indicator: its catalogue entry.
        values: its whole table, with the columns of `compute.VALUE_COLUMNS`.
        areas: columns area_code, area_name, area_type, district_code.
    """
    periods = values.drop_duplicates("period").sort_values(["period_start", "period_end"])
    newest = str(periods["period"].iloc[-1])
    rows = values[values["period"] == newest].merge(areas, on="area_code")
    kind = "ward" if (rows["area_type"] == "ward").any() else "district"
    shown = rows[rows["area_type"] == kind]
    known = shown.dropna(subset="value").sort_values("value")
    first = str(periods["period"].iloc[0])
    span = newest if len(periods) == 1 else f"{len(periods)} periods, {first} to {newest}"
    lines = [f"{indicator.id}: {indicator.name} ({indicator.unit or 'no unit'}); {span}"]
    lines += [_say(indicator, row) for _, row in rows[rows["area_code"] == ENGLAND].iterrows()]
    lines.append(f"  {len(known):,} of {len(shown):,} {kind}s have a figure")
    flags = shown["flag"][shown["flag"] != ""].value_counts()
    lines += [f"  {count:,} are {flag}" for flag, count in flags.items()]
    fits = shown["fit"].value_counts()
    lines.append("  fit: " + ", ".join(f"{fit} {count:,}" for fit, count in fits.items()))
    names = areas.set_index("area_code")["area_name"]
    for words, place in (("lowest", 0), ("middle", len(known) // 2), ("highest", -1)):
        if len(known):
            row = known.iloc[place]
            district = "" if kind == "district" else f" ({names.get(row['district_code'])})"
            lines.append(_say(indicator, row, f"{words}: ", district))
    return "\n".join(lines)


def _say(indicator: Indicator, row: pd.Series, before: str = "", after: str = "") -> str:
    """One area's figure with what it was made of."""
    places = indicator.decimals
    known = pd.notna(row["value"])
    parts = [f"{row['value']:,.{places}f}" if known else f"no figure ({row['flag']})"]
    if pd.notna(row["denominator"]) and pd.notna(row["numerator"]):
        parts.append(f"{row['numerator']:,.0f} of {row['denominator']:,.0f}")
    if pd.notna(row["lower_ci"]) and pd.notna(row["upper_ci"]):
        parts.append(
            f"95 % interval {row['lower_ci']:,.{places}f} to {row['upper_ci']:,.{places}f}"
        )
    return f"  {before}{row['area_name']}{after}: {'; '.join(parts)}"


def say_next(source: Path) -> str:
    """What to do after a trial."""
    return f"Nothing was written. To build the tables: make data SOURCE={source}"
