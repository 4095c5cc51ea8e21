"""The data package holds just what the tables hold, and describes it truly."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import geopandas
import pandas as pd
import pytest

import data
from data import package
from data.load import load_newest, load_values


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The package of two themes: the whole one takes a minute."""
    made = tmp_path_factory.mktemp("made") / "package"
    catalogue = data.load_catalogue()
    other = [i.source for i in catalogue.indicators.values() if i.theme not in ("crime", "access")]
    few = catalogue.without(set(other))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package, "load_catalogue", lambda: few)
        assert package.main(["--to", str(made)]) == 0
    return made


def read(folder, name):
    return json.loads((folder / name).read_text(encoding="utf-8"))


def test_every_file_has_the_columns_its_description_says(folder):
    resources = read(folder, "datapackage.json")["resources"]
    tables = {table["url"]: table for table in read(folder, "csv-metadata.json")["tables"]}
    assert {r["path"] for r in resources} == set(tables) == {p.name for p in folder.glob("*.csv")}
    for resource in resources:
        fields = [field["name"] for field in resource["schema"]["fields"]]
        table = pd.read_csv(folder / resource["path"], low_memory=False)
        assert table.columns.tolist() == fields
        columns = tables[resource["path"]]["tableSchema"]["columns"]
        assert [column["titles"] for column in columns] == fields
        assert not table.duplicated(resource["schema"]["primaryKey"]).any()


def test_the_parquet_holds_every_value_of_its_indicators(folder):
    whole = pd.read_parquet(folder / "values.parquet")
    for indicator, found in whole.groupby("indicator_id", observed=True):
        held = load_values(str(indicator))
        assert len(found) == len(held)
        assert found["value"].isna().sum() == held["value"].isna().sum()
        assert found["value"].sum() == pytest.approx(held["value"].sum())


def test_the_wards_carry_their_newest_values(folder):
    wards = geopandas.read_file(folder / "wards.gpkg").set_index("area_code")
    (indicator, *_) = set(wards.columns) & set(data.load_catalogue().ward_indicators)
    expected = load_newest(indicator)["value"].reindex(wards.index)
    pd.testing.assert_series_equal(wards[indicator], expected, check_names=False)
    assert wards.crs.to_epsg() == 27700


def test_the_archive_holds_the_csv_files_and_their_descriptions(folder):
    with zipfile.ZipFile(io.BytesIO((folder / "data-package.zip").read_bytes())) as archive:
        names = set(archive.namelist())
    assert names == {p.name for p in folder.iterdir() if p.suffix in (".csv", ".json")}


def test_a_folder_with_other_files_is_left_alone(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("dear")
    assert package.main(["--to", str(tmp_path)]) == 1
    assert "holds other files" in capsys.readouterr().err
    assert (tmp_path / "letter.txt").read_text() == "dear"


def test_the_public_functions_are_those_that_are_documented():
    code = "import data, sys; assert 'pandas' not in sys.modules; print(*data.__all__)"
    names = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for name in names.stdout.split():
        assert callable(getattr(data, name))
    with pytest.raises(AttributeError, match="load_nothing"):
        data.load_nothing  # noqa: B018


def test_the_example_of_the_documentation_runs(capsys):
    text = Path("docs/open-data.md").read_text(encoding="utf-8")
    example = text.split("```python")[-1].split("```")[0]
    assert "from data import" in example
    exec(compile(example, "docs/open-data.md", "exec"), {})  # noqa: S102
    assert "E05" in capsys.readouterr().out
