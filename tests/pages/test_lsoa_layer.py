"""The map of LSOAs: where it is offered, and that larger places wait until asked."""

import pytest
from test_pages import open_page

from data.lsoa_maps import name_lsoa_map
from pages.shared.lsoa_layer import lsoa_map_url

PAGE = "explore/ward_map.py"
HUNTINGDONSHIRE, DEVON, ENGLAND = "E07000011", "E10000008", "E92000001"
HEADING = "Inside the wards: LSOAs"


@pytest.fixture
def served(monkeypatch):
    monkeypatch.setenv("MAPS_SERVED", "yes")


def headings(app):
    return [heading.value for heading in app.header]


def test_a_county_is_offered_where_the_server_composes_maps(served):
    app = open_page(PAGE, area=DEVON, detail="lsoa", indicator="imd_score")
    assert not app.exception
    assert not app.error
    assert HEADING in headings(app)
    assert app.query_params["detail"] in ("lsoa", ["lsoa"])
    assert lsoa_map_url(DEVON) == f"maps/{name_lsoa_map(DEVON)}"


def test_without_such_a_server_councils_are_offered_and_counties_are_not(monkeypatch):
    monkeypatch.delenv("MAPS_SERVED", raising=False)
    assert HEADING in headings(open_page(PAGE, area=HUNTINGDONSHIRE, indicator="imd_score"))
    assert HEADING not in headings(open_page(PAGE, area=DEVON, indicator="imd_score"))


def test_a_larger_place_does_not_bring_its_lsoas_unasked(served):
    app = open_page(PAGE, area=HUNTINGDONSHIRE, detail="lsoa", indicator="imd_score")
    app.selectbox(key="pick_area").set_value(ENGLAND).run()
    assert not app.exception
    assert app.session_state["selection"].detail == "ward"
    assert not app.toggle[-1].value
