"""The section of a pack on wards: each on one page, what stands out first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.bars import Bar
from analysis.profile_words import describe_bars, describe_pyramid
from analysis.report.blocks import Block, Bullets, Chart, Paragraph, Section, Series, Table
from analysis.report.contents import make_section
from analysis.report.pieces import list_figures
from analysis.spine_table import describe_unit, number


@dataclass(frozen=True)
class WardFigures:
    """One ward: what the page Ward profile says of it.

    `spine`: see `spine.make_spine` with its texts, only the rows shown; `sources` by geography.
    """

    name: str
    title: str
    where: str
    benchmark: str
    stand_outs: Sequence[str]
    ages: Sequence[Bar]
    spine: pd.DataFrame
    sources: str
    age_source: str
    note: str = ""


def make_wards(found: Sequence[WardFigures], broken: Sequence[str] = ()) -> tuple[Section, ...]:
    """A page for each ward, after a sentence on how to read it."""
    if not found and not broken:
        words = "No ward was chosen for this report."
        return make_section("wards", [Paragraph(words)])
    words = (
        "Each ward is compared with its council. What stands out lies furthest from it for the "
        "usual spread of wards, one thing of each subject; it says where figures differ, not why."
    )
    blocks = [Paragraph(words), *(Paragraph(why, "strong") for why in broken)]
    parts = [_make_ward(ward, at) for at, ward in enumerate(found, 1)]
    return make_section("wards", blocks, parts)


def _make_ward(ward: WardFigures, at: int) -> Section:
    blocks: list[Block] = [Paragraph(f"{ward.title}.", "strong"), Paragraph(ward.where)]
    if ward.note:
        blocks.append(Paragraph(ward.note))
    if ward.stand_outs:
        blocks.append(Bullets(list(ward.stand_outs)))
    else:
        blocks.append(Paragraph("Nothing lies clearly apart from the benchmark."))
    notes = [
        ("Compared", f"With {ward.benchmark}, by 95 % intervals; without an interval, the fifth "
         "of all wards in England in which the ward stands. Trend –: too few points"),
        ("Sources", ward.sources),
    ]  # fmt: skip
    title = f"{ward.name} against {ward.benchmark}"
    table = print_spine(ward.spine, ward.name, ward.benchmark)
    blocks.append(Table(f"Ward {at}", title, table, notes))
    if not all(math.isnan(bar.value) for bar in ward.ages):
        blocks.append(make_ages(at, ward))
    return Section(ward.name, blocks, level=2, notes=f"{ward.title}. {ward.sources}")


def print_spine(spine: pd.DataFrame, ward: str, benchmark: str) -> pd.DataFrame:
    """The rows as they are printed on the page: figures with their units, words with their signs.

    Rows of one table have different units, so that its figures are texts; typed figures stand
    under "All rows".
    """
    rows = []
    for row in spine.itertuples():
        about = " ".join(part for part in (describe_unit(row), row.note) if part)
        rows.append(
            {
                "Indicator": f"{row.name} ({about})" if about else row.name,
                "Period": row.period,
                ward: "no figure" if math.isnan(row.value) else number(row.value, row),
                benchmark: "no figure" if math.isnan(row.benchmark) else number(row.benchmark, row),
                "Compared": f"{row.sign} {row.compared}".strip() or "not compared",
                "Rank": f"{row.rank} of {row.of:,}" if row.rank > 0 else "not ranked",
                "Trend": row.trend or "–",
            }
        )
    return pd.DataFrame(rows)


def make_ages(at: int, ward: WardFigures) -> Chart:
    """Ages as columns beside England's."""
    bars = list(ward.ages)
    return Chart(
        f"Ages {at}",
        describe_pyramid(bars, ward.name),
        f"Ages of people in {ward.name}, % of all, 21 March 2021",
        "column",
        [bar.label for bar in bars],
        [
            Series(ward.name, list_figures([bar.value for bar in bars], 1)),
            Series("England", list_figures([bar.benchmark for bar in bars], 1), "other"),
        ],
        "%",
        describe_bars(bars, "Ages", ward.name, "England"),
        (f"Source: {ward.age_source}, 21 March 2021",),
    )
