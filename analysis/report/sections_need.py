"""The sections of a pack on need: action areas, and the indicators somebody chose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.choropleth import Subject
from analysis.map_view import format_number
from analysis.need_matrix import SIGN_WORDS, make_matrix_rows
from analysis.need_scores import AreaNeed
from analysis.report.blocks import Block, Bullets, Chart, Paragraph, Picture, Section, Table
from analysis.report.contents import make_section
from analysis.words import day_words, join_words

#: More wards than these make a table that nobody reads on paper; all stand under "All rows".
MOST_WARDS = 26
FEWER_WARDS = 20


@dataclass(frozen=True)
class NeedFigures:
    """What the section on action areas says.

    `needs`: one per action area that could be scored; `broken`: why others could not.
    `whose`: sentences on whose words and weights these are. `highest`: see `list_highest`.
    `headline`: map and ranking of overall need.
    """

    title: str
    needs: Sequence[AreaNeed]
    wards: pd.DataFrame
    whose: Sequence[str]
    broken: Sequence[str]
    highest: Sequence[str]
    method: str
    sources: str
    headline: tuple[Picture, Chart]


def list_highest(needs: Sequence[AreaNeed], names: pd.Series, most: int = 3) -> list[str]:
    """A sentence for each action area: its highest wards with their scores."""
    said = []
    for need in needs:
        ranked = need.table[need.table["rank"] > 0].sort_values("rank", kind="stable").head(most)
        wards = [
            f"{names[row.Index]} ({format_number(row.score, 0)})" for row in ranked.itertuples()
        ]
        words = f"highest need in {join_words(wards)}" if wards else "no ward has a score"
        said.append(f"{need.area.heading}: {words}.")
    return said


def make_matrix(needs: Sequence[AreaNeed], wards: pd.DataFrame, most: int = MOST_WARDS) -> Table:
    """Wards by action areas as on the page: the score, its sign and its rank in each cell."""
    # One lying sheet holds so many; a place with a few more would fill a second with those few.
    shown = most if len(wards) <= most else FEWER_WARDS
    rows = make_matrix_rows(needs, wards, most=shown)
    headings = [need.area.heading for need in needs]
    table = pd.DataFrame(
        [
            {"Ward": row["name"], "People": wards.at[row["code"], "population"]}
            | {
                heading: _print_cell(cell)
                for heading, cell in zip(headings, row["cells"], strict=True)
            }
            for row in rows
        ]
    )
    cut = f", the {len(rows)} with the highest mean score" if len(rows) < len(wards) else ""
    return Table(
        "Need by action area",
        f"Need score, sign and rank of {len(rows)} wards{cut}",
        table,
        [("Signs", SIGN_WORDS), ("Cells", "Score from 0 to 100 (the most need), then the rank")],
        {"People": 0},
    )


def _print_cell(cell: Sequence) -> str:
    """One cell of the matrix: "▲ 84, 1st"; why there is no score where there is none."""
    score, sign, rank, step, words = cell
    return f"{sign} {score}, {rank}" if step else f"no score: {words}"


def make_need(found: NeedFigures) -> tuple[Section, ...]:
    """Where need is highest by action area, every ward in a table, overall need as a map."""
    blocks: list[Block] = [Paragraph(f"{found.title}.", "strong")]
    blocks += [Paragraph(sentence, "quiet") for sentence in found.whose]
    blocks += [Paragraph(f"This action area could not be scored. {why}") for why in found.broken]
    blocks += [Bullets(list(found.highest))] if found.highest else []
    blocks += [
        make_matrix(found.needs, found.wards),
        Paragraph(found.method, "quiet"),
        Paragraph(f"{found.sources}.", "quiet"),
    ]
    overall = Section("Overall need", list(found.headline), level=2,
                      notes=" ".join(found.headline[0].sources))  # fmt: skip
    return make_section("need", blocks, [overall], notes=f"{found.title}. {found.sources}.")


@dataclass(frozen=True)
class IndicatorFigures:
    """One chosen indicator: what it is, its map and its ranking; `why` where it has none."""

    subject: Subject
    picture: Picture
    chart: Chart


def make_indicators(
    found: Sequence[IndicatorFigures], broken: Sequence[str], until: str
) -> tuple[Section, ...]:
    """A map and a ranking of each chosen indicator.

    Args:
        found: the figures.
        broken: sentences on indicators that could not be shown.
        until: no figure is later than this, in words; "" where the newest were wanted.
    """
    first = f"Newest figures up to {until}." if until else "Newest figures that are held."
    if not found and not broken:
        first = "No indicator was chosen for this report."
    parts = [
        Section(
            one.subject.indicator.name,
            [Paragraph(one.subject.indicator.definition), one.picture, one.chart],
            level=2,
            notes=" ".join(one.picture.sources),
        )
        for one in found
    ]
    blocks = [Paragraph(first), *(Paragraph(why, "strong") for why in broken)]
    return make_section("indicators", blocks, parts)


def age_line(oldest: dt.date, newest: dt.date) -> str:
    """From when to when figures are: "Figures end between 21 March 2021 and 31 March 2025"."""
    ends = [day_words(day) for day in (oldest, newest)]
    return ends[0] if oldest == newest else f"between {ends[0]} and {ends[1]}"
