"""What "Wards where" says and shows: title, sentences, rows, funnel and map of the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.conditions import (
    TESTS,
    allowed_against,
    describe_condition,
    is_number,
    is_part,
    needs_interval,
)
from analysis.heat_table import Direction, HeatColumn
from analysis.map_view import MapView, count_classes, format_number
from analysis.matching import (
    MET,
    NOT_MET,
    STATE_WORDS,
    UNKNOWN,
    Judgement,
    States,
    Step,
    combine,
    wants_high,
)
from analysis.words import count_words, join_words

#: Wards whose every condition fits into the hover card; for more the table has them.
MOST_CARDS = 400
#: A fifth that holds this much more than a fifth of the wards is explained.
TIED = 1.25
LEGEND = (
    ("class_5", "✓ Meets {them}"),
    ("class_1", "× Does not"),
    ("not_available", "? Cannot be judged"),
)
LOOK_OF = {1: "class_5", 0: "class_1", -1: "not_available"}
MARKS = {1: "✓", 0: "×", -1: "?"}


@dataclass(frozen=True)
class Answer:
    """The wards of a place, judged by several conditions.

    `wards`: index area code; name, ward_name, district_name, population.
    `state`: 1 meets, 0 does not meet, -1 cannot be judged, one per ward.
    `names`: see `conditions.describe_condition`.
    """

    names: Mapping[str, str]
    match: str
    wards: pd.DataFrame
    judgements: tuple[Judgement, ...]
    state: States

    @property
    def place(self) -> str:
        """The name of the place."""
        return self.names["place"]

    def count(self, state: int) -> int:
        """Number of wards in a state."""
        return int((self.state == state).sum())


def make_answer(
    names: Mapping[str, str], match: str, wards: pd.DataFrame, judgements: Sequence[Judgement]
) -> Answer:
    """Join the judgements of a place's wards."""
    state = combine([j.state for j in judgements], match, len(wards))
    return Answer(names, match, wards, tuple(judgements), state)


def _them(answer: Answer) -> str:
    """The conditions as the end of a sentence: "all 3 conditions"."""
    number = len(answer.judgements)
    if number == 1:
        return "the condition"
    if answer.match == "any":
        return f"at least 1 of {number} conditions"
    return "both conditions" if number == 2 else f"all {number} conditions"


def make_answer_title(answer: Answer) -> str:
    """State how many wards meet the conditions: "7 of 26 wards meet all 3 conditions"."""
    total, met = len(answer.wards), answer.count(MET)
    if not answer.judgements:
        return f"Which wards in {answer.place}? Add a condition"
    if total and answer.count(UNKNOWN) == total:
        return f"No ward in {answer.place} can be judged on this"
    verb = "meets" if met == 1 else "meet"
    wards = "ward" if total == 1 else "wards"
    if met == 0:
        return f"None of {total:,} {wards} meets {_them(answer)}"
    return f"{met:,} of {total:,} {wards} {verb} {_them(answer)}"


def describe_limit(judgement: Judgement, names: Mapping[str, str]) -> str:
    """A condition with its limit: "Fuel poverty above Devon (13.1 %)"."""
    condition, indicator = judgement.condition, judgement.indicator
    words = describe_condition(condition, indicator, names)
    limit = judgement.one_limit
    if is_number(condition.test) or np.isnan(limit):
        return words
    printed = format_number(limit, indicator.decimals, indicator.unit)
    if not is_part(condition.test):
        by = ", by 95 % intervals" if needs_interval(condition.test) else ""
        return f"{words} ({printed}{by})"
    side = "more" if wants_high(condition, indicator) else "less"
    return f"{words} ({printed} or {side})"


def explain_ties(judgement: Judgement) -> str:
    """Say so where many equal figures make a fifth or tenth larger than its name; else ""."""
    condition, indicator = judgement.condition, judgement.indicator
    if not is_part(condition.test) or not judgement.among:
        return ""
    share = 0.2 if condition.test.endswith("_fifth") else 0.1
    if judgement.holders <= TIED * share * judgement.among + 1:
        return ""
    printed = format_number(judgement.one_limit, indicator.decimals, indicator.unit)
    return (
        f"{indicator.short_name}: many wards share the figure {printed}, so this part holds "
        f"{judgement.holders:,} of {judgement.among:,} wards."
    )


def describe_answer(answer: Answer) -> str:
    """The answer in sentences, for screen readers and for pasting into a report."""
    total = count_words(len(answer.wards), "ward", "wards")
    how = "at least one of these" if answer.match == "any" else "all of these"
    asked = "; ".join(describe_limit(j, answer.names) for j in answer.judgements)
    if not answer.judgements:
        return f"{answer.place}, {total}. No condition has been chosen."
    parts = [f"{answer.place}, {total}. Asked for {how}: {asked}."]
    parts.append(f"{make_answer_title(answer)}.")
    names = answer.wards["name"][answer.state == MET].tolist()
    if 0 < len(names) <= 12:
        parts.append(f"They are {join_words(names)}." if len(names) > 1 else f"It is {names[0]}.")
    if unknown := answer.count(UNKNOWN):
        parts.append(
            f"{count_words(unknown, 'ward', 'wards')} cannot be judged, because a figure is "
            "missing or withheld."
        )
    return " ".join(parts)


def cannot_be_judged(answer: Answer) -> pd.DataFrame:
    """The wards nobody can judge: index area code; name, reason with the indicator's name."""
    rows = np.flatnonzero(answer.state == UNKNOWN)
    reasons = []
    for row in rows:
        said = [
            f"{j.indicator.short_name}: {j.reason[row]}"
            for j in answer.judgements
            if j.state[row] == UNKNOWN
        ]
        reasons.append("; ".join(dict.fromkeys(said)))
    wards = answer.wards.iloc[rows]
    return pd.DataFrame({"name": wards["name"], "reason": reasons}, index=wards.index)


def count_met(answer: Answer) -> npt.NDArray[np.int64]:
    """How many of the conditions each ward certainly meets."""
    if not answer.judgements:
        return np.zeros(len(answer.wards), dtype=np.int64)
    return np.stack([j.state == MET for j in answer.judgements]).sum(axis=0)


def make_match_view(answer: Answer, selected: str | None = None) -> MapView:
    """The map of the answer: meets, does not meet, cannot be judged (a pattern).

    Args:
        answer: its wards in the order of the boundary file's codes.
        selected: code of the selected ward, if any.
    """
    number = len(answer.judgements)
    position = np.select([answer.state == MET, answer.state == NOT_MET], [0, 1], default=2)
    entries = [(key, label.format(them=_them(answer))) for key, label in LEGEND]
    if not (position == 2).any():
        entries = entries[:2]
    unit = f"of {number}"
    value = np.where(answer.state == UNKNOWN, np.nan, count_met(answer))
    return MapView(
        codes=list(answer.wards.index),
        value=value,
        legend_class=position.tolist(),
        legend=count_classes(position, entries),
        title=make_answer_title(answer),
        indicator=f"Conditions met, {unit}",
        unit=unit,
        decimals=0,
        flag=_card_lines(answer),
        description=describe_answer(answer),
        selected=selected,
    )


def _card_lines(answer: Answer) -> list[str]:
    """What stands in each ward's card: its figures, and why it cannot be judged."""
    lines = [""] * len(answer.wards)
    if len(answer.wards) <= MOST_CARDS:
        return ["; ".join(_card_line(j, r) for j in answer.judgements) for r in range(len(lines))]
    unknown = cannot_be_judged(answer)["reason"].tolist()
    for row, reason in zip(np.flatnonzero(answer.state == UNKNOWN), unknown, strict=True):
        lines[row] = reason
    return lines


def _card_line(judgement: Judgement, row: int) -> str:
    indicator = judgement.indicator
    mark = MARKS[int(judgement.state[row])]
    value = judgement.value[row]
    said = judgement.reason[row] if np.isnan(value) else ""
    printed = said or format_number(value, indicator.decimals, indicator.unit)
    return f"{mark} {indicator.short_name} {printed}"


def make_answer_table(answer: Answer) -> pd.DataFrame:
    """Every ward with its state and figures, those that meet the conditions first.

    Returns:
        index area code; Area, Council, Code, People, Answer, Conditions met, and for each
        condition its figure, what it was held against and its own answer.
    """
    wards = answer.wards
    table = pd.DataFrame(
        {
            "Area": wards["ward_name"],
            "Council": wards["district_name"],
            "Code": wards.index,
            "People": wards["population"],
            "Answer": [STATE_WORDS[int(s)] for s in answer.state],
            "Conditions met": count_met(answer),
        },
        index=wards.index,
    )
    for number, judgement in enumerate(answer.judgements, start=1):
        indicator = judgement.indicator
        unit = f" ({indicator.unit})" if indicator.unit else ""
        states = [STATE_WORDS[int(s)] for s in judgement.state]
        said = [f"{s}: {r}" if r else s for s, r in zip(states, judgement.reason, strict=True)]
        table[f"{number}. {indicator.short_name}{unit}"] = judgement.value
        table[f"{number}. {_held_against(judgement)}"] = judgement.limit
        table[f"{number}. Answer"] = said
    return table.iloc[order_rows(answer)]


def _held_against(judgement: Judgement) -> str:
    condition = judgement.condition
    if is_number(condition.test):
        return f"Limit ({TESTS[condition.test]})"
    where = allowed_against(condition.test)[condition.against]
    return f"{TESTS[condition.test].removeprefix('in the ').capitalize()} {where}: limit"


def order_rows(answer: Answer) -> npt.NDArray[np.int64]:
    """Rows in reading order: meets, cannot be judged, does not; then most met, then by name."""
    rank = np.select([answer.state == MET, answer.state == UNKNOWN], [0, 1], default=2)
    names = answer.wards["name"].astype(str).to_numpy()
    return np.lexsort((names, -count_met(answer), rank)).astype(np.int64)


def sort_answer(answer: Answer, by: str, direction: Direction) -> npt.NDArray[np.int64]:
    """Rows in order: `ward`, `people`, `met` (conditions met) or the number of a condition.

    Missing figures come last either way, equal ones by name; an unknown column is `met`.
    """
    names = answer.wards["name"].astype(str).to_numpy()
    alphabetical = np.argsort(names, kind="stable")
    if by == "ward":
        return alphabetical if direction == "ascending" else alphabetical[::-1]
    figures = count_met(answer).astype(float)
    if by == "people":
        figures = answer.wards["population"].to_numpy(dtype=float)
    elif by.isdecimal() and 0 < int(by) <= len(answer.judgements):
        figures = answer.judgements[int(by) - 1].value
    figures = figures[alphabetical]
    return alphabetical[
        np.argsort(figures if direction == "ascending" else -figures, kind="stable")
    ]


def list_columns(answer: Answer, rows: npt.NDArray[np.int64]) -> list[HeatColumn]:
    """A column for each condition: the figure with its sign, coloured by the answer.

    Where every row meets every condition a colour would say nothing and is left out.
    """
    everything = all((j.state[rows] == MET).all() for j in answer.judgements)
    columns = []
    for number, judgement in enumerate(answer.judgements, start=1):
        indicator = judgement.indicator
        unit = indicator.unit if indicator.unit.startswith("£") else ""
        limit = judgement.one_limit
        printed = [
            "" if np.isnan(v) else format_number(v, indicator.decimals, unit)
            for v in judgement.value[rows]
        ]
        columns.append(
            HeatColumn(
                id=str(number),
                name=f"{number}. {indicator.short_name}",
                texts=printed,
                unit="" if unit else indicator.unit,
                about=describe_limit(judgement, answer.names),
                foot=""
                if np.isnan(limit)
                else f"limit {format_number(limit, indicator.decimals, unit)}",
                signs=judgement.sign[rows].tolist(),
                looks=["plain" if everything else LOOK_OF[int(s)] for s in judgement.state[rows]],
                words=[_say_answer(judgement, int(row)) for row in rows],
                can_choose=False,
            )
        )
    return columns


def _say_answer(judgement: Judgement, row: int) -> str:
    """One ward's answer to one condition, with its own limit where limits differ."""
    state, limit = int(judgement.state[row]), judgement.limit[row]
    words = f"{MARKS[state]} {STATE_WORDS[state]}"
    if judgement.reason[row]:
        return f"{words}: {judgement.reason[row]}"
    if np.isnan(limit) or not np.isnan(judgement.one_limit):
        return words
    indicator = judgement.indicator
    return f"{words} (limit {format_number(limit, indicator.decimals, indicator.unit)})"


def make_funnel_table(answer: Answer, steps: Sequence[Step]) -> pd.DataFrame:
    """The funnel as a table with plain headings; every row's counts add up to the wards."""
    moved = "Removed at this step" if answer.match == "all" else "Added at this step"
    return pd.DataFrame(
        {
            "Condition": [describe_limit(j, answer.names) for j in answer.judgements],
            "Meet it on its own": [step.own_met for step in steps],
            "Do not meet it on its own": [step.own_not_met for step in steps],
            "Cannot be judged on its own": [step.own_unknown for step in steps],
            moved: [step.moved for step in steps],
            "Meet the conditions so far": [step.met for step in steps],
            "Do not meet them so far": [step.not_met for step in steps],
            "Cannot be judged so far": [step.unknown for step in steps],
        }
    )
