"""What the makers of charts and maps for other websites share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from analysis.choropleth import Subject
from analysis.report.blocks import Chart, Table
from analysis.report.pieces import list_provenance
from analysis.report.printed import tabulate_chart
from data import clock
from data.catalogue import Source, load_catalogue

#: Columns of the pages' tables that a part of a page has no room for; the dashboard has them.
_LEFT_OUT = ("Code", "Period", "Numerator", "Denominator", "How the figure", "Quality of fit")


def sources_of(*subjects: Subject) -> tuple[str, ...]:
    """Who published the figures, for which areas, how old they are, what to mind."""
    today = clock.today()
    lines = []
    for subject in subjects:
        name = f"{subject.indicator.short_name}: " if len(subjects) > 1 else ""
        lines.append(f"{name}{'. '.join(list_provenance(subject, today))}")
    return tuple(lines)


def licences_of(indicators: Iterable[str]) -> tuple[str, ...]:
    """Under which licence the figures may be used, and the words their publishers ask for."""
    catalogue = load_catalogue()
    sources = dict.fromkeys(catalogue.indicators[i].source for i in indicators)
    return tuple(dict.fromkeys(_licence(catalogue.sources[name]) for name in sources))


def _licence(source: Source) -> str:
    words = f"Licence: {source.licence}"
    return f"{words}. {source.attribution}" if source.attribution else words


def make_rows(title: str, frame: pd.DataFrame, decimals: dict[str, int]) -> Table:
    """The rows behind a figure, without the columns that only the dashboard has room for.

    Args:
        title: what they are.
        frame: a table for download of the pages; words are "" where there is nothing to say.
        decimals: places of numbers by heading.
    """
    kept = [name for name in frame if not str(name).startswith(_LEFT_OUT)]
    rows = frame[kept]
    empty = [name for name in rows if rows[name].astype(str).isin(["", "nan"]).all()]
    rows = rows.drop(columns=empty)
    words = {name: rows[name].astype(object).replace("", "–")
             for name in rows if rows[name].dtype.kind not in "fiu"}  # fmt: skip
    places = {str(name): 0 for name in rows if str(name).startswith("Rank")}
    return Table("Rows", title, rows.assign(**words), decimals={**places, **decimals})


def tabulate(chart: Chart, first: str) -> Table:
    """The figures of a chart; `first` heads its categories."""
    table = tabulate_chart(chart, notes=False)
    return replace(table, frame=table.frame.rename(columns={"Category": first}))


def place_limits(indicator_decimals: int, headings: Sequence[str]) -> dict[str, int]:
    """Places of a figure and its limits, by heading."""
    names = [*headings, "Lower 95 % limit", "Upper 95 % limit"]
    return dict.fromkeys(names, indicator_decimals)
