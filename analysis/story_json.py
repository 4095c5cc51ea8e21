"""A story as a JSON text and back; whatever is read back is checked first.

The text may come from the database or from a stranger's file, so nothing of it is believed:
every mistake is listed with its slide, and a story with a mistake is not taken at all.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

from analysis.story import (
    LONGEST,
    MOST_MINUTES,
    MOST_SLIDES,
    Slide,
    Story,
    StoryError,
    find_text_problem,
)

FORMAT = "ward-needs-story"
VERSION = 1
#: Bytes of a file that are read.
MOST_BYTES = 1_000_000
MOST_PARAMS, LONGEST_PARAM = 20, 4000
MOST_PROBLEMS = 20
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PAGE = re.compile(r"[a-z0-9-]{0,40}")
_STORY_FIELDS = {"format", "version", "title", "area", "made", "minutes", "slides"}
_SLIDE_FIELDS = set(Slide.__dataclass_fields__)


def write_story(story: Story) -> str:
    """The story as JSON, the same for the same story."""
    slides = [
        {
            name: dict(slide.params) if name == "params" else getattr(slide, name)
            for name in Slide.__dataclass_fields__
            if getattr(slide, name)
        }
        for slide in story.slides
    ]
    content = {
        "format": FORMAT,
        "version": VERSION,
        "title": story.title,
        "area": story.area,
        "made": story.made.isoformat(),
        "minutes": story.minutes,
        "slides": slides,
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def read_story(text: str | bytes, kinds: Container[str], areas: Container[str]) -> Story:
    """Read a story back.

    Args:
        text: what `write_story` wrote, or what pretends to be it.
        kinds: kinds of slides that are known.
        areas: codes of places that are known.

    Raises:
        StoryError: with every mistake, up to a number.
    """
    content = _load(text)
    problems = _find_head_problems(content, areas)
    slides = content.get("slides")
    if not isinstance(slides, list):
        problems.append("“slides” is not a list.")
        slides = []
    if len(slides) > MOST_SLIDES:
        problems.append(f"It has {len(slides):,} slides; at most {MOST_SLIDES} are read.")
    read = [_read_slide(number, one, kinds, problems)
            for number, one in enumerate(slides[:MOST_SLIDES], 1)]  # fmt: skip
    if problems:
        more = len(problems) - MOST_PROBLEMS
        rest = [f"And {more} more mistakes."] if more > 0 else []
        raise StoryError(*problems[:MOST_PROBLEMS], *rest)
    story = Story(content["area"], content["title"], tuple(read))
    made = dt.date.fromisoformat(content["made"])
    return replace(story, made=made, minutes=content.get("minutes", 0))


def _load(text: str | bytes) -> Mapping[str, Any]:
    if len(text) > MOST_BYTES:
        raise StoryError(
            f"The file has {len(text):,} bytes; a story has at most {MOST_BYTES:,}. Choose the "
            "file that “Download the story” gave."
        )
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise StoryError(
            "The file is not a story: it is not JSON, or was cut off. Choose the file that "
            "“Download the story” gave."
        ) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise StoryError(
            f"The file is not a story: it does not say “format”: “{FORMAT}”. Choose the file "
            "that “Download the story” gave."
        )
    version = content.get("version")
    if version != VERSION or isinstance(version, bool):
        raise StoryError(
            f"The story has version {str(version)[:20]}; this dashboard reads version {VERSION}. "
            "Make the story again here."
        )
    return content


def _find_head_problems(content: Mapping[str, Any], areas: Container[str]) -> list[str]:
    problems = _list_unknown("The story", content, _STORY_FIELDS)
    title = content.get("title", "")
    if not isinstance(title, str):
        problems.append("The story: its title is not a text.")
    elif problem := find_text_problem(title, "title"):
        problems.append(f"The story: {problem}")
    area = content.get("area")
    if not isinstance(area, str) or area not in areas:
        problems.append(f"The story names the area “{str(area)[:20]}”, which is not known here.")
    if not _is_day(content.get("made")):
        problems.append("The story: “made” is not a day such as 2026-05-03.")
    minutes = content.get("minutes", 0)
    if (
        not isinstance(minutes, int)
        or isinstance(minutes, bool)
        or not 0 <= minutes <= MOST_MINUTES
    ):
        problems.append(f"The story: “minutes” is not a whole number from 0 to {MOST_MINUTES}.")
    return problems


def _is_day(value: object) -> bool:
    try:
        dt.date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        return False
    return True


def _list_unknown(where: str, content: Mapping[Any, Any], known: set[str]) -> list[str]:
    unknown = [str(name)[:30] for name in content if name not in known][:3]
    return [f"{where} has the unknown field “{name}”." for name in unknown]


def _read_slide(number: int, one: object, kinds: Container[str], problems: list[str]) -> Slide:
    """A slide; what is wrong in it is added to `problems`."""
    where = f"Slide {number}"
    if not isinstance(one, dict):
        problems.append(f"{where} is not a slide.")
        return Slide("")
    problems += _list_unknown(where, one, _SLIDE_FIELDS)
    kind, page = one.get("kind"), one.get("page", "")
    if not isinstance(kind, str) or kind not in kinds:
        problems.append(f"{where} has the unknown kind “{str(kind)[:40]}”.")
        kind = ""
    if not isinstance(page, str) or not _PAGE.fullmatch(page):
        problems.append(f"{where} names a page in a form that no page has.")
        page = ""
    texts = {}
    for field in LONGEST:
        texts[field] = one.get(field, "")
        if not isinstance(texts[field], str):
            problems.append(f"{where}: its {field} is not a text.")
        elif problem := find_text_problem(texts[field], field):
            problems.append(f"{where}: {problem}")
    texts["made"] = one.get("made", "")
    if texts["made"] != "" and not _is_day(texts["made"]):
        problems.append(f"{where}: “made” is not a day such as 2026-05-03.")
    return Slide(kind, page, _read_params(where, one.get("params", {}), problems), **texts)


def _read_params(where: str, params: object, problems: list[str]) -> tuple[tuple[str, str], ...]:
    if not isinstance(params, dict) or len(params) > MOST_PARAMS:
        problems.append(f"{where}: “params” is not a list of at most {MOST_PARAMS} names.")
        return ()
    for name, value in params.items():
        if not _NAME.fullmatch(name) or not isinstance(value, str):
            problems.append(f"{where}: the parameter “{name[:30]}” is not a name with a text.")
        elif problem := find_text_problem(value, f"parameter “{name}”", LONGEST_PARAM):
            problems.append(f"{where}: {problem}")
    return tuple((name, str(value)) for name, value in params.items())
