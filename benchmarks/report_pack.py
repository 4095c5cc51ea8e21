"""Measure a whole report pack: all sections and formats, three wards, the example plan.

python -m benchmarks.report_pack

Each pack is made by the command line in a process of its own, as a schedule would: the seconds
hold everything from its start, the memory is the most that the process ever had.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.table import Row, format_table, make_absolute_row

ROOT = Path(__file__).resolve().parents[1]
MOST_MEMORY = 1536
# Place -> what it is called, most seconds, three wards.
PACKS = {
    "E07000011": ("Huntingdonshire", 30, "E05011266,E05011268,E05011272"),
    "E10000008": ("Devon", 90, "E05011907,E05011908,E05011909"),
}


@dataclass(frozen=True)
class Measured:
    """One pack: seconds from start to end, those of work, the most memory of its process in MB.

    On a busy machine the seconds of work say more than those on the clock.
    """

    seconds: float
    work: float
    memory: float


def measure_pack(area: str, wards: str, sections: str = "all") -> Measured:
    """Make one pack in a new process.

    Args:
        area: code of the council or county.
        wards: their codes, comma-separated.
        sections: as the command line takes them.

    Raises:
        CalledProcessError: the pack was not made whole.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "report.py"), "--council", area, "--formats", "all",
                   "--sections", sections, "--wards", wards, "--plan", "example",
                   "--out", folder]  # fmt: skip
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - start
    # Of all ended children the largest; packs are made from the smallest to the largest.
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(
        seconds, work, after.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    )


def bench_packs() -> list[Row]:
    """Measure every pack beside its goals."""
    rows = []
    for area, (name, most, wards) in PACKS.items():
        found = measure_pack(area, wards)
        rows.append(
            make_absolute_row(f"Report pack, all formats, {name}", found.seconds, most, "s")
        )
        rows.append(Row("  seconds of work in it", "", f"{found.work:,.0f} s"))
        rows.append(make_absolute_row("  its memory", found.memory, MOST_MEMORY, "MB"))
    return rows


def main() -> None:
    """Measure and print."""
    print(format_table(bench_packs()))


if __name__ == "__main__":
    main()
