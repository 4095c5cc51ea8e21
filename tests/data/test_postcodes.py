"""Postcodes of the directory: known ones, bad input, small memory, honest release."""

from __future__ import annotations

from importlib import metadata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import postcodes
from data.errors import TableError
from data.postcodes import OUTWARD, find_postcodes, load_directory, load_letter


def place_of(outward: str, inward: str) -> tuple[str, float, float]:
    found = find_postcodes(outward, inward)
    assert len(found) == 1
    return found.district(0), float(found.easting[0]), float(found.northing[0])


@pytest.mark.parametrize(
    ("outward", "inward", "place"),
    [
        # Huntingdonshire District Council, Pathfinder House, St Mary's Street, Huntingdon
        ("PE29", "3TN", ("E07000011", 523999, 271531)),
        # Devon County Hall, Topsham Road, Exeter
        ("EX2", "4QD", ("E07000041", 292962, 91646)),
        ("SW1A", "1AA", ("E09000033", 529090, 179645)),  # Buckingham Palace
        ("E1W", "1AA", ("E09000030", 533847, 180412)),
        ("B1", "1AA", ("E08000025", 406649, 286530)),
    ],
)
def test_known_postcodes_are_where_they_are(outward, inward, place):
    assert place_of(outward, inward) == place


def test_postcodes_without_a_place_have_none():
    jersey = find_postcodes("JE1", "0BD")
    assert len(jersey) == 1
    assert np.isnan(jersey.easting[0])
    assert jersey.district(0).startswith("L")
    nowhere = find_postcodes("AB11", "3AG")
    assert len(nowhere) == 1
    assert nowhere.district(0) == ""


@pytest.mark.parametrize(
    ("outward", "inward"),
    [("PE29", "3CK"), ("QQ1", "1AA"), ("PE98", ""), ("pe29", "3TN"), ("", ""), ("PE29", "TN3"),
     ("PE29", "3TNX"), ("PE29 ", "3TN"), ("../A1", ""), ("É1", "1AA")],
)  # fmt: skip
def test_what_is_no_postcode_of_the_directory_finds_none(outward, inward):
    assert len(find_postcodes(outward, inward)) == 0


def test_a_district_is_not_mixed_up_with_a_longer_one():
    assert {code[:4] for code in find_postcodes("PE2").code.tolist()} == {b"PE2 "}
    assert {code[:4] for code in find_postcodes("PE29").code.tolist()} == {b"PE29"}
    sector = find_postcodes("PE29", "3")
    assert {code[:5] for code in sector.code.tolist()} == {b"PE293"}
    assert 0 < len(sector) < len(find_postcodes("PE29"))


def test_a_letter_is_sorted_complete_and_small():
    letter = load_letter("P")
    assert len(letter) == 138_918
    assert (letter.code[:-1] < letter.code[1:]).all()
    columns = (letter.code, letter.easting, letter.northing, letter.area)
    assert sum(column.nbytes for column in columns) < 20 * len(letter)
    assert len(load_letter("Q")) == len(load_letter("?")) == len(load_letter("AB")) == 0
    assert load_letter.cache_info().maxsize == 4


def test_the_release_is_that_of_the_installed_package(monkeypatch):
    directory = load_directory()
    assert metadata.version(directory.package) == directory.package_version
    assert directory.release == "November 2025"
    assert "Open Government Licence" in directory.licence
    load_directory.cache_clear()
    monkeypatch.setattr(metadata, "version", lambda _: "2099.1.1")
    assert load_directory().release == "package version 2099.1.1"
    monkeypatch.undo()
    load_directory.cache_clear()


def test_a_damaged_or_missing_directory_is_said(monkeypatch, tmp_path):
    load_letter.cache_clear()
    (tmp_path / "postcodes_P.msgpack.br").write_bytes(b"not a postcode file")
    monkeypatch.setattr(postcodes, "_find_folder", lambda: tmp_path)
    with pytest.raises(TableError, match=r"postcodes_P\.msgpack\.br: the file is damaged"):
        find_postcodes("PE29", "3TN")
    monkeypatch.undo()
    monkeypatch.setattr(postcodes.util, "find_spec", lambda _: None)
    with pytest.raises(TableError, match="not installed"):
        load_letter("Z")
    load_letter.cache_clear()


@given(st.text(max_size=12), st.text(max_size=6))
def test_no_text_raises(outward, inward):
    found = find_postcodes(outward, inward)
    assert len(found) == 0 or OUTWARD.fullmatch(outward)
