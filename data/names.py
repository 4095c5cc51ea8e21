"""Names of places: as people typed them, made safe, and without what they write in two ways."""

from __future__ import annotations

import re
import unicodedata

LONGEST_NAME = 60
# A spreadsheet takes text that begins with one of these for a formula.
_FORMULA = "=+-@"
_SAME = {"saint": "st", "saints": "sts", "and": "", "the": "", "of": ""}


def simplify(name: str) -> str:
    """A name without what people leave out or write in two ways.

    Case, accents, apostrophes, hyphens, "&" and "and", "the", "of"; "Saint" is "St".
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"['’‘`´.]", "", plain)
    words = re.sub(r"[^a-z0-9]+", " ", plain).split()
    kept = [_SAME.get(word, word) for word in words]
    return " ".join(word for word in kept if word) or " ".join(words)


def clean_name(text: str) -> str:
    """A name as plain text: no control signs, single spaces, 60 letters, no formula.

    It may still hold < or *: what prints it escapes it.
    """
    kept = "".join(
        letter if unicodedata.category(letter)[0] != "C" else " "
        for letter in unicodedata.normalize("NFC", text[:2000])
    )
    return " ".join(kept.split()).lstrip(_FORMULA + " ")[:LONGEST_NAME].rstrip()
