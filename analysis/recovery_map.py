"""The map of recovery classes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.choropleth import Subject
from analysis.classes import SPECIAL_CLASSES
from analysis.map_view import MapView, count_classes
from analysis.palette import RECOVERY_KEYS
from analysis.recovery_words import class_words, describe_area
from analysis.words import GEOGRAPHY_WORDS, NO_LSOA
from data.recovery import RecoverySeries

#: Limits of the steps of recovery %; the palest step is furthest back, the darkest least.
LIMITS = (0, 25, 50, 75)
STEPS = (
    ("class_5", "under 0 %: beyond the worst"),
    ("class_4", "0 to 24 %"),
    ("class_3", "25 to 49 %"),
    ("class_2", "50 to 74 %"),
    ("class_1", "75 % or more"),
)
UNJUDGED_STEP = ("class_5", "under 0 %: beyond the peak")


def make_recovery_view(
    frame: pd.DataFrame,
    wards: pd.DataFrame,
    subject: Subject,
    rule: RecoverySeries,
    words: tuple[str, str],
    selected: str | None = None,
    shade: str = "class",
) -> MapView:
    """Describe the map of classes; the figure of an area is its recovery %.

    Args:
        frame: see `recovery.compute_recovery`, in the order of the boundary file's codes.
        wards: index as frame; columns name, lsoa_count.
        subject: what is shown, with the latest period.
        rule: of the series.
        words: title and description.
        selected: code of the selected ward.
        shade: `class`, or `percent`: steps of recovery % instead of the classes of those hit.

    Classes that do not occur stand in the legend with 0; missing figures keep their pattern.
    """
    legend_class, entries = _classify(frame, wards, rule, shade)
    sentences = [
        NO_LSOA if gone else describe_area(row, "", subject.indicator, rule).removeprefix(": ")
        for gone, (_, row) in zip(wards["lsoa_count"] == 0, frame.iterrows(), strict=True)
    ]
    return MapView(
        codes=list(frame.index),
        value=frame["recovery"].to_numpy(),
        legend_class=legend_class,
        legend=count_classes(legend_class, entries),
        title=words[0],
        indicator=f"Recovery: {subject.indicator.name}",
        unit="% of the way back",
        decimals=0,
        period=subject.period_label,
        scale="clusters" if shade == "class" else "sequential",
        polarity="high_is_good",
        lower=frame["recovery_low"].to_numpy(),
        upper=frame["recovery_high"].to_numpy(),
        flag=sentences,
        native_geography=GEOGRAPHY_WORDS[subject.source.geography],
        source=subject.source_line,
        description=words[1],
        selected=selected,
    )


def _classify(
    frame: pd.DataFrame, wards: pd.DataFrame, rule: RecoverySeries, shade: str
) -> tuple[list[int], list[tuple[str, str]]]:
    """The class of each area, and the (key, label) pairs of the legend."""
    kinds = frame["class"].to_numpy(dtype="<U20")
    withheld = frame["reason"].str.contains("withheld").to_numpy(dtype=bool)
    empty = wards["lsoa_count"].to_numpy() == 0
    special = np.where(withheld, "suppressed", np.where(empty, "not_estimated", "not_available"))
    keys = np.where(kinds == "cannot_tell", special, kinds)
    entries = [(key, class_words(key, rule).capitalize()) for key in RECOVERY_KEYS]
    if shade == "percent":
        # As printed, so that a figure never stands beside the wrong label.
        back = frame["recovery"].round(0).to_numpy()
        steps = np.array([f"class_{n}" for n in range(5, 0, -1)])
        keys = np.where(np.isnan(back), keys, steps[np.digitize(back, LIMITS)])
        steps_words = STEPS if rule.judged else (UNJUDGED_STEP, *STEPS[1:])
        entries = [
            *steps_words,
            *(entry for entry in entries if entry[0] in ("not_hit", "in_margin")),
        ]
    entries += [(key, label) for key, label in SPECIAL_CLASSES if (keys == key).any()]
    places = {key: n for n, (key, _) in enumerate(entries)}
    return [places[key] for key in keys], entries
