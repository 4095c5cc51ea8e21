"""One small line per ward, all on one scale, with the lockdowns shaded."""

from __future__ import annotations

import html
from collections.abc import Iterator

import numpy as np
import pandas as pd
import streamlit as st

from analysis.choropleth import Benchmark
from analysis.map_view import format_number
from analysis.recovery_lines import (
    band_style,
    describe_lockdowns,
    draw_line,
    place_lockdowns,
    place_periods,
    short_lockdowns,
)
from analysis.recovery_words import order_areas, sign_words
from analysis.words import FLAG_WORDS, count_words
from data.periods import read_period
from data.recovery import load_lockdowns
from pages.shared.downloads import Offer, show_offer
from pages.shared.figures import notes_for_download, show_provenance
from pages.shared.page import current_theme, show_note
from pages.shared.recovery_data import Impact
from pages.shared.selection import Selection

MOST = 200
FIRST = 28


def _put_lines(lines: list[str], bands: str) -> None:
    st.html(f'<ul class="rec-lines" style="--rec-bands:{bands}">{"".join(lines)}</ul>')


def show_small_lines(impact: Impact, selection: Selection, key: str) -> None:
    """The lines with their axis in words, where they are from and the figures behind them."""
    periods = [impact.series.periods[n] for n in impact.shown]
    at, first, last = place_periods(periods)
    rows = order_areas(impact.frame).index[:MOST]
    places = impact.frame.index.get_indexer(rows)
    values = impact.series.value[places][:, impact.shown]
    if np.isnan(values).all():
        show_note("No ward here has a figure.")
        return
    high = float(np.nanmax(values))
    bands = band_style(place_lockdowns(load_lockdowns(), first, last))
    lines = list(_list_lines(impact, selection, rows, values, at, high))
    _put_lines(lines[:FIRST], bands)
    if len(lines) > FIRST:
        label = f"The other {len(lines) - FIRST} lines"
        box = st.expander(
            label, icon=":material/unfold_more:", key=f"{key}-more", on_change="rerun"
        )
        if box.open:
            with box:
                _put_lines(lines[FIRST:], bands)
    indicator = impact.subject.indicator
    top = format_number(high, indicator.decimals, indicator.unit)
    cut = f"{len(rows)} of {count_words(len(impact.frame), 'ward', 'wards')}, furthest first"
    show_note(
        cut if len(rows) < len(impact.frame) else "Furthest from before first",
        f"All on one scale: 0 to {top}, {read_period(periods[0]).label} to "
        f"{read_period(periods[-1]).label}",
        "Dashed: the ward's own figure before",
        short_lockdowns(load_lockdowns()),
    )
    show_provenance(impact.subject)
    show_offer(lambda: _make_offer(impact, rows), key)


def _list_lines(
    impact: Impact, selection: Selection, rows: pd.Index, values: np.ndarray, at: np.ndarray,
    high: float,
) -> Iterator[str]:  # fmt: skip
    indicator, theme = impact.subject.indicator, current_theme()
    names = impact.wards["name"]
    for code, line in zip(rows, values, strict=True):
        row = impact.frame.loc[code]
        figures = " → ".join(
            format_number(row[part], indicator.decimals) for part in ("baseline", "shock", "latest")
        )
        if row["class"] == "cannot_tell":
            figures = str(row["reason"])
        picture = draw_line(at, line, (0.0, high), theme, row["baseline"])
        look = ' class="chosen"' if code == selection.ward else ""
        yield (
            f'<li{look}>{html.escape(str(names[code]))}<img alt="" src="{picture}">'
            f"{html.escape(sign_words(row['class'], impact.rule))}"
            f'<span class="soft">{html.escape(figures)}</span></li>'
        )


def _make_offer(impact: Impact, rows: pd.Index) -> Offer:
    """Every figure behind the lines, ward by ward."""
    series, indicator = impact.series, impact.subject.indicator
    places = impact.frame.index.get_indexer(rows)
    columns, size = impact.shown, len(impact.shown)

    def flat(part: np.ndarray) -> np.ndarray:
        return part[places][:, columns].ravel()

    labels = [read_period(series.periods[n]).label for n in columns]
    table = pd.DataFrame(
        {
            "Area": np.repeat(impact.wards["name"].reindex(rows).to_numpy(), size),
            "Code": np.repeat(rows.to_numpy(), size),
            "Period": np.tile(np.array(labels, dtype=object), len(rows)),
            f"{indicator.short_name} ({indicator.unit})": flat(series.value).round(
                indicator.decimals + 1
            ),
            "Lower 95 % limit": flat(series.lower),
            "Upper 95 % limit": flat(series.upper),
            "Numerator": flat(series.numerator),
            "Denominator": flat(series.denominator),
            "Note": [FLAG_WORDS.get(flag, "") for flag in flat(series.flag)],
        }
    )
    notes = [
        *notes_for_download(impact.subject, Benchmark("none", float("nan"))),
        ("Lockdowns", describe_lockdowns(load_lockdowns())),
    ]
    description = (
        f"{indicator.name} in {count_words(len(rows), 'ward', 'wards')} of "
        f"{impact.subject.place}, {labels[0]} to {labels[-1]}. "
        f"{describe_lockdowns(load_lockdowns())}"
    )
    name = f"lines_{indicator.id}_{impact.subject.place}"
    return Offer(name, table, notes, description)
