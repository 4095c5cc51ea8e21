"""Breaks of series: the shipped file fits the tables, a bad one says what is wrong."""

import pytest

from data.breaks import KINDS, load_breaks, read_breaks
from data.errors import CatalogueError
from data.load import load_periods
from data.periods import read_period

ENTRY = """
[[break]]
indicators = ["{indicator}"]
first_period = "{period}"
kind = "{kind}"
reason = "It changed."
"""


def test_every_shipped_break_lies_inside_its_series():
    breaks = load_breaks()
    assert len(breaks) > 5
    for one in breaks:
        starts = [read_period(p).start for p in load_periods(one.indicator_id)]
        assert starts[0] < read_period(one.first_period).start <= starts[-1]
        assert one.kind in KINDS
        assert one.reason.endswith(".")


def write(tmp_path, indicator="fuel_poverty_percent", period="2021", kind="boundary", more=""):
    path = tmp_path / "breaks.toml"
    text = ENTRY.format(indicator=indicator, period=period, kind=kind) + more
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_is_read(tmp_path):
    (one,) = read_breaks(write(tmp_path))
    assert (one.indicator_id, one.first_period, one.kind) == (
        "fuel_poverty_percent",
        "2021",
        "boundary",
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"indicator": "fuel"}, "break 1: not in the catalogue: fuel"),
        ({"kind": "weather"}, "break 1: kind 'weather'; allowed: definition"),
        ({"period": "then"}, "break 1: period 'then'"),
        ({"more": 'colour = "red"'}, "break 1 has colour"),
        ({"more": "="}, "not valid TOML"),
    ],
)
def test_a_bad_file_says_what_is_wrong(tmp_path, changes, words):
    with pytest.raises(CatalogueError, match=words):
        read_breaks(write(tmp_path, **changes))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CatalogueError, match=r"none\.toml: the file is missing"):
        read_breaks(tmp_path / "none.toml")
