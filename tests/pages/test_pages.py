"""Every page opens for every kind of place, and one broken table does not take it down."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from said import find_faults
from streamlit.testing.v1 import AppTest

from data import load
from data.catalogue import load_catalogue
from data.errors import TableError
from pages.shared.report_choices import PackChoices
from pages.shared.report_pack import make_document
from scripts.serving import list_pages

ROOT = Path(__file__).parents[2]
PAGES = tuple(list_pages())
PLACES = {
    "Huntingdonshire": "E07000011",
    "Mid Devon": "E07000042",
    "Devon": "E10000008",
    "City of London": "E09000001",
    "Isles of Scilly": "E06000053",
    "South East": "E12000008",
    "England": "E92000001",
}


def open_page(page: str, **params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / page), default_timeout=120)
    for name, value in params.items():
        app.query_params[name] = value
    app.session_state["first_view_is_out"] = True
    return app.run()


def test_a_page_has_the_name_of_its_address() -> None:
    """Links between pages find the file by the address (`pages/shared/page_links.py`)."""
    for file, address in list_pages().items():
        assert address in ("/", f"/{Path(file).stem.replace('_', '-')}"), file


#: What it says of the place is its name alone.
SAME_EVERYWHERE = "about/about_the_data.py"
OPENED = [
    (place, page)
    for place in PLACES
    for page in PAGES
    if page != SAME_EVERYWHERE or place in ("Huntingdonshire", "England")
]


@pytest.mark.parametrize(("place", "page"), OPENED)
def test_page_opens(place: str, page: str) -> None:
    app = open_page(page, area=PLACES[place])
    assert not app.exception
    assert not app.error
    assert not app.warning
    assert 0 < len(app.title[0].value.split()) <= 10
    # The catalogue gives the id of each indicator, on purpose.
    about = page.startswith("about/")
    assert [fault for fault in find_faults(app) if not (about and "Id." in fault)] == []


@pytest.mark.parametrize("page", PAGES)
def test_titles_have_ten_words_or_fewer_where_names_are_long(page: str) -> None:
    app = open_page(page, area="E10000008", ward="E05012412", indicator="fuel_poverty_percent")
    assert len(app.title[0].value.split()) <= 10


def test_overview_states_the_finding() -> None:
    app = open_page("explore/overview.py")
    assert app.title[0].value == "Huntingdon North has the highest need in Huntingdonshire"


def test_overview_says_no_estimate_rather_than_zero() -> None:
    app = open_page("explore/ward_map.py", area="E07000042", ward="E05014804")
    text = " ".join(str(block.proto.body) for block in app.get("html"))
    assert "Cullompton Vale" in text
    assert "no estimate" in text
    assert '<p class="value">0' not in text


def test_wrong_link_says_so_and_shows_the_rest() -> None:
    app = open_page("explore/ward_map.py", area="E07999999", indicator="nothing")
    assert not app.exception
    assert len(app.warning) == 2
    assert "E07999999" in app.warning[0].value
    assert app.title[0].value


def test_changing_the_indicator_changes_title_and_address() -> None:
    app = open_page("explore/ward_map.py")
    before = app.title[0].value
    app.selectbox(key="pick_indicator").set_value("flats_percent").run()
    assert not app.exception
    assert app.title[0].value != before
    assert app.query_params["indicator"] in ("flats_percent", ["flats_percent"])


def test_choosing_a_council_drops_the_ward() -> None:
    app = open_page("explore/overview.py", ward="E05011267")
    assert app.query_params["ward"] in ("E05011267", ["E05011267"])
    app.selectbox(key="pick_area").set_value("E07000042").run()
    assert not app.exception
    assert app.query_params["area"] in ("E07000042", ["E07000042"])
    assert "ward" not in app.query_params


def test_lsoa_map_opens_for_a_council() -> None:
    app = open_page("explore/ward_map.py", area="E07000011", detail="lsoa")
    assert not app.exception
    assert not app.error


def test_broken_table_takes_one_panel_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(indicator: str) -> None:
        raise TableError(f"{indicator}.parquet: the table is damaged; run `make data`.")

    monkeypatch.setattr(load, "load_lsoa_values", broken)
    monkeypatch.setattr("pages.shared.rankings.load_lsoa_values", broken)
    app = open_page("explore/overview.py")
    assert not app.exception
    assert len(app.error) == 1
    assert "ranking cannot be shown" in app.error[0].value
    assert "make data" in app.error[0].value
    assert app.title[0].value


@pytest.fixture
def broken_entry(monkeypatch: pytest.MonkeyPatch) -> str:
    """An indicator whose entry in the catalogue has a fault: its name."""
    why = "data/metadata/indicators/housing.toml: [fuel_poverty_percent] polarity = 'low'."
    whole = load_catalogue()
    spoilt = replace(whole, broken={"fuel_poverty_percent": why})
    for place in ("data.load", "data.foundations"):
        monkeypatch.setattr(f"{place}.load_catalogue", lambda: spoilt)
    return whole.indicators["fuel_poverty_percent"].name


@pytest.mark.parametrize(
    "page", ["explore/overview.py", "explore/all_indicators.py", "about/about_the_data.py"]
)
def test_a_broken_entry_is_left_out_alone_and_said(page: str, broken_entry: str) -> None:
    app = open_page(page, area=PLACES["Huntingdonshire"])
    assert not app.error
    assert not app.exception
    (said,) = app.warning
    assert "housing.toml: \\[fuel\\_poverty" in said.value
    assert "start the dashboard again" in said.value
    if not page.startswith("about"):
        assert said.value.startswith(f"{broken_entry} is left out.")
        assert app.title[0].value


def test_a_report_goes_on_without_a_broken_entry(broken_entry: str) -> None:
    choices = PackChoices(sections=("summary", "exceptions")).settled(PLACES["Huntingdonshire"])
    said = str(make_document(choices, None, dt.date(2025, 11, 25)).document)
    assert f"{broken_entry} is left out. data/metadata/indicators/housing.toml" in said


@pytest.mark.parametrize(
    ("page", "reads", "params"),
    [
        ("explore/compare.py", "pages.shared.compare_side.load_period", {"view": "side"}),
        ("explore/hidden_pockets.py", "pages.shared.pockets.spread_options", {}),
        ("explore/ward_profile.py", "pages.shared.profile_pockets.spread_options", {}),
    ],
)
def test_a_list_that_cannot_be_made_leaves_the_other_lists(
    page: str, reads: str, params: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: str) -> None:
        raise TableError("The table is damaged; run `make data`.")

    monkeypatch.setattr(reads, broken)
    app = open_page(page, **params)
    assert not app.exception
    assert len(app.error) == (0 if params else 1)
    assert app.selectbox(key="pick_area").value == "E07000011"


def test_every_indicator_draws_a_map() -> None:
    from analysis.classes import METHODS
    from data.catalogue import load_catalogue
    from pages.shared import figures
    from pages.shared.selection import Selection, settle

    methods = list(METHODS)
    for place, indicator in enumerate(load_catalogue().ward_indicators):
        method = methods[place % len(methods)]
        selection = settle(Selection(area="E10000008", indicator=indicator))
        view = figures.load_ward_figure(indicator, selection.period, selection, method).view
        assert sum(entry.count for entry in view.legend) == 168
        assert len(view.title.split()) <= 16, view.title


@pytest.mark.parametrize(
    ("page", "broken"),
    [
        ("explore/overview.py", "page.show_title"),
        ("explore/ward_map.py", "map_layout.draw_map"),
        ("explore/ward_profile.py", "page.show_title"),
        ("explore/compare.py", "compare_pair.show_title"),
        ("explore/all_indicators.py", "page.show_title"),
        ("scrutinise/covid_recovery.py", "recovery_parts.show_title"),
    ],
)
def test_a_first_view_that_breaks_leaves_the_lists_to_choose_something_else(
    page: str, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("nobody thought of this")

    monkeypatch.setattr(f"pages.shared.{broken}", fail)
    app = open_page(page, area="E07000011")
    assert len(app.exception) == 1
    assert app.selectbox(key="pick_area").value == "E07000011"
