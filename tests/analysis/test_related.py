"""Indicators made of the same numbers are told apart from those that are not."""

from __future__ import annotations

import pytest
from examples import make_indicator

from analysis.related import explain_overlap, explain_years
from data.catalogue import Catalogue, load_catalogue


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def explain(catalogue: Catalogue, first: str, second: str) -> list[str]:
    both = catalogue.indicators[first], catalogue.indicators[second]
    found = explain_overlap(*both, catalogue)
    assert found == explain_overlap(*both[::-1], catalogue)
    return found


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("imd_score", "imd_score", "same indicator"),
        ("ethnic_minority_percent", "asian_percent", "Both count some of the same"),
        ("owned_percent", "social_rented_percent", "shares of the same whole"),
        ("connectivity_score", "geographical_barriers_score", "turned round"),
        ("imd_score", "health_score", "may be part of the other"),
        ("imd_score", "child_income_deprivation_percent", "Indices of Deprivation 2025"),
        ("digital_exclusion_score", "imd_score", "name the other"),
    ],
)
def test_overlap_is_said(catalogue: Catalogue, first: str, second: str, words: str) -> None:
    assert words in explain(catalogue, first, second)[0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("imd_score", "flats_percent"),
        ("imd_score", "population_count"),
        ("income_deprivation_percent", "fuel_poverty_percent"),
        ("claimant_count_percent", "disabled_percent"),
    ],
)
def test_nothing_is_said_of_separate_figures(catalogue: Catalogue, first: str, second: str) -> None:
    assert explain(catalogue, first, second) == []


def test_measures_of_another_source_are_the_same_measures(catalogue: Catalogue) -> None:
    one = make_indicator(id="a", source="imd2025", numerator=("population_estimates.total",))
    two = make_indicator(id="b", source="population_estimates", numerator=("total",))
    assert "same people or things" in explain_overlap(one, two, catalogue)[0]


def test_years_further_apart_than_three_are_said() -> None:
    assert explain_years("2022", "2025") == ""
    assert "2018" in explain_years("2018", "2025")
    assert "2025" in explain_years("2025", "2018")
