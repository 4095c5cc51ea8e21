"""Built files: what goes in comes out, the same bytes each time, all of it or nothing."""

import hashlib
import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import foundations, load, manifest
from data.errors import TableError
from data.storage import read_table, swap_in, write_table

FIGURES = pd.DataFrame(
    {
        "area_code": ["E05000001", "E05000002", "E05000003", "E05000003"],
        "value": [1.25, np.nan, -0.01, 123456789.99],
        "count": [0.0, 12.0, np.nan, 3.0],
        "nothing": [np.nan] * 4,
        "flag": ["", "suppressed", "", ""],
        "area_name": ["Ångström", "St Mary's", "Cullompton Vale", "="],
        "period_start": pd.to_datetime(["2020-01-01", "2021-06-30", "1999-12-31", "2026-05-07"]),
        "lsoa_count": [1, 2, 3, 0],
    }
)
PLACES = {"value": 2, "count": 0, "nothing": 1}


def test_a_table_comes_back_as_it_was(tmp_path):
    path = tmp_path / "new/folder/table.parquet"
    write_table(FIGURES, path, PLACES)
    back = read_table(path)
    assert list(back.columns) == list(FIGURES.columns)
    for column in FIGURES.select_dtypes("number"):
        assert np.allclose(back[column], FIGURES[column], rtol=1e-15, atol=0, equal_nan=True)
    for column in ("area_code", "flag", "area_name", "period_start"):
        assert back[column].tolist() == FIGURES[column].tolist()
    assert back["value"].dtype == "float64"
    assert isinstance(back["flag"].dtype, pd.CategoricalDtype)


def test_only_the_columns_asked_for_are_read(tmp_path):
    write_table(FIGURES, tmp_path / "table.parquet", PLACES)
    assert list(read_table(tmp_path / "table.parquet", ["value", "flag"])) == ["value", "flag"]


@given(
    st.lists(st.integers(-(10**14), 10**14) | st.none(), min_size=1, max_size=30),
    st.integers(0, 3),
)
def test_decimals_come_back_exactly(tmp_path_factory, wholes, places):
    figures = [np.nan if whole is None else whole / 10**places for whole in wholes]
    path = tmp_path_factory.mktemp("decimals") / "table.parquet"
    write_table(pd.DataFrame({"value": figures}), path, {"value": places})
    back = read_table(path)["value"].to_numpy()
    assert np.array_equal(np.isnan(back), np.isnan(figures))
    assert np.allclose(back, figures, rtol=0, atol=10.0**-places / 4, equal_nan=True)


def test_figures_are_kept_to_the_places_asked_for(tmp_path):
    write_table(pd.DataFrame({"value": [0.126, -0.126, 2.0]}), tmp_path / "t.parquet", {"value": 2})
    assert read_table(tmp_path / "t.parquet")["value"].tolist() == [0.13, -0.13, 2.0]


def test_the_same_table_gives_the_same_bytes(tmp_path):
    write_table(FIGURES, tmp_path / "one.parquet", PLACES)
    repeated = FIGURES.astype({"flag": "category"}).copy(deep=True)
    write_table(repeated, tmp_path / "two.parquet", dict(reversed(PLACES.items())))
    first, second = ((tmp_path / f"{n}.parquet").read_bytes() for n in ("one", "two"))
    assert first == second
    changed = FIGURES.assign(count=[0, 12, np.nan, 4])
    write_table(changed, tmp_path / "three.parquet", PLACES)
    assert (tmp_path / "three.parquet").read_bytes() != first


NAMES = ("tables", "boundaries", "static")


def make_folders(root: Path, names: tuple[str, ...], word: str) -> dict[str, Path]:
    folders = {}
    for name in names:
        folders[name] = root / word / name
        folders[name].mkdir(parents=True)
        (folders[name] / "file.txt").write_text(word)
    return folders


def contents(folders: dict[str, Path]) -> dict[str, str | None]:
    return {
        name: (folder / "file.txt").read_text() if folder.exists() else None
        for name, folder in folders.items()
    }


@pytest.fixture
def staged(tmp_path):
    make_folders(tmp_path, NAMES, "new")
    return tmp_path / "new"


def test_everything_is_replaced(tmp_path, staged):
    targets = make_folders(tmp_path, NAMES, "old")
    (targets["tables"] / "stale.parquet").write_text("from an indicator that is gone")
    swap_in(staged, targets)
    assert contents(targets) == dict.fromkeys(NAMES, "new")
    assert not (targets["tables"] / "stale.parquet").exists()
    assert list(staged.iterdir()) == []


def test_a_first_build_has_nothing_to_replace(tmp_path, staged):
    targets = {name: tmp_path / "fresh/place" / name for name in NAMES}
    swap_in(staged, targets)
    assert contents(targets) == dict.fromkeys(NAMES, "new")


def fail_at(monkeypatch: pytest.MonkeyPatch, step: int, error: BaseException) -> None:
    """Let one call fail that moves a folder; those before and after it work."""
    real, calls = os.replace, iter(range(1, 100))

    def replace(origin: Path, destination: Path) -> None:
        if next(calls) == step:
            raise error
        real(origin, destination)

    monkeypatch.setattr(os, "replace", replace)


@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", range(1, 7))
def test_whatever_step_fails_all_stays_as_it_was(tmp_path, staged, monkeypatch, step, error):
    targets = make_folders(tmp_path, NAMES, "old")
    fail_at(monkeypatch, step, error)
    with pytest.raises(type(error)):
        swap_in(staged, targets)
    monkeypatch.undo()
    assert contents(targets) == dict.fromkeys(NAMES, "old")
    assert contents({name: staged / name for name in NAMES}) == dict.fromkeys(NAMES, "new")


@pytest.mark.parametrize("step", range(1, 5))
def test_a_folder_that_was_not_there_is_not_left_behind(tmp_path, staged, monkeypatch, step):
    targets = make_folders(tmp_path, ("tables",), "old")
    targets |= {name: tmp_path / "old" / name for name in NAMES[1:]}
    before = contents(targets)
    fail_at(monkeypatch, step, OSError("disk full"))
    with pytest.raises(OSError, match="disk full"):
        swap_in(staged, targets)
    monkeypatch.undo()
    assert contents(targets) == before


@pytest.fixture
def tables(tmp_path, monkeypatch):
    """A folder of built tables of its own, and nothing remembered of the real ones."""
    monkeypatch.setattr(load, "TABLES", tmp_path)
    monkeypatch.setattr(manifest, "TABLES", tmp_path)
    monkeypatch.setattr(load, "BOUNDARIES", tmp_path)
    remembered = (load.load_areas, load._load_values, load.load_manifest, load.load_boundaries)
    for function in remembered:
        function.cache_clear()
    (tmp_path / "manifest.json").write_text('{"indicators": {}}')
    yield tmp_path
    for function in remembered:
        function.cache_clear()


def test_a_missing_table_is_named(tables):
    with pytest.raises(TableError, match=r"areas\.parquet: the table is missing\. Restore"):
        load.load_areas()
    with pytest.raises(TableError, match=r"no_such\.parquet: the table is missing"):
        load.load_values("no_such")
    (tables / "manifest.json").unlink()
    load.load_manifest.cache_clear()
    with pytest.raises(TableError, match=r"manifest\.json: the file is missing"):
        load.load_manifest()


@pytest.mark.parametrize("keep", [0, 4, 100, -1])
def test_a_damaged_table_is_named(tables, keep):
    path = tables / "areas.parquet"
    write_table(FIGURES, path, PLACES)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(
        TableError, match=r"areas\.parquet: the table is damaged .* run `make data`"
    ):
        load.load_areas()


def test_a_table_without_the_column_it_needs_is_damaged(tables):
    write_table(FIGURES.drop(columns="area_code"), tables / "areas.parquet", PLACES)
    with pytest.raises(TableError, match=r"areas\.parquet: the table is damaged"):
        load.load_areas()


def test_damaged_boundaries_and_manifest_are_named(tables):
    (tables / "manifest.json").write_text('{"indicators": ')
    with pytest.raises(TableError, match=r"manifest\.json: the file is damaged"):
        load.load_manifest()
    (tables / "manifest.json").write_text('{"indicators": {}}')
    write_table(FIGURES, tables / "ward.parquet", PLACES)
    with pytest.raises(TableError, match=r"ward\.parquet: the table is damaged"):
        load.load_boundaries("ward")
    with pytest.raises(TableError, match=r"parish\.parquet: the table is missing"):
        load.load_boundaries("parish")


def test_a_table_with_one_changed_bit_is_never_read_as_another_figure(tables):
    """Compressed figures have no checksum of their own: many flips are read without complaint."""
    path = tables / "values/tested.parquet"
    write_table(FIGURES, path, PLACES)
    whole = path.read_bytes()
    files = {"values/tested.parquet": hashlib.sha256(whole).hexdigest()}
    (tables / "manifest.json").write_text(json.dumps({"indicators": {}, "files": files}))
    load.load_manifest.cache_clear()
    load._read(path)
    for place in range(4, len(whole), 97):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        os.utime(path, ns=(place, place))
        with pytest.raises(TableError, match=r"tested\.parquet: the table is damaged"):
            load._read(path)
    path.write_bytes(whole)
    load._read(path)


def test_the_committed_tables_are_those_of_the_manifest():
    listed = manifest.load_manifest()["files"]
    found = manifest.list_checksums(manifest.TABLES)
    found.pop("manifest.json")
    assert listed == found


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("load_areas", "areas.parquet"),
        ("load_catalogue", "indicators.toml"),
    ],
)
def test_a_broken_foundation_is_named_until_it_is_whole(monkeypatch, broken, said):
    def fail():
        raise TableError(f"{said}: the table is missing.")

    assert foundations.find_broken_foundations() == []
    chosen = [f for f in foundations._FOUNDATIONS if f.__name__ != broken]
    monkeypatch.setattr(foundations, "_FOUNDATIONS", (*chosen, fail, fail))
    assert foundations.find_broken_foundations() == [f"{said}: the table is missing."]
