"""Read what somebody typed as a postcode, and say where postcodes outside England are."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

LONGEST = 80  # characters that are looked at
_WHOLE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})\b")
_SPACED = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)(?: ([0-9][A-Z]?))?")
_JOINED = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]?)")

OUTSIDE = {
    "S": "Scotland",
    "W": "Wales",
    "N": "Northern Ireland",
    "L": "the Channel Islands",
    "M": "the Isle of Man",
}
# Where the directory gives neither a place nor a district, the postcode area still says it.
OUTSIDE_AREAS = {
    "JE": "the Channel Islands",
    "GY": "the Channel Islands",
    "IM": "the Isle of Man",
    "BT": "Northern Ireland",
}


@dataclass(frozen=True)
class Query:
    """What was typed: `whole` postcode, `part` of one, or a `name`; "nothing" if empty.

    `readings` holds (outward, inward) pairs, the likelier first: "PE29" may be a district,
    or sector 9 of PE2.
    """

    kind: Literal["whole", "part", "name", "nothing"]
    readings: tuple[tuple[str, str], ...] = ()
    name: str = ""


def tidy(text: str) -> str:
    """Typed text in plain form: no odd spaces, no control characters, not too long."""
    plain = unicodedata.normalize("NFKC", text[: 4 * LONGEST])
    kept = (" " if unicodedata.category(c)[0] in "ZC" else c for c in plain)
    return " ".join("".join(kept).split())[:LONGEST].strip()


def parse_query(text: str) -> Query:
    """Tell a postcode, the beginning of one and a name apart; never raises.

    A whole postcode is found within other words too, in any case, with or without a space.
    """
    plain = tidy(text)
    capitals = " ".join(re.sub(r"[^A-Z0-9]+", " ", plain.upper()).split())
    if not capitals:
        return Query("name", name=plain) if plain else Query("nothing")
    # "P E 2 9 3 T N" is a postcode too, though words that only touch are not.
    whole = _WHOLE.search(capitals) or (
        _WHOLE.fullmatch(capitals.replace(" ", "")) if len(capitals) <= 13 else None
    )
    if whole:
        return Query("whole", ((whole[1], whole[2]),))
    readings = []
    if spaced := _SPACED.fullmatch(capitals):
        readings.append((spaced[1], spaced[2] or ""))
    if joined := _JOINED.fullmatch(capitals):
        readings.append((joined[1], joined[2]))
    return Query("part", tuple(readings)) if readings else Query("name", name=plain)


def name_outside(outward: str, district: str) -> str:
    """The country of a postcode outside England; "" for one in England or of no known place.

    Args:
        outward: its first part.
        district: the code the directory gives, "" where it gives none.
    """
    area = re.match("[A-Z]*", outward)
    return OUTSIDE.get(district[:1]) or OUTSIDE_AREAS.get(area[0] if area else "", "")
