"""The selected ward beside the map: its figure, how sure it is, its trend, how it got here."""

from __future__ import annotations

import html

import numpy as np
import pandas as pd
import streamlit as st

from analysis.choropleth import Benchmark, Subject
from analysis.lines_table import describe_trend, make_trend_table
from analysis.map_view import CLUSTER_SIGNS, format_number, sign_of
from analysis.trend_picture import draw_trend, render_trend
from analysis.words import CLUSTER_WORDS, FIT_WORDS, FLAG_WORDS, NO_LSOA, join_words, ordinal
from data import clock
from data.aggregation import SUPPRESSED
from data.load import load_period, load_periods, load_values
from data.periods import read_period
from pages.shared.downloads import Offer, show_offer
from pages.shared.figures import MapFigure, notes_for_download
from pages.shared.page import current_theme, name_of_ward, show_note
from pages.shared.places import place_name
from pages.shared.selection import Selection
from pages.shared.trend_chart import show_trend
from pages.shared.ward_links import show_ward_links


def show_ward_panel(figure: MapFigure, selection: Selection, key: str = "ward-trend") -> None:
    """Show what is known of the selected ward, or of the whole area while none is selected.

    `key` names its chart on the page.
    """
    frame, subject, benchmark = figure.frame, figure.subject, figure.benchmark
    if not selection.ward:
        _show_area(subject, benchmark, selection, key)
        return
    row = frame.loc[selection.ward]
    lines = [*_figure_lines(row, subject, benchmark), *_standing_lines(row, frame, subject)]
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines[1:])
    name = html.escape(name_of_ward(selection.ward, selection))
    value = f'<p class="value">{html.escape(lines[0])}</p>'
    st.html(f'<section class="needs-ward"><h2>{name}</h2>{value}{body}</section>')
    show_ward_links(selection.area, selection.ward, subject.indicator.id, "ward-map")
    _show_trend(subject, benchmark, selection, key)


def _figure_lines(row: pd.Series, subject: Subject, benchmark: Benchmark) -> list[str]:
    indicator = subject.indicator
    if np.isnan(row["value"]):
        empty = row["lsoa_count"] == 0 and row["flag"] != SUPPRESSED
        return ["No figure", NO_LSOA if empty else FLAG_WORDS.get(row["flag"], "")]
    lines = [format_number(row["value"], indicator.decimals, indicator.unit)]
    if not np.isnan(row["lower_ci"]):
        low = format_number(row["lower_ci"], indicator.decimals)
        high = format_number(row["upper_ci"], indicator.decimals, indicator.unit)
        lines.append(f"95 % interval: {low} to {high}")
    if not np.isnan(row["numerator"]) and indicator.measure in ("percentage", "rate"):
        lines.append(
            f"{format_number(row['numerator'], 0)} of {format_number(row['denominator'], 0)}"
        )
    if row["compared"]:
        sign = sign_of(row["compared"], indicator.polarity)  # type: ignore[arg-type]
        link = "to" if row["compared"] == "similar" else "than"
        printed = format_number(benchmark.value, indicator.decimals, indicator.unit)
        lines.append(f"{sign} {row['compared']} {link} {benchmark.name} ({printed})")
    elif not np.isnan(benchmark.value):
        printed = format_number(benchmark.value, indicator.decimals, indicator.unit)
        lines.append(f"{benchmark.name}: {printed}")
    return lines


def _standing_lines(row: pd.Series, frame: pd.DataFrame, subject: Subject) -> list[str]:
    lines = []
    if row.get("pattern"):
        p = f" (corrected p {row['corrected_p']:.3f})" if row["corrected_p"] >= 0 else ""
        words = f"{CLUSTER_SIGNS[row['pattern']]} {CLUSTER_WORDS[row['pattern']]}{p}"
        lines.append(f"Hot spots: {words}")
    ranked = int((frame["rank"] > 0).sum())
    if subject.indicator.ranked and row["rank"] > 0:
        lines.append(f"{ordinal(int(row['rank']))} highest of {ranked:,} wards in {subject.place}")
    if not np.isnan(row["value"]):
        quality = f"quality of fit {format_number(row['fit_quality'], 2)} of 1"
        lines.append(f"How the figure got here: {FIT_WORDS[row['fit']]} ({quality})")
        if row["flag"]:
            lines.append(FLAG_WORDS[row["flag"]].capitalize())
    return lines


def _show_area(subject: Subject, benchmark: Benchmark, selection: Selection, key: str) -> None:
    indicator = subject.indicator
    values = load_period(indicator.id, subject.period)["value"]
    value = float(values.get(selection.area, np.nan))
    printed = format_number(value, indicator.decimals, indicator.unit)
    place = html.escape(subject.place)
    st.html(
        f'<section class="needs-ward"><h2>{place} as a whole</h2>'
        f'<p class="value">{html.escape(printed)}</p>'
        f"<p>{html.escape(_area_comparison(subject, benchmark, selection))}</p>"
        "<p>Click a ward, or type its name above, to see it here.</p></section>"
    )
    _show_trend(subject, benchmark, selection, key)


def _area_comparison(subject: Subject, benchmark: Benchmark, selection: Selection) -> str:
    if selection.benchmark_code == selection.area or np.isnan(benchmark.value):
        return ""
    indicator = subject.indicator
    printed = format_number(benchmark.value, indicator.decimals, indicator.unit)
    return f"{benchmark.name}: {printed}"


def _show_trend(subject: Subject, benchmark: Benchmark, selection: Selection, key: str) -> None:
    """Draw the series of the ward (or area) with its benchmark, where there are two points."""
    indicator = subject.indicator
    if len(load_periods(indicator.id)) < 2:
        show_note("One period only, so no trend can be shown.")
        return
    area = selection.ward or selection.area
    codes = list(dict.fromkeys([area, selection.area, selection.benchmark_code]))
    values = load_values(indicator.id)
    series = values[values["area_code"].isin(codes)].copy()
    if not series["value"].notna().any():
        show_note("No figure in any period, so no trend can be shown.")
        return
    series["order"] = series["area_code"].astype(str).map({c: i for i, c in enumerate(codes)})
    series["name"] = series["area_code"].astype(str).map(place_name)
    series["label"] = series["period"].astype(str).map(lambda period: read_period(period).label)
    series = series.sort_values(["order", "period_end"])
    names = join_words([place_name(code) for code in codes])
    words = describe_trend(series, indicator)
    show_trend(draw_trend(series, indicator, current_theme()), words, key)
    zero = indicator.measure in ("percentage", "rate", "count")
    start = "starts at zero" if zero else "does not start at zero"
    banded = series.loc[series["order"] == 0, "lower_ci"].notna().any()
    reading = [f"{names} over time. The vertical axis {start}"]
    reading += ["Band: 95 % interval"] if banded else []
    show_note(*reading)
    name = f"trend_{indicator.id}_{place_name(area)}"
    notes = notes_for_download(subject, benchmark)
    title = f"{indicator.name} over time: {names}"
    caption = [*reading, *subject.describe_provenance(clock.today())]
    show_offer(
        lambda: Offer(
            name, make_trend_table(series, indicator), notes, words,
            picture=lambda: render_trend(series, indicator, title, caption),
        ),
        key,
        "The line's data and downloads",
    )  # fmt: skip
