"""The scatter: its data, its labels apart, thousands of dots as one picture."""

from __future__ import annotations

import re
from urllib.parse import unquote

import numpy as np
import pandas as pd
import pytest
from examples import make_indicator

from analysis.compare_words import NOT_CAUSE, describe_pair, make_pair_title
from analysis.correlation import compute_pearson, compute_spearman
from analysis.dot_cloud import draw_dots
from analysis.scatter import MANY, place_labels, plot_scatter

ACROSS = make_indicator(name="Across", short_name="Across")
UP = make_indicator(id="up", name="Up", short_name="Up", decimals=2)


def make_pairs(count: int = 20, seed: int = 1) -> pd.DataFrame:
    x = np.linspace(0, 10, count)
    y = x + np.random.default_rng(seed).normal(0, 0.1, count)
    codes = [f"E05{n:06}" for n in range(count)]
    names = [f"Ward {n}" for n in range(count)]
    return pd.DataFrame({"x": x, "y": y, "name": names, "ward_name": names}, index=codes)


def draw(pairs: pd.DataFrame, **options: str):
    line = (1.0, 0.0)
    labels = place_labels(pairs, line, first=options.get("selected", ""))
    return plot_scatter(pairs, ACROSS, UP, ("Across", "Up"), labels, line, **options)


def test_the_farthest_wards_are_named() -> None:
    pairs = make_pairs()
    pairs.loc[pairs.index[4], "y"] += 9
    pairs.loc[pairs.index[15], "y"] -= 9
    labels = [label.text for label in place_labels(pairs, (1, 0))]
    assert set(labels[:2]) == {"Ward 4", "Ward 15"}
    assert len(labels) == 3


def test_labels_do_not_overlap_and_the_chosen_ward_always_has_one() -> None:
    pairs = make_pairs(60)
    pairs.iloc[20:40, 1] += 8 + np.linspace(0, 0.05, 20)  # twenty odd wards in one place
    chosen = pairs.index[0]
    labels = place_labels(pairs, (1, 0), first=chosen)
    assert labels[0].code == chosen
    odd = [pairs.index.get_loc(label.code) for label in labels[1:]]
    assert 1 <= len(odd) <= 5
    heights = np.sort(pairs["y"].to_numpy()[odd])
    across = np.sort(pairs["x"].to_numpy()[odd])
    apart = (np.diff(heights) > 0.3) | (np.diff(across) > 1)
    assert apart.all()


def test_the_highest_ward_is_named_though_it_lies_on_the_line() -> None:
    pairs = make_pairs()
    pairs.iloc[:3, 1] += 9  # three odd wards, near each other
    pairs.iloc[-1, :2] = 30
    codes = {label.code for label in place_labels(pairs, (1, 0))}
    assert pairs.index[-1] in codes


def test_long_names_are_broken_and_not_cut() -> None:
    pairs = make_pairs()
    pairs.iloc[-1, 1] += 9
    pairs.iloc[-1, 3] = "Plumpton, Streat, East Chiltington & St John"
    texts = [label.text for label in place_labels(pairs, (1, 0))]
    assert "Plumpton, Streat, East<br>Chiltington &amp; St John" in texts


def test_the_longest_names_still_make_a_title_of_ten_words() -> None:
    across = make_indicator(short_name="Fuel poverty until 2018")
    up = make_indicator(short_name="Older people, low income")
    x = np.arange(20.0)
    titles = [
        make_pair_title(across, up, compute_pearson(x, x**2)),
        make_pair_title(across, up, compute_pearson(x, -x)),
        make_pair_title(across, up, compute_pearson(x, np.tile([1.0, 2.0], 10))),
    ]
    assert [len(title.split()) <= 10 for title in titles] == [True] * 3
    assert titles[0].endswith("high together")
    assert titles[1].endswith("opposite ways")
    assert titles[2] == "Two indicators: no clear pattern"


def test_names_are_text_and_nothing_else() -> None:
    pairs = make_pairs()
    pairs.iloc[3, [1, 2, 3]] = [40.0, "<b>A & B</b>", "<b>A & B</b>"]
    figure = draw(pairs)
    assert figure.data[0].text[3] == "&lt;b&gt;A &amp; B&lt;/b&gt;"
    assert "<b>A" not in "".join(a.text for a in figure.layout.annotations)


def test_the_selected_ward_is_ringed() -> None:
    pairs = make_pairs()
    ring = draw(pairs, selected=pairs.index[7]).data[-1]
    assert (ring.x[0], ring.y[0]) == (pairs["x"].iloc[7], pairs["y"].iloc[7])
    assert len(draw(pairs, selected="E05999999").data) == 2


@pytest.mark.parametrize("many", [False, True])
def test_every_ward_is_a_point_that_answers(many: bool) -> None:
    pairs = make_pairs(MANY + 1 if many else 20)
    figure = draw(pairs)
    assert len(figure.data[0].x) == len(pairs)
    assert figure.data[0].x == pytest.approx(pairs["x"].round(1), abs=1e-5)
    assert bool(figure.layout.images) == many
    if many:
        picture = unquote(figure.layout.images[0].source)
        assert len(re.findall(r"M\d+ \d+h0", picture)) == len(pairs)
        assert figure.layout.images[0].x == figure.layout.xaxis.range[0]


def test_dots_stand_where_they_belong() -> None:
    picture = draw_dots([0, 1, 0.5], [0, 1, 0.25], "#123456", 4, 0.5)
    assert re.findall(r"M(\d+) (\d+)h0", picture) == [
        ("0", "2000"),
        ("2000", "0"),
        ("1000", "1500"),
    ]


def describe(x: object, y: object, *, weighted: bool = False) -> str:
    weights = np.arange(1, len(x) + 1) if weighted else None  # type: ignore[arg-type]
    both = compute_pearson(x, y, weights), compute_spearman(x, y, weights)
    return describe_pair(ACROSS, UP, *both, weighted=weighted)


def test_the_finding_says_how_far_and_never_why() -> None:
    pairs = make_pairs()
    found = compute_pearson(pairs["x"], pairs["y"])
    words = describe(pairs["x"], pairs["y"])
    assert "Wards with higher “Across” tend to have higher “Up” (correlation 1.00" in words
    assert NOT_CAUSE in words
    assert "20 wards counted" in words
    assert "tends to go with high" in make_pair_title(ACROSS, UP, found)
    down = describe(pairs["x"], -pairs["y"])
    assert "tend to have lower" in down
    assert "correlation −1.00" in down


def test_an_open_finding_claims_nothing() -> None:
    x = [1.0, 2.0, 3.0, 4.0, 5.0]
    words = describe(x, [2.0, 1.0, 2.5, 1.0, 2.0])
    assert "no clear pattern" in words
    assert "no clear pattern" in make_pair_title(ACROSS, UP, compute_pearson(x, [1, 1, 2, 1, 1]))


@pytest.mark.parametrize("y", [[0.0, 0.0, 0.0, 0.0, 0.0], [1.0, 3.0]])
def test_figures_that_are_all_alike_or_too_few_are_not_said_to_have_no_pattern(y) -> None:
    x = [1.0, 2.0, 3.0, 4.0, 5.0][: len(y)]
    assert make_pair_title(ACROSS, UP, compute_pearson(x, y)) == "Across and Up: cannot be told"
    words = describe(x, y)
    assert f"{len(y)} wards with both figures: too few, or too much alike" in words
    assert "no clear pattern" not in words


def test_weighting_says_its_effective_number() -> None:
    pairs = make_pairs()
    # (1 + … + 20)² / (1² + … + 20²) = 44,100 / 2,870 = 15.4.
    assert "effective number of 15 wards" in describe(pairs["x"], pairs["y"], weighted=True)
