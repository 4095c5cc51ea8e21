"""Make the view of a map: one indicator, one period, the areas of one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.classes import (
    Classes,
    classify,
    classify_comparison,
    classify_from_mean,
    classify_hot_spots,
    compute_breaks,
    special_class,
)
from analysis.comparison import compare_with_benchmark, compute_ranks
from analysis.findings import describe_map, make_title
from analysis.hot_spots import describe_hot_spots, make_hot_spots_title
from analysis.map_view import MapView
from analysis.words import CARRIED, FIT_WORDS, FLAG_WORDS, GEOGRAPHY_WORDS, NO_LSOA, age_words
from data.catalogue import Indicator, Source
from data.periods import read_period

FIGURE_COLUMNS = ("value", "lower_ci", "upper_ci", "numerator", "denominator", "fit_quality")


@dataclass(frozen=True)
class Benchmark:
    """The area others are compared with."""

    name: str
    value: float


@dataclass(frozen=True)
class Subject:
    """What a map or chart is about, with the words it needs."""

    indicator: Indicator
    source: Source
    period: str
    place: str
    area_word: str = "wards"

    @property
    def unit(self) -> str:
        """The unit as printed after a number."""
        return self.indicator.unit

    @property
    def period_label(self) -> str:
        """The period in words."""
        return read_period(self.period).label

    @property
    def subtitle(self) -> str:
        """What is shown, in which unit, where and when."""
        indicator = self.indicator
        unit = " ".join(part for part in (indicator.unit, indicator.denominator_words) if part)
        name = f"{indicator.name} ({unit})" if unit else indicator.name
        return f"{name}, {self.place}, {self.period_label}"

    def of_lsoas(self, period: str) -> Subject:
        """The same subject for LSOAs, whose figures exist for the newest period only."""
        return replace(self, period=period, area_word="LSOAs")

    @property
    def source_line(self) -> str:
        """Who published it, what, and when."""
        return f"{self.source.publisher}: {self.source.title}, {self.period_label}"

    @property
    def geography_line(self) -> str:
        """The geography of the published figure and how it came to wards."""
        geography = self.source.geography
        published = GEOGRAPHY_WORDS[geography]
        if geography == "district" or self.area_word == "LSOAs":
            return f"Published for {published}"
        return f"Published for {published}, {CARRIED[geography]}"

    def describe_provenance(self, today: dt.date) -> list[str]:
        """Who published it, for when and for which geography, and how old it is."""
        modelled = "Modelled estimate, not a local count" if self.source.modelled else ""
        age = f"Figure is {age_words(read_period(self.period).end, today)}"
        lines = (f"Source: {self.source_line}", self.geography_line, modelled, age)
        return [line for line in lines if line]

    @property
    def care_line(self) -> str:
        """What to mind when reading it, "" where there is nothing."""
        caveats = self.indicator.caveats or self.source.caveats
        return f"Take care: {' '.join(caveats)}" if caveats else ""


def make_areas_frame(
    values: pd.DataFrame, areas: pd.DataFrame, polarity: str, benchmark: Benchmark
) -> pd.DataFrame:
    """Join one period's figures to areas and add rank and comparison.

    Args:
        values: index area code; the tidy columns of one period.
        areas: index area code in the order wanted; columns name, lsoa_count.
        polarity: of the indicator.
        benchmark: what the areas are compared with.

    Returns:
        index area code; name, lsoa_count, value, lower_ci, upper_ci, numerator,
        denominator, flag, fit, fit_quality, rank (1 highest, 0 without a value), compared.
    """
    place = values.index.get_indexer(areas.index)
    # Words stay categories: a map of England looks each up once, not 6,826 times.
    columns = {column: areas[column].array for column in areas.columns} | {
        column: _pick(values[column].to_numpy(), place, np.nan) for column in FIGURE_COLUMNS
    }
    columns["flag"] = _pick_words(values["flag"], place, "not_available")
    columns["fit"] = _pick_words(values["fit"], place, "")
    columns["rank"] = compute_ranks(columns["value"])
    columns["compared"] = compare_with_benchmark(
        columns["lower_ci"], columns["upper_ci"], benchmark.value, polarity
    ).astype(object)
    return pd.DataFrame(columns, index=areas.index)


def _pick(column: np.ndarray, place: np.ndarray, missing: float) -> np.ndarray:
    return np.where(place < 0, missing, column[place])


def _pick_words(column: pd.Series, place: np.ndarray, missing: str) -> pd.Categorical:
    words = pd.Categorical(column)
    known = tuple(words.categories.tolist())
    every = known if missing in known else (*known, missing)
    codes = np.where(place < 0, every.index(missing), words.codes[place])
    return pd.Categorical.from_codes(codes, dtype=_words_dtype(every))


@lru_cache(maxsize=256)
def _words_dtype(words: tuple[str, ...]) -> pd.CategoricalDtype:
    """A kind of column with these words; checking that they differ costs more than the rest."""
    return pd.CategoricalDtype(list(words))


def translate(words: pd.Series, meaning: Mapping[str, str]) -> np.ndarray:
    """Look up the meaning of each word of a categorical column; "" where it has none."""
    meanings = np.array([meaning.get(str(word), "") for word in words.cat.categories], dtype=object)
    return meanings[words.cat.codes.to_numpy()]


def choose_classes(
    frame: pd.DataFrame, subject: Subject, method: str, everywhere: np.ndarray, benchmark: Benchmark
) -> Classes:
    """Class the areas of a frame by a method of `classes.METHODS`.

    Args:
        frame: see `make_areas_frame`.
        subject: what is shown.
        method: a key of `classes.METHODS`; see `usable_method`.
        everywhere: the values of all such areas in England, for `england_fifths`.
        benchmark: for `significance`.
    """
    indicator, method = subject.indicator, usable_method(frame, method)
    special = special_class(frame["flag"].to_numpy(dtype=str), frame["lsoa_count"])
    if method == "significance":
        words = frame["compared"].to_numpy(dtype=str)
        return classify_comparison(words, special, indicator.polarity, benchmark.name)
    if method == "hot_spots":
        return classify_hot_spots(frame["pattern"].to_numpy(dtype=str), special)
    if method == "standard_deviations":
        return classify_from_mean(frame["value"], special, indicator.decimals, indicator.unit)
    values = everywhere if method == "england_fifths" else frame["value"].to_numpy()
    breaks = compute_breaks(values, method)
    return classify(frame["value"], special, breaks, indicator.decimals, indicator.unit)


def usable_method(frame: pd.DataFrame, method: str) -> str:
    """The method itself, or fifths of England where these figures do not allow it.

    Without intervals nothing is better or worse; hot spots need a column `pattern` (see
    `hot_spots.find_hot_spots`) in which something could be found. The page says so.
    """
    if method == "significance" and not frame["lower_ci"].notna().any():
        return "england_fifths"
    if method == "hot_spots" and ("local_i" not in frame or frame["local_i"].isna().all()):
        return "england_fifths"
    return method


def _fit_words(frame: pd.DataFrame) -> np.ndarray:
    empty = (frame["lsoa_count"] == 0) & frame["value"].isna()
    return np.where(empty, NO_LSOA, translate(frame["fit"], FIT_WORDS))


def _words_of(
    frame: pd.DataFrame, subject: Subject, scale: str, benchmark: Benchmark
) -> tuple[str, str, str]:
    """What the map is called, the finding it states, and its description."""
    indicator = subject.indicator
    about = (subject.place, subject.area_word, benchmark.name, benchmark.value)
    description = describe_map(frame, indicator, *about)
    if scale != "clusters":
        return indicator.name, make_title(frame, indicator, subject.place), description
    title = make_hot_spots_title(frame["pattern"], indicator.short_name, subject.place)
    more = describe_hot_spots(frame["pattern"], frame["name"], subject.place, frame.get("p"))
    return f"Hot spots of: {indicator.name}", title, f"{description} {more}"


def make_map_view(
    frame: pd.DataFrame,
    subject: Subject,
    method: str,
    everywhere: np.ndarray,
    benchmark: Benchmark,
    selected: str | None = None,
) -> MapView:
    """Describe a map completely: values, classes, legend, words.

    Args:
        frame: see `make_areas_frame`, in the order of the boundary file's codes.
        subject: what is shown and where.
        method: a key of `classes.METHODS`; see `usable_method`.
        everywhere: values of all such areas in England.
        benchmark: what areas are compared with.
        selected: code of the selected area, if any.
    """
    indicator = subject.indicator
    classes = choose_classes(frame, subject, method, everywhere, benchmark)
    name, title, description = _words_of(frame, subject, classes.scale, benchmark)
    ranked = int((frame["rank"] > 0).sum()) if indicator.ranked else 0
    return MapView(
        codes=list(frame.index),
        value=frame["value"].to_numpy(),
        legend_class=classes.legend_class.tolist(),
        legend=classes.legend,
        title=title,
        indicator=name,
        unit=indicator.unit,
        decimals=indicator.decimals,
        period=subject.period_label,
        scale=classes.scale,
        polarity=indicator.polarity,  # type: ignore[arg-type]
        lower=frame["lower_ci"].to_numpy(),
        upper=frame["upper_ci"].to_numpy(),
        rank=frame["rank"].tolist() if indicator.ranked else (),
        ranked=ranked,
        compared=frame["compared"].tolist(),
        flag=translate(frame["flag"], FLAG_WORDS).tolist(),
        fit=_fit_words(frame).tolist(),
        fit_quality=frame["fit_quality"].to_numpy(),
        benchmark_name=benchmark.name,
        benchmark_value=benchmark.value,
        area_word=subject.area_word,
        native_geography=GEOGRAPHY_WORDS[subject.source.geography],
        source=subject.source_line,
        description=description,
        selected=selected,
    )
