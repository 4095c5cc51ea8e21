"""The committed tables: complete, sound, and they add up, indicator by indicator."""

import hashlib
from pathlib import Path

import built_values as built
import numpy as np
import pytest

from data.errors import TableError
from data.load import (
    ROOT,
    TABLES,
    load_areas,
    load_lsoa_values,
    load_lsoas,
    load_manifest,
    load_newest,
    load_period,
    load_periods,
)
from data.lsoa_table import load_lsoa_table
from data.periods import read_period
from data.schema import FITS, FLAGS

HUNTINGDONSHIRE, DEVON, ENGLAND = "E07000011", "E10000008", "E92000001"
#: Wards too small for best fit: no LSOA is theirs.
CULLOMPTON_VALE, BLACKAWTON = "E05014804", "E05010130"
GONE = ("suppressed", "not_available")
every_indicator = pytest.mark.parametrize("indicator_id", built.INDICATORS, scope="module")
every_ward_indicator = pytest.mark.parametrize(
    "indicator_id", built.WARD_INDICATORS, scope="module"
)


def figure(indicator_id: str, period: str, code: str) -> float:
    return float(load_period(indicator_id, period).at[code, "value"])


@pytest.mark.parametrize(
    ("code", "people"), [(ENGLAND, 56_490_091), (HUNTINGDONSHIRE, 180_800), (DEVON, 811_489)]
)
def test_people_at_the_census_are_as_published(code, people):
    assert figure("population_count", "2021-03-21", code) == people
    assert load_areas().at[code, "population"] == people


@pytest.mark.parametrize(
    # DESNZ, sub-regional fuel poverty 2024 (2022 data). England is 13.05 before rounding.
    ("code", "percent"),
    [(HUNTINGDONSHIRE, 8.3), (DEVON, 14.0), (ENGLAND, 13.1)],
)
def test_fuel_poverty_in_2022_is_as_published(code, percent):
    row = load_period("fuel_poverty_percent", "2022").loc[code]
    exact = 100 * row["numerator"] / row["denominator"]
    assert round(exact + 1e-9, 1) == percent
    assert row["value"] == pytest.approx(exact, abs=0.005)


def test_areas_are_those_of_2025():
    areas = load_areas()
    kinds = areas["area_type"].value_counts().to_dict()
    assert kinds == {"ward": 6826, "district": 296, "county": 21, "region": 9, "country": 1}
    wards = areas[areas["area_type"] == "ward"]
    assert (wards["district_code"] == HUNTINGDONSHIRE).sum() == 26
    # Devon had 170 wards until Mid Devon was redrawn in May 2023.
    assert (wards["county_code"] == DEVON).sum() == 168
    districts = areas[areas["area_type"] == "district"]
    assert (districts["county_code"] == DEVON).sum() == 8
    assert areas.index.is_unique


def test_lsoas_nest_in_one_ward_district_and_region():
    lsoas, areas = load_lsoas(), load_areas()
    assert len(lsoas) == 33755
    assert lsoas.index.is_monotonic_increasing
    assert lsoas["population"].sum() == 56_490_091
    home = areas.loc[lsoas["ward_code"]]
    for column in ("district_code", "region_code"):
        assert (home[column].to_numpy() == lsoas[column].to_numpy()).all()
    counted = lsoas.groupby("ward_code").size().reindex(areas.index[built.places_of("ward")])
    assert (counted.fillna(0) == areas.loc[counted.index, "lsoa_count"]).all()


def test_at_least_sixty_indicators_have_ward_figures():
    assert len(built.WARD_INDICATORS) >= 60
    assert set(load_manifest()["indicators"]) == set(built.INDICATORS)
    files = {path.stem for path in (TABLES / "values").glob("*.parquet")}
    assert files == set(built.INDICATORS)


def test_the_tables_are_those_the_build_wrote():
    total = hashlib.sha256()
    for path in sorted(p for p in TABLES.rglob("*") if p.is_file() and p.name != "manifest.json"):
        total.update(path.relative_to(TABLES).as_posix().encode())
        total.update(path.read_bytes())
    assert total.hexdigest() == load_manifest()["tables_sha256"]


def test_what_is_committed_stays_small():
    folders: list[Path] = [TABLES, ROOT / "data/boundaries", ROOT / "static/boundaries"]
    size = sum(path.stat().st_size for folder in folders for path in folder.rglob("*"))
    assert size < 45 * 2**20


def test_what_was_not_built_is_named():
    with pytest.raises(TableError, match=r"fuel_poverty_percent has no period '1066'; .* 2022"):
        load_period("fuel_poverty_percent", "1066")
    with pytest.raises(TableError, match="no_such: not in the built tables"):
        load_periods("no_such")
    with pytest.raises(TableError, match="unpaid_care_percent is not published for LSOAs"):
        load_lsoa_values("unpaid_care_percent")


@every_indicator
def test_a_table_has_the_periods_it_says_and_one_row_each(indicator_id):
    table, periods = built.values_of(indicator_id), load_periods(indicator_id)
    assert periods
    assert set(table["period"].unique()) == set(periods)
    ends = [(read_period(p).start, read_period(p).end) for p in periods]
    assert ends == sorted(ends)
    assert not table.duplicated(["place", "period"]).any()
    assert (table["place"] >= 0).all()
    assert len(table) == load_manifest()["indicators"][indicator_id]["rows"]
    wards = np.isin(table["place"], built.places_of("ward"))
    if built.CATALOGUE.is_district_only(indicator_id):
        assert not wards.any()
        return
    assert len(table) == len(load_areas()) * len(periods)


@every_indicator
def test_a_value_is_missing_exactly_where_a_flag_says_why(indicator_id):
    table = built.values_of(indicator_id)
    flag, empty = table["flag"], table["value"].isna()
    assert set(flag.unique()) <= set(FLAGS)
    assert set(table["fit"].unique()) <= set(FITS)
    assert empty[flag.isin(GONE)].all()
    assert flag[empty].isin([*GONE, "unreliable"]).all()
    assert table.loc[empty, ["lower_ci", "upper_ci"]].isna().all(axis=None)
    # What is withheld cannot be read from the columns beside it.
    assert table.loc[flag == "suppressed", "numerator"].isna().all()
    assert not empty.all()


@every_indicator
def test_values_are_possible_and_inside_their_limits(indicator_id):
    table, indicator = built.values_of(indicator_id), built.CATALOGUE.indicators[indicator_id]
    known = table.dropna(subset="value")
    assert np.isfinite(known["value"]).all()
    if indicator.measure == "percentage":
        assert known["value"].between(0, 100).all()
    if indicator.measure in ("count", "rate"):
        assert (known["value"] >= 0).all()
    slack = 10.0**-indicator.decimals  # values and limits are rounded, shared-out counts twice
    assert not (known["lower_ci"] > known["value"] + slack).any()
    assert not (known["upper_ci"] < known["value"] - slack).any()
    assert known["fit_quality"].between(0, 1).all()
    if indicator.interval in ("wilson", "byar"):
        assert known["lower_ci"].notna().all()
        assert known["upper_ci"].notna().all()


@every_ward_indicator
def test_a_rate_is_its_numerator_over_its_denominator(indicator_id):
    table, indicator = built.values_of(indicator_id), built.CATALOGUE.indicators[indicator_id]
    if indicator.aggregation not in ("ratio", "weighted_share"):
        assert (
            table["value"].isna() | table["denominator"].isna() | (table["denominator"] > 0)
        ).all()
        return
    known = table.dropna(subset="value")
    again = indicator.multiplier * known["numerator"] / known["denominator"]
    # Numerators are kept to the hundredth, values to one place more than is shown.
    slack = 0.005 * indicator.multiplier * (1 + again / indicator.multiplier) / known["denominator"]
    assert (abs(again - known["value"]) <= slack + 0.6 * 10.0 ** -(indicator.decimals + 1)).all()


def assert_adds_up(small: np.ndarray, large: np.ndarray, step: tuple[str, str]) -> None:
    """Sums of the smaller areas equal the larger, or stay below where parts are not shown.

    Every number is rounded to a hundredth, so a sum of n may be out by 0.005 (n + 1).
    """
    nest = built.parents(*step)
    sums, parts = nest @ np.nan_to_num(small), np.asarray(nest.sum(axis=1))
    unshown = nest @ (np.isnan(small) & ~built_empty(step[0])[:, None]).astype(float)
    slack = 0.005 * (parts + 1) + 1e-6
    off = large - sums
    open_places = unshown == 0
    assert not np.isnan(large[open_places & (sums > 0)]).any(), step
    assert (np.abs(off) <= slack)[open_places & ~np.isnan(large)].all(), step
    assert (off >= -slack)[~open_places & ~np.isnan(large)].all(), step


def built_empty(kind: str) -> np.ndarray:
    """Which areas of a kind have no LSOA, so that they have no figure and add nothing."""
    return (load_areas()["lsoa_count"].to_numpy() == 0)[built.places_of(kind)]


def has_counts(indicator_id: str) -> bool:
    """Whether the figures are made of counts that can be added up."""
    kind = built.CATALOGUE.indicators[indicator_id].aggregation
    return kind in ("sum", "ratio", "weighted_share")


@every_ward_indicator
def test_wards_districts_counties_and_regions_add_up_to_england(indicator_id):
    assert has_counts(indicator_id) != np.isnan(built.grid(indicator_id, "numerator")).all()
    for column in built.COUNTS:
        cells = built.grid(indicator_id, column)
        if np.isnan(cells).all():
            continue
        for step in built.STEPS:
            small, large = (cells[built.places_of(kind)] for kind in step)
            if step[1] == "county":  # unitary authorities stand beside the counties
                covered = np.asarray(built.parents(*step).sum(axis=0)).ravel() > 0
                assert 0 < covered.sum() < len(covered)
            assert_adds_up(small, large, step)


def test_at_least_sixty_indicators_have_counts_that_add_up():
    assert sum(map(has_counts, built.WARD_INDICATORS)) >= 60


@pytest.mark.parametrize("indicator_id", built.DISTRICT_INDICATORS)
def test_district_counts_that_were_added_up_are_the_sum_of_their_districts(indicator_id):
    cells, fit = (built.grid(indicator_id, name) for name in ("numerator", "fit"))
    districts = cells[built.places_of("district")]
    for larger in ("county", "region", "country"):
        place = built.places_of(larger)
        added = (fit[place] == "aggregated") & ~np.isnan(cells[place])
        sums = built.parents("district", larger) @ np.nan_to_num(districts)
        assert (np.abs(sums - cells[place])[added] <= 0.005 * len(districts)).all()


@every_ward_indicator
def test_a_ward_without_lsoa_has_no_figure_and_never_zero(indicator_id):
    wards = built.places_of("ward")[built_empty("ward")]
    names = load_areas().index[wards]
    assert {CULLOMPTON_VALE, BLACKAWTON} <= set(names)
    assert np.isnan(built.grid(indicator_id, "value")[wards]).all()
    assert (built.grid(indicator_id, "flag")[wards] == "not_available").all()
    # Counts of wards as published may be known; there are no people to divide them by.
    if built.CATALOGUE.source_of(indicator_id).geography != "ward21":
        assert np.isnan(built.grid(indicator_id, "numerator")[wards]).all()
    assert not (np.nan_to_num(built.grid(indicator_id, "denominator")[wards]) > 0).any()


LSOA_INDICATORS = [i for i in built.WARD_INDICATORS if built.CATALOGUE.has_lsoa_values(i)]


@pytest.mark.parametrize("indicator_id", LSOA_INDICATORS)
def test_lsoa_values_add_up_to_england(indicator_id):
    values = load_lsoa_values(indicator_id)
    assert values.index.equals(load_lsoas().index)
    whole = load_period(indicator_id, str(values["period"].iloc[0])).loc[ENGLAND]
    indicator = built.CATALOGUE.indicators[indicator_id]
    assert (values["value"].isna() == values["flag"].isin(GONE)).all()
    if indicator.aggregation in ("weighted_mean", "weighted_share"):
        assert values["value"].min() <= whole["value"] <= values["value"].max()
        return
    counts = values["value" if indicator.aggregation == "sum" else "numerator"]
    slack = 0.005 * (len(counts) + 1)
    assert counts.sum() <= whole["numerator"] + slack
    if counts.notna().all():
        assert counts.sum() == pytest.approx(whole["numerator"], abs=slack)
    else:
        most = (built.CATALOGUE.source_of(indicator_id).blank_range or (0, 0))[1]
        assert counts.sum() + most * counts.isna().sum() >= whole["numerator"] - slack
    if indicator.aggregation == "ratio" and counts.notna().all():
        assert values["denominator"].sum() == pytest.approx(whole["denominator"], abs=slack)


def test_tables_of_all_areas_share_one_index_and_its_look_up():
    # One of their own for each indicator would take 40 MB, and a millisecond at its first use.
    wards, parts = load_areas().index, load_lsoas().index
    for table, every in (
        (load_newest("imd_score"), wards),
        (load_period("claimant_count_percent", "2019"), wards),
        (load_lsoa_values("imd_score"), parts),
        (load_lsoa_table(), parts),
    ):
        assert table.index.get_indexer_for([every[5]]) == 5
        assert table.index._engine is every._engine
