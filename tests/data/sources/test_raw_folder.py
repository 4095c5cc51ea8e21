"""Every source against the real raw files, where they are at hand."""

import os
import tomllib
from pathlib import Path

import pytest

from data.catalogue import METADATA, load_whole_catalogue
from data.sources import read_source

ROOT = METADATA.parent.parent
RAW = Path(os.environ.get("WARD_NEEDS_RAW", ROOT.parent / "shared" / "data"))
EVERY = {
    source: bool(values.get("optional"))
    for path in (METADATA / "sources").glob("*.toml")
    for source, values in tomllib.loads(path.read_text(encoding="utf-8")).items()
}
# Optional sources are fetched on request; tests/data/sources/test_live_readers.py reads them.
SOURCES = sorted(source for source, optional in EVERY.items() if not optional)
pytestmark = pytest.mark.skipif(not RAW.is_dir(), reason=f"no raw data in {RAW}")


def used_measures(source_id: str) -> set[str]:
    """The measures of a source that any indicator names."""
    used = set()
    for indicator in load_whole_catalogue().indicators.values():
        own = source_id in (indicator.source, *indicator.earlier_sources)
        for name in (*indicator.numerator, *indicator.denominator, indicator.weight):
            other, _, measure = name.rpartition(".")
            if measure and (other == source_id or (own and not other)):
                used.add(measure)
    return used


@pytest.mark.parametrize("source_id", SOURCES)
def test_source_is_readable_and_holds_the_measures_indicators_name(source_id):
    source = load_whole_catalogue().sources[source_id]
    table = read_source(source_id, RAW)
    assert not table.empty
    assert used_measures(source_id) - set(table.columns) == set()
    for file in source.files:
        assert (RAW / file).exists(), file


@pytest.mark.parametrize("source_id", sorted(EVERY))
def test_every_source_is_used(source_id):
    assert used_measures(source_id), f"no indicator names {source_id}"


def test_england_totals():
    assert read_source("census21_age", RAW)["total"].sum() == 56_490_091
    fuel = read_source("fuel_poverty", RAW).groupby("period").sum(numeric_only=True).loc["2022"]
    assert 100 * fuel["fuel_poor_households"] / fuel["households"] == pytest.approx(13.1, abs=0.05)
    people = read_source("census21_disability", RAW)[["disabled", "people"]].sum()
    assert 100 * people["disabled"] / people["people"] == pytest.approx(17.3, abs=0.05)
