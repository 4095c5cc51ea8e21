"""Names of places without what people leave out or write in two ways."""

from __future__ import annotations

import re
import unicodedata

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
