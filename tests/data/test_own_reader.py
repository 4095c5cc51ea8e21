"""A council's own file: opened, understood, checked and accounted for."""

import pandas as pd
import pytest
from own_files import (
    CALLS,
    DEVON,
    HUNTINGDONSHIRE,
    MID_DEVON,
    PARCELS,
    change_part,
    make_geojson,
    make_geopackage,
    read,
    reasons,
    write_workbook,
)
from own_identities import assert_accounted

from data import check
from data.errors import SpreadsheetError
from data.own.council_guess import guess_council
from data.own.entry import suggest_entry
from data.own.numbers import read_number
from data.own.opening import open_file
from data.own.preview import say_preview
from data.own.tables import make_own_table
from data.own.times import read_when


@pytest.mark.parametrize("form", ["csv", "semicolons", "utf-16", "cp1252", "xlsx"])
def test_food_parcels_by_ward_are_understood_in_every_form(form):
    rows = [line.split(",") for line in PARCELS.replace('"1,234"', "1234").splitlines()]
    content = {
        "csv": PARCELS.encode(),
        "semicolons": "\n".join(";".join(row) for row in rows).encode(),
        "utf-16": PARCELS.encode("utf-16"),
        "cp1252": PARCELS.replace("Number", "£").encode("cp1252"),
        "xlsx": write_workbook(rows),
    }[form]
    checked = read(content)
    mapping, account = checked.mapping, checked.account
    assert (mapping.header_row, mapping.unit_row, mapping.layout) == (3, 4, "wide_periods")
    assert (mapping.area_kind, mapping.measure) == ("ward_name", "count")
    assert (account.read, account.used, account.totals, account.blank) == (8, 3, 1, 1)
    assert set(checked.set_aside["Row"]) == {7, 9, 12}
    assert set(checked.rows["period"]) == {"2021/22", "2022/23", "2023/24"}


def test_every_fault_is_listed_at_once_with_place_value_reason_and_cure():
    checked = read(PARCELS)
    found = {(f.row, f.column): f for f in checked.by_severity("error")}
    assert found[7, "Ward"].value == "Ramsay"
    assert found[7, "Ward"].suggestion == "did you mean 'Ramsey' (E05011268)?"
    assert found[9, "2021/22"].reason == "is below zero, but a count"
    assert "1 cell read without the commas" in reasons(checked, 6)[0]
    assert any("read as withheld, not as zero" in reason for reason in reasons(checked, 6))
    assert any("used add up to" in reason for reason in reasons(checked, 11))


def test_rows_that_add_up_to_their_total_are_said_to():
    checked = read("Ward,2023\nRamsey,5\nYaxley,6\nTotal,11\n")
    assert "The rows add up to this total" in reasons(checked, 4)


@pytest.mark.parametrize("mark", ["-", "..", "n/a", "*", "c", "<5", ""])
def test_marks_are_never_zero(mark):
    checked = read(f"Ward,2022,2023\nRamsey,{mark},9\nYaxley,8,9\n")
    row = checked.rows[(checked.rows["area_code"] == "E05011268")].iloc[0]
    assert pd.isna(row["value"])
    assert row["flag"] == ("suppressed" if mark in ("*", "c", "<5") else "not_available")


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,234", 1234), ("£1,234.50", 1234.5), ("12%", 12), ("1 234", 1234), ("−5", -5), (".5", 0.5)],
)
def test_numbers_as_people_write_them(text, value):
    found = read_number(text)
    assert (found.value, found.fault) == (value, "")
    assert found.reading


@pytest.mark.parametrize("text", ["12,5", "1,23", "(5)", "5*", "1.234,5", "#REF!", "=1+1", "1e400"])
def test_numbers_that_can_be_read_in_two_ways_are_set_aside(text):
    assert read_number(text).fault
    assert read_number(text).cure


@pytest.mark.parametrize(
    ("text", "key"),
    [("2024-25", "2024/25"), ("Apr-24", "2024-04"), ("Q1 2024/25", "2024-Q2"), ("FY24", "2023/24"),
     ("01/04/2024", "2024-04-01"), ("2014-16", "2014-16"), ("2024.0", "2024")],
)  # fmt: skip
def test_periods_as_people_write_them(text, key):
    assert read_when(text).key == key


@pytest.mark.parametrize("text", ["45383", "31/02/2024", "hello", "", "1850", "13/2024"])
def test_what_is_no_period_is_said(text):
    assert read_when(text).fault


def test_percentages_are_worked_out_from_their_counts_and_cannot_be_over_100():
    checked = read("Ward,% helped,Count,Respondents\nRamsey,50%,5,10\nYaxley,44%,4,10\n"
                   "Warboys,140%,14,10\n")  # fmt: skip
    assert checked.mapping.denominator_column == 3
    assert {f.reason for f in checked.by_severity("error")} == {
        "is over 100 per cent", "is more than what it is out of",
    }  # fmt: skip
    entry = suggest_entry(checked, checked.measures[0])
    values = make_own_table(checked, entry).values.set_index("area_code")
    assert values.at["E05011281", "value"] == 40
    assert values.at["E05011281", "lower_ci"] == pytest.approx(16.8, abs=0.1)  # Wilson, 4 of 10


def test_twins_are_set_aside_all_of_them_where_they_differ():
    checked = read("Ward,Month,Parcels\nRamsey,2024-04,5\nYaxley,2024-04,6\nYaxley,2024-04,6\n"
                   "Warboys,2024-04,1\nWarboys,2024-04,2\n")  # fmt: skip
    assert set(checked.set_aside["Row"]) == {4, 5, 6}
    assert len(checked.rows) == 2


def test_two_spellings_of_one_ward_are_the_same_ward():
    checked = read("Ward,Month,Parcels\nSt Ives East,2024-04,5\nSaint Ives East Ward,2024-04,6\n")
    assert checked.account.set_aside == 2


def test_wards_of_an_earlier_year_are_carried_with_a_flag():
    checked = read("Ward code,2021\nE05003510,10\nE05003511,20\nE05003516,30\n", MID_DEVON)
    assert set(checked.rows["fit"]) == {"apportioned"}
    assert checked.rows["value"].mul(checked.rows["share"]).sum() == pytest.approx(60)
    assert any("earlier year" in line for line in say_preview(checked))


def test_an_earlier_ward_is_not_counted_beside_the_ward_that_took_its_place():
    checked = read("Ward code,2021\nE05003510,10\nE05014796,20\n", MID_DEVON)
    assert checked.set_aside["Row"].tolist() == [2]
    assert any("mixed" in f.reason for f in checked.by_severity("warning"))


def test_a_ward_of_2026_is_named_and_not_guessed():
    checked = read("Ward code,2021\nE05014796,10\nE05016632,20\n", MID_DEVON)
    assert "West Bromwich Central of 2026" in checked.by_severity("error")[0].reason


def test_a_name_of_several_wards_needs_its_council():
    table = (
        "Ward,District,2023\nNewton,Exeter,1\nExmouth Town,East Devon,5\nYealmpton,East Devon,2\n"
    )
    checked = read(table, DEVON)
    assert checked.mapping.council_column == 1
    assert {f.row for f in checked.by_severity("error")} >= {4}


def test_district_figures_stay_district_figures():
    checked = read("Council,2023\nE07000041,100\nE07000042,50\nDevon,150\n", DEVON)
    own = make_own_table(checked, suggest_entry(checked, checked.measures[0]))
    assert set(own.values["area_code"].str[:3]) == {"E07"}
    assert suggest_entry(checked, checked.measures[0]).geography == "district"


def test_lsoas_of_2011_and_2021_are_added_up_to_wards():
    from data.load import load_lsoas

    ward = load_lsoas().query("ward_code == 'E05011268'")
    lines = "\n".join(f"{code},10" for code in ward.index)
    checked = read(f"LSOA,2023\n{lines}\n")
    own = make_own_table(checked, suggest_entry(checked, checked.measures[0]))
    row = own.values.set_index("area_code").loc["E05011268"]
    assert (row["value"], row["fit"], row["flag"]) == (10 * len(ward), "best_fit", "")
    partly = read("LSOA,2023\n" + "\n".join(lines.splitlines()[:-1]) + "\n")
    own = make_own_table(partly, suggest_entry(partly, partly.measures[0]))
    assert own.values.set_index("area_code").loc["E05011268", "flag"] == "estimated"


def test_postcodes_become_ward_counts_and_nothing_else():
    checked = read(CALLS)
    assert (checked.mapping.layout, checked.mapping.grain) == ("events", "month")
    assert checked.account.used == 3
    own = make_own_table(checked, suggest_entry(checked, checked.measures[0]))
    counts = own.values.set_index(["area_code", "period"])["value"]
    assert counts["E05011266", "2024-04"] == 1
    assert counts["E05011266", "2024-05"] == 2
    assert counts["E05011268", "2024-05"] == 0  # no row is no event
    kept = repr((checked.rows.to_dict(), own.values.to_dict(), own.notes, own.entry,
                 checked.headings, [f for f in checked.findings if f.severity != "error"],
                 say_preview(checked))).upper().replace(" ", "")  # fmt: skip
    for part in ("PE293TN", "EX11AA", "NOPE"):
        assert part not in kept
    assert (checked.rows["row"] == 0).all()
    assert set(checked.set_aside["Postcode"]) == {"nope", "EX1 1AA"}  # the visitor's own rows back


@pytest.mark.parametrize(
    "content",
    [make_geojson((-0.1838, 52.33), (-0.1838, 52.33)),
     make_geojson((523800, 271700), (523800, 271700),
                  crs={"properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}),
     make_geopackage([(523800, 271700), (523800, 271700)]),
     b"lon,lat\n-0.1838,52.33\n-0.1838,52.33\n",
     b"Easting,Northing\n523800,271700\n523800,271700\n"],
    ids=["geojson", "geojson-grid", "geopackage", "lonlat", "grid"],
)  # fmt: skip
def test_points_are_counted_into_wards_and_forgotten(content):
    checked = read(content)
    assert checked.mapping.area_kind == "point"
    assert checked.rows["value"].tolist() == [2]
    assert checked.rows["area_code"].tolist() == ["E05011266"]
    own = make_own_table(checked, suggest_entry(checked, checked.measures[0]))
    kept = repr((checked.rows.to_dict(), own, checked.by_severity("note")))
    assert not any(part in kept for part in ("52.33", "0.1838", "523800", "271700"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n,,\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\x00\x01\x02binary\x03", "not a spreadsheet"),
        (b'a,b\n"c,d\n', "quotation mark"),
        (b"PK\x03\x04nonsense", "damaged"),
        (b'{"type": "FeatureCollection"', "GeoJSON"),
        (b'{"a":' * 100_000, "GeoJSON"),
        (b"SQLite format 3\x00" + bytes(4000), "damaged"),
        (make_geojson((1, 2), crs={"properties": {"name": "my own"}}), "not known"),
        (make_geopackage([(1, 2)], organisation="NONE"), "coordinate system"),
        (make_geopackage([(1, 2)], kind="POLYGON"), "Only points"),
        (b"a,b\n" + b"1,2\n" * 250_000, "200,000 rows"),
        (b"," * 400, "columns wide"),
    ],
)
def test_what_cannot_be_opened_says_why(content, said):
    with pytest.raises(SpreadsheetError, match=said):
        open_file(content, "test")


def test_a_large_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    monkeypatch.setattr(type(path), "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(SpreadsheetError, match="is 200 MB; at most 50 MB"):
        open_file(path, "large.csv")


def test_a_workbook_that_would_fill_the_memory_is_refused_unopened():
    book = write_workbook([["Ward", "2023"], ["Ramsey", 5]])
    far = change_part(book, "sheet1.xml", b'r="B2"', b'r="XFD1048576"')
    with pytest.raises(SpreadsheetError, match="more than 200,000 rows"):
        open_file(far, "test")
    macro = change_part(book, "[Content_Types].xml", b"sheet.main+xml", b"sheet.macroEnabled+xml")
    with pytest.raises(SpreadsheetError, match="macros"):
        open_file(macro, "test")


def test_formulas_errors_and_merged_cells_of_a_workbook_are_told():
    book = write_workbook(
        [["Ward", "2023"], ["Ramsey", "=1+1"], ["Yaxley", "#REF!"], ["Warboys", 5],
         ["St Ives East", 6], ["St Ives West", 7]],
        merge=["B5:B6"],
    )  # fmt: skip
    checked = read(book)
    assert "is a formula whose result is not stored" in reasons(checked, 2)
    assert "is an error of the spreadsheet" in reasons(checked, 3)
    assert checked.account.used == 1


def test_a_row_of_nothing_but_an_unsaved_formula_is_set_aside_not_blank():
    book = write_workbook([["Ward", "2023"], ["=A1", None], ["Ramsey", 5], [None, None]])
    (sheet,) = open_file(book, "test").sheets
    checked = read(book)
    assert checked.set_aside["Row"].tolist() == [2]
    assert_accounted(sheet, checked)


def test_a_total_whose_sum_is_not_stored_sets_no_row_aside():
    book = write_workbook([["Ward", "2023"], ["Ramsey", 5], ["Yaxley", 6], ["Total", "=B2+B3"]])
    (sheet,) = open_file(book, "test").sheets
    checked = read(book)
    assert (checked.account.used, checked.account.totals, checked.account.set_aside) == (2, 1, 0)
    assert_accounted(sheet, checked)


def test_a_sheet_can_be_chosen_and_hidden_ones_are_named():
    book = write_workbook(
        [["Notes"]], "Notes", more=[("Figures", [["Ward", "2023"], ["Ramsey", 5]])]
    )
    file = open_file(book, "test")
    assert [sheet.name for sheet in file.sheets] == ["Notes", "Figures"]
    assert file.sheet("Figures").cells.shape == (2, 2)


@pytest.mark.parametrize(
    ("text", "council"), [(PARCELS, HUNTINGDONSHIRE), (CALLS, HUNTINGDONSHIRE),
                          ("Code,2023\nE05003510,1\nE05014796,2\n", MID_DEVON)]
)  # fmt: skip
def test_the_council_is_told_by_its_areas(text, council):
    assert guess_council(open_file(text.encode(), "x").sheets[0]) == council


def test_a_mapping_that_does_not_fit_is_refused():
    with pytest.raises(SpreadsheetError, match="does not fit"):
        read(PARCELS, area_column=40)
    with pytest.raises(SpreadsheetError, match="Choose at least one"):
        read(PARCELS, layout="long", value_columns=(), period="2023")


def test_the_command_line_checks_own_figures_and_leaves_scored_impacts_alone(tmp_path, capsys):
    path = tmp_path / "parcels.csv"
    path.write_text(PARCELS, encoding="utf-8")
    assert check.main([str(path)]) == 1
    said = capsys.readouterr().err
    assert "line 7: Ward 'Ramsay' is not a ward of Huntingdonshire; did you mean" in said
    path.write_text("Ward,2023\nRamsey,15\nYaxley,16\n", encoding="utf-8")
    assert check.main([str(path)]) == 0
    assert "2 rows read: 2 used, 0 set aside" in capsys.readouterr().out


def test_two_hundred_thousand_unknown_names_take_no_more_than_their_reading(monkeypatch):
    """Looking for what was meant stops after some names, so a hostile file takes no hours."""
    calls = []
    monkeypatch.setattr("data.own.places.closest", lambda *a: calls.append(a) or "")
    lines = "\n".join(f"Nowhere {n},{n}" for n in range(5_000))
    checked = read(f"Ward,2023\nRamsey,1\n{lines}\n", area_column=0, area_kind="ward_name",
                   layout="wide_periods", value_columns=(1,), header_row=1)  # fmt: skip
    assert checked.account.set_aside == 5_000
    assert len(calls) <= 200
