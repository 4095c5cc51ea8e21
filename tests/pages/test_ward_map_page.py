"""The Ward map: every way of colouring everywhere, hot spots in words, a second map."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from test_pages import PLACES, open_page

from analysis.classes import METHODS
from data.catalogue import load_catalogue
from data.load import load_periods
from pages.shared import figures, hot_spots
from pages.shared.downloads import _list_downloads
from pages.shared.second_map import SecondMap, parse_second, settle_second
from pages.shared.selection import Selection, settle

PAGE = "explore/ward_map.py"
CENSUS = "disabled_percent"


def text_of(app: AppTest) -> str:
    return " ".join(str(block.proto.body) for block in app.get("html"))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("method", METHODS)
def test_every_way_of_colouring_has_a_legend_everywhere(place: str, method: str) -> None:
    for indicator in ("imd_score", CENSUS):
        selection = settle(Selection(area=PLACES[place], indicator=indicator, classes=method))
        figure = figures.load_ward_figure(indicator, selection.period, selection, method)
        legend = figure.view.legend
        assert sum(entry.count for entry in legend) == len(figure.frame)
        missing = int(figure.frame["value"].isna().sum())
        special = ("suppressed", "not_available", "not_estimated")
        assert sum(entry.count for entry in legend if entry.key in special) == missing


@pytest.mark.parametrize("place", ["Isles of Scilly", "City of London", "Mid Devon"])
@pytest.mark.parametrize("method", ["natural_breaks", "standard_deviations", "hot_spots"])
def test_the_page_opens_with_the_new_colours(place: str, method: str) -> None:
    app = open_page(PAGE, area=PLACES[place], classes=method)
    assert not app.exception
    assert not app.error
    assert app.title[0].value


def test_too_few_wards_for_hot_spots_are_said_to_be_too_few() -> None:
    app = open_page(PAGE, area=PLACES["Isles of Scilly"], classes="hot_spots")
    assert "Hot spots need at least 8 wards with different figures" in text_of(app)
    assert "The colours are fifths of England instead" in text_of(app)


def test_hot_spots_name_their_wards_and_their_limits() -> None:
    app = open_page(PAGE, area=PLACES["Devon"], indicator="flats_percent", classes="hot_spots")
    words = text_of(app)
    assert "high figures cluster in" in app.title[0].value
    assert "▲▲ High among high" in words
    assert "Priory, Exeter" in words
    assert "Compared among the 166 wards of Devon only" in words
    assert "Isles of Scilly" not in words
    reading = " ".join(block.value for block in app.markdown)
    for part in ("9,999 times", "Benjamini", "seed 2025", "Wards outside the place"):
        assert part in reading


def test_a_chosen_ward_is_told_its_pattern() -> None:
    codes = figures.wards_of(PLACES["Devon"])
    ward = codes.index[codes["name"] == "Priory, Exeter"][0]
    place = {"area": PLACES["Devon"], "indicator": "flats_percent", "classes": "hot_spots"}
    app = open_page(PAGE, ward=ward, **place)
    assert "Hot spots: ▲▲ high among high (corrected p 0.0" in text_of(app)


def test_without_intervals_better_or_worse_still_says_so() -> None:
    app = open_page(PAGE, classes="significance", indicator="imd_score")
    assert "This figure has no interval" in text_of(app)


def test_islands_of_england_are_named() -> None:
    selection = settle(Selection(area=PLACES["England"], classes="hot_spots"))
    told: list[float] = []
    hot_spots._found.clear()
    figure = figures.load_ward_figure(
        "imd_score", selection.period, selection, "hot_spots", lambda share, _: told.append(share)
    )
    assert told == sorted(told)
    assert told[-1] == 1
    alone = figure.frame.loc[figure.frame["pattern"] == "alone", "name"]
    assert "St Mary's, Isles of Scilly" in set(alone)
    assert "St Mary's, Isles of Scilly" in figure.view.description
    told.clear()
    again = figures.load_ward_figure(
        "imd_score", selection.period, selection, "hot_spots", lambda share, _: told.append(share)
    )
    assert not told
    assert again.frame["pattern"].equals(figure.frame["pattern"])


def test_downloads_of_hot_spots_hold_class_statistic_and_method() -> None:
    selection = settle(
        Selection(area=PLACES["Devon"], indicator="flats_percent", classes="hot_spots")
    )
    figure = figures.load_ward_figure(
        "flats_percent", selection.period, selection, selection.classes
    )
    offer = figures.make_offer(figure)
    files = {ending: make for _, ending, _, make in _list_downloads(offer)}
    sheets = pd.read_excel(io.BytesIO(files["xlsx"]()), sheet_name=None)
    rows = sheets["Data"].set_index("Area")
    assert rows.at["Priory, Exeter", "Hot spot"] == "high among high"
    assert rows["p corrected for false discoveries"].between(0, 1).sum() == 166
    notes = sheets["Notes"].astype(str).to_string()
    assert "9,999 permutations with seed 2025" in notes
    picture = files["svg"]().decode()
    assert "▲▲ High among high" in picture
    assert "Devon, 21 March 2021" in picture
    assert "among" in picture
    assert "p-high_high-map" in picture


# ---- two maps -------------------------------------------------------------------


def test_two_maps_have_a_shared_finding_and_a_word_on_their_colours() -> None:
    app = open_page(
        PAGE,
        area=PLACES["Devon"],
        indicator="flats_percent",
        maps="2",
        indicator2=CENSUS,
        classes2="natural_breaks",
    )
    assert not app.exception
    assert not app.warning
    assert "England's highest fifth on both" in app.title[0].value
    assert "coloured in different ways" in text_of(app)
    assert app.query_params["indicator2"] in (CENSUS, [CENSUS])
    assert app.query_params["maps"] in ("2", ["2"])
    # Each map has its own source line and its own data.
    assert text_of(app).count("Source: ") == 2
    assert len([box for box in app.expander if box.label == "Data and downloads"]) == 2


def test_the_same_map_twice_is_no_error() -> None:
    same = {"indicator": CENSUS, "classes": "hot_spots"}
    twice = {"indicator2": CENSUS, "classes2": "hot_spots"}
    app = open_page(PAGE, area=PLACES["Devon"], maps="2", **same, **twice)
    assert not app.exception
    assert text_of(app).count("Compared among the 166 wards of Devon only") == 2


def test_a_ward_stands_in_both_panels() -> None:
    app = open_page(PAGE, ward="E05011267", maps="2", indicator2=CENSUS)
    assert text_of(app).count("<h2>Kimbolton</h2>") == 2


@pytest.mark.parametrize("place", PLACES)
def test_two_maps_open_everywhere(place: str) -> None:
    app = open_page(PAGE, area=PLACES[place], maps="2", indicator2=CENSUS, classes2="local_fifths")
    assert not app.exception
    assert not app.error


def test_the_toggle_shows_a_second_map_and_puts_it_away() -> None:
    app = open_page(PAGE)
    assert "maps" not in app.query_params
    app.toggle(key="pick_two_maps").set_value(True).run()
    assert not app.exception
    assert app.query_params["maps"] in ("2", ["2"])
    app.selectbox(key="pick_indicator2").set_value(CENSUS).run()
    assert not app.exception
    assert app.query_params["indicator2"] in (CENSUS, [CENSUS])
    # The first map's indicator changes, the second's stays.
    app.selectbox(key="pick_indicator").set_value("flats_percent").run()
    assert app.query_params["indicator2"] in (CENSUS, [CENSUS])
    app.toggle(key="pick_two_maps").set_value(False).run()
    assert not app.exception
    assert "maps" not in app.query_params
    assert "indicator2" not in app.query_params


def test_a_wrong_second_map_says_so_and_shows_another() -> None:
    app = open_page(
        PAGE, maps="2", indicator2="nothing", period2="1066", classes2="rainbow", ward="E05011267"
    )
    assert not app.exception
    said = " ".join(warning.value for warning in app.warning)
    for wrong in ("nothing", "1066", "rainbow"):
        assert f"“{wrong}”" in said
    assert text_of(app).count("<h2>Kimbolton</h2>") == 2


def test_parameters_of_the_second_map_are_read() -> None:
    params = {"maps": "2", "indicator2": CENSUS, "classes2": "hot_spots"}
    second, problems = parse_second(params, SecondMap(), Selection())
    assert problems == []
    assert second == SecondMap(True, CENSUS, load_periods(CENSUS)[-1], "hot_spots")
    again, _ = parse_second(second.address, SecondMap(), Selection())
    assert again == second
    assert parse_second({"area": "E07000011"}, second, Selection())[0].shown is False
    assert parse_second({}, second, Selection())[0] == second
    _, problems = parse_second({"maps": "9"}, SecondMap(), Selection())
    assert "there can be 1 or 2" in problems[0]
    assert SecondMap().address == {}


def test_what_stands_beside_when_nothing_is_chosen() -> None:
    catalogue = load_catalogue()
    for indicator in catalogue.ward_indicators:
        selection = settle(Selection(indicator=indicator))
        second = settle_second(SecondMap(shown=True), selection)
        assert second.indicator in catalogue.ward_indicators
        assert (second.indicator, second.period) != (indicator, selection.period)
        assert second.period in load_periods(second.indicator)
