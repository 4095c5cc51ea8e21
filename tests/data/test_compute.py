"""Indicators of a tiny England, every figure worked out by hand."""

import numpy as np
import pandas as pd
import pytest
import tiny_world as tiny
from scipy import sparse

from data import compute
from data.aggregation import Figures
from data.compute import (
    VALUE_COLUMNS,
    compute_limits,
    compute_small_area_indicator,
    each_period,
    make_table,
)
from data.errors import CatalogueError, SourceError
from data.geography import read_geography

NAN = np.nan
SCORES = {"aggregation": "weighted_mean", "numerator": ("score",), "weight": "all"}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tiny.write_world(tmp_path_factory.mktemp("raw"))
    return folder, read_geography(folder)


@pytest.fixture
def run(world, monkeypatch):
    """Compute an indicator from tidy tables given by source id."""

    def computed(tables, indicator, sources=None, **bench_parts):
        folder, geography = world
        monkeypatch.setattr(compute, "read_source", lambda source_id, _: tables[source_id])
        sources = sources or [tiny.make_source(source_id) for source_id in tables]
        bench = tiny.make_bench(folder, sources, indicator, geography)
        for name, value in bench_parts.items():
            setattr(bench, name, value)
        values, small = compute_small_area_indicator(bench, indicator)
        return values.set_index("area_code"), small

    return computed


def lsoa_table(**measures: list[float]) -> pd.DataFrame:
    return tiny.native_table(tiny.LSOAS, **measures)


def column(values: pd.DataFrame, name: str, *codes: str) -> list[float]:
    return values.loc[list(codes), name].tolist()


WARDS = (tiny.NORTH, tiny.SOUTH, tiny.MILL, tiny.EMPTY, tiny.QUAY)
ABOVE = (tiny.ALDHAM, tiny.BARTON, tiny.COTON, tiny.ASHIRE, tiny.EAST, tiny.ENGLAND)


def test_a_ratio_adds_then_divides_at_every_level(run):
    table = lsoa_table(some=[10, 60, 20, 8, 500], all=[100, 300, 200, 400, 1000])
    values, small = run({"counts": table}, tiny.make_indicator(interval="wilson"))
    assert tuple(values.columns) == VALUE_COLUMNS[:1] + VALUE_COLUMNS[2:]
    found = column(values, "value", *WARDS)
    assert np.array_equal(found, [17.5, 10, 2, NAN, 50], equal_nan=True)
    assert column(values, "value", *ABOVE) == [15, 2, 50, 9.8, 29.9, 29.9]
    assert column(values, "numerator", *ABOVE) == [90, 8, 500, 98, 598, 598]
    assert column(values, "denominator", *ABOVE) == [600, 400, 1000, 1000, 2000, 2000]
    # Wilson by hand: (0.175 + z²/800 ± z √(0.175 × 0.825 / 400 + z²/640000)) / (1 + z²/400).
    assert column(values, "lower_ci", tiny.NORTH) == [14.09]
    assert column(values, "upper_ci", tiny.NORTH) == [21.53]
    assert column(values, "flag", *WARDS) == ["", "", "", "not_available", ""]
    assert small.amount.tolist() == [10, 60, 20, 8, 500]
    assert small.denominator.tolist() == [100, 300, 200, 400, 1000]
    assert (small.source.id, small.period) == ("counts", "2021")


def test_each_figure_says_how_it_came_to_its_area(run):
    table = lsoa_table(some=[1] * 5, all=[2] * 5)
    values, _ = run({"counts": table}, tiny.make_indicator())
    assert column(values, "fit", *WARDS) == ["best_fit"] * 5
    assert column(values, "fit_quality", *WARDS) == [0.85, 0.77, 1, 0, 1]
    assert column(values, "fit", *ABOVE) == ["aggregated"] * 6
    assert column(values, "fit_quality", *ABOVE) == [1] * 6
    source = tiny.make_source("counts", modelled=True)
    values, _ = run({"counts": table}, tiny.make_indicator(), [source])
    assert set(values["fit"]) == {"modelled"}


def test_a_score_is_the_mean_of_its_people(run):
    table = lsoa_table(score=[1, 2, 3, 4, 5], all=tiny.PEOPLE)
    indicator = tiny.make_indicator(decimals=2, multiplier=1, denominator=(), **SCORES)
    values, small = run({"counts": table}, indicator)
    assert np.array_equal(column(values, "value", *WARDS), [1.75, 3, 4, NAN, 5], equal_nan=True)
    assert column(values, "value", *ABOVE) == [2.1667, 4, 5, 2.9, 3.95, 3.95]
    assert values["numerator"].isna().all()
    assert small.amount.tolist() == [1, 2, 3, 4, 5]
    assert small.denominator is None
    assert (small.source.id, small.period) == ("counts", "2021")
    _, small = run({"counts": table}, tiny.make_indicator(multiplier=10, denominator=(), **SCORES))
    assert small.amount.tolist() == [10, 20, 30, 40, 50]


def test_a_weighted_share_counts_people(run):
    table = lsoa_table(score=[1, 0, 1, 0, 0], all=tiny.PEOPLE)
    changes = SCORES | {"aggregation": "weighted_share"}
    changes["interval"] = "wilson"
    values, _ = run({"counts": table}, tiny.make_indicator(denominator=(), **changes))
    assert column(values, "value", tiny.NORTH, tiny.ALDHAM, tiny.ENGLAND) == [25, 50, 15]
    assert column(values, "numerator", tiny.NORTH, tiny.ALDHAM, tiny.ENGLAND) == [100, 300, 300]
    assert column(values, "flag", *WARDS) == ["", "", "", "not_available", ""]
    # Wilson by hand, 100 of 400.
    assert column(values, "lower_ci", tiny.NORTH) == [21.01]
    assert column(values, "upper_ci", tiny.NORTH) == [29.47]


SUM = {"aggregation": "sum", "denominator": (), "multiplier": 1, "measure": "count", "decimals": 0}


def test_a_sum_adds_several_measures(run):
    table = lsoa_table(some=[1, 2, 3, 4, 5], more=[10, 20, 30, 40, 50])
    values, small = run({"counts": table}, tiny.make_indicator(numerator=("some", "more"), **SUM))
    assert np.array_equal(column(values, "value", *WARDS), [33, 33, 44, NAN, 55], equal_nan=True)
    assert column(values, "value", *ABOVE) == [66, 44, 55, 110, 165, 165]
    assert small.amount.tolist() == [11, 22, 33, 44, 55]
    assert small.source.id == "counts"


def test_withheld_parts_of_several_measures_add_up(run):
    source = tiny.make_source("counts", blank="suppressed", blank_range=(0, 4))
    table = lsoa_table(some=[NAN, 60, 20, 40, 500], more=[10, NAN, 20, 40, 500])
    indicator = tiny.make_indicator(numerator=("some", "more"), interval="byar", **SUM)
    values, small = run({"counts": table}, indicator, [source])
    # Each LSOA of North has a blank: nothing of North can be told. Aldham has South's 40 too:
    # 10 + 60 + 40 for certain, two blanks of 0 to 4 each, taken as 2.
    assert column(values, "flag", tiny.NORTH, tiny.ALDHAM) == ["suppressed", "estimated"]
    assert column(values, "value", tiny.ALDHAM) == [114]
    # Byar by hand: 110 (1 - 1/990 - 1.96/(3 √110))³, and 119 (1 - 1/1071 + 1.96/(3 √119))³.
    assert column(values, "lower_ci", tiny.ALDHAM) == [90.4]
    assert column(values, "upper_ci", tiny.ALDHAM) == [141.3]
    # A count of which a part is withheld is withheld.
    assert np.array_equal(small.amount, [NAN, NAN, 40, 80, 1000], equal_nan=True)


def test_a_figure_that_is_missing_has_no_limits():
    value, ten, flag = np.array([NAN, 10.0]), np.array([10.0, 10.0]), np.array(["", ""])
    figures = Figures(value, ten, ten * 10, ten, ten, flag)
    for kind in ("wilson", "byar"):
        lower, upper = compute_limits(figures, tiny.make_indicator(interval=kind))
        assert np.isnan(lower).tolist() == np.isnan(upper).tolist() == [True, False]


def test_counts_are_kept_to_the_hundredth():
    third = np.array([1 / 3])
    figures = Figures(third, third, 2 * third, third, third, np.array([""]))
    table = make_table(tiny.make_indicator(), pd.Index([tiny.QUAY]), "2021", figures)
    assert table[["value", "numerator", "denominator"]].iloc[0].tolist() == [0.333, 0.33, 0.67]


def test_a_withheld_part_is_filled_marked_and_never_zero(run):
    source = tiny.make_source("counts", blank="suppressed", blank_range=(0, 4))
    table = lsoa_table(some=[NAN, 60, NAN, 40, 500])
    values, small = run({"counts": table}, tiny.make_indicator(interval="byar", **SUM), [source])
    found = column(values, "value", *WARDS)
    assert np.array_equal(found, [62, NAN, 40, NAN, 500], equal_nan=True)
    flags = ["estimated", "suppressed", "", "not_available", ""]
    assert column(values, "flag", *WARDS) == flags
    assert column(values, "value", tiny.ALDHAM, tiny.ENGLAND) == [64, 604]
    assert column(values, "flag", tiny.ALDHAM, tiny.ENGLAND) == ["estimated", ""]
    # The limits are those of the least and of the most that can be there: 60 and 64.
    assert column(values, "lower_ci", tiny.NORTH) == [45.8]
    assert column(values, "upper_ci", tiny.NORTH) == [81.7]
    assert np.array_equal(small.amount, [NAN, 60, NAN, 40, 500], equal_nan=True)


def test_a_missing_part_makes_a_count_missing_up_to_england(run):
    table = lsoa_table(some=[NAN, 60, 20, 40, 500])
    values, _ = run({"counts": table}, tiny.make_indicator(**SUM))
    assert values.index[values["value"].notna()].tolist() == [
        tiny.SOUTH,
        tiny.MILL,
        tiny.QUAY,
        tiny.COTON,
        tiny.BARTON,
    ]
    assert set(values.loc[values["value"].isna(), "flag"]) == {"not_available"}
    assert values.loc[values["value"].isna(), "numerator"].isna().all()
    # Nor is it filled with a range that is not for blanks of this source.
    source = tiny.make_source("counts", blank="not_available", blank_range=(0, 4))
    values, _ = run({"counts": table}, tiny.make_indicator(**SUM), [source])
    assert column(values, "flag", tiny.NORTH, tiny.ENGLAND) == ["not_available"] * 2


def test_a_ratio_leaves_a_missing_part_out_of_both(run):
    table = lsoa_table(some=[NAN, 60, NAN, 40, 500], all=[100, 300, 200, 400, 1000])
    values, _ = run({"counts": table}, tiny.make_indicator())
    assert np.array_equal(column(values, "value", *WARDS), [20, NAN, 10, NAN, 50], equal_nan=True)
    assert column(values, "flag", *WARDS[:2]) == ["estimated", "not_available"]
    # South knows nothing: neither its count nor its denominator is zero.
    assert np.isnan(column(values, "numerator", tiny.SOUTH)).all()
    assert np.isnan(column(values, "denominator", tiny.SOUTH)).all()


def test_a_row_the_source_lacks_is_missing(run):
    table = lsoa_table(some=[1, 2, 3, 4, 5]).iloc[1:]
    values, small = run({"counts": table}, tiny.make_indicator(**SUM))
    assert column(values, "flag", tiny.NORTH, tiny.SOUTH) == ["not_available", ""]
    assert np.isnan(small.amount[0])


def test_msoa_counts_are_shared_out_by_people(run):
    table = tiny.native_table(tiny.MSOAS, some=[30, 70, 100], all=[300, 700, 1000])
    source = tiny.make_source("counts", "msoa21")
    values, small = run({"counts": table}, tiny.make_indicator(**SUM), [source])
    found = column(values, "value", *WARDS)
    assert np.array_equal(found, [40, 20, 40, NAN, 100], equal_nan=True)
    assert column(values, "value", *ABOVE) == [60, 40, 100, 100, 200, 200]
    assert column(values, "fit", *WARDS) == ["apportioned"] * 5
    assert small is None


def test_lsoa_2011_counts_are_split_and_merged(run):
    table = tiny.native_table(tiny.LSOAS_2011, some=[10, 50, 3, 4, 5])
    source = tiny.make_source("counts", "lsoa11")
    values, small = run({"counts": table}, tiny.make_indicator(**SUM), [source])
    assert np.array_equal(column(values, "value", *WARDS), [40, 20, 7, NAN, 5], equal_nan=True)
    assert small.amount.tolist() == [10, 30, 20, 7, 5]


def test_a_denominator_of_another_source_is_the_nearest_in_time(run):
    old, new = (
        tiny.native_table(tiny.LSOAS, period, everyone=[100.0 * n] * 5)
        for period, n in (("2011", 1), ("2020", 2))
    )
    later, early = (
        tiny.native_table(tiny.LSOAS, period, some=[10] * 5) for period in ("2019", "2012")
    )
    tables = {"counts": pd.concat([later, early]), "people": pd.concat([old, new])}
    values, _ = run(tables, tiny.make_indicator(denominator=("people.everyone",)))
    found = values.loc[tiny.MILL].set_index("period")
    assert found["value"].to_dict() == {"2012": 10, "2019": 5}
    assert found["period_start"]["2012"] == pd.Timestamp("2012-01-01")
    assert found["period_end"]["2012"] == pd.Timestamp("2012-12-31")


def test_earlier_sources_and_bounds_choose_the_periods(run, world):
    tables = {
        "counts": tiny.native_table(tiny.LSOAS, "2021", some=[2] * 5),
        "before": pd.concat(
            [tiny.native_table(tiny.LSOAS_2011, p, some=[1] * 5) for p in ("2010", "2012")]
        ),
    }
    sources = [tiny.make_source("counts"), tiny.make_source("before", "lsoa11")]
    indicator = tiny.make_indicator(earlier_sources=("before",), first_period="2011", **SUM)
    values, small = run(tables, indicator, sources)
    assert values.loc[tiny.MILL, "period"].tolist() == ["2012", "2021"]
    assert values.loc[tiny.MILL, "value"].tolist() == [2, 2]  # two LSOAs merged, then one of two
    assert small.period == "2021"
    bench = tiny.make_bench(world[0], sources, indicator, world[1])
    last = tiny.make_indicator(earlier_sources=("before",), last_period="2010", **SUM)
    assert [period for _, period in each_period(bench, last)] == ["2010"]
    whole = tiny.make_indicator(earlier_sources=("before",), first_period="2012", **SUM)
    assert [period for _, period in each_period(bench, whole)] == ["2012", "2021"]


def test_wards_of_2021_go_straight_to_wards_of_today(run, world):
    old = pd.Index([tiny.QUAY, "E05900001"])
    # Quay lives on; the old ward was cut into North (3 in 4) and South.
    shares = np.zeros((11, 2))
    for row, share in ((0, 0.75), (1, 0.25), (4, 0)):
        shares[row, 1] = share
    shares[4, 0] = 1
    codes = world[1].areas["area_code"].tolist()
    for code, both in ((tiny.ALDHAM, (0, 1)), (tiny.COTON, (1, 0)), (tiny.ENGLAND, (1, 1))):
        shares[codes.index(code)] = both
    wards21 = (old, sparse.csr_matrix(shares), np.array([c == tiny.QUAY for c in codes]))
    tables = {
        "counts": tiny.native_table(list(old), some=[50, 8]),
        "people": lsoa_table(everyone=tiny.PEOPLE),
    }
    sources = [tiny.make_source("counts", "ward21"), tiny.make_source("people")]
    indicator = tiny.make_indicator(denominator=("people.everyone",), decimals=2)
    values, small = run(tables, indicator, sources, _wards={"ward21": wards21})
    assert column(values, "value", tiny.NORTH, tiny.SOUTH, tiny.QUAY) == [1.5, 1, 5]
    assert column(values, "value", tiny.ALDHAM, tiny.ENGLAND) == [1.3333, 2.9]
    assert column(values, "flag", tiny.MILL, tiny.EMPTY) == ["not_available"] * 2
    assert column(values, "fit", tiny.NORTH, tiny.QUAY) == ["apportioned", "native"]
    assert column(values, "fit_quality", tiny.NORTH, tiny.QUAY) == [0.85, 1]
    assert small is None


def test_a_ward_that_the_year_does_not_know_is_named(run):
    known = (pd.Index([tiny.QUAY]), sparse.csr_matrix((11, 1)), np.zeros(11, dtype=bool))
    tables = {"counts": tiny.native_table([tiny.QUAY, "E05999999"], some=[50, 8])}
    indicator = tiny.make_indicator(**SUM)
    with pytest.raises(SourceError, match=r"'E05999999': not a ward of boundaries/ward_2022"):
        run(tables, indicator, [tiny.make_source("counts", "ward22")], _wards={"ward22": known})


def test_an_unchanged_ward_fits_wholly_however_its_lsoas_lie(run):
    codes = pd.Index([tiny.NORTH, tiny.SOUTH])
    shares = np.zeros((11, 2))
    shares[0, 0] = shares[1, 1] = 1
    wards = (codes, sparse.csr_matrix(shares), np.arange(11) == 0)
    table = tiny.native_table(list(codes), some=[50, 8])
    source = tiny.make_source("counts", "ward22")
    values, _ = run(
        {"counts": table}, tiny.make_indicator(**SUM), [source], _wards={"ward22": wards}
    )
    assert column(values, "value", *codes) == [50, 8]
    assert column(values, "fit", *codes) == ["native", "apportioned"]
    assert column(values, "fit_quality", *codes) == [1, 0.77]


def test_the_periods_held_are_the_first_and_the_one_that_ends_last(world, monkeypatch):
    periods = ["2021", "2020", "2021-06"]
    table = pd.concat(
        [tiny.native_table(tiny.LSOAS, some=[1] * 5).assign(period=p) for p in periods]
    )
    monkeypatch.setattr(compute, "read_source", lambda *_: table)
    folder, geography = world
    bench = tiny.make_bench(folder, [tiny.make_source("counts")], tiny.make_indicator(), geography)
    assert bench.periods_held() == {}
    bench.tables("counts")
    assert bench.periods_held() == {"counts": {"first_period": "2020", "last_period": "2021"}}


def test_a_rate_has_limits_in_its_own_unit(run):
    table = lsoa_table(some=[4, 1, 2, 0, 50], all=[100, 400, 200, 400, 1000])
    indicator = tiny.make_indicator(measure="rate", multiplier=1000, interval="byar")
    values, _ = run({"counts": table}, indicator)
    # Five events in 500 people: the exact limits of five, 1.6235 and 11.6683, times two.
    assert column(values, "value", tiny.NORTH) == [10]
    assert column(values, "lower_ci", tiny.NORTH) == [3.25]
    assert column(values, "upper_ci", tiny.NORTH) == [23.34]
    assert column(values, "value", tiny.MILL) == [0]
    assert column(values, "lower_ci", tiny.MILL) == [0]
    assert column(values, "upper_ci", tiny.MILL) == [9.22]  # 3.689 events in 400 people
    assert np.isnan(column(values, "upper_ci", tiny.EMPTY)).all()


def test_a_measure_the_source_lacks_is_named(run):
    indicator = tiny.make_indicator(numerator=("nothing",))
    with pytest.raises(CatalogueError, match=r"source counts has no measure 'nothing'; .* some"):
        run({"counts": lsoa_table(some=[1] * 5, all=[2] * 5)}, indicator)
