"""The dictionary of an own figure: suggested, filled in, checked, and made into an `Indicator`.

Every map and chart takes an `Indicator` of the catalogue; an own one differs only by its id,
which begins with `own_`, and its theme.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

from data.catalogue import Catalogue, Indicator, Source, Theme
from data.catalogue_entries import MEASURES, POLARITIES
from data.names import simplify
from data.own.shapes import POINT_KINDS, Checked, OwnIndicator
from data.problems import Problem

THEME = Theme("own", "Your own figures", "Figures that you brought yourself.")
PREFIX = "own_"
NOT_SAID = "not said"
_LONGEST = {"name": 80, "unit": 40, "source": 200, "publisher": 120, "licence": 120,
            "definition": 1_000, "period_words": 120}  # fmt: skip
_UNITS = {"percentage": "%", "count": "", "money": "£", "rate": "per 1,000", "mean": "",
          "score": "", "ratio": ""}  # fmt: skip
_GEOGRAPHY = {"ward_code": "ward25", "ward_name": "ward25", "lsoa_code": "lsoa21",
              "district_code": "district", "postcode": "postcode", "point": "postcode"}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def suggest_entry(checked: Checked, measure: str) -> OwnIndicator:
    """A first dictionary of one measure: what can be told from the file; the rest is empty."""
    mapping = checked.mapping
    rows = checked.rows[checked.rows["measure"] == measure]
    kind = mapping.measure
    counted = bool(rows["denominator"].notna().any()) and kind in ("percentage", "rate", "ratio")
    # A row for each place with a figure of its own: the figure of a ward is a mean over them.
    by_case = mapping.area_kind in POINT_KINDS and kind != "count" and not counted
    values = rows["value"].dropna()
    # What is worked out from counts or rows has decimals, whatever the file has.
    whole = not counted and not by_case and bool((values == values.round()).all())
    decimals = 0 if kind == "count" or whole else 1
    caveats = []
    if mapping.area_kind in POINT_KINDS:
        caveats.append("Counted into wards by place; single places are not kept")
    if by_case:
        caveats.append("A ward's figure is the mean over its rows in the file")
    elif kind in ("percentage", "rate") and not counted:
        caveats.append("Larger areas are means of wards weighted by residents")
    return OwnIndicator(
        make_id(measure), measure[:80], _UNITS[kind], kind, decimals, "no_judgement",
        geography=_GEOGRAPHY[mapping.area_kind], has_counts=counted or by_case, by_case=by_case,
        multiplier={"percentage": 100.0, "rate": 1_000.0}.get(kind, 1.0) if counted else 1.0,
        caveats=tuple(caveats),
    )  # fmt: skip


def make_id(name: str) -> str:
    """The id of an own figure: `own_` and its name in plain letters."""
    plain = re.sub(r"[^a-z0-9]+", "_", simplify(name)).strip("_")[:50]
    return PREFIX + (plain or "figures")


def check_entry(entry: OwnIndicator) -> tuple[Problem, ...]:  # noqa: C901 (field by field)
    """What is missing or cannot be in a dictionary; empty where it is in order."""
    wrong = []
    if not re.fullmatch(r"own_[a-z0-9_]{1,60}", entry.id):
        wrong.append(("id", f"{entry.id[:70]!r} is no id", "own_ and small letters, digits or _"))
    for field, longest in _LONGEST.items():
        text = str(getattr(entry, field))
        if len(text) > longest:
            wrong.append((field, f"is {len(text):,} letters long", f"at most {longest:,}"))
        if _CONTROL.search(text):
            wrong.append((field, "holds signs that cannot be shown", "type the text again"))
    needed = ["name", "source"]
    for field in needed:
        if not str(getattr(entry, field)).strip():
            wrong.append((field, "is empty", "say what the figure is and where it comes from"))
    for field, allowed in (("measure", MEASURES), ("polarity", POLARITIES)):
        if getattr(entry, field) not in allowed:
            wrong.append((field, f"is {getattr(entry, field)!r}", f"one of {', '.join(allowed)}"))
    if not 0 <= entry.decimals <= 4:
        wrong.append(("decimals", f"is {entry.decimals}", "from 0 to 4"))
    if entry.shared and not entry.licence.strip():
        wrong.append(("licence", "is empty, though others may see the figures",
                      "say under which terms they may be used"))  # fmt: skip
    return tuple(Problem(field, 0, what, allowed) for field, what, allowed in wrong)


def _aggregation(entry: OwnIndicator) -> str:
    if entry.measure == "count":
        return "sum"
    return "ratio" if entry.has_counts else "weighted_mean"


def make_indicator(entry: OwnIndicator, periods: Sequence[str] = ()) -> Indicator:
    """The entry as an indicator that maps and charts take."""
    interval = {"percentage": "wilson", "rate": "byar"}.get(entry.measure, "none")
    return Indicator(
        id=entry.id,
        theme=THEME.id,
        name=entry.name,
        short_name=entry.name[:40],
        definition=entry.definition or f"{entry.name}: a figure brought by a visitor.",
        unit=entry.unit,
        measure=entry.measure,
        decimals=entry.decimals,
        polarity=entry.polarity,
        source=entry.id,
        aggregation=_aggregation(entry),
        numerator=("value" if entry.measure == "count" else "numerator",),
        denominator=("denominator",) if entry.has_counts else (),
        weight="" if _aggregation(entry) != "weighted_mean" else "residents",
        multiplier=entry.multiplier,
        interval=interval if entry.has_counts and not entry.by_case else "none",
        caveats=entry.caveats,
        first_period=periods[0] if periods else "",
        last_period=periods[-1] if periods else "",
    )


def make_source(entry: OwnIndicator) -> Source:
    """Where the figure comes from, as far as its bringer said so."""
    return Source(
        id=entry.id,
        title=entry.source or entry.name,
        publisher=entry.publisher or NOT_SAID,
        url="",
        licence=entry.licence or NOT_SAID,
        attribution=entry.source,
        vintage=entry.period_words,
        geography=entry.geography,
        files=(),
        producer_description=entry.definition,
        processing_note="Read from a file that a visitor brought; small counts are withheld.",
        obtained_from="a visitor's file",
        blank="suppressed",
        caveats=entry.caveats,
        update_words="Bring a newer file.",
    )


def add_own(catalogue: Catalogue, entries: Sequence[OwnIndicator]) -> Catalogue:
    """The catalogue with own figures behind its themes; an id that is taken is not replaced.

    Raises:
        ValueError: two entries have one id, or one is an id of the catalogue.
    """
    ids = [entry.id for entry in entries]
    if taken := (set(ids) & set(catalogue.indicators)) or {i for i in ids if ids.count(i) > 1}:
        raise ValueError(f"several figures have the id {min(taken)}; give each its own name")
    indicators = {**catalogue.indicators, **{e.id: make_indicator(e) for e in entries}}
    sources = {**catalogue.sources, **{e.id: make_source(e) for e in entries}}
    themes = {**catalogue.themes, THEME.id: THEME} if entries else catalogue.themes
    return Catalogue(
        MappingProxyType(sources), MappingProxyType(dict(themes)), MappingProxyType(indicators)
    )
