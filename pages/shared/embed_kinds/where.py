"""The map for other websites of the wards that meet several conditions."""

from __future__ import annotations

from dataclasses import replace

from analysis.embed import Embed, EmbedError, MapDrawing
from analysis.match_view import (
    describe_answer,
    describe_limit,
    make_answer_table,
    make_answer_title,
    make_match_view,
)
from analysis.story import StoryError
from data.load import load_paths
from pages.shared.answers import HOW_COMPARED, load_answer
from pages.shared.conditions import address_of, first_question, parse_question
from pages.shared.embed_kinds.common import licences_of, make_rows
from pages.shared.figures import list_sources
from pages.shared.many import list_periods
from pages.shared.story_kinds.common import Params, read_selection


def make_where(params: Params) -> Embed:
    """The map of the page Wards where, with what was asked.

    Raises:
        EmbedError: nothing is asked.
    """
    selection = read_selection(params)
    question, problems = parse_question(params, first_question())
    if problems:
        raise StoryError(*problems)
    answer = load_answer(question, selection.area)
    if not answer.judgements:
        raise EmbedError("The address asks for nothing. Add a condition on the page Wards where.")
    indicators = [judgement.indicator.id for judgement in answer.judgements]
    asked = [describe_limit(judgement, answer.names) for judgement in answer.judgements]
    joined = ("; or " if question.match == "any" else "; ").join(asked)
    table = make_answer_table(answer)
    places = {
        str(name): judgement.indicator.decimals
        for number, judgement in enumerate(answer.judgements, 1)
        for name in table
        if str(name).startswith(f"{number}. ")
    }
    view = make_match_view(answer, selection.ward or None)
    return Embed(
        make_answer_title(answer),
        f"{answer.place}: {joined}",
        answer.place,
        MapDrawing(replace(view, title=""), load_paths("ward", selection.area)),
        describe_answer(answer),
        make_rows(f"{answer.place}: {joined}", table, {**places, "People": 0, "Conditions met": 0}),
        (f"Newest period of each: {list_periods(indicators)}",
         f"Sources: {list_sources(indicators)}"),
        licences_of(indicators),
        "wards-where",
        selection.address(**address_of(question)),
        methods=(HOW_COMPARED,),
    )  # fmt: skip
