"""Series that exist for districts only: lines of the district, never shaded over wards."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import streamlit as st

from analysis.embed import Snippet
from analysis.map_view import format_number
from analysis.recovery_lines import (
    band_style,
    draw_line,
    place_lockdowns,
    place_periods,
    short_lockdowns,
)
from analysis.words import age_words
from data import clock
from data.catalogue import load_catalogue
from data.errors import DataError
from data.geography_words import ENGLAND
from data.load import load_areas, load_periods
from data.periods import read_period
from data.recovery import is_before_pandemic, load_lockdowns, load_recovery
from pages.shared.choices import choose_here
from pages.shared.downloads import Offer, show_offer
from pages.shared.embed_offer import make_snippet
from pages.shared.figures import list_sources
from pages.shared.offered import when_offered
from pages.shared.page import current_theme, keep, show_note
from pages.shared.places import place_name
from pages.shared.recovery_choices import PAGE, Choices
from pages.shared.recovery_data import load_series_of
from pages.shared.selection import Selection

FIRST_YEAR = 2015


def districts_of(area: str) -> dict[str, str]:
    """Councils in an area, by name; the area itself where it is one."""
    areas = load_areas()
    councils = areas[areas["area_type"] == "district"]
    if area != ENGLAND:
        kind = areas.at[area, "area_type"]
        inside = councils.index == area if kind == "district" else councils[f"{kind}_code"] == area
        councils = councils[inside]
    return councils["area_name"].sort_values().to_dict()


def propose_district(selection: Selection, options: Mapping[str, str]) -> str:
    """The council of the chosen ward, or the first of those in the place (`districts_of`)."""
    ward_council = str(load_areas()["district_code"].get(selection.ward, ""))
    return ward_council if ward_council in options else next(iter(options))


def list_columns(periods: Sequence[str]) -> list[int]:
    """Positions of the periods that are shown, from `FIRST_YEAR` on."""
    return [n for n, p in enumerate(periods) if read_period(p).end.year >= FIRST_YEAR]


def list_drawn() -> list[str]:
    """The series of districts that have several periods, so that a line can be drawn."""
    known = [i for _, indicators in load_recovery().district for i in indicators]
    return [i for i in known if len(list_columns(load_periods(i))) > 1]


def choose_district(selection: Selection, chosen: Choices) -> str:
    """The council whose lines are shown: the place, that of the ward, or one to be picked."""
    options = districts_of(selection.area)
    if len(options) == 1:
        return next(iter(options))
    code = chosen.district if chosen.district in options else propose_district(selection, options)
    keep("recovery_district", code)
    st.selectbox(
        "Council whose figures are shown",
        list(options),
        format_func=lambda option: options[option],
        key="recovery_district",
        on_change=when_offered(
            "recovery_district", options, lambda value: choose_here(PAGE, district=value)
        ),
    )
    return code


def show_district_lines(selection: Selection, chosen: Choices, key: str) -> None:
    """One small line per series: the district strong, England quiet."""
    code = choose_district(selection, chosen)
    name = place_name(code)
    st.html(
        f'<p class="rec-district">District figure, not ward: each line below is all of '
        f"{html.escape(name)} together. Its wards can differ widely.</p>"
    )
    rows: list[dict[str, object]] = []
    used: list[str] = []
    for heading, indicators in load_recovery().district:
        items = []
        for indicator in indicators:
            try:
                items.append(_show_series(indicator, code, name, rows))
                used.append(indicator)
            except DataError as error:
                items.append(f"<li>{html.escape(str(error))}</li>")
        st.subheader(heading, anchor=False)
        st.html(f'<ul class="rec-lines">{"".join(items)}</ul>')
    show_note(
        "Strong line: the district; thin line: England, where it has a figure",
        "Each line has a scale of its own",
        short_lockdowns(load_lockdowns()),
        "Insolvency and possession cases were held back by law in 2020 and 2021",
    )
    show_note(f"Sources: {list_sources(used)}")
    table = pd.DataFrame(rows)
    notes = [("Geography", "District figures, not wards"), ("Sources", list_sources(used))]
    words = f"District figures, not wards: {len(used)} series of {name}, with England."
    offer = Offer(f"district_series_{name}", table, notes, words,
                  embeds=list_snippets(selection, code, used))  # fmt: skip
    show_offer(lambda: offer, key)


def list_snippets(selection: Selection, district: str, series: Sequence[str]) -> list[Snippet]:
    """What other websites can show: each series by itself."""
    indicators, name = load_catalogue().indicators, place_name(district)
    return [
        make_snippet(
            "district-line",
            f"{indicators[one].name}, {name} (district figure)",
            selection.address(series=one, district=district),
        )
        for one in list_drawn()
        if one in series
    ]


def _show_series(
    indicator_id: str, code: str, name: str, rows: list[dict[str, object]]
) -> str:  # fmt: skip
    indicator = load_catalogue().indicators[indicator_id]
    series = load_series_of(indicator_id, (code, ENGLAND))
    shown = list_columns(series.periods)
    periods, values = [series.periods[n] for n in shown], series.value[:, shown]
    for n, period in zip(shown, periods, strict=True):
        rows.append(
            {
                "Series": indicator.name,
                "Unit": indicator.unit,
                "Period": read_period(period).label,
                f"{name} (district)": round(float(series.value[0, n]), indicator.decimals),
                "England": round(float(series.value[1, n]), indicator.decimals),
            }
        )
    return _draw_item(indicator_id, periods, values)


def _draw_item(indicator_id: str, periods: list[str], values: np.ndarray) -> str:
    indicator = load_catalogue().indicators[indicator_id]
    own, other = values
    known = np.flatnonzero(~np.isnan(own))
    title = f"<strong>{html.escape(indicator.name)}</strong>"
    if not len(known):
        return f"<li>{title}<br>no figure for this district</li>"

    def say(place: int, which: np.ndarray) -> str:
        return format_number(which[place], indicator.decimals, indicator.unit)

    last = int(known[-1])
    words = f"{say(last, own)}, {read_period(periods[last]).label}"
    before = [int(n) for n in known if is_before_pandemic(periods[n])]
    if before:
        words = f"{say(before[-1], own)}, {read_period(periods[before[-1]]).label} → {words}"
    if not np.isnan(other[last]):
        words += f" (England {say(last, other)})"
    age = age_words(read_period(periods[last]).end, clock.today())
    picture = "<br>"
    if len(known) > 1:
        at, first, end = place_periods(periods)
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        room = 0.1 * (high - low)
        address = draw_line(at, own, (low - room, high + room), current_theme(), other=other)
        bands = band_style(place_lockdowns(load_lockdowns(), first, end))
        picture = f'<img alt="" style="--rec-bands:{bands}" src="{address}">'
    return f'<li>{title}{picture}{html.escape(words)}<span class="soft">{age}</span></li>'
