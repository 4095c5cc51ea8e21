"""Scores, bands, history and change of scored impacts, worked by hand."""

from __future__ import annotations

import datetime as dt
import io

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.assessment import (
    FELL,
    FIRST,
    MOVED,
    NOT_SCORED,
    ROSE,
    SAME,
    UNKNOWN,
    WITHDRAWN,
    band_of,
    compare_days,
    describe_items,
    list_days,
    list_history,
    list_items,
    make_matrix,
    make_title,
    step_words,
)
from analysis.assessment_steps import describe_steps_chart, render_steps
from analysis.assessment_template import make_template
from analysis.assessment_view import (
    Evidence,
    render_changes,
    render_history,
    render_list,
    render_matrix,
    render_mistakes,
)
from analysis.export import guard_text, make_csv, make_workbook
from data.assessment import make_table
from data.assessment_fields import COLUMNS

JUNE, DECEMBER, NEXT = dt.date(2021, 6, 30), dt.date(2021, 12, 1), dt.date(2022, 6, 1)
NASTY = '<img src=x onerror="alert(1)">**b** [a](http://x) $x$'


def rows(*entries: tuple) -> pd.DataFrame:
    """Rows of (id, impact, likelihood, day, version, kind)."""
    made = []
    for number, (id_, impact, likelihood, day, *rest) in enumerate(entries, start=2):
        version, kind = [*rest, "", "Damaging"][:2] if len(rest) < 2 else rest
        made.append(
            dict.fromkeys((c.key for c in COLUMNS), "")
            | {"row": number, "id": id_, "title": f"Title {id_}", "kind": kind, "date": day}
            | {"impact": impact, "likelihood": likelihood, "version": version}
            | {"area_of_impact": "Economy", "confidence": "Low" if impact else ""}
        )
    return make_table(made)


# Out of order on purpose: the file's order must not decide which score is the newest.
TABLE = rows(
    ("A", 4, 4, DECEMBER, "1", "Damaging"),
    ("A", 2, 3, JUNE, "1", "Damaging"),
    ("A", 3, 2, JUNE, "2", "Damaging"),
    ("B", 5, 3, JUNE, "1", "Damaging"),
    ("B", 3, 3, NEXT, "1.10", "Damaging"),
    ("B", 2, 2, NEXT, "1.9", "Damaging"),
    ("C", 5, 5, DECEMBER, "1", "Positive"),
    ("D", None, None, None, "", "Damaging"),
    ("E", 2, 2, JUNE, "", "Damaging"),
    ("E", None, None, NEXT, "", "Damaging"),
    ("F", 1, 1, JUNE, "", "Positive"),
)


def test_each_impact_counts_with_its_newest_score() -> None:
    items = list_items(TABLE).set_index("id")
    assert items.index.tolist() == ["C", "A", "B", "F", "D", "E"]
    assert items["score"].fillna(-1).tolist() == [25, 16, 9, 1, -1, -1]
    assert items["previous"].fillna(-1).tolist() == [-1, 6, 4, -1, -1, 4]
    assert items["step"].to_dict() == {
        "A": ROSE, "B": ROSE, "C": FIRST, "D": NOT_SCORED, "E": WITHDRAWN, "F": FIRST}  # fmt: skip


def test_a_day_in_the_past_knows_nothing_of_what_came_later() -> None:
    items = list_items(TABLE, JUNE).set_index("id")
    assert items["score"].fillna(-1).to_dict() == {"B": 15, "A": 6, "E": 4, "F": 1, "D": -1}
    assert items.at["A", "step"] == MOVED  # 2 x 3 became 3 x 2
    assert list_days(TABLE) == [JUNE, DECEMBER, NEXT]


def test_history_keeps_every_row_oldest_first() -> None:
    history = list_history(TABLE, "B")
    assert history["score"].tolist() == [15, 4, 9]  # version 1.9 before 1.10
    assert history["step"].tolist() == [FIRST, FELL, ROSE]
    assert list_history(TABLE, "A")["step"].tolist() == [FIRST, MOVED, ROSE]
    assert list_history(TABLE, "E")["step"].tolist() == [FIRST, WITHDRAWN]


def test_what_changed_between_two_days() -> None:
    changes = compare_days(TABLE, JUNE, NEXT).set_index("id")
    assert changes["step"].to_dict() == {
        "A": ROSE, "C": FIRST, "B": FELL, "E": WITHDRAWN, "F": SAME, "D": NOT_SCORED}  # fmt: skip
    assert changes.index.tolist() == ["A", "C", "B", "E", "F", "D"]
    assert changes["change"].fillna(99).to_dict() == {
        "A": 10, "B": -6, "C": 99, "D": 99, "E": 99, "F": 0}  # fmt: skip
    assert changes.loc["B", ["score_then", "score_now"]].tolist() == [15, 9]
    assert compare_days(TABLE, JUNE, JUNE)["change"].fillna(0).eq(0).all()


def test_nothing_is_told_of_an_impact_with_a_row_set_aside() -> None:
    table = TABLE.assign(incomplete=TABLE["id"] == "A")
    assert list_items(table).set_index("id").at["A", "step"] == UNKNOWN
    assert compare_days(table, JUNE, NEXT).set_index("id").at["A", "step"] == UNKNOWN
    assert step_words(UNKNOWN, 6, 16, "Damaging").startswith("? not known")


def test_bands_cover_every_score_once() -> None:
    words = {score: band_of(score).name for score in (1, 5, 6, 12, 15, 16, 20, 25)}
    assert words == {1: "low", 5: "low", 6: "medium", 12: "medium", 15: "high", 16: "high",
                     20: "high", 25: "high"}  # fmt: skip
    assert band_of(np.nan) is None
    for impact in range(1, 6):
        for likelihood in range(1, 6):
            assert band_of(impact * likelihood) is not None


def test_the_matrix_holds_every_scored_impact_once() -> None:
    matrix = make_matrix(list_items(TABLE))
    assert {cell: group["id"].tolist() for cell, group in matrix.items()} == {
        (5, 5): ["C"], (4, 4): ["A"], (3, 3): ["B"], (1, 1): ["F"]}  # fmt: skip


@pytest.mark.parametrize(
    ("then", "now", "title"),
    [
        (JUNE, DECEMBER, "2 of 3 damaging impacts score high; 1 rose"),
        (JUNE, NEXT, "1 of 2 damaging impacts scores high; 1 rose"),
        (None, JUNE, "1 of 3 damaging impacts scores high"),
    ],
)
def test_the_title_counts(then, now, title) -> None:
    changes = compare_days(TABLE, then, now) if then else None
    assert make_title(list_items(TABLE, now), changes) == title


def test_titles_of_other_tables() -> None:
    unscored = list_items(TABLE[TABLE["id"] == "D"])
    assert make_title(unscored, None) == "1 impact, none of them scored here"
    positive = list_items(TABLE[TABLE["id"] == "C"])
    assert make_title(positive, None) == "1 of 1 positive impact scores high"
    fell = compare_days(TABLE[TABLE["id"] == "B"], JUNE, NEXT)
    assert make_title(list_items(TABLE[TABLE["id"] == "B"]), fell).endswith("1 fell")
    none = compare_days(TABLE[TABLE["id"] == "F"], JUNE, NEXT)
    assert make_title(list_items(TABLE[TABLE["id"] == "F"]), none).endswith("none rose")


def test_a_rise_is_worse_for_damage_and_better_for_good() -> None:
    assert step_words(ROSE, 8, 12, "Damaging") == "▲ rose from 8 to 12 (worse)"
    assert step_words(ROSE, 8, 12, "Positive") == "▲ rose from 8 to 12 (better)"
    assert step_words(FELL, 12, 8, "Damaging") == "▼ fell from 12 to 8 (better)"
    assert step_words(SAME, 8, 8, "Damaging") == "● no change"
    assert step_words(NOT_SCORED, np.nan, np.nan, "Damaging") == "not scored here"


def test_words_for_those_who_do_not_see_the_matrix() -> None:
    words = describe_items(list_items(TABLE), "1 June 2022")
    assert "4 damaging: 1 high, 1 medium, 0 low, 2 not scored" in words
    assert "2 positive: 1 high, 0 medium, 1 low, 0 not scored" in words


SCORES = st.one_of(st.none(), st.tuples(st.integers(1, 5), st.integers(1, 5)))
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2023, 1, 1))


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from("ABCD"), SCORES, DAYS), min_size=1, max_size=12),
       DAYS, DAYS)  # fmt: skip
def test_changes_agree_with_both_days(entries, one, other) -> None:
    then, now = min(one, other), max(one, other)
    table = rows(*[(i, *(s or (None, None)), d, str(n)) for n, (i, s, d) in enumerate(entries)])
    before, after = (list_items(table, day).set_index("id")["score"] for day in (then, now))
    changes = compare_days(table, then, now).set_index("id")
    assert set(changes.index) == set(after.index) >= set(before.index)
    for id_, row in changes.iterrows():
        was, is_ = before.get(id_, np.nan), after[id_]
        assert (row["step"] == ROSE) == (is_ > was)
        assert (row["step"] == FELL) == (is_ < was)
        assert (row["step"] == FIRST) == (np.isnan(was) and not np.isnan(is_))
    assert sum(map(len, make_matrix(list_items(table, now)).values())) == after.notna().sum()


# ---- What is drawn --------------------------------------------------------------


def test_no_text_of_a_file_becomes_markup() -> None:
    table = rows(("A", 2, 2, JUNE, "1", "Damaging"), ("A", 5, 5, NEXT, "2", "Damaging"))
    table = table.assign(title=NASTY, note=NASTY, source=NASTY, officer_role=NASTY, wards=NASTY,
                         version=NASTY)  # fmt: skip
    items, history = list_items(table), list_history(table, "A")
    proof = Evidence(NASTY, NASTY, NASTY, NASTY, NASTY, '"><script>')
    drawn = [
        render_matrix(items, NASTY, "light"),
        render_list(items, [proof], NASTY, "dark"),
        render_history(history, NASTY, "light"),
        render_changes(compare_days(table, JUNE, NEXT), NASTY, "dark"),
        render_steps(history, NASTY, NEXT, "light"),
        render_mistakes([(NASTY, NASTY)], NASTY),
    ]
    for text in drawn:
        assert "<img" not in text
        assert "<script" not in text
        assert 'onerror="' not in text
        assert "&lt;img" in text


def test_the_matrix_says_sign_number_and_names_in_every_cell() -> None:
    drawn = render_matrix(list_items(TABLE), "x", "light")
    assert drawn.count("<td") == 25
    assert drawn.count('tabindex="0"') == 4
    assert "Impact 4, likelihood 4, score 16, high: A Title A, damaging" in drawn
    many = rows(*[(f"A{n}", 1, 1, JUNE) for n in range(9)])
    assert "and 3 more" in render_matrix(list_items(many), "x", "dark")


def test_what_is_not_scored_is_said_and_never_zero() -> None:
    drawn = render_list(list_items(TABLE[TABLE["id"] == "D"]), [None], "x", "light")
    assert "not scored here" in drawn
    assert ">0<" not in drawn
    assert "nan" not in drawn
    assert render_steps(list_history(TABLE, "D"), "", NEXT, "light") == ""


def test_the_step_chart_holds_a_score_until_the_next() -> None:
    history = list_history(TABLE, "B")
    drawn = render_steps(history, "B", NEXT, "light")
    assert drawn.count("<circle") == 3
    assert describe_steps_chart(history) == (
        "Score over time: 15 on 30 June 2021, then 4 on 1 June 2022, then 9 on 1 June 2022"
    )
    # A score that was withdrawn ends its line: the last mark is that of June.
    assert render_steps(list_history(TABLE, "E"), "", NEXT, "dark").count("<circle") == 1


# ---- Files ----------------------------------------------------------------------

FORMULAS = ("=1+1", "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", " =1")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_in_a_file(text) -> None:
    table = pd.DataFrame({text: [text], "n": [-5.0]})
    assert make_csv(table).decode("utf-8-sig").lstrip('"').startswith("'")
    lines = pd.read_csv(io.BytesIO(make_csv(table)))
    assert lines.iloc[0].tolist() == [f"'{text}", -5.0]
    for book in (
        make_workbook(table, [(text, text)]),
        make_template({text: text}, {text: text}, [{"id": text, "title": text}]),
    ):
        cells = [c for page in openpyxl.load_workbook(io.BytesIO(book)) for r in page for c in r]
        assert {c.data_type for c in cells} <= {"s", "n"}
        assert text in [c.value for c in cells]


@pytest.mark.parametrize("text", ["+3 points", "-2.5 %", "–", "a=b", "", "− 3"])
def test_ordinary_text_is_left_alone_in_a_csv(text) -> None:
    assert guard_text(text) == text
