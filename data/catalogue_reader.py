"""Read the catalogue from a folder of TOML files and check every entry.

Two readers: `read_catalogue` refuses a catalogue with any fault, for builds and tests;
`read_sound_entries` lets a faulty entry cost that one entry, for a dashboard that serves.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from data.catalogue_entries import (
    AGGREGATIONS,
    BLANKS,
    GEOGRAPHIES,
    INTERVALS,
    MEASURES,
    NOT_KNOWN,
    POLARITIES,
    Catalogue,
    Indicator,
    Source,
    Theme,
)
from data.errors import CatalogueError

Entry = TypeVar("Entry")
Values = dict[str, Any]

_HEADING = re.compile(r"^\[\s*([A-Za-z][\w-]*)", re.MULTILINE)
_KINDS = {
    "str": ((str,), "a text in quotation marks"),
    "int": ((int,), "a whole number"),
    "float": ((int, float), "a number"),
    "bool": ((bool,), "true or false"),
}
_LISTS = {
    "tuple[str, ...]": (str, None, "a list of texts in [ ]"),
    "tuple[int, int] | None": (int, 2, "two whole numbers in [ ]"),
}
_CHOICES = {
    Indicator: {
        "measure": MEASURES,
        "polarity": POLARITIES,
        "aggregation": AGGREGATIONS,
        "interval": INTERVALS,
    },
    Source: {"geography": tuple(GEOGRAPHIES), "blank": BLANKS},
}


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise CatalogueError(f"{path}: the file is missing; restore it.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}: the file cannot be read ({error}); restore it.") from error


def _read_entries(path: Path) -> dict[str, Values | CatalogueError]:
    """The entries of a file in its order; in place of one that is not TOML stands the error.

    Raises:
        CatalogueError: the file is missing, or not TOML where no one entry is to blame.
    """
    text = _read_text(path)
    try:
        return dict(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = dict(_read_one_by_one(path, text))
        if not any(isinstance(content, CatalogueError) for content in found.values()):
            raise CatalogueError(f"{path}: not valid TOML: {error}.") from error
        return found


def _read_one_by_one(path: Path, text: str) -> Iterator[tuple[str, Values | CatalogueError]]:
    """Read from heading to heading: a slip of the pen then costs the entry in which it stands."""
    headings = list(_HEADING.finditer(text))
    ends = [*(heading.start() for heading in headings[1:]), len(text)]
    seen = set()
    for heading, end in zip(headings, ends, strict=True):
        entry_id, start = heading[1], heading.start()
        try:
            # Empty lines in place of what stands above, so that an error tells its line.
            above = "\n" * text.count("\n", 0, start)
            content: Values | CatalogueError = tomllib.loads(above + text[start:end])[entry_id]
        except (tomllib.TOMLDecodeError, KeyError) as error:
            content = CatalogueError(f"{path}: [{entry_id}] is not valid TOML: {error}.")
        yield entry_id, _twice(path, entry_id) if entry_id in seen else content
        seen.add(entry_id)


def _twice(path: Path, entry_id: str) -> CatalogueError:
    return CatalogueError(f"{path}: [{entry_id}] is defined twice; rename one.")


def _is_of_kind(kind: str, value: object) -> bool:
    if kind in _KINDS:
        return type(value) in _KINDS[kind][0]
    inside, length, _ = _LISTS[kind]
    return (
        isinstance(value, tuple)
        and all(type(part) is inside for part in value)
        and length in (None, len(value))
    )


def _find_fault(kind: type, name: str, value: object) -> str:
    """What is wrong with one field, and what is allowed; "" where nothing is."""
    types = {field.name: str(field.type) for field in fields(kind) if field.name != "id"}
    if name == "id":
        return f"has id = {value!r}; the heading in [ ] is the id: leave this line out."
    if name not in types:
        return f"has unknown {[name]}; allowed: {', '.join(sorted(types))}."
    if not _is_of_kind(types[name], value):
        needed = (_KINDS.get(types[name]) or _LISTS[types[name]])[-1]
        return f"{name} = {value!r}; write {needed}."
    allowed = _CHOICES.get(kind, {}).get(name)
    if allowed and value not in allowed:
        return f"{name} = {value!r}; allowed: {', '.join(allowed)}."
    return ""


def _freeze(values: Values) -> Values:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}


def _make(kind: type[Entry], path: Path, entry_id: str, values: Values) -> Entry:
    frozen = _freeze(values)
    for name, value in frozen.items():
        if fault := _find_fault(kind, name, value):
            raise CatalogueError(f"{path}: [{entry_id}] {fault}")
    try:
        return kind(id=entry_id, **frozen)  # type: ignore[call-arg]
    except TypeError as error:
        missing = str(error).split(":")[-1].strip()
        raise CatalogueError(f"{path}: [{entry_id}] lacks {missing}.") from error


def _require_entry(path: Path, entry_id: str, content: object) -> Values:
    """What stands below the heading of an entry.

    Raises:
        CatalogueError: it could not be read, or stands below no heading.
    """
    if isinstance(content, CatalogueError):
        raise content
    if not isinstance(content, dict):
        raise CatalogueError(f"{path}: {entry_id} stands outside [ ].")
    return content


def _keep_usable(kind: type, content: object, neutral: Values) -> Values:
    """The fields of a stand-in for a broken entry: what of it can be used, and neutral values.

    A stand-in says what there would be; its figures are refused (`data.load`), so no neutral
    value ever goes into a number.
    """
    usable = _freeze(content) if isinstance(content, dict) else {}
    kept = {k: v for k, v in usable.items() if k in neutral and not _find_fault(kind, k, v)}
    return {**neutral, **kept}


def _stand_in_source(source_id: str, content: object = None) -> Source:
    words = ("title", "publisher", "url", "licence", "attribution", "vintage")
    more = ("producer_description", "processing_note", "obtained_from", "update_words")
    neutral = {**dict.fromkeys(words, NOT_KNOWN), **dict.fromkeys(more, ""), "files": ()}
    return Source(source_id, **_keep_usable(Source, content, {**neutral, "geography": "ward25"}))


def _stand_in_indicator(
    indicator_id: str, content: object, theme_id: str, sources: Collection[str]
) -> Indicator:
    name = indicator_id.replace("_", " ").capitalize()
    neutral = {
        "theme": theme_id,
        "name": name,
        "short_name": name,
        "definition": "Its entry in the catalogue is broken.",
        "unit": "",
        "measure": "count",
        "decimals": 0,
        "polarity": "no_judgement",
        "source": indicator_id,
        "aggregation": "published",
        "numerator": (),
        "ranked": False,
    }
    values = dict(content) if isinstance(content, dict) else {}
    if values.get("source") not in sources:
        values.pop("source", None)
    values.pop("theme", None)
    values.pop("ranked", None)
    return Indicator(indicator_id, **_keep_usable(Indicator, values, neutral))


def _check_named(
    path: Path, indicator: Indicator, themes: Collection[str], sources: Collection[str]
) -> None:
    """Everything that an indicator names is there.

    Raises:
        CatalogueError: it is not.
    """
    where = f"{path}: [{indicator.id}]"
    named = [("theme", indicator.theme, themes), ("source", indicator.source, sources)]
    named += [("earlier_sources", one, sources) for one in indicator.earlier_sources]
    for field, value, allowed in named:
        if value not in allowed:
            raise CatalogueError(f"{where} {field} = {value!r}; allowed: {', '.join(allowed)}.")
    needs = {"ratio": "denominator", "weighted_mean": "weight", "weighted_share": "weight"}
    needed = needs.get(indicator.aggregation)
    if needed and not getattr(indicator, needed):
        raise CatalogueError(f"{where} aggregation {indicator.aggregation!r} needs {needed}.")
    for measure in (*indicator.numerator, *indicator.denominator, indicator.weight):
        if "." in measure and measure.split(".")[0] not in sources:
            raise CatalogueError(f"{where} names the unknown source in {measure!r}.")


def _check_update(path: Path, source: Source) -> None:
    where = f"{path}: [{source.id}]"
    if not source.update_words.endswith("."):
        raise CatalogueError(
            f"{where} update_words = {source.update_words!r}; write a sentence: "
            "where the next release is and how often it comes, or what took its place."
        )
    if not source.next_release.strip():
        raise CatalogueError(f"{where} next_release is empty; say when, or leave the field out.")


def _read_sources(folder: Path) -> tuple[dict[str, Source], dict[str, str]]:
    sources: dict[str, Source] = {}
    broken: dict[str, str] = {}
    for path in sorted((folder / "sources").glob("*.toml")):
        for source_id, content in _read_entries(path).items():
            try:
                if source_id in sources:
                    raise _twice(path, source_id)
                values = _require_entry(path, source_id, content)
                sources[source_id] = _make(Source, path, source_id, values)
                _check_update(path, sources[source_id])
            except CatalogueError as error:
                broken[source_id] = str(error)
                sources[source_id] = _stand_in_source(source_id, content)
    return sources, broken


def _read_indicators(
    folder: Path,
    themes: Mapping[str, Theme],
    sources: dict[str, Source],
    broken_sources: dict[str, str],
) -> tuple[dict[str, Indicator], dict[str, str]]:
    indicators: dict[str, Indicator] = {}
    broken: dict[str, str] = {}
    known = tuple(sources)
    for theme_id in themes:
        path = folder / "indicators" / f"{theme_id}.toml"
        entries = _read_entries(path)
        # [shared] holds what every entry of the file has in common, unless it says otherwise.
        shared = _require_entry(path, "shared", entries.pop("shared", {}))
        for indicator_id, content in entries.items():
            merged = content
            try:
                if indicator_id in indicators:
                    raise _twice(path, indicator_id)
                values = _require_entry(path, indicator_id, content)
                merged = {"theme": theme_id, **shared, **values}
                indicator = _make(Indicator, path, indicator_id, merged)
                _check_named(path, indicator, themes, known)
                if indicator.source in broken_sources:
                    raise CatalogueError(broken_sources[indicator.source])
            except CatalogueError as error:
                broken[indicator_id] = str(error)
                indicator = _stand_in_indicator(indicator_id, merged, theme_id, known)
                if indicator.source not in sources:
                    sources[indicator_id] = _stand_in_source(indicator_id)
                    broken_sources[indicator_id] = str(error)
            indicators[indicator_id] = indicator
    return indicators, broken


def read_sound_entries(folder: Path) -> Catalogue:
    """Read the catalogue in a folder; an entry with a fault is named in its `broken`.

    Raises:
        CatalogueError: themes, or a whole file, cannot be read.
    """
    path = folder / "themes.toml"
    themes: dict[str, Theme] = {}
    for theme_id, content in _read_entries(path).items():
        values = _require_entry(path, theme_id, content)
        themes[theme_id] = _make(Theme, path, theme_id, values)
    sources, broken_sources = _read_sources(folder)
    indicators, broken = _read_indicators(folder, themes, sources, broken_sources)
    return Catalogue(
        MappingProxyType(sources),
        MappingProxyType(themes),
        MappingProxyType(indicators),
        MappingProxyType(broken),
        MappingProxyType(broken_sources),
    )


def read_catalogue(folder: Path) -> Catalogue:
    """Read and check the catalogue in a folder.

    Raises:
        CatalogueError: a file, field or name is missing, unknown or contradictory; the
            message names every such file and entry and what is allowed.
    """
    catalogue = read_sound_entries(folder)
    faults = (*catalogue.broken_sources.values(), *catalogue.broken.values())
    if faults:
        raise CatalogueError("\n".join(dict.fromkeys(faults)))
    return catalogue
