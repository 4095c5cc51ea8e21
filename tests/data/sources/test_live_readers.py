"""Readers of the fetched sources: tiny files as the publishers write them, exact tables."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.errors import SourceError
from data.sources import read_source
from data.sources.claimant_count_ward import FILE as CLAIMANTS
from data.sources.life_expectancy import FILE as LIFE

NOMIS = '"DATE","GEOGRAPHY_CODE","OBS_VALUE","OBS_STATUS","RECORD_COUNT"'
CLAIMANT_ROWS = [
    '"2026-09","E05000002",15,"A",5',
    '"2026-09","E05000001",0,"A",5',
    '"2026-10","E05000001",,"Q",5',
    '"2026-10","E05000002",20,"A",5',
    '"2026-10","W05000001",95,"A",5',
]
FINGERTIPS = (
    "Indicator ID,Area Code,Area Name,Sex,Category Type,Category,Time period,Value,"
    "Lower CI 95.0 limit,Upper CI 95.0 limit,Value note"
)
LIFE_ROWS = [
    "90366,E92000001,England,Female,,,2021 - 23,83,82.9,83.1,",
    "90366,E92000001,England,Female,,,2021 - 23,83,82.9,83.1,",
    "90366,E92000001,England,Male,,,2021 - 23,79,78.9,79.1,",
    "90366,E92000001,England,Male,District deprivation,Most deprived decile,2021 - 23,74,73,75,",
    "90366,E07000011,Huntingdonshire,Female,,,2021 - 23,84.5,84,85,",
    "90366,E07000011,Huntingdonshire,Male,,,2021 - 23,,,,Too few",
    "90366,E07000011,Huntingdonshire,Female,,,2023,84.6,83,86,",
    "90366,E07000011,Huntingdonshire,Female,,,2010 - 12,83.5,83,84,",
    "90366,E07000011,Huntingdonshire,Female,,,2001 - 03,81.5,81,82,",
    "90366,E10000003,Cambridgeshire,Female,,,2021 - 23,84,83.5,84.5,",
]


def write(folder: Path, file: str, heading: str, rows: list[str]) -> Path:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([heading, *rows, ""]), encoding="utf-8")
    return path


def test_claimants_of_english_wards_by_month(tmp_path):
    write(tmp_path, CLAIMANTS, NOMIS, CLAIMANT_ROWS)
    table = read_source("claimant_count_ward", tmp_path)
    assert list(table.columns) == ["area_code", "period", "claimants"]
    assert table[["area_code", "period"]].to_numpy().tolist() == [
        ["E05000001", "2026-09"],
        ["E05000001", "2026-10"],
        ["E05000002", "2026-09"],
        ["E05000002", "2026-10"],
    ]
    # A blank with a reason stays missing and is not 0.
    assert np.array_equal(table["claimants"], [0, np.nan, 15, 20], equal_nan=True)


def changed(rows: list[str], row: int, old: str, new: str) -> list[str]:
    assert old in rows[row]
    return [*rows[:row], rows[row].replace(old, new), *rows[row + 1 :]]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (changed(CLAIMANT_ROWS, 1, "E05000001", "Ward 1"), "row 2, column 'GEOGRAPHY_CODE', value"),
        (changed(CLAIMANT_ROWS, 0, "15", "-5"), "row 1, column 'OBS_VALUE', value -5"),
        (changed(CLAIMANT_ROWS, 0, "15", "many"), "row 1, column 'OBS_VALUE', value 'many'"),
        (changed(CLAIMANT_ROWS, 1, "2026-09", "2026-13"), "row 2, column 'DATE', value '2026-13'"),
        (changed(CLAIMANT_ROWS, 2, '"Q"', '"A"'), "row 3, column 'OBS_VALUE'.*blank, though"),
        (changed(CLAIMANT_ROWS, 3, "2026-10", "2026-09"), "row 4, .*the key occurs twice"),
        (CLAIMANT_ROWS[:4], "has 4 rows and says that there are 5"),
        (
            [r.replace("2026-09", "2026-07") for r in CLAIMANT_ROWS],
            "the month 2026-08 is missing",
        ),
        ([r.replace("E05", "W05") for r in CLAIMANT_ROWS[:4]], "has 4 rows"),
        ([r.replace(",5", ",1") for r in CLAIMANT_ROWS[4:]], "holds no ward of England"),
        ([], "holds no row"),
    ],
)
def test_a_fault_in_the_claimants_is_named(tmp_path, rows, said):
    write(tmp_path, CLAIMANTS, NOMIS, rows)
    with pytest.raises(SourceError, match=said) as raised:
        read_source("claimant_count_ward", tmp_path)
    assert str(raised.value).startswith(f"file {CLAIMANTS}")


def test_life_expectancy_of_three_years(tmp_path):
    write(tmp_path, LIFE, FINGERTIPS, LIFE_ROWS)
    table = read_source("life_expectancy", tmp_path)
    measures = [f"{who}_years{end}" for who in ("women", "men") for end in ("", "_lower", "_upper")]
    assert list(table.columns) == ["area_code", "period", *measures]
    assert table[["area_code", "period"]].to_numpy().tolist() == [
        ["E07000011", "2021-23"],
        ["E10000003", "2021-23"],
        ["E92000001", "2021-23"],
    ]
    nothing = [np.nan] * 3
    county = [84, 83.5, 84.5, *nothing]
    expected = [[84.5, 84, 85, *nothing], county, [83, 82.9, 83.1, 79, 78.9, 79.1]]
    assert np.array_equal(table[measures], expected, equal_nan=True)


def test_a_file_with_one_sex_only_has_the_other_missing(tmp_path):
    write(tmp_path, LIFE, FINGERTIPS, LIFE_ROWS[:2])
    assert read_source("life_expectancy", tmp_path)["men_years"].isna().all()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (changed(LIFE_ROWS, 2, "90366", "90362"), "row 3, column 'Indicator ID', value '90362'"),
        (changed(LIFE_ROWS, 2, "Male", "Persons"), "row 3, column 'Sex', value 'Persons'"),
        (changed(LIFE_ROWS, 4, "E07000011", "Hunts"), "row 5, column 'Area Code', value 'Hunts'"),
        (changed(LIFE_ROWS, 4, "84.5", "845"), "row 5, column 'Value', value 845"),
        (changed(LIFE_ROWS, 1, "83,", "82.95,"), r"row 2, .*E92000001 \+ 2021-23 \+ Female"),
        (LIFE_ROWS[6:7], "holds no figure for three years"),
    ],
)
def test_a_fault_in_life_expectancy_is_named(tmp_path, rows, said):
    write(tmp_path, LIFE, FINGERTIPS, rows)
    with pytest.raises(SourceError, match=said) as raised:
        read_source("life_expectancy", tmp_path)
    assert str(raised.value).startswith(f"file {LIFE}")


def test_a_file_changed_since_it_was_fetched_is_refused(tmp_path):
    path = write(tmp_path, CLAIMANTS, NOMIS, CLAIMANT_ROWS)
    note = path.with_name(f"{path.name}.sha256")
    note.write_text(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n")
    assert not read_source("claimant_count_ward", tmp_path).empty
    path.write_text(path.read_text().replace("15", "25"))
    with pytest.raises(SourceError, match="is not the file that was fetched"):
        read_source("claimant_count_ward", tmp_path)
    note.write_text("")
    with pytest.raises(SourceError, match="is not the file that was fetched"):
        read_source("claimant_count_ward", tmp_path)


def test_an_empty_file_is_named(tmp_path):
    path = tmp_path / CLAIMANTS
    path.parent.mkdir()
    path.write_text("")
    with pytest.raises(SourceError, match="cannot be read"):
        read_source("claimant_count_ward", tmp_path)


def test_the_table_is_as_every_reader_promises(tmp_path):
    write(tmp_path, CLAIMANTS, NOMIS, CLAIMANT_ROWS)
    assert read_source("claimant_count_ward", tmp_path)["claimants"].dtype == np.float64
    assert isinstance(read_source("claimant_count_ward", tmp_path), pd.DataFrame)
