"""The Ward profile for every kind of ward, with every comparison, and with a broken table."""

from __future__ import annotations

import re
import zlib
from urllib.parse import parse_qs

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from test_pages import open_page

from data.errors import TableError
from data.load import load_areas
from data.profile import load_profile
from pages.shared import profile_data

PAGE = "explore/ward_profile.py"
HUNTINGDON_NORTH, ALDGATE, ALDERSGATE = "E05011266", "E05009289", "E05009288"


def text_of(app: AppTest) -> str:
    written = [str(block.proto.body) for block in app.get("html")]
    packed = [block.proto.bytes for block in app.get("bidi_component") if block.proto.bytes]
    return " ".join([*written, *(zlib.decompress(table, 31).decode() for table in packed)])


def test_without_a_ward_the_one_with_the_highest_need_is_shown_and_said() -> None:
    app = open_page(PAGE, area="E07000011")
    assert app.title[0].value == "Huntingdon North has the highest need in Huntingdonshire"
    assert "No ward is chosen" in text_of(app)
    assert "ward" not in app.query_params


@pytest.mark.parametrize("against", ["council", "county", "region", "england", "similar"])
def test_every_comparison_shows_every_indicator(against: str) -> None:
    app = open_page(PAGE, ward=HUNTINGDON_NORTH, against=against)
    assert not app.exception
    assert not app.error
    assert not app.warning
    text = text_of(app)
    assert all(f'id="row-{row}"' in text for row in load_profile().rows)
    anchors = re.findall(r'href="#row-(\w+)"', text)
    assert 1 <= len(anchors) <= 5
    assert all(f'id="row-{anchor}"' in text for anchor in anchors)
    assert app.query_params["against"] in (against, [against])


def test_a_row_leads_to_the_ward_map_with_this_ward_and_indicator() -> None:
    table = text_of(open_page(PAGE, ward=HUNTINGDON_NORTH)).split('class="needs-spine"')[1]
    links = re.findall(r'href="ward-map\?([^"]+)"', table)
    asked = parse_qs(links[0].replace("&amp;", "&"))
    assert asked == {
        "area": ["E07000011"],
        "ward": [HUNTINGDON_NORTH],
        "indicator": [load_profile().rows[0]],
    }
    assert len(links) == len(load_profile().rows)


def test_the_profile_leads_to_the_other_pages_and_inside_the_ward() -> None:
    text = text_of(open_page(PAGE, ward=HUNTINGDON_NORTH))
    where = f"area=E07000011&amp;ward={HUNTINGDON_NORTH}"
    for page in ("ward-map", "compare", "hidden-pockets"):
        assert f'href="{page}?{where}' in text
    said = "Overall deprivation: None of the 7 neighbourhoods of Huntingdon North is in England"
    assert said in text


def test_a_ward_without_lsoa_says_so_and_shows_no_zero() -> None:
    app = open_page(PAGE, ward=ALDGATE)
    assert not app.exception
    assert not app.error
    assert app.title[0].value == "Aldgate: no estimate of need"
    text = text_of(app)
    assert "no LSOA fits this ward" in text
    assert "no figure" in text
    assert "similar" not in profile_data.comparisons_of(ALDGATE)


def test_a_ward_of_one_lsoa_says_so() -> None:
    app = open_page(PAGE, ward=ALDERSGATE)
    assert not app.exception
    assert "rests on a single LSOA" in text_of(app)


def test_a_comparison_that_the_ward_does_not_have_falls_back() -> None:
    app = open_page(PAGE, ward=ALDERSGATE, against="county")
    assert not app.exception
    assert app.query_params["against"] in ("council", ["council"])


def test_a_wrong_comparison_is_named() -> None:
    app = open_page(PAGE, ward=HUNTINGDON_NORTH, against="mars")
    assert "mars" in app.warning[0].value
    assert app.title[0].value


def test_a_broken_table_takes_one_row_down(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = profile_data.columns_of

    def broken(indicator: str) -> profile_data.Columns:
        if indicator == "burglary_rate":
            raise TableError(f"{indicator}.parquet: the table is damaged; run `make data`.")
        return whole(indicator)

    monkeypatch.setattr(profile_data, "columns_of", broken)
    profile_data._area_wards.cache_clear()
    profile_data._ordered_everywhere.cache_clear()
    app = open_page(PAGE, ward=HUNTINGDON_NORTH)
    profile_data._area_wards.cache_clear()
    profile_data._ordered_everywhere.cache_clear()
    assert not app.exception
    row = re.search(r'<tr role="row" id="row-burglary_rate">.*?</tr>', text_of(app))
    assert row is not None
    assert "no figure" in row.group()
    assert "27.1" in text_of(app)


def test_the_similar_comparison_is_never_made_with_what_makes_wards_similar() -> None:
    profile = load_profile()
    comparison = profile_data.comparisons_of(HUNTINGDON_NORTH)["similar"]
    spine = profile_data.load_spine(profile.rows, HUNTINGDON_NORTH, comparison)
    same = spine.index.isin(list(profile.same_thing))
    assert (spine.loc[same, "compared"] == "not compared").all()
    assert spine.loc[same, ["benchmark", "low", "high", "at_value"]].isna().all().all()
    assert (spine.loc[same, "rank"] == 0).all()
    assert spine.loc[~same, "benchmark"].notna().all()
    assert spine["value"].notna().all()


def test_the_figures_of_similar_wards_are_added_and_divided() -> None:
    ward, row = HUNTINGDON_NORTH, "income_deprivation_percent"
    comparison = profile_data.comparisons_of(ward)["similar"]
    spine = profile_data.load_spine((row, "imd_score"), ward, comparison)
    places = load_areas().index.get_indexer(profile_data.similar_to(ward).index)
    columns = profile_data.columns_of(row)
    rate = 100 * columns.numerator[places].sum() / columns.denominator[places].sum()
    assert spine.at[row, "benchmark"] == pytest.approx(rate)
    people = load_areas()["population"].to_numpy()[places]
    mean = np.average(profile_data.columns_of("imd_score").value[places], weights=people)
    assert spine.at["imd_score", "benchmark"] == pytest.approx(mean)


def test_the_benchmark_of_an_area_is_its_own_figure() -> None:
    comparison = profile_data.comparisons_of(HUNTINGDON_NORTH)["county"]
    spine = profile_data.load_spine(("imd_score",), HUNTINGDON_NORTH, comparison)
    county = load_areas().index.get_loc("E10000003")
    assert spine["benchmark"].iloc[0] == profile_data.columns_of("imd_score").value[county]


def test_trends_follow_the_rules_of_the_metadata() -> None:
    rows = load_profile().rows
    trends = dict(zip(rows, profile_data.load_trends(rows, HUNTINGDON_NORTH), strict=True))
    credit = trends["universal_credit_households_percent"]
    assert (credit.first, credit.last) == ("November 2019", "November 2023")
    assert credit.text == "↗ rising"  # moved from older benefits: not called worse
    assert trends["claimant_count_percent"].first == "2018"
    assert trends["covid_vaccination_first_dose_percent"].word == "not told"
    assert trends["imd_score"].word == "too few points"


def test_the_warm_up_reads_everything_and_bears_a_broken_table(monkeypatch) -> None:
    from pages.shared import warm_up

    def broken(_indicator: str) -> None:
        raise TableError("broken.parquet: the table is damaged; run `make data`.")

    warm_up()
    assert profile_data.columns_of.cache_info().currsize >= len(load_profile().rows)
    monkeypatch.setattr(profile_data, "columns_of", broken)
    monkeypatch.setattr(profile_data, "load_likeness", lambda: broken(""))
    warm_up()


def test_every_part_offers_files_that_can_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    from pages.shared import profile_bars, profile_parts
    from pages.shared.downloads import Offer, _list_downloads

    offers: list[Offer] = []
    for module in (profile_bars, profile_parts):
        monkeypatch.setattr(module, "show_offer", lambda make, _key: offers.append(make()))
    comparison = profile_data.comparisons_of(HUNTINGDON_NORTH)["similar"]
    spine = profile_data.load_spine(load_profile().rows, HUNTINGDON_NORTH, comparison)
    profile_bars.show_pyramid(HUNTINGDON_NORTH, "a")
    profile_bars.show_equality(HUNTINGDON_NORTH, comparison, "b")
    profile_parts.show_similar(HUNTINGDON_NORTH, "c")
    profile_parts.show_spine(spine, HUNTINGDON_NORTH, comparison, "d")
    rows = [len(offer.table) for offer in offers]
    profile = load_profile()
    assert rows == [18, len(profile.equality_rows), 15, len(profile.rows)]
    for offer in offers:
        assert offer.description
        made = {ending: make() for _, ending, _, make in _list_downloads(offer)}
        assert {"csv", "xlsx"} < set(made)
        assert all(made.values())
        assert ("svg" in made) != ("geojson" in made)
