"""A story for a room: slides in an order, each with one finding, and what may be done to it.

A slide names the view its figure comes from, never the figure itself: whoever opens the story
sees today's figures. What the figures said when the slide was made stands beside, so that a
title that no longer fits is found.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from analysis.words import day_words
from data.errors import DataError

MOST_SLIDES = 60
MOST_MINUTES = 480
#: Longest texts, in letters.
LONGEST = {"title": 160, "annotation": 400, "notes": 3000, "finding": 300, "figures": 100}
#: Minutes that a slide is planned to take.
MINUTES_A_SLIDE = 2
Text = Literal["title", "annotation", "notes"]


class StoryError(DataError):
    """A story cannot be read or grow; `problems` says each thing that is wrong."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Slide:
    """One message.

    `kind` names the figure, `page` and `params` the view (page and address) it is made from.
    `title` is the presenter's own; "" means that the finding of the figures is the title.
    `finding`, `figures` and `made`: what the figures said, their period, and the day (ISO), when
    the slide was made or last titled.
    """

    kind: str
    page: str = ""
    params: tuple[tuple[str, str], ...] = ()
    title: str = ""
    finding: str = ""
    figures: str = ""
    made: str = ""
    annotation: str = ""
    notes: str = ""

    @property
    def address(self) -> dict[str, str]:
        """The parameters of the view."""
        return dict(self.params)

    def is_outdated_by(self, finding: str) -> bool:
        """Whether the figures say something else now than when the slide was made."""
        return bool(self.finding) and self.finding != finding


@dataclass(frozen=True)
class Story:
    """Slides in order; `area` is the place it is about, `made` the day it was last changed.

    `minutes`: how long it is planned to take, 0 where nobody said.
    """

    area: str
    title: str = ""
    slides: tuple[Slide, ...] = ()
    made: dt.date = dt.date.min
    minutes: int = 0

    @property
    def planned(self) -> int:
        """Minutes it should take."""
        return self.minutes or MINUTES_A_SLIDE * len(self.slides)


def add_slide(story: Story, slide: Slide) -> Story:
    """Add a slide at the end.

    Raises:
        StoryError: there is no room for another.
    """
    if len(story.slides) >= MOST_SLIDES:
        raise StoryError(
            f"A story has at most {MOST_SLIDES} slides. Remove one on the page Story first."
        )
    return replace(story, slides=(*story.slides, slide))


def move_slide(story: Story, index: int, steps: int) -> tuple[Story, int]:
    """Move a slide by some places, not beyond the ends.

    Returns:
        the story, and where the slide is now.
    """
    to = min(max(index + steps, 0), len(story.slides) - 1)
    left = [*story.slides[:index], *story.slides[index + 1 :]]
    left.insert(to, story.slides[index])
    return replace(story, slides=tuple(left)), to


def remove_slide(story: Story, index: int) -> Story:
    """Take a slide out."""
    return replace(story, slides=(*story.slides[:index], *story.slides[index + 1 :]))


def change_slide(story: Story, index: int, slide: Slide) -> Story:
    """Put another slide in its place."""
    changed = (*story.slides[:index], slide, *story.slides[index + 1 :])
    return replace(story, slides=changed)


def write_text(story: Story, index: int, field: Text, text: str) -> Story:
    """Change a slide's title, annotation or notes.

    A title that is the finding itself is no title of its own, so that it follows the figures.

    Raises:
        StoryError: the text is too long or holds letters that cannot be kept.
    """
    text = text.strip()
    if problem := find_text_problem(text, field):
        raise StoryError(problem)
    slide = story.slides[index]
    if field == "title":
        return change_slide(story, index, replace(slide, title=_own(text, slide.finding)))
    if field == "annotation":
        return change_slide(story, index, replace(slide, annotation=text))
    return change_slide(story, index, replace(slide, notes=text))


def _own(title: str, finding: str) -> str:
    return "" if title == finding else title


def find_text_problem(text: str, field: str, longest: int = 0) -> str:
    """What is wrong with a text, "" where nothing is."""
    most = longest or LONGEST[field]
    if len(text) > most:
        return f"The {field} has {len(text):,} letters; at most {most:,} fit. Shorten it."
    if any(_is_unsafe(letter) for letter in text):
        return f"The {field} holds a control character, which cannot be shown. Remove it."
    if field == "title" and "\n" in text:
        return "The title has several lines; write it in one."
    return ""


def _is_unsafe(letter: str) -> bool:
    """Control characters, and halves of characters, which no database or screen takes."""
    code = ord(letter)
    return (code < 32 and letter not in "\n\t") or 127 <= code < 160 or 0xD800 <= code < 0xE000


def say_day(day: str) -> str:
    """A day of a slide in words: "on 3 May 2026"."""
    if not day:
        return "earlier"
    return f"on {day_words(dt.date.fromisoformat(day))}"


def say_outdated(slide: Slide, finding: str) -> str:
    """What a presenter has to know about a slide whose figures changed since; else ""."""
    if not slide.is_outdated_by(finding):
        return ""
    when = f"Made {say_day(slide.made)}"
    if slide.figures:
        when += f" with figures of {slide.figures}"
    if slide.title:
        return f"{when}; the title was written then. The figures now say: “{finding}”."
    return f"{when}, which said: “{slide.finding}”. The title follows the figures of today."
