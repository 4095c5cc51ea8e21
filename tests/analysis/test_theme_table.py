"""Wards by themes: percentiles in England, high always more need."""

import numpy as np
import pandas as pd
import pytest
from examples import NAN, make_indicator

from analysis.theme_table import make_finding, make_theme_table

EVERYWHERE = pd.Index([f"w{n}" for n in range(10)])


def one_theme(*figures: float) -> pd.DataFrame:
    return pd.DataFrame({"value": figures}, index=EVERYWHERE[: len(figures)])


@pytest.fixture
def wards():
    names = {"name": ["Low", "Middle", "High"], "population": [100.0, 200, NAN]}
    return pd.DataFrame(names, index=["w0", "w5", "w9"])


@pytest.fixture
def table(wards):
    rising, falling = np.arange(10.0), np.arange(10.0)[::-1]
    columns = {
        "Income": (make_indicator(), one_theme(*rising)),
        "Skills": (make_indicator(polarity="high_is_good"), one_theme(*falling)),
        "Crime": (make_indicator(polarity="no_judgement"), one_theme(*falling)),
    }
    return make_theme_table(wards, columns, EVERYWHERE)


def test_percentiles_are_among_all_wards_and_high_means_need(table):
    assert table.at["w9", "Income"] == 95
    assert table.at["w0", "Income"] == 5
    # Few skills are much need.
    assert table.at["w9", "Skills"] == 95
    assert table.at["w0", "Skills"] == 5
    assert table.at["w9", "Crime"] == 5


def test_the_ward_with_most_need_comes_first(table):
    assert table["Ward"].tolist() == ["High", "Middle", "Low"]
    assert list(table.columns) == ["Ward", "People", "Income", "Skills", "Crime"]
    assert np.isnan(table.at["w9", "People"])


def test_a_ward_without_figure_stays_empty_and_last(wards):
    values = one_theme(*np.arange(10.0))
    values.loc["w9", "value"] = NAN
    table = make_theme_table(wards, {"Income": (make_indicator(), values)}, EVERYWHERE)
    assert np.isnan(table.at["w9", "Income"])
    assert table["Ward"].tolist() == ["Middle", "Low", "High"]
    gone = make_theme_table(wards, {"Income": (make_indicator(), values.drop("w9"))}, EVERYWHERE)
    assert np.isnan(gone.at["w9", "Income"])


def test_the_finding_counts_the_themes_a_ward_leads(table):
    # High leads Income and Skills, Low leads Crime.
    finding = make_finding(table, ["Income", "Skills", "Crime"])
    assert finding == "High has the highest need in 2 of 3 themes"
    assert make_finding(table, ["Income"]) == "High has the highest need in 1 of 1 theme"


def test_one_ward_leads_nothing(table):
    assert "High" not in make_finding(table.head(1), ["Income", "Skills", "Crime"])
    assert "High" not in make_finding(table.assign(Income=NAN), ["Income"])
