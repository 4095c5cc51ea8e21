"""Colours: text on every fill can be read, shapes stand out from the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.palette import COMPARISON_KEYS, MAP_COLOURS, SEQUENTIAL_KEYS, ink_on


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("key", [*COMPARISON_KEYS, *SEQUENTIAL_KEYS])
def test_figures_can_be_read_on_every_class(theme, key):
    fill = MAP_COLOURS[theme][key]
    assert contrast(fill, ink_on(fill)) >= 4.5


@given(st.integers(0, 0xFFFFFF))
def test_the_better_of_black_and_white_is_chosen(number):
    fill = f"#{number:06X}"
    assert contrast(fill, ink_on(fill)) == max(contrast(fill, "#000000"), contrast(fill, "#FFFFFF"))
    assert contrast(fill, ink_on(fill)) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_meets_and_does_not_meet_can_be_told_apart(theme):
    colours = MAP_COLOURS[theme]
    assert contrast(colours["class_5"], colours["class_1"]) >= 3
