"""A document with everything that can go wrong in it: the writers are tried on this one."""

import datetime as dt
from dataclasses import replace
from functools import lru_cache

import pandas as pd

from analysis.map_part import cut_geometry
from analysis.report.blocks import (
    Band,
    Bullets,
    Chart,
    Document,
    Fact,
    Facts,
    Paragraph,
    Picture,
    Section,
    Series,
    Table,
)
from analysis.svg_map import render_svg_map
from data.load import load_paths
from pages.shared.figures import load_ward_figure
from pages.shared.selection import Selection

LONG = "Great Staughton, Kimbolton, Stilton, Folksworth and Washingley with the Stukeleys"
WARDS = ["Huntingdon North", "St Neots East", LONG, "Alconbury", "Ramsey", "Yaxley", "Sawtry"]
NEED = [22.7, 16.6, 9.84, 8.0, None, 12.25, -1.5]
#: One cell each of what spreadsheets, browsers, templates and XML would take for their own.
HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7 * 7 }} #panic() $x$ *bold* \\u{41}",
    "=cmd|' /C calc'!A0",
    "+44 1480", "-2+3", "@SUM(A1)",
    "bell \x07 null \x00 end",
    "]]> & &amp; \" ' 😀 中 ▲ ●",
]  # fmt: skip
SOURCES = ("Ministry of Housing, Indices of Deprivation 2025. Open Government Licence v3.0.",)


@lru_cache
def make_map(area: str = "E07000011", indicator: str = "") -> str:
    """A map of a council's wards with real figures, as the pages draw it."""
    indicator = indicator or "claimant_count_percent"
    figure = load_ward_figure(indicator, "2022", Selection(area=area), "quantiles")
    # Narrow, so that its letters stay large on a page.
    view = replace(figure.view, title="")
    return render_svg_map(view, cut_geometry(load_paths("ward", area), view.codes), width=600)


def make_table(rows: int = 26) -> Table:
    """Wards with text, whole numbers, decimals, a date and gaps."""
    frame = _frame(rows)
    notes = [("Source", SOURCES[0]), ("▲ ● ▼", "above, similar to and below England.")]
    return Table(
        "Wards", "All wards and what they show", frame, notes, {"Change since 2019 (points)": 2}
    )


def _frame(rows: int) -> pd.DataFrame:
    places = range(rows)
    gap = [n % 7 == 4 for n in places]
    signs = ("▲ worse", "● similar", "▼ better")
    return pd.DataFrame(
        {
            "Ward": [WARDS[n] if n < len(WARDS) else f"Ward {n}" for n in places],
            "People": [11_497 + 1_000 * n for n in places],
            "Claimants per 1,000 people of working age": [
                None if gap[n] else 41.25 - n for n in places
            ],
            "Change since 2019 (points)": [None if gap[n] else 0.125 * n - 2 for n in places],
            "Compared with England": [signs[n % 3] for n in places],
            "Newest day": [dt.date(2022, 3, 31) if n % 5 else None for n in places],
        }
    )


def make_bars(**changes) -> Chart:
    parts = {
        "name": "Need score",
        "title": "Huntingdon North has the highest need",
        "subtitle": "Need score, wards of Huntingdonshire, 2025",
        "kind": "bar",
        "categories": WARDS,
        "series": [
            Series("Huntingdon North", [22.7, *[None] * 6], "main", [21.0, *[None] * 6],
                   [24.0, *[None] * 6]),
            Series("Other wards", [None, *NEED[1:]], "other"),
            Series("England", [14.5] * 7, "guide"),
        ],
        "unit": "Score",
        "description": "A bar chart of seven wards. Huntingdon North is highest with 22.7.",
        "sources": SOURCES,
    }  # fmt: skip
    return Chart(**(parts | changes))


def make_lines(**changes) -> Chart:
    months = [f"{month} {year}" for year in (2019, 2020, 2021, 2022)
              for month in ("January", "April", "July", "October")]  # fmt: skip
    ours = [21.0, 20.5, 20.0, 21.2, 22.0, 48.4, 50.1, 47.0, None, 45.0, 38.0, 33.1, 30.0, 28.4,
            27.9, 28.0]  # fmt: skip
    england = [26.0, 26.2, 26.5, 27.0, 28.0, 58.0, 62.0, 60.5, 61.0, 60.0, 52.0, 46.0, 42.0, 38.0,
               37.0, 36.5]  # fmt: skip
    parts = {
        "name": "Claimants",
        "title": "Fewer people claim than in 2021",
        "subtitle": "People claiming out-of-work benefits, Huntingdonshire, 2019 to 2022",
        "kind": "line",
        "categories": months,
        "series": [
            Series("Huntingdonshire", ours, "main", [v and v - 1.5 for v in ours],
                   [v and v + 1.5 for v in ours]),
            Series("England", england, "other"),
            Series("Target", [25.0] * 16, "guide"),
        ],
        "unit": "Per 1,000 people of working age",
        "description": "Two lines. Both rise in April 2020 and fall from 2021.",
        "sources": ("Nomis, claimant count. Open Government Licence v3.0.",),
        "bands": [Band("Lockdowns", 5, 6), Band("Lockdowns", 7, 7), Band("Third lockdown", 8, 9)],
    }  # fmt: skip
    return Chart(**(parts | changes))


def make_columns(**changes) -> Chart:
    parts = {
        "name": "Reports by year",
        "title": "Reports rose after 2019",
        "subtitle": "Reports to the council, Huntingdonshire, 2018 to 2022",
        "kind": "column",
        "categories": ["2018", "2019", "2020", "2021", "2022"],
        "series": [
            Series("Huntingdonshire", [1204, 1310, None, 1822, 1904], "main",
                   [1150, 1250, None, 1760, 1850], [1260, 1370, None, 1880, 1960]),
            Series("Similar councils", [1100, 1150, 1300, 1500, 1570], "other"),
            Series("England", [1250] * 5, "guide"),
        ],
        "unit": "Reports",
        "description": "Columns of five years, highest in 2022 with 1,904.",
        "decimals": 0,
    }  # fmt: skip
    return Chart(**(parts | changes))


def make_scatter(**changes) -> Chart:
    parts = {
        "name": "Need and claimants",
        "title": "More need goes with more claimants",
        "subtitle": "Wards of Huntingdonshire, 2022",
        "kind": "scatter",
        "categories": WARDS,
        "series": [
            Series("Need score", [None, *NEED[1:]], "other"),
            Series("Claimants per 1,000", [None, 30, 18, 15, 14, 22, 8], "other"),
            Series("Need score", [22.7, *[None] * 6], "main"),
            Series("Claimants per 1,000", [41.3, *[None] * 6], "main"),
        ],
        "unit": "Claimants per 1,000",
        "description": "Seven dots, from the lower left to the upper right.",
    }
    return Chart(**(parts | changes))


def make_picture(area: str = "E07000011") -> Picture:
    return Picture(
        "Map of claimants",
        "Claimants live mostly in Huntingdon and St Neots",
        "People claiming out-of-work benefits, wards, 2022",
        make_map(area),
        "A map of the wards. The highest share is in Huntingdon North.",
        SOURCES,
    )


def make_hostile() -> Section:
    frame = pd.DataFrame({"=1+1 heading": HOSTILE, "Figure": range(len(HOSTILE))})
    return Section(
        HOSTILE[0],
        [
            Paragraph(" / ".join([*HOSTILE, "half a sign \ud83d"])),
            Bullets(HOSTILE),
            Facts([Fact(text, text, text) for text in HOSTILE[:3]]),
            Table("[bad]: name/with\\all * signs? and too long for it", HOSTILE[1], frame,
                  [(HOSTILE[2], HOSTILE[0])]),
            make_bars(title=HOSTILE[0], categories=HOSTILE[:7], description=HOSTILE[1],
                      subtitle=HOSTILE[6]),
            Picture("broken", "A damaged picture", HOSTILE[7], "<svg><oops", HOSTILE[0]),
            Picture("script", "A picture with a script", "",
                    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" '
                    'onload="alert(2)"><script>alert(3)</script><rect id="r" width="9" height="9" '
                    'fill="url(https://example.org/x)"/></svg>', "A square."),
        ],
        notes=HOSTILE[6],
    )  # fmt: skip


def make_document(*more: Section) -> Document:
    """The document with every kind of block."""
    summary = Section(
        "Summary",
        [
            Paragraph("Huntingdon North has the highest need in the district.", "strong"),
            Paragraph("The figures are for wards. They say where needs meet, not why."),
            Facts([
                Fact("People", "180,800", "in 26 wards"),
                Fact("In the most deprived fifth", "4.1 %", "of people"),
                Fact("Claimants", "28.0 per 1,000", "England: 36.5"),
                Fact("Oldest figure", "March 2021", "Census"),
            ]),
            Bullets([
                "Claimants rose in April 2020 and fell from 2021.",
                "Seven wards have no figure for fuel poverty: the publisher withholds them.",
                f"{LONG} is too small a ward for some sources.",
            ]),
        ],
        notes="Begin with the map. Say that a district figure is not a ward figure.",
    )  # fmt: skip
    needs = Section("Needs of wards", [make_bars(), make_picture(), make_table()])
    trend = Section("Over time", [make_lines(), make_columns(),
                    Paragraph("Association, not proof of effect.", "quiet")], 2)  # fmt: skip
    link = Section("Need and claimants", [make_scatter()], 2, "Ask what members know of the wards.")
    return Document(
        "Ward needs of Huntingdonshire",
        "What the figures say for the overview and scrutiny panel",
        "Huntingdonshire",
        [summary, needs, trend, link, *more],
        "31 March 2022",
        dt.date(2026, 11, 25),
    )
