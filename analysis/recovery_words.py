"""Recovery in words: classes, the finding, key sentences, and the rows of the table."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.map_view import RECOVERY_SIGNS, as_printed, format_number
from analysis.recovery import CLEARLY_BETTER, RECOVERED, SMALL, STEP
from analysis.words import count_words, join_words
from data.catalogue import Indicator
from data.periods import read_period
from data.recovery import RecoverySeries

CLASS_WORDS = {
    "better_than_before": "better than before",
    "recovered": "recovered",
    "recovering": "recovering",
    "stalled": "stalled",
    "worsening": "worsening",
    "not_hit": "not hit",
    "in_margin": "within the margin of error",
    "cannot_tell": "cannot be told",
}
#: The order in which places are listed: those furthest from where they were first.
ORDER = (
    "worsening",
    "stalled",
    "recovering",
    "recovered",
    "better_than_before",
    "in_margin",
    "not_hit",
    "cannot_tell",
)
HIT = ("worsening", "stalled", "recovering", "recovered", "better_than_before")
BACK = ("recovered", "better_than_before")

METHOD = (
    "Recovery % = (worst − latest) ÷ (worst − before) × 100, where worst is the worst figure "
    "since March 2020. 100 % is back where it was; over 100 % is better than before; under 0 % "
    "is beyond the worst. "
    f"Recovered: {RECOVERED:.0f} % or more. Better than before: over 100 % and the intervals of "
    f"now and before do not overlap (without intervals: {CLEARLY_BETTER:.0f} % or more). "
    f"Worsening: still at or beyond the worst, or {STEP:.0f} % or more of it came back over the "
    f"last year. Stalled: less than {STEP:.0f} % of it was made good over the last year. "
    "Recovering: all others. Not hit: the worst is no worse than before. Within the margin of "
    "error: it is worse, but the 95 % intervals overlap. The interval of recovery % is "
    "approximate (delta method). "
    f"Small numbers: fewer than {SMALL} people, households or cases behind a figure."
)
#: How many similar councils a place is compared with.
HOW_MANY = 10
SIMILAR_METHOD = (
    f"Similar councils are the {HOW_MANY} districts of England that are most like a council in "
    "the characteristics that make wards similar on the Ward profile (age, density, town or "
    "country, who owns the homes, kind of home, ethnic group; never need), each standardised over "
    "all districts. Their figure is that of all of them together: counts added, then divided."
)


def class_words(name: str, rule: RecoverySeries) -> str:
    """A class in words; where a rise is not judged, in words that do not judge."""
    if rule.judged:
        return CLASS_WORDS[name]
    unjudged = {"better_than_before": "lower than before", "worsening": rule.worse_words}
    unjudged |= {"not_hit": "no rise", "recovered": "back at the level before"}
    unjudged |= {"recovering": "falling back", "stalled": "level but above before"}
    return unjudged.get(name, CLASS_WORDS[name])


def sign_words(name: str, rule: RecoverySeries) -> str:
    """Sign and words of a class: "(+) recovering"."""
    return f"{RECOVERY_SIGNS.get(name, '')} {class_words(name, rule)}".strip()


def order_areas(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of `recovery.compute_recovery`, those furthest from where they were first."""
    place = frame["class"].map({name: n for n, name in enumerate(ORDER)})
    size = -frame["size"].abs()
    keys = frame.assign(_place=place, _size=size)
    keys = keys.sort_values(["_place", "recovery", "_size"], kind="stable")
    return frame.loc[keys.index]


def percent_words(value: float) -> str:
    """51.3 -> "51 %", missing -> "–"."""
    return "–" if np.isnan(value) else format_number(value, 0, "%")


def baseline_label(baseline: tuple[str, str]) -> str:
    """The baseline in words: "2019", "average of March 2019 to February 2020"."""
    first, last = (read_period(key).label for key in baseline)
    return first if first == last else f"average of {first} to {last}"


def make_title(frame: pd.DataFrame, indicator: Indicator, rule: RecoverySeries) -> str:
    """The finding: how many of the areas that were hit are back."""
    hit = int(frame["class"].isin(HIT).sum())
    back = int(frame["class"].isin(BACK).sum())
    name = indicator.short_name
    if not len(frame) or (frame["class"] == "cannot_tell").all():
        return f"{name}: recovery cannot be told here"
    wards = count_words(hit, "ward", "wards")
    if not hit:
        return f"{name}: no ward clearly {'hit' if rule.judged else 'above before'}"
    if rule.judged and not back:
        return f"{name}: none of {wards} hit has recovered"
    if rule.judged:
        return f"{name}: {back:,} of {wards} hit {'has' if back == 1 else 'have'} recovered"
    if not back:
        return f"{name}: {wards} above the level before"
    return f"{name}: {back:,} of {wards} back at the level before"


def describe_area(row: pd.Series, name: str, indicator: Indicator, rule: RecoverySeries) -> str:
    """One area in a sentence; every number is one of the row."""
    if row["class"] == "cannot_tell":
        return f"{name}: cannot be told; {row['reason']}."

    def say(key: str) -> str:
        return format_number(row[key], indicator.decimals, indicator.unit)

    when = read_period(row["shock_period"]).label
    told = f"{name}: {say('baseline')} before, {say('shock')} at its "
    told += f"{'worst' if rule.judged else 'highest'} ({when}), {say('latest')} at the latest"
    return f"{told}: {class_words(row['class'], rule)}{_recovery_words(row)}."


def _recovery_words(row: pd.Series) -> str:
    if np.isnan(row["recovery"]):
        return ""
    text = f", {percent_words(row['recovery'])} made good"
    if row["recovery"] < 0:
        text = f", recovery {percent_words(row['recovery'])}"
    if np.isnan(row["recovery_low"]):
        return text
    low, high = percent_words(row["recovery_low"]), percent_words(row["recovery_high"])
    return f"{text} (interval {low} to {high})"


def count_classes_words(frame: pd.DataFrame, rule: RecoverySeries) -> str:
    """How many wards are in each class: "12 recovering, 3 stalled and 1 cannot be told"."""
    counts = frame["class"].value_counts()
    said = [f"{counts[c]:,} {class_words(c, rule)}" for c in ORDER if counts.get(c)]
    return f"Wards: {join_words(said)}."


def describe_furthest(frame: pd.DataFrame, names: pd.Series, rule: RecoverySeries) -> str:
    """The wards furthest from where they were; "" where none is away from it."""
    away = order_areas(frame[frame["class"].isin(["worsening", "stalled", "recovering"])])[:3]
    if away.empty:
        return ""
    said = [f"{names[code]} ({_short(row, rule)})" for code, row in away.iterrows()]
    start = "Furthest from before" if rule.judged else "Furthest above before (recovery)"
    return f"{start}: {join_words(said)}."


def weak_words(row: pd.Series) -> str:
    """Why a row that is told is weak: "small numbers, partly estimated"; "" where it is not."""
    if row["class"] == "cannot_tell":
        return ""
    parts = ["small numbers"] if row["small"] else []
    parts += ["partly estimated"] if row["estimated"] else []
    return ", ".join(parts)


def _short(row: pd.Series, rule: RecoverySeries) -> str:
    back = percent_words(row["recovery"])
    return f"{class_words(row['class'], rule)}, {back}" if rule.judged else back


def make_table(
    frame: pd.DataFrame, names: pd.Series, indicator: Indicator, rule: RecoverySeries
) -> pd.DataFrame:
    """The rows behind the view, with plain headings, furthest from before first."""
    rows = order_areas(frame)
    unit = f" ({indicator.unit})" if indicator.unit else ""
    digits = indicator.decimals
    table = {"Area": names.reindex(rows.index).to_numpy(), "Code": rows.index}
    heads = {"baseline": "Before", "shock": "Worst", "latest": "Latest"}
    for key, head in heads.items():
        table[f"{head}{unit}"] = as_printed(rows[key], digits)
        table[f"{head}, lower 95 % limit"] = as_printed(rows[f"{key}_low"], digits)
        table[f"{head}, upper 95 % limit"] = as_printed(rows[f"{key}_high"], digits)
    labels = [read_period(key).label if key else "" for key in rows["shock_period"]]
    notes = [row["reason"] or weak_words(row) for _, row in rows.iterrows()]
    return pd.DataFrame(
        table
        | {
            "Worst in": labels,
            f"Worst minus before{unit}": as_printed(rows["size"], digits + 1),
            "Recovery %": as_printed(rows["recovery"], 1),
            "Recovery %, lower limit": as_printed(rows["recovery_low"], 1),
            "Recovery %, upper limit": as_printed(rows["recovery_high"], 1),
            "Made good over the last year, %": as_printed(rows["progress"], 1),
            "Class": [class_words(c, rule) for c in rows["class"]],
            "Note": notes,
        }
    )
