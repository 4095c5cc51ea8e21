"""The tartan rug: wards by indicators, each cell with its figure and how it compares.

Figures with a 95 % interval are compared with the benchmark (`comparison`). Figures without
one are placed in the fifths of all wards in England and marked with open signs, since nothing
can be called clearly better or worse without an interval.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.choropleth import Benchmark, make_areas_frame, translate
from analysis.heat_table import Direction
from analysis.map_view import as_printed, sign_of
from analysis.words import FLAG_WORDS, NO_LSOA
from data.catalogue import Indicator

Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.object_]

#: Open signs: above, below or equal to the benchmark's figure, without a test.
OPEN_SIGNS = {"above": "△", "below": "▽", "equal": "○"}

#: Look of the fifths 0 to 4; the last one is that of a figure in none.
LOOK_OF_FIFTH = np.array([*(f"class_{5 - n}" for n in range(5)), "plain"], dtype=object)

#: Names of the fifths, first to last; True: of an indicator without a worse side.
FIFTHS = {
    False: ("worst", "second worst", "middle", "second best", "best"),
    True: ("highest", "second highest", "middle", "second lowest", "lowest"),
}


@dataclass(frozen=True)
class RugColumn:
    """One indicator over the wards of a place.

    `frame`: see `choropleth.make_areas_frame`. `printed`: figures as printed. `fifth`: 0 is
    the worst (or highest) fifth of England, 4 the best (or lowest), -1 where the figure is
    missing or compared by its interval. `sign`, `look`, `words`: what a cell shows.
    """

    indicator: Indicator
    period_label: str
    benchmark: Benchmark
    frame: pd.DataFrame
    printed: Floats
    fifth: npt.NDArray[np.int64]
    sign: Words
    look: Words
    words: Words

    @property
    def judged(self) -> bool:
        """Whether a worse side is known and wards may be ranked, so that cells are counted."""
        return self.indicator.polarity != "no_judgement" and self.indicator.ranked

    @cached_property
    def is_worse(self) -> npt.NDArray[np.bool_]:
        """Clearly worse than the benchmark, or without interval in England's worst fifth."""
        if not self.judged:
            return np.zeros(len(self.printed), dtype=bool)
        return np.array([look == "worse" for look in self.look]) | (self.fifth == 0)


@dataclass(frozen=True)
class Rug:
    """All columns over the same wards.

    `wards`: index area code; name, ward_name, district_name, population, lsoa_count.
    """

    place: str
    wards: pd.DataFrame
    columns: tuple[RugColumn, ...]

    @cached_property
    def worse(self) -> npt.NDArray[np.int64]:
        """Number of worse cells of each ward."""
        if not self.columns:
            return np.zeros(len(self.wards), dtype=np.int64)
        return np.stack([column.is_worse for column in self.columns]).sum(axis=0)

    @property
    def judged(self) -> int:
        """Number of columns whose cells can be counted as worse."""
        return sum(column.judged for column in self.columns)


def has_interval(indicator: Indicator) -> bool:
    """Whether the indicator's figures are compared by a 95 % interval."""
    return indicator.interval != "none"


def compute_fifths(printed: Floats, everywhere: Floats, *, from_highest: bool) -> np.ndarray:
    """The fifth of all wards in which each figure stands: 0 first to 4 last, -1 if missing.

    Args:
        printed: figures as printed.
        everywhere: the figures of all wards in England, as printed.
        from_highest: whether the first fifth is the one with the highest figures.

    Method: share of wards that stand before the figure; equal figures stand together, in the
    fifth of the first of them (the same rule as `matching.part_limit`).
    """
    known = np.sort(everywhere[~np.isnan(everywhere)])
    if not len(known):
        return np.full(len(printed), -1, dtype=np.int64)
    before = np.searchsorted(known, printed, side="left")
    if from_highest:
        before = len(known) - np.searchsorted(known, printed, side="right")
    fifth = np.minimum(before * 5 // len(known), 4)
    return np.where(np.isnan(printed), -1, fifth).astype(np.int64)


def make_rug_column(
    indicator: Indicator,
    period_label: str,
    values: pd.DataFrame,
    wards: pd.DataFrame,
    everywhere: pd.Index,
    benchmark: tuple[str, str],
) -> RugColumn:
    """Compare one indicator's newest figures with the benchmark.

    Args:
        indicator: its entry in the catalogue.
        period_label: of the figures.
        values: index area code; the tidy columns of one period.
        wards: index area code in order; name, lsoa_count and more.
        everywhere: codes of all wards in England.
        benchmark: name and area code.
    """
    against = Benchmark(benchmark[0], float(values["value"].get(benchmark[1], np.nan)))
    frame = make_areas_frame(values, wards, indicator.polarity, against)
    printed = as_printed(frame["value"].to_numpy(dtype=float), indicator.decimals)
    if has_interval(indicator):
        fifth = np.full(len(frame), -1, dtype=np.int64)
        # Read once: walking through a column of Arrow text is slow.
        compared = frame["compared"].to_numpy(dtype=object).tolist()
        meaning = {word: _compared_look(word, indicator, against) for word in set(compared)}
        sign, look, words = (_as_words([meaning[word][n] for word in compared]) for n in range(3))
    else:
        fifth = _fifths_of(indicator, values, printed, everywhere)
        # A ward's count says nothing beside the count of a larger area.
        figure = np.nan if indicator.measure == "count" else against.value
        sign = _open_signs(printed, as_printed([figure], indicator.decimals)[0])
        look = LOOK_OF_FIFTH[fifth]
        words = _fifth_words(indicator, fifth)
    missing = np.isnan(printed)
    if missing.any():
        _say_what_is_missing(frame, missing, sign, look, words)
    return RugColumn(indicator, period_label, against, frame, printed, fifth, sign, look, words)


def _fifths_of(
    indicator: Indicator, values: pd.DataFrame, printed: Floats, everywhere: pd.Index
) -> npt.NDArray[np.int64]:
    place = values.index.get_indexer(everywhere)
    all_values = np.where(place < 0, np.nan, values["value"].to_numpy(dtype=float)[place])
    high = indicator.polarity != "high_is_good"
    all_printed = as_printed(all_values, indicator.decimals)
    return compute_fifths(printed, all_printed, from_highest=high)


def _compared_look(word: str, indicator: Indicator, benchmark: Benchmark) -> tuple[str, str, str]:
    """Sign, look and words of a comparison."""
    if not word:
        return "", "plain", "not compared"
    sign = sign_of(word, indicator.polarity)  # type: ignore[arg-type]
    return sign, word, f"{word} {'to' if word == 'similar' else 'than'} {benchmark.name}"


def fifth_words(indicator: Indicator, fifth: int) -> str:
    """A fifth in words: "in the worst fifth of England"."""
    names = FIFTHS[indicator.polarity == "no_judgement"]
    return f"in the {names[fifth]} fifth of England" if fifth >= 0 else "not compared"


def _fifth_words(indicator: Indicator, fifth: npt.NDArray[np.int64]) -> Words:
    return _as_words([*(fifth_words(indicator, n) for n in range(5)), "not compared"])[fifth]


def _open_signs(printed: Floats, benchmark: float) -> Words:
    if np.isnan(benchmark):
        return np.full(len(printed), "", dtype=object)
    side = np.where(printed > benchmark, "above", np.where(printed < benchmark, "below", "equal"))
    return _as_words([OPEN_SIGNS[word] for word in side.tolist()])


def _as_words(words: list[str]) -> Words:
    return np.array(words, dtype=object)


def _say_what_is_missing(
    frame: pd.DataFrame,
    missing: npt.NDArray[np.bool_],
    sign: Words,
    look: Words,
    words: Words,
) -> None:
    """Give cells without a figure their pattern and reason."""
    flags = frame["flag"].to_numpy(dtype=object)
    reasons = translate(frame["flag"], FLAG_WORDS)
    for row in np.flatnonzero(missing):
        sign[row] = ""
        look[row] = "suppressed" if flags[row] == "suppressed" else "not_available"
        words[row] = reasons[row] or FLAG_WORDS["not_available"]
        if flags[row] != "suppressed" and frame["lsoa_count"].iat[row] == 0:
            look[row], words[row] = "not_estimated", NO_LSOA


def sort_rug(rug: Rug, by: str, direction: Direction) -> npt.NDArray[np.int64]:
    """Rows in order; missing figures come last either way, equal ones by name.

    Args:
        rug: what is sorted.
        by: `ward`, `people`, `worse` or the id of an indicator.
        direction: of the figures or names.

    Raises:
        KeyError: no such column.
    """
    names = rug.wards["name"].astype(str).to_numpy()
    alphabetical = np.argsort(names, kind="stable")
    if by == "ward":
        return alphabetical if direction == "ascending" else alphabetical[::-1]
    figures = _sort_figures(rug, by)[alphabetical]
    order = np.argsort(figures if direction == "ascending" else -figures, kind="stable")
    return alphabetical[order]


def _sort_figures(rug: Rug, by: str) -> Floats:
    if by == "people":
        return rug.wards["population"].to_numpy(dtype=float)
    if by == "worse":
        return rug.worse.astype(float)
    columns = {column.indicator.id: column for column in rug.columns}
    return columns[by].frame["value"].to_numpy(dtype=float)


def choose_rows(
    rug: Rug, order: npt.NDArray[np.int64], most: int, selected: str
) -> npt.NDArray[np.int64]:
    """The first rows, and the selected ward wherever it stands."""
    rows = order[:most]
    if selected in rug.wards.index:
        place = rug.wards.index.get_loc(selected)
        if place not in rows:
            rows = np.append(rows[: most - 1], place)
    return rows


def count_looks(columns: Iterable[RugColumn], rows: npt.NDArray[np.int64]) -> dict[str, int]:
    """Number of cells of each look among some rows."""
    counts: dict[str, int] = {}
    for column in columns:
        looks, numbers = np.unique(column.look[rows], return_counts=True)
        for look, number in zip(looks, numbers, strict=True):
            counts[str(look)] = counts.get(str(look), 0) + int(number)
    return counts
