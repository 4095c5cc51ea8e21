"""Run the tests: first all that need no browser, in parallel, then those that do, one by one.

    python scripts/run_tests.py [--only unit|browser] [arguments for pytest]

Both parts always run; the last line counts them together.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

REPORTS = Path("build/tests")
PARTS = {
    "unit": ["-m", "not browser", "-n", "2"],
    "browser": ["-m", "browser"],
}


def run_part(name: str, arguments: list[str]) -> tuple[int, Counter[str]]:
    """Run one part; return pytest's exit code and how many tests ended in which way."""
    report = REPORTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    print(f"\n== {name} tests", flush=True)
    command = [sys.executable, "-m", "pytest", *PARTS[name], f"--junitxml={report}", *arguments]
    code = subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode
    counts: Counter[str] = Counter()
    if report.exists():
        for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314
            for way in ("tests", "failures", "errors", "skipped"):
                counts[way] += int(suite.get(way, 0))
    return code, counts


def main() -> None:
    """Run the chosen parts and exit with 0 only if every test of every part passed."""
    parser = argparse.ArgumentParser(description="Run the tests.", prog="run_tests.py")
    parser.add_argument("--only", choices=tuple(PARTS))
    chosen, arguments = parser.parse_known_args()
    REPORTS.mkdir(parents=True, exist_ok=True)
    started, total, failed = time.monotonic(), Counter[str](), False
    for name in [chosen.only] if chosen.only else list(PARTS):
        code, counts = run_part(name, arguments)
        total += counts
        failed = failed or code != 0
    bad = total["failures"] + total["errors"]
    good = total["tests"] - bad - total["skipped"]
    words = f"{good} passed, {bad} failed, {total['skipped']} skipped"
    verdict = "Tests FAILED" if failed else "All tests passed"
    print(f"\n{verdict}: {words} in {time.monotonic() - started:.0f} s", flush=True)
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
