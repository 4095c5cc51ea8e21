"""How long 100,000 clean rows of a council's own figures take, from bytes to a safe table.

python -m benchmarks.own_data
"""

from __future__ import annotations

import io
import time

import numpy as np
import pandas as pd

from analysis.disclosure import protect_table
from benchmarks.table import Row, make_absolute_row
from data.load import load_areas, load_lsoas
from data.own.checking import check_sheet
from data.own.entry import suggest_entry
from data.own.guessing import guess_mapping
from data.own.opening import open_file
from data.own.tables import make_own_table
from data.postcodes import load_letter

ROWS = 100_000
ENGLAND = "E92000001"
GOAL_SECONDS = 5.0
_PERIODS = [f"{year}-{month:02d}" for year in range(2020, 2025) for month in range(1, 13)]


def make_rows(kind: str) -> pd.DataFrame:
    """100,000 clean rows: wards by month, LSOAs by quarter of a year, or postcodes."""
    random = np.random.default_rng(8)
    figures = random.integers(0, 400, ROWS)
    if kind == "postcodes":
        held = load_letter("P")
        usable = np.flatnonzero(~np.isnan(held.easting))
        chosen = random.choice(usable, ROWS)
        codes = [code.decode() for code in held.code[chosen]]
        days = [f"{1 + day % 28:02d}/{1 + day % 12:02d}/2024" for day in range(ROWS)]
        return pd.DataFrame({"Postcode": codes, "Date": days})
    areas = load_areas()
    every = areas.index[areas["area_type"] == "ward"] if kind == "wards" else load_lsoas().index
    periods = _PERIODS[: -(-ROWS // len(every))]
    table = pd.MultiIndex.from_product([every, periods], names=["Code", "Month"]).to_frame(False)
    return table.head(ROWS).assign(Parcels=figures[: min(ROWS, len(table))])


def write_bytes(table: pd.DataFrame, ending: str) -> bytes:
    """The rows as a CSV or workbook."""
    if ending == "csv":
        return table.to_csv(index=False).encode()
    stream = io.BytesIO()
    table.to_excel(stream, index=False, engine="xlsxwriter")
    return stream.getvalue()


def measure(content: bytes) -> dict[str, float]:
    """Seconds of each step."""
    steps, start = {}, time.perf_counter()
    sheet = open_file(content, "bench").sheets[0]
    steps["open"] = time.perf_counter() - start
    mapping = guess_mapping(sheet, ENGLAND)
    checked = check_sheet(sheet, mapping, ENGLAND)
    steps["check"] = time.perf_counter() - start - sum(steps.values())
    own = make_own_table(checked, suggest_entry(checked, checked.measures[0]))
    steps["count"] = time.perf_counter() - start - sum(steps.values())
    protect_table(own, load_areas())
    steps["protect"] = time.perf_counter() - start - sum(steps.values())
    return steps


def bench_own_data() -> list[Row]:
    """Lines of the table of measurements."""
    load_areas()
    rows = []
    for kind, ending in (
        ("wards", "csv"),
        ("wards", "xlsx"),
        ("LSOAs", "csv"),
        ("postcodes", "csv"),
    ):
        content = write_bytes(make_rows(kind), ending)
        steps = measure(content)
        print(f"{kind}, {ending}: " + ", ".join(f"{k} {v:.2f} s" for k, v in steps.items()))
        name = f"Own data, {ROWS:,} rows of {kind} ({ending}), checked, counted, protected"
        rows.append(make_absolute_row(name, 1000 * sum(steps.values()), 1000 * GOAL_SECONDS))
    return rows


def main() -> None:
    """Measure and print."""
    for row in bench_own_data():
        print(*row.cells)


if __name__ == "__main__":
    main()
