"""How old each series of the page is, in plain words, and what would replace it."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from analysis.words import age_words
from data import clock
from data.catalogue import load_catalogue
from data.freshness import list_freshness, read_last_period
from data.recovery import load_recovery
from pages.shared.downloads import Offer, show_offer
from pages.shared.tables import show_table


def list_used() -> list[str]:
    """Indicators of the page in reading order, each once."""
    recovery = load_recovery()
    district = [i for _, indicators in recovery.district for i in indicators]
    used = [*recovery.series, *recovery.burden, *recovery.totals, *district]
    return list(dict.fromkeys(used))


def make_age_table(today: dt.date) -> pd.DataFrame:
    """One row per series: what, for which areas, last figure, its age, what would replace it."""
    catalogue = load_catalogue()
    held = list_freshness(catalogue)
    rows = []
    for indicator in list_used():
        source, last = catalogue.source_of(indicator), read_last_period(indicator)
        if source.id not in held:
            continue
        rows.append(
            {
                "Series": catalogue.indicators[indicator].name,
                "For": "districts" if source.geography == "district" else "wards",
                "Latest figure": last.label,
                "Age": f"latest figure is {age_words(last.end, today)}",
                "What would replace it": source.update_words,
                "Next release": source.next_release,
                "Address": source.url,
            }
        )
    return pd.DataFrame(rows)


def show_ages(key: str) -> None:
    """The table, opened on demand, and its files."""
    today = clock.today()
    table = make_age_table(today)
    with st.expander(
        f"How old the {len(table)} series are, and what would replace them",
        icon=":material/schedule:",
    ):
        show_table(table[["Series", "For", "Age", "What would replace it"]], "Ages of the series")
    notes = [("Ages", f"As at {today.day} {today:%B %Y}")]
    show_offer(lambda: Offer("age_of_series", table, notes), key)
