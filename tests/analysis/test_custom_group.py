"""Groups of wards recomputed: worked by hand, and against every council's own figures."""

import numpy as np
import pandas as pd
import pytest
from examples import make_indicator

from analysis.custom_group import compute_group_values
from data.catalogue import load_catalogue
from data.intervals import compute_byar_limits, compute_wilson_limits
from data.load import load_areas, load_newest

NAN = np.nan
WARDS = ["E05000001", "E05000002", "E05000003"]


def make_values(**columns: list[object]) -> pd.DataFrame:
    fields: dict[str, object] = {
        "value": [NAN] * 3,
        "lower_ci": [NAN] * 3,
        "upper_ci": [NAN] * 3,
        "numerator": [NAN] * 3,
        "denominator": [NAN] * 3,
        "flag": [""] * 3,
    }
    return pd.DataFrame(fields | columns, index=WARDS)


def make_members(*codes: str, people: float = 1000.0) -> pd.DataFrame:
    return pd.DataFrame({"population": people, "lsoa_count": 2}, index=list(codes))


PERCENT = make_values(
    value=[20.0, 50.0, NAN],
    numerator=[40.0, 50.0, NAN],
    denominator=[200.0, 100.0, 100.0],
    flag=["", "", "suppressed"],
)


def test_a_percentage_is_counted_again_and_not_averaged():
    found = compute_group_values(PERCENT, make_members(*WARDS[:2]), make_indicator())
    assert found.value == pytest.approx(30)  # 90 of 300, where the mean would be 35
    lower, upper = compute_wilson_limits(np.array([90]), np.array([300]))
    assert (found.lower, found.upper) == pytest.approx((100 * lower[0], 100 * upper[0]))
    assert (found.numerator, found.denominator, found.flag) == (90, 300, "")


def test_a_rate_has_byars_interval():
    rate = make_indicator(interval="byar", measure="rate", multiplier=1000)
    found = compute_group_values(PERCENT, make_members(*WARDS[:2]), rate)
    lower, upper = compute_byar_limits(np.array([90]))
    assert found.value == pytest.approx(300)
    assert (found.lower, found.upper) == pytest.approx((lower[0] / 0.3, upper[0] / 0.3))


def test_counts_are_added():
    count = make_indicator(aggregation="sum", interval="none", measure="count", multiplier=1)
    values = make_values(value=[10.0, 5.0, 1.0], numerator=[10.0, 5.0, 1.0], denominator=[50.0] * 3)
    found = compute_group_values(values, make_members(*WARDS), count)
    assert (found.value, found.numerator, found.flag) == (16, 16, "")
    assert np.isnan([found.lower, found.upper, found.denominator]).all()


def test_a_mean_is_weighted_by_the_people_it_speaks_for():
    mean = make_indicator(aggregation="weighted_mean", interval="none", multiplier=100)
    values = make_values(value=[20.0, 50.0, 80.0], denominator=[300.0, 100.0, 100.0])
    found = compute_group_values(values, make_members(*WARDS), mean)
    assert found.value == pytest.approx((6000 + 5000 + 8000) / 500)
    assert "weighted" in found.method
    assert np.isnan([found.lower, found.numerator]).all()


def test_a_withheld_member_is_filled_with_the_middle_and_widens_the_interval():
    found = compute_group_values(PERCENT, make_members(*WARDS), make_indicator(), (0, 9))
    # Two LSOAs of 0 to 9 each: 9 in the middle, 18 at most.
    assert found.numerator == pytest.approx(99)
    assert found.value == pytest.approx(100 * 99 / 400)
    assert found.lower == pytest.approx(100 * compute_wilson_limits([90], [400])[0][0])
    assert found.upper == pytest.approx(100 * compute_wilson_limits([108], [400])[1][0])
    assert (found.flag, found.withheld, found.missing) == ("estimated", (WARDS[2],), ())


def test_a_withheld_member_of_unknown_size_is_left_out_named_and_flagged():
    found = compute_group_values(PERCENT, make_members(*WARDS), make_indicator())
    assert (found.value, found.denominator) == (pytest.approx(30), 300)
    assert (found.flag, found.withheld, found.members) == ("estimated", (WARDS[2],), 3)


def test_members_without_a_figure_are_named():
    values = PERCENT.assign(flag=["", "", "not_available"])
    found = compute_group_values(values, make_members(*WARDS, "E05000009"), make_indicator())
    assert found.missing == (WARDS[2], "E05000009")
    assert found.flag == "estimated"


def test_too_few_members_with_a_figure_is_no_figure():
    members = pd.concat([make_members(WARDS[0]), make_members(WARDS[2], "E05000009")])
    found = compute_group_values(PERCENT, members, make_indicator())
    assert np.isnan(found.value)
    assert found.flag == "not_available"
    only = compute_group_values(PERCENT, make_members(WARDS[2]), make_indicator())
    assert (only.flag, only.withheld) == ("suppressed", (WARDS[2],))


def test_what_members_hide_is_found_in_their_limits():
    # 20 of 200 are known, 18 more at most are withheld: the table holds these limits.
    low = 100 * compute_wilson_limits([20], [200])[0][0]
    high = 100 * compute_wilson_limits([38], [200])[1][0]
    values = make_values(
        value=[14.5, 50.0, NAN],
        lower_ci=[round(low, 2), 40.38, NAN],
        upper_ci=[round(high, 2), 59.62, NAN],
        numerator=[29.0, 50.0, NAN],
        denominator=[200.0, 100.0, NAN],
        flag=["estimated", "", "not_available"],
    )
    found = compute_group_values(values, make_members(*WARDS[:2]), make_indicator())
    assert found.numerator == 79
    assert found.lower == pytest.approx(100 * compute_wilson_limits([70], [300])[0][0], abs=0.02)
    assert found.upper == pytest.approx(100 * compute_wilson_limits([88], [300])[1][0], abs=0.02)
    assert found.flag == "estimated"


def test_few_people_with_a_figure_beside_withheld_ones_are_not_all_withheld():
    members = make_members(*WARDS).assign(population=[1000.0, 100.0, 5000.0])
    found = compute_group_values(PERCENT, members, make_indicator())
    assert (found.flag, np.isnan(found.value)) == ("not_available", True)


@pytest.mark.parametrize(("most", "flag"), [(1.0, ""), (1.1, "estimated")])
def test_what_is_withheld_counts_from_two_per_cent_on(most, flag):
    # 99 are known; two LSOAs of none to one hide two at most, which is 2 % of the middle, 100.
    values = PERCENT.assign(numerator=[49.0, 50.0, NAN])
    found = compute_group_values(values, make_members(*WARDS), make_indicator(), (0, most))
    assert found.flag == flag


@pytest.mark.parametrize(("estimated", "flag"), [(2.0, ""), (3.0, "estimated")])
@pytest.mark.parametrize("aggregation", ["sum", "ratio"])
def test_without_wilsons_limits_an_estimated_share_of_two_per_cent_counts(
    aggregation, estimated, flag
):
    # Of a sum the counts are weighed, of a rate the people; the other column says the opposite.
    weights, others = [98.0, estimated], [estimated, 98.0]
    top, under = (weights, others) if aggregation == "sum" else (others, weights)
    values = make_values(
        value=[1.0, 1.0, NAN],
        lower_ci=[0.5, 0.5, NAN],
        upper_ci=[1.5, 1.5, NAN],
        numerator=[*top, NAN],
        denominator=[*under, NAN],
        flag=["", "estimated", "not_available"],
    )
    indicator = make_indicator(aggregation=aggregation, interval="byar", multiplier=1)
    found = compute_group_values(values, make_members(*WARDS[:2]), indicator)
    assert found.flag == flag
    # Byar's limits are of counts as they are: what is behind them cannot be told.
    lower, upper = compute_byar_limits(np.array([98 + estimated]))
    over = 1 if aggregation == "sum" else 98 + estimated
    assert (found.lower, found.upper) == pytest.approx((lower[0] / over, upper[0] / over))


def test_byars_limits_reach_from_the_least_to_the_most_that_is_withheld():
    rate = make_indicator(interval="byar", measure="rate", multiplier=1000)
    found = compute_group_values(PERCENT, make_members(*WARDS), rate, (0, 9))
    assert found.lower == pytest.approx(1000 * compute_byar_limits(np.array([90]))[0][0] / 400)
    assert found.upper == pytest.approx(1000 * compute_byar_limits(np.array([108]))[1][0] / 400)


@pytest.mark.parametrize(
    ("known", "hidden", "people", "slack"),
    [(200, 18, 20_000, 0.01), (20, 1, 40, 0.02)],  # one of 40 is more than the limits are rounded
)
def test_one_estimated_member_alone_is_as_wide_as_its_own_limits(known, hidden, people, slack):
    low = 100 * compute_wilson_limits([known], [people])[0][0]
    high = 100 * compute_wilson_limits([known + hidden], [people])[1][0]
    middle = known + hidden / 2
    values = make_values(
        value=[100 * middle / people, NAN, NAN],
        lower_ci=[round(low, 2), NAN, NAN],
        upper_ci=[round(high, 2), NAN, NAN],
        numerator=[middle, NAN, NAN],
        denominator=[people, NAN, NAN],
        flag=["estimated", "", ""],
    )
    found = compute_group_values(values, make_members(WARDS[0]), make_indicator())
    assert (found.lower, found.upper) == pytest.approx((low, high), abs=slack)
    assert found.flag == "estimated"


# Insolvencies are published for wards, so that a ward that no LSOA fits has a count of its
# own. Its people are counted in the wards beside it: in a group its count has nothing to be
# divided by and is left out, while the council's own figure can hold it.
OWN_COUNTS = {
    "individual_insolvencies_rate",
    "bankruptcies_rate",
    "individual_voluntary_arrangements_rate",
    "debt_relief_orders_rate",
}
PLACES = {
    "Huntingdonshire": "E07000011",
    "South Hams (a ward without LSOA)": "E07000044",
    "City of London (withheld, most wards without LSOA)": "E09000001",
    "Newcastle upon Tyne (withheld)": "E08000021",
    "Kingston upon Hull": "E06000010",
    "Devon": "E10000008",
    "England": "E92000001",
}


def wards_of(code: str) -> pd.DataFrame:
    areas = load_areas()
    wards = areas[areas["area_type"] == "ward"]
    kind = areas.at[code, "area_type"]
    return wards if kind == "country" else wards[wards[f"{kind}_code"] == code]


@pytest.mark.parametrize("place", PLACES)
def test_the_group_of_all_wards_is_the_place(place):
    code, catalogue = PLACES[place], load_catalogue()
    wards = wards_of(code)
    unfitted = bool((wards["lsoa_count"] == 0).any())
    for indicator_id in catalogue.ward_indicators:
        indicator, source = catalogue.indicators[indicator_id], catalogue.source_of(indicator_id)
        values = load_newest(indicator_id)
        hidden = source.blank_range if source.geography == "lsoa21" else None
        found = compute_group_values(values, wards, indicator, hidden)
        own = values.loc[code]
        if indicator_id in OWN_COUNTS and unfitted:
            assert found.flag == "estimated"
            assert found.numerator <= own["numerator"] + 0.1
            continue
        step = 10.0**-indicator.decimals  # the last place that is shown
        # Counts are stored to the hundredth, the limits to a tenth of the last place shown.
        assert found.value == pytest.approx(own["value"], abs=0.1 * step, nan_ok=True), indicator_id
        assert found.lower == pytest.approx(own["lower_ci"], abs=0.6 * step, nan_ok=True)
        assert found.upper == pytest.approx(own["upper_ci"], abs=0.6 * step, nan_ok=True)
        assert set(found.missing) == set(values.loc[wards.index].query(
            "value.isna() and flag != 'suppressed'").index)  # fmt: skip


def test_every_council_equals_the_group_of_its_wards():
    """A quicker look at all 296 councils, for indicators of each way of making a figure."""
    areas = load_areas()
    chosen = ("imd_score", "child_income_deprivation_percent", "covid_deaths_rate")
    catalogue = load_catalogue()
    for indicator_id in chosen:
        indicator, source = catalogue.indicators[indicator_id], catalogue.source_of(indicator_id)
        hidden = source.blank_range if source.geography == "lsoa21" else None
        values = load_newest(indicator_id)
        for code in areas.index[areas["area_type"] == "district"]:
            found = compute_group_values(values, wards_of(code), indicator, hidden)
            off = abs(found.value - values.at[code, "value"])
            assert off < 0.1 * 10.0**-indicator.decimals, (indicator_id, code)
