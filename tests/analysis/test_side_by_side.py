"""Areas side by side: values, comparison, words for what is missing."""

from __future__ import annotations

import pandas as pd
import pytest
from examples import CODES, make_indicator, make_values

from analysis.side_by_side import Column, make_side_by_side, plot_places, render_side_by_side

PLACE = "E07000001"
COLUMNS = [
    Column(CODES[0], "North <i>", "A"),
    Column(CODES[3], "Empty", "B"),
    Column(CODES[4], "Quay", "C"),
    Column("group:Mine", "Mine", "D"),
    Column(PLACE, "Aldham"),
]


def make_table() -> pd.DataFrame:
    extra = pd.DataFrame(
        {"value": [6.0, 10.0], "lower_ci": [5.0, 9.5], "upper_ci": [7.0, 10.5],
         "flag": ["estimated", ""]},
        index=["group:Mine", PLACE],
    )  # fmt: skip
    values = pd.concat([make_values().astype({"flag": object}), extra])
    entries = [(make_indicator(), values), (make_indicator(id="n", aggregation="sum"), values)]
    return make_side_by_side(entries, COLUMNS, PLACE, pd.Index(CODES))


def test_each_area_has_its_value_and_comparison() -> None:
    table = make_table().set_index("area").head(5)
    assert table["value"].tolist()[0::3] == [20.0, 6.0]
    assert table["compared"].tolist() == ["worse", "", "", "better", ""]
    # Known wards 5, 10.5 and 20: the highest has 2.5 of 3 below or level with it.
    assert table.at[CODES[0], "percentile"] == pytest.approx(100 * 2.5 / 3)


def test_the_page_table_says_signs_words_and_reasons() -> None:
    indicators = {"fuel_poverty_percent": make_indicator(), "n": make_indicator(id="n", name="N")}
    periods = dict.fromkeys(indicators, "2022")
    body = render_side_by_side(
        make_table(), indicators, COLUMNS, {"housing": "Housing"}, periods,
        frozenset({CODES[3]}), "Compared",
    )  # fmt: skip
    assert "20.0 %<br>▲ worse" in body
    assert "6.0 %<br>▼ better<br>estimated" in body
    assert "no estimate: no LSOA fits this ward" in body
    assert "withheld so that no small number" in body
    assert "North &lt;i&gt;" in body
    assert body.count('<th scope="row">') == 2
    assert "nan" not in body


def test_dots_are_lettered_and_counts_have_none() -> None:
    indicators = {"fuel_poverty_percent": make_indicator(), "n": make_indicator(id="n", name="N")}
    figure = plot_places(make_table(), indicators, COLUMNS, selected=CODES[0])
    drawn = {trace.text[0]: trace for trace in figure.data if trace.text}
    assert set(drawn) == {"A", "D"}
    assert len(drawn["A"].x) == 1
    assert drawn["D"].marker.symbol == "square"
    assert "&lt;i&gt;" in drawn["A"].customdata[0]
