"""What other websites show of one ward, of LSOAs, of Wards where and of districts."""

import html
import re

import pytest
from starlette.testclient import TestClient
from test_embed import (
    CAMDEN,
    CLAIMANTS,
    DEVON,
    HUNTINGDONSHIRE,
    NORTH,
    ask,
    build,
    read_rows,
    words_of,
)

from analysis.map_view import as_printed, format_number
from data.catalogue import load_catalogue
from data.load import load_areas, load_lsoas, load_newest
from data.profile import load_profile
from pages.shared.places import wards_of
from pages.shared.pockets import load_pockets
from pages.shared.selection import Selection


@pytest.fixture(scope="module")
def client():
    with TestClient(build()) as running:
        yield running


STRIPS = ["ages", "equality", "spine"]


@pytest.mark.parametrize("kind", STRIPS)
def test_rows_of_marks_say_the_figures_of_the_loader_and_need_no_style(client, kind):
    page = ask(client, kind, ward=NORTH, against="county").text
    profile, row = load_profile(), load_areas().loc[NORTH]
    ids = {"ages": profile.age_bands, "equality": profile.equality_rows, "spine": profile.rows}
    against = "E92000001" if kind == "ages" else row["county_code"]
    names, said = (re.findall(rf'<span class="{part}">(.*?)</span>', page)
                   for part in ("name", "words"))  # fmt: skip
    order = ids[kind][::-1] if kind == "ages" else ids[kind]
    assert len(names) == len(said) == page.count('class="strip"') == len(order)
    for indicator, words in zip(order, said, strict=True):
        values = load_newest(indicator)["value"]
        about = load_catalogue().indicators[indicator]
        digits = about.decimals if kind == "spine" else 1
        unit = about.unit if about.unit in ("%", "£") else ""
        own, other = (format_number(values[code], digits, unit) if values[code] == values[code]
                      else "no figure" for code in (NORTH, against))  # fmt: skip
        assert f"{own}, against {other}" in words_of(words).replace("\xa0", " ")
    assert "style=" not in page
    assert 'class="bar"' in page or 'class="dot' in page


def test_pockets_are_those_of_the_page_with_a_mark_for_each_neighbourhood(client):
    page = ask(client, "pockets", area=CAMDEN, indicator="imd_score").text
    pockets = load_pockets("imd_score", Selection(CAMDEN))
    hiding = [name for name, hides in pockets.table[["name", "hides"]].to_numpy() if hides]
    lines = re.findall(r'<li><span class="name">(.*?)</span><span class="words">(.*?)</span>', page)
    assert hiding == [html.unescape(name) for name, words in lines if "hides a pocket" in words]
    marks = len(re.findall(r'class="dot" cx|<path class="up', page)) - 2  # those of the key
    assert marks == (load_lsoas()["district_code"] == CAMDEN).sum()
    assert page.count('<path class="up') - 1 == pockets.table["pockets"].sum()


def test_the_map_inside_a_ward_holds_its_lsoas_alone_and_each_leads_to_its_ward(client):
    inside = ask(client, "inside-map", ward=NORTH, indicator="imd_score", links="profiles").text
    lsoas = load_lsoas()
    own = lsoas.loc[lsoas["ward_code"] == NORTH, "lsoa_name"] + ", Huntingdon North"
    assert sorted(row[0] for row in read_rows(inside)) == sorted(own)
    assert set(re.findall(r"ward=(E05\d+)\"", inside)) == {NORTH}
    assert 'class="rest"' in inside
    whole = ask(client, "lsoa-map", area=HUNTINGDONSHIRE, links="profiles").text
    assert len(read_rows(whole)) == (lsoas["district_code"] == HUNTINGDONSHIRE).sum()
    assert set(re.findall(r"ward=(E05\d+)\"", whole)) == set(wards_of(HUNTINGDONSHIRE).index)


def test_wards_where_answers_what_the_address_asks(client):
    asked = f"{CLAIMANTS}.at_least.4"
    page = ask(client, "where-map", area=HUNTINGDONSHIRE, **{"if": asked})
    values = load_newest(CLAIMANTS)["value"].reindex(wards_of(HUNTINGDONSHIRE).index)
    over = (as_printed(values.to_numpy(), 1) >= 4).sum()
    assert page.status_code == 200, words_of(page.text)
    assert sum("meets" in row for row in read_rows(page.text)) == over > 0


def test_a_line_of_a_district_says_that_it_is_no_ward(client):
    page = ask(client, "district-line", area=DEVON, district="E07000042",
               series="employment_rate_percent").text  # fmt: skip
    words = words_of(page)
    assert "District figure, not ward" in words
    assert "Mid Devon (district)" in words
    assert (
        read_rows(page)[-1][1]
        == f"{load_newest('employment_rate_percent')['value']['E07000042']:.1f}"
    )
