"""Charts: the data in the figure, not its pixels."""

import numpy as np
import pandas as pd
import pytest
from examples import NAN, make_indicator

from analysis.figures import plot_ranking, plot_trend
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


def series(ward_name: str = "Mill") -> pd.DataFrame:
    dates = pd.to_datetime(["2020-12-31", "2021-12-31", "2022-12-31"])
    parts = []
    for code, name, values in (
        ("E05000001", ward_name, [10.0, NAN, 14.0]),
        ("E07000001", "Blaby", [8.0, 9.0, 10.0]),
        ("E92000001", "England", [12.0, 12.5, 13.0]),
    ):
        figures = np.array(values)
        part = {
            "area_code": code,
            "name": name,
            "label": ["2020", "2021", "2022"],
            "period_start": dates,
            "period_end": dates,
            "value": figures,
            "lower_ci": figures - 1,
            "upper_ci": figures + 2,
        }
        parts.append(pd.DataFrame(part))
    return pd.concat(parts, ignore_index=True)


def lines(figure) -> dict[str, list[float]]:
    """The lines people read, by name; the edges of the band have none."""
    return {trace.name: list(trace.y) for trace in figure.data if trace.name}


def test_a_trend_has_one_line_an_area_and_a_gap_where_a_value_is_missing():
    found = lines(plot_trend(series(), INDICATOR))
    assert found["England"] == [12, 12.5, 13]
    assert found["Blaby"] == [8, 9, 10]
    assert found["Mill"][0] == 10
    assert np.isnan(found["Mill"][1])


def test_a_ward_named_like_its_district_keeps_its_own_line():
    figure = plot_trend(series("Blaby"), INDICATOR)
    named = [trace for trace in figure.data if trace.name]
    assert sorted(len(trace.x) for trace in named) == [3, 3, 3]
    assert [trace.name for trace in named].count("Blaby") == 2


def test_the_area_in_question_is_strong_on_top_and_has_its_band():
    figure = plot_trend(series(), INDICATOR)
    named = [trace for trace in figure.data if trace.name]
    assert named[-1].name == "Mill"
    assert named[-1].line.color == CHART_INK["light"]["strong"]
    assert {t.line.color for t in named[:-1]} == {CHART_INK["light"]["quiet"]}
    lower, upper = (trace for trace in figure.data if not trace.name)
    assert (lower.y[0], upper.y[0]) == (9, 12)
    assert upper.fill == "tonexty"
    assert not [t for t in plot_trend(no_limits(), INDICATOR).data if not t.name]


def no_limits() -> pd.DataFrame:
    return series().assign(lower_ci=NAN, upper_ci=NAN)


def test_every_line_is_named_at_its_last_value():
    notes = plot_trend(series(), INDICATOR).layout.annotations
    assert {(note.text, note.y) for note in notes} == {
        ("Mill", 14.0),
        ("Blaby", 10.0),
        ("England", 13.0),
    }


def test_no_chart_asks_for_anything_from_outside():
    for figure in (plot(ranking()), plot_trend(series(), INDICATOR)):
        assert "http" not in figure.to_json()
