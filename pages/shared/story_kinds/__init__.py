"""What each kind of slide shows: one maker for each kind, from the same functions as the pages.

A maker gets the parameters of a view, as they stand in an address, and gives the finding and
one block; screen, PowerPoint and hand-out are all written from that block.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from analysis.palette import Theme
from analysis.slides import ShownSlide, SlideFigure
from analysis.story import Slide, StoryError, say_outdated
from data import clock
from data.errors import DataError
from pages.shared.story_kinds import need, place, recovery, words
from pages.shared.story_kinds.common import Kind, Params

#: Every kind of slide, by the word that stories are kept with.
KINDS: Mapping[str, Kind] = {**place.KINDS, **need.KINDS, **recovery.KINDS, **words.KINDS}

#: Page (its path in the address) -> the kind of slide that shows its view.
KIND_OF_PAGE = {
    "": "overview_map",
    "overview": "overview_map",
    "ward-map": "indicator_map",
    "ward-profile": "ward",
    "compare": "ranking",
    "action-areas": "need_map",
    "covid-recovery": "recovery_map",
}


def make_figure(kind: str, params: Params, theme: Theme = "light") -> SlideFigure:
    """Make the figure of a slide from today's tables.

    Raises:
        DataError: a table is missing, or the view names something that is not there.
    """
    return _make_figure(kind, tuple(params.items()), theme)


@lru_cache(maxsize=128)
def _make_figure(kind: str, params: tuple[tuple[str, str], ...], theme: Theme) -> SlideFigure:
    if kind not in KINDS:
        raise StoryError(f"There is no kind of slide called “{kind[:40]}”.")
    return KINDS[kind].make(dict(params), theme)


#: For tests that change the tables.
forget_figures = _make_figure.cache_clear


def make_slide(kind: str, page: str, params: Params) -> Slide:
    """A slide with the finding its figures have today.

    Raises:
        DataError: its figure cannot be made.
    """
    return date_slide(Slide(kind, page, tuple(params.items())))


def date_slide(slide: Slide) -> Slide:
    """The slide with what its figures say today.

    Raises:
        DataError: its figure cannot be made.
    """
    figure = make_figure(slide.kind, slide.address)
    today = clock.today().isoformat()
    return replace(slide, finding=figure.finding, figures=figure.period, made=today)


def show_slide(slide: Slide, theme: Theme = "light") -> ShownSlide:
    """A slide with today's figure; one that fails says so and leaves the others alone."""
    try:
        figure = make_figure(slide.kind, slide.address, theme)
    except DataError as error:
        return ShownSlide(slide, None, f"This slide has no figure now. {error}")
    return ShownSlide(slide, figure, outdated=say_outdated(slide, figure.finding))
