"""The page of hidden pockets, and the sentence other pages take from it."""

from __future__ import annotations

import numpy as np
import pytest
from test_pages import PLACES, open_page

from data.catalogue import load_catalogue
from data.load import load_areas, load_lsoa_values, load_lsoas
from data.lsoa_table import spread_indicators
from pages.shared.figures import draw_svg, make_offer
from pages.shared.pockets import (
    describe_pockets,
    load_inside,
    load_limit,
    load_pockets,
    load_ward_table,
    make_pockets_offer,
    spread_options,
)
from pages.shared.selection import Selection

PAGE = "explore/hidden_pockets.py"
LITTLEHAM, CULLOMPTON_VALE = "E05011824", "E05014804"


def html(app) -> str:
    return " ".join(str(block.proto.body) for block in app.get("html"))


@pytest.mark.parametrize("indicator", ["connectivity_score", "owned_percent", "loneliness_percent"])
@pytest.mark.parametrize("place", ["Huntingdonshire", "Devon", "England"])
def test_page_opens_for_every_polarity(place, indicator):
    app = open_page(PAGE, area=PLACES[place], indicator=indicator)
    assert not app.exception
    assert not app.error
    assert len(app.title[0].value.split()) <= 12
    modelled = load_catalogue().source_of(indicator).modelled
    assert ("Modelled estimate" in html(app)) == modelled
    assert "no interval" in html(app)


def test_an_indicator_that_is_not_for_neighbourhoods_is_replaced_and_said():
    app = open_page(PAGE, indicator="universal_credit_households_percent")
    assert "is not published for neighbourhoods" in app.info[0].value
    assert app.selectbox(key="pick_indicator").value == "imd_score"
    assert not app.exception


def test_a_sentence_opens_its_ward():
    app = open_page(PAGE, area=PLACES["Devon"])
    first = next(button for button in app.button if (button.key or "").startswith("pocket-"))
    assert "neighbourhoods is in England's most deprived fifth" in first.label
    first.click().run()
    assert app.selectbox(key="pick_ward").value == first.key.removeprefix("pocket-")
    assert any(header.value.startswith("Inside ") for header in app.header)


def test_a_ward_without_lsoas_has_no_estimate_and_no_map():
    app = open_page(PAGE, area="E07000042", ward=CULLOMPTON_VALE)
    assert not app.exception
    assert any("no estimate" in text.value for text in app.markdown)
    assert load_inside("imd_score", CULLOMPTON_VALE, Selection(area="E07000042")) is None


def test_a_ward_of_one_lsoa_can_hide_nothing():
    areas = load_areas()
    single = areas.index[(areas["area_type"] == "ward") & (areas["lsoa_count"] == 1)][0]
    assert "one neighbourhood only" in describe_pockets(single, "imd_score")
    assert set(load_ward_table(single)["Pocket"]) <= {"one neighbourhood only", "no figure"}


def test_the_most_deprived_fifth_is_the_published_one():
    limit = load_limit("imd_score")
    published = load_lsoa_values("most_deprived_fifth_percent")["value"] > 0
    ours = load_lsoa_values("imd_score")["value"] >= limit
    assert (ours == published).all()
    assert ours.sum() == 33_755 // 5


def test_people_in_pockets_of_all_england_are_those_of_the_published_fifth():
    pockets = load_pockets("imd_score", Selection(area="E92000001"))
    published = load_lsoa_values("most_deprived_fifth_percent")["value"] > 0
    people = load_lsoas()["population"].reindex(published.index)[published].sum()
    assert pockets.table["people_in_pockets"].sum() == pytest.approx(people)
    assert pockets.table["lsoas"].sum() == 33_755


def test_every_indicator_has_a_list_and_a_limit():
    for indicator in spread_indicators():
        pockets = load_pockets(indicator, Selection())
        assert len(pockets.table) == 26
        values = load_lsoa_values(indicator)["value"].dropna()
        low = load_catalogue().indicators[indicator].polarity == "high_is_good"
        share = ((values <= pockets.limit) if low else (values >= pockets.limit)).mean()
        assert 0.1 < share <= 0.25, indicator
    assert len(spread_options()) == 96


def test_downloads_hold_the_list_and_the_map_of_the_ward():
    selection = Selection(area="E07000040", ward=LITTLEHAM)
    pockets = load_pockets("imd_score", selection)
    offer = make_pockets_offer(pockets, "chart", selection)
    assert len(offer.table) == len(pockets.table)
    assert offer.layer == "ward"
    assert any(name == "Hidden pocket" for name, _ in offer.notes)
    code = str(pockets.table.index[0])
    inside = load_inside("imd_score", code, selection)
    assert inside is not None
    assert list(inside.view.codes) == sorted(inside.view.codes)
    table = make_offer(inside).table
    assert len(table) == pockets.table.at[code, "lsoas"]
    picture = draw_svg(inside)
    assert picture.count("<title>") == len(table)
    assert 'class="rest"' in picture


def test_one_ward_in_every_indicator():
    table = load_ward_table("E05011273")
    assert len(table) == 96
    known = table.dropna(subset="Lowest LSOA")
    assert (known["Lowest LSOA"] <= known["Middle (median)"]).all()
    assert (known["Middle (median)"] <= known["Highest LSOA"]).all()
    assert table["Share of people (%)"].between(0, 100).sum() == len(known)
    assert np.isfinite(table["Whole ward"]).all()
