"""Community assets: lists beside need, a list of one's own, nothing that says there is none."""

from __future__ import annotations

import pandas as pd
import pytest
from said import find_faults, texts_of
from streamlit.testing.v1 import AppTest
from test_pages import ROOT, open_page

from data.asset_list import FORM, read_asset_list
from data.load import load_areas
from data.store.council_assets import COLUMNS, keep_assets, load_kept_assets
from data.store.engine import open_store
from pages.shared.access import STORE as LET_IN
from pages.shared.asset_file import STORE, Brought, make_template
from tests.workshop_rooms import LEAD, WARDS, fill_room, open_room

PAGE = "present/assets.py"
AREA = "E07000011"
KEY = "blue horse lamp stand"
FILE = f"""Name,Kind,Ward code,Postcode,Note,Source
Repair café,Group or club,{WARDS[0]},,,
Far away,Place to meet,E05011907,,,
"""


def said(app: AppTest) -> str:
    return " ".join(" ".join(texts_of(app)).split())


def test_the_finding_and_the_wards_to_ask_about() -> None:
    app = open_page(PAGE, area=AREA)
    assert app.title[0].value == "Two wards combine high need and few listed places"
    text = said(app)
    assert "Warboys" in text
    assert "ask who is missing from the list" in text
    assert "0 means that nothing is listed, not that nothing is there" in text
    assert "as at 24 May 2025" in text
    assert find_faults(app) == []


def test_a_ward_says_what_is_listed_never_that_there_is_none() -> None:
    app = open_page(PAGE, area=AREA, ward=WARDS[0])
    text = said(app)
    assert "- **6** schools and colleges listed" in text
    assert "- **4** pharmacies listed" in text
    assert "Need rank 1 of 26" in text
    assert "Nobody has named a community asset here yet; there may be many." in text
    assert "has none" not in text
    assert "there are no" not in text


def test_what_a_workshop_named_stands_in_its_ward() -> None:
    engine = open_store()
    fill_room(engine, open_room(engine, moderated=False))
    fill_room(engine, open_room(engine, moderated=True))  # waits for its lead
    app = open_page(PAGE, area=AREA, ward=WARDS[0])
    text = said(app)
    assert text.count("Village hall") == 2  # beside the map and in the list of all
    assert "Workshop “What matters most?”" in text
    assert "Village hall" not in said(open_page(PAGE, area="E10000008"))


def open_with_file(let_in: bool) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / PAGE), default_timeout=120)
    app.query_params["area"] = AREA
    app.session_state["first_view_is_out"] = True
    app.session_state[STORE] = Brought("list.csv", read_asset_list(FILE.encode(), "list.csv"))
    if let_in:
        app.session_state[LET_IN] = hash(KEY)
    return app.run()


def test_a_file_is_for_the_visit_only() -> None:
    app = open_with_file(let_in=False)
    assert "Repair café" in said(app)
    assert "Far away" not in said(app)  # it lies in Devon
    assert "keep_assets" not in {button.key for button in app.button}
    assert "Repair café" not in said(open_page(PAGE, area=AREA))


def test_a_lead_keeps_a_list_and_deletes_it(monkeypatch) -> None:
    monkeypatch.setenv("LEAD_KEY", KEY)
    app = open_with_file(let_in=True)
    app.button(key="keep_assets").click().run()
    assert not app.exception
    kept = load_kept_assets(open_store(), AREA)
    assert kept["name"].tolist() == ["Repair café"]
    assert "Repair café" in said(open_page(PAGE, area=AREA))
    app.button(key="delete_assets").click().run()
    assert load_kept_assets(open_store(), AREA).empty


def test_text_that_looks_like_code_stays_text() -> None:
    bad = ("<img src=x onerror=alert(1)>", "Place to meet", WARDS[0], "**bold**", "=1+1")
    keep_assets(open_store(), AREA, pd.DataFrame([bad], columns=list(COLUMNS)), LEAD)
    app = open_page(PAGE, area=AREA)
    bodies = " ".join(str(block.proto.body) for block in app.get("html"))
    assert "&lt;img src=x" in bodies
    assert "<img src=x" not in bodies


def test_a_database_that_is_away_leaves_the_lists(monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////proc/no/such.db")
    app = open_page(PAGE, area=AREA)
    assert not app.exception
    assert "cannot be kept or read" in said(app)
    assert app.title[0].value == "Two wards combine high need and few listed places"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_template_can_be_filled_in_and_read(ending) -> None:
    template = make_template(AREA, ending)
    if ending == "csv":
        row = f"\nHall,Place to meet,{WARDS[0]},,,\n".encode()
        assert len(read_asset_list(template + row, "x.csv").table) == 1
        return
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(template))
    book[FORM.sheet].append(["Hall", "Place to meet", WARDS[0]])
    stream = io.BytesIO()
    book.save(stream)
    assert len(read_asset_list(stream.getvalue(), "x.xlsx").table) == 1
    assert load_areas().at[WARDS[0], "area_name"] in str([c.value for c in book["Notes"]["B"]])
