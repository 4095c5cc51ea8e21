"""Maps of need on a page: one small map per action area, and a large one to choose wards on."""

from __future__ import annotations

import base64
import html
from dataclasses import replace

import streamlit as st

from analysis.export import make_png
from analysis.map_view import MapView
from analysis.need_maps import make_need_view
from analysis.need_matrix import CLASS_LABELS
from analysis.need_scores import AreaNeed
from analysis.need_tables import make_score_table
from analysis.palette import MAP_COLOURS, Theme
from analysis.svg_map import render_small_map, render_svg_map
from data.load import load_paths
from pages.shared.downloads import Offer, show_offer
from pages.shared.figures import boundary_url
from pages.shared.need_notes import notes_of, sources_note
from pages.shared.needs import Needs, make_need_snippet
from pages.shared.page import current_theme, show_note
from pages.shared.selection import choose_ward
from pages.shared.ward_map import show_map

# More wards than these make a drawing in SVG heavier than a picture of it.
MOST_DRAWN = 100
# Of more wards than these small maps show nothing, and each takes two seconds.
MOST_PICTURED = 2000
SMALL = 320


def view_of(needs: Needs, need: AreaNeed) -> MapView:
    """The map of one action area with the selected ward ringed."""
    return make_need_view(
        need,
        needs.wards,
        needs.place,
        selected=needs.selection.ward,
        source=sources_note(need).removeprefix("Sources: "),
    )


@st.cache_data(max_entries=512, show_spinner=False, hash_funcs={AreaNeed: lambda need: need.area})
def _make_picture(_needs: Needs, need: AreaNeed, place: str, ward: str, theme: Theme) -> str:
    """A small map as an address that holds the picture itself."""
    svg = render_small_map(view_of(_needs, need), load_paths("ward", place), SMALL, theme)
    if len(need.table) <= MOST_DRAWN:
        return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
    return f"data:image/png;base64,{base64.b64encode(make_png(svg)).decode()}"


def _legend(theme: Theme) -> str:
    colours = MAP_COLOURS[theme]
    items = "".join(
        f'<li><span style="background:{colours[f"class_{step}"]}"></span>{label}</li>'
        for step, label in enumerate(CLASS_LABELS, 1)
    )
    none = '<li><span class="none"></span>no score</li>'
    return f'<ul class="needs-legend"><li>Need score:</li>{items}{none}</ul>'


def show_small_maps(needs: Needs) -> None:
    """One map per action area, all of one size and with one legend."""
    if len(needs.wards) > MOST_PICTURED:
        show_note(
            f"{len(needs.wards):,} wards are too small to see on small maps. The large map below "
            "shows them one action area at a time; choose a council, county or region to see all "
            "action areas side by side."
        )
        return
    theme, place = current_theme(), needs.selection.area
    figures = []
    for need in needs.all:
        source = _make_picture(needs, need, place, needs.selection.ward, theme)
        view = view_of(needs, need)
        chosen = " chosen" * (need.area.id == needs.choices.action_area)
        figures.append(
            f'<figure class="needs-small{chosen}"><figcaption><strong>'
            f"{html.escape(need.area.heading)}</strong><br>{html.escape(view.title)}</figcaption>"
            f'<img src="{source}" alt="{html.escape(view.description)}"></figure>'
        )
    st.html(f'{_legend(theme)}<div class="needs-smalls">{"".join(figures)}</div>')
    show_note(
        "The same classes on every map, so that they can be compared",
        "The selected ward is ringed" if needs.selection.ward else "",
    )


def show_large_map(needs: Needs, key: str, height: int) -> None:
    """The map of the chosen action area; a click chooses the ward."""
    need = needs.need
    view = view_of(needs, need)
    ward = needs.selection.ward or None
    # The page prints the source itself, so the map leaves it out.
    quiet = replace(view, source="")
    url = boundary_url("ward", needs.selection.area)
    show_map(quiet, url, key, height, on_select=choose_ward, selected=ward)
    show_note(sources_note(need))
    show_offer(lambda: _make_offer(needs, need, view), key)


def _make_offer(needs: Needs, need: AreaNeed, view: MapView) -> Offer:
    place = needs.selection.area
    return Offer(
        name=f"need_map_{need.area.id}_{needs.place}",
        table=make_score_table(need, needs.wards),
        notes=notes_of(needs, [need]),
        description=view.description,
        picture=lambda: render_svg_map(view, load_paths("ward", place)),
        layer="ward",
        embeds=[make_need_snippet("need-map", needs)],
    )
