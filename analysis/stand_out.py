"""What stands out in a ward: the rows of its spine that lie furthest from the benchmark.

Method: distance from the benchmark over the spread of the comparator wards (their
interquartile range, as standard deviations of a normal distribution). A row is told only
where the ward's 95 % interval does not hold the benchmark's value, or, where it has no
interval, where it lies above it and in the highest fifth of England's wards, or below it and
in the lowest. One row of each
theme first; a second of a theme only where fewer than five themes have one. Good news counts
as much as bad.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from analysis.map_view import format_number
from analysis.spine import HIGHEST_FIFTH, LOWEST_FIFTH
from analysis.words import ordinal

HOW_MANY = 5
MOST_OF_A_THEME = 2
CLEAR = ("better", "worse", "lower", "higher")
# Quartiles of a normal distribution are this many standard deviations apart.
QUARTILES_APART = 1.349


class StandOut(NamedTuple):
    """One thing that stands out: the row it comes from, a sentence, and its judgement."""

    indicator_id: str
    sentence: str
    judgement: str
    sign: str


def compute_strength(spine: pd.DataFrame) -> pd.Series:
    """How many standard deviations of the comparator wards each row lies from the benchmark.

    Where the middle half of the wards share one figure, a quarter of their whole range
    stands for the standard deviation; NaN where all are the same or something is missing.
    """
    middle = (spine["third_quartile"] - spine["first_quartile"]) / QUARTILES_APART
    spread = middle.where(middle > 0, (spine["high"] - spine["low"]) / 4)
    return (spine["value"] - spine["benchmark"]).abs() / spread.where(spread > 0)


def choose_rows(spine: pd.DataFrame, how_many: int = HOW_MANY) -> list[str]:
    """Ids of the rows that stand out most, strongest first."""
    words, above = spine["compared"], spine["value"] > spine["benchmark"]
    extreme = (above & (words == HIGHEST_FIFTH)) | (~above & (words == LOWEST_FIFTH))
    strength = compute_strength(spine)[words.isin(CLEAR) | extreme].dropna()
    strength = strength[strength > 0].sort_values(ascending=False, kind="stable")
    themes = spine.loc[strength.index, "theme"]
    turn = themes.groupby(themes).cumcount()
    chosen: list[str] = []
    for allowed in range(MOST_OF_A_THEME):
        chosen += [str(i) for i in strength.index[turn == allowed]][: how_many - len(chosen)]
    return [str(i) for i in strength.index if i in chosen]


def _judgement(row: pd.Series) -> str:
    """better, worse or "": the side of the benchmark in the light of polarity."""
    if row["polarity"] == "no_judgement" or row["value"] == row["benchmark"]:
        return ""
    above = row["value"] > row["benchmark"]
    return "better" if above == (row["polarity"] == "high_is_good") else "worse"


def write_sentence(row: pd.Series, benchmark: str, wards: str) -> str:
    """Say one row of a spine with its numbers.

    Args:
        row: see `spine.make_spine`.
        benchmark: name of the benchmark.
        wards: the comparator wards in words, e.g. "wards in Huntingdonshire".
    """
    decimals, unit = int(row["decimals"]), str(row["unit"])
    own, other = (format_number(row[c], decimals, unit) for c in ("value", "benchmark"))
    side = "above" if row["value"] > row["benchmark"] else "below"
    text = f"{row['name']}: {own}, {side} {benchmark} ({other})"
    if judgement := _judgement(row):
        text += f", which is {judgement}"
    if row["rank"] > 0 and row["of"] > 1:
        text += f". {_standing(int(row['rank']), int(row['of']))} of {int(row['of']):,} {wards}"
    if row["compared"] in (HIGHEST_FIFTH, LOWEST_FIFTH):
        text += f"; in the {row['compared']} of all wards in England"
    return f"{text}."


def _standing(rank: int, of: int) -> str:
    """Count from the nearer end, so that the words are short."""
    if rank in (1, of):
        return "Highest" if rank == 1 else "Lowest"
    if rank <= of / 2:
        return f"{ordinal(rank)} highest"
    return f"{ordinal(of - rank + 1)} lowest"


def find_stand_outs(
    spine: pd.DataFrame, benchmark: str, wards: str, how_many: int = HOW_MANY
) -> list[StandOut]:
    """The things that stand out, strongest first; fewer where fewer are clear."""
    found = []
    for indicator in choose_rows(spine, how_many):
        row = spine.loc[indicator]
        sign = "▲" if row["value"] > row["benchmark"] else "▼"
        sentence = write_sentence(row, benchmark, wards)
        found.append(StandOut(indicator, sentence, _judgement(row), sign))
    return found
