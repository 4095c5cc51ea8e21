"""Totals of the pandemic by fifths: what is added up, and the sentence made of it."""

import numpy as np
import pandas as pd
import pytest
from examples import NAN, make_indicator

from analysis.burden import cut_fifths, describe_burden, make_cross_table, pool_rates

FIFTHS = range(1, 6)


def test_the_sentence_carries_each_figure_in_its_place():
    by_need, by_age = (
        pd.DataFrame({"Deaths": figures, "Cases": 0.0}, index=FIFTHS)
        for figures in ([1412.4, 2, 3, 4, 55.6], [66.0, 7, 8, 9, 10])
    )
    assert describe_burden(by_need, by_age, "Deaths", "per 100,000 people").startswith(
        "Deaths per 100,000 people in England: 1,412 in the most deprived fifth of wards and 56 in "
        "the least deprived; 66 in the fifth with most people aged 65 and over and 10 in the fifth "
        "with fewest."
    )


def test_a_ward_counts_only_where_both_parts_are_known():
    wards = list("abcd")
    top, under = pd.Series([1.0, NAN, 4, 5], wards), pd.Series([10.0, 10, NAN, 10], wards)
    fifth = pd.Series([1, 1, 1, 5], wards)
    assert pool_rates(top, under, [fifth], 100).to_dict() == {1: 10, 5: 50}
    values = pd.DataFrame({"numerator": top, "denominator": under})
    indicator = make_indicator(multiplier=100, decimals=1)
    cross = make_cross_table(indicator, values, pd.Series([2, 2, 2, 4], wards), fifth)
    assert (cross.index.tolist(), cross.columns.tolist()) == ([*FIFTHS], [1, 5])
    assert cross.loc[2].tolist() == pytest.approx([10, NAN], nan_ok=True)
    assert cross.loc[4].tolist() == pytest.approx([NAN, 50], nan_ok=True)


def test_wards_with_the_same_score_are_shared_out_among_the_fifths():
    score = pd.Series([4.0] * 6 + [9.0, 1.0, 4.0, 4.0, NAN], index=list("abcdefghijk"))
    fifth = cut_fifths(score)
    assert fifth.value_counts().to_dict() == dict.fromkeys(range(1, 6), 2)
    assert (fifth["g"], fifth["h"]) == (1, 5)
    assert np.isnan(fifth["k"])
