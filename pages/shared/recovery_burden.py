"""The burden of the pandemic beside deprivation and age."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.burden import cut_fifths, describe_burden, make_burden_table, make_cross_table
from analysis.map_view import format_number
from data.catalogue import load_catalogue
from data.geography_words import ENGLAND
from data.load import load_newest, load_periods
from data.periods import read_period
from data.recovery import load_recovery
from pages.shared.downloads import Offer, show_offer
from pages.shared.figures import list_sources
from pages.shared.page import show_note
from pages.shared.places import place_name, wards_of
from pages.shared.selection import Selection
from pages.shared.tables import show_table

NEED_ROWS = {1: "Most deprived fifth", 2: "2nd fifth", 3: "3rd fifth", 4: "4th fifth",
             5: "Least deprived fifth"}  # fmt: skip
AGE_ROWS = {1: "Most people aged 65 and over", 2: "2nd fifth", 3: "3rd fifth", 4: "4th fifth",
            5: "Fewest people aged 65 and over"}  # fmt: skip


def show_burden(selection: Selection, key: str) -> None:
    """Two small tables in fifths of England's wards, what they say, and the wards' own rows."""
    rules, indicators = load_recovery(), load_catalogue().indicators
    every, here = wards_of(ENGLAND).index, wards_of(selection.area)
    tables = {i: load_newest(i).reindex(every) for i in (*rules.totals, rules.deprivation)}
    tables[rules.age] = load_newest(rules.age).reindex(every)
    need = cut_fifths(tables[rules.deprivation]["value"])
    age = cut_fifths(tables[rules.age]["value"])
    shown = (rules.age, *rules.totals)
    heads = {i: f"{indicators[i].short_name} ({indicators[i].unit})" for i in shown}
    figures = {heads[i]: (indicators[i], tables[i]) for i in shown}
    by_need = make_burden_table(figures, need, here.index)
    by_age = make_burden_table(figures, age, here.index)
    deaths = rules.totals[0]
    words = describe_burden(by_need, by_age, heads[deaths], indicators[deaths].unit)
    st.markdown(words)
    st.markdown("**England's wards in fifths of deprivation**")
    printed = _print(by_need.rename(index=NEED_ROWS), figures).reset_index()
    show_table(printed, "The burden by fifths of deprivation")
    cross = make_cross_table(indicators[deaths], tables[deaths], age, need)
    cross = cross.rename(index=AGE_ROWS, columns=NEED_ROWS)
    st.markdown(f"**{indicators[deaths].name} {indicators[deaths].unit}, wards of like age**")
    show_table(_print(cross, {}).reset_index(), "Deaths in wards of like age")
    labels = [
        f"{indicators[i].short_name}: {read_period(load_periods(i)[-1]).label}" for i in shown
    ]
    show_note(
        f"“Wards here”: wards of {place_name(selection.area)} in that fifth",
        "Fifths hold equally many wards of England",
        "Wards differ in many other ways too: homes, jobs, care homes, who was tested",
        *labels,
    )
    show_note(f"Sources: {list_sources((*rules.totals, rules.deprivation, rules.age))}")
    columns = {"Ward": here["name"], "Code": here.index}
    columns |= {"Fifth of deprivation (1 most)": need, "Fifth of age (1 oldest)": age}
    own = pd.DataFrame({k: v.reindex(here.index) if isinstance(v, pd.Series) else v
                        for k, v in columns.items()})  # fmt: skip
    for i in shown:
        rows = tables[i].reindex(here.index)
        own[heads[i]] = rows["value"].round(indicators[i].decimals)
        own[f"{heads[i]}, lower limit"] = rows["lower_ci"].round(indicators[i].decimals)
        own[f"{heads[i]}, upper limit"] = rows["upper_ci"].round(indicators[i].decimals)
    notes = [("Sources", list_sources((*rules.totals, rules.deprivation, rules.age)))]
    notes += [("Not adjusted for age", words)]
    name = f"pandemic_burden_{place_name(selection.area)}"
    show_offer(lambda: Offer(name, own, notes, words, layer="ward"), key)


def _print(table: pd.DataFrame, figures: dict) -> pd.DataFrame:
    """Figures as text at their printed decimals, so that 5.0 stays 5.0."""
    printed = table.astype(object).copy().rename_axis(index="Wards of England", columns=None)
    for column in table.columns:
        digits = figures[column][0].decimals if column in figures else 0
        printed[column] = [
            "no ward" if pd.isna(value) else format_number(value, digits) for value in table[column]
        ]
    return printed
