"""What a file of own figures says that cannot be, or that looks odd: each is told with a cure."""

from dataclasses import replace

import pandas as pd
import pytest
from own_files import PARCELS, read, reasons, write_workbook

from data.catalogue import load_catalogue
from data.errors import SpreadsheetError
from data.load import load_lsoas
from data.own import checking, opening
from data.own.entry import add_own, check_entry, suggest_entry
from data.own.opening import open_file
from data.own.preview import say_preview
from data.own.shapes import OwnIndicator
from data.own.tables import make_own_table
from data.own.times import CURE, read_when

RAMSEY, HUNTINGDON_NORTH = "E05011268", "E05011266"
LSOAS = ("E01018156", "E01018157")


def warnings(checked) -> list[str]:
    return [f.reason for f in checked.by_severity("warning")]


def values_of(checked) -> pd.DataFrame:
    table = make_own_table(checked, suggest_entry(checked, checked.measures[0]))
    return table.values.dropna(subset="value").set_index("area_code")


@pytest.mark.parametrize(
    ("text", "changes", "said"),
    [
        (PARCELS, {"area_kind": "parish"}, "Choose what the areas are"),
        (PARCELS, {"area_column": -1}, "No column says which area a row is about"),
        (PARCELS, {"area_kind": "point"}, "Choose the two columns that hold the coordinates"),
        (PARCELS, {"numerator_column": 1}, "Choose both the count and what it is out of"),
        (PARCELS, {"header_row": 40}, "There are no rows below the headings"),
        ("Ward,Number\nRamsey,5\n", {"period": "2024/22"},
         f"The period '2024/22' is not one year and the next: {CURE}"),
        ("Ward,Number\nRamsey,5\n", {"layout": "wide_periods"},
         "No heading of the chosen columns is a period"),
        ("Ward,2023,2023\nRamsey,1,2\n", {},
         r"Several chosen columns are of the same period \(2023\)"),
    ],
)  # fmt: skip
def test_a_way_of_reading_that_cannot_be_is_refused(text, changes, said):
    with pytest.raises(SpreadsheetError, match=said):
        read(text, **changes)


def test_merged_cells_and_unsaved_formulas_all_over_are_refused(monkeypatch):
    monkeypatch.setattr(checking, "_MOST_MERGED", 1)
    monkeypatch.setattr(checking, "_MOST_FORMULAS", 1)
    rows = [["Ward", "2023"], ["Ramsey", 5], ["Yaxley", 6], ["Warboys", 7], ["Buckden", 8]]
    assert read(write_workbook(rows, merge=["B2:B3"])).account.used == 2
    with pytest.raises(SpreadsheetError, match="merged cells all over"):
        read(write_workbook(rows, merge=["B2:B3", "B4:B5"]))
    rows[1][1] = "=1+1"
    assert read(write_workbook(rows)).account.used == 3
    rows[2][1] = "=1+1"
    with pytest.raises(SpreadsheetError, match="results of the formulas are not stored"):
        read(write_workbook(rows))


def test_a_column_whose_heading_is_no_period_is_not_read_and_that_is_told():
    checked = read("Ward,2023,Later\nRamsey,1,2\n", layout="wide_periods", value_columns=(1, 2))
    assert checked.rows["period"].tolist() == ["2023"]
    (found,) = checked.by_severity("warning")
    assert (found.row, found.column) == (1, "Later")
    assert found.reason == "is not a known period: the column is not read"


def test_the_separator_may_be_named_in_the_first_line():
    file = open_file(b"sep=;\nWard;2023\nRamsey;1,5\n", "test")
    assert "The first line names the separator and is left out" in file.notes
    assert file.sheets[0].cells.loc[3].tolist() == ["Ramsey", "1,5"]


def test_a_table_of_too_many_cells_is_refused_before_it_is_laid_out(monkeypatch):
    monkeypatch.setattr(opening, "MOST_CELLS", 5)
    with pytest.raises(SpreadsheetError, match="The file has 6 cells; at most 5 are read"):
        open_file(b"a,b\n1,2\n3,4\n", "test")


@pytest.mark.parametrize(
    ("text", "grain", "key"),
    [
        ("15/05/2024", "month", "2024-05"),
        ("15/05/2024", "quarter", "2024-Q2"),
        ("15/05/2024", "year", "2024"),
        ("15/05/2024", "financial_year", "2024/25"),
        ("31/03/2024", "financial_year", "2023/24"),
        ("Q4 2024/25", "", "2025-Q1"),
        ("99/00", "", "1999/00"),
    ],
)
def test_days_are_put_into_the_period_they_are_in(text, grain, key):
    assert read_when(text, grain).key == key


@pytest.mark.parametrize(
    ("text", "grain", "fault"),
    [
        ("2024/22", "", "is not one year and the next"),
        ("23/25", "", "is not one year and the next"),
        ("Q1 2024/23", "", "is not one year and the next"),
        ("Q1 2024/27", "", "is not one year and the next"),
        ("2024", "month", "is longer than one month"),
        ("2024", "financial_year", "is longer than one financial year"),
    ],
)
def test_a_time_that_is_none_is_not_read_as_another(text, grain, fault):
    found = read_when(text, grain)
    assert (found.key, found.fault, found.cure) == ("", fault, CURE)


@pytest.mark.parametrize(
    ("text", "changes", "said"),
    [
        ("Ward,% helped 2023\nRamsey,0.5\nYaxley,1\n", {},
         "All percentages are between 0 and 1: are they shares?"),
        ("Ward,2023\nRamsey,5%\n", {"measure": "count"},
         "Cells have a percent sign, but the figure is a count"),
        ("Ward,2023\nRamsey,5.5\nYaxley,6\n", {"measure": "count"},
         "Counts that are not whole numbers: 1"),
        ("Ward,% helped,Count,Respondents\nRamsey,51,5,10\nYaxley,50,5,10\n", {"period": "2023"},
         "Percentages that differ from their counts: 1"),
    ],
)  # fmt: skip
def test_figures_that_look_odd_are_used_and_pointed_out(text, changes, said):
    checked = read(text, **changes)
    assert warnings(checked) == [said]
    assert checked.account.set_aside == 0


@pytest.mark.parametrize(
    "text",
    [
        "Ward,% helped,Count,Respondents\nRamsey,50,5,10\n",
        "Ward,% helped 2023\nRamsey,0.5\nYaxley,12\n",
        "Ward,% helped 2023\nRamsey,0\nYaxley,0\n",
    ],
)
def test_figures_that_agree_are_not_pointed_out(text):
    assert warnings(read(text, period="2023")) == []


def test_a_count_may_exceed_its_base_in_a_rate_and_not_in_a_percentage():
    text = "Ward,Count,Population\nRamsey,12,10\n"
    assert "is more than what it is out of" in reasons(read(text, period="2023"), 2)
    checked = read(text, period="2023", measure="rate")
    assert (checked.account.used, checked.measures) == (1, ("Count",))


def test_a_rate_is_read_by_its_heading_and_has_limits_by_byar():
    checked = read("Ward,Crime rate,Cases,Population\nRamsey,,10,5000\n", period="2024",
                   value_columns=(1,), measure="rate")  # fmt: skip
    row = values_of(checked).loc[RAMSEY]
    assert row["value"] == 2  # per 1,000
    # Byar's limits of 10 cases are 4.79 and 18.39 (published: Breslow and Day 1987).
    assert row["lower_ci"] == pytest.approx(4.79 / 5, abs=0.002)
    assert row["upper_ci"] == pytest.approx(18.39 / 5, abs=0.002)
    assert suggest_entry(checked, checked.measures[0]).decimals == 1
    assert read("Ward,Crime rate\nRamsey,7.5\n", period="2024").mapping.why("measure") == (
        "The heading says so: “Crime rate”"
    )


def test_scores_of_lsoas_are_means_over_their_people():
    checked = read(f"LSOA,Average score 2023\n{LSOAS[0]},10\n{LSOAS[1]},20\n")
    people = load_lsoas()["population"]
    mean = (10 * people[LSOAS[0]] + 20 * people[LSOAS[1]]) / people[list(LSOAS)].sum()
    assert values_of(checked).at[RAMSEY, "value"] == pytest.approx(mean)
    assert "LSOAs are added up to the wards that fit them best." in say_preview(checked)


def test_a_figure_of_each_place_becomes_the_mean_of_its_ward():
    checked = read("Postcode,Age\nPE29 3TN,40\nPE29 3TN,61\n", layout="long", value_columns=(1,),
                   measure="mean", period="2024")  # fmt: skip
    entry = suggest_entry(checked, checked.measures[0])
    assert entry.caveats[1] == "A ward's figure is the mean over its rows in the file"
    assert entry.decimals == 1
    row = values_of(checked).loc[HUNTINGDON_NORTH]
    assert (row["value"], row["numerator"], row["denominator"]) == (50.5, 101, 2)


def test_a_postcode_of_wales_lies_outside_england():
    checked = read("Postcode,Date\nCF10 3AT,01/04/2024\nPE29 3TN,01/04/2024\n")
    assert "lies outside England" in reasons(checked, 2)
    assert checked.set_aside["Row"].tolist() == [2]


@pytest.mark.parametrize(
    ("text", "kind"), [("Postcode,Date\n,Number\n", "postcode"), ("lon,lat\nNumber,\n", "point")]
)
def test_a_sheet_of_headings_and_units_alone_has_no_rows(text, kind):
    changes = {"x_column": 0, "y_column": 1} if kind == "point" else {}
    checked = read(text, area_kind=kind, area_column=0, unit_row=2, layout="events",
                   period="2024", period_column=-1, **changes)  # fmt: skip
    assert (checked.account.read, checked.account.used, len(checked.rows)) == (0, 0, 0)


def test_a_total_of_what_cannot_be_added_is_named_and_not_compared():
    checked = read("Ward,% helped 2023\nRamsey,10\nYaxley,20\nTotal,15\n")
    assert reasons(checked, 4) == ["Rows of totals, which are not read: 4"]


def test_a_total_of_a_period_without_rows_is_not_compared():
    checked = read("Ward,Year,Parcels\nRamsey,2023,5\nYaxley,2023,6\nTotal,2023,11\nTotal,2024,9\n")
    assert reasons(checked, 4)[1:] == ["The rows add up to this total"]
    assert reasons(checked, 5) == []


def test_of_two_columns_of_areas_the_first_is_read():
    checked = read(f"From,To,2023\n{RAMSEY},{HUNTINGDON_NORTH},5\n")
    assert checked.rows["area_code"].tolist() == [RAMSEY]


def test_every_fault_of_a_dictionary_is_told_at_once():
    entry = OwnIndicator("parcels", "", "x" * 41, "parcels", 5, "up_is_up",
                         definition="line\u2028break", shared=True)  # fmt: skip
    told = {(p.file, p.what, p.allowed) for p in check_entry(entry)}
    assert told == {
        ("id", "'parcels' is no id", "own_ and small letters, digits or _"),
        ("name", "is empty", "say what the figure is and where it comes from"),
        ("source", "is empty", "say what the figure is and where it comes from"),
        ("unit", "is 41 letters long", "at most 40"),
        ("definition", "holds signs that cannot be shown", "type the text again"),
        ("measure", "is 'parcels'",
         "one of count, percentage, rate, score, mean, money, ratio"),
        ("polarity", "is 'up_is_up'",
         "one of high_is_good, low_is_good, no_judgement"),
        ("decimals", "is 5", "from 0 to 4"),
        ("licence", "is empty, though others may see the figures",
         "say under which terms they may be used"),
    }  # fmt: skip
    good = OwnIndicator("own_parcels", "Parcels", "", "count", 0, "low_is_good", source="us")
    assert check_entry(good) == ()


def test_percentages_without_counts_say_how_larger_areas_come_about():
    checked = read("Ward,% helped 2023\nRamsey,10.5\nYaxley,20\n")
    entry = suggest_entry(checked, checked.measures[0])
    assert entry.caveats == ("Larger areas are means of wards weighted by residents",)
    assert (entry.has_counts, entry.decimals) == (False, 1)


def test_two_own_figures_never_share_an_id_nor_take_one_of_the_catalogue():
    catalogue = load_catalogue()
    entry = OwnIndicator("own_parcels", "Parcels", "", "count", 0, "low_is_good")
    assert add_own(catalogue, [entry]).indicators["own_parcels"].name == "Parcels"
    with pytest.raises(ValueError, match="several figures have the id own_parcels"):
        add_own(catalogue, [entry, replace(entry, name="Other")])
    with pytest.raises(ValueError, match="several figures have the id imd_score"):
        add_own(catalogue, [replace(entry, id="imd_score")])
