"""Find places by name, forgiving what people type."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from data.names import simplify as simplify  # noqa: PLC0414 (one of the words)

MOST = 40  # hits that are told apart; more are counted only
_CLOSE = 0.78  # ratio of difflib from which a name is a suggestion


@dataclass(frozen=True)
class Name:
    """One place: its code, its name, the name of what it lies in, and how they are searched."""

    code: str
    name: str
    within: str
    simple: str
    words: frozenset[str]
    within_words: frozenset[str]


@dataclass(frozen=True)
class Found:
    """Places found, the best first; `how` says how well: `exact`, `partly`, `close`, `none`."""

    how: str
    codes: tuple[str, ...] = ()
    count: int = 0


def make_names(places: Iterable[tuple[str, str, str]]) -> tuple[Name, ...]:
    """Prepare (code, name, name of what it lies in) for searching."""
    names = []
    for code, name, within in places:
        simple = simplify(name)
        inside = frozenset(simplify(within).split())
        names.append(Name(code, name, within, simple, frozenset(simple.split()), inside))
    return tuple(names)


def _holds(name: Name, wanted: list[str]) -> bool:
    """Whether each wanted word begins a word of the name, or of what it lies in.

    At least one must begin a word of the name itself.
    """
    own = [any(word.startswith(part) for word in name.words) for part in wanted]
    both = (
        mine or any(word.startswith(part) for word in name.within_words)
        for mine, part in zip(own, wanted, strict=True)
    )
    return any(own) and all(both)


def _in_order(found: list[Name], here: str, wanted: str) -> Found:
    """The best first: names that begin so, then those here, larger places, the shortest."""
    found.sort(
        key=lambda n: (not n.simple.startswith(wanted), here not in (n.within, n.name),
                       bool(n.within), len(n.simple), n.simple, n.within)
    )  # fmt: skip
    return Found("", tuple(name.code for name in found[:MOST]), len(found))


def find_names(text: str, names: tuple[Name, ...], here: str = "") -> Found:
    """Find places whose name is, holds, or resembles what was typed; never raises.

    Args:
        text: as typed; "Ramsey, Huntingdonshire" looks for Ramsey in Huntingdonshire.
        names: see `make_names`.
        here: the name of the place shown, whose wards come first.
    """
    wanted = simplify(text)
    if len(wanted) < 2:
        return Found("none")
    head, _, tail = text.partition(",")
    exact = [name for name in names if name.simple == wanted]
    if not exact and tail.strip():
        head_simple, parts = simplify(head), simplify(tail).split()
        exact = [n for n in names if n.simple == head_simple and _within(n, parts)]
    if exact:
        found = _in_order(exact, here, wanted)
        return Found("exact", found.codes, found.count)
    parts = wanted.split()
    partly = [name for name in names if _holds(name, parts)]
    if partly:
        found = _in_order(partly, here, wanted)
        return Found("partly", found.codes, found.count)
    close = _find_close(wanted, names, here)
    return close if close.count else _find_corrected(parts, names, here)


def _within(name: Name, parts: list[str]) -> bool:
    return all(any(word.startswith(part) for word in name.within_words) for part in parts)


def _find_close(wanted: str, names: tuple[Name, ...], here: str) -> Found:
    """Names that differ by a typing error or two (difflib's ratio)."""
    if len(wanted) < 4:
        return Found("none")
    spellings = dict.fromkeys(name.simple for name in names)
    similar = [s for s in spellings if abs(len(s) - len(wanted)) <= max(2, len(wanted) // 4)]
    close = difflib.get_close_matches(wanted, similar, n=6, cutoff=_CLOSE)
    if not close:
        return Found("none")
    best = {spelling: place for place, spelling in enumerate(close)}
    found = [name for name in names if name.simple in best]
    found.sort(key=lambda n: (best[n.simple], here not in (n.within, n.name), n.within))
    return Found("close", tuple(name.code for name in found[:MOST]), len(found))


def _find_corrected(parts: list[str], names: tuple[Name, ...], here: str) -> Found:
    """Names that hold the words once each unknown word is replaced by the likeliest known one."""
    known = sorted({word for name in names for word in name.words | name.within_words})
    corrected = []
    for part in parts:
        if any(word.startswith(part) for word in known):
            corrected.append(part)
            continue
        similar = [word for word in known if abs(len(word) - len(part)) <= 2]
        close = difflib.get_close_matches(part, similar, n=1, cutoff=_CLOSE)
        if len(part) < 4 or not close:
            return Found("none")
        corrected.append(close[0])
    found = [name for name in names if _holds(name, corrected)]
    ordered = _in_order(found, here, " ".join(corrected))
    return Found("close" if found else "none", ordered.codes, ordered.count)
