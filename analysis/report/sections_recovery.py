"""The section of a pack on Covid impact and recovery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.map_view import format_number
from analysis.recovery import SeriesTable
from analysis.report.blocks import (
    Band,
    Block,
    Bullets,
    Chart,
    Paragraph,
    Picture,
    Section,
    Series,
    Table,
)
from analysis.report.contents import make_section
from analysis.report.pieces import list_figures
from data.catalogue import Indicator
from data.periods import read_period
from data.recovery import Lockdown

#: Wards in the table, as on the page.
MOST_WARDS = 12


@dataclass(frozen=True)
class RecoveryFigures:
    """What the section says.

    `rows`: rows of `recovery_words.make_table`, the place and its benchmark first, then wards;
    `all_wards` how many wards there are. `gaps`: rows of `recovery_places.make_gap_table`;
    `care`: what must be said with the series; `method`: how recovery is worked out.
    """

    title: str
    subtitle: str
    findings: Sequence[str]
    picture: Picture
    rows: pd.DataFrame
    all_wards: int
    compared: Sequence[str]
    gaps: pd.DataFrame
    lines: Chart | None
    care: Sequence[str]
    method: str
    sources: Sequence[str]


def find_bands(periods: Sequence[str], lockdowns: Sequence[Lockdown]) -> list[Band]:
    """Which of the periods each lockdown touches; lockdowns outside are left out."""
    spans = [(read_period(key).start, read_period(key).end) for key in periods]
    bands = []
    for one in lockdowns:
        at = [n for n, (start, end) in enumerate(spans) if start <= one.end and end >= one.start]
        if at:
            bands.append(Band(one.name, at[0], at[-1]))
    # Yearly figures: several lockdowns in one year are one band.
    return _merge(bands)


def _merge(bands: Sequence[Band]) -> list[Band]:
    merged: list[Band] = []
    for band in bands:
        if merged and band.first <= merged[-1].last:
            merged[-1] = Band("Lockdowns", merged[-1].first, max(band.last, merged[-1].last))
        else:
            merged.append(band)
    return merged


def make_lines(
    name: str,
    series: SeriesTable,
    columns: Sequence[int],
    names: Mapping[str, str],
    indicator: Indicator,
    lockdowns: Sequence[Lockdown],
    sources: Sequence[str],
) -> Chart:
    """A place and what it is compared with over time, the place strong.

    Args:
        name: of the chart.
        series: one row per area.
        columns: positions of the periods that are drawn.
        names: code -> name of the lines, the place first.
        indicator: what is shown.
        lockdowns: shaded.
        sources: lines below.
    """
    periods = [series.periods[n] for n in columns]
    lines = []
    for place, (code, label) in enumerate(names.items()):
        row = list(series.codes).index(code)
        values = list_figures(series.value[row, list(columns)], indicator.decimals)
        limits = (series.lower, series.upper) if not place else ()
        low_high = [list_figures(t[row, list(columns)], indicator.decimals) for t in limits]
        lines.append(Series(label, values, "other" if place else "main", *low_high))
    unit = f"{indicator.unit} {indicator.denominator_words}".strip()
    labels = [read_period(key).label for key in periods]
    return Chart(
        name,
        f"{indicator.short_name} since {labels[0]}",
        f"{indicator.name} ({unit}), {labels[0]} to {labels[-1]}",
        "line",
        labels,
        lines,
        indicator.unit,
        describe_lines(lines, labels, indicator),
        tuple(sources),
        indicator.decimals,
        find_bands(periods, lockdowns),
    )


def describe_lines(lines: Sequence[Series], labels: Sequence[str], indicator: Indicator) -> str:
    """Each line by its first, highest and last figure."""
    said = []
    for line in lines:
        known = [(v, label) for v, label in zip(line.values, labels, strict=True) if v is not None]
        if not known:
            said.append(f"{line.name}: no figure")
            continue
        (first, start), (last, end), top = known[0], known[-1], max(known)
        start_at, most, end_at = (
            format_number(value, indicator.decimals) for value in (first, top[0], last)
        )
        said.append(
            f"{line.name}: {start_at} in {start}, highest {most} in {top[1]}, {end_at} in {end}"
        )
    return f"Lines of {indicator.name} ({indicator.unit}). {'. '.join(said)}."


def choose_columns(table: pd.DataFrame) -> pd.DataFrame:
    """The columns of `recovery_words.make_table` that a page holds: no limits, no codes.

    What is to be minded in a row stands behind its class.
    """
    gone = ("limit", "Code", "minus", "Made good", "Class", "Note")
    kept = [column for column in table if not any(word in str(column) for word in gone)]
    pairs = zip(table["Class"], table["Note"], strict=True)
    words = [f"{name} ({note})" if note else name for name, note in pairs]
    return table[kept].assign(**{"In words": words})


def make_recovery(found: RecoveryFigures) -> tuple[Section, ...]:
    """How hard wards were hit and how far they are back, then against whom."""
    decimals = {"Recovery %": 0}
    cut = f", {min(MOST_WARDS, found.all_wards)} of {found.all_wards} wards"
    title = f"Before, at worst and now{cut if found.all_wards > MOST_WARDS else ''}"
    notes = [("How recovery is worked out", found.method), ("Sources", "; ".join(found.sources))]
    blocks: list[Block] = [
        Paragraph(f"{found.title}.", "strong"),
        Paragraph(found.subtitle, "quiet"),
        Bullets(list(found.findings)),
        *(Paragraph(f"Take care: {' '.join(found.care)}", "quiet") for _ in found.care[:1]),
        found.picture,
        Table("Recovery", title, found.rows, notes, decimals),
    ]
    against: list[Block] = [Bullets(list(found.compared))] if found.compared else []
    if found.lines is not None:
        against.append(found.lines)
    if not found.gaps.empty:
        notes = [("Gap", "The place minus the other, worked out before rounding")]
        gaps = Table("Compared", "The place and others", found.gaps, notes)
        against.append(gaps)
    parts = [Section("Compared with whom", against, level=2)] if against else []
    said = " ".join([f"{found.title}.", *found.findings, *found.sources])
    return make_section("recovery", blocks, parts, notes=said)
