"""The conditions of a visitor: kept in the address, chosen from pick-lists."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from analysis.conditions import (
    BENCHMARKS,
    MATCHES,
    MOST_CONDITIONS,
    TESTS,
    Condition,
    adapt_condition,
    allowed_tests,
    change_test,
    is_number,
    is_part,
    parse_conditions,
    print_conditions,
)
from analysis.heat_table import Direction
from analysis.matching import CODE_COLUMNS
from data.catalogue import Indicator
from data.examples import Example, load_examples
from data.geography_words import ENGLAND
from data.load import load_areas, load_newest
from data.own.shelf import current_catalogue
from pages.shared.choices import choose_here
from pages.shared.offered import when_offered
from pages.shared.page import indicator_options, keep
from pages.shared.places import place_name, wards_of
from pages.shared.selection import Selection

PAGE = "wards-where"


@dataclass(frozen=True)
class Question:
    """What the visitor asks: conditions, and whether all or any of them must be met.

    `order`: the column by which the list is sorted, and its direction.
    """

    conditions: tuple[Condition, ...]
    match: str = "all"
    order: tuple[str, Direction] = ("1", "descending")


def ward_indicators() -> dict[str, Indicator]:
    """The indicators conditions can be put on."""
    catalogue = current_catalogue()
    return {i: catalogue.indicators[i] for i in catalogue.ward_indicators}


def first_question() -> Question:
    """The question the page opens with: the first example."""
    return _question_of(load_examples()[0])


def _question_of(example: Example) -> Question:
    return Question(parse_conditions(example.conditions, ward_indicators())[0], example.match)


def parse_question(params: Mapping[str, str], current: Question) -> tuple[Question, list[str]]:
    """Read a question from the parameters `if` and `match` of an address."""
    problems: list[str] = []
    if "if" in params:
        conditions, problems = parse_conditions(params["if"], ward_indicators())
        current = Question(conditions)
    match = params.get("match", "")
    if match in MATCHES:
        current = replace(current, match=match)
    elif match:
        problems.append(f"The link joins conditions by “{match[:20]}”; it can be all or any.")
    return current, problems


def address_of(question: Question) -> dict[str, str]:
    """The parameters of an address from which `parse_question` reads the question again."""
    match = "" if question.match == "all" else question.match
    return {"if": print_conditions(question.conditions), "match": match}


def pick_match(question: Question) -> None:
    """Let the visitor choose whether all or any of the conditions must be met."""
    keep("where-match", question.match)
    st.radio(
        "Show wards that meet",
        list(MATCHES),
        format_func=lambda value: MATCHES[value],
        key="where-match",
        horizontal=True,
        on_change=lambda: choose_here(PAGE, match=st.session_state["where-match"]),
    )


def pick_question(question: Question, selection: Selection) -> None:
    """Pick-lists for every condition, a button for one more, and the examples."""
    for place in range(len(question.conditions)):
        _pick_condition(question, place, selection)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Add a condition",
            icon=":material/add:",
            key="where-add",
            disabled=len(question.conditions) >= MOST_CONDITIONS,
            on_click=_add_condition,
            args=(question,),
            help=f"Up to {MOST_CONDITIONS} conditions.",
        )
        for place, example in enumerate(load_examples()):
            st.button(
                example.title,
                key=f"where-example-{place}",
                icon=":material/lightbulb:",
                help="Ask this ready-made question instead.",
                on_click=_ask,
                args=(_question_of(example),),
            )


def _ask(question: Question) -> None:
    choose_here(PAGE, conditions=question.conditions, match=question.match)


def _put(question: Question, place: int, condition: Condition) -> None:
    conditions = [*question.conditions[:place], condition, *question.conditions[place + 1 :]]
    choose_here(PAGE, conditions=tuple(conditions))


def _remove(question: Question, place: int) -> None:
    kept = question.conditions[:place] + question.conditions[place + 1 :]
    choose_here(PAGE, conditions=kept)


def _add_condition(question: Question) -> None:
    """Add a condition on the first indicator that is not asked about yet."""
    asked = {condition.indicator for condition in question.conditions}
    indicators = ward_indicators()
    free = next(i for i in indicators if i not in asked)
    start = Condition(free, allowed_tests(indicators[free])[0], "england")
    choose_here(PAGE, conditions=(*question.conditions, start))


def usual_limit(indicator: Indicator) -> float:
    """A number to start from: England's own figure, as printed."""
    figure = float(load_newest(indicator.id)["value"].get(ENGLAND, 0.0))
    return 0.0 if math.isnan(figure) else round(figure, indicator.decimals)


def _pick_condition(question: Question, place: int, selection: Selection) -> None:
    """One row: indicator, test, what it is held against, and a button that removes it."""
    condition = question.conditions[place]
    indicator = ward_indicators()[condition.indicator]
    key = f"where-{place}"

    def change_indicator() -> None:
        new = ward_indicators()[st.session_state[f"{key}-indicator"]]
        _put(question, place, adapt_condition(condition, new))

    def change_to(test: str) -> None:
        _put(question, place, change_test(condition, test, usual_limit(indicator)))

    with st.container(key=f"{key}-row"):
        keep(f"{key}-indicator", condition.indicator)
        options = indicator_options()
        st.selectbox(
            f"Condition {place + 1}: indicator",
            list(options),
            format_func=lambda option: options[option],
            key=f"{key}-indicator",
            on_change=change_indicator,
        )
        keep(f"{key}-test", condition.test)
        st.selectbox(
            f"Condition {place + 1}: test",
            list(allowed_tests(indicator)),
            format_func=lambda test: TESTS[test],
            key=f"{key}-test",
            on_change=when_offered(f"{key}-test", allowed_tests(indicator), change_to),
        )
        _pick_against(question, place, indicator, selection)
        st.button(
            "Remove",
            key=f"{key}-remove",
            icon=":material/delete:",
            on_click=_remove,
            args=(question, place),
            help=f"Remove condition {place + 1}",
        )


def _pick_against(
    question: Question, place: int, indicator: Indicator, selection: Selection
) -> None:
    condition = question.conditions[place]
    if is_number(condition.test):
        key = f"where-{place}-limit-{indicator.id}"
        keep(key, condition.limit)
        unit = f" ({indicator.unit})" if indicator.unit else ""
        st.number_input(
            f"Condition {place + 1}: number{unit}",
            step=10.0**-indicator.decimals,
            format=f"%.{indicator.decimals}f",
            key=key,
            on_change=lambda: _put(
                question,
                place,
                replace(condition, limit=round(st.session_state[key], indicator.decimals) + 0.0),
            ),
        )
        return
    words = against_words(condition, selection.area)
    key = f"where-{place}-against-{'part' if is_part(condition.test) else 'benchmark'}"
    keep(key, condition.against)
    st.selectbox(
        f"Condition {place + 1}: of"
        if is_part(condition.test)
        else f"Condition {place + 1}: compared with",
        list(words),
        format_func=lambda word: words[word],
        key=key,
        on_change=when_offered(
            key, words, lambda value: _put(question, place, replace(condition, against=value))
        ),
    )


def names_for(area: str) -> dict[str, str]:
    """The place's name, and of its region, county and council where all wards share one."""
    inside = load_areas().loc[wards_of(area).index]
    names = {"place": place_name(area)}
    for word, column in CODE_COLUMNS.items():
        codes = inside[column].unique()
        if len(codes) == 1 and isinstance(codes[0], str):
            names[word] = place_name(codes[0])
    return names


def against_words(condition: Condition, area: str) -> dict[str, str]:
    """What a condition can be held against here: word of the link -> words of the list.

    A place without a county offers none, unless the condition asks for it already.
    """
    names = names_for(area)
    found = {"england": "England"}
    if is_part(condition.test):
        if area != ENGLAND or condition.against == "place":
            found["place"] = f"wards of {names['place']}"
        return found
    inside = load_areas().loc[wards_of(area).index]
    for word, column in CODE_COLUMNS.items():
        if word in names:
            found[word] = f"{names[word]} ({word})"
        elif inside[column].notna().any() or condition.against == word:
            found[word] = f"{BENCHMARKS[word]} (each ward's own)"
    return found
