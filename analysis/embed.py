"""One chart or map that stands by itself in another website: its parts, and its snippet."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from analysis.map_view import MapView
from analysis.report.blocks import Chart, Table
from analysis.strips import Strips
from data.errors import DataError


@dataclass(frozen=True)
class Shape:
    """What a kind is called, and how many pixels high its frame is.

    The height holds a usual figure of 26 wards at full width; the page scrolls where it is taller.
    """

    name: str
    height: int


#: Kinds of charts and maps that can stand in another website, by their word in the address.
SHAPES: Mapping[str, Shape] = {
    "map": Shape("map", 980),
    "ranking": Shape("ranking", 780),
    "trend": Shape("line over time", 740),
    "scatter": Shape("chart of two indicators", 940),
    "need-map": Shape("map", 1040),
    "need-ranking": Shape("ranking", 1180),
    "action-areas": Shape("chart of all action areas", 760),
    "recovery-map": Shape("map", 1090),
    "recovery-line": Shape("line over time", 900),
    "ages": Shape("chart of ages", 1000),
    "equality": Shape("chart of equality groups", 1800),
    "spine": Shape("chart of all indicators", 1400),
    "pockets": Shape("chart of hidden pockets", 1500),
    "inside-map": Shape("map inside the ward", 1040),
    "lsoa-map": Shape("map of LSOAs", 1000),
    "where-map": Shape("map", 1090),
    "district-line": Shape("line over time", 800),
}

#: London has 704 wards: of more, map and table are too heavy for a part of a page.
MOST_WARDS = 720


class EmbedError(DataError):
    """A part cannot be shown; `status` is that of HTTP, the message says place, value, cure."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class MapDrawing:
    """A map to be drawn: its view and the content of its boundary file, whole or a part of it.

    `leads_to`: area -> the ward whose profile it leads to, where it is no ward itself.
    """

    view: MapView
    geometry: Mapping[str, Any]
    leads_to: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Embed:
    """One chart or map with all that must stand beside it.

    `title` is the finding, `subtitle` says what, where and when. `description` is the text
    alternative, `table` the rows. `sources`: who published it, for which areas, how old it is,
    what to mind; `licences`: under which licence; `methods`: how it is worked out. `page` and
    `address`: the same view of the dashboard. `profile`: page of the dashboard that a ward leads
    to.
    """

    title: str
    subtitle: str
    place: str
    drawing: Chart | MapDrawing | Strips
    description: str
    table: Table
    sources: Sequence[str]
    licences: Sequence[str]
    page: str
    address: Mapping[str, str] = field(default_factory=dict)
    methods: Sequence[str] = ()
    profile: str = "ward-profile"


@dataclass(frozen=True)
class Snippet:
    """What a view offers to other websites: a kind of `SHAPES` and the fields of its address.

    `title` is what screen readers call the frame: what and where, not a finding, since figures
    change while the snippet stays.
    """

    kind: str
    title: str
    address: Mapping[str, str]

    @property
    def path(self) -> str:
        """The address below the dashboard's own."""
        given = {name: value for name, value in self.address.items() if value}
        query = urlencode(given, safe=",")
        return f"embed/{self.kind}{f'?{query}' if query else ''}"

    def write(self, base: str) -> str:
        """The HTML to paste; `base` is the address of the dashboard, with "/" at its end."""
        return (
            f'<iframe src="{html.escape(base + self.path)}"\n'
            f'  title="{html.escape(" ".join(self.title.split()))}" width="100%" '
            f'height="{SHAPES[self.kind].height}"\n'
            '  loading="lazy" style="border:0"></iframe>'
        )
