"""Then and now: the months of a series on one map, by slider, by steps, or played."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from analysis.choropleth import Benchmark
from analysis.classes import classify, compute_breaks, special_class
from analysis.map_view import MapView, format_number
from analysis.recovery import SeriesTable
from analysis.words import FLAG_WORDS, GEOGRAPHY_WORDS
from data.catalogue import load_catalogue
from data.periods import read_period
from data.recovery import load_lockdowns, load_recovery
from pages.shared.choices import choose_here
from pages.shared.downloads import Offer, show_offer
from pages.shared.figures import (
    MapFigure,
    boundary_url,
    draw_svg,
    make_subject,
    notes_for_download,
    show_provenance,
)
from pages.shared.offered import when_offered
from pages.shared.page import keep, panel, show_note
from pages.shared.places import place_name, wards_of
from pages.shared.recovery_choices import PAGE, Choices, monthly_series, moving_months
from pages.shared.recovery_data import load_series_of
from pages.shared.selection import Selection, current_selection, write_address
from pages.shared.ward_map import show_map

SECONDS = 1.5
PLAYING = "recovery_playing"


def _choices() -> Choices:
    stored: Choices = st.session_state[f"choices:{PAGE}"]
    return stored.settled(st.session_state["selection"].indicator)


def _go(month: str) -> None:
    st.session_state[PLAYING] = False
    choose_here(PAGE, month=month)


def _step(by: int) -> None:
    chosen = _choices()
    months = moving_months(chosen.moving)
    place = min(max(months.index(chosen.month) + by, 0), len(months) - 1)
    _go(months[place])


def _toggle() -> None:
    playing = not st.session_state.get(PLAYING, False)
    chosen = _choices()
    months = moving_months(chosen.moving)
    if playing and chosen.month == months[-1]:
        choose_here(PAGE, month=months[0])
    st.session_state[PLAYING] = playing


# A fragment: a step redraws this part only.
@st.fragment
@panel("the series month by month")  # inside: what fails in a fragment does not reach the page's
def show_then_and_now(key: str) -> None:
    """Series, play and steps; below them the month, the slider and the map.

    Nothing moves by itself: playing has to be started. Who asks for less motion gets no
    button to play (see `recovery_parts.STYLE`).
    """
    chosen, names = _choices(), monthly_series()
    playing = bool(st.session_state.get(PLAYING, False))
    keep("recovery_moving", chosen.moving)
    st.selectbox(
        "Monthly series",
        list(names),
        format_func=lambda option: names[option],
        key="recovery_moving",
        on_change=lambda: choose_here(
            PAGE, moving=st.session_state["recovery_moving"], month=""
        ),
    )  # fmt: skip
    months = moving_months(chosen.moving)
    with st.container(horizontal=True):
        label, icon = ("Pause", "pause") if playing else ("Play", "play_arrow")
        st.button(label, icon=f":material/{icon}:", key="recovery_play", on_click=_toggle)
        back, on = ":material/skip_previous:", ":material/skip_next:"
        at = months.index(chosen.month)
        st.button("Month before", icon=back, key="recovery_back", on_click=_step, args=(-1,),
                  disabled=at == 0)  # fmt: skip
        st.button("Next month", icon=on, key="recovery_next", on_click=_step, args=(1,),
                  disabled=at == len(months) - 1)  # fmt: skip
    st.fragment(_show_month, run_every=SECONDS if playing else None)(key, playing)


@panel("the map of the month")
def _show_month(key: str, playing: bool) -> None:
    selection = current_selection()
    if playing and st.session_state.get("recovery_shown_once") and not _advance():
        st.rerun()
    st.session_state["recovery_shown_once"] = playing
    chosen = _choices()
    months = moving_months(chosen.moving)
    if len(months) > 1:
        keep("recovery_month", chosen.month)
        st.select_slider(
            "Month",
            months,
            format_func=lambda option: read_period(option).label,
            key="recovery_month",
            on_change=when_offered("recovery_month", months, _go),
        )
    if not st.session_state.get(PLAYING, False):
        # Not while playing: every month would become a step of the browser's history.
        write_address("area", "ward", "compare", **chosen.address())
    figure, words = _make_month(selection, chosen)
    st.markdown(words)
    url = boundary_url("ward", selection.area)
    quiet = replace(figure.view, native_geography="")
    show_map(quiet, url, key, 460, selected=selection.ward or None, brought=True)
    rule = load_recovery().series.get(chosen.moving)
    notes = rule.notes if rule else load_recovery().burden[chosen.moving]
    show_note("Colours mean the same in every month", f"Take care: {' '.join(notes)}")
    if not playing:
        show_provenance(figure.subject)
        show_offer(lambda: _make_offer(figure, words), key)


def _advance() -> bool:
    """Go to the next month; False, and no longer playing, at the end."""
    chosen = _choices()
    months = moving_months(chosen.moving)
    at = months.index(chosen.month) + 1
    if at >= len(months):
        st.session_state[PLAYING] = False
        return False
    choose_here(PAGE, month=months[at])
    return True


def _make_month(selection: Selection, chosen: Choices) -> tuple[MapFigure, str]:
    indicator = load_catalogue().indicators[chosen.moving]
    wards = wards_of(selection.area)
    series = load_series_of(chosen.moving, tuple(wards.index))
    at = series.periods.index(chosen.month)
    columns = [series.periods.index(m) for m in moving_months(chosen.moving)]
    breaks = compute_breaks(series.value[:, columns], "local_fifths")
    flag = series.flag[:, at]
    special = special_class(np.array(flag, dtype=str), wards["lsoa_count"])
    classes = classify(series.value[:, at], special, breaks, indicator.decimals, indicator.unit)
    subject = make_subject(chosen.moving, chosen.month, selection)
    words = _describe(series, at, wards["name"], selection, chosen)
    view = MapView(
        codes=list(wards.index),
        value=series.value[:, at],
        legend_class=classes.legend_class.tolist(),
        legend=classes.legend,
        title=f"{indicator.short_name}, {subject.period_label}",
        indicator=indicator.name,
        unit=indicator.unit,
        decimals=indicator.decimals,
        period=subject.period_label,
        lower=series.lower[:, at],
        upper=series.upper[:, at],
        flag=[FLAG_WORDS.get(str(word), "") for word in flag],
        native_geography=GEOGRAPHY_WORDS[subject.source.geography],
        description=words.replace("*", ""),
    )
    frame = pd.DataFrame({"value": series.value[:, at], "lower": series.lower[:, at],
                          "upper": series.upper[:, at], "name": wards["name"].to_numpy(),
                          "note": view.flag}, index=wards.index)  # fmt: skip
    nothing = Benchmark("", float("nan"))
    return MapFigure(subject, nothing, frame, view, "ward", selection.area, "months"), words


def _describe(
    series: SeriesTable, at: int, names: pd.Series, selection: Selection, chosen: Choices
) -> str:
    """The month in words: the place, its highest ward, and whether a lockdown was in force."""
    indicator = load_catalogue().indicators[chosen.moving]
    own = load_series_of(chosen.moving, (selection.area,)).value[0, at]
    period = read_period(chosen.month)

    def say(value: float) -> str:
        return format_number(value, indicator.decimals, indicator.unit)

    parts = [f"**{period.label}**: {place_name(selection.area)} {say(own)}"]
    values = series.value[:, at]
    if not np.isnan(values).all():
        top = int(np.nanargmax(values))
        parts.append(f"highest {names.iloc[top]} {say(values[top])}")
    locks = [one.name for one in load_lockdowns()
             if one.start <= period.end and one.end >= period.start]  # fmt: skip
    parts += [f"{name} in force for part or all of the month" for name in locks]
    return "; ".join(parts) + "."


def _make_offer(figure: MapFigure, words: str) -> Offer:
    frame, indicator = figure.frame, figure.subject.indicator
    head = f"{indicator.short_name} ({indicator.unit})"
    table = pd.DataFrame(
        {
            "Area": frame["name"],
            "Code": frame.index,
            "Period": figure.subject.period_label,
            head: frame["value"].round(indicator.decimals),
            "Lower 95 % limit": frame["lower"].round(indicator.decimals),
            "Upper 95 % limit": frame["upper"].round(indicator.decimals),
            "Note": frame["note"],
        }
    )
    name = f"{indicator.id}_{figure.subject.period}_{figure.subject.place}"
    notes = notes_for_download(figure.subject, figure.benchmark)
    words = words.replace("*", "")
    return Offer(name, table, notes, words, picture=lambda: draw_svg(figure), layer="ward")
