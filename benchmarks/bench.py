"""Measure the dashboard beside a trivial Streamlit app and print the ratios.

python -m benchmarks.bench [--write] [--samples 9] [--cold 5]

Both apps run on the same host with the same settings, in the same browser, one measurement
of each in turn, so that what else the machine does touches both alike. Only the ratios say
something about the dashboard; the milliseconds belong to the machine.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks import explore, measure, need_scores, own_data, report_pack, whole_pages
from benchmarks.measure import (
    BARE,
    OVERVIEW,
    Subject,
    compare_changes,
    compare_first_paints,
    ward_map,
)
from benchmarks.record import describe_machine, keep_section
from benchmarks.table import Row, format_table, make_bytes_row, make_row
from data.load import load_areas
from scripts.serving import Server, open_browser

BARE_APP = Path(__file__).with_name("bare_app.py")

# Area -> highest ratio of a repaint. No council or county has 196 wards, which Huntingdonshire
# and Devon have together: Devon stands for that size, the East of England for 1,000.
AREAS = {"E07000011": 1.7, "E10000008": 1.7, "E12000006": 2.0, "E92000001": 2.5}
# Covid impact and recovery: (area, series) -> highest ratio of opening it. Devon has 168 wards
# and Universal Credit 90 months.
RECOVERY = {
    ("E07000011", "claimant_count_percent"): 3.0,
    ("E10000008", "universal_credit_households_percent"): 5.0,
}
BYTES_AREA = "E10000008"
BYTES_GOAL = 5000


def bench_first_paint(browser: Browser, bare: Server, ours: Server, samples: int) -> list[Row]:
    """Time the first useful view of Overview with nothing cached."""
    times = compare_first_paints(browser, bare, ours, OVERVIEW, samples)
    name = "First useful paint, cold (map and key figures)"
    return [make_row(name, *times, "ms", 1.3)]


def describe_area(area: str) -> str:
    """Return the number of wards in an area and its name."""
    areas = load_areas()
    row = areas.loc[area]
    wards = areas[areas["area_type"] == "ward"]
    inside = (
        wards if row["area_type"] == "country" else wards[wards[f"{row['area_type']}_code"] == area]
    )
    return f"{len(inside):,} wards ({row['area_name']})"


def bench_repaint(browser: Browser, bare: Server, ours: Server, samples: int) -> list[Row]:
    """Time the repaint after a change of indicator, and count the bytes it takes."""
    rows = []
    for area, goal in AREAS.items():
        words = describe_area(area)
        times, sizes = compare_changes(browser, bare, ours, ward_map(area), samples)
        rows.append(make_row(f"Change of indicator, {words}", *times, "ms", goal))
        rows.append(make_bytes_row(*sizes, BYTES_GOAL if area == BYTES_AREA else None))
    return rows


def bench_recovery(browser: Browser, bare: Server, ours: Server, samples: int) -> list[Row]:
    """Time Covid impact and recovery, opened cold up to the lines of the wards."""
    rows = []
    for (area, series), goal in RECOVERY.items():
        subject = measure.recovery(area, series)
        times = compare_first_paints(browser, bare, ours, subject, samples)
        rows.append(
            make_row(f"Impact and recovery, cold, {describe_area(area)}", *times, "ms", goal)
        )
    return rows


def bench_memory() -> list[Row]:
    """Compare the memory of the two servers with 1 and 10 sessions."""
    subject: Subject = ward_map(next(iter(AREAS)))
    rows = []
    for count in (1, 10):
        bare = measure.measure_memory(BARE_APP, BARE, count)
        ours = measure.measure_memory(None, subject, count)
        words = "1 session" if count == 1 else f"{count} sessions"
        rows.append(make_row(f"Server memory, {words}", bare, ours, "MB"))
    return rows


def main() -> None:
    """Measure, print, and write if that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--write", action="store_true", help="add the result to docs/benchmarks.md")
    parser.add_argument("--samples", type=int, default=9, help="changes of indicator for a median")
    parser.add_argument("--cold", type=int, default=5, help="cold starts for a median")
    chosen = parser.parse_args()
    # First, as its memory is that of the largest process started so far.
    packs = report_pack.bench_packs()
    with Server(BARE_APP) as bare, Server() as ours, open_browser() as browser:
        print("Measuring; about five minutes. Leave the machine alone.", flush=True)
        rows = bench_first_paint(browser, bare, ours, chosen.cold)
        rows += bench_repaint(browser, bare, ours, chosen.samples)
        rows += whole_pages.bench_pages(browser, bare, ours, chosen.samples)
        rows += explore.bench_explore(browser, bare, ours, chosen.samples)
        rows += bench_recovery(browser, bare, ours, chosen.cold)
        machine = describe_machine(browser.version)
    rows += explore.bench_hot_spots()
    rows += own_data.bench_own_data()
    rows += bench_memory()
    rows += packs
    table = format_table(rows)
    note = f"{machine}. Medians of {chosen.samples} changes; server and browser share the machine."
    if chosen.write:
        keep_section("bench", f"{note}\n\n{table}")
    print(f"\n{machine}\n\n{table}\n")
    need_scores.main()


if __name__ == "__main__":
    main()
