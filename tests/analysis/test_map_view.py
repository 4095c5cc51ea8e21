import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.map_view import (
    LegendEntry,
    MapView,
    MapViewError,
    as_printed,
    codes_check,
    count_classes,
    format_number,
    pack_column,
    pack_view,
    sign_of,
    to_whole,
    unpack_column,
)

LEGEND = tuple(LegendEntry(f"class_{n}", f"class {n}", 0) for n in range(1, 6))


def make_view(size: int, **changes) -> MapView:
    source = np.random.default_rng(size)
    value = source.gamma(5, 4, size)
    parts = {
        "codes": [f"E05{n:06d}" for n in range(size)],
        "value": value,
        "lower": value - source.uniform(0.5, 4, size),
        "upper": value + source.uniform(0.5, 4, size),
        "rank": source.permutation(size) + 1,
        "ranked": size,
        "legend_class": source.integers(0, 5, size),
        "legend": LEGEND,
        "compared": source.choice(["better", "similar", "worse"], size),
        "fit": source.choice(["best fit", "as published"], size),
        "fit_quality": source.uniform(0.3, 1, size),
        "title": "Huntingdon North has the highest need",
        "indicator": "Need score",
        "polarity": "low_is_good",
    }
    return MapView(**(parts | changes))


def printed(value: float, decimals: int) -> str | None:
    if not math.isfinite(value):
        return None
    return format_number(value, decimals).replace(",", "").replace("\N{MINUS SIGN}", "-")


figures = st.one_of(
    st.just(math.nan),
    st.floats(-1000, 1000),
    st.floats(-1e11, 1e11),
    st.integers(-(10**12), 10**12).map(float),
    st.integers(-4000, 4000).map(lambda n: n / 8),  # halves, the hard case of rounding
    st.integers(-4000, 4000).map(lambda n: n / 20),
)


@given(st.lists(figures, min_size=1, max_size=40), st.integers(0, 3))
def test_values_come_back_exactly_as_printed(values, decimals):
    column = pack_column(*to_whole(values, decimals))
    back = unpack_column(column, len(values))
    for value, whole in zip(values, back, strict=True):
        text = printed(value, decimals)
        if text is None:
            assert whole is None
        else:
            assert int(text.replace(".", "")) == whole
    assert json.loads(json.dumps(column)) == column
    assert not set(column[2]) & set('"\\')


@given(st.lists(st.tuples(figures, figures, figures), min_size=1, max_size=20))
def test_limits_come_back_whatever_they_are(rows):
    values, lowers, uppers = (list(column) for column in zip(*rows, strict=True))
    size = len(rows)
    view = make_view(
        size, value=values, lower=lowers, upper=uppers, legend_class=[0] * size, decimals=2
    )
    columns = pack_view(view)["columns"]
    back = {name: unpack_column(columns[name], size) for name in ("value", "below", "above")}
    for i in range(size):
        base = back["value"][i] or 0
        for name, sign, limits in (("below", -1, lowers), ("above", 1, uppers)):
            text = printed(limits[i], 2)
            distance = back[name][i]
            assert (distance is None) == (text is None)
            if text is not None:
                assert base + sign * distance == int(text.replace(".", ""))


@pytest.mark.parametrize(("size", "limit"), [(26, 1_500), (196, 4_096), (6826, 64_000)])
def test_a_packed_view_is_small(size, limit):
    assert len(json.dumps(pack_view(make_view(size)))) < limit


def test_a_column_with_one_value_needs_no_text():
    assert pack_column(np.array([7, 7, 7])) == [7, 0, ""]
    assert unpack_column([7, 0, ""], 3) == [7, 7, 7]


def test_a_column_without_values_is_missing_throughout():
    column = pack_column(np.array([0, 0]), np.array([False, False]))
    assert unpack_column(column, 2) == [None, None]


def test_words_are_sent_once_and_referred_to():
    compared = ["better", "similar", "worse"]
    flags = ["", "", "suppressed"]
    packed = pack_view(make_view(3, fit=["a", "b", "a"], flag=flags, compared=compared))
    assert packed["fits"] == ["a", "b"]
    assert unpack_column(packed["columns"]["compared_and_fit"], 3) == [1, 6 + 2, 3]
    assert [packed["flags"][n] for n in unpack_column(packed["columns"]["flag"], 3)] == flags


def test_the_sign_tells_the_direction_and_follows_polarity():
    assert sign_of("worse", "low_is_good") == "▲"
    assert sign_of("better", "low_is_good") == "▼"
    assert sign_of("worse", "high_is_good") == "▼"
    assert sign_of("better", "high_is_good") == "▲"
    assert sign_of("higher", "no_judgement") == "▲"
    assert sign_of("lower", "no_judgement") == "▼"
    assert sign_of("similar", "no_judgement") == "●"
    assert sign_of("class_3", "low_is_good") == ""


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "text"),
    [
        (1234.5, 1, "", "1,234.5"),
        (12.34, 1, "%", "12.3 %"),
        (512, 0, "£ per week", "£512 per week"),
        (-1250000, 0, "£", "−£1,250,000"),
        (-0.01, 1, "", "0.0"),
        (3.2, 1, "per 1,000 people", "3.2 per 1,000 people"),
        (math.nan, 1, "%", "no figure"),
    ],
)
def test_numbers_are_printed_as_on_the_page(value, decimals, unit, text):
    assert format_number(value, decimals, unit) == text


def test_legend_counts_add_up_to_the_areas():
    classes = np.random.default_rng(4).integers(0, 3, 50).tolist()
    entries = count_classes(classes, [("better", "a"), ("similar", "b"), ("worse", "c")])
    assert [entry.count for entry in entries] == [classes.count(n) for n in range(3)]


def test_the_checksum_is_adler32_of_the_codes():
    low, high = 1, 0
    for symbol in b"E05000001,E05000002":
        low = (low + symbol) % 65521
        high = (high + low) % 65521
    assert codes_check(("E05000001", "E05000002")) == high * 65536 + low


def test_a_column_of_the_wrong_length_is_refused_by_name():
    with pytest.raises(MapViewError, match="lower has 2 entries for 3 areas"):
        make_view(3, lower=[1, 2])
    with pytest.raises(MapViewError, match="value has 4 entries for 3 areas"):
        make_view(3, value=[1, 2, 3, 4])


def test_a_class_outside_the_legend_is_refused():
    with pytest.raises(MapViewError, match="the legend has 5 entries"):
        make_view(3, legend_class=[0, 1, 5])


def test_a_value_too_large_to_be_exact_is_refused():
    with pytest.raises(MapViewError, match="too large to show exactly"):
        pack_view(make_view(2, value=[1.0, 1e16]))


@given(st.lists(figures, max_size=40), st.integers(0, 3))
def test_figures_of_tables_are_those_that_are_printed(values, decimals):
    rounded = as_printed([values, values], decimals)
    assert rounded.shape == (2, len(values))
    for value, one, other in zip(values, *rounded.tolist(), strict=True):
        text = printed(value, decimals)
        assert math.isnan(one) if text is None else one == other == float(text)


def test_a_half_in_a_table_goes_up_as_it_does_on_a_map():
    assert as_printed([16.25, 0.35, -0.25, -0.04, np.nan], 1).tolist()[:4] == [
        16.3, 0.4, -0.3, 0.0,
    ]  # fmt: skip
    assert float(as_printed(2.5, 0)) == 3
