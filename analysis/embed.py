"""One chart or map that stands by itself in another website: its parts, and its snippet."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from analysis.map_view import MapView
from analysis.report.blocks import Chart, Table
from data.errors import DataError

#: Kinds of parts that can stand in another website -> height of the frame in pixels, which holds
#: a usual figure of 26 wards at full width; the page inside scrolls where it is taller.
HEIGHTS: Mapping[str, int] = {
    "map": 980,
    "ranking": 760,
    "trend": 700,
    "scatter": 820,
    "need-map": 980,
    "need-ranking": 1000,
    "action-areas": 640,
    "recovery-map": 1000,
    "recovery-line": 720,
}


class EmbedError(DataError):
    """A part cannot be shown; `status` is that of HTTP, the message says place, value, cure."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class MapDrawing:
    """A map to be drawn: its view and the content of its boundary file, whole."""

    view: MapView
    geometry: Mapping[str, Any]


@dataclass(frozen=True)
class Embed:
    """One chart or map with all that must stand beside it.

    `title` is the finding, `subtitle` says what, where and when. `description` is the text
    alternative, `table` the rows. `sources`: who published it, for which areas, how old it is,
    what to mind; `licences`: under which licence. `page` and `address`: the same view of the
    dashboard. `profile`: page of the dashboard that a ward leads to.
    """

    title: str
    subtitle: str
    place: str
    drawing: Chart | MapDrawing
    description: str
    table: Table
    sources: Sequence[str]
    licences: Sequence[str]
    page: str
    address: Mapping[str, str] = field(default_factory=dict)
    profile: str = "ward-profile"


@dataclass(frozen=True)
class Snippet:
    """What a view offers to other websites: a kind of `HEIGHTS` and the fields of its address."""

    kind: str
    address: Mapping[str, str]

    @property
    def path(self) -> str:
        """The address below the dashboard's own."""
        given = {name: value for name, value in self.address.items() if value}
        query = urlencode(given, safe=",")
        return f"embed/{self.kind}{f'?{query}' if query else ''}"

    def write(self, base: str, title: str) -> str:
        """The HTML that a website pastes.

        Args:
            base: address of the dashboard, with "/" at its end.
            title: what screen readers call the frame.
        """
        return (
            f'<iframe src="{html.escape(base + self.path)}"\n'
            f'  title="{html.escape(" ".join(title.split()))}" width="100%" '
            f'height="{HEIGHTS[self.kind]}"\n'
            '  loading="lazy" style="border:0"></iframe>'
        )
