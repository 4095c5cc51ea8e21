"""Charts: the data in the figure, not its pixels."""

import numpy as np
import pandas as pd
import pytest
from examples import NAN, make_indicator

from analysis.figures import plot_ranking
from analysis.palette import CHART_INK, MAP_COLOURS

INDICATOR = make_indicator()


def ranking(**changes: object) -> pd.DataFrame:
    columns = {
        "name": ["Trinity", "Mill", "Trinity"],
        "value": [20.0, 12.0, 5.0],
        "low": [18.0, 11.0, NAN],
        "high": [23.0, 13.5, NAN],
        "compared": ["worse", "similar", ""],
    }
    return pd.DataFrame(columns | changes, index=["E05000009", "E05000001", "E05000005"])


def plot(frame: pd.DataFrame, benchmark: float = 12.5, **options: object):
    return plot_ranking(
        frame, INDICATOR, ("England", benchmark), low_high="95 % interval", **options
    )


def test_the_dots_are_the_values_in_order():
    dots = plot(ranking()).data[0]
    assert list(dots.x) == [20, 12, 5]
    assert list(dots.customdata) == ["E05000009", "E05000001", "E05000005"]
    assert list(dots.error_x.array[:2]) == [3, 1.5]
    assert list(dots.error_x.arrayminus[:2]) == [2, 1]
    assert np.isnan(dots.error_x.array[2])


def test_wards_of_one_name_keep_a_row_each():
    """Ward names repeat within a county: rows are told apart by code."""
    figure = plot(ranking())
    assert len(set(figure.data[0].y)) == 3
    assert list(figure.layout.yaxis.tickvals) == list(figure.data[0].y)
    assert list(figure.layout.yaxis.ticktext) == ["Trinity", "Mill", "Trinity"]
    assert figure.layout.yaxis.range == (2.6, -0.6)  # the first row at the top


def test_rows_grow_with_the_lines_of_their_labels():
    one = plot(ranking())
    two = plot(ranking().assign(label=["Trinity", "A long name,<br>of two lines", "Trinity"]))
    assert two.layout.height > one.layout.height


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colour_is_never_the_only_sign(theme):
    marker = plot(ranking(), theme=theme).data[0].marker
    assert list(marker.symbol) == ["triangle-up", "circle", "circle"]
    colours = MAP_COLOURS[theme]
    assert list(marker.color) == [colours["worse"], colours["similar"], CHART_INK[theme]["strong"]]


def test_the_chosen_area_is_ringed_and_bold():
    figure = plot(ranking(), selected="E05000005")
    assert list(figure.data[0].marker.line.width) == [0, 0, 2]
    assert figure.layout.yaxis.ticktext[2] == "<b>Trinity</b>"
    assert figure.layout.yaxis.ticktext[0] == "Trinity"


def test_the_benchmark_is_a_line_with_its_name():
    figure = plot(ranking())
    assert figure.layout.shapes[0].x0 == figure.layout.shapes[0].x1 == 12.5
    assert figure.layout.annotations[0].text.replace("\N{NO-BREAK SPACE}", " ") == "England 12.5 %"
    bare = plot(ranking(), NAN)
    assert not bare.layout.shapes
    assert not bare.layout.annotations


def test_the_hover_text_says_value_and_interval():
    text = [t.replace("\N{NO-BREAK SPACE}", " ") for t in plot(ranking()).data[0].text]
    assert text[0] == "<b>Trinity</b><br>20.0 %<br>95 % interval: 18.0 to 23.0"
    assert text[2] == "<b>Trinity</b><br>5.0 %"


def test_shares_and_counts_start_at_zero_and_scores_need_not():
    assert plot(ranking()).layout.xaxis.rangemode == "tozero"
    score = make_indicator(measure="score")
    figure = plot_ranking(ranking(), score, ("England", 1), low_high="")
    assert figure.layout.xaxis.rangemode == "normal"


def test_an_empty_ranking_is_an_empty_chart():
    figure = plot(ranking().head(0))
    assert len(figure.data[0].x) == len(figure.data[0].y) == 0


def test_no_chart_asks_for_anything_from_outside():
    assert "http" not in plot(ranking()).to_json()
