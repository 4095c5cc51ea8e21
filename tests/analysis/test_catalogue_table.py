"""The catalogue as tables and sentences: every entry, every word."""

import datetime as dt

import pytest

from analysis.catalogue_table import (
    AGGREGATION_WORDS,
    INTERVAL_WORDS,
    POLARITY_WORDS,
    describe_age,
    describe_entry,
    make_catalogue_table,
    make_source_table,
)
from data.catalogue import load_catalogue
from data.catalogue_entries import AGGREGATIONS, INTERVALS, POLARITIES
from data.periods import read_period

TODAY = dt.date(2026, 11, 25)


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
    table = make_source_table(catalogue, {}, TODAY)
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


def test_the_sources_say_how_old_they_are_and_what_would_replace_them(catalogue):
    newest = {"claimant_count": read_period("2022"), "census21_age": read_period("2021-03-21")}
    table = make_source_table(catalogue, newest, TODAY).set_axis(list(catalogue.sources))
    ages = table[["Newest figure", "Age"]]
    assert ages.loc["claimant_count"].tolist() == ["2022", "3 years 10 months old"]
    assert ages.loc["census21_age"].tolist() == ["21 March 2021", "5 years 8 months old"]
    assert ages.loc["imd2025"].tolist() == ["not held", "–"]
    for source_id, source in catalogue.sources.items():
        assert table.at[source_id, "How to update"] == source.update_words
        assert table.at[source_id, "Next release"] == source.next_release


def test_an_entry_says_its_age_where_it_is_given(catalogue):
    age = describe_age(read_period("2022"), TODAY)
    assert age == "2022; 3 years 10 months old"
    said = dict(describe_entry(catalogue, "claimant_count_percent", age))
    assert said["Newest figure"] == age
    assert said["What would replace it"].startswith("Published every month")
    assert said["What would replace it"].endswith(
        "Next release: every month; the day is at the address."
    )
    assert "Newest figure" not in dict(describe_entry(catalogue, "claimant_count_percent"))
