"""The newest figures of an indicator: the same as its newest period, with less around them."""

import pandas as pd
import pytest

from data.errors import TableError
from data.load import (
    NEWEST_COLUMNS,
    load_areas,
    load_newest,
    load_period,
    load_periods,
    load_values,
)


@pytest.mark.parametrize(
    "indicator", ["imd_score", "claimant_count_percent", "fuel_poverty_percent", "smoking_percent"]
)
def test_newest_is_the_last_period_as_every_other_view_shows_it(indicator):
    newest, last = load_newest(indicator), load_periods(indicator)[-1]
    values = load_values(indicator)
    columns = list(NEWEST_COLUMNS)
    assert list(newest.columns) == columns
    rows = values[values["period"] == last].set_index("area_code")[columns]
    expected = rows.set_axis(rows.index.astype(object)).astype(object)
    pd.testing.assert_frame_equal(newest.astype(object), expected, check_index_type=False)
    assert load_period(indicator, last) is newest


def test_ward_indicators_hold_every_area_in_one_order():
    assert load_newest("imd_score").index.equals(load_areas().index)


def test_an_unknown_indicator_is_named():
    with pytest.raises(TableError, match="no_such_thing"):
        load_newest("no_such_thing")
