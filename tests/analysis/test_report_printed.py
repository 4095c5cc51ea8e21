"""How figures and texts of reports are printed, and how tables fit pages."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from report_examples import HOSTILE, LONG, make_bars, make_document, make_hostile, make_table

from analysis.report.blocks import Table
from analysis.report.printed import (
    MISSING,
    UNREADABLE,
    clean_document,
    clean_text,
    format_cell,
    print_table,
    tabulate_chart,
)
from analysis.report.table_fit import Room, fit_in_parts, fit_whole


@pytest.mark.parametrize(
    ("cell", "decimals", "printed"),
    [
        (1234, None, "1,234"),
        (1234.56, None, "1,234.6"),
        (1234.5, 0, "1,235"),
        (12.25, None, "12.3"),
        (1.005, 2, "1.01"),
        (-0.125, 2, "−0.13"),
        (np.int64(7), 2, "7.00"),
        (np.float32(0.25), 2, "0.25"),
        (-3.24, None, "−3.2"),
        (-0.01, None, "0.0"),
        (0, None, "0"),
        (None, None, MISSING),
        (float("nan"), 1, MISSING),
        (pd.NaT, None, MISSING),
        (pd.NA, None, MISSING),
        (float("inf"), None, MISSING),
        ("", None, MISSING),
        ("withheld", None, "withheld"),
        (True, None, "yes"),
        (np.bool_(False), None, "no"),
        (dt.date(2021, 3, 5), None, "5 March 2021"),
        (pd.Timestamp("2021-03-05 10:00", tz="UTC"), None, "5 March 2021"),
    ],
)
def test_a_cell_is_printed_one_way(cell, decimals, printed):
    assert format_cell(cell, decimals) == printed


def test_signs_that_no_file_holds_are_marked_and_line_ends_kept():
    text = "a\x00\x07b\ud800c\x0bd\r\ne\u202ef\ufffe"
    assert clean_text(text) == f"a{UNREADABLE}b{UNREADABLE}c\nd\ne{UNREADABLE}f{UNREADABLE}"


def test_a_whole_document_is_cleaned_headings_of_tables_too():
    frame = pd.DataFrame({"a\x01": ["b\x02", None], "n": [1.0, np.nan]})
    section = make_hostile()
    dirty = make_document(section)
    dirty = clean_document(
        type(dirty)(**{**vars(dirty), "title": "t\x03",
                       "sections": [type(section)("h", [Table("n\x04", "", frame)])]})
    )  # fmt: skip
    table = dirty.sections[0].blocks[0]
    assert dirty.title == f"t{UNREADABLE}"
    assert list(table.frame) == [f"a{UNREADABLE}", "n"]
    assert print_table(table).rows == [(f"b{UNREADABLE}", "1.0"), (MISSING, MISSING)]


def test_columns_of_figures_are_known_even_with_gaps_and_words():
    frame = pd.DataFrame({"a": ["x", "y", "z"], "b": [1.0, None, 3.0], "c": [1, "withheld", 3]})
    assert print_table(Table("t", "t", frame)).figures == [False, True, True]


def test_a_chart_as_a_table_has_every_figure_and_interval():
    table = tabulate_chart(make_bars())
    assert list(table.frame) == [
        "Category", "Huntingdon North", "Huntingdon North, lower limit",
        "Huntingdon North, upper limit", "Other wards", "England",
    ]  # fmt: skip
    assert print_table(table).rows[0] == (
        "Huntingdon North", "22.7", "21.0", "24.0", MISSING, "14.5",
    )  # fmt: skip


def test_a_table_fits_the_page_at_the_largest_letters_that_hold_its_words():
    printed = print_table(make_table())
    wide, narrow = (fit_whole(printed, Room(width, (10, 8))) for width in (900, 420))
    assert wide.size == 10
    assert narrow.size == 8
    assert sum(narrow.widths) <= 420
    assert fit_whole(printed, Room(200, (10, 8))) is None


def test_a_table_too_wide_for_any_page_comes_in_parts_with_the_first_column_in_each():
    frame = pd.DataFrame({"Ward": [LONG]} | {f"Percentage {n}": [n * 1000.5] for n in range(40)})
    parts = fit_in_parts(print_table(Table("t", "t", frame)), Room(480, (9,)))
    assert len(parts) > 3
    assert all(part.columns[0] == 0 and sum(part.widths) < 480.01 for part in parts)
    assert sorted(n for part in parts for n in part.columns[1:]) == list(range(1, 41))


def test_hostile_texts_are_real():
    assert any("\x00" in text for text in HOSTILE)
