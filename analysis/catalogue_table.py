"""The catalogue as tables and sentences for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from analysis.words import CARRIED, GEOGRAPHY_WORDS, age_words
from data.catalogue import Catalogue, Indicator
from data.catalogue_entries import GEOGRAPHIES
from data.periods import Period

POLARITY_WORDS = {
    "high_is_good": "High is good",
    "low_is_good": "Low is good",
    "no_judgement": "Neither high nor low is good in itself",
}
AGGREGATION_WORDS = {
    "sum": "Counts are added up.",
    "ratio": "Numerators and denominators are added up, then divided.",
    "weighted_mean": "Mean of the small areas' figures, weighted by the people they speak for.",
    "weighted_share": "Share of the people who live in the small areas named.",
    "published": "The publisher's own figure, not recomputed.",
}
INTERVAL_WORDS = {
    "wilson": "Wilson score, 95 %",
    "byar": "Byar's method, 95 % (exact Poisson under 10)",
    "published": "As published, 95 %",
    "none": "None",
}


def make_catalogue_table(catalogue: Catalogue) -> pd.DataFrame:
    """One row per indicator: Theme, Indicator, Unit, Published for, Vintage, Source, Id."""
    rows = []
    for indicator in catalogue.indicators.values():
        source = catalogue.sources[indicator.source]
        level = "districts only" if source.geography == "district" else "wards"
        rows.append(
            {
                "Theme": catalogue.themes[indicator.theme].name,
                "Indicator": indicator.name,
                "Unit": " ".join(p for p in (indicator.unit, indicator.denominator_words) if p),
                "Figures for": level,
                "Published for": GEOGRAPHIES[source.geography],
                "Vintage": source.vintage,
                "Direction": POLARITY_WORDS[indicator.polarity],
                "Source": f"{source.publisher}: {source.title}",
                "Definition": indicator.definition,
                "Id": indicator.id,
            }
        )
    return pd.DataFrame(rows)


def make_source_table(
    catalogue: Catalogue, newest: Mapping[str, Period], today: dt.date
) -> pd.DataFrame:
    """One row per sound source: what it is, its age, what would replace it, its licence, notes.

    Args:
        catalogue: its sources give the rows.
        newest: source id -> the last period held; a source may be absent.
        today: the day from which ages are counted.
    """
    return pd.DataFrame(
        [
            {
                "Title": source.title,
                "Newest figure": newest[source.id].label if source.id in newest else "not held",
                "Age": age_words(newest[source.id].end, today) if source.id in newest else "–",
                "How to update": source.update_words,
                "Next release": source.next_release,
                "Publisher": source.publisher,
                "Vintage": source.vintage,
                "Published for": GEOGRAPHIES[source.geography],
                "Licence": source.licence,
                "Address": source.url,
                "Attribution": source.attribution,
                "What the publisher measured": source.producer_description,
                "What we did with it": source.processing_note,
                "Copy obtained from": source.obtained_from,
            }
            for source in catalogue.sources.values()
            if source.id not in catalogue.broken_sources
        ]
    )


def describe_age(last: Period, today: dt.date) -> str:
    """The last period held and its age: "2022; 3 years 10 months old"."""
    return f"{last.label}; {age_words(last.end, today)}"


def describe_entry(
    catalogue: Catalogue, indicator_id: str, newest: str = ""
) -> list[tuple[str, str]]:
    """One indicator in full, as (heading, text) pairs in reading order.

    `newest` are the words of `describe_age`; without them the heading is left out.
    """
    indicator = catalogue.indicators[indicator_id]
    source = catalogue.sources[indicator.source]
    caveats = " ".join((*indicator.caveats, *source.caveats))
    pairs = [
        ("Definition", indicator.definition),
        ("Unit", " ".join(p for p in (indicator.unit, indicator.denominator_words) if p)),
        ("Direction", POLARITY_WORDS[indicator.polarity]),
        ("Numerator", _plain(indicator.numerator)),
        ("Denominator or weight", _plain(indicator.denominator or (indicator.weight,))),
        ("How areas are made", AGGREGATION_WORDS[indicator.aggregation]),
        ("Interval", INTERVAL_WORDS[indicator.interval]),
        ("Published for", _geography(indicator, catalogue)),
        ("Source", f"{source.publisher}: {source.title} ({source.vintage})"),
        ("Newest figure", newest),
        ("What would replace it", f"{source.update_words} Next release: {source.next_release}."),
        ("What the publisher measured", source.producer_description),
        ("What we did with it", source.processing_note),
        ("Caveats", caveats),
        ("Ranking", "" if indicator.ranked else "Areas are not ranked: the figure cannot bear it."),
        ("Licence", f"{source.licence}. {source.attribution}"),
        ("Id", f"`{indicator.id}`"),
    ]
    return [(heading, text) for heading, text in pairs if text]


def _plain(measures: tuple[str, ...]) -> str:
    return " + ".join(m.replace(".", ": ").replace("_", " ") for m in measures if m)


def _geography(indicator: Indicator, catalogue: Catalogue) -> str:
    geography = catalogue.sources[indicator.source].geography
    return f"{GEOGRAPHY_WORDS[geography]}; {CARRIED[geography]}"
