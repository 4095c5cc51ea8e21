"""Wards by action areas, their maps and the tables behind the charts, worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from need_examples import CLAIMS, COUNCIL, NAN, SKILLS, make_figures, scored

from analysis.map_view import MapViewError
from analysis.need_maps import NO_SCORE, make_need_view
from analysis.need_matrix import (
    CLASS_LABELS,
    class_scores,
    count_partial,
    describe_matrix,
    make_areas_title,
    make_matrix_rows,
    make_matrix_table,
    order_wards,
    sign_of_score,
)
from analysis.need_scores import ActionAreaInput, AreaNeed, compute_need
from analysis.need_tables import make_score_table
from analysis.rank_stability import compute_rank_stability
from analysis.svg_map import render_small_map

WARDS = pd.DataFrame(
    {
        "name": ["Ash", "Birch", "Cedar"],
        "population": [1200.0, 3400.0, NAN],
        "lsoa_count": [2, 3, 1],
    },
    index=COUNCIL,
)
GEOMETRY = {
    "codes": ["A", "B", "C"],
    "names": ["Ash", "Birch", "Cedar"],
    "width": 30,
    "height": 10,
    "paths": ["M0 0h10v10z", "M10 0h10v10z", "M20 0h10v10z"],
    "outlines": [],
}


def make_need(area: str = "work", **values: object) -> AreaNeed:
    figures = make_figures(**values)
    chosen = ActionAreaInput(area, f"Good {area}", tuple(scored(name) for name in values))
    return compute_need(chosen, figures, COUNCIL)


# Claims: A 10, B 30, C 50. Skills: A 40, B 10, C 40.
WORK = make_need("work", claims=CLAIMS)
START = make_need("start", skills=SKILLS)
# One of three figures is known for A: withheld; two of three for B.
GAPS = make_need("health", a=[NAN, 2, 3, 4, 5], b=[NAN, NAN, 3, 4, 5], c=[1, 2, 3, 4, 5])


@pytest.mark.parametrize(
    ("score", "step", "sign"),
    [
        (0, 1, "▼"),
        (19.4, 1, "▼"),
        (19.6, 2, "▼"),  # printed as 20
        (39.4, 2, "▼"),
        (39.5, 3, "●"),
        (59.4, 3, "●"),
        (60, 4, "▲"),
        (80, 5, "▲"),
        (100, 5, "▲"),
        (NAN, 0, ""),
    ],
)
def test_a_score_is_classed_as_it_is_printed(score: float, step: int, sign: str) -> None:
    assert class_scores([score]).tolist() == [step]
    assert sign_of_score(step) == sign


def test_rows_stand_by_mean_score_with_score_sign_and_rank() -> None:
    rows = make_matrix_rows([WORK, START], WARDS)
    assert [row["name"] for row in rows] == ["Cedar", "Ash", "Birch"]  # means 45, 25, 20
    assert rows[0]["cells"] == [["50", "●", "1st", 3, ""], ["40", "●", "1st", 3, ""]]
    assert rows[2]["cells"][1] == ["10", "▼", "3rd", 1, ""]
    assert [row["people"] for row in rows] == ["no figure", "1,200", "3,400"]


def test_a_score_on_part_of_the_figures_says_so_and_a_withheld_one_why() -> None:
    rows = {row["code"]: row for row in make_matrix_rows([GAPS], WARDS)}
    assert rows["A"]["cells"][0] == ["", "", "", 0, "no score: figures for 1 of 3 indicators"]
    assert rows["B"]["cells"][0][4] == "2 of 3 indicators"
    assert rows["C"]["cells"][0][4] == ""
    assert count_partial([GAPS]) == {"partial": 1, "withheld": 1}


def test_the_selected_ward_is_always_among_the_rows() -> None:
    rows = make_matrix_rows([WORK, START], WARDS, selected="B", most=2)
    assert [row["code"] for row in rows] == ["C", "B"]


def test_wards_without_any_score_stand_last() -> None:
    assert list(order_wards([GAPS])) == ["C", "B", "A"]


def test_title_names_the_ward_that_is_first_most_often() -> None:
    # Ash and Cedar share the first place on the second action area.
    said = make_areas_title([WORK, START], WARDS["name"], "Oakshire")
    assert said == "Cedar: highest need in 2 of 2 action areas"
    said = make_areas_title([WORK], WARDS["name"], "Oakshire")
    assert said == "Cedar: highest need in 1 of 1 action area"


def test_title_keeps_to_ten_words_and_admits_a_draw() -> None:
    long_name = WARDS["name"].replace("Cedar", "Cedar Hill and North")
    said = make_areas_title([WORK, START], long_name, "Oakshire")
    assert said == "Cedar Hill and North: highest need in 2 of 2"
    turned = make_need("turned", claims=CLAIMS[::-1])
    both = make_areas_title([WORK, turned], WARDS["name"], "Oakshire")
    assert both == "Highest need: a different ward on each action area"
    draw = make_areas_title([START], WARDS["name"], "Oakshire")
    assert draw == "Ash and Cedar: highest need in 1 action area each"


def test_one_ward_alone_is_not_the_highest() -> None:
    alone = make_need("work", claims=[1, NAN, NAN, NAN, NAN])
    said = make_areas_title([alone], WARDS["name"], "Oakshire")
    assert said == "Too few figures to rank wards of Oakshire"


def test_description_and_table_hold_every_score() -> None:
    said = describe_matrix([WORK, GAPS], WARDS["name"], "Oakshire")
    assert "Good work: the highest are Cedar (50), Birch (30) and Ash (10)." in said
    assert "Without a score: 1." in said
    table = make_matrix_table([WORK, GAPS], WARDS).set_index("Code")
    assert table["Good work: score"].to_dict() == {"A": 10, "B": 30, "C": 50}
    assert np.isnan(table.at["A", "Good health: score"])
    assert np.isnan(table.at["A", "Good health: rank"])
    assert table.at["A", "Good health: note"] == "no score: figures for 1 of 3 indicators"
    assert table.at["B", "Good health: figures"] == "2 of 3"


def test_score_table_holds_contributions_that_add_up_and_rank_intervals() -> None:
    need = make_need("work", claims=CLAIMS, skills=SKILLS)
    figures = make_figures(claims=CLAIMS, skills=SKILLS)
    stability = compute_rank_stability(need, figures, draws=50)
    table = make_score_table(need, WARDS, stability)
    points = table["Claims: points"] + table["Skills: points"]
    assert points.tolist() == pytest.approx(table["Need score"].tolist())
    assert (table["Rank in 9 of 10 draws, from"] <= table["Rank in 9 of 10 draws, to"]).all()


def test_map_has_five_fixed_classes_and_a_pattern_for_no_score() -> None:
    view = make_need_view(GAPS, WARDS, "Oakshire", selected="C")
    labels = [entry.label for entry in view.legend]
    assert labels == [*CLASS_LABELS, NO_SCORE]
    assert view.legend[view.legend_class[0]].key == "not_available"
    assert list(view.flag) == [
        "no score: figures for 1 of 3 indicators", "from 2 of 3 indicators", ""]  # fmt: skip
    assert "1 ward has no score" in view.description


def test_a_ward_without_lsoas_is_not_estimated() -> None:
    view = make_need_view(GAPS, WARDS.assign(lsoa_count=[0, 3, 1]), "Oakshire")
    assert view.legend[view.legend_class[0]].key == "not_estimated"


def test_small_map_rings_the_chosen_ward_and_refuses_other_boundaries() -> None:
    view = make_need_view(WORK, WARDS, "Oakshire", selected="B")
    svg = render_small_map(view, GEOMETRY, 100)
    assert svg.count('d="M10 0h10v10z"') == 3  # the area, its halo, its ring
    assert "<title>" not in svg
    assert 'width="100"' in svg
    with pytest.raises(MapViewError, match="boundary file"):
        render_small_map(view, GEOMETRY | {"codes": ["A", "B", "X"]}, 100)
