"""What the makers of slides share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.choropleth import Subject
from analysis.map_view import MapView
from analysis.palette import Theme
from analysis.report.blocks import Picture
from analysis.slide_map import render_slide_map
from analysis.slides import SlideFigure
from analysis.story import StoryError
from data.load import load_paths
from pages.shared.selection import Selection, parse_selection

Params = Mapping[str, str]
Maker = Callable[[Params, Theme], SlideFigure]


@dataclass(frozen=True)
class Kind:
    """A kind of slide: its name in words, and what makes it.

    `make`: parameters of a view and theme of pictures -> figure.
    """

    name: str
    make: Maker


def read_selection(params: Params) -> Selection:
    """The selection of a view.

    Raises:
        StoryError: a part of it does not exist here.
    """
    selection, problems = parse_selection(params, Selection())
    if problems:
        raise StoryError(*problems)
    return selection


def draw_slide_map(
    view: MapView, area: str, subtitle: str, sources: Sequence[str], theme: Theme
) -> Picture:
    """The map of a place's wards as a block."""
    svg = render_slide_map(view, load_paths("ward", area), theme)
    return Picture("map", view.title, subtitle, svg, view.description, tuple(sources))


def sources_of(subject: Subject) -> tuple[str, ...]:
    """The lines below a figure about one indicator."""
    modelled = "Modelled estimate, not a local count" if subject.source.modelled else ""
    lines = (f"Source: {subject.source_line}", subject.geography_line, modelled)
    return tuple(line for line in lines if line)
