"""What stands below every map, chart and table: its rows, its words, its files and its link."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from analysis.embed import Snippet
from analysis.export import (
    make_csv,
    make_geojson,
    make_geopackage,
    make_png,
    make_workbook,
)
from data.load import load_boundaries
from pages.shared.chart_picture import show_picture_buttons
from pages.shared.embed_offer import show_snippets
from pages.shared.page import show_note
from pages.shared.selection import current_link

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TABLE = 400


@dataclass(frozen=True)
class Offer:
    """One view as rows, words and files.

    `table` has plain headings and typed cells; where there are polygons (`layer` `ward` or
    `lsoa`), its column `Code` holds the area codes. `notes` go on a sheet of their own.
    `picture` makes an SVG text. `chart` is the key of a Plotly chart on the page, whose
    picture the visitor's own browser saves with `title` and `caption` lines around it.
    `embeds`: what of it other websites can show.
    """

    name: str
    table: pd.DataFrame
    notes: Sequence[tuple[str, str]]
    description: str = ""
    picture: Callable[[], str] | None = None
    layer: str = ""
    chart: str = ""
    title: str = ""
    caption: Sequence[str] = field(default=())
    embeds: Sequence[Snippet] = ()

    @property
    def stem(self) -> str:
        """The name as a file name."""
        kept = (
            letter if letter.isalnum() or letter == "-" else "_" for letter in self.name.lower()
        )
        return "_".join(part for part in "".join(kept).split("_") if part)[:120]


Download = tuple[str, str, str, Callable[[], bytes]]


def _list_downloads(offer: Offer) -> Iterator[Download]:
    """Label, ending, type and maker of each file; files are made when they are asked for."""
    yield "CSV", "csv", "text/csv", lambda: make_csv(offer.table)
    yield "Excel", "xlsx", XLSX, lambda: make_workbook(offer.table, offer.notes)
    draw = offer.picture
    if draw is not None:
        yield "SVG picture", "svg", "image/svg+xml", lambda: draw().encode()
        yield "PNG picture", "png", "image/png", lambda: make_png(draw())
    if offer.layer:
        code = "area_code" if offer.layer == "ward" else "lsoa_code"
        rows = offer.table.rename(columns={"Code": code}).reset_index(drop=True)
        yield (
            "GeoJSON",
            "geojson",
            "application/geo+json",
            lambda: make_geojson(rows, load_boundaries(offer.layer), code),
        )
        yield (
            "GeoPackage",
            "gpkg",
            "application/geopackage+sqlite3",
            lambda: make_geopackage(rows, load_boundaries(offer.layer), code, offer.notes),
        )


def show_data_and_downloads(offer: Offer, key: str, label: str = "Data and downloads") -> None:
    """Offer the rows behind a view as a table and as files, with its words and its link.

    Nothing is sent before the box is opened. A view whose rows take time to make is better
    served by `show_offer`, which makes its offer after the box is open.
    """
    show_offer(lambda: offer, key, label)


def show_offer(
    make_offer: Callable[[], Offer], key: str, label: str = "Data and downloads"
) -> None:
    """The same, from a function that is called only when the box is open."""
    box = st.expander(label, icon=":material/table:", key=f"{key}-data", on_change="rerun")
    if not box.open:
        return
    with box:
        offer = make_offer()
        height = min(LONGEST_TABLE, 38 + 35 * max(len(offer.table), 1))
        st.dataframe(offer.table, hide_index=True, height=height)
        if offer.description:
            show_note(f"In words: {offer.description}")
        with st.container(horizontal=True):
            for name, ending, mime, make in _list_downloads(offer):
                st.download_button(
                    name,
                    make,
                    f"{offer.stem}.{ending}",
                    mime,
                    key=f"{key}-{ending}",
                    icon=":material/download:",
                    on_click="ignore",
                )
            if offer.chart:
                show_picture_buttons(
                    offer.chart, offer.stem, offer.title, offer.caption, key=f"{key}-picture"
                )
        if link := current_link():
            show_note("Link to this view:")
            st.code(link, language=None, wrap_lines=True)
        show_snippets(offer.embeds, key)
