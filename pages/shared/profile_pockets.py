"""What the average of a ward hides, in two sentences of the Ward profile."""

from __future__ import annotations

import html
from urllib.parse import urlencode

import streamlit as st

from data.load import load_areas
from data.overview import load_overview
from pages.shared.pockets import describe_pockets, hides_pocket, spread_options


def choose_openings(ward: str) -> tuple[str, ...]:
    """Overall deprivation, and the first key figure in which the ward hides a pocket.

    Raises:
        TableError: a table is missing or damaged.
    """
    overview, known = load_overview(), spread_options()
    others = [i for i, _ in overview.key_figures if i in known and i != overview.headline]
    hiding = next((i for i in others if hides_pocket(ward, i)), "")
    return tuple(filter(None, (overview.headline, hiding)))


def show_ward_pockets(ward: str) -> None:
    """One sentence for each of `choose_openings`, each with a way to the map inside the ward.

    Raises:
        TableError: a table is missing or damaged.
    """
    place = {"area": str(load_areas().at[ward, "district_code"]), "ward": ward}
    lines = []
    for indicator in choose_openings(ward):
        words = html.escape(describe_pockets(ward, indicator, named=True))
        address = html.escape(f"hidden-pockets?{urlencode({**place, 'indicator': indicator})}")
        way = f'<a href="{address}" target="_self">Look inside</a>'
        lines.append(f"<li>{words} {way}</li>")
    st.header("Inside the ward", anchor=False)
    st.html(f'<ul class="needs-stand">{"".join(lines)}</ul>')
