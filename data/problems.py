"""A mistake in a file that a person wrote: where it stands, what is wrong, what is allowed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake. `line` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    what: str
    allowed: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.what}; {self.allowed}.".replace("\n", " ")


def shown_path(path: Path) -> str:
    """The path as people know it: from the project's folder where it lies inside."""
    try:
        return path.resolve().relative_to(ROOT).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


def closest(word: str, known: Iterable[str]) -> str:
    """The known word nearest to a misspelled one, "" when none is near."""
    folded = {name.casefold(): name for name in known}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else ""


def suggest(word: str, known: Iterable[str], otherwise: str) -> str:
    """What is allowed, after "did you mean …?" where a known word is near."""
    near = closest(word, known)
    return f"did you mean {near!r}? {otherwise}" if near else otherwise
