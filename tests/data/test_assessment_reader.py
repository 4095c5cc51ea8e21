"""The reader of scored impacts: what it takes, what it refuses, and that it says so."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from assessment_files import (
    HEADINGS,
    KNOWN,
    TODAY,
    make_book,
    make_row,
    repack,
    save_book,
    write_book,
    write_csv,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.assessment_template import make_template
from data import check
from data.assessment import Assessment, read_assessment, version_order
from data.assessment_cells import Known
from data.assessment_fields import COLUMNS, MOST_BYTES, MOST_ROWS
from data.errors import DataError, SpreadsheetError

SOUND = write_book([HEADINGS, make_row()])
WORKBOOK = "xl/workbook.xml"


def read(content: bytes, known: Known = KNOWN) -> Assessment:
    return read_assessment(content, "file", known)


def read_rows(*rows: list[object]) -> Assessment:
    return read(write_book([HEADINGS, *rows]))


def words(found: Assessment) -> list[str]:
    return [f"{m.row} {m.words}" for m in found.mistakes]


# ---- What is taken --------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        SOUND,
        write_csv([HEADINGS, make_row()]),
        write_csv([HEADINGS, make_row()], "utf-8-sig"),
        write_csv([HEADINGS, make_row()], mark=";"),
        write_csv([HEADINGS, make_row()], mark="\t"),
        write_csv([[h.upper() + " (see notes)" for h in HEADINGS], make_row()]),
        write_csv([["Our assessment"], [], HEADINGS, [], make_row(), []]),
        write_csv([HEADINGS, make_row(date="30/06/2021", kind="damaging ", impact="4.0")]),
        write_csv([HEADINGS, make_row(date="30 June 2021", area_of_impact="ECONOMY")]),
    ],
)
def test_a_sound_file_is_taken_as_it_stands(content):
    found = read(content)
    assert not found.mistakes
    row = found.table.iloc[0].drop(["row", "incomplete"]).to_dict()
    assert row["date"].date() == dt.date(2021, 6, 30)
    assert {k: v for k, v in row.items() if k != "date"} == {
        "id": "ECON-1", "title": "Shops closed", "area_of_impact": "Economy", "kind": "Damaging",
        "impact": 4, "likelihood": 3, "confidence": "Medium", "version": "1.0",
        "indicator": "claimant_count_percent", "wards": "Council-wide",
        "officer_role": "Economy lead", "note": "Footfall of June", "source": "Cabinet report",
    }  # fmt: skip


def test_windows_letters_are_read_and_said():
    found = read(write_csv([HEADINGS, make_row(title="Café £5 “shut”")], "cp1252"))
    assert found.table["title"].tolist() == ["Café £5 “shut”"]
    assert "Windows-1252" in found.notes[0]


def test_a_row_without_scores_is_not_a_mistake_and_not_zero():
    empty = dict.fromkeys(("impact", "likelihood", "confidence", "date", "area_of_impact"))
    found = read_rows(make_row(**empty))
    assert not found.mistakes
    assert math.isnan(found.table.at[0, "impact"])
    assert str(found.table.at[0, "date"]) == "NaT"


def test_names_and_codes_are_taken_for_what_they_mean():
    found = read_rows(
        make_row(indicator="Deprivation", wards="E05011266, E05011267; E05011266"),
        make_row(id="A", wards="council wide", version=2),
    )
    assert not found.mistakes
    assert found.table["indicator"].tolist() == ["imd_score", "claimant_count_percent"]
    assert found.table["wards"].tolist() == ["E05011266; E05011267", "Council-wide"]
    assert found.table["version"].tolist() == ["1.0", "2"]


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "+44", "-5", "@SUM(A1)", "<b>"])
def test_text_that_looks_like_a_formula_stays_text(text):
    assert read(write_csv([HEADINGS, make_row(note=text)])).table["note"].tolist() == [text]
    assert read(write_book([HEADINGS, make_row(note=text)])).table["note"].tolist() == [text]


def test_the_template_is_read_without_a_word_and_is_empty():
    found = read(make_template(KNOWN.indicators, KNOWN.wards))
    assert found.table.empty
    assert not found.mistakes
    filled = [{"id": "007", "title": "=A1", "kind": "Positive", "version": "1.10"}]
    table = read(make_template(KNOWN.indicators, KNOWN.wards, filled)).table
    assert table[["id", "title", "version"]].to_numpy().tolist() == [["007", "=A1", "1.10"]]


# ---- Mistakes in rows -----------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": None}, "2 Id: is empty; write, for example, ECON-1"),
        ({"id": "=A1"}, "2 Id: “=A1” is not an id; letters"),
        ({"title": "x" * 151}, "is 151 letters long; at most 150"),
        ({"title": "a\u2028b"}, "holds a sign that cannot be shown (U+2028)"),
        ({"area_of_impact": "Economi"}, "did you mean 'Economy'? allowed: Economy, Environment"),
        ({"kind": "bad"}, "2 Kind: “bad” is not known; allowed: Damaging, Positive"),
        ({"impact": 6}, "2 Impact: “6” is not on the scale; allowed: a whole number from 1 to 5"),
        ({"impact": 0}, "2 Impact: “0” is not on the scale"),
        ({"impact": 3.5}, "2 Impact: “3.5” is not on the scale"),
        ({"impact": "three"}, "2 Impact: “three” is not on the scale"),
        ({"impact": "٣"}, "is not on the scale"),
        ({"impact": True}, "2 Impact: “TRUE” is not a number"),
        ({"impact": "=2+2"}, "2 Impact: “=2+2” is a formula, which is not computed here"),
        ({"impact": dt.date(2021, 3, 1)}, "2 Impact: “2021-03-01” is not a number"),
        ({"impact": None}, "2 Impact: is empty in a row with a score"),
        ({"confidence": None}, "2 Confidence: is empty in a row with a score; allowed: Low"),
        ({"date": None}, "2 Date of scoring: is empty in a row with a score"),
        ({"date": "31/06/2021"}, "“31/06/2021” is not a date; write it as 30/06/2021"),
        ({"date": "30/06/21"}, "“30/06/21” is not a date"),
        ({"date": 44377}, "is a number, not a date; did you mean 2021-06-30?"),
        ({"date": TODAY + dt.timedelta(1)}, "is in the future; a day up to 2026-11-25"),
        ({"date": dt.date(1999, 12, 31)}, "is before 2000"),
        ({"date": dt.datetime(2021, 6, 30, 14, 30)}, "holds a time of day"),
        ({"date": "=TODAY()"}, "is a formula, which is not computed here"),
        ({"version": dt.date(2021, 1, 2)}, "has been turned into a date"),
        ({"indicator": "claimant_cont_percent"}, "did you mean 'claimant_count_percent'?"),
        ({"indicator": "unicorns"}, "is not in the catalogue; an id from the sheet"),
        ({"wards": "Kimbolton"}, "did you mean 'E05011267'?"),
        ({"wards": "E05011266; E05"}, "names 'E05', which is not the code of a ward of 2025"),
        ({"wards": " ;"}, "names no ward"),
        ({"officer_role": "Mrs Smith"}, "looks like a person"),
        ({"officer_role": "a.b@council.gov.uk"}, "looks like a person"),
        ({"note": "x" * 1001}, "is 1,001 letters long; at most 1,000"),
    ],
)  # fmt: skip
def test_one_mistake_sets_its_row_aside_and_leaves_the_others(changes, said):
    found = read_rows(make_row(**changes), make_row(id="SOC-1"))
    assert len(found.mistakes) == 1
    assert said in words(found)[0]
    assert found.table["id"].tolist() == ["SOC-1"]
    assert found.set_aside["Row"].tolist() == [2]
    assert said.removeprefix("2 ") in found.set_aside["Why it was set aside"][0]


def test_all_mistakes_are_told_at_once():
    found = read_rows(make_row(impact=9, kind="x"), make_row(id="B", date="soon"))
    assert [(m.row, m.column) for m in found.mistakes] == [
        (2, "Impact"), (2, "Kind"), (3, "Date of scoring")]  # fmt: skip
    assert found.table.empty


def test_errors_of_a_spreadsheet_are_named():
    book = make_book([HEADINGS, make_row()])
    book.active["B2"] = "#REF!"
    assert "holds the error #REF!" in words(read(save_book(book)))[0]


def test_merged_cells_set_their_rows_aside():
    book = make_book([HEADINGS, make_row(), make_row(id="B"), make_row(id="C")])
    book.active.merge_cells("A2:A3")
    found = read(save_book(book))
    assert found.table["id"].tolist() == ["C"]
    assert sum("merged (rows 2 to 3)" in line for line in words(found)) == 2


def test_history_is_kept_and_twins_are_not():
    rows = [make_row(), make_row(date=dt.date(2022, 1, 1)), make_row(version="1.1")]
    assert len(read_rows(*rows).table) == 3
    same = read_rows(make_row(), make_row())
    assert same.table["row"].tolist() == [2]
    assert "twice or more for the same day and version (first in row 2)" in words(same)[0]
    differing = read_rows(make_row(), make_row(impact=1))
    assert differing.table.empty
    assert len(differing.mistakes) == 2


def test_an_impact_keeps_its_kind_its_area_and_its_spelling():
    later = {"date": dt.date(2022, 1, 1)}
    assert "differs from an earlier row" in words(
        read_rows(make_row(), make_row(kind="Positive", **later))
    )[0]  # fmt: skip
    assert "is written 'ECON-1' in row 2" in words(
        read_rows(make_row(), make_row(id="econ-1", **later))
    )[0]  # fmt: skip


def test_an_impact_with_a_row_set_aside_is_marked_as_incomplete():
    found = read_rows(make_row(), make_row(date="soon"), make_row(id="B"))
    assert dict(zip(found.table["id"], found.table["incomplete"], strict=True)) == {
        "ECON-1": True, "B": False}  # fmt: skip


def test_an_unknown_heading_is_told_and_its_column_left_out():
    found = read(write_csv([[*HEADINGS, "Colour"], [*make_row(), "red"]]))
    assert words(found) == ["1 “Colour” is not a heading of the template; the column is left out"]
    assert len(found.table) == 1


# ---- Files that cannot be used --------------------------------------------------

DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BAD_FILES = {
    "empty": (b"", "is empty"),
    "blank": (b" \n \n", "is empty"),
    "too large": (b"x" * (MOST_BYTES + 1), "at most 5 MB"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), "not a spreadsheet"),
    "pdf": (b"%PDF-1.7\n\x00\x01\x02", "not a spreadsheet"),
    "words": (b"Dear all, no table here.", "does not have the headings"),
    "web page": (b"<html><table><tr><td>Id</td></tr></table></html>", "the headings"),
    "utf-16": (write_csv([HEADINGS, make_row()], "utf-16"), "UTF-16"),
    "neither encoding": (b"Id,Title\n\x81\x8d\x8f", "neither UTF-8 nor Windows-1252"),
    "old excel": (OLD_OFFICE, "old Office format"),
    "password": (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "macros": (repack(SOUND, {"xl/vbaProject.bin": b"x"}), "macros"),
    "macros by type": (
        repack(SOUND, {"[Content_Types].xml": b"<a>macroEnabled.main+xml</a>"}), "macros"),
    "old macros": (repack(SOUND, {"xl/macrosheets/sheet1.xml": b"<a/>"}), "macros"),
    "zip bomb": (repack(SOUND, {"xl/media/a.bin": bytes(31_000_000)}), "far larger"),
    "many parts": (repack(SOUND, {f"x/{n}": b"" for n in range(1_001)}), "far larger"),
    "entities": (repack(SOUND, {WORKBOOK: DTD}), "not a sound Excel workbook"),
    "word file": (repack(SOUND, {WORKBOOK: None, "word/document.xml": b"<a/>"}), "not an Excel"),
    "cut off": (SOUND[: len(SOUND) // 2], "damaged"),
    "damaged part": (repack(SOUND, {"xl/worksheets/sheet1.xml": b"<worksheet><"}), "damaged"),
    "wrong sheet": (write_book([["a", "b"], [1, 2]], "Costs"), "None of the sheets (“Costs”)"),
    "missing headings": (write_csv([HEADINGS[1:], make_row()[1:]]), "missing from row 1: Id"),
    "heading twice": (write_csv([[*HEADINGS, "Id"], [*make_row(), "x"]]), "headed “Id”"),
    "open quote": (write_csv([HEADINGS]) + b'"a,b,c', "quotation mark"),
    "many rows": (
        write_csv([HEADINGS, *[make_row(id=f"A{n}") for n in range(MOST_ROWS + 1)]]),
        "more than 5,000 rows"),
    "only headings of another table": (write_csv([["Id", "Title", "x"], [1, 2, 3]]), "headings"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_file_that_cannot_be_used_gives_one_clear_message(kind):
    content, said = BAD_FILES[kind]
    with pytest.raises(SpreadsheetError) as caught:
        read(content)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_two_tables_need_the_name_of_the_template():
    book = make_book([HEADINGS, make_row()], "Old")
    other = book.create_sheet("New")
    for row in ([*HEADINGS], make_row(id="B")):
        other.append(row)
    with pytest.raises(SpreadsheetError, match="Call the right one “Assessment”"):
        read(save_book(book))
    other.title = "Assessment"
    assert read(save_book(book)).table["id"].tolist() == ["B"]
    other.title = "New"
    other.sheet_state = "hidden"
    assert read(save_book(book)).table["id"].tolist() == ["ECON-1"]


def test_rows_beyond_the_size_a_workbook_claims_are_not_lost():
    book = write_book([HEADINGS, make_row(), make_row(id="B")])
    import io
    import zipfile

    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")
    lying = sheet.replace(b'<dimension ref="A1:N3"', b'<dimension ref="A1:B2"')
    assert lying != sheet
    found = read(repack(book, {"xl/worksheets/sheet1.xml": lying}))
    assert found.table["id"].tolist() == ["ECON-1", "B"]
    swapped = sheet.replace(b'<row r="2"', b'<row r="9"')
    with pytest.raises(SpreadsheetError, match="damaged"):
        read(repack(book, {"xl/worksheets/sheet1.xml": swapped}))


# ---- Whatever comes -------------------------------------------------------------

CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.dates(),
    st.sampled_from([5, "5", "High", "Damaging", "Economy", "2021-06-30", "ECON-1", "=1+1"]),
)  # fmt: skip


def is_faithful(found: Assessment, written: dict[int, list[str]]) -> None:
    """Every value used stands in its row as it was written; every row is used or set aside."""
    for row in found.table.to_dict("records"):
        cells = {cell.strip().casefold() for cell in written[row["row"]]}
        for key in ("id", "title", "note", "version", "source", "kind", "confidence"):
            assert row[key] == "" or " ".join(str(row[key]).casefold().split()) in {
                " ".join(cell.split()) for cell in cells
            }
        if not math.isnan(row["impact"]):
            assert {str(int(row["impact"])), f"{row['impact']:.1f}"} & cells
    told = {*found.table["row"], *found.set_aside["Row"]}
    assert {n for n, cells in written.items() if any(c.strip() for c in cells)} <= told


@settings(max_examples=150)
@given(st.lists(st.lists(st.one_of(CELLS.map(str), CELLS), min_size=14, max_size=14), max_size=6))
def test_any_csv_with_the_headings_is_read_or_refused_in_words(rows):
    texts = [["" if c is None else str(c) for c in row] for row in rows]
    try:
        content = write_csv([HEADINGS, *texts])
    except UnicodeEncodeError:  # a lone surrogate cannot be in a file
        return
    try:
        found = read(content)
    except DataError:
        return
    is_faithful(found, dict(enumerate(texts, start=2)))


@settings(max_examples=150)
@given(st.data())
def test_a_sound_row_with_any_one_cell_never_changes_silently(data):
    column = data.draw(st.sampled_from(COLUMNS))
    cell = data.draw(st.one_of(st.text(max_size=20), st.integers(-9, 99).map(str), st.just("5")))
    row = [str(c) for c in make_row(**{column.key: cell})]
    try:
        found = read(write_csv([HEADINGS, row]))
    except (DataError, UnicodeEncodeError):
        return
    is_faithful(found, {2: row})


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_words(content):
    with pytest.raises(DataError):
        read(content)


@settings(max_examples=100)
@given(place=st.integers(0, len(SOUND) - 1), bits=st.integers(1, 255), cut=st.booleans())
def test_a_workbook_damaged_anywhere_is_read_or_refused_in_words(place, bits, cut):
    spoiled = bytearray(SOUND)
    spoiled[place] ^= bits
    try:
        found = read(bytes(spoiled[:place] if cut else spoiled))
    except DataError:
        return
    assert len(found.table) + len(found.set_aside) == 1


# ---- The command line -----------------------------------------------------------


def test_versions_are_ordered_as_people_count():
    assert sorted(["1.10", "1.9", "2", "1.9b", ""], key=version_order) == [
        "", "1.9", "1.9b", "1.10", "2"]  # fmt: skip


def test_the_check_tells_mistakes_with_their_rows(tmp_path, capsys):
    good, bad, no_table = (tmp_path / name for name in ("a.xlsx", "b.csv", "c.xlsm"))
    good.write_bytes(SOUND)
    bad.write_bytes(write_csv([HEADINGS, make_row(kind="damagin")]))
    no_table.write_bytes(BAD_FILES["macros"][0])
    assert check.main([str(good)]) == 0
    assert capsys.readouterr().out.endswith("a.xlsx: 1 impacts in 1 rows: in order\n")
    assert check.main([str(bad), str(no_table)]) == 1
    said = capsys.readouterr().err
    assert "b.csv, line 2: Kind: “damagin” is not known; did you mean 'Damaging'?" in said
    assert "c.xlsm: The file holds macros (.xlsm). Save it as .xlsx without them" in said
