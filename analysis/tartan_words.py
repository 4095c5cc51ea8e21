"""The words, rows and looks of the tartan rug."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.heat_table import Direction, HeatColumn, HeatTable
from analysis.map_view import format_number, sign_of
from analysis.tartan import FIFTHS, Rug, RugColumn, count_looks, has_interval
from analysis.words import count_words, join_words, keep_short, ordinal

Rows = npt.NDArray[np.int64]

_SPECIAL = {
    "plain": "Not compared",
    "suppressed": "Withheld (small number)",
    "not_available": "No figure",
    "not_estimated": "No estimate (no LSOA fits)",
}


def make_rug_title(rug: Rug, benchmark: str) -> str:
    """State which ward has most worse cells: "Huntingdon North: worse on 9 of 14 figures"."""
    number = count_words(len(rug.columns), "indicator", "indicators")
    worse = rug.worse
    if not rug.judged or not len(worse) or not worse.max():
        wards = count_words(len(rug.wards), "ward", "wards")
        return keep_short(f"{number} for {wards} of {rug.place}", f"{number} for {wards}")
    top = np.flatnonzero(worse == worse.max())
    name = f"{len(top)} wards" if len(top) > 1 else rug.wards["ward_name"].iat[top[0]]
    share = f"on {worse.max()} of {rug.judged}"
    return keep_short(f"{name}: worse than {benchmark} {share}", f"{name}: worse {share}")


def explain_worse(benchmark: str) -> str:
    """What is counted as worse, in one sentence."""
    return (
        f"Worse: the 95 % interval lies on the worse side of {benchmark}; where a figure has no "
        "interval, it stands in the worst fifth of England"
    )


def describe_rug(rug: Rug, benchmark: str) -> str:
    """The rug in sentences, for screen readers and for pasting into a report."""
    wards = count_words(len(rug.wards), "ward", "wards")
    parts = [
        f"{rug.place}, {wards}, {count_words(len(rug.columns), 'indicator', 'indicators')}, "
        f"compared with {benchmark}."
    ]
    if rug.judged and len(rug.wards):
        parts.append(f"{explain_worse(benchmark)}.")
        said = [f"{rug.wards['name'].iat[i]} ({rug.worse[i]})" for i in _most_worse(rug.worse)]
        if said:
            parts.append(f"Most worse figures, of {rug.judged}: {join_words(said)}.")
        none = int((rug.worse == 0).sum())
        parts.append(f"{count_words(none, 'ward has', 'wards have')} none.")
    missing = sum(int(np.isnan(column.printed).sum()) for column in rug.columns)
    if missing:
        parts.append(f"{count_words(missing, 'cell has', 'cells have')} no figure.")
    return " ".join(parts)


def _most_worse(worse: Rows) -> Rows:
    """The wards with most worse figures, about three; wards that share a number stay together."""
    order = np.argsort(-worse, kind="stable")
    order = order[worse[order] > 0]
    for size in range(min(3, len(order)), 0, -1):
        together = order[worse[order] >= worse[order[size - 1]]]
        if len(together) <= 6:
            return together
    return order[:0]


def describe_cell(column: RugColumn, ward: str, place: str) -> list[str]:
    """What is known of one cell, a sentence each; the first is the figure or "No figure"."""
    row = column.frame.index.get_loc(ward)
    indicator, benchmark = column.indicator, column.benchmark
    if np.isnan(column.printed[row]):
        return ["No figure", _capital(column.words[row])]
    record = column.frame.loc[ward]
    unit = " ".join(part for part in (indicator.unit, indicator.denominator_words) if part)
    lines = [format_number(record["value"], indicator.decimals, unit)]
    if not np.isnan(record["lower_ci"]):
        low = format_number(record["lower_ci"], indicator.decimals)
        high = format_number(record["upper_ci"], indicator.decimals, indicator.unit)
        lines.append(f"95 % interval: {low} to {high}")
    if not np.isnan(record["numerator"]) and indicator.measure in ("percentage", "rate"):
        lines.append(
            f"{format_number(record['numerator'], 0)} of {format_number(record['denominator'], 0)}"
        )
    lines.append(f"{column.sign[row]} {_capital(column.words[row])}".strip())
    if indicator.measure != "count":
        printed = format_number(benchmark.value, indicator.decimals, indicator.unit)
        lines.append(f"{benchmark.name}: {printed}")
    if indicator.ranked:
        ranked = int((column.frame["rank"] > 0).sum())
        lines.append(
            f"{ordinal(int(record['rank']))} highest of {count_words(ranked, 'ward', 'wards')} "
            f"in {place}"
        )
    lines.append(f"Period: {column.period_label}")
    return lines


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def make_rug_table(rug: Rug) -> pd.DataFrame:
    """All wards and figures with plain headings, and beside each figure how it compares."""
    wards = rug.wards
    table = {
        "Area": wards["ward_name"],
        "Council": wards["district_name"],
        "Code": pd.Series(wards.index, index=wards.index),
        "People": wards["population"],
    }
    if rug.judged:
        table[f"Worse figures (of {rug.judged})"] = pd.Series(rug.worse, index=wards.index)
    for column in rug.columns:
        indicator = column.indicator
        unit = f" ({indicator.unit})" if indicator.unit else ""
        name = f"{indicator.name}{unit}, {column.period_label}"
        table[name] = pd.Series(column.printed, index=wards.index)
        table[f"{name}: compared"] = pd.Series(list(column.words), index=wards.index)
    return pd.DataFrame(table)


def make_rug_heat_table(
    rug: Rug,
    rows: Rows,
    groups: Mapping[str, str],
    sort: tuple[str, Direction],
    selected: tuple[str, str] = ("", ""),
) -> HeatTable:
    """The rows that are shown, as a table with signs, figures and colours.

    Args:
        rug: all wards of the place.
        rows: positions of the wards to show, in order.
        groups: theme id -> its name, the headings above the columns.
        sort: what the rows are sorted by.
        selected: ward code and indicator id, "" for none.
    """
    wards = rug.wards.iloc[rows]
    several = wards["district_name"].nunique() > 1
    columns = [_heat_column(column, rows, groups) for column in rug.columns]
    if rug.judged:
        columns.insert(0, _count_column(rug, rows))
    columns.append(people_column(wards["population"]))
    return HeatTable(
        label=f"Wards of {rug.place} by indicators",
        codes=list(wards.index),
        names=wards["ward_name"].tolist(),
        subnames=wards["district_name"].tolist() if several else (),
        columns=columns,
        sort=sort,
        legend=_make_legend(rug, rows),
        selected=selected,
    )


def people_column(population: pd.Series) -> HeatColumn:
    """The number of people of each ward, for reading the figures beside it."""
    texts = ["" if np.isnan(number) else format_number(number, 0) for number in population]
    return HeatColumn("people", "People", texts, about="People, Census 2021", can_choose=False)


def _count_column(rug: Rug, rows: Rows) -> HeatColumn:
    texts = [str(number) for number in rug.worse[rows]]
    return HeatColumn(
        "worse", "Worse", texts, f"of {rug.judged}", about="Worse figures", can_choose=False
    )


def _heat_column(column: RugColumn, rows: Rows, groups: Mapping[str, str]) -> HeatColumn:
    indicator, frame = column.indicator, column.frame
    decimals = indicator.decimals
    # A pound sign belongs to each amount, other units to the heading.
    unit = indicator.unit if indicator.unit.startswith("£") else ""
    values, low, high = (
        frame[name].to_numpy(dtype=float)[rows] for name in ("value", "lower_ci", "upper_ci")
    )
    figure = format_number(column.benchmark.value, decimals, unit)
    return HeatColumn(
        id=indicator.id,
        name=indicator.short_name,
        unit="" if unit else indicator.unit,
        about=f"{indicator.name}, {column.period_label}",
        foot="" if indicator.measure == "count" else f"{column.benchmark.name} {figure}",
        group=groups[indicator.theme],
        texts=["" if np.isnan(v) else format_number(v, decimals, unit) for v in values],
        signs=column.sign[rows].tolist(),
        looks=column.look[rows].tolist(),
        words=column.words[rows].tolist(),
        ranges=[_print_range(*limits, decimals) for limits in zip(low, high, strict=True)],
        ranks=frame["rank"].to_numpy()[rows].tolist() if indicator.ranked else (),
        ranked=int((frame["rank"].to_numpy() > 0).sum()),
    )


def _print_range(low: float, high: float, decimals: int) -> str:
    if np.isnan(low) or np.isnan(high):
        return ""
    return f"{format_number(low, decimals)} to {format_number(high, decimals)}"


def _make_legend(rug: Rug, rows: Rows) -> list[tuple[str, str, str, int]]:
    """Key, sign, label and number of cells; what does not occur is left out."""
    tested = [c for c in rug.columns if has_interval(c.indicator)]
    open_ones = [c for c in rug.columns if not has_interval(c.indicator)]
    entries: list[tuple[str, str, str, int]] = []
    benchmark = rug.columns[0].benchmark.name if rug.columns else ""
    counts = count_looks(tested, rows)
    for key in ("worse", "similar", "better", "higher", "lower"):
        if not counts.get(key):
            continue
        judged = key in ("worse", "better")
        sign = _signs_of(tested, key, rows) if judged else sign_of(key, "no_judgement")
        link = "to" if key == "similar" else "than"
        entries.append((key, sign, f"{key.capitalize()} {link} {benchmark}", counts[key]))
    counts = count_looks(open_ones, rows)
    # The first fifth that occurs says what all of them are.
    sign, before = "△▽○", "No interval, fifths of England: "
    for number, label in enumerate(_fifth_labels(open_ones)):
        key = f"class_{5 - number}"
        if counts.get(key):
            entries.append((key, sign, f"{before}{label}", counts[key]))
            sign = before = ""
    counts = count_looks(rug.columns, rows)
    entries += [(key, "", label, counts[key]) for key, label in _SPECIAL.items() if key in counts]
    return entries


def _signs_of(columns: list[RugColumn], key: str, rows: Rows) -> str:
    """The signs that stand for better or worse among some columns: ▲, ▼ or both."""
    found: set[str] = set()
    for column in columns:
        found.update(column.sign[rows][column.look[rows] == key].tolist())
    return "".join(sign for sign in "▲▼" if sign in found)


def _fifth_labels(columns: list[RugColumn]) -> list[str]:
    """Labels of the fifths: worst first, or highest first where no side is worse."""
    polarities = [column.indicator.polarity for column in columns]
    names = [FIFTHS[False]] if any(p != "no_judgement" for p in polarities) else []
    names += [FIFTHS[True]] if "no_judgement" in polarities or not names else []
    return [f"{' or '.join(dict.fromkeys(words))} fifth" for words in zip(*names, strict=True)]
