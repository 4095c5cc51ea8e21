"""The page Your data: from the file to the map, kept apart from every other visitor."""

from __future__ import annotations

import io
import pickle
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.own.entry import suggest_entry
from data.own.places import wards_inside
from data.own.shown import OwnFigure
from pages.shared.own_draft import Draft
from pages.shared.own_work import open_and_read, read_sheet

ROOT = Path(__file__).parents[2]
PAGE = str(ROOT / "pages/explore/your_data.py")


def open_page(area: str = "E07000011", page: str = PAGE, **state) -> AppTest:
    app = AppTest.from_file(page, default_timeout=240)
    app.query_params["area"] = area
    app.session_state["first_view_is_out"] = True
    for key, value in state.items():
        app.session_state[key] = value
    return app.run()


def read_all(app: AppTest) -> str:
    kinds = ("html", "markdown", "caption", "error", "warning", "header", "title", "subheader")
    return "\n".join(
        str(getattr(block.proto, "body", "")) for kind in kinds for block in app.get(kind)
    )


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def fill_in(app: AppTest, **texts: str) -> AppTest:
    for field, text in texts.items():
        box = next(t for t in app.text_input if t.key.endswith(f"-{field}"))
        app = box.set_value(text).run()
    return app


def test_the_example_reaches_the_map_in_a_few_presses():
    app = press(open_page(), "own-example")
    assert not app.exception
    assert "Example: made-up figures" in read_all(app)
    assert app.title[0].value == "All 26 rows with figures can be used"
    assert app.button(key="own-add").disabled
    app = fill_in(app, source="Made up for the example")
    app = press(app, "own-add")
    assert not app.exception
    assert not app.error
    figures = app.session_state["own_figures"]
    assert len(figures) == 1
    figure = next(iter(figures.values()))
    assert isinstance(figure, OwnFigure)
    assert figure.hidden > 0
    assert "own_draft" not in app.session_state
    assert "own figure, not published data" in read_all(app)


def make_draft(content: bytes, name: str, council: str = "E07000011") -> Draft:
    """A file as it stands once it was dropped in."""
    draft = Draft(name, council, 1)
    draft.file, reading = open_and_read(content, name, council)
    draft.sheet = reading.mapping.sheet
    draft.reading = reading
    if reading.checked is not None:
        draft.measure = reading.checked.measures[0]
        draft.entry = suggest_entry(reading.checked, draft.measure)
    return draft


def test_postcodes_are_counted_and_nothing_of_them_stays():
    lines = [f"PE29 3TN,{day:02d}/04/2024" for day in range(1, 12)] + ["nope,01/04/2024"]
    content = ("Postcode,Date of call\n" + "\n".join(lines)).encode()
    app = open_page(own_draft=make_draft(content, "calls.csv"), own_draft_number=1)
    assert not app.exception
    text = read_all(app)
    assert "no postcode or coordinate is kept" in text
    assert "nope" in text  # what is wrong with the visitor's own file is told to them
    app = press(fill_in(app, source="The hub", name="Calls to the hub"), "own-add")
    assert not app.exception
    figure = next(iter(app.session_state["own_figures"].values()))
    assert figure.values["value"].max() == 11
    assert "own_draft" not in app.session_state
    for held in (pickle.dumps(figure), repr(app.session_state).encode()):
        assert b"PE29" not in held
        assert b"nope" not in held


def test_a_mean_over_few_places_is_hidden_and_cannot_be_worked_out_from_the_total():
    cases = {"PE29 3TN": 3, "PE28 4AA": 6, "PE26 1AA": 9, "PE27 4AA": 12}  # a ward each
    rows = [f"{code},2024,{200 + 10 * n}.5" for code, number in cases.items()
            for n in range(number)]  # fmt: skip
    content = ("Postcode,Year,Weekly income\n" + "\n".join(rows)).encode()
    draft = make_draft(content, "incomes.csv")
    mapping = replace(draft.reading.mapping, layout="long", value_columns=(2,), period_column=1,
                      measure="mean", grain="")  # fmt: skip
    draft.reading = read_sheet(draft.chosen_sheet, mapping, draft.council)
    draft.measure = draft.checked.measures[0]
    draft.entry = suggest_entry(draft.checked, draft.measure)
    assert draft.entry.by_case
    app = open_page(own_draft=draft, own_draft_number=1)
    assert not app.exception
    app = press(fill_in(app, source="The hub", name="Weekly income"), "own-add")
    assert not app.exception
    figure = next(iter(app.session_state["own_figures"].values()))
    values = figure.values.set_index("area_code")
    hidden = values[values["flag"] == "suppressed"]
    assert "E05011266" in hidden.index  # three cases
    assert hidden[["value", "numerator", "denominator"]].isna().all(axis=None)
    wards = hidden.index[hidden.index.str.startswith("E05")]
    total = values.loc[["E07000011"], "value"].notna().any()
    assert len(wards) >= 2 or not total  # one alone is the total less the others
    shown = values.loc["E05011264"]
    assert (shown["value"], shown["denominator"]) == (255.5, 12)
    assert any("4 cases or fewer" in note for note in figure.notes)


def test_a_changed_reading_is_checked_again():
    wards = wards_inside("E07000011")
    rows = "\n".join(f"{code},{10 + n},{20 + n}" for n, code in enumerate(wards.index))
    app = open_page(
        own_draft=make_draft(f"Code,With,Base\n{rows}".encode(), "a.csv"), own_draft_number=1
    )
    assert not app.exception
    columns = next(m for m in app.multiselect if m.key.endswith("-values"))
    app = columns.set_value([1]).run()
    assert not app.exception
    assert app.session_state["own_draft"].reading.mapping.value_columns == (1,)
    kind = next(s for s in app.selectbox if s.key.endswith("-area_kind"))
    app = kind.set_value("postcode").run()
    assert not app.exception
    assert app.title[0].value == "0 of 26 rows with figures can be used"
    assert not any(b.key == "own-add" for b in app.button)


def write_years() -> bytes:
    """A workbook with a cover and two sheets that look alike, of different years."""
    codes = list(wards_inside("E07000011").index)
    sheets = [
        (year, [["Ward code", year], *[[code, first + n] for n, code in enumerate(codes)]])
        for year, first in (("2022", 10), ("2023", 40))
    ]
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    book.active.append(["Read me first"])
    for year, rows in sheets:
        sheet = book.create_sheet(year)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def own_values(app: AppTest) -> pd.DataFrame:
    return next(iter(app.session_state["own_figures"].values())).values.dropna(subset="value")


def test_another_sheet_is_read_anew_and_its_figures_are_those_that_are_added():
    app = open_page(own_draft=make_draft(write_years(), "years.xlsx"), own_draft_number=1)
    assert not app.exception
    draft = app.session_state["own_draft"]
    assert (draft.sheet, draft.checked.account.used) == ("2022", 26)  # the cover has no areas
    app = fill_in(app, source="The hub", name="Calls")
    assert app.session_state["own_draft"].safe is not None
    app = app.selectbox(key=f"own-sheet-{draft.number}").set_value("Cover").run()
    assert not app.exception
    assert app.session_state["own_draft"].safe is None
    assert not any(b.key == "own-add" for b in app.button)
    number = app.session_state["own_draft"].number
    app = app.selectbox(key=f"own-sheet-{number}").set_value("2023").run()
    assert not app.exception
    app = press(fill_in(app, source="The hub", name="Calls"), "own-add")
    assert not app.exception
    wards = own_values(app)[lambda table: table["area_code"].str.startswith("E05")]
    assert set(wards["period"]) == {"2023"}
    assert sorted(wards["value"]) == [40 + n for n in range(26)]


def test_another_council_changes_nothing_until_the_file_is_read_as_one_of_it():
    rows = "\n".join(f'"{name}",{30 + n}' for n, name in
                     enumerate(wards_inside("E07000011")["area_name"]))  # fmt: skip
    app = open_page(
        own_draft=make_draft(f"Ward,2023\n{rows}".encode(), "names.csv"), own_draft_number=1
    )
    assert app.session_state["own_draft"].checked.account.used == 26
    app = app.selectbox(key="pick_area").set_value("E07000042").run()
    assert not app.exception
    text = read_all(app)
    assert "read as one of Huntingdonshire. You have chosen Mid Devon since" in text
    draft = app.session_state["own_draft"]
    assert (draft.council, draft.checked.account.used) == ("E07000011", 26)
    app = press(app, "own-other-council")
    assert not app.exception
    draft = app.session_state["own_draft"]
    assert draft.council == "E07000042"
    assert draft.checked is None or draft.checked.account.used == 0
    assert not any(b.key == "own-add" for b in app.button)
    app = app.selectbox(key="pick_area").set_value("E07000011").run()
    app = press(app, "own-other-council")
    assert app.session_state["own_draft"].checked.account.used == 26
    app = press(fill_in(app, source="The hub", name="Calls"), "own-add")
    assert not app.exception
    figure = next(iter(app.session_state["own_figures"].values()))
    assert figure.council == "E07000011"


def test_a_file_that_cannot_be_opened_says_why():
    draft = Draft("a.xlsx", "E07000011", 1, error="It has a password.")
    app = open_page(own_draft=draft)
    assert not app.exception
    assert app.title[0].value == "Your file cannot be read yet"
    assert "a.xlsx: It has a password." in read_all(app)


@pytest.mark.parametrize("place", ["E10000008", "E06000052", "E92000001"])
def test_the_example_works_for_a_county_a_unitary_and_england(place):
    app = press(open_page(place), "own-example")
    assert not app.exception
    app = press(fill_in(app, source="Made up"), "own-add")
    assert not app.exception
    assert not app.error
    assert len(app.session_state["own_figures"]) == 1
