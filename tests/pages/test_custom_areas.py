"""Custom areas on the page: drawn, picked and uploaded; figures are those of the tables."""

from __future__ import annotations

import json

import pandas as pd
import pytest
import shapely
from said import find_faults, texts_of
from shapely.geometry import mapping
from streamlit.testing.v1 import AppTest
from test_pages import ROOT, open_page

from analysis.custom_area_view import make_fit_view
from analysis.export import make_geojson, make_geopackage
from data.custom_area_file import read_area_file
from data.errors import TableError
from data.load import load_lsoas, load_newest
from data.lsoa_shapes import join_lsoas, load_map_grid
from pages.shared.area_choices import (
    AreaChoices,
    parse_choices,
    parse_line,
    parse_lsoas,
    print_line,
    print_lsoas,
)
from pages.shared.area_data import (
    CustomArea,
    comparisons_of_council,
    load_area_figures,
    load_spine_of,
    lsoas_of_ward,
    make_area,
    make_land,
)
from pages.shared.area_inputs import check_line, to_line, toggle
from pages.shared.area_parts import draw_fit, list_codes_shown, offer_profile
from pages.shared.area_upload import STORE, find_council, read_upload
from pages.shared.groups import parse_groups

PAGE = "explore/custom_areas.py"
NORTH, EAST = "E05011266", "E05011268"  # wards of Huntingdonshire
SQUARE = ((523_000, 271_000), (526_000, 271_000), (526_000, 274_000), (523_000, 274_000))


def said(app: AppTest) -> str:
    return "\n".join(texts_of(app))


def assert_sound(app: AppTest) -> None:
    assert not app.exception
    assert not app.error
    assert find_faults(app) == []


# ---- The address -----------------------------------------------------------------


def test_a_link_opens_while_the_table_of_lsoas_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise TableError("lsoas.parquet: the table is missing.")

    monkeypatch.setattr("pages.shared.area_choices.load_lsoas", broken)
    assert parse_choices({"way": "pick"}, AreaChoices())[1] == []
    found, problems = parse_choices({"wards": NORTH, "lsoas": "18046"}, AreaChoices())
    assert found.wards == (NORTH,)
    assert problems == ["The neighbourhoods in the link cannot be looked up. "
                        "lsoas.parquet: the table is missing."]  # fmt: skip


def test_lsoa_codes_come_back_from_an_address() -> None:
    codes = load_lsoas().index[load_lsoas()["district_code"] == "E07000011"]
    assert parse_lsoas(print_lsoas(codes)) == (tuple(sorted(codes)), [])
    assert len(print_lsoas(codes)) < 500
    assert print_lsoas(["E01018076", "E01018074", "E01018075"]) == "18074-18076"


def test_a_line_comes_back_from_an_address() -> None:
    assert parse_line(print_line(SQUARE)) == SQUARE


@pytest.mark.parametrize("text", ["", "1.2", "1.2_3.4", "a.b_c.d_e.f", "1.2_3.4_5.-6", "9" * 4000,
                                  "1.2_3.4_99999999.1", "²._1.2_3.4"])  # fmt: skip
def test_a_line_that_is_none_is_refused(text: str) -> None:
    assert parse_line(text) == ()


def test_wrong_parts_of_a_link_are_named_and_the_rest_is_used() -> None:
    params = {"wards": f"{NORTH},E05999999", "lsoas": "18074.7-3.<b>", "way": "fly",
              "against": "moon", "name": "=A\n B"}  # fmt: skip
    found, problems = parse_choices(params, AreaChoices())
    assert found == AreaChoices("pick", (), (NORTH,), ("E01018074",), "A B")
    text = " ".join(problems)
    for word in ("E05999999", "7-3", "<b>", "fly", "moon"):
        assert word in text


def test_choices_come_back_from_their_own_address() -> None:
    for choices in (AreaChoices(line=SQUARE, name="Old Town & <b>", against="england"),
                    AreaChoices("pick", wards=(NORTH,), lsoas=("E01018074",))):  # fmt: skip
        assert parse_choices(choices.address(), AreaChoices()) == (choices, [])


def test_a_long_line_is_kept_for_the_visit_only() -> None:
    line = tuple((500_000 + n, 270_000) for n in range(150))
    assert not AreaChoices(line=line).in_address
    assert "line" not in AreaChoices(line=line).address()


# ---- Figures ---------------------------------------------------------------------


def test_a_picked_ward_has_every_figure_of_the_ward() -> None:
    area = make_area(AreaChoices("pick", wards=(NORTH,)))
    assert area is not None
    figures = load_area_figures(area)
    for indicator in ("imd_score", "children_in_low_income_families_percent"):
        assert figures.at[indicator, "value"] == pytest.approx(
            load_newest(indicator).at[NORTH, "value"], rel=1e-3
        )


def test_a_line_around_a_wards_lsoas_is_that_ward() -> None:
    ward = "E05011257"  # Alconbury: one piece of land
    codes = tuple(sorted(lsoas_of_ward(ward)))
    outline = join_lsoas(codes)
    ring = shapely.get_coordinates(outline.exterior.simplify(15)).round().astype(int)
    area = make_area(AreaChoices(line=tuple((int(x), int(y)) for x, y in ring[:-1])))
    assert area is not None
    assert area.fit.codes == codes
    assert area.fit.quality > 0.95
    figures = load_area_figures(area)
    assert figures.at["imd_score", "value"] == pytest.approx(
        load_newest("imd_score").at[ward, "value"], rel=1e-4
    )
    assert "children_in_low_income_families_percent" not in figures.index


def test_the_board_lies_on_the_map_where_the_boundaries_do() -> None:
    # The centre of the first LSOA of the prepared map lies in that LSOA.
    from data.load import load_paths

    content = load_paths("lsoa", "E07000011")
    grid = load_map_grid("lsoa", "E07000011")
    for place in range(0, len(content["codes"]), 9):
        unit = [content["centres"][2 * place : 2 * place + 2]]
        point = shapely.points(*grid.to_metres(unit)[0])
        assert shapely.dwithin(join_lsoas((content["codes"][place],)), point, 15)
        assert grid.to_units(grid.to_metres(unit)).tolist() == unit


def test_corners_of_the_board_that_are_no_numbers_are_no_line() -> None:
    grid = load_map_grid("lsoa", "E07000011")
    assert to_line([[float("nan"), 1.0]], grid) == ()
    assert to_line([[1.0, 2.0, 3.0]], grid) == ()
    assert to_line([[-1e9, 1e9]], grid) == ((0, 0),)


def test_a_line_without_land_is_explained() -> None:
    assert "no land" in check_line(((1, 1), (2, 2), (3, 3)))
    assert check_line(SQUARE) == ""


def test_a_neighbourhood_of_a_picked_ward_can_be_left_out() -> None:
    codes = lsoas_of_ward(NORTH)
    changed = toggle(AreaChoices("pick", wards=(NORTH, EAST)), codes[0])
    assert changed["wards"] == (EAST,)
    assert set(changed["lsoas"]) == set(codes[1:])
    again = toggle(AreaChoices("pick", lsoas=tuple(codes)), codes[0])
    assert again == {"lsoas": tuple(codes[1:])}


# ---- The page --------------------------------------------------------------------


def test_a_drawn_area_is_profiled_with_its_fit() -> None:
    app = open_page(PAGE, area="E07000011", line=print_line(SQUARE), name="Riverside")
    assert_sound(app)
    assert app.title[0].value.startswith("Riverside: ")
    text = said(app)
    assert "of the people inside your line are counted" in text
    assert "cuts through" in text
    assert "left out: they are published for larger areas only" in text


def test_a_small_area_and_a_poor_fit_are_warned_of() -> None:
    # Three fifths of one rural neighbourhood.
    code = "E01018113"
    land = join_lsoas((code,))
    left, bottom, right, top = land.bounds
    line = ((left, bottom), (right, bottom), (right, bottom + 0.62 * (top - bottom)),
            (left, bottom + 0.62 * (top - bottom)))  # fmt: skip
    app = open_page(PAGE, line=print_line(tuple((int(x), int(y)) for x, y in line)))
    assert not app.exception
    assert any("small area" in w.value for w in app.warning)


def test_a_line_that_holds_no_neighbourhood_says_what_to_do() -> None:
    tiny = ((523_000, 271_000), (523_100, 271_000), (523_100, 271_100), (523_000, 271_100))
    app = open_page(PAGE, line=print_line(tiny))
    assert_sound(app)
    assert any("no more than half of any neighbourhood" in w.value for w in app.warning)


def test_an_area_of_wards_is_offered_as_a_group_on_compare() -> None:
    app = open_page(PAGE, area="E07000011", wards=f"{NORTH},{EAST}", name="Two & more")
    assert_sound(app)
    assert "published for larger areas only" not in said(app)
    bodies = " ".join(str(block.proto.body) for block in app.get("html"))
    from html import unescape
    from urllib.parse import parse_qs, urlparse

    link = next(part for part in unescape(bodies).split('"') if part.startswith("compare?"))
    groups, problems = parse_groups(parse_qs(urlparse(link).query)["groups"][0])
    assert problems == []
    assert (groups[0].name, groups[0].codes) == ("Two & more", (NORTH, EAST))


def make_file() -> bytes:
    shapes = {"North": shapely.box(522_000, 271_000, 525_000, 274_000),
              "South": shapely.box(522_000, 267_000, 525_000, 271_000),
              "<b>Wales</b>": shapely.box(320_000, 180_000, 322_000, 182_000)}  # fmt: skip
    features = [{"type": "Feature", "properties": {"name": name}, "geometry": mapping(shape)}
                for name, shape in shapes.items()]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_areas_of_a_file_stand_in_a_table_and_one_is_profiled() -> None:
    brought = read_upload(make_file(), "divisions.geojson")
    assert brought.found is not None
    assert find_council([area.line for area in brought.found.areas]) == "E07000011"
    app = AppTest.from_file(str(ROOT / "pages" / PAGE), default_timeout=120)
    app.query_params["way"] = "upload"
    app.session_state["first_view_is_out"] = True
    app.session_state[STORE] = brought
    app.run()
    assert not app.exception
    assert app.title[0].value.startswith("North: ")
    assert any("1 left out; 2 areas can be used" in w.value for w in app.warning)
    assert "lies outside England" in said(app)
    table = next(d.value for d in app.dataframe if "Fit, %" in d.value)
    assert set(table["Area"]) == {"North", "South"}
    app.selectbox(key="area_chosen").select("South").run()
    assert app.title[0].value.startswith("South: ")


def test_an_uploaded_file_is_never_in_the_address() -> None:
    app = AppTest.from_file(str(ROOT / "pages" / PAGE), default_timeout=120)
    app.query_params["way"] = "upload"
    app.session_state["first_view_is_out"] = True
    app.session_state[STORE] = read_upload(make_file(), "divisions.geojson")
    app.run()
    assert not {"line", "lsoas", "wards", "name"} & set(app.query_params)


# ---- Files -----------------------------------------------------------------------


def drawn(name: str = "=Old Town") -> CustomArea:
    area = make_area(AreaChoices(line=SQUARE, name=name))
    assert area is not None
    return area


def test_the_land_of_an_area_can_be_opened_by_a_map_program() -> None:
    land = make_land([drawn()])
    content = json.loads(make_geojson(pd.DataFrame(land.drop(columns="geometry")), land, "part"))
    kinds = {f["properties"]["what"]: shapely.geometry.shape(f["geometry"])
             for f in content["features"]}  # fmt: skip
    assert set(kinds) == {"neighbourhoods counted", "line"}
    assert all(-1 < shape.centroid.x < 0 and 52 < shape.centroid.y < 53 for shape in kinds.values())
    packed = make_geopackage(pd.DataFrame(land.drop(columns="geometry")), land, "part")
    assert [a.name for a in read_area_file(packed, "again.gpkg").areas]


def test_the_profile_as_a_table_holds_every_figure_and_benchmark() -> None:
    area = drawn()
    figures = load_area_figures(area)
    comparison = comparisons_of_council(area.council)["county"]
    offer = offer_profile(area, figures, load_spine_of(figures, comparison), comparison)
    row = offer.table.set_index("Id").loc["income_deprivation_percent"]
    assert row["Area"] == pytest.approx(figures.at["income_deprivation_percent", "value"], abs=0.06)
    assert row["Lower 95 % limit"] < row["Area"] < row["Upper 95 % limit"]
    for code, name in (("E10000003", "Cambridgeshire"), ("E92000001", "England")):
        level = load_newest("income_deprivation_percent").at[code, "value"]
        assert row[name] == pytest.approx(level, abs=0.06)
    assert len(offer.table) == len(figures)
    assert "more than half of its land" in str(offer.notes)
    assert offer.picture is not None
    assert offer.picture().startswith("<svg")


def test_the_map_of_an_area_as_a_picture_says_what_is_counted() -> None:
    area = drawn()
    codes = list_codes_shown(area, area.council)
    picture = draw_fit(make_fit_view(area.name, area.fit, codes), area.council)
    for words in ("Counted: wholly inside", "more than half inside, cut", "Left out: half"):
        assert words in picture
