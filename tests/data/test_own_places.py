"""Which area a cell names, which it does not, and whose figures a file holds."""

import pandas as pd
import pytest
from own_files import DEVON, HUNTINGDONSHIRE, MID_DEVON

from data.geography_words import ENGLAND
from data.own import places
from data.own.council_guess import guess_council
from data.own.opening import open_file
from data.own.places import read_places

ESSEX = "E10000012"
RAMSEY, RAMSEY_LSOA = "E05011268", "E01018156"


def find(text, kind, council=HUNTINGDONSHIRE, within=None):
    """What one cell names: code, fault, cure and how it was read."""
    beside = None if within is None else pd.Series([within])
    read = read_places(pd.Series([text]), kind, council, beside)
    return read.code[0], read.fault[0], read.cure[0], read.reading[0]


@pytest.mark.parametrize(
    ("text", "kind", "code", "reading"),
    [
        (RAMSEY, "ward_code", RAMSEY, ""),
        (f" {RAMSEY.lower()}\u00a0", "ward_code", RAMSEY, "spaces"),
        ("Ramsey Ward", "ward_code", RAMSEY, "name"),
        (RAMSEY_LSOA, "lsoa_code", RAMSEY_LSOA, ""),
        ("Huntingdonshire District Council", "district_code", HUNTINGDONSHIRE, "name"),
    ],
)
def test_an_area_is_found_as_people_write_it(text, kind, code, reading):
    found = find(text, kind)
    assert (found[0], found[1], found[3]) == (code, "", reading)


@pytest.mark.parametrize(
    ("text", "kind", "fault", "cure"),
    [
        ("", "ward_name", "says no area", "write the ward, or delete the row"),
        ("E05911268", "ward_code", "is not a code of a ward or district of England",
         "did you mean E05011268 (Ramsey)?"),
        ("W05000123", "ward_code", "is not a code of a ward or district of England",
         "check the code"),
        (RAMSEY, "lsoa_code", "is a ward, unlike the other rows",
         "bring wards in a file of their own"),
        (RAMSEY, "district_code", "is a ward, unlike the other rows",
         "bring wards in a file of their own"),
        ("E05003510", "lsoa_code", "is a ward (Bradninch)", "bring wards in a file of their own"),
        ("E05003510", "ward_code", "is an earlier ward of Mid Devon, not of Huntingdonshire",
         "choose the council whose figures these are"),
        ("E05014796", "ward_code", "is a ward of Mid Devon, not of Huntingdonshire",
         "choose the council whose figures these are"),
        (RAMSEY_LSOA, "ward_code", "is an LSOA, unlike the other rows",
         "bring LSOAs in a file of their own"),
        ("E01099999", "lsoa_code", "is not an LSOA of 2021 or 2011", "check the code"),
        ("E01020041", "lsoa_code", "is not an LSOA of Huntingdonshire",
         "choose the council whose figures these are"),
        (MID_DEVON, "district_code", "is not a district of Huntingdonshire", "leave the row out"),
        ("Ramsie", "lsoa_code", "is not an LSOA code", "write the code, such as E05011256"),
        ("Ramsie", "ward_name", "is not a ward of Huntingdonshire",
         "did you mean 'Ramsey' (E05011268)?"),
        ("Qqqqqqqqqqq", "ward_name", "is not a ward of Huntingdonshire",
         "write the name of a ward of 2025, or its code"),
    ],
)  # fmt: skip
def test_what_names_no_area_of_the_file_is_told_with_a_cure(text, kind, fault, cure):
    assert find(text, kind) == ("", fault, cure, "")


def test_a_name_of_two_wards_is_told_apart_by_its_district():
    assert find("Trinity", "ward_name", ESSEX) == (
        "",
        "is the name of 2 wards",
        "write the code: E05004117 (Chelmsford), E05010855 (Rochford)",
        "",
    )
    assert find("Trinity", "ward_name", ESSEX, "Rochford District")[0] == "E05010855"
    assert find("Trinity", "ward_name", ESSEX, "E07000070")[0] == "E05004117"
    for elsewhere in ("Harlow", "Ruritania"):
        assert find("Trinity", "ward_name", ESSEX, elsewhere)[1:3] == (
            f"is not a ward of '{elsewhere}'",
            "check both names",
        )


def test_a_name_of_several_earlier_wards_needs_its_code():
    code, fault, cure, _ = find("Blackdown", "ward_name", ENGLAND)
    assert (code, fault) == ("", "is the name of several earlier wards")
    assert cure == "write the code: E05006819, E05006860"


def test_looking_for_what_a_wrong_code_meant_stops_after_some(monkeypatch):
    monkeypatch.setattr(places, "MOST_GUESSES", 1)
    read = read_places(pd.Series(["E05911268", "E05911269"]), "ward_code", HUNTINGDONSHIRE)
    assert read.cure.tolist() == ["did you mean E05011268 (Ramsey)?", "check the code"]


@pytest.mark.parametrize(
    ("codes", "council"),
    [
        # Two of five in Exeter: no district has most of them, the county above does.
        (["E05011011", "E05011012", "E05014796", "E05014797", "E05011268"], DEVON),
        # A unitary authority and a district: nothing below England holds both.
        (["E05009288", "E05011268"], ENGLAND),
        (["E05099999"], ENGLAND),
        (["E05099999", "E05011268"], HUNTINGDONSHIRE),
    ],
)
def test_the_council_is_the_smallest_area_that_most_rows_lie_in(codes, council):
    text = "Code,2023\n" + "".join(f"{code},1\n" for code in codes)
    assert guess_council(open_file(text.encode(), "x").sheets[0]) == council
