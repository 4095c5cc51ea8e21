"""Hidden pockets on a page: what they need from the tables, and the parts that are shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd
import streamlit as st

from analysis.choropleth import Benchmark, Subject, make_areas_frame, make_map_view
from analysis.embed import Snippet
from analysis.pocket_table import make_pockets_table, make_ward_table
from analysis.pocket_words import (
    describe_pockets_list,
    describe_ward,
    explain_rule,
    make_pockets_title,
)
from analysis.pockets import find_limit, find_pockets, in_high_fifth, summarise_wards
from data.catalogue import load_catalogue
from data.geography_words import ENGLAND
from data.load import (
    load_areas,
    load_lsoa_values,
    load_lsoas,
    load_manifest,
    load_newest,
    load_period,
    load_periods,
)
from data.lsoa_table import load_lsoa_table, spread_indicators
from data.periods import read_period
from pages.shared.charts import show_chart
from pages.shared.downloads import Offer
from pages.shared.embed_offer import make_snippet
from pages.shared.figures import MapFigure, boundary_url, make_subject, notes_for_download
from pages.shared.page import current_theme, show_note
from pages.shared.places import lsoas_of, place_name, wards_of
from pages.shared.selection import Selection, choose_ward
from pages.shared.ward_map import show_map

MOST_ROWS = 26


@dataclass(frozen=True)
class Pockets:
    """One indicator's LSOAs inside the wards of a place.

    `table` is described in `pockets.find_pockets`; `limit` in `pockets.find_limit`.
    """

    subject: Subject
    table: pd.DataFrame
    limit: float


def lsoa_period(indicator_id: str) -> str:
    """The period of an indicator's LSOA figures."""
    return str(load_manifest()["indicators"][indicator_id]["lsoa"]["period"])


@lru_cache(maxsize=1)
def spread_options() -> dict[str, str]:
    """Ids of the indicators whose wards can be opened, with name and theme."""
    catalogue = load_catalogue()
    chosen = (catalogue.indicators[i] for i in spread_indicators())
    return {i.id: f"{i.name}  ({catalogue.themes[i.theme].name})" for i in chosen}


@lru_cache(maxsize=128)
def load_limit(indicator_id: str) -> float:
    """Where England's high-need fifth of LSOAs begins."""
    polarity = load_catalogue().indicators[indicator_id].polarity
    return find_limit(load_lsoa_table()[indicator_id].to_numpy(), polarity)


def _own_values(indicator_id: str) -> pd.DataFrame:
    """The wards' own figures of the same period as those of their LSOAs."""
    period = lsoa_period(indicator_id)
    if period == load_periods(indicator_id)[-1]:
        return load_newest(indicator_id)
    return load_period(indicator_id, period)


@lru_cache(maxsize=32)
def _pockets_table(indicator_id: str, area: str) -> pd.DataFrame:
    indicator = load_catalogue().indicators[indicator_id]
    wards = wards_of(area)
    own = _own_values(indicator_id)["value"]
    everywhere = own.reindex(wards_of(ENGLAND).index).to_numpy()
    limit = load_limit(indicator_id)
    spread = summarise_wards(
        load_lsoa_table()[indicator_id], load_lsoas(), wards.index, limit, indicator.polarity
    )
    named = pd.DataFrame({"name": wards["name"], "value": own.reindex(wards.index)})
    return find_pockets(named, spread, everywhere, indicator.polarity)


def load_pockets(indicator_id: str, selection: Selection) -> Pockets:
    """The wards of the selected area with the spread of their LSOAs.

    Raises:
        TableError: a table is missing or damaged, or the indicator has no spread.
    """
    subject = make_subject(indicator_id, lsoa_period(indicator_id), selection)
    table = _pockets_table(indicator_id, selection.area)
    return Pockets(subject, table, load_limit(indicator_id))


def describe_pockets(ward: str, indicator_id: str, *, named: bool = False) -> str:
    """One sentence on what a ward's average hides; for the page of one ward.

    Args:
        ward: its code.
        indicator_id: one of `spread_indicators`.
        named: begin with the indicator's short name.

    Raises:
        TableError: a table is missing or damaged, or the indicator has no spread.
    """
    district = str(load_areas().at[ward, "district_code"])
    row = _pockets_table(indicator_id, district).loc[ward]
    return describe_ward(row, load_catalogue().indicators[indicator_id], named=named)


def hides_pocket(ward: str, indicator_id: str) -> bool:
    """Whether a ward's average hides a pocket (see `analysis.pockets.find_pockets`).

    Raises:
        TableError: a table is missing or damaged, or the indicator has no spread.
    """
    district = str(load_areas().at[ward, "district_code"])
    return bool(_pockets_table(indicator_id, district).at[ward, "hides"])


def load_inside(indicator_id: str, ward: str, selection: Selection) -> MapFigure | None:
    """The LSOAs inside a ward in fifths of England's LSOAs; None where it has none.

    Raises:
        TableError: a table is missing or damaged.
    """
    district = str(load_areas().at[ward, "district_code"])
    areas = lsoas_of(district)
    areas = areas[areas["ward_code"] == ward]
    if areas.empty:
        return None
    values = load_lsoa_values(indicator_id)
    period = str(values["period"].iloc[0])
    subject = make_subject(indicator_id, period, selection).of_lsoas(period)
    subject = replace(subject, place=place_name(ward))
    own = float(_own_values(indicator_id)["value"].get(ward, np.nan))
    benchmark = Benchmark(f"{place_name(ward)} as a whole", own)
    frame = make_areas_frame(values, areas, subject.indicator.polarity, benchmark)
    everywhere = values["value"].to_numpy()
    view = make_map_view(frame, subject, "england_fifths", everywhere, benchmark)
    method = "england_fifths"
    return MapFigure(subject, benchmark, frame, view, "lsoa", district, method)


def draw_inside(figure: MapFigure, key: str, height: int) -> None:
    """Draw the map of the LSOAs inside a ward, the neighbouring ones grey around them."""
    quiet = replace(figure.view, source="", native_geography="", title="")
    show_map(quiet, boundary_url("lsoa", figure.area), key, height, part=True)


def choose_rows(table: pd.DataFrame, selected: str) -> pd.DataFrame:
    """The first rows of the list that have a spread, and the selected ward among them."""
    known = table[table["known"] > 0]
    rows = known.head(MOST_ROWS)
    if selected in known.index and selected not in rows.index:
        rows = pd.concat([rows.head(MOST_ROWS - 1), known.loc[[selected]]])
    return rows


def list_dots(pockets: Pockets, rows: pd.DataFrame) -> pd.DataFrame:
    """The LSOAs inside some wards: ward_code, lsoa_name, people, value, pocket (bool)."""
    indicator, lsoas = pockets.subject.indicator, load_lsoas()
    inside = lsoas[lsoas["ward_code"].isin(rows.index)]
    values = load_lsoa_table()[indicator.id].reindex(inside.index)
    return pd.DataFrame(
        {
            "ward_code": inside["ward_code"],
            "lsoa_name": inside["lsoa_name"],
            "people": inside["population"],
            "value": values,
            "pocket": in_high_fifth(values, pockets.limit, indicator.polarity),
        }
    )


def show_strips(pockets: Pockets, selected: str, key: str) -> pd.DataFrame:
    """Draw the strip chart; a click on a dot chooses its ward. Returns the rows shown."""
    from analysis.pocket_figure import explain_signs, plot_pockets

    indicator = pockets.subject.indicator
    rows = choose_rows(pockets.table, selected)
    dots = list_dots(pockets, rows)
    show_note(explain_signs(indicator, pockets.limit))
    figure = plot_pockets(
        rows, dots, indicator, pockets.limit, selected=selected, theme=current_theme()
    )
    show_chart(
        figure,
        key,
        describe_pockets_list(pockets.table, indicator, pockets.subject.place),
        on_select=lambda points: choose_ward(str(points[0]["customdata"])),
    )
    return rows


def make_pockets_snippet(kind: str, pockets: Pockets, selection: Selection) -> Snippet:
    """What other websites can show: the wards of the place, or the inside of the chosen one."""
    place = pockets.subject.place if kind == "pockets" else place_name(selection.ward)
    title = f"{pockets.subject.indicator.name} inside wards, {place}"
    return make_snippet(kind, title, selection.address("indicator"))


def make_pockets_offer(pockets: Pockets, chart: str, selection: Selection) -> Offer:
    """The wards of the place with their spread: rows, words and files."""
    subject = pockets.subject
    from analysis.pocket_figure import explain_signs

    indicator = subject.indicator
    description = describe_pockets_list(pockets.table, indicator, subject.place)
    return Offer(
        name=f"hidden_pockets_{indicator.id}_{subject.period}_{subject.place}",
        table=make_pockets_table(pockets.table, indicator),
        notes=[
            *notes_for_download(subject, Benchmark("", np.nan)),
            ("Hidden pocket", explain_rule(indicator)),
        ],
        description=description,
        embeds=[make_pockets_snippet("pockets", pockets, selection)],
        layer="ward",
        chart=chart,
        title=make_pockets_title(pockets.table, indicator, subject.place),
        caption=(subject.subtitle, explain_signs(indicator, pockets.limit), subject.source_line),
    )


@lru_cache(maxsize=32)
def load_ward_table(ward: str) -> pd.DataFrame:
    """The spread inside one ward in every indicator that has one.

    Raises:
        TableError: a table is missing or damaged.
    """
    lsoas = load_lsoas()
    inside = lsoas[lsoas["ward_code"] == ward]
    figures = load_lsoa_table().loc[inside.index]
    every = wards_of(ENGLAND).index
    own, periods = {}, {}
    for indicator_id in figures.columns:
        values = _own_values(indicator_id)["value"]
        own[indicator_id] = (float(values.get(ward, np.nan)), values.reindex(every).to_numpy())
        periods[indicator_id] = read_period(lsoa_period(indicator_id)).label
    limits = {indicator_id: load_limit(indicator_id) for indicator_id in figures.columns}
    return make_ward_table(figures, inside, own, limits, load_catalogue(), periods)


def show_sentences(pockets: Pockets, most: int) -> None:
    """The first wards of the list as sentences; each is a button that opens the ward."""
    hiding = pockets.table[pockets.table["hides"]]
    with st.container(key="pocket_list", gap="small"):
        for code, row in hiding.head(most).iterrows():
            st.button(
                icon=":material/arrow_forward:",
                label=describe_ward(row, pockets.subject.indicator),
                key=f"pocket-{code}",
                type="tertiary",
                on_click=choose_ward,
                args=(code,),
            )
