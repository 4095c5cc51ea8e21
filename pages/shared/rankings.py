"""The ranking chart beside a map."""

from __future__ import annotations

import pandas as pd

from analysis.choropleth import Subject
from analysis.ranking import choose_rows, spread_of_lsoas
from data.catalogue import load_catalogue
from data.load import load_lsoa_values, load_lsoas
from pages.shared.charts import show_chart
from pages.shared.figures import MapFigure
from pages.shared.page import current_theme, show_note
from pages.shared.selection import Selection, choose_ward

MOST_ROWS = 26


def _whiskers(frame: pd.DataFrame, subject: Subject) -> tuple[pd.DataFrame, str]:
    """Add low and high: the 95 % interval, or else the range of the ward's LSOAs."""
    if frame["lower_ci"].notna().any():
        return frame.assign(low=frame["lower_ci"], high=frame["upper_ci"]), "95 % interval"
    if not load_catalogue().has_lsoa_values(subject.indicator.id):
        return frame.assign(low=float("nan"), high=float("nan")), ""
    spread = spread_of_lsoas(
        load_lsoa_values(subject.indicator.id)["value"], load_lsoas()["ward_code"]
    )
    return frame.join(spread), "Lowest to highest LSOA"


def show_ranking(map_figure: MapFigure, selection: Selection, key: str) -> None:
    """Show the areas of a map from the highest, with whiskers and the benchmark.

    A click chooses the ward; the chosen one is ringed and always among the rows.
    """
    from analysis.figures import plot_ranking

    subject, benchmark = map_figure.subject, map_figure.benchmark
    rows, whiskers = _whiskers(map_figure.frame, subject)
    known = int(rows["value"].notna().sum())
    rows = choose_rows(rows, selection.ward, MOST_ROWS)
    figure = plot_ranking(
        rows,
        subject.indicator,
        (benchmark.name, benchmark.value),
        low_high=whiskers,
        selected=selection.ward,
        theme=current_theme(),
    )

    show_chart(
        figure,
        key,
        f"Ranking: {subject.indicator.name}, {subject.place}. The same rows are in the table.",
        on_select=lambda points: choose_ward(str(points[0]["customdata"])),
    )
    shown = f"{len(rows)} of {known:,} wards shown, highest first" if len(rows) < known else ""
    line = {"95 % interval": "Line: 95 % interval", "": ""}.get(
        whiskers, "Line: from the lowest to the highest LSOA of the ward; not an interval"
    )
    show_note(shown, line)
