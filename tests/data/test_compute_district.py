"""District series: carried to today's districts, added up only where that is right."""

import numpy as np
import pandas as pd
import pytest
import tiny_world as tiny

from data import compute
from data.compute_district import carry_forward, compute_district_indicator, read_predecessors
from data.geography import read_geography

NAN = np.nan
MERGED, RECODED, SAME, NEW = "E06000090", "E07000091", "E07000092", "E07000093"
TODAY = pd.Index([MERGED, RECODED, SAME, NEW])
PREDECESSORS = {
    MERGED: [frozenset({"E07000001", "E07000002"}), frozenset({"E07000003", "E07000004"})],
    RECODED: [frozenset({"E07000005"})],
}


def raw(**rows: list[float]) -> pd.DataFrame:
    columns = ["count", "rate"][: len(next(iter(rows.values())))]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype="float64")


def carried(table: pd.DataFrame, *, additive: bool) -> dict[str, list[float]]:
    found = carry_forward(table, TODAY, PREDECESSORS, additive=additive)
    return {code: row.tolist() for code, row in found.iterrows()}


def test_counts_of_merged_districts_are_added():
    table = raw(E07000001=[3, 10], E07000002=[4, 20], E07000005=[7, 1], E07000092=[1, 2])
    assert carried(table, additive=True) == {MERGED: [7, 30], RECODED: [7, 1], SAME: [1, 2]}


def test_means_of_merged_districts_are_left_out_and_recodes_carried():
    table = raw(E07000001=[3, 10], E07000002=[4, 20], E07000005=[7, 1])
    assert carried(table, additive=False) == {RECODED: [7, 1]}


def test_a_merger_needs_all_its_parts():
    assert carried(raw(E07000001=[3, 10]), additive=True) == {}
    assert carried(raw(E07000001=[3, 10], E07000002=[NAN, NAN]), additive=True) == {}
    half = carried(raw(E07000001=[3, 10], E07000002=[4, NAN]), additive=True)
    assert half[MERGED][0] == 7
    assert np.isnan(half[MERGED][1])


def test_an_older_set_of_districts_serves_where_the_newer_is_absent():
    assert carried(raw(E07000003=[1], E07000004=[2]), additive=True) == {MERGED: [3]}


def test_the_figure_under_todays_code_comes_first():
    table = raw(E06000090=[5], E07000001=[3], E07000002=[4])
    assert carried(table, additive=True) == {MERGED: [5]}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tiny.write_world(tmp_path_factory.mktemp("raw"))
    return folder, read_geography(folder)


def test_predecessors_are_read_from_the_lookup(world):
    folder, geography = world
    found = read_predecessors(folder, geography.district_successor)
    # Two districts became Aldham in 2020; E07000009 is a code that Aldham had once.
    assert frozenset({"E07000091", "E07000092"}) in found[tiny.ALDHAM]
    assert frozenset({tiny.ALDHAM}) in found[tiny.ALDHAM]
    assert found[tiny.BARTON] == [frozenset({tiny.BARTON})]


@pytest.fixture
def run(world, monkeypatch):
    def computed(tables, indicator, **source_changes):
        folder, geography = world
        monkeypatch.setattr(compute, "read_source", lambda source_id, _: tables[source_id])
        sources = [
            tiny.make_source("series", "district", **source_changes),
            tiny.make_source("people"),
        ]
        bench = tiny.make_bench(folder, sources, indicator, geography)
        predecessors = read_predecessors(folder, geography.district_successor)
        return compute_district_indicator(bench, indicator, predecessors).set_index("area_code")

    return computed


SUM = {"aggregation": "sum", "measure": "count", "denominator": (), "multiplier": 1, "decimals": 0}


def test_counts_are_added_up_to_counties_regions_and_england(run):
    codes = ["E07000091", "E07000092", tiny.BARTON, tiny.COTON]
    tables = {"series": tiny.native_table(codes, some=[1, 2, 10, 100])}
    values = run(tables, tiny.make_indicator("series", **SUM))
    assert values["value"].to_dict() == {
        tiny.ALDHAM: 3,
        tiny.BARTON: 10,
        tiny.COTON: 100,
        tiny.ASHIRE: 13,
        tiny.EAST: 113,
        tiny.ENGLAND: 113,
    }
    assert values["fit"][[tiny.ALDHAM, tiny.BARTON, tiny.ENGLAND]].tolist() == [
        "aggregated",
        "native",
        "aggregated",
    ]
    assert not values.index.str.startswith("E05").any()


def test_a_county_without_one_of_its_districts_has_no_count(run):
    tables = {"series": tiny.native_table([tiny.BARTON, tiny.COTON], some=[10, 100])}
    values = run(tables, tiny.make_indicator("series", **SUM))
    assert values["value"].to_dict() == {tiny.BARTON: 10, tiny.COTON: 100}


def test_a_published_larger_figure_is_kept(run):
    codes = [tiny.ALDHAM, tiny.BARTON, tiny.COTON, tiny.ENGLAND]
    tables = {"series": tiny.native_table(codes, some=[1, 10, 100, 112])}
    values = run(tables, tiny.make_indicator("series", **SUM))
    assert values.at[tiny.ENGLAND, "value"] == 112
    assert values.at[tiny.ENGLAND, "fit"] == "native"
    assert values.at[tiny.EAST, "value"] == 111


def test_a_blank_is_flagged_as_the_source_says_and_spoils_no_sum(run):
    codes = [tiny.ALDHAM, tiny.BARTON, tiny.COTON]
    tables = {"series": tiny.native_table(codes, some=[NAN, 10, 100])}
    withheld = run(tables, tiny.make_indicator("series", **SUM), blank="suppressed")
    assert withheld.at[tiny.ALDHAM, "flag"] == "suppressed"
    assert np.isnan(withheld.at[tiny.ALDHAM, "value"])
    assert tiny.ASHIRE not in withheld.index
    assert run(tables, tiny.make_indicator("series", **SUM)).at[tiny.ALDHAM, "flag"] == (
        "not_available"
    )


def test_a_ratio_takes_its_own_or_the_small_areas_denominator(run):
    codes = [tiny.ALDHAM, tiny.BARTON, tiny.COTON]
    own = {"series": tiny.native_table(codes, some=[3, 10, 100], all=[10, 0, 200])}
    values = run(own, tiny.make_indicator("series"))
    assert values.at[tiny.ALDHAM, "value"] == 30
    assert np.isnan(values.at[tiny.BARTON, "value"])  # ten of none
    assert values.at[tiny.ENGLAND, "value"] == 53.81
    people = tiny.native_table(tiny.LSOAS, everyone=tiny.PEOPLE)
    tables = {"series": tiny.native_table(codes, some=[3, 10, 100]), "people": people}
    values = run(tables, tiny.make_indicator("series", denominator=("people.everyone",)))
    assert values.loc[codes, "value"].tolist() == [0.5, 2.5, 10]
    assert values.loc[codes, "denominator"].tolist() == [600, 400, 1000]


def test_a_denominator_of_two_counts_is_not_known_where_one_of_them_is_missing(run):
    codes = [tiny.ALDHAM, tiny.BARTON, tiny.COTON]
    tables = {"series": tiny.native_table(codes, some=[3, 1, 9], men=[5, 1, 10], women=[5, 0, NAN])}
    values = run(tables, tiny.make_indicator("series", denominator=("men", "women")))
    assert values["value"][[tiny.ALDHAM, tiny.BARTON]].tolist() == [30, 100]  # 3 of 10, 1 of 1
    # Nine of ten men and nobody knows how many women is no share.
    assert np.isnan(values.at[tiny.COTON, "value"])
    assert values.at[tiny.COTON, "flag"] == "not_available"


def test_published_limits_keep_one_place_more_than_is_shown(run):
    codes = [tiny.ALDHAM, tiny.BARTON]
    table = tiny.native_table(
        codes, rate=[0.1, 0.2], rate_lower=[0.1234567, 0.15], rate_upper=[0.1876543, 0.25]
    )
    indicator = tiny.make_indicator(
        "series", aggregation="published", numerator=("rate",), denominator=(),
        interval="published", decimals=1,
    )  # fmt: skip
    values = run({"series": table}, indicator)
    assert values.loc[tiny.ALDHAM, ["lower_ci", "upper_ci"]].tolist() == [12.35, 18.77]
    assert (values["fit_quality"] == 1).all()


def test_a_published_figure_is_carried_with_its_limits_and_its_mark(run):
    table = tiny.native_table(
        [tiny.ALDHAM, tiny.BARTON, tiny.ENGLAND],
        rate=[0.1234, 0.2, 0.3],
        rate_lower=[0.1, NAN, 0.29],
        rate_upper=[0.15, NAN, 0.31],
        rate_unreliable=[0, 1, 0],
    )
    indicator = tiny.make_indicator(
        "series",
        aggregation="published",
        numerator=("rate",),
        denominator=(),
        interval="published",
    )
    values = run({"series": table}, indicator)
    assert values["value"].tolist() == [12.34, 20, 30]
    assert values.at[tiny.ALDHAM, "lower_ci"] == 10
    assert values.at[tiny.ALDHAM, "upper_ci"] == 15
    assert np.isnan(values.at[tiny.BARTON, "lower_ci"])
    assert values.at[tiny.BARTON, "flag"] == "unreliable"
    assert tiny.ASHIRE not in values.index  # a rate is never added up
    assert values["numerator"].isna().all()


def test_a_period_nobody_published_is_left_out(run):
    blank, told = (
        tiny.native_table([tiny.ALDHAM], period, some=[figure])
        for period, figure in (("2020", NAN), ("2021", 4))
    )
    values = run({"series": pd.concat([blank, told])}, tiny.make_indicator("series", **SUM))
    assert values["period"].tolist() == ["2021"]
