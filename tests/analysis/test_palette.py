"""Colours: every legend entry can be told apart, with and without colour, in both themes."""

import io
import re
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.export import make_png
from analysis.map_view import CLUSTER_SIGNS, RECOVERY_SIGNS, sign_of
from analysis.palette import (
    CLUSTER_KEYS,
    COMPARISON_KEYS,
    LEGEND_KEYS,
    MAP_COLOURS,
    PATTERNS,
    RECOVERY_KEYS,
    SEQUENTIAL_KEYS,
    css_classes,
    css_variables,
    ink_on,
    line_colour,
)
from analysis.words import CLUSTER_WORDS

THEMES = ("light", "dark")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_marks_of_a_pattern_can_be_seen_on_their_paper(theme):
    colours = MAP_COLOURS[theme]
    for key, pattern in PATTERNS.items():
        assert contrast(colours[pattern.ink], colours[pattern.paper]) >= 3, (theme, key)


@pytest.mark.parametrize("theme", THEMES)
def test_hot_spots_can_be_told_from_what_is_around_them(theme):
    colours = MAP_COLOURS[theme]
    assert contrast(colours["high_high"], colours["low_low"]) >= 3
    for key in (*CLUSTER_KEYS, *RECOVERY_KEYS):
        paper = colours[PATTERNS[key].paper] if key in PATTERNS else colours[key]
        seen = [paper, colours[PATTERNS[key].ink]] if key in PATTERNS else [paper]
        # The line around an area, or what fills it, stands out from the page by 3:1.
        edge = max(contrast(c, colours["surface"]) for c in [*seen, line_colour(theme, key)])
        assert edge >= 3, (theme, key)


def test_no_two_patterns_look_alike_without_colour():
    for one, other in combinations(PATTERNS.values(), 2):
        assert (one.turn, one.marks) != (other.turn, other.marks)


@pytest.mark.parametrize("theme", THEMES)
def test_every_legend_entry_has_its_colours_in_the_style_sheet(theme):
    known = set(re.findall(r"--map-[\w]+(?=:)", css_variables(theme)))
    assert set(re.findall(r"var\((--map-\w+)\)", css_classes())) <= known
    for key in LEGEND_KEYS:
        assert f".k-{key}{{" in css_classes()


def test_every_pattern_of_hot_spots_has_a_word_and_a_sign_of_its_own():
    assert tuple(CLUSTER_WORDS) == tuple(CLUSTER_SIGNS) == CLUSTER_KEYS
    signs = [sign_of(key, "no_judgement") for key in CLUSTER_KEYS]
    assert len(set(signs)) == len(signs)


def test_the_letters_of_pictures_hold_every_sign():
    from PIL import Image

    def drawn(text: str) -> bytes:
        picture = make_png(
            '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
            f'<text x="4" y="30" font-size="28" font-family="Source Sans Pro">{text}</text></svg>'
        )
        return np.asarray(Image.open(io.BytesIO(picture))).tobytes()

    unknown = drawn("\ue000")
    for sign in (
        {letter for signs in CLUSTER_SIGNS.values() for letter in signs}
        | {letter for signs in RECOVERY_SIGNS.values() for letter in signs}
        | {"●"}
    ):
        assert drawn(sign) not in (unknown, drawn("")), sign


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("key", [*COMPARISON_KEYS, *SEQUENTIAL_KEYS])
def test_figures_can_be_read_on_every_class(theme, key):
    fill = MAP_COLOURS[theme][key]
    assert contrast(fill, ink_on(fill)) >= 4.5


@given(st.integers(0, 0xFFFFFF))
def test_the_better_of_black_and_white_is_chosen(number):
    fill = f"#{number:06X}"
    assert contrast(fill, ink_on(fill)) == max(contrast(fill, "#000000"), contrast(fill, "#FFFFFF"))
    assert contrast(fill, ink_on(fill)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_meets_and_does_not_meet_can_be_told_apart(theme):
    colours = MAP_COLOURS[theme]
    assert contrast(colours["class_5"], colours["class_1"]) >= 3


def test_every_class_of_recovery_has_a_sign_of_its_own():
    assert tuple(RECOVERY_SIGNS) == RECOVERY_KEYS
    assert len(set(RECOVERY_SIGNS.values())) == len(RECOVERY_KEYS)
    assert [sign_of(key, "low_is_good") for key in RECOVERY_KEYS] == [*RECOVERY_SIGNS.values()]
