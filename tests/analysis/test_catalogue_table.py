"""The catalogue as tables and sentences: every entry, every word."""

import pytest

from analysis.catalogue_table import (
    AGGREGATION_WORDS,
    INTERVAL_WORDS,
    POLARITY_WORDS,
    describe_entry,
    make_catalogue_table,
    make_source_table,
)
from data.catalogue import AGGREGATIONS, INTERVALS, POLARITIES, load_catalogue


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


def test_every_choice_has_its_words():
    assert set(POLARITY_WORDS) == set(POLARITIES)
    assert set(AGGREGATION_WORDS) == set(AGGREGATIONS)
    assert set(INTERVAL_WORDS) == set(INTERVALS)


def test_the_table_has_a_full_row_for_every_indicator(catalogue):
    table = make_catalogue_table(catalogue)
    assert table["Id"].tolist() == list(catalogue.indicators)
    assert table.notna().all(axis=None)
    assert (table.drop(columns="Unit") != "").all(axis=None)
    unitless = table.loc[table["Unit"] == "", "Id"]
    assert {catalogue.indicators[i].measure for i in unitless} <= {"score", "ratio"}
    districts = table.loc[table["Figures for"] == "districts only", "Id"]
    assert set(districts) == set(catalogue.indicators) - set(catalogue.ward_indicators)


def test_the_sources_can_be_cited(catalogue):
    table = make_source_table(catalogue)
    assert len(table) == len(catalogue.sources)
    assert (table[["Title", "Publisher", "Licence", "Attribution", "Address"]] != "").all(axis=None)
    assert table["Address"].str.startswith("https://").all()


def test_every_entry_is_described_without_a_gap(catalogue):
    for indicator_id in catalogue.indicators:
        pairs = describe_entry(catalogue, indicator_id)
        headings = [heading for heading, _ in pairs]
        assert len(set(headings)) == len(headings)
        assert {"Definition", "Direction", "Source", "Licence", "Id"} <= set(headings)
        assert all(text.strip() for _, text in pairs), indicator_id
        assert "None" not in " ".join(t for h, t in pairs if h != "Interval"), indicator_id


def test_an_entry_says_what_it_is_made_of(catalogue):
    said = dict(describe_entry(catalogue, "population_count"))
    assert said["How areas are made"] == "Counts are added up."
    assert said["Id"] == "`population_count`"
    unranked = next(i for i in catalogue.indicators.values() if not i.ranked)
    assert "not ranked" in dict(describe_entry(catalogue, unranked.id))["Ranking"]
    assert "Ranking" not in dict(describe_entry(catalogue, "imd_score"))
