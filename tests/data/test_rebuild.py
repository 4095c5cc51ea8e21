"""The build: the same raw data give the committed bytes, and a failure changes nothing."""

import json
from pathlib import Path

import pandas as pd
import pytest
import tiny_world as tiny
from raw_folder import RAW, requires_raw
from tiny_world import SIDES, draw_squares

from data import build
from data.build_steps import Made, MadeIndicator, Workroom, build_indicator, write_values
from data.catalogue import load_catalogue, load_whole_catalogue
from data.compute import Workbench
from data.compute_district import read_predecessors
from data.errors import DataError, SourceError
from data.geography import read_geography
from data.load import TABLES
from data.prepare_boundaries import read_ward_polygons
from data.sources.claimant_count_ward import FILE as CLAIMANTS
from data.sources.life_expectancy import FILE as LIFE
from data.storage import read_table
from data.vintages import write_vintages

TARGETS = ("data/tables", "data/boundaries", "static/boundaries")


@pytest.fixture(scope="module")
def bench():
    geography = read_geography(RAW)
    bench = Workbench(RAW, load_catalogue(), geography)
    return bench, read_predecessors(RAW, geography.district_successor)


def assert_same(made: Path, committed: Path) -> None:
    same = made.read_bytes() == committed.read_bytes()
    assert same, f"{committed.name} is not what this code makes of the raw data: run `make data`"


@requires_raw
@pytest.mark.parametrize(
    "indicator_id",
    [
        "population_count",  # LSOA counts, added
        "disabled_percent",  # LSOA ratio with Wilson limits
        "child_income_deprivation_percent",  # withheld counts
        "imd_score",  # LSOA scores, weighted
        "unpaid_care_percent",  # MSOA counts, shared out
        "covid_cases_rate",  # MSOAs of 2011, Byar limits
        "avoidable_deaths_rate",  # district series
    ],
)
def test_the_raw_data_give_the_committed_table_to_the_byte(bench, indicator_id, tmp_path):
    workbench, predecessors = bench
    indicator = load_catalogue().indicators[indicator_id]
    values, _ = build_indicator(workbench, indicator, predecessors)
    again = tmp_path / "again.parquet"
    write_values(values, indicator, again)
    assert_same(again, TABLES / f"values/{indicator_id}.parquet")


@pytest.fixture
def fetched(bench, tmp_path):
    """The raw folder with fetched files beside the others, as `data.refresh` leaves them."""
    for path in RAW.iterdir():
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / "live").mkdir()
    wards = pd.read_parquet(RAW / "boundaries/ward_2022.parquet", columns=["ward22_code"])
    months = ["2026-09", "2026-10"]
    claimants = wards.merge(pd.DataFrame({"DATE": months}), how="cross")
    claimants = claimants.rename(columns={"ward22_code": "GEOGRAPHY_CODE"})
    claimants["OBS_VALUE"] = 5 * (claimants.index % 40)
    claimants = claimants.assign(OBS_STATUS="A", RECORD_COUNT=len(claimants))
    claimants.to_csv(tmp_path / CLAIMANTS, index=False)
    life = ["Indicator ID,Area Code,Sex,Category Type,Time period,Value,Lower CI 95.0 limit,"
            "Upper CI 95.0 limit"]  # fmt: skip
    life += [f"90366,E07000011,{sex},,2021 - 23,84.5,84,85" for sex in ("Female", "Male")]
    (tmp_path / LIFE).write_text("\n".join(life))
    whole = load_whole_catalogue()
    return Workbench(tmp_path, whole.without(whole.list_absent(tmp_path)), bench[0].geography)


@requires_raw
def test_a_fetched_file_beside_the_others_is_built(fetched, bench):
    catalogue = fetched.catalogue
    assert catalogue.indicators == load_whole_catalogue().indicators
    indicator = catalogue.indicators["claimant_count_monthly_percent"]
    values, small = build_indicator(fetched, indicator, bench[1])
    assert small is None
    assert values["period"].unique().tolist() == ["2026-09", "2026-10"]
    raw = fetched.tables("claimant_count_ward")["2026-10"]["claimants"]
    newest = values[values["period"] == "2026-10"].set_index("area_code")
    # Nobody is lost or counted twice on the way from the wards of 2022 to those of 2025.
    wards = newest.index.str.startswith("E05")
    assert newest.loc[wards, "numerator"].sum() == pytest.approx(raw.sum(), abs=30)
    assert newest.at["E92000001", "numerator"] == raw.sum()
    assert newest.at["E92000001", "denominator"] > 35_000_000
    native = newest[newest["fit"] == "native"]
    # The wards of 2022 whose code lives on in 2025.
    assert set(native.index) == set(raw.index) & set(newest.index)
    assert len(native) == 4964
    known = native[native["flag"] == ""]
    assert (known["numerator"] == raw[known.index]).all()
    assert set(newest["fit"]) == {"native", "apportioned", "aggregated"}

    indicator = catalogue.indicators["life_expectancy_women_years"]
    values, _ = build_indicator(fetched, indicator, bench[1])
    row = values.set_index("area_code").loc["E07000011"]
    assert (row["period"], row["value"]) == ("2021-23", 84.5)
    assert (row["lower_ci"], row["upper_ci"]) == (84, 85)
    assert fetched.periods_held()["life_expectancy"]["last_period"] == "2021-23"


@requires_raw
def test_the_raw_data_give_the_committed_areas(bench, tmp_path):
    geography = bench[0].geography
    areas = build.make_areas_table(geography, read_ward_polygons(RAW, geography))
    build.write_table(areas, tmp_path / "areas.parquet")
    assert_same(tmp_path / "areas.parquet", TABLES / "areas.parquet")


@requires_raw
def test_the_raw_data_give_the_committed_ended_areas(bench, tmp_path):
    write_vintages(RAW, bench[0].geography, tmp_path)
    assert_same(tmp_path / "vintages.parquet", TABLES / "vintages.parquet")


@pytest.fixture
def root(tmp_path):
    """A project folder with an earlier build in it."""
    root = tmp_path / "project"
    for target in TARGETS:
        (root / target).mkdir(parents=True)
        (root / target / "old.txt").write_text("old")
    return root


def test_the_land_of_larger_areas_is_that_of_their_wards(tmp_path):
    geography = read_geography(tiny.write_world(tmp_path))
    land = build.make_areas_table(geography, draw_squares()).set_index("area_code")["area_hectares"]
    assert land[list(SIDES)].tolist() == [1, 4, 9, 16, 25]
    assert (land[tiny.ALDHAM], land[tiny.BARTON], land[tiny.COTON]) == (5, 25, 25)
    assert (land[tiny.ASHIRE], land[tiny.EAST], land[tiny.ENGLAND]) == (30, 55, 55)


def files_in(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text(errors="replace")
        for path in root.rglob("*")
        if path.is_file()
    }


def test_a_missing_raw_folder_changes_nothing(root, tmp_path):
    before = files_in(root)
    with pytest.raises(DataError, match="nowhere: no such folder; give the raw data folder with"):
        build.build(tmp_path / "nowhere", root, quiet=True)
    assert files_in(root) == before


def test_the_command_says_that_nothing_was_changed(root, tmp_path, capsys):
    before = files_in(root)
    options = ["--source", str(tmp_path / "nowhere"), "--root", str(root), "--quiet"]
    assert build.main(options) == 1
    assert "Nothing was changed." in capsys.readouterr().err
    assert files_in(root) == before


def test_a_raw_file_that_is_not_there_is_named_and_changes_nothing(root, tmp_path, capsys):
    before = files_in(root)
    raw = tiny.write_world(tmp_path / "raw")
    (raw / "lookups/ltla_all_codes_active.csv").unlink()
    assert build.main(["--source", str(raw), "--root", str(root), "--quiet"]) == 1
    said = capsys.readouterr().err
    assert "Nothing was changed." in said
    assert "lookups/ltla_all_codes_active.csv" in said
    assert files_in(root) == before


@pytest.mark.parametrize("step", ["list_steps", "run_here", "write_map_index", "swap_in"])
@pytest.mark.parametrize("error", [SourceError("a.csv", "is wrong"), OSError("disk full")])
def test_a_failure_half_way_changes_nothing_and_leaves_nothing(
    root, tmp_path, monkeypatch, capsys, step, error
):
    before = files_in(root)
    raw = tiny.write_world(tmp_path / "raw")

    def fail(*_: object, **__: object) -> None:
        raise error

    make_ready(monkeypatch)
    monkeypatch.setattr(build, step, fail)
    assert build.main(["--source", str(raw), "--root", str(root), "--quiet"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Nothing was changed.")
    assert str(error) in said
    assert files_in(root) == before
    assert not list(root.glob(".build-*"))


def make_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build of the tiny world: one step stands for all, one indicator for the catalogue."""

    def draw(room: Workroom, folder: Path) -> Made:
        for name in ("boundaries", "static"):
            (folder / name).mkdir()
            (folder / name / "map.json").write_text("{}")
        tested = MadeIndicator(["2021"], 5, None)
        made = dict.fromkeys(room.catalogue.indicators, tested)
        return Made(indicators=made, maps={"ward": {"E92000001": "map.json"}})

    monkeypatch.setattr("data.build_steps.read_ward_polygons", draw_squares)
    monkeypatch.setattr(build, "list_steps", lambda _: [draw])
    monkeypatch.setattr(build, "name_step", lambda _: "draw")


def build_tiny(raw: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    make_ready(monkeypatch)
    build.build(raw, root, quiet=True)
    return {name: (root / name).read_bytes() for name in files_in(root)}


def test_a_build_replaces_everything_with_the_same_bytes_each_time(root, tmp_path, monkeypatch):
    raw = tiny.write_world(tmp_path / "raw")
    first = build_tiny(raw, root, monkeypatch)
    assert set(first) == {
        "data/tables/areas.parquet",
        "data/tables/lsoas.parquet",
        "data/tables/lsoa_values.parquet",
        "data/tables/manifest.json",
        "data/boundaries/index.json",
        "data/boundaries/map.json",
        "static/boundaries/map.json",
    }
    assert build_tiny(raw, root, monkeypatch) == first
    manifest = json.loads(first["data/tables/manifest.json"])
    tested = {"periods": ["2021"], "rows": 5, "lsoa": None}
    assert manifest["indicators"]["population_count"] == tested
    assert manifest["left_out"] == {
        "claimant_count_ward": f"{CLAIMANTS} is not in the raw folder",
        "life_expectancy": f"{LIFE} is not in the raw folder",
    }
    areas = read_table(root / "data/tables/areas.parquet").set_index("area_code")
    assert areas.at[tiny.ENGLAND, "population"] == 2000
    assert areas["population"].isna().sum() == 1  # the ward without LSOA
