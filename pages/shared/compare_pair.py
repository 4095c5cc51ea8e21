"""Compare, first view: two indicators over the wards of a place."""

from __future__ import annotations

import html
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from analysis.choropleth import Subject
from analysis.compare_words import METHOD, describe_pair, make_pair_title
from analysis.correlation import compute_pearson, compute_spearman
from analysis.embed import Snippet
from analysis.export import make_notes
from analysis.map_view import as_printed
from analysis.related import explain_overlap, explain_years
from analysis.words import FLAG_WORDS, NO_LSOA, age_words, count_words, join_words
from data import clock
from data.catalogue import Indicator
from data.load import load_periods
from data.own.shelf import current_catalogue
from data.periods import read_period
from pages.shared.charts import show_chart
from pages.shared.choices import choose_here
from pages.shared.compare_choices import PAGE, Compare
from pages.shared.downloads import Offer, show_offer
from pages.shared.embed_offer import make_snippet
from pages.shared.figures import make_subject
from pages.shared.find import show_find
from pages.shared.group_figures import load_at
from pages.shared.offered import when_offered
from pages.shared.page import (
    current_theme,
    first_view_is_out,
    indicator_options,
    keep,
    panel,
    pick,
    pick_area,
    pick_ward,
    show_note,
    show_title,
)
from pages.shared.places import wards_of
from pages.shared.plain import as_plain
from pages.shared.selection import Selection, choose_ward

CHART = "compare-scatter"
# Each indicator stands beside its period, on a phone too.
STYLE = """
<style>
.st-key-pair-pickers {display: grid !important; grid-template-columns: repeat(12, minmax(0, 1fr));
  gap: 8px 16px;}
.st-key-pair-pickers > * {grid-column: span 4; width: auto !important; min-width: 0;}
.st-key-pair-pickers > :is(.st-key-pick_period, .st-key-compare_other_period)
  {grid-column: span 2;}
.st-key-pair-pickers > :has(> .st-key-find_answer),
.st-key-pair-pickers > .stElementContainer:has(.stSpinner) {grid-column: 1 / -1; order: 1;}
@media (max-width: 640px) {
  .st-key-pair-pickers {gap: 4px 8px;}
  .st-key-pair-pickers > * {grid-column: span 6;}
  .st-key-pair-pickers > .st-key-find_text {grid-column: 1 / -1;}
  .st-key-pair-pickers > :is(.st-key-pick_indicator, .st-key-compare_other) {grid-column: span 8;}
  .st-key-pair-pickers > :is(.st-key-pick_period, .st-key-compare_other_period)
    {grid-column: span 4;}
  .st-key-pair-pickers > :has(> .st-key-find_answer) {order: 0;}
}
</style>
"""
MOST_NAMES = 8


@dataclass(frozen=True)
class Pair:
    """Two indicators over the wards of a place; `wards` has a row for every ward.

    `wards`: index ward code; name, ward_name, population, x, y, why (of a missing figure),
    and district_name where the place holds several councils. `known` has both figures.
    """

    across: Subject
    up: Subject
    wards: pd.DataFrame

    @property
    def known(self) -> pd.DataFrame:
        """The wards with both figures."""
        return self.wards.dropna(subset=["x", "y"])


def load_pair(selection: Selection, chosen: Compare) -> Pair:
    """Both indicators' figures of the wards of the selected area.

    Raises:
        TableError: a table is missing or damaged.
    """
    wards = wards_of(selection.area)
    frame = wards[["name", "ward_name", "population"]].copy()
    if wards["district_name"].nunique() > 1:
        frame["district_name"] = wards["district_name"]
    frame["why"] = ""
    pairs = (
        ("x", selection.indicator, selection.period),
        ("y", chosen.other, chosen.other_period),
    )
    for axis, indicator, period in pairs:
        values = load_at(indicator, period).reindex(wards.index)
        frame[axis] = values["value"]
        gone = values["value"].isna()
        reasons = values.loc[gone, "flag"].astype(object).map(FLAG_WORDS).fillna("no figure")
        frame.loc[gone, "why"] = reasons.mask(wards.loc[gone, "lsoa_count"] == 0, NO_LSOA)
    across = make_subject(selection.indicator, selection.period, selection)
    return Pair(across, make_subject(chosen.other, chosen.other_period, selection), frame)


def _pick_own(field: str, label: str, options: dict[str, str], chosen: Compare) -> None:
    key = f"compare_{field}"
    keep(key, getattr(chosen, field))
    st.selectbox(
        label,
        list(options),
        format_func=lambda option: options.get(option, option),
        key=key,
        on_change=when_offered(key, options, lambda value: choose_here(PAGE, **{field: value})),
    )


def show_pair_pickers(selection: Selection, chosen: Compare) -> None:
    """The lists from which place, ward, both indicators and both periods are chosen."""
    periods = {p: read_period(p).label for p in reversed(load_periods(selection.indicator))}
    st.html(STYLE)
    with st.container(key="pair-pickers"):
        show_find(selection)
        pick_area(selection)
        pick_ward(selection)
        pick("indicator", "First indicator (across)", indicator_options(), selection)
        pick("period", "Its period", periods, selection)
        others = {p: read_period(p).label for p in reversed(load_periods(chosen.other))}
        _pick_own("other", "Second indicator (upwards)", indicator_options(), chosen)
        _pick_own("other_period", "Its period", others, chosen)
    keep("compare_weighted", chosen.weighted)
    st.toggle(
        "Count each ward by its people",
        key="compare_weighted",
        on_change=lambda: choose_here(PAGE, weighted=st.session_state["compare_weighted"]),
        help="A ward of 10,000 people then weighs twice as much as one of 5,000.",
    )


def show_pair(selection: Selection, chosen: Compare) -> None:
    """The finding, the scatter, how sure it is, and what to mind."""
    with panel("the comparison of two indicators"):
        pair = load_pair(selection, chosen)
        known = pair.known
        weights = known["population"] if chosen.weighted else None
        pearson = compute_pearson(known["x"], known["y"], weights)
        spearman = compute_spearman(known["x"], known["y"], weights)
        across, up = pair.across.indicator, pair.up.indicator
        title = make_pair_title(across, up, pearson)
        what = say_what(pair)
        words = describe_pair(across, up, pearson, spearman, weighted=chosen.weighted)
        show_title(title, what)
        _show_warnings(pair)
        if len(known) >= 2:
            _show_scatter(pair, selection.ward, f"{title}. {words}")
        st.html(f'<p style="max-width: 75ch">{html.escape(words)}</p>')
        missing = say_missing(pair)
        show_note(METHOD, "Dotted line: the middle of the wards, which odd wards cannot bend")
        show_note(missing)
        _show_sources(pair)
        show_offer(
            lambda: replace(
                _make_offer(pair, title, what, " ".join(filter(None, (words, missing)))),
                embeds=[_make_snippet(selection, chosen, pair)],
            ),
            "compare-pair",
        )


def say_what(pair: Pair) -> str:
    """Both indicators, the place and its number of wards."""
    parts = [f"{s.indicator.name}, {s.period_label}" for s in (pair.across, pair.up)]
    wards = count_words(len(pair.wards), "ward", "wards")
    return f"{parts[0]} (across) and {parts[1]} (upwards); {pair.across.place}, {wards}"


def _show_warnings(pair: Pair) -> None:
    across, up = pair.across, pair.up
    reasons = explain_overlap(across.indicator, up.indicator, current_catalogue())
    years = explain_years(across.period, up.period)
    for reason in filter(None, (*reasons, years)):
        st.warning(as_plain(reason), icon=":material/info:")


def _show_scatter(pair: Pair, ward: str, alt: str) -> None:
    from analysis.scatter import find_line, place_labels, plot_scatter
    from analysis.scatter_preview import render_preview

    known, titles = pair.known, (name_axis(pair.across), name_axis(pair.up))
    across, up = pair.across.indicator, pair.up.indicator
    if not first_view_is_out():
        st.html(render_preview(known, across, up, titles, alt, current_theme()))
        return
    line = find_line(known)
    figure = plot_scatter(
        known,
        across,
        up,
        titles,
        place_labels(known, line, first=ward),
        line,
        selected=ward,
        theme=current_theme(),
    )
    codes = known.index.tolist()

    def follow(points: object) -> None:
        # The dots are sent without their codes; they are in the order of the table.
        first = next((p for p in points if p.get("curve_number", 0) == 0), None)  # type: ignore[attr-defined]
        if first is not None:
            choose_ward(codes[first["point_index"]])

    show_chart(figure, CHART, alt, on_select=follow)


def name_axis(subject: Subject) -> str:
    """What an axis shows: name, unit and period."""
    indicator: Indicator = subject.indicator
    unit = f" ({indicator.unit})" if indicator.unit else ""
    return f"{indicator.short_name}{unit}, {subject.period_label}"


def say_missing(pair: Pair) -> str:
    """Which wards have not both figures, and why."""
    gone = pair.wards[pair.wards[["x", "y"]].isna().any(axis=1)]
    if gone.empty:
        return "Every ward has both figures."
    named = [f"{row['name']} ({row['why']})" for _, row in gone.head(MOST_NAMES).iterrows()]
    if len(gone) > MOST_NAMES:
        named.append(f"{len(gone) - MOST_NAMES} more, which are in the table")
    return f"Not in the chart, for want of a figure: {join_words(named)}."


def _show_sources(pair: Pair) -> None:
    today = clock.today()
    for subject in (pair.across, pair.up):
        modelled = "Modelled estimate, not a local count" if subject.source.modelled else ""
        show_note(
            f"{subject.indicator.short_name}: {subject.source_line}",
            subject.geography_line,
            modelled,
            f"Figure is {age_words(read_period(subject.period).end, today)}",
            " ".join(subject.indicator.caveats or subject.source.caveats),
        )


def _make_snippet(selection: Selection, chosen: Compare, pair: Pair) -> Snippet:
    names = [subject.indicator.name for subject in (pair.across, pair.up)]
    own = {name: value for name, value in chosen.address().items() if name != "view"}
    shown = selection.address("indicator", "period", "compare", **own)
    return make_snippet("scatter", f"{' and '.join(names)}, {pair.across.place}", shown)


def tabulate_pair(pair: Pair) -> pd.DataFrame:
    """The rows behind the scatter, with plain headings, every ward by name."""
    across, up = pair.across.indicator, pair.up.indicator
    return pd.DataFrame(
        {
            "Area": pair.wards["name"],
            "Code": pair.wards.index,
            name_axis(pair.across): as_printed(pair.wards["x"], across.decimals),
            name_axis(pair.up): as_printed(pair.wards["y"], up.decimals),
            "People (Census 2021)": pair.wards["population"],
            "Note": pair.wards["why"],
        }
    ).sort_values("Area")


def _make_offer(pair: Pair, title: str, what: str, words: str) -> Offer:
    across, up = pair.across.indicator, pair.up.indicator
    table = tabulate_pair(pair)
    notes = [
        ("Finding", words),
        ("Method", METHOD),
        *(
            (f"{subject.indicator.name}: {name}", text)
            for subject in (pair.across, pair.up)
            for name, text in make_notes(
                ("definition", subject.indicator.definition),
                ("source", f"{subject.source.publisher}: {subject.source.title}"),
                ("period", subject.period_label),
                ("licence", subject.source.licence),
                ("attribution", subject.source.attribution),
                ("geography", subject.geography_line),
                ("caveats", " ".join((*subject.indicator.caveats, *subject.source.caveats))),
            )
        ),
    ]
    sources = dict.fromkeys(
        f"Source: {s.source_line}. {s.geography_line}." for s in (pair.across, pair.up)
    )
    return Offer(
        name="_".join((across.id, up.id, pair.across.place)),
        table=table,
        notes=notes,
        description=words,
        layer="ward",
        chart=CHART,
        title=title,
        caption=(what, *sources),
    )
