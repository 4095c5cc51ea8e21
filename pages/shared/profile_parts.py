"""The parts of the Ward profile on a page."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from analysis.locator import draw_locator
from analysis.map_view import format_number
from analysis.palette import CHART_INK, Theme
from analysis.profile_words import (
    describe_spine,
    list_similar,
)
from analysis.spine_table import render_spine, spine_colours, tidy_spine
from analysis.stand_out import find_stand_outs
from data import clock
from data.load import load_areas, load_paths
from data.own.shelf import current_catalogue
from data.profile import load_profile
from pages.shared.downloads import Offer, show_offer
from pages.shared.figures import list_sources
from pages.shared.filled_html import show_own_html
from pages.shared.page import current_theme, show_note
from pages.shared.places import place_name, ward_label
from pages.shared.profile_data import (
    Comparison,
    comparisons_of,
    load_likeness,
    similar_to,
)
from pages.shared.profile_words import list_by_geography, make_profile_snippet, notes_of
from pages.shared.selection import current_link

CSS = (Path(__file__).parent / "profile.css").read_text("utf-8")
CARRIED = "Carried to wards by best fit or by where people live; About the data says how"
POOLED = (
    "Figures of the similar wards are counts added and divided; of scores and means, the mean "
    "weighted by people. Not compared: the wards were chosen to be alike in this"
)
NO_INTERVAL = "◇ no interval: where the ward stands among all wards in England"


def _colours(theme: Theme) -> str:
    ink = CHART_INK[theme]
    return f"{spine_colours(theme)};--spine-bar:{ink['strong']};--spine-marker:{ink['benchmark']}"


def begin_profile() -> None:
    """Put the style of the page in place; paper is light whatever the screen is."""
    st.html(
        f"<style>:root{{{_colours(current_theme())}}}{CSS}"
        f"@media print{{:root{{{_colours('light')}}}}}</style>"
    )


def theme_names() -> dict[str, str]:
    """Theme id -> its name, in reading order."""
    return {key: theme.name for key, theme in current_catalogue().themes.items()}


def link_to_map(ward: str) -> Callable[[str], str]:
    """What makes the address of the Ward map with this ward from the id of an indicator."""
    where = urlencode({"area": load_areas().at[ward, "district_code"], "ward": ward})
    return lambda indicator: f"ward-map?{where}&indicator={indicator}"


def show_locator(ward: str) -> None:
    """Where the ward lies in its council."""
    council = str(load_areas().at[ward, "district_code"])
    alt = f"Map: where {place_name(ward)} lies in {place_name(council)}"
    # As a picture: st.html takes SVG elements out.
    picture = draw_locator(load_paths("ward", council), ward, current_theme())
    data = base64.b64encode(picture.encode()).decode()
    st.html(
        f'<img class="needs-locator" alt="{html.escape(alt)}" '
        f'src="data:image/svg+xml;base64,{data}">'
    )


def show_stand_outs(spine: pd.DataFrame, comparison: Comparison) -> None:
    """What stands out, in sentences; each leads to its row."""
    found = find_stand_outs(spine, comparison.name, comparison.wards)
    st.header(f"What stands out against {comparison.name}", anchor=False)
    if not found:
        show_note("Nothing here lies clearly apart from the benchmark.")
        return
    lines = []
    for thing in found:
        name = str(spine.at[thing.indicator_id, "name"])
        rest = html.escape(thing.sentence.removeprefix(name))
        link = f'<a href="#row-{thing.indicator_id}">{html.escape(name)}</a>'
        lines.append(f'<li><span class="sign">{thing.sign}</span> {link}{rest}</li>')
    st.html(f'<ol class="needs-stand">{"".join(lines)}</ol>')
    show_note(
        "The rows furthest from the benchmark for the usual spread of wards, one of each subject. "
        "They say where figures differ, not why"
    )


LEGEND = (
    '<span class="s" aria-hidden="true"><i class="r" style="left:4%;width:92%"></i>'
    '<i class="q" style="left:30%;width:36%"></i><i class="m"></i>'
    '<i class="w" style="left:68%;width:20%"></i><b class="plain" style="left:78%"></b></span>'
)


def show_spine(spine: pd.DataFrame, ward: str, comparison: Comparison, key: str) -> None:
    """Every indicator on one line, by theme."""
    name = place_name(ward)
    st.header(f"Every indicator against {comparison.name}", anchor=False)
    badge = f"Compared with {comparison.name}, by 95 % intervals"
    st.html(
        f'<div class="needs-legend"><strong>{html.escape(badge)}</strong><span>{LEGEND}'
        f"dot: the ward with its 95 % interval · upright line: {html.escape(comparison.name)} · "
        f"bands: all {html.escape(comparison.wards)} and their middle half</span>"
        "<span>left is worse, right is better; where neither is, low and high · ▲ above, "
        f"▼ below, ● similar · {NO_INTERVAL} · rank 1 is the highest figure · "
        "– in the last column: fewer than five comparable points</span></div>"
    )
    table = render_spine(spine, theme_names(), comparison.name, name, link_to_map(ward))
    show_own_html(table, f"{key}-rows")
    show_note(*explain_spine(spine, comparison))
    show_note(f"Sources. {list_by_geography(list(spine.index))}", CARRIED)
    show_offer(lambda: _offer_spine(spine, ward, comparison), key)


def explain_spine(spine: pd.DataFrame, comparison: Comparison) -> tuple[str, str]:
    """How the figures of similar wards are made, "" for an area; and the rules of the trends."""
    rules = [
        f"{current_catalogue().indicators[i].name}: {rule.reason}"
        for i, rule in load_profile().trends.items()
        if i in spine.index
    ]
    return "" if comparison.code else POOLED, f"Trends: {' '.join(rules)}"


def _offer_spine(spine: pd.DataFrame, ward: str, comparison: Comparison) -> Offer:
    from analysis.profile_svg import draw_spine

    name = place_name(ward)
    title = f"{name} against {comparison.name}"
    snippet = make_profile_snippet("spine", f"All indicators of {title}", ward, comparison.key)
    return Offer(
        name=f"Profile {name} {ward} against {comparison.name}",
        table=tidy_spine(spine, comparison.name),
        notes=notes_of(ward, comparison.name, list(spine.index)),
        description=describe_spine(spine, name, comparison.name),
        picture=lambda: draw_spine(
            spine, theme_names(), title, comparison.name, list_sources(spine.index)
        ),
        embeds=[snippet],
    )


def show_imprint(ward: str) -> None:
    """On paper only: what was printed, when, and where it can be opened again."""
    today = clock.today()
    link = current_link()
    text = f"Ward needs dashboard · {ward_label(ward)} ({ward}) · printed {today.day} {today:%B %Y}"
    st.html(
        f'<p class="needs-note needs-imprint">{html.escape(f"{text} · {link}".strip(" ·"))}</p>'
    )


def show_similar(ward: str, key: str) -> None:
    """The wards most like this one, how far away each is, and what that means."""
    similar = similar_to(ward)
    st.header("Similar wards in England", anchor=False)
    headings = ", ".join(group.heading.lower() for group in load_profile().characteristics)
    if similar.empty:
        show_note("This ward lacks a figure that is needed to find similar ones.")
        return
    names = {str(code): ward_label(str(code)) for code in similar.index}
    rows = "".join(
        f'<tr role="row"><th role="rowheader" scope="row"><a href="ward-profile?'
        f'{urlencode({"area": load_areas().at[code, "district_code"], "ward": code})}">'
        f"{html.escape(names[str(code)])}</a></th>"
        f'<td role="cell" class="v">{format_number(row.distance, 2)}</td>'
        f'<td role="cell">{html.escape(row.differs_most)}</td></tr>'
        for code, row in similar.iterrows()
    )
    heads = '<th scope="col">Ward</th><th scope="col" class="v">Distance</th>'
    st.html(
        '<table class="needs-list" role="table"><caption>Similar wards</caption><thead><tr>'
        f'{heads}<th scope="col">Least alike in</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    out = len(load_likeness().left_out)
    show_note(
        f"Alike in {headings}; never in need. 0 means alike in all, 1 a typical "
        f"difference between wards. {out} wards without these figures are left out; "
        "About the data names them"
    )
    show_offer(
        lambda: Offer(
            name=f"Wards similar to {place_name(ward)} {ward}",
            table=list_similar(similar, names),
            notes=notes_of(ward, "", list(load_profile().same_thing)),
            description=f"The wards of England most like {ward_label(ward)}: "
            f"{'; '.join(names.values())}.",
            layer="ward",
        ),
        key,
    )


def comparison_words(ward: str) -> dict[str, str]:
    """The pick-list of what a ward can be compared with."""
    words = {"council": "its council", "county": "its county", "region": "its region"}
    return {
        key: f"{found.name} ({words[key]})" if key in words else found.name
        for key, found in comparisons_of(ward).items()
    }
