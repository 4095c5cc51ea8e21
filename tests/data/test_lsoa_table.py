"""All LSOA figures at once are the same figures, without those that know no spread."""

from __future__ import annotations

import numpy as np
import pytest

from data import lsoa_table
from data.catalogue import load_catalogue
from data.errors import TableError
from data.load import load_lsoa_values
from data.lsoa_table import load_lsoa_table, spread_indicators


@pytest.mark.parametrize(
    "indicator_id",
    ["imd_score", "fuel_poverty_percent", "flats_percent", "child_income_deprivation_percent"],
)
def test_the_figures_are_those_of_the_single_reader(indicator_id):
    table = load_lsoa_table()
    one = load_lsoa_values(indicator_id)["value"].reindex(table.index)
    np.testing.assert_array_equal(table[indicator_id].to_numpy(), one.to_numpy())


def test_counts_and_yes_or_no_figures_have_no_spread():
    chosen = set(spread_indicators())
    catalogue = load_catalogue()
    left = {i for i in catalogue.ward_indicators if catalogue.has_lsoa_values(i)} - chosen
    assert left == {
        "population_count",
        "population_estimate_count",
        "rural_population_percent",
        "most_deprived_tenth_percent",
        "most_deprived_fifth_percent",
    }
    assert len(chosen) == 96
    assert all(catalogue.has_lsoa_values(i) for i in chosen)


def test_a_missing_table_is_said(monkeypatch, tmp_path):
    load_lsoa_table.cache_clear()
    monkeypatch.setattr(lsoa_table, "TABLES", tmp_path)
    with pytest.raises(TableError, match=r"lsoa_values\.parquet: the table is missing"):
        load_lsoa_table()
    load_lsoa_table.cache_clear()
