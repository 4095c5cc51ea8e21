import time
from xml.etree import ElementTree

import numpy as np
import pytest

from analysis.map_view import MapView, MapViewError, count_classes
from analysis.palette import MAP_COLOURS, css_variables
from analysis.svg_map import area_summary, render_svg_map
from analysis.words import CLUSTER_WORDS

SVG = "{http://www.w3.org/2000/svg}"
ENTRIES = [("class_1", "0 to 10"), ("class_5", "10 to 20"), ("suppressed", "suppressed")]
ENTRIES += [("not_available", "no data"), ("not_estimated", "not estimated")]


def make_geometry(size: int) -> dict:
    return {
        "width": 100,
        "height": 80,
        "codes": [f"E05{n:06d}" for n in range(size)],
        "names": [f"Ward <{n}> & more" for n in range(size)],
        "paths": [f"M{n % 10 * 10} {n // 10 % 8 * 10}l9 0 0 9-9 0z" for n in range(size)],
        "outlines": ["M0 0l100 0 0 80-100 0z"],
    }


def make_view(size: int, **changes) -> MapView:
    classes = [n % len(ENTRIES) for n in range(size)]
    value = np.where(np.array(classes) < 2, np.arange(size) * 1.5, np.nan)
    parts = {
        "codes": make_geometry(size)["codes"],
        "value": value,
        "legend_class": classes,
        "legend": count_classes(classes, ENTRIES),
        "title": "Need & more is highest <here>",
        "indicator": "Need score",
        "unit": "%",
        "rank": np.where(np.isnan(value), 0, 1),
        "ranked": size,
        "flag": ["Suppressed: fewer than 5 people" if c == 2 else "" for c in classes],
        "native_geography": "Published for LSOAs",
        "source": "ONS, 2025",
        "description": "Ten wards.",
    }
    return MapView(**(parts | changes))


def test_the_picture_is_well_formed_and_has_every_area_once():
    root = ElementTree.fromstring(render_svg_map(make_view(10), make_geometry(10)))  # noqa: S314 (our own text)
    titles = [path.find(f"{SVG}title").text for path in root.iter(f"{SVG}path") if len(path)]
    assert len(titles) == 10
    assert "Ward <1> & more: 1.5 %, 1st of 10" in titles
    assert "Ward <2> & more: Suppressed: fewer than 5 people" in titles
    assert root.find(f"{SVG}title").text == "Need & more is highest <here>"
    assert root.find(f"{SVG}desc").text == "Ten wards."


def test_legend_notes_and_patterns_are_written_out():
    text = render_svg_map(make_view(10), make_geometry(10))
    root = ElementTree.fromstring(text)  # noqa: S314 (our own text)
    words = ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]
    for entry in make_view(10).legend:
        assert f"{entry.label}  {entry.count}" in words
    assert "Published for LSOAs" in words
    assert "ONS, 2025" in words
    assert 'class="suppressed" fill="url(#p-suppressed-map)"' in text
    assert 'class="not_available" fill="url(#p-not_available-map)"' in text
    assert 'class="not_estimated" fill="none"' in text
    assert "var(" not in text


def test_the_chosen_area_has_the_ring_and_others_do_not():
    ring = MAP_COLOURS["light"]["selected"]
    assert ring not in render_svg_map(make_view(10), make_geometry(10))
    chosen = make_view(10, selected="E05000004")
    assert render_svg_map(chosen, make_geometry(10)).count(ring) == 1


def test_the_dark_picture_has_dark_colours():
    text = render_svg_map(make_view(10), make_geometry(10), theme="dark")
    assert MAP_COLOURS["dark"]["class_5"] in text
    assert MAP_COLOURS["light"]["class_5"] not in text


def test_boundaries_of_other_areas_are_refused():
    with pytest.raises(MapViewError, match="its 10 areas are not the 9 areas"):
        render_svg_map(make_view(10), make_geometry(9))


def test_a_picture_takes_milliseconds():
    view, geometry = make_view(196), make_geometry(196)
    render_svg_map(view, geometry)
    began = time.perf_counter()
    render_svg_map(view, geometry)
    assert time.perf_counter() - began < 0.05


def test_a_missing_area_without_words_is_named_after_its_class():
    assert area_summary(make_view(10, flag=()), 3) == "no data"


def test_both_themes_name_the_same_colours():
    assert MAP_COLOURS["light"].keys() == MAP_COLOURS["dark"].keys()
    assert "--map-class_1:#" in css_variables("light")
    assert "--map-line-worse:#" in css_variables("dark")


def test_hot_spots_have_pattern_sign_and_words():
    entries = [(key, word.capitalize()) for key, word in CLUSTER_WORDS.items()]
    classes = [n % 6 for n in range(12)]
    view = make_view(
        12,
        scale="clusters",
        value=np.arange(12.0),
        legend_class=classes,
        legend=count_classes(classes, entries),
        flag=[],
        benchmark_name="England",
        benchmark_value=3.0,
    )
    text = render_svg_map(view, make_geometry(12))
    root = ElementTree.fromstring(text)  # noqa: S314 (our own text)
    drawn = {pattern.get("id") for pattern in root.iter(f"{SVG}pattern")}
    for key in ("high_high", "low_low", "high_low", "low_high", "alone"):
        assert {f"p-{key}", f"p-{key}-map"} <= drawn
        assert f'class="{key}" fill="url(#p-{key}-map)"' in text
    assert "p-suppressed" not in drawn
    assert f'class="unclear" fill="{MAP_COLOURS["light"]["unclear"]}"' in text
    assert "▲▲ High among high" in text
    assert area_summary(view, 1) == "1.0 %, 1st of 12, ▼▼ Low among low"
    assert "England" not in text  # hot spots are not about the benchmark
