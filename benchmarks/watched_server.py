"""The dashboard's server, which also prints what each run of a script took: one JSON line a run.

Used by `benchmarks.where`. With PROFILE=1 it also names the functions of the dashboard that took
the time; the profiler itself doubles it, so the two are never mixed in one server.
"""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from streamlit.runtime.scriptrunner import script_runner

import server

ROOT = Path(__file__).resolve().parents[1]
MARK = "script run: "
FLOORS = ("pages", "analysis", "data")
STREAMLIT: Any = script_runner
run_script = STREAMLIT.exec_func_with_error_handling


def list_own_functions(profile: cProfile.Profile) -> list[tuple[str, float, float]]:
    """Return name, milliseconds with and without what it called, of the dashboard's functions."""
    found = []
    for (file, _, name), (_, _, own, whole, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        path = Path(file)
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in FLOORS:
            found.append((f"{path.stem}.{name}", 1000 * whole, 1000 * own))
    return sorted(found, key=lambda entry: -entry[1])


def run_watched(code: Callable[[], None], context: Any) -> Any:
    """Run a script as Streamlit does, and print what it took."""
    profile = cProfile.Profile() if os.environ.get("PROFILE") else None
    wall, processor = time.perf_counter(), time.thread_time()
    if profile:
        profile.enable()
    try:
        return run_script(code, context)
    finally:
        if profile:
            profile.disable()
        facts = {
            "page": context.pages_manager.current_page_script_hash,
            "fragment": bool(context.fragment_ids_this_run),
            "wall": 1000 * (time.perf_counter() - wall),
            "processor": 1000 * (time.thread_time() - processor),
            "functions": list_own_functions(profile)[:60] if profile else [],
        }
        print(f"{MARK}{json.dumps(facts)}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    STREAMLIT.exec_func_with_error_handling = run_watched
    server.main()
