"""Where measurements are kept: dated sections of docs/benchmarks.md, the newest first."""

from __future__ import annotations

import datetime as dt
import os
import platform
from importlib.metadata import version
from pathlib import Path

REPORT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
START = "\n## "


def describe_machine(browser_version: str = "") -> str:
    """Return one line about where this was measured."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            x.split(":", 1)[1]
            for x in info.read_text(encoding="utf-8").splitlines()
            if "model name" in x
        ]
        model = names[0].strip() if names else model
    software = [f"{name} {version(name)}" for name in ("streamlit", "pandas", "plotly")]
    software += [f"Chromium {browser_version}"] if browser_version else []
    python = platform.python_version()
    return f"{model}, {os.cpu_count()} cores, Python {python}, {', '.join(software)}"


def keep_section(target: str, body: str, report: Path = REPORT) -> None:
    """Put what a make target measured on top; what it measured on the same day is replaced.

    Args:
        target: The target of the Makefile, e.g. "bench".
        body: Markdown below the heading: the machine, how it was measured, the table.
        report: The file, which must exist.
    """
    top, *sections = report.read_text(encoding="utf-8").split(START)
    heading = f"{dt.date.today():%-d %B %Y}, make {target}"
    kept = [section for section in sections if section.partition("\n")[0] != heading]
    newest = f"{heading}\n\n{body.strip()}\n"
    report.write_text(START.join([top, newest, *kept]), encoding="utf-8")
