"""A council's own list of community assets: wards by code or postcode, postcodes let go."""

import datetime as dt

import pytest

from data.asset_list import FORM, read_asset_list
from data.cells import Known
from data.errors import SpreadsheetError, TableError
from data.form_reader import load_known

HEADINGS = ",".join(column.heading for column in FORM.columns)
HALL = "Village hall,Place to meet,E05011266,,Open Tuesdays,Parish list"


def read(*lines: str):
    return read_asset_list("\n".join([HEADINGS, *lines]).encode(), "list.csv")


def known() -> Known:
    return load_known(dt.date(2026, 11, 25))


def test_a_row_with_a_ward_code_is_taken() -> None:
    found = read(HALL, HALL)
    assert found.mistakes == ()
    # The same row twice is one place.
    assert found.table.to_dict("records") == [
        {"name": "Village hall", "kind": "Place to meet", "ward": "E05011266",
         "note": "Open Tuesdays", "source": "Parish list"}
    ]  # fmt: skip


def test_a_postcode_gives_the_ward_and_is_let_go() -> None:
    # Pathfinder House, the council's offices, stands in Huntingdon North.
    found = read("Offices,Advice or help,,pe29 3tn,,")
    assert found.mistakes == ()
    assert found.table.loc[0, "ward"] == "E05011266"
    assert "3TN" not in found.table.to_csv().upper()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Hall,Place to meet,,,,", "Ward code: is empty, and so is Postcode"),
        ("Hall,Palace,E05011266,,,", "Kind: “Palace”"),
        (",Place to meet,E05011266,,,", "Name: is empty"),
        ("Hall,Place to meet,E05999999,,,", "E05999999"),
        ("Hall,Place to meet,E05011266; E05011268,,,", "is not one ward"),
        ("Hall,Place to meet,Council-wide,,,", "is not one ward"),
        ("Hall,Place to meet,,PE29,,", "is not a postcode"),
        ("Hall,Place to meet,,CF10 1EP,,", "has no place in England"),
        ("Hall,Place to meet,,ZZ99 9ZZ,,", "has no place in England"),
        ("Hall,Place to meet,E05011268,PE29 3TN,,", "lies in another ward"),
        (f"{'x' * 81},Place to meet,E05011266,,,", "81 letters long"),
    ],
)
def test_a_wrong_row_is_set_aside_and_the_others_stay(line, words) -> None:
    found = read(line, HALL)
    assert len(found.table) == 1
    assert [mistake.row for mistake in found.mistakes] == [2]
    assert words in found.mistakes[0].words


def test_an_error_never_repeats_a_postcode() -> None:
    found = read("Hall,Place to meet,,CF10 1EP,,", "Hall,Place to meet,,PE29 3TNX,,")
    assert len(found.mistakes) == 2
    assert not any("CF10" in m.words or "3TN" in m.words.split("such as")[0]
                   for m in found.mistakes)  # fmt: skip


def test_a_directory_that_is_away_is_said(monkeypatch) -> None:
    def fail(*_: str) -> None:
        raise TableError("gone")

    monkeypatch.setattr("data.asset_list.find_postcodes", fail)
    assert "cannot be looked up" in read("Hall,Place to meet,,PE29 3TN,,").mistakes[0].words


def test_another_file_is_refused() -> None:
    with pytest.raises(SpreadsheetError, match="headings"):
        read_asset_list(b"a,b\n1,2\n", "x.csv")


def test_formulas_stay_text() -> None:
    assert read('"=1+1",Place to meet,E05011266,,,').table.loc[0, "name"] == "=1+1"
