"""Charts of need: what they draw is what was computed, and nobody is left out silently."""

import numpy as np
import pandas as pd
import pytest
from examples import NAN
from need_examples import CLAIMS, COUNCIL, EVERYWHERE, make_area, make_figures, scored

from analysis.contribution_figures import (
    describe_contributions,
    make_contribution_frame,
    make_contribution_title,
    make_stack_title,
    plot_contribution_stack,
    plot_contributions,
)
from analysis.need_figures import (
    describe_profile,
    describe_ranking,
    make_profile_title,
    make_ranking_frame,
    make_ranking_title,
    plot_need_profile,
    plot_need_ranking,
    wrap_label,
)
from analysis.need_scores import compute_need
from analysis.palette import CHART_INK, MAP_COLOURS
from analysis.rank_stability import compute_rank_stability
from analysis.words import keep_short

NAMES = pd.Series({"A": "Mill", "B": "Quay", "C": "Mill", "D": "Heath", "E": "Down"})
AREA = make_area(
    scored("claims", 3),
    scored("skills", 1, "low"),
    scored("sickness", 1),
    scored("crime", 1),
    scored("noise", 1),
)
FIGURES = make_figures(
    claims=[1, 2, 9, 4, 5],
    skills=[9, 1, 1, 9, NAN],
    sickness=[1, 3, 9, 4, NAN],
    crime=[1, 2, 9, NAN, NAN],
    noise=[1, 4, 9, 3, NAN],
)
NEED = compute_need(AREA, FIGURES, EVERYWHERE)
STABLE = compute_rank_stability(NEED, FIGURES, draws=200)
FRAME = make_ranking_frame(NEED, STABLE, NAMES)


def texts(figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_the_example_has_a_withheld_ward():
    assert NEED.table.at["E", "reason"] == "no score: figures for 1 of 5 indicators"


def test_the_ranking_holds_every_ward_in_order_the_withheld_last():
    assert FRAME["rank"].tolist() == [1, 2, 3, 4, 0]
    assert FRAME.index[-1] == "E"
    assert FRAME.at["C", "steady"] == "first whatever the weights"


def test_a_shortened_ranking_keeps_the_selected_ward():
    rows = make_ranking_frame(NEED, STABLE, NAMES, "E", 2)
    assert rows.index.tolist() == ["C", "E"]
    assert (
        make_ranking_frame(NEED, STABLE, NAMES, "C", 2).index.tolist() == FRAME.index[:2].tolist()
    )


def test_dots_are_ranks_and_lines_nine_of_ten_draws():
    figure = plot_need_ranking(FRAME, STABLE)
    dots = figure.data[0]
    ranked = FRAME[FRAME["rank"] > 0]
    assert list(dots.x) == ranked["rank"].tolist()
    assert list(dots.y) == ranked.index.tolist()
    high = np.array(dots.x) + np.array(dots.error_x.array)
    assert high.tolist() == np.maximum(ranked["rank_high"], ranked["rank"]).tolist()
    low = np.array(dots.x) - np.array(dots.error_x.arrayminus)
    assert low.tolist() == np.minimum(ranked["rank_low"], ranked["rank"]).tolist()


def test_scores_stand_beside_and_a_withheld_one_says_why():
    found = texts(plot_need_ranking(FRAME, STABLE, selected="C"))
    assert f"<b>{NEED.table.at['C', 'score']:.0f}</b>" in found
    assert "no score: figures for 1 of 5<br>indicators" in found
    assert "Score" in found


def test_wards_of_one_name_keep_a_row_each_and_the_chosen_one_is_ringed():
    figure = plot_need_ranking(FRAME, STABLE, selected="A")
    assert list(figure.layout.yaxis.tickvals) == FRAME.index.tolist()
    assert list(figure.layout.yaxis.ticktext).count("<b>Mill</b>") == 1
    at = list(figure.data[0].y).index("A")
    assert figure.data[0].marker.line.width[at] == 2
    assert figure.data[0].marker.line.color == MAP_COLOURS["light"]["selected"]


def test_the_ranking_title_claims_no_more_than_the_draws():
    assert make_ranking_title(FRAME, "Aldham") == "Mill has the highest need whatever the weights"
    loose = FRAME.assign(rank_worst=4, rank_high=1)
    assert make_ranking_title(loose, "Aldham") == "Mill has the highest need in Aldham"
    looser = FRAME.assign(rank_worst=4, rank_high=4)
    assert make_ranking_title(looser, "Aldham") == "Mill ranks first, but could be 4th"
    tied = FRAME.assign(rank=[1, 1, 3, 4, 0])
    assert make_ranking_title(tied, "Aldham") == "Several wards share the highest need in Aldham"
    assert make_ranking_title(FRAME.head(1), "Aldham") == "Need in Aldham"


def test_the_ranking_in_words():
    words = describe_ranking(FRAME, "Good work", "Aldham", STABLE)
    assert words.startswith("Good work, Aldham: 4 wards ranked by need score. 1st: Mill, score ")
    assert "first whatever the weights" in words
    assert "200 draws" in words
    assert words.endswith("No score for lack of figures: 1.")


HEADINGS = {"work": "Good work", "health": "Good health"}
SCORES = pd.DataFrame({"work": [70.0, 20, 30], "health": [40.0, NAN, 60]}, index=COUNCIL)
RANKS = pd.DataFrame({"work": [1, 3, 2], "health": [2, 0, 1]}, index=COUNCIL)


def test_the_profile_is_dots_beside_those_of_the_other_wards():
    figure = plot_need_profile(SCORES, HEADINGS, "A")
    *others, own = figure.data
    assert [list(trace.x) for trace in others] == [[20, 30], [60]]
    assert list(own.x) == [70, 40]
    assert list(own.y) == ["work", "health"]
    assert own.marker.symbol == "diamond"
    assert {trace.type for trace in figure.data} == {"scatter"}


def test_a_missing_score_in_a_profile_is_said_and_not_drawn():
    figure = plot_need_profile(SCORES, HEADINGS, "B")
    assert list(figure.data[-1].y) == ["work"]
    assert "no score" in texts(figure)


def test_profile_titles():
    assert make_profile_title(RANKS, "A", "Mill") == "Mill: highest need on 1 of 2 action areas"
    assert make_profile_title(RANKS, "B", "Quay") == "Quay: at most 3rd of 3 on any area"
    assert make_profile_title(RANKS * 0, "B", "Quay") == "Quay: no need scores"
    alone = pd.DataFrame({"work": [1, 0, 0]}, index=["A", "B", "C"])
    assert make_profile_title(alone, "A", "Mill") == "Mill: no other ward to compare with"


def test_a_heading_of_the_profile_is_never_cut_before_its_mark():
    heading = "Homes and neighbourhoods (working heading)"
    figure = plot_need_profile(SCORES, dict.fromkeys(HEADINGS, heading), "A")
    assert {t.replace("<br>", " ") for t in figure.layout.yaxis.ticktext} == {heading}
    short = plot_need_profile(SCORES, HEADINGS, "A")
    assert figure.layout.height > short.layout.height


def test_very_many_wards_have_a_stroke_for_each_hundredth():
    codes = [f"W{n}" for n in range(1001)]
    scores = pd.DataFrame({"good_work": np.linspace(0, 100, 1001)}, index=codes)
    others = plot_need_profile(scores, {"good_work": "Good work"}, "W0").data[0]
    assert len(others.x) == 101
    assert others.x[50] == pytest.approx(50, abs=0.1)


def test_the_profile_in_words():
    words = describe_profile([NEED], "C", "Mill", {"good_work": STABLE})
    assert words.startswith("Mill, need scores from 0 to 100. Good work: ")
    assert "from all 5 indicators, 1st of 4, first whatever the weights." in words
    assert "of 4." in describe_profile([NEED], "C", "Mill", {})  # no draws, no word of them
    assert "no score: figures for 1 of 5" in describe_profile(
        [NEED], "E", "Down", {"good_work": STABLE}
    )


def test_contributions_are_largest_first_and_add_up_to_the_score():
    frame = make_contribution_frame(NEED, "D")
    assert frame["adds"].sum() == pytest.approx(NEED.table.at["D", "score"])
    assert frame["most"].sum() == pytest.approx(100)
    assert frame["adds"].dropna().is_monotonic_decreasing
    assert frame.index[-1] == "crime"
    assert np.isnan(frame.at["crime", "adds"])
    assert frame.at["claims", "weight"] == pytest.approx(50)  # 3 of 6, since crime is missing


def test_contribution_bars_stand_inside_their_weights():
    figure = plot_contributions(NEED, "D")
    most, adds = figure.data
    assert (np.array(adds.x) <= np.array(most.x) + 1e-9).all()
    assert list(adds.y) == list(most.y)
    assert "crime" not in adds.y
    assert "crime" in figure.layout.yaxis.tickvals
    assert "no figure" in texts(figure)


def test_contributions_in_words():
    assert make_contribution_title(NEED, "C", "Mill") == "Largest part of Mill's score: Claims"
    assert make_contribution_title(NEED, "E", "Down") == "Down has no need score here"
    words = describe_contributions(NEED, "D", "Heath")
    assert "from 4 of 5 indicators" in words
    assert words.endswith("No figure: Crime.")
    assert describe_contributions(NEED, "E", "Down").startswith("Good work, Down: no score")


def test_stacked_bars_add_up_in_at_most_four_colours():
    wards = FRAME.index.tolist()
    figure = plot_contribution_stack(NEED, wards, NAMES, selected="A")
    assert [trace.name for trace in figure.data][-1] == "2 others"
    assert len(figure.data) == len({trace.marker.color for trace in figure.data}) == 4
    total = np.sum([trace.x for trace in figure.data], axis=0)
    assert total == pytest.approx(NEED.table.loc[wards, "score"].fillna(0).tolist())
    assert "no score" in texts(figure)
    assert make_stack_title(NEED, wards) == "Largest parts: Claims and Sickness"


def test_one_or_four_indicators_stack_too():
    one = compute_need(make_area(scored("claims")), make_figures(claims=CLAIMS), COUNCIL)
    assert len(plot_contribution_stack(one, ["A"], NAMES).data) == 1
    assert make_stack_title(one, ["A"]) == "Largest parts: Claims"
    four = compute_need(make_area(*AREA.indicators[:4]), FIGURES, COUNCIL)
    named = [t.name for t in plot_contribution_stack(four, ["A"], NAMES).data]
    assert len(named) == 4
    assert "others" not in named[-1]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_themes_have_their_own_ink_and_nothing_comes_from_outside(theme):
    figures = [
        plot_need_ranking(FRAME, STABLE, theme=theme),
        plot_need_profile(SCORES, HEADINGS, "A", theme=theme),
        plot_contributions(NEED, "C", theme=theme),
        plot_contribution_stack(NEED, ["A", "C"], NAMES, theme=theme),
    ]
    for figure in figures:
        assert figure.layout.font.color == CHART_INK[theme]["text"]
        assert "http" not in figure.to_json()


def test_names_wrap_and_titles_stay_short():
    assert wrap_label("Godmanchester & Hemingford Abbots") == "Godmanchester &<br>Hemingford Abbots"
    assert wrap_label("Mill") == "Mill"
    assert wrap_label("") == ""
    assert keep_short("one two three four five six seven eight nine ten eleven", "one") == "one"
