"""What the figures say about one ward on one action area, for people who look for a moment."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.need_matrix import class_scores, round_scores, sign_of_score
from analysis.need_scores import AreaNeed
from analysis.words import ordinal

_MEANINGS = {
    "▲": "More need than in most wards of England",
    "●": "About the middle of England's wards",
    "▼": "Less need than in most wards of England",
}


@dataclass(frozen=True)
class WardNeed:
    """A sign ("" where nothing can be said), and one or two sentences in plain words."""

    sign: str
    words: str


def describe_ward_need(need: AreaNeed, ward: str, place: str) -> WardNeed:
    """Say where a ward stands on an action area, among England's wards and in its place.

    The reader must be told nearby that the 1st has the highest need.

    Args:
        need: the scores of the wards of the place.
        ward: the code of one of them.
        place: the place's name.
    """
    row = need.table.loc[ward]
    sign = sign_of_score(int(class_scores([row["score"]])[0]))
    if not sign:
        return WardNeed("", "Too few figures here for a score.")
    score = round_scores([row["score"]])[0]
    order = f"{ordinal(int(row['rank']))} of {need.ranked} in {place}."
    return WardNeed(sign, f"{_MEANINGS[sign]} ({score:.0f} of 100). {order}")
