"""Run the tests: first all that need no browser, in parallel, then those that do, one by one.

    python scripts/run_tests.py [--only unit|browser] [arguments for pytest]
    python scripts/run_tests.py --coverage [arguments for pytest]

Both parts always run; the last line counts them together. With `--coverage` the part without a
browser runs alone and the last line says how many branches of data and analysis it took; under
`LEAST_BRANCHES` that is a failure, and so is a process whose branches could not be read.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

REPORTS = Path("build/tests")
PARTS = {
    # Neighbours stay with one worker, so that what a module sets up is mostly set up once.
    "unit": ["-m", "not browser", "-n", "2", "--dist", "worksteal"],
    "browser": ["-m", "browser"],
}

COVERAGE = Path("build/coverage")
LEAST_BRANCHES = 95.0
NO_TESTS = 5  # pytest's code where no test was chosen: with `-k` that may be so in one part
PATIENCE = 60  # seconds for processes that outlive the tests, such as the reader of own files


def run_part(
    name: str, arguments: list[str], *, coverage: bool = False
) -> tuple[int, Counter[str]]:
    """Run one part; return pytest's exit code and how many tests ended in which way."""
    report = REPORTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    print(f"\n== {name} tests", flush=True)
    runner = ["-m", "coverage", "run", "-m", "pytest"] if coverage else ["-m", "pytest"]
    command = [sys.executable, *runner, *PARTS[name], f"--junitxml={report}", *arguments]
    if coverage:
        code = run_to_the_end(command)
    else:
        code = subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode
    counts: Counter[str] = Counter()
    if report.exists():
        for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314
            for way in ("tests", "failures", "errors", "skipped"):
                counts[way] += int(suite.get(way, 0))
    return code, counts


def run_to_the_end(command: list[str]) -> int:
    """Run a command and wait for the processes it leaves behind; return its exit code.

    What they ran they write when they end: read before that, it would be lost.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=0) as process:
        try:
            code = process.wait()
        except KeyboardInterrupt:  # a group of its own does not hear that this one is ended
            os.killpg(process.pid, signal.SIGINT)
            process.wait()
            raise
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.1)
    return code


def measure_branches() -> bool:
    """Put together what every process ran, print it by file, and judge the branches.

    Branches alone, not mixed with lines as in the column of `coverage report`: lines are easier
    to reach, and would hide the branches that are not.

    Returns:
        whether enough branches were taken, and what every process ran could be read.
    """
    facts = COVERAGE / "facts.json"
    tool = [sys.executable, "-m", "coverage"]
    for step in (["combine", "-q"], ["report"], ["json", "-q", "-o", str(facts)]):
        subprocess.run([*tool, *step], stdin=subprocess.DEVNULL, check=True)
    totals = json.loads(facts.read_text(encoding="utf-8"))["totals"]
    taken, there = totals["covered_branches"], totals["num_branches"]
    lines, of_lines = totals["covered_lines"], totals["num_statements"]
    percent = 100 * taken / there
    print(
        f"\nBranches of data and analysis: {percent:.1f} % ({taken:,} of {there:,}; "
        f"at least {LEAST_BRANCHES:g} % is asked for); "
        f"lines: {100 * lines / of_lines:.1f} % of {of_lines:,}",
        flush=True,
    )
    # Files that could be read are gone now. A process that was killed while it wrote leaves half.
    lost = sorted(path.name for path in COVERAGE.glob("data.*"))
    if lost:
        print(f"What these processes ran could not be read and is missing: {', '.join(lost)}")
    return percent >= LEAST_BRANCHES and not lost


def main() -> None:
    """Run the chosen parts and exit with 0 only if every test of every part passed."""
    parser = argparse.ArgumentParser(description="Run the tests.", prog="run_tests.py")
    parser.add_argument("--only", choices=tuple(PARTS))
    parser.add_argument("--coverage", action="store_true")
    chosen, arguments = parser.parse_known_args()
    REPORTS.mkdir(parents=True, exist_ok=True)
    only = "unit" if chosen.coverage else chosen.only
    if chosen.coverage:
        shutil.rmtree(COVERAGE, ignore_errors=True)
        COVERAGE.mkdir(parents=True)
    started, total, failed = time.monotonic(), Counter[str](), False
    for name in [only] if only else list(PARTS):
        code, counts = run_part(name, arguments, coverage=chosen.coverage)
        total += counts
        failed = failed or code not in (0, NO_TESTS)
    failed = failed or total["tests"] == 0
    bad = total["failures"] + total["errors"]
    good = total["tests"] - bad - total["skipped"]
    words = f"{good} passed, {bad} failed, {total['skipped']} skipped"
    verdict = "Tests FAILED" if failed else "All tests passed"
    print(f"\n{verdict}: {words} in {time.monotonic() - started:.0f} s", flush=True)
    if chosen.coverage:
        failed = not measure_branches() or failed
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
