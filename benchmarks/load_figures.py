"""What a load test comes to: percentiles of its changes, memory of a session, the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.load_visitor import Change
from benchmarks.table import align

GOAL_P95 = 0.2  # seconds, for GOAL_SESSIONS on GOAL_PROCESSES
GOAL_SESSIONS, GOAL_PROCESSES = 50, 2
GOAL_MEGABYTES = 6.0  # for a session


@dataclass(frozen=True)
class Window:
    """What was measured while some sessions were open.

    `faults`: what went wrong, a line each. `server_seconds`, `client_seconds`: processor time of
    the servers and of the visitors together. `seconds`: how long it lasted. `megabytes`:
    memory that is the servers' alone (USS) at its end, all processes together.
    """

    processes: int
    sessions: int
    changes: Sequence[Change]
    faults: Sequence[str]
    server_seconds: float
    client_seconds: float
    seconds: float
    megabytes: float


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th percentile, between neighbours by proportion; NaN of nothing."""
    if not seconds:
        return float("nan"), float("nan")
    p50, p95 = np.percentile(seconds, (50, 95))
    return float(p50), float(p95)


def per_session(windows: Sequence[Window]) -> float:
    """Megabytes of one session more: the slope from the fewest to the most sessions.

    What the servers hold anyway, and caches that are warm by then, do not count.
    """
    few, many = (choose(windows, key=lambda w: w.sessions) for choose in (min, max))
    if few.sessions == many.sessions:
        return float("nan")
    return (many.megabytes - few.megabytes) / (many.sessions - few.sessions)


def _in_ms(seconds: float) -> str:
    return "–" if np.isnan(seconds) else f"{1000 * seconds:,.0f} ms"


def format_windows(windows: Sequence[Window]) -> str:
    """A line for each window: how long changes took, what they cost, what went wrong."""
    head = (
        *("processes", "sessions", "changes", "map p50", "map p95", "whole p50", "whole p95"),
        *("faults", "processor time per change", "clients' share of a core", "memory"),
    )
    lines: list[tuple[str, ...]] = [head]
    for window in windows:
        count = len(window.changes)
        times = [
            *percentiles([change.to_map for change in window.changes]),
            *percentiles([change.whole for change in window.changes]),
        ]
        lines.append((
            str(window.processes), str(window.sessions), f"{count:,}", *map(_in_ms, times),
            str(len(window.faults)), _in_ms(window.server_seconds / count if count else np.nan),
            f"{window.client_seconds / window.seconds:.0%}", f"{window.megabytes:,.0f} MB",
        ))  # fmt: skip
    return align(lines)


def format_goals(windows: Sequence[Window]) -> str:
    """A line for each goal that was measured: what it is, what was found, and whether it is met."""
    found: list[tuple[str, float, float, str]] = []
    for window in windows:
        if (window.processes, window.sessions) == (GOAL_PROCESSES, GOAL_SESSIONS):
            name = f"p95 of a change, {window.sessions} sessions on {window.processes} processes"
            _, p95 = percentiles([change.whole for change in window.changes])
            found.append((name, 1000 * p95, 1000 * GOAL_P95, "ms"))
    for processes in sorted({window.processes for window in windows}):
        megabytes = per_session([w for w in windows if w.processes == processes])
        if not np.isnan(megabytes):
            of_what = "1 process" if processes == 1 else f"{processes} processes"
            found.append((f"memory of a session, {of_what}", megabytes, GOAL_MEGABYTES, "MB"))
    faults = sum(len(window.faults) for window in windows)
    lines = [("", "measured", "goal", ""), ("faults", str(faults), "0", _verdict(faults <= 0))]
    for name, value, goal, unit in found:
        digits = 0 if unit == "ms" else 1
        words = (f"{value:,.{digits}f} {unit}", f"≤ {goal:,.0f} {unit}", _verdict(value <= goal))
        lines.append((name, *words))
    return align(lines)


def _verdict(met: bool) -> str:
    return "met" if met else "MISSED"
