"""The last sections of a pack: how figures are made and where they come from, and all rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.report.blocks import Block, Bullets, Fact, Facts, Paragraph, Section, Table
from analysis.report.contents import make_section
from analysis.words import CARRIED, GEOGRAPHY_WORDS, age_words, day_words
from data.catalogue import Catalogue
from data.periods import read_period

GENERAL = (
    "A figure for a ward is added up from the small areas that fit the ward best, or shared out "
    "by where people live; the table of sources says which, and from which areas. A figure that is "
    "published for districts only is never shown as a ward's.",
    "Better, worse and similar: the 95 % interval of a figure is compared with the other figure. "
    "Intervals: Wilson score for shares, Byar's method for rates (exact Poisson under 10), or as "
    "published. Without an interval nothing is called better or worse.",
    "A missing figure is never 0. It says why it is missing: withheld because the number is small, "
    "not published for the area, or no small area fits the ward.",
)
USE = (
    "Figures show where things differ and how they changed. They do not show why, and small "
    "differences between wards may be chance."
)


def make_methods(
    catalogue: Catalogue,
    used: Sequence[tuple[str, str]],
    methods: Mapping[str, str],
    today: dt.date,
    build: str,
) -> tuple[Section, ...]:
    """How figures are made; every source with geography, age and licence.

    Args:
        catalogue: of indicators and sources.
        used: (indicator id, period) of every figure in the pack.
        methods: heading -> method, of the sections that are in the pack.
        today: the day of the report.
        build: which build of the tables the figures are from.
    """
    table = make_sources_table(catalogue, used, today)
    ends = [read_period(period).end for _, period in used] or [today]
    facts = [
        Fact("Date of this report", day_words(today)),
        Fact("Newest figure ends", day_words(max(ends)), age_words(max(ends), today)),
        Fact("Oldest figure ends", day_words(min(ends)), age_words(min(ends), today)),
        Fact("Build of the tables", build or "not known"),
    ]
    sources = dict.fromkeys(catalogue.source_of(i).id for i, _ in used)
    said = [catalogue.sources[source].attribution for source in sources]
    parts = [Section(heading, [Paragraph(text)], level=2) for heading, text in methods.items()]
    blocks: list[Block] = [Facts(facts), Paragraph(USE, "strong"),
                           *(Paragraph(text) for text in GENERAL)]  # fmt: skip
    notes = [("Age", "From the last day of the newest period to the date of this report")]
    licences = Section(
        "Sources and licences",
        [
            Table("Sources", f"The {len(table)} sources of this report", table, notes),
            Bullets(list(dict.fromkeys(text for text in said if text))),
        ],
        level=2,
    )
    return make_section("methods", blocks, [*parts, licences], notes=USE)


def make_sources_table(
    catalogue: Catalogue, used: Sequence[tuple[str, str]], today: dt.date
) -> pd.DataFrame:
    """One row per source: what it is used for, its geography, periods, vintage, age, licence."""
    figures: dict[str, dict[str, dict[str, None]]] = {}
    for indicator_id, period in used:
        found = figures.setdefault(catalogue.source_of(indicator_id).id, {"for": {}, "when": {}})
        found["for"][catalogue.indicators[indicator_id].name] = None
        found["when"][period] = None
    rows = []
    for source_id, found in figures.items():
        source = catalogue.sources[source_id]
        periods = sorted(map(read_period, found["when"]), key=lambda period: period.end)
        geography = f"{GEOGRAPHY_WORDS[source.geography]}; {CARRIED[source.geography]}"
        rows.append(
            {
                "Source": f"{source.publisher}: {source.title}",
                "Used for": "; ".join(found["for"]),
                "Published for": geography,
                "Periods": ", ".join(period.label for period in periods),
                "Vintage": source.vintage,
                "How old": age_words(periods[-1].end, today),
                "Licence": source.licence,
            }
        )
    columns = ["Source", "Used for", "Published for", "Periods", "Vintage", "How old", "Licence"]
    return pd.DataFrame(rows, columns=columns)


def make_rows(tables: Sequence[Table], broken: Sequence[str]) -> tuple[Section, ...]:
    """Every ward in every table of the pack, with limits and notes."""
    words = (
        "All rows behind the maps, rankings and tables of this report, with codes, limits and "
        "notes, each on a sheet of its own."
    )
    if not tables and not broken:
        words = "No table has more rows than this report shows."
    first: list[Block] = [Paragraph(words), *(Paragraph(why, "strong") for why in broken)]
    parts = [Section(table.title, [table], level=2) for table in tables]
    return make_section("rows", first, parts)
