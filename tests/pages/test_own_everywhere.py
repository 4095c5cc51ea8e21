"""An own figure stands on every map and chart of its visitor, and nowhere else."""

from __future__ import annotations

import json

import pytest
from own_visits import NAME, hidden_wards, make_own, write_counts, write_shares
from said import filled_html
from streamlit.testing.v1 import AppTest
from test_your_data import ROOT, read_all

from data.load import load_period
from data.own.places import wards_inside
from data.own.shelf import GONE
from pages.shared import group_figures
from pages.shared.figures import all_ward_values, load_ward_figure, make_offer
from pages.shared.groups import Group
from pages.shared.selection import Selection

PAGES = {
    "explore/ward_map.py": lambda own: {"indicator": own},
    "explore/compare.py": lambda own: {"indicator": own},
    "explore/wards_where.py": lambda own: {"if": f"{own}.highest_fifth.place"},
    "explore/all_indicators.py": lambda own: {"themes": "own"},
    "explore/ward_profile.py": lambda _own: {},
}
HUNTINGDONSHIRE, DEVON = "E07000011", "E10000008"
FIGURES = {
    "count": (HUNTINGDONSHIRE, write_counts),
    "share": (HUNTINGDONSHIRE, write_shares),
    "county": (DEVON, write_counts),
}


@pytest.fixture(scope="module")
def figures():
    return {key: make_own(area, write(area)) for key, (area, write) in FIGURES.items()}


def open_with(page: str, mine=(), **params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / page), default_timeout=240)
    for name, value in params.items():
        app.query_params[name] = value
    app.session_state["first_view_is_out"] = True
    app.session_state["own_figures"] = {figure.id: figure for figure in mine}
    return app.run()


def everything_sent(app: AppTest) -> str:
    """All that goes to the browser, tables and charts too."""
    sent = [*(str(element.proto) for element in app.main), *filled_html(app)]
    return "\n".join(sent) + read_all(app)


@pytest.mark.parametrize("kind", FIGURES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_it_and_no_withheld_count(page, kind, figures):
    own, area = figures[kind], FIGURES[kind][0]
    app = open_with(page, [own], area=area, **PAGES[page](own.id))
    assert not app.exception
    assert not app.error
    assert not app.warning
    sent = everything_sent(app)
    assert NAME in sent
    assert "not published data" in sent
    assert len(hidden_wards(own)) >= 2


@pytest.mark.parametrize("view", ["two", "ranked", "side"])
def test_every_view_of_compare_takes_it(view, figures):
    own = figures["share"]
    groups = ",".join(wards_inside(HUNTINGDONSHIRE).index[:4])
    ward = hidden_wards(own)["area_code"].iloc[0]
    more = {"view": view, "ward": ward, "groups": f"Four:{groups}"}
    app = open_with("explore/compare.py", [own], area=HUNTINGDONSHIRE, indicator=own.id, **more)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", PAGES)
def test_another_visitor_with_the_same_link_sees_nothing_of_it(page, figures):
    own = figures["count"]
    open_with(page, [own], area=HUNTINGDONSHIRE, **PAGES[page](own.id))  # caches are warm now
    app = open_with(page, [], area=HUNTINGDONSHIRE, **PAGES[page](own.id))
    assert not app.exception
    sent = everything_sent(app)
    assert NAME not in sent
    assert str(own.values["numerator"].max()) not in sent
    if page == "explore/ward_map.py":
        assert app.warning[0].value == GONE


def test_a_figure_that_was_removed_is_let_go_of_with_a_message(figures):
    own = figures["count"]
    app = open_with("explore/ward_map.py", [own], area=HUNTINGDONSHIRE, indicator=own.id)
    app.session_state["own_figures"] = {}
    app = app.run()
    assert not app.exception
    assert app.warning[0].value == GONE
    assert app.session_state["selection"].indicator == "imd_score"


def test_it_does_not_go_into_a_story_which_others_may_see(figures):
    script = """
import streamlit as st
from pages.shared.add_to_story import ADDED, add_view
from pages.shared.selection import current_selection, write_address

current_selection()
write_address("area", "indicator")
add_view("ward-map", "Ward map")
st.write(st.session_state[ADDED])
"""
    for own, answer in ((True, "stay in your visit"), (False, "Added as slide 1")):
        app = AppTest.from_string(script, default_timeout=240)
        figure = figures["count"]
        app.query_params["area"] = HUNTINGDONSHIRE
        if own:
            app.query_params["indicator"] = figure.id
        app.session_state["own_figures"] = {figure.id: figure}
        app = app.run()
        assert not app.exception
        assert answer in app.markdown[0].value


@pytest.fixture
def visiting(figures, monkeypatch):
    """Code outside a page sees the shelf of a visitor who has every figure."""
    from data.own import shelf

    mine = shelf.Shelf({figure.id: figure for figure in figures.values()})
    monkeypatch.setattr(shelf, "_look", [lambda: mine])
    return figures


@pytest.mark.parametrize("kind", FIGURES)
def test_the_files_of_a_map_hold_protected_values_only(kind, visiting):
    own, area = visiting[kind], FIGURES[kind][0]
    for period in own.periods:
        selection = Selection(area=area, indicator=own.id, period=period)
        offer = make_offer(load_ward_figure(own.id, period, selection, "local_fifths"))
        table = offer.table.set_index("Code")
        hidden = hidden_wards(own).query("period == @period")["area_code"]
        wards = [code for code in hidden if code in table.index]
        assert len(wards) >= 1
        assert table.loc[wards, "Numerator"].isna().all()
        column = next(c for c in table if c.startswith(own.entry.name[:20]))
        assert table.loc[wards, column].isna().all()
        assert table.loc[wards, "Note"].str.contains("withheld").all()
        assert any("not published data" in text for _, text in offer.notes)
        assert offer.picture is not None
        assert "not published data" in offer.picture()


def test_groups_that_differ_by_a_withheld_ward_tell_nothing_of_it(visiting):
    own = visiting["count"]
    hidden = set(hidden_wards(own).query("period == '2023'")["area_code"])
    wards = list(wards_inside(HUNTINGDONSHIRE).index)
    for ward in hidden & set(wards):
        others = tuple(w for w in wards if w not in hidden)[:5]
        with_it = group_figures.load_group_values(Group("With", (*others, ward)), own.id, "2023")
        without = group_figures.load_group_values(Group("Without", others), own.id, "2023")
        assert with_it.value != with_it.value
        assert with_it.flag == "suppressed"
        assert without.value == load_period(own.id, "2023")["value"].reindex(others).sum()


def test_shared_caches_never_hold_an_own_figure(visiting):
    own = visiting["count"]
    for cached in (all_ward_values, group_figures.load_group_values):
        before = cached.cache_info().currsize
        if cached is all_ward_values:
            cached(own.id, "2024")
        else:
            cached(Group("G", tuple(wards_inside(HUNTINGDONSHIRE).index[:3])), own.id, "2024")
        assert cached.cache_info().currsize == before


def test_the_open_routes_never_have_it(visiting):
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from host.api.routes import list_routes

    own = visiting["count"]
    client = TestClient(Starlette(routes=list_routes()))
    answer = client.get("/api/v1/values", params={"indicator": own.id})
    assert answer.status_code == 404
    listed = client.get("/api/v1/indicators")
    assert own.id not in json.dumps(listed.json())
