"""What a map shows: one value per area, with everything needed to read it.

A `MapView` is made from tables by the pages, then drawn by the interactive map
(through `pack_view`) and by the static map (`analysis.svg_map`). Its areas stand
in the order of the codes in the boundary file, which is sorted by code.

`pack_view` turns the columns into short fixed-width strings: each number becomes
a whole number at the printed decimals and is written in base 91 with printable
characters that need no escape in JSON. 200 areas take under 4 kB, all wards of
England about 60 kB, and every figure comes back exactly as printed.
"""

import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Scale = Literal["sequential", "significance", "direction", "clusters"]
Polarity = Literal["high_is_good", "low_is_good", "no_judgement"]

#: Words for a comparison with the benchmark; "" where there is none.
COMPARED = ("", "better", "similar", "worse", "lower", "higher")

#: Signs of the patterns wards form with their neighbours: the ward's own, then theirs.
CLUSTER_SIGNS = {
    "high_high": "▲▲",
    "low_low": "▼▼",
    "high_low": "▲▼",
    "low_high": "▼▲",
    "unclear": "–",
    "alone": "×",
}

#: Signs of how far an area came back from a shock.
RECOVERY_SIGNS = {
    "better_than_before": "++",
    "recovered": "+",
    "recovering": "(+)",
    "stalled": "=",
    "worsening": "–",
    "not_hit": "·",
    "in_margin": "~",
}

_BASE = 91
_FIRST = 35  # "#": the first printable character after the double quote
_SKIPPED = 92  # the backslash
_LARGEST = 2**53 - 1  # whole numbers are exact in the browser up to here


class MapViewError(ValueError):
    """A map view whose parts do not fit together; the message says which."""


@dataclass(frozen=True)
class LegendEntry:
    """One line of the legend.

    `key` names the look: `class_1` to `class_5`, `better`, `similar`, `worse`,
    `lower`, `higher`, a key of `CLUSTER_SIGNS` or `RECOVERY_SIGNS`, or one of the special classes
    `suppressed`, `not_available`, `not_estimated`. `count` is the number of areas in it.
    """

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class MapView:
    """One map: a value for each area and the words around it.

    All sequences have one entry per area, in the order of `codes`. Optional ones
    may be left empty. `value`, `lower` and `upper` are in `unit`, NaN where there
    is none. `rank` is 1 to `ranked`, 0 where the area is not ranked. `legend_class`
    is the position in `legend`. `compared` holds words of `COMPARED`. `flag` and
    `fit` hold short sentences, "" where there is nothing to say. `fit_quality`
    runs from 0 to 1, NaN where unknown.
    """

    codes: Sequence[str]
    value: npt.ArrayLike
    legend_class: Sequence[int]
    legend: Sequence[LegendEntry]
    title: str
    indicator: str
    unit: str = ""
    decimals: int = 1
    period: str = ""
    scale: Scale = "sequential"
    polarity: Polarity = "no_judgement"
    lower: npt.ArrayLike = field(default=())
    upper: npt.ArrayLike = field(default=())
    rank: Sequence[int] = ()
    ranked: int = 0
    compared: Sequence[str] = ()
    flag: Sequence[str] = ()
    fit: Sequence[str] = ()
    fit_quality: npt.ArrayLike = field(default=())
    benchmark_name: str = ""
    benchmark_value: float = math.nan
    area_word: str = "wards"
    native_geography: str = ""
    source: str = ""
    description: str = ""
    selected: str | None = None

    def __post_init__(self) -> None:
        """Refuse columns of the wrong length and classes outside the legend.

        Raises:
            MapViewError: with the map, the column and the fault.
        """
        size = len(self.codes)
        for name in ("value", "legend_class"):
            if len(getattr(self, name)) != size:
                raise MapViewError(
                    f"Map '{self.indicator}': {name} has {len(getattr(self, name))} entries "
                    f"for {size} areas. Align it with the codes of the boundary file."
                )
        for name in ("lower", "upper", "rank", "compared", "flag", "fit", "fit_quality"):
            length = len(getattr(self, name))
            if length not in (0, size):
                raise MapViewError(
                    f"Map '{self.indicator}': {name} has {length} entries for {size} areas. "
                    "Leave it empty or give one per area."
                )
        classes = np.asarray(self.legend_class, dtype=np.int64)
        if size and not (classes.min() >= 0 and classes.max() < len(self.legend)):
            raise MapViewError(
                f"Map '{self.indicator}': legend_class runs from {classes.min()} to "
                f"{classes.max()} but the legend has {len(self.legend)} entries."
            )


# Wide enough for every figure that a computer number can hold.
_ROUNDING = Context(prec=400, rounding=ROUND_HALF_UP)


def format_number(value: float, decimals: int, unit: str = "") -> str:
    """Return a value as printed: "1,234", "12.3 %", "£512 per week".

    A unit that starts with a pound sign puts the sign before the number. Halves are rounded up
    as spreadsheets and browsers do, so that a figure is the same wherever it is printed.
    """
    if not math.isfinite(value):
        return "no figure"
    places = Decimal(1).scaleb(-decimals)
    rounded = _ROUNDING.quantize(Decimal(repr(float(value))), places)
    text = f"{rounded:,.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        text = text.replace("-", "")
    sign = "\N{MINUS SIGN}" if text.startswith("-") else ""
    text = text.removeprefix("-")
    if unit.startswith("£"):
        return f"{sign}£{text}{' ' if unit[1:].strip() else ''}{unit[1:].strip()}"
    return f"{sign}{text} {unit}".rstrip()


def as_printed(values: npt.ArrayLike, decimals: int) -> npt.NDArray[np.float64]:
    """Figures as `format_number` prints them, for tables and files that hold numbers.

    NumPy and pandas round halves to the even digit: their 16.2 would stand in a table beside
    the 16.3 of a map, both from 16.25.

    Args:
        values: of any shape; a missing one is NaN and stays so.
        decimals: places kept.
    """
    array = np.asarray(values, dtype=np.float64)
    whole, known = to_whole(array.ravel(), decimals)
    return np.where(known, whole / 10.0**decimals, np.nan)[: array.size].reshape(array.shape)


def sign_of(word: str, polarity: Polarity) -> str:
    """Return the sign of a legend entry: ▲ above the benchmark, ▼ below, ● similar.

    The sign gives the direction and the word the judgement, so "better" is ▲ where
    high is good and ▼ where low is good. A pattern of hot spots has two: the ward's
    own and its neighbours'.
    """
    if word in CLUSTER_SIGNS:
        return CLUSTER_SIGNS[word]
    if word in RECOVERY_SIGNS:
        return RECOVERY_SIGNS[word]
    above = {"higher", "better" if polarity == "high_is_good" else "worse"}
    if word == "similar":
        return "●"
    if word not in COMPARED[1:]:
        return ""
    return "▲" if word in above else "▼"


def count_classes(
    legend_class: npt.ArrayLike, entries: Iterable[tuple[str, str]]
) -> tuple[LegendEntry, ...]:
    """Return legend entries with the number of areas in each.

    `entries` are (key, label) pairs in legend order, `legend_class` positions in it.
    """
    pairs = list(entries)
    counts = np.bincount(np.asarray(legend_class, dtype=np.int64), minlength=len(pairs))
    return tuple(
        LegendEntry(key, label, int(count))
        for (key, label), count in zip(pairs, counts, strict=True)
    )


def pack_view(view: MapView) -> dict[str, Any]:
    """Return a view as a small JSON-able dictionary for the browser.

    Raises MapViewError when a figure is too large to be exact in the browser.
    """
    packed: dict[str, Any] = {
        "size": len(view.codes),
        "check": codes_check(tuple(view.codes)),
        "title": view.title,
        "indicator": view.indicator,
        "unit": view.unit,
        "decimals": view.decimals,
        "period": view.period,
        "scale": view.scale,
        "ranked": view.ranked,
        "benchmark": view.benchmark_name,
        "areas": view.area_word,
        "native": view.native_geography,
        "source": view.source,
        "description": view.description,
        "legend": [
            [entry.key, entry.label, entry.count, sign_of(entry.key, view.polarity)]
            for entry in view.legend
        ],
        "words": [[word, sign_of(word, view.polarity)] for word in COMPARED],
    }
    if math.isfinite(view.benchmark_value):
        packed["benchmark_text"] = format_number(view.benchmark_value, view.decimals, view.unit)
    packed["columns"] = _pack_columns(view)
    packed["flags"], flag = _index_words(view.flag)
    packed["columns"]["flag"] = pack_column(flag)
    packed["fits"], fit = _index_words(view.fit)
    compared = np.array([COMPARED.index(word) for word in view.compared], dtype=np.int64)
    # Both are short lists of words: in one number they take one character, not two.
    both = (fit if fit.size else 0) * len(COMPARED) + (compared if compared.size else 0)
    packed["columns"]["compared_and_fit"] = pack_column(np.asarray(both).ravel())
    return packed


def _pack_columns(view: MapView) -> dict[str, list[Any]]:
    """Pack the number columns; limits are stored as distances from the value."""
    value = to_whole(view.value, view.decimals)
    lower = to_whole(view.lower, view.decimals, size=len(value[0]))
    upper = to_whole(view.upper, view.decimals, size=len(value[0]))
    base = np.where(value[1], value[0], 0)
    quality = to_whole(np.asarray(view.fit_quality, dtype=float), 2)
    return {
        "value": pack_column(*value),
        "below": pack_column(base - lower[0], lower[1]),
        "above": pack_column(upper[0] - base, upper[1]),
        "rank": pack_column(np.asarray(view.rank, dtype=np.int64)),
        "class": pack_column(np.asarray(view.legend_class, dtype=np.int64)),
        "quality": pack_column(*quality),
    }


def to_whole(
    values: npt.ArrayLike, decimals: int, size: int = 0
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return values as whole numbers of the last printed decimal, and which exist.

    Rounds as `format_number` prints: a value within a hair of a half is settled as
    it does, since multiplying by a power of ten may tip it over.
    An empty column becomes `size` missing values.

    Raises:
        MapViewError: a value is too large to be exact.
    """
    array = np.asarray(values, dtype=np.float64)
    if array.size == 0:
        array = np.full(size, np.nan)
    known = np.isfinite(array)
    scaled = np.where(known, array, 0.0) * 10.0**decimals
    if scaled.size and np.abs(scaled).max() > _LARGEST:
        raise MapViewError(
            f"A map value of {array[known][np.abs(array[known]).argmax()]:g} with {decimals} "
            "decimals is too large to show exactly. Use fewer decimals or a larger unit."
        )
    whole = np.rint(scaled).astype(np.int64)
    fraction = np.abs(scaled - np.trunc(scaled))
    tolerance = np.maximum(1e-6, np.abs(scaled) * 1e-15)
    places = Decimal(1).scaleb(-decimals)
    for index in np.flatnonzero(known & (np.abs(fraction - 0.5) <= tolerance)):
        printed = _ROUNDING.quantize(Decimal(repr(float(array[index]))), places)
        whole[index] = int(printed.scaleb(decimals))
    return whole, known


def pack_column(
    numbers: npt.NDArray[np.int64], known: npt.NDArray[np.bool_] | None = None
) -> list[Any]:
    """Pack whole numbers as [offset, width, text]; missing ones become digit zero.

    An empty column is [0, 0, ""]; a column with one value throughout needs no text
    and is [value, 0, ""]; a column with nothing known is [null, 0, ""].
    """
    if numbers.size == 0:
        return [0, 0, ""]
    if known is None:
        known = np.ones(numbers.shape, dtype=bool)
    if not known.any():
        return [None, 0, ""]
    smallest, largest = int(numbers[known].min()), int(numbers[known].max())
    if smallest == largest and known.all():
        return [smallest, 0, ""]
    digits = np.where(known, numbers - smallest + 1, 0)
    width = 1
    while _BASE**width <= largest - smallest + 1:
        width += 1
    powers = np.array([_BASE**place for place in range(width - 1, -1, -1)], dtype=np.int64)
    symbols = (digits[:, None] // powers) % _BASE + _FIRST
    symbols += symbols >= _SKIPPED
    return [smallest, width, symbols.astype(np.uint8).tobytes().decode("ascii")]


def unpack_column(column: Sequence[Any], size: int) -> list[int | None]:
    """Return the numbers of a packed column, None where missing.

    The browser does the same; this one is for tests and for reading a packed view.
    """
    offset, width, text = column
    if width == 0:
        return [offset] * size
    numbers: list[int | None] = []
    for start in range(0, size * width, width):
        number = 0
        for symbol in text[start : start + width]:
            code = ord(symbol)
            number = number * _BASE + code - _FIRST - (code > _SKIPPED)
        numbers.append(None if number == 0 else number - 1 + offset)
    return numbers


@lru_cache(maxsize=64)
def codes_check(codes: tuple[str, ...]) -> int:
    """Return a checksum of the codes, so that the browser can refuse wrong boundaries."""
    return zlib.adler32(",".join(codes).encode("ascii"))


def _index_words(words: Sequence[str]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """Return the different words, and for each area the position of its word."""
    order: dict[str, int] = {}
    positions = [order.setdefault(word, len(order)) for word in words]
    return list(order) or [""], np.asarray(positions, dtype=np.int64)
