"""Parts of the page Covid impact and recovery: pickers, finding, map, ranked list, lines."""

from __future__ import annotations

import html

import numpy as np
import pandas as pd
import streamlit as st

from analysis.choropleth import Benchmark
from analysis.embed import Snippet
from analysis.map_view import format_number
from analysis.recovery import list_after, list_before
from analysis.recovery_map import make_recovery_view
from analysis.recovery_words import (
    METHOD,
    baseline_label,
    count_classes_words,
    describe_area,
    describe_furthest,
    make_table,
    make_title,
    order_areas,
    percent_words,
    sign_words,
    weak_words,
)
from analysis.words import count_words
from data.catalogue import load_catalogue
from data.load import load_periods
from data.periods import read_period
from data.recovery import load_recovery
from pages.shared.choices import choose_here
from pages.shared.downloads import Offer, show_offer
from pages.shared.embed_offer import make_snippet
from pages.shared.figures import (
    MapFigure,
    draw_map,
    draw_svg,
    notes_for_download,
    show_provenance,
)
from pages.shared.offered import when_offered
from pages.shared.page import keep, pick, pick_area, pick_ward, show_note, show_title
from pages.shared.places import benchmarks_of, place_label, place_name
from pages.shared.recovery_choices import PAGE, SHADES, Choices
from pages.shared.recovery_data import Impact, compute_areas
from pages.shared.selection import Selection

STYLE = """
<style>
.rec-list {width: 100%; border-collapse: collapse; font-size: .9375rem; line-height: 1.3;}
.rec-list caption {text-align: left; font-weight: 600; padding-bottom: 4px;}
.rec-list th, .rec-list td {padding: 5px 6px; text-align: right; vertical-align: top;
  border: 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent);
  font-variant-numeric: tabular-nums;}
.rec-list :is(th, td):first-child {text-align: left;}
.rec-list thead th {font-weight: 600; font-size: .875rem;}
.rec-list tbody th {font-weight: 400;}
.rec-list .place th, .rec-list .place td, .rec-list .chosen th {font-weight: 600;}
.rec-list .soft, .rec-lines .soft {font-size: .875rem; opacity: .85; display: block;}
ul.rec-lines {display: grid; gap: 12px 20px; padding: 0 !important; margin: 0; list-style: none;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 215px), 1fr));}
@media (max-width: 480px) {ul.rec-lines {gap: 12px; grid-template-columns: 1fr 1fr;}}
ul.rec-lines li {margin: 0 !important; padding: 0; min-width: 0; line-height: 1.3;
  font-size: .9375rem;}
.rec-lines .chosen {outline: 2px solid currentColor; outline-offset: 4px;}
.rec-lines img {display: block; width: 100%; height: 52px; margin: 2px 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 35%, transparent);
  background: var(--rec-bands); print-color-adjust: exact;}
.rec-district {border-left: 6px solid currentColor; padding: 6px 12px; margin: 0 0 12px;
  font-weight: 600; font-size: 1.05rem;}
@media (prefers-reduced-motion: reduce) {.st-key-recovery_play {display: none;}}
.rec-scroll {overflow-x: auto;}
.rec-scroll:focus-visible {outline: 2px solid currentColor;}
</style>
"""


def pick_choices(selection: Selection, chosen: Choices) -> None:
    """Where, which series, from which baseline to which end, and compared with what."""
    pick_area(selection)
    pick_ward(selection)
    _pick_series(chosen)
    periods = load_periods(chosen.series)
    before = list_before(periods, chosen.rule.first)
    _pick_period("start", "Before: from", before, chosen.start, chosen.rule.why_baseline)
    _pick_period("stop", "Before: to", before, chosen.stop)
    _pick_period("end", "Latest", list_after(periods)[::-1], chosen.end)
    options = {key: place_label(code) for key, code in benchmarks_of(selection.area).items()}
    pick("compare", "Compared with", options, selection)


def _pick_series(chosen: Choices) -> None:
    names = {i: load_catalogue().indicators[i].name for i in load_recovery().series}
    keep("recovery_series", chosen.series)
    st.selectbox(
        "Series",
        list(names),
        format_func=lambda option: names[option],
        key="recovery_series",
        on_change=lambda: choose_here(
            PAGE, series=st.session_state["recovery_series"], start="", stop="", end=""
        ),
        help="Only series with figures for wards before and after March 2020.",
    )


def _pick_period(field: str, label: str, options: list[str], value: str, hint: str = "") -> None:
    key = f"recovery_{field}"
    keep(key, value)
    st.selectbox(
        label,
        options,
        format_func=lambda option: read_period(option).label,
        key=key,
        on_change=when_offered(key, options, lambda value: choose_here(PAGE, **{field: value})),
        help=hint or None,
    )


def subtitle_of(impact: Impact) -> str:
    """What, where, from when to when."""
    indicator, chosen = impact.subject.indicator, impact.choices
    unit = f"{indicator.unit} {indicator.denominator_words}".strip()
    before = baseline_label((chosen.start, chosen.stop))
    worst = "worst" if impact.rule.judged else "highest"
    stop = impact.rule.shock_last
    when = f"from March 2020 to {read_period(stop).label}" if stop else "since March 2020"
    return (
        f"{indicator.name} ({unit}), wards in {impact.subject.place}: before ({before}), {worst} "
        f"{when}, latest ({impact.subject.period_label})"
    )


def show_finding(impact: Impact, ward: str) -> None:
    """Title, subtitle, key sentences, and what must be said with every figure of the series."""
    indicator = impact.subject.indicator
    show_title(make_title(impact.frame, indicator, impact.rule), subtitle_of(impact))
    st.markdown("\n".join(f"- {sentence}" for sentence in list_findings(impact, ward)))
    show_note(f"Take care: {' '.join(impact.rule.notes)}")


def list_findings(impact: Impact, ward: str = "") -> list[str]:
    """The key sentences: the chosen ward, the place, how many wards are where, the furthest."""
    indicator, names, chosen = impact.subject.indicator, impact.wards["name"], ""
    if ward:
        chosen = describe_area(impact.frame.loc[ward], str(names[ward]), indicator, impact.rule)
    sentences = [
        chosen,
        describe_area(impact.own, impact.subject.place, indicator, impact.rule),
        count_classes_words(impact.frame, impact.rule),
        describe_furthest(impact.frame, names, impact.rule),
    ]
    return [sentence for sentence in sentences if sentence]


def show_recovery_map(impact: Impact, selection: Selection, key: str) -> None:
    """The map of classes with its counts, and where the figures are from.

    The page has called `bring_map_code`.
    """
    keep("recovery_shade", impact.choices.shade)
    st.segmented_control(
        "Colours of the map",
        list(SHADES),
        format_func=lambda option: SHADES[option],
        key="recovery_shade",
        required=True,
        label_visibility="collapsed",
        on_change=lambda: choose_here(PAGE, shade=st.session_state["recovery_shade"]),
    )
    figure = make_figure(impact, selection)
    draw_map(figure, selection, key=key, height=500, brought=True)
    show_provenance(impact.subject)


def make_figure(impact: Impact, selection: Selection) -> MapFigure:
    """The map with its words, ready to be drawn on the page and as a picture."""
    words = (make_title(impact.frame, impact.subject.indicator, impact.rule), describe(impact))
    chosen = selection.ward or None
    view = make_recovery_view(
        impact.frame, impact.wards, impact.subject, impact.rule, words, chosen,
        shade=impact.choices.shade,
    )  # fmt: skip
    nothing = Benchmark("", float("nan"))
    return MapFigure(
        impact.subject, nothing, impact.frame, view, "ward", impact.area, "recovery"
    )  # fmt: skip


def describe(impact: Impact) -> str:
    """The view in sentences."""
    indicator = impact.subject.indicator
    parts = [
        f"{subtitle_of(impact)}.",
        describe_area(impact.own, impact.subject.place, indicator, impact.rule),
        count_classes_words(impact.frame, impact.rule),
        describe_furthest(impact.frame, impact.wards["name"], impact.rule),
        *impact.rule.notes,
    ]
    return " ".join(part for part in parts if part)


def list_snippets(impact: Impact, selection: Selection) -> list[Snippet]:
    """What other websites can show: the map, and the place beside others over time."""
    own = impact.choices.address()
    kept = {name: own[name] for name in ("series", "baseline", "end")}
    title = f"{impact.subject.indicator.name} before, at worst and now, {impact.subject.place}"
    view = selection.address("compare", **kept)
    return [
        make_snippet("recovery-map", title, {**view, "shade": own["shade"]}),
        make_snippet("recovery-line", f"{title}, over time", view),
    ]


def show_recovery_data(impact: Impact, selection: Selection, key: str) -> None:
    """Offer the rows, words and files behind the map and the list."""
    chosen = impact.choices
    notes = [
        *notes_for_download(impact.subject, Benchmark("none", float("nan"))),
        ("Before", baseline_label((chosen.start, chosen.stop))),
        ("Why this baseline", impact.rule.why_baseline),
        ("Latest", impact.subject.period_label),
        ("How recovery is worked out", METHOD),
        ("Mind", " ".join(impact.rule.notes)),
    ]
    name = f"recovery_{chosen.series}_{chosen.end}_{impact.subject.place}"

    def make_offer() -> Offer:
        table = make_table(
            impact.frame, impact.wards["name"], impact.subject.indicator, impact.rule
        )
        figure = make_figure(impact, selection)
        return Offer(
            name, table, notes, describe(impact), picture=lambda: draw_svg(figure), layer="ward",
            embeds=list_snippets(impact, selection),
        )  # fmt: skip

    show_offer(make_offer, key)
    with st.expander("How recovery is worked out", icon=":material/calculate:"):
        st.markdown(METHOD)
        proposed = baseline_label(impact.rule.baseline)
        st.markdown(f"Proposed baseline: {proposed}. {impact.rule.why_baseline}")
        for indicator, reason in load_recovery().left_out.items():
            st.markdown(f"Not used: {load_catalogue().indicators[indicator].name}. {reason}")


def show_ranked_list(impact: Impact, selection: Selection, most: int = 12) -> None:
    """Wards furthest from before first, below the place itself and its comparator."""
    indicator = impact.subject.indicator
    rows = order_areas(impact.frame)
    shown = rows.iloc[:most]
    if selection.ward in rows.index and selection.ward not in shown.index:
        shown = pd.concat([shown.iloc[:-1], rows.loc[[selection.ward]]])
    benchmark = selection.benchmark_code
    places = {selection.area: impact.own}
    if benchmark != selection.area:
        places[benchmark] = compute_areas(pd.Index([benchmark]), impact.choices)[2].iloc[0]
    names = impact.wards["name"]
    lines = [_list_row(row, place_name(code), impact, "place") for code, row in places.items()]
    for code, row in shown.iterrows():
        look = "chosen" if code == selection.ward else ""
        lines.append(_list_row(row, str(names[code]), impact, look))
    worst = "Worst" if impact.rule.judged else "Highest"
    unit = indicator.unit
    st.html(
        '<div class="rec-scroll" tabindex="0" role="region" aria-label="Wards ranked">'
        '<table class="rec-list"><caption>Furthest from before first</caption><thead><tr>'
        f'<th scope="col">Area</th><th scope="col">Before</th><th scope="col">{worst}</th>'
        '<th scope="col">Latest</th><th scope="col">Recovery (95 %)</th></tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )
    cut = f"{len(shown)} of {count_words(len(rows), 'ward', 'wards')}" if len(rows) > most else ""
    show_note(
        f"{cut} shown, all are in the table below" if cut else "",
        f"Before, {worst.lower()}, latest in {unit}",
        "Recovery 100 %: back where it was; the range is its approximate 95 % interval",
    )


def _list_row(row: pd.Series, name: str, impact: Impact, look: str) -> str:
    digits = impact.subject.indicator.decimals

    def say(key: str) -> str:
        if np.isnan(row[key]):
            return "no figure"
        return format_number(row[key], digits)

    when = f"in {read_period(row['shock_period']).label}" if row["shock_period"] else ""
    word = sign_words(row["class"], impact.rule)
    if row["class"] == "cannot_tell":
        word = f"{word}: {row['reason']}"
    elif weak := weak_words(row):
        word += f" · {weak}"
    back = percent_words(row["recovery"])
    limits = ""
    if not np.isnan(row["recovery_low"]):
        limits = (
            f"{percent_words(row['recovery_low'])[:-2]} to {percent_words(row['recovery_high'])}"
        )
    return (
        f'<tr class="{look}"><th scope="row">{html.escape(name)}'
        f'<span class="soft">{html.escape(word)}</span></th><td>{say("baseline")}</td>'
        f'<td>{say("shock")}<span class="soft">{when}</span></td><td>{say("latest")}</td>'
        f'<td>{back}<span class="soft">{limits}</span></td></tr>'
    )
