"""Slides of words: questions to the room, own points, and pages without a slide of their own."""

from __future__ import annotations

from analysis.palette import Theme
from analysis.report.blocks import Bullets
from analysis.slides import SlideFigure
from analysis.story import StoryError
from analysis.words import join_words
from data.strategy import strategy_for
from pages.shared.places import place_name
from pages.shared.story_kinds.common import Kind, Params, read_selection
from pages.shared.story_kinds.need import top_wards

#: Points of a slide of words, and letters of each: more cannot be read from the back of a room.
MOST_POINTS, LONGEST_POINT = 7, 160
QUESTION = "What do the figures miss?"


def split_points(text: str) -> list[str]:
    """The lines of a text as points.

    Raises:
        StoryError: they are too many, or too long for a slide.
    """
    points = [" ".join(line.split()) for line in text.splitlines()]
    points = [point for point in points if point]
    if len(points) > MOST_POINTS:
        raise StoryError(f"The slide has {len(points)} points; at most {MOST_POINTS} fit.")
    for point in points:
        if len(point) > LONGEST_POINT:
            raise StoryError(
                f"The point “{point[:30]}…” has {len(point)} letters; at most {LONGEST_POINT} fit."
            )
    return points


def list_questions(params: Params) -> list[str]:
    """Questions to the room, with the names of the place's wards and action areas."""
    selection = read_selection(params)
    names = [place_name(code) for code in top_wards(selection, 3)]
    headings = [area.heading_label for area in strategy_for(selection.area).action_areas]
    asked = [f"Who already helps people in {join_words(names)}?"] if names else []
    return [
        *asked,
        "Who needs help but is not in these figures?",
        f"Which matters first here: {', '.join(headings)}?",
        "What would tell us in a year that it got better?",
    ]


def make_questions(params: Params, _theme: Theme) -> SlideFigure:
    """Questions to the room: those of the presenter, else those made from the figures."""
    points = split_points(params.get("text", "")) or list_questions(params)
    place = place_name(read_selection(params).area)
    subtitle = f"Questions to the room about {place}"
    notes = "Let people talk in pairs first, then collect. Write down who offered what."
    return SlideFigure(QUESTION, subtitle, Bullets(points), (), "", notes)


def make_words(params: Params, _theme: Theme) -> SlideFigure:
    """The presenter's own points."""
    points = split_points(params.get("text", ""))
    return SlideFigure("Our points", "", Bullets(points or ["Write the points on the page Story."]))


def make_view(params: Params, _theme: Theme) -> SlideFigure:
    """A view of a page that has no slide of its own: what it is, and where to open it."""
    place, page = place_name(read_selection(params).area), params.get("page_title", "A view")
    return SlideFigure(
        f"{page}: {place}", "", Bullets([f"Open the page “{page}” to look at it together."])
    )


KINDS = {
    "questions": Kind("Questions to the room", make_questions),
    "words": Kind("Own points", make_words),
    "view": Kind("A page to open together", make_view),
}
#: Kinds whose points the presenter writes.
WRITTEN = ("questions", "words")
