"""Measurements of the Explore pages: the Ward profile, the scatter, hot spots."""

from __future__ import annotations

import time

from playwright.sync_api import Browser

from benchmarks.measure import PROFILE, Subject, compare_changes
from benchmarks.table import Row, make_absolute_row, make_bytes_row, make_row
from data.load import load_periods
from pages.shared import hot_spots
from scripts.serving import Server

# The title of the upright axis names the second indicator: it changes when the dots do.
TITLE = ".js-plotly-plot .ytitle"
SCATTER = Subject("/compare?area=E92000001", (TITLE,), TITLE, "", "Second indicator")
PLACES = {"Huntingdonshire": "E07000011", "Devon": "E10000008", "England": "E92000001"}
HOT_SPOT_GOALS = {"Huntingdonshire": 1_000, "Devon": 1_000, "England": 20_000}


def bench_explore(browser: Browser, bare: Server, ours: Server, samples: int) -> list[Row]:
    """Time another ward on the Ward profile, and another indicator in the scatter."""
    times, sizes = compare_changes(browser, bare, ours, PROFILE, samples)
    rows = [make_row("Ward profile, another ward", *times, "ms", 2.5), make_bytes_row(*sizes)]
    times, sizes = compare_changes(browser, bare, ours, SCATTER, samples)
    rows.append(make_absolute_row("Scatter of 6,826 wards, another indicator", times[1], 1_500))
    rows.append(make_bytes_row(*sizes))
    return rows


def bench_hot_spots() -> list[Row]:
    """Time hot spots without a browser, nothing found yet, the libraries loaded."""
    hot_spots.bring_libraries()
    rows = []
    for name, area in PLACES.items():
        times = []
        for indicator in ("imd_score", "digital_exclusion_score", "crime_score"):
            start = time.perf_counter()
            hot_spots.load_hot_spots(indicator, load_periods(indicator)[-1], area)
            times.append(1000 * (time.perf_counter() - start))
        # The first of a place also finds out who is next to whom.
        rows.append(
            make_absolute_row(f"Hot spots, {name}, first time", times[0], HOT_SPOT_GOALS[name])
        )
        rows.append(Row("  another indicator", "", f"{times[-1]:,.0f} ms"))
    return rows
