"""The day is that of England, whatever zone the server's own clock is set to."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from data import clock
from data.manifest import ROOT

ZONES = ("Pacific/Kiritimati", "America/Los_Angeles", "UTC", "Mars/Olympus")


def test_every_zone_of_a_server_gives_the_day_of_england():
    program = "from data import clock; print(clock.today(), clock.now().utcoffset())"
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={"TZ": zone},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for zone in ZONES
    }
    assert len(said) == 1


def test_a_summer_evening_in_utc_is_the_next_day_in_england():
    late = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    assert clock.in_england(late).date() == dt.date(2026, 7, 1)
    assert clock.in_england(late.replace(month=1)).date() == dt.date(2026, 1, 30)
    with pytest.raises(ValueError, match="no time zone"):
        clock.in_england(dt.datetime(2026, 6, 30))


def test_nobody_asks_the_servers_own_clock_for_the_day():
    asked = ("date.today(", "datetime.now()", "datetime.today(", "time.localtime(")
    folders = [ROOT / name for name in ("data", "analysis", "pages", "host")]
    files = [path for folder in folders for path in folder.rglob("*.py")]
    files += list(ROOT.glob("*.py"))
    found = [
        Path(path).relative_to(ROOT)
        for path in files
        if any(words in path.read_text(encoding="utf-8") for words in asked)
    ]
    assert found == []
