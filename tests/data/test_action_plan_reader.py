"""A council's action plan is read from a spreadsheet: right, wrong, damaged and hostile files."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile

import openpyxl
import pytest
from action_plan_files import AREA, GOOD, HEADINGS, make_csv_file
from hypothesis import given
from hypothesis import strategies as st

from data import check
from data.action_plan import ActionPlan, match_period, read_action_plan
from data.action_plan_cells import looks_like_name, read_number
from data.cells import WrongCell
from data.errors import SpreadsheetError
from data.form_reader import load_known
from data.planned_action import PlannedAction

KNOWN = load_known(dt.date(2026, 11, 25))


def read(*rows: dict[str, str], area: str = AREA) -> ActionPlan:
    return read_action_plan(make_csv_file(*rows), "plan.csv", area)


def problems(*rows: dict[str, str], area: str = AREA) -> list[str]:
    return [f"{m.row} {m.words}" for m in read(*rows, area=area).mistakes]


def make_workbook(*rows: list[object], sheet: str = "Action plan") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_whole_row_becomes_an_action():
    (action,) = read(GOOD).actions
    assert action == PlannedAction(
        id="A1",
        title="Help residents back into work",
        action_area="Good work",
        objective="A flexible and skilled local workforce",
        owner_role="Economic development lead",
        start=dt.date(2021, 4, 1),
        due=dt.date(2023, 3, 31),
        wards=("E05011266", "E05011268"),
        indicator="claimant_count_percent",
        baseline_period="2020",
        target=2.5,
        target_date=dt.date(2022, 12, 31),
        intervention=7,
        status="On track",
        forecast="Within acceptable variance",
        reason="Two of three job clubs are open",
        next_step="Open the third job club",
        next_step_date=dt.date(2021, 9, 30),
        source="Cabinet report, page 4",
    )


def test_id_and_title_alone_are_enough():
    plan = read({"Id": "A1", "Title": "Something"})
    assert plan.actions == (PlannedAction("A1", "Something"),)
    assert plan.mistakes == ()


def test_four_hundred_actions_are_read():
    rows = [{**GOOD, "Id": f"A{n}"} for n in range(400)]
    assert len(read(*rows).actions) == 400


def test_a_workbook_with_real_dates_and_numbers_gives_the_same_action():
    days = {"Start", "Due", "Target date", "Next step date"}
    numbers = {"Target", "Intervention level", "Baseline period"}
    cells = []
    for heading in HEADINGS:
        text = GOOD.get(heading)
        if text and heading in days:
            cells.append(dt.datetime.strptime(text, "%d/%m/%Y"))
        else:
            cells.append(float(text) if text and heading in numbers else text)
    found = read_action_plan(make_workbook(HEADINGS, cells), "plan.xlsx", AREA)
    assert found.mistakes == ()
    assert found.actions == read(GOOD).actions


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"Due": "01/03/2021"}, "2 Due: “2021-03-01” is before the start (2021-04-01)"),
        ({"Target date": "01/03/2021"}, "2 Target date: “2021-03-01” is before the start"),
        ({"Baseline period": "2035"}, "2 Baseline period: “2035” is no period of Claimants"),
        ({"Baseline period": ""}, "2 Baseline period: is empty in a row with a target"),
        ({"Target date": ""}, "2 Target date: is empty in a row with a target"),
        ({"Indicator": ""}, "2 Indicator: is empty in a row with a target"),
        ({"Target": "120"}, "2 Target: “120” is over 100 %"),
        ({"Target": "-1"}, "2 Target: “-1” is below 0"),
        ({"Target": "3,5"}, "2 Target: “3,5” is not a number"),
        ({"Target": "=A1*2"}, "2 Target: “=A1*2” is not a number"),
        ({"Intervention level": "1"}, "2 Intervention level: “1” is not worse than the target"),
        ({"Action area": "Good wrok"}, "did you mean 'Good work'?"),
        ({"Wards": "E05011890"}, "not a ward of Huntingdonshire"),
        ({"Wards": "Huntingdon North"}, "did you mean 'E05011266'?"),
        ({"Owner role": "Sarah Jones"}, "“Sarah Jones” looks like the name of a person"),
        ({"Owner role": "Cllr Smith"}, "2 Owner role: “Cllr Smith” looks like a person"),
        ({"Owner role": "lead@council.gov.uk"}, "looks like a person"),
        ({"Status now": "Green"}, "allowed: Not started, On track, Within acceptable variance"),
        ({"Forecast status": "off trak"}, "did you mean 'Off track'?"),
        ({"Indicator": "claimant_count_percant"}, "did you mean 'claimant_count_percent'?"),
        ({"Id": ""}, "2 Id: is empty"),
        ({"Title": ""}, "2 Title: is empty"),
        ({"Start": "31/02/2021"}, "2 Start: “31/02/2021” is not a date"),
    ],
)  # fmt: skip
def test_a_mistake_names_row_column_value_and_cure(changes, said):
    found = problems({**GOOD, **changes})
    assert len(found) == 1
    assert said in found[0]


def test_swapped_days_are_suspected():
    # 3 June 2021 was meant; written month first it is 6 March, before the start.
    (found,) = problems({**GOOD, "Start": "01/04/2021", "Due": "06/03/2021"})
    assert "did day and month of 2021-03-06 change places?" in found


def test_every_mistake_of_every_row_is_told_at_once():
    bad = {**GOOD, "Target": "250", "Status now": "fine", "Due": "01/01/2020", "Action area": "x"}
    found = problems(GOOD, bad)
    assert [text.split(":")[0] for text in found] == [
        "3 Action area", "3 Due", "3 Id", "3 Status now", "3 Target",
    ]  # fmt: skip


def test_good_rows_are_used_and_bad_ones_set_aside_as_they_were_written():
    plan = read(GOOD, {**GOOD, "Id": "A2", "Target": "oops"}, {**GOOD, "Id": "A3"})
    assert [action.id for action in plan.actions] == ["A1", "A3"]
    (aside,) = plan.set_aside.to_dict("records")
    assert (aside["Row"], aside["Id"], aside["Target"]) == (3, "A2", "oops")
    assert "is not a number" in aside["Why it was set aside"]


def test_ids_that_differ_in_capitals_only_are_the_same_id():
    found = problems(GOOD, {**GOOD, "Id": "a1"})
    assert found == ["3 Id: “a1” stands twice (first in row 2); give each action its own id"]


def test_a_council_without_published_headings_may_write_its_own():
    for area in ("E07000040", "E10000008", "E07000123"):  # Devon's are working; a general set
        row = {"Id": "A1", "Title": "x", "Action area": "Our own heading"}
        assert problems(row, area=area) == []


def test_the_council_is_found_by_its_wards_where_it_is_not_named():
    assert len(problems({**GOOD, "Action area": "Nothing"}, area="")) == 1
    assert problems({**GOOD, "Action area": "Nothing", "Wards": ""}, area="") == []


def test_several_action_areas_stand_in_one_cell():
    (action,) = read({**GOOD, "Action area": "good work;  Good Health;Good work"}).actions
    assert action.action_area == "Good work; Good health"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2020-03", "2020-03"),
        ("March 2020", "2020-03"),
        ("2020-03-01", "2020-03"),
        ("2020", "2020"),
        ("Q1", "Q1"),
    ],
)
def test_a_period_is_known_by_key_label_or_the_date_a_spreadsheet_makes_of_it(text, key):
    assert match_period(text, ["2020", "2020-03"]) == key


# --- files that cannot be used ---------------------------------------------------------------


def cut_short(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (make_csv_file(GOOD).decode().encode("utf-16"), "UTF-16"),
        (b"\x00\x01\x02not a table", "not a spreadsheet"),
        (cut_short(make_workbook(HEADINGS, list(GOOD.values()))), "damaged"),
        (make_csv_file(*[{**GOOD, "Id": f"A{n}"} for n in range(50_000)]), "at most 5 MB"),
        (make_csv_file(*[{"Id": f"A{n}", "Title": "x"} for n in range(50_000)]), "2,000 rows"),
        (b"Name,Score\nx,1\n", "headings of the template"),
        (make_csv_file({"Id": "A1"}, headings=["Id", "Title", "Target", "Due"]), "missing"),
        (b'Id,Title,"Indicator\nA1', "quotation mark"),
    ],
    ids=["empty", "blank", "utf-16", "binary", "cut short", "too large", "too long", "other table",
         "headings missing", "open quote"],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_why(content, said):
    with pytest.raises(SpreadsheetError, match=said):
        read_action_plan(content, "plan", AREA)


def test_a_workbook_of_fifty_thousand_rows_is_refused():
    content = make_workbook(HEADINGS, *([f"A{n}", "x"] for n in range(50_000)))
    with pytest.raises(SpreadsheetError, match="more than 2,000 rows"):
        read_action_plan(content, "plan.xlsx", AREA)


def test_letters_in_windows_1252_are_read_and_said():
    content = make_csv_file({**GOOD, "Title": "Café in the £5 market"}).decode().encode("cp1252")
    plan = read_action_plan(content, "plan.csv", AREA)
    assert plan.actions[0].title == "Café in the £5 market"
    assert any("Windows-1252" in note for note in plan.notes)


def test_formulas_stay_text_in_texts_and_are_refused_as_numbers_dates_and_statuses():
    row = [GOOD.get(heading) for heading in HEADINGS]
    for heading in ("Title", "Target", "Due", "Status now"):
        row[HEADINGS.index(heading)] = '=HYPERLINK("http://x","y")'
    plan = read_action_plan(make_workbook(HEADINGS, row), "plan.xlsx", AREA)
    assert {m.column for m in plan.mistakes} == {"Target", "Due", "Status now"}
    harmless = [GOOD.get(heading) for heading in HEADINGS]
    harmless[HEADINGS.index("Title")] = "=1+1"
    (action,) = read_action_plan(make_workbook(HEADINGS, harmless), "plan.xlsx", AREA).actions
    assert action.title == "=1+1"


def test_damaged_workbooks_never_do_anything_but_say_so():
    whole = make_workbook(HEADINGS, [GOOD.get(heading) for heading in HEADINGS])
    dice = random.Random(7)  # noqa: S311
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(dice.randint(1, 40)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        try:
            plan = read_action_plan(bytes(content), "plan.xlsx", AREA)
        except SpreadsheetError:
            continue
        assert len(plan.actions) + len(plan.set_aside) <= 1


def test_a_zip_that_is_no_workbook_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("hello.txt", "x")
    with pytest.raises(SpreadsheetError, match="not an Excel workbook"):
        read_action_plan(stream.getvalue(), "plan.xlsx", AREA)


# --- cells -----------------------------------------------------------------------------------


@given(st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: round(x, 4)))
def test_a_number_written_plainly_or_with_commas_is_itself(number):
    for text in (f"{number:.4f}", f"{number:,.4f}", f" {number:,.4f} % ", number):
        assert read_number(text, 40, KNOWN) == pytest.approx(number, abs=1e-9)


@given(st.text(max_size=30) | st.floats() | st.booleans() | st.dates() | st.integers())
def test_no_cell_makes_a_number_of_what_is_none(value):
    try:
        number = read_number(value, 40, KNOWN)
    except WrongCell:
        return
    assert abs(number) < 1e12
    if isinstance(value, str):
        assert any(letter.isdigit() for letter in value)


@given(st.dictionaries(st.sampled_from(HEADINGS), st.text(max_size=60), max_size=len(HEADINGS)))
def test_whatever_is_typed_is_used_or_set_aside_and_never_lost(cells):
    try:
        plan = read_action_plan(make_csv_file(GOOD | {"Id": "first"}, cells), "plan.csv", AREA)
    except SpreadsheetError:  # a sign that no spreadsheet holds
        return
    blank = not any(text.strip() for text in cells.values())
    assert len(plan.actions) + len(plan.set_aside) == (1 if blank else 2)


PEOPLE = (
    "Sarah Jones", "sarah jones", "J. Smith", "Jones, Sarah", "J Smith", "Mohammed Khan",
    "David O’Neil", "Smith J",
)  # fmt: skip
ROLES = (
    "Economic development lead", "Head of Housing", "Public Health", "Grace Road team",
    "Chief Executive", "HR", "Community Safety", "Leader of the Council", "Transformation",
    "Growth and Place", "Jean Monnet project officer",
)  # fmt: skip


@pytest.mark.parametrize("text", PEOPLE)
def test_names_of_people_are_told(text):
    assert looks_like_name(text)


@pytest.mark.parametrize("text", ROLES)
def test_roles_are_not_taken_for_people(text):
    assert not looks_like_name(text)


# --- the command line ------------------------------------------------------------------------


def test_the_check_tells_a_plan_from_an_assessment(tmp_path, capsys):
    path = tmp_path / "plan.csv"
    path.write_bytes(make_csv_file(GOOD))
    assert check.main([str(path)]) == 0
    assert "1 actions: in order" in capsys.readouterr().out
    path.write_bytes(make_csv_file({**GOOD, "Target": "250"}))
    assert check.main([str(path)]) == 1
    assert "line 2: Target: “250” is over 100 %" in capsys.readouterr().err
    other = tmp_path / "scores.csv"
    other.write_bytes(
        b"Id,Title,Area of impact,Kind,Impact,Likelihood,Confidence,Date of scoring\n"
        b"E1,Shops,Economy,Damaging,3,3,High,30/06/2021\n"
    )
    assert check.main([str(other)]) == 0
    assert "1 impacts" in capsys.readouterr().out


def test_the_check_says_that_a_file_is_too_long(tmp_path, capsys):
    path = tmp_path / "plan.csv"
    path.write_bytes(make_csv_file(*[{"Id": f"A{n}", "Title": "x"} for n in range(3_000)]))
    assert check.main([str(path)]) == 1
    assert "more than 2,000 rows" in capsys.readouterr().err
