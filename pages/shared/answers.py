"""The answer to "Wards where": judged from the newest figures, shown as funnel, list and map."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from analysis.conditions import MATCHES
from analysis.embed import Snippet
from analysis.export import make_notes
from analysis.heat_table import Direction, HeatTable
from analysis.map_view import MapView
from analysis.match_view import (
    Answer,
    cannot_be_judged,
    describe_answer,
    describe_limit,
    list_columns,
    make_answer,
    make_answer_table,
    make_funnel_table,
    sort_answer,
)
from analysis.matching import MET, UNKNOWN, judge, make_funnel
from analysis.tartan_words import people_column
from analysis.words import count_words
from data.geography_words import ENGLAND
from data.load import load_areas, load_newest, load_paths
from data.own.shelf import current_catalogue
from pages.shared.conditions import Question, names_for
from pages.shared.downloads import Offer
from pages.shared.figures import list_sources
from pages.shared.many import list_periods, notes_of_indicators
from pages.shared.page import show_note
from pages.shared.places import wards_of

MOST_ROWS = 200
CLOSEST = 10
CODES = ["district_code", "county_code", "region_code", "lsoa_count"]

FUNNEL_STYLE = """
<style>
.needs-funnel {border-collapse: collapse; width: 100%; font-size: .875rem;
  font-variant-numeric: tabular-nums; margin: 0 0 .5rem;}
.needs-funnel th, .needs-funnel td {padding: 6px 8px; text-align: right; vertical-align: middle;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent);}
.needs-funnel th:first-child {text-align: left; font-weight: 400; width: 44%;}
.needs-funnel thead th {font-weight: 600; vertical-align: bottom;}
.needs-funnel .bar {width: 16%; min-width: 60px; padding-right: 0;}
.needs-funnel .bar span {display: block; height: 14px; background: currentColor; opacity: .75;
  min-width: 1px;}
@media (max-width: 640px) {.needs-funnel .bar {display: none;}
  .needs-funnel th, .needs-funnel td {padding: 5px 4px;}}
</style>
"""


def load_answer(question: Question, area: str) -> Answer:
    """Judge the wards of a place by the newest figures.

    Raises:
        TableError: a table is missing or damaged.
    """
    wards = wards_of(area)
    indicators = current_catalogue().indicators
    inside = load_areas().loc[wards.index, CODES]
    judgements = [
        judge(
            condition,
            indicators[condition.indicator],
            load_newest(condition.indicator),
            inside,
            wards_of(ENGLAND).index,
        )
        for condition in question.conditions
    ]
    return make_answer(names_for(area), question.match, wards, judgements)


def show_funnel(answer: Answer) -> None:
    """A row for each condition: how many wards it decides, and how many are left."""
    total = len(answer.wards)
    removed = answer.match == "all"
    heads = ["Condition", "On its own", "Removed" if removed else "Added",
             "Left" if removed else "In so far", "", "Cannot be judged"]  # fmt: skip
    start = total if removed else 0
    first = f"All wards of {answer.place}" if removed else f"Before: none of {total:,} wards"
    rows = [_funnel_row(first, ("", "", start, 0), total)]
    for judgement, step in zip(
        answer.judgements, make_funnel(answer.judgements, answer.match), strict=True
    ):
        number = len(rows)
        words = f"{number}. {describe_limit(judgement, answer.names)}"
        sign = "−" if removed else "+"
        moved = f"{sign}{step.moved:,}" if step.moved else "0"
        rows.append(_funnel_row(words, (f"{step.own_met:,}", moved, step.met, step.unknown), total))
    head = "".join(
        f'<th scope="col">{html.escape(h)}</th>' if h else '<td class="bar"></td>' for h in heads
    )
    st.html(
        f'{FUNNEL_STYLE}<table class="needs-funnel"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _funnel_row(words: str, figures: tuple[str, str, int, int], total: int) -> str:
    own, moved, met, unknown = figures
    width = 100 * met / total if total else 0
    return (
        f'<tr><th scope="row">{html.escape(words)}</th><td>{own}</td><td>{moved}</td>'
        f'<td><strong>{met:,}</strong></td><td class="bar" aria-hidden="true">'
        f'<span style="width:{width:.1f}%"></span></td><td>{unknown:,}</td></tr>'
    )


def explain_match(answer: Answer) -> str:
    """How the funnel is read."""
    if answer.match == "all":
        return (
            "Removed: wards that fail this condition and none before it. A ward without a figure "
            "is not removed: it cannot be judged, unless another condition already fails"
        )
    return (
        "Added: wards that meet this condition and none before it. A ward without a figure "
        "cannot be judged, unless it meets another condition"
    )


def make_list(answer: Answer, sort: tuple[str, Direction], selected: str) -> tuple[HeatTable, str]:
    """The wards that meet the conditions, or the closest where none does, and a heading."""
    rows = np.flatnonzero(answer.state == MET)
    heading = "Wards that meet the conditions"
    if not len(rows):
        rows, heading = sort_answer(answer, "met", "descending")[:CLOSEST], "The closest wards"
    ordered = [row for row in sort_answer(answer, *sort) if row in set(rows.tolist())]
    shown = np.array(ordered[:MOST_ROWS], dtype=np.int64)
    wards = answer.wards.iloc[shown]
    several = wards["district_name"].nunique() > 1
    columns = [*list_columns(answer, shown), people_column(wards["population"])]
    table = HeatTable(
        label=f"{heading}, {answer.place}",
        codes=list(wards.index),
        names=wards["ward_name"].tolist(),
        subnames=wards["district_name"].tolist() if several else (),
        columns=columns,
        sort=sort,
        selected=(selected, ""),
    )
    return table, f"{heading}: {count_words(len(rows), 'ward', 'wards')}"


def show_not_judged(answer: Answer) -> None:
    """List the wards nobody can judge, each with the reason."""
    number = answer.count(UNKNOWN)
    if not number:
        show_note("Every ward can be judged.")
        return
    words = count_words(number, "ward cannot be judged", "wards cannot be judged")
    with st.expander(f"{words}: a figure is missing or withheld"):
        rows = cannot_be_judged(answer)
        table = pd.DataFrame({"Ward": rows["name"], "Why": rows["reason"]})
        st.dataframe(table, hide_index=True, height=min(400, 38 + 35 * len(table)))


def make_answer_offer(
    answer: Answer, view: MapView, area: str, embeds: Sequence[Snippet] = ()
) -> Offer:
    """The answer as rows, words and files; `embeds`: what other websites can show of it."""
    asked = [describe_limit(j, answer.names) for j in answer.judgements]
    indicators = [j.indicator.id for j in answer.judgements]
    # A picture is pasted elsewhere, so it carries what was asked and where figures are from.
    joined = ("; or " if answer.match == "any" else "; ").join(asked)
    picture = replace(
        view,
        indicator=f"{answer.place}: {joined}",
        unit="",
        source=f"Periods: {list_periods(indicators)}. Sources: {list_sources(indicators)}",
    )
    return Offer(
        name=f"wards_where_{answer.place}",
        table=make_answer_table(answer),
        notes=notes_of_indicators(
            indicators,
            *make_notes(
                ("View", f"Wards where …: {answer.place}, {len(answer.wards):,} wards"),
                ("Asked for", MATCHES[answer.match]),
                *((f"Condition {n}", words) for n, words in enumerate(asked, start=1)),
                ("Answer", view.title),
                ("How figures are compared", HOW_COMPARED),
            ),
        ),
        description=describe_answer(answer),
        picture=lambda: _draw_svg(picture, area),
        layer="ward",
        embeds=embeds,
    )


HOW_COMPARED = (
    "As printed: a ward that shows the same figure as its benchmark is neither above nor below "
    "it. A ward is in the highest fifth where fewer than a fifth of the wards stand higher; "
    "equal figures are in together."
)


def make_funnel_offer(answer: Answer) -> Offer:
    """The funnel as rows and files."""
    table = make_funnel_table(answer, make_funnel(answer.judgements, answer.match))
    return Offer(
        name=f"wards_where_steps_{answer.place}",
        table=table,
        notes=notes_of_indicators(
            [j.indicator.id for j in answer.judgements],
            ("View", f"How many wards each condition decides: {answer.place}"),
            ("How it is read", explain_match(answer)),
        ),
    )


def _draw_svg(view: MapView, area: str) -> str:
    from analysis.svg_map import render_svg_map

    return render_svg_map(view, load_paths("ward", area))
