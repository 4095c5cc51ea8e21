"""The ranking chart beside a map."""

from __future__ import annotations

import pandas as pd

from analysis.choropleth import Subject
from analysis.ranking import choose_rows, spread_of_lsoas
from data.load import load_lsoa_values, load_lsoas, load_periods
from data.own.shelf import current_catalogue
from pages.shared.charts import show_chart
from pages.shared.figures import MapFigure
from pages.shared.page import current_theme, show_note
from pages.shared.selection import Selection, choose_ward

MOST_ROWS = 26


INTERVAL = "95 % interval"


def add_whiskers(frame: pd.DataFrame, subject: Subject) -> tuple[pd.DataFrame, str]:
    """Add low and high: the 95 % interval, or else the range of the ward's LSOAs.

    Returns:
        the frame with both columns, and what they are: `INTERVAL`, another phrase, or "".
    """
    if frame["lower_ci"].notna().any():
        return frame.assign(low=frame["lower_ci"], high=frame["upper_ci"]), INTERVAL
    if not current_catalogue().has_lsoa_values(subject.indicator.id):
        return frame.assign(low=float("nan"), high=float("nan")), ""
    newest = load_periods(subject.indicator.id)[-1]
    if subject.period != newest:
        # Figures of LSOAs are kept for the newest period only.
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
    rows, whiskers = add_whiskers(map_figure.frame, subject)
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
    show_note(shown, whisker_words(whiskers))


def whisker_words(whiskers: str) -> str:
    """What the lines of a ranking are, in words."""
    if whiskers == INTERVAL:
        return "Line: 95 % interval"
    return whiskers and "Line: from the lowest to the highest LSOA of the ward; not an interval"
