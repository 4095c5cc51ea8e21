"""Need then and now: how a ward's standing among all wards changed, indicator by indicator.

Each period has its own percentiles among all wards in England, turned so that high means more
need. So a ward that improved as much as the rest of England stays where it was. A change of
definition, index or boundaries between the periods is a break: the row is kept, marked, and
never counted as a rise or fall.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.comparison import compute_percentiles
from analysis.map_view import format_number
from analysis.need_scores import ActionAreaInput, NeedScoreError, ScoredIndicator, turn
from analysis.words import count_words
from data.breaks import Break
from data.periods import read_period

#: A first period must hold this share of the wards that have a figure now.
LEAST_COVERED = 0.95
#: A smaller change of percentile is "about the same".
LEAST_CHANGE = 5.0

COLUMNS = (
    "ward",
    "indicator_id",
    "indicator",
    "short_name",
    "period_then",
    "period_now",
    "value_then",
    "value_now",
    "then",
    "now",
    "change",
    "break_kind",
    "break_reason",
)


@dataclass(frozen=True)
class NeedChange:
    """Need then and now on one action area.

    `table`: one row per ward and indicator with several periods, indicators in the order of
    the action area; columns `COLUMNS`: ward code, indicator id, name and short name, both period
    keys, both values in the indicator's unit, both percentiles among English wards (high means
    more need), their difference, and what broke between the periods, "" where nothing did. NaN
    where there is no figure. `one_period`: names of the indicators that have a single period.
    """

    table: pd.DataFrame
    one_period: tuple[str, ...]


def choose_periods(
    values: pd.DataFrame, everywhere: pd.Index, baseline: str = ""
) -> tuple[str, str] | None:
    """The two periods to compare: the newest, and the one to start from.

    Args:
        values: tidy values of one indicator.
        everywhere: codes of all wards in England.
        baseline: period key to start from where the indicator has it. Otherwise the first
            period with a figure for at least 95 % of the wards that have one in the newest.

    Returns:
        None where there is only one such period.
    """
    known = values[values["value"].notna() & values["area_code"].isin(everywhere)]
    if known.empty:
        return None
    counts = known.groupby("period", observed=True).size()
    ends = known.drop_duplicates("period").set_index("period")["period_end"]
    order = [str(p) for p in ends.sort_values().index]
    newest = order[-1]
    covered = [p for p in order if counts[p] >= LEAST_COVERED * counts[newest]]
    first = baseline if baseline in covered else covered[0]
    return None if first == newest else (first, newest)


def _place(
    values: pd.DataFrame,
    period: str,
    scored: ScoredIndicator,
    wards: pd.Index,
    everywhere: pd.Index,
) -> tuple[np.ndarray, np.ndarray]:
    chosen = values[values["period"] == period].set_index("area_code")["value"]
    chosen.index = chosen.index.astype(object)
    own = chosen.reindex(wards).to_numpy()
    return own, turn(compute_percentiles(own, chosen.reindex(everywhere)), scored.direction)


def _find_breaks(breaks: Iterable[Break], indicator: str, then: str, now: str) -> tuple[str, str]:
    start, end = read_period(then).start, read_period(now).start
    between = [
        b
        for b in breaks
        if b.indicator_id == indicator and start < read_period(b.first_period).start <= end
    ]
    kinds = dict.fromkeys(b.kind for b in between)
    return ", ".join(kinds), " ".join(dict.fromkeys(b.reason for b in between))


def compute_need_change(
    area: ActionAreaInput,
    values: Mapping[str, pd.DataFrame],
    wards: pd.Index,
    everywhere: pd.Index,
    breaks: Iterable[Break] = (),
    baselines: Mapping[str, str] | None = None,
) -> NeedChange:
    """Place wards among all wards in England then and now, for each indicator of an area.

    Args:
        area: indicators of weight 0 are left out.
        values: indicator id -> its tidy values of all periods.
        wards: codes of the wards to show.
        everywhere: codes of all wards in England.
        breaks: where series change in kind (see `data.breaks`).
        baselines: indicator id -> period key to start from (see `choose_periods`).

    Raises:
        NeedScoreError: no values for an indicator.
    """
    breaks, parts, single = tuple(breaks), [], []
    for scored in area.indicators:
        indicator = scored.indicator
        if not scored.weight:
            continue
        if indicator.id not in values:
            raise NeedScoreError(f"{area.heading}: no values were given for {indicator.id}.")
        own = values[indicator.id]
        periods = choose_periods(own, everywhere, (baselines or {}).get(indicator.id, ""))
        if periods is None:
            single.append(indicator.name)
            continue
        before, then = _place(own, periods[0], scored, wards, everywhere)
        after, now = _place(own, periods[1], scored, wards, everywhere)
        kind, reason = _find_breaks(breaks, indicator.id, *periods)
        row = (
            *(wards, indicator.id, indicator.name, indicator.short_name, *periods),
            *(before, after, then, now, now - then, kind, reason),
        )
        parts.append(pd.DataFrame(dict(zip(COLUMNS, row, strict=True))))
    empty = pd.DataFrame({column: [] for column in COLUMNS})
    table = pd.concat(parts, ignore_index=True) if parts else empty
    return NeedChange(table, tuple(single))


def change_word(change: float) -> str:
    """Say in words which way a ward's standing moved: five points or more count."""
    if np.isnan(change):
        return "no figure"
    if abs(change) < LEAST_CHANGE:
        return "about the same"
    return "more need" if change > 0 else "less need"


def _count(rows: pd.DataFrame) -> dict[str, int]:
    sound = rows[(rows["break_kind"] == "") & rows["change"].notna()]
    words = [change_word(c) for c in sound["change"]]
    counts = {w: words.count(w) for w in ("more need", "less need", "about the same")}
    return {**counts, "all": len(sound), "broken": int((rows["break_kind"] != "").sum())}


def make_change_title(change: NeedChange, ward: str, name: str) -> str:
    """State in about ten words how a ward's standing changed; broken series are not counted."""
    counts = _count(change.table[change.table["ward"] == ward])
    if not counts["all"]:
        return f"{name}: no like-for-like figures then and now"
    sound = count_words(counts["all"], "indicator", "indicators")
    for word in ("more need", "less need"):
        if 2 * counts[word] > counts["all"]:
            return f"{name}: {word} than before on {counts[word]} of {sound}"
    if 2 * counts["about the same"] > counts["all"]:
        return f"{name} stands about where it stood before"
    return f"{name}: no one direction among {sound}"


def describe_change(change: NeedChange, ward: str, name: str) -> str:
    """Say in sentences how a ward's standing changed and what cannot be compared."""
    rows = change.table[change.table["ward"] == ward]
    counts = _count(rows)
    parts = [f"{name}, compared with all wards in England in each period."]
    for row in rows.itertuples():
        periods = (
            f"{read_period(str(row.period_then)).label} to {read_period(str(row.period_now)).label}"
        )
        if np.isnan(row.change):
            parts.append(f"{row.indicator} ({periods}): a figure is missing.")
            continue
        then, now = format_number(row.then, 0), format_number(row.now, 0)
        said = f"{row.indicator} ({periods}): from {then} to {now} of 100"
        how = f"not like for like: {row.break_reason}" if row.break_kind else ""
        parts.append(f"{said}, {how or change_word(row.change) + '.'}")
    if counts["broken"]:
        parts.append(f"{count_words(counts['broken'], 'row', 'rows')} with a break not counted.")
    if change.one_period:
        many = count_words(len(change.one_period), "indicator has", "indicators have")
        parts.append(f"{many} one period only: {'; '.join(change.one_period)}.")
    return " ".join(parts)
