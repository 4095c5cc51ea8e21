"""Own figures kept for the council: by whom, seen by whom, and gone everywhere when deleted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from own_visits import NAME, make_own, write_counts
from streamlit.testing.v1 import AppTest
from test_own_everywhere import HUNTINGDONSHIRE, everything_sent, open_with
from test_your_data import fill_in, open_page, press, read_all

from data.store.audit import load_audit
from data.store.engine import open_store
from data.store.own_figures import load_figures
from pages.shared import own_shelf
from pages.shared.access import STORE as LET_IN

KEY = "three words apart"


@pytest.fixture
def figure():
    return make_own(HUNTINGDONSHIRE, write_counts(HUNTINGDONSHIRE))


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    """The setting of a dashboard with leads; nothing is remembered of an earlier test."""
    monkeypatch.setenv("LEAD_KEY", KEY)
    monkeypatch.setattr(own_shelf, "PATIENCE", 0.0)
    own_shelf.KEPT.look_again()


def open_as_lead(mine=()) -> AppTest:
    return open_page(HUNTINGDONSHIRE, **{LET_IN: hash(KEY), "own_figures": {f.id: f for f in mine}})


def share(figure):
    return replace(figure, written=replace(figure.written, shared=True, licence="Open"))


def test_a_viewer_is_offered_no_way_to_keep_or_delete(figure):
    app = open_page(HUNTINGDONSHIRE, own_figures={figure.id: figure})
    assert not any(b.key.startswith(("own-keep", "own-delete")) for b in app.button if b.key)
    assert "Only an analyst can keep own figures" in read_all(app)


def test_a_lead_keeps_a_figure_and_only_those_who_may_see_it(figure):
    app = press(open_as_lead([figure]), f"own-keep-{figure.id}")
    assert not app.exception
    assert not app.error
    assert app.session_state["own_figures"] == {}
    kept = load_figures(open_store())
    assert list(kept) == [figure.id]
    assert "Kept for Huntingdonshire" in read_all(app)
    stranger = open_with("explore/ward_map.py", area=HUNTINGDONSHIRE, indicator=figure.id)
    assert NAME not in everything_sent(stranger)
    assert stranger.warning


def test_a_shared_figure_is_seen_by_everybody_until_it_is_deleted(figure):
    figure = share(figure)
    lead = press(open_as_lead([figure]), f"own-keep-{figure.id}")
    link = {"area": HUNTINGDONSHIRE, "indicator": figure.id}
    visitor = open_with("explore/ward_map.py", **link)
    assert not visitor.warning
    sent = everything_sent(visitor)
    assert NAME in sent
    assert "kept for Huntingdonshire by a lead (by key)" in sent
    lead = press(press(lead, f"own-show-{figure.id}"), f"own-delete-{figure.id}")
    assert not lead.exception
    assert not lead.warning
    assert load_figures(open_store()) == {}
    visitor = visitor.run()
    assert not visitor.exception
    assert NAME not in everything_sent(visitor)
    assert visitor.session_state["selection"].indicator == "imd_score"
    log = load_audit(open_store(), HUNTINGDONSHIRE)
    assert list(log["what"]) == ["removed an own figure", "kept an own figure"]
    table = next(t.value for t in lead.dataframe if "Figure" in t.value)
    assert list(table["Figure"]) == [NAME, NAME]


def test_an_example_is_nobodys_figure_to_keep():
    app = press(open_as_lead(), "own-example")
    app = press(fill_in(app, source="Made up"), "own-add")
    assert not app.exception
    assert len(app.session_state["own_figures"]) == 1
    assert "These figures are made up" in read_all(app)
    assert not any(b.key.startswith("own-keep") for b in app.button if b.key)


def test_without_roles_no_database_is_opened(monkeypatch):
    monkeypatch.delenv("LEAD_KEY")
    monkeypatch.setattr(own_shelf, "open_store", lambda: pytest.fail("opened"))
    assert own_shelf.KEPT.all() == {}
