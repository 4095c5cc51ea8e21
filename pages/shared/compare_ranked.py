"""Compare, second view: the wards of a place ranked, and how sure each rank is."""

from __future__ import annotations

import html
import textwrap
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import streamlit as st

from analysis.comparison import compare_with_benchmark
from analysis.embed import Snippet
from analysis.ranking import choose_rows, compute_rank_limits, say_rank
from analysis.words import FLAG_WORDS, count_words, join_words
from data.load import load_periods
from data.periods import read_period
from pages.shared.charts import show_chart
from pages.shared.choices import choose_here
from pages.shared.compare_choices import ENDS, PAGE, Compare
from pages.shared.downloads import Offer, show_offer
from pages.shared.embed_offer import make_snippet
from pages.shared.figures import (
    MapFigure,
    load_ward_figure,
    make_offer,
    notes_for_download,
    show_provenance,
    tidy_for_download,
)
from pages.shared.find import show_find
from pages.shared.group_figures import group_rows
from pages.shared.groups import Group, current_groups
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
from pages.shared.places import benchmarks_of, place_name
from pages.shared.rankings import INTERVAL, add_whiskers, whisker_words
from pages.shared.selection import Selection, choose_ward

CHART = "compare-ranking"
MOST_ROWS = 60
LONGEST_LINE = 32  # characters: leaves nearly half of a phone for the chart
METHOD = (
    "A rank is open where 95 % intervals overlap: a ward stands surely below only those wards "
    "whose whole interval lies above its own (Klein, Wright and Wieczorek 2020)"
)


@dataclass(frozen=True)
class Ranking:
    """Wards ranked; `wards` has the columns of a map's frame with low, high, best, worst.

    `groups` are rows beside them that take no rank (see `group_figures.group_rows`).
    """

    figure: MapFigure
    wards: pd.DataFrame
    whiskers: str
    groups: pd.DataFrame


def show_ranked_pickers(selection: Selection, chosen: Compare) -> None:
    """The lists from which place, ward, indicator, period, end and benchmark are chosen."""
    periods = {p: read_period(p).label for p in reversed(load_periods(selection.indicator))}
    with st.container(key="pickers"):
        show_find(selection)
        pick_area(selection)
        pick_ward(selection)
        pick("indicator", "Indicator", indicator_options(), selection)
        pick("period", "Period", periods, selection)
        keep("compare_end", chosen.end)
        st.selectbox(
            "Order",
            list(ENDS),
            format_func=lambda end: ENDS[end],
            key="compare_end",
            on_change=lambda: choose_here(PAGE, end=st.session_state["compare_end"]),
        )
        benchmarks = benchmarks_of(selection.area).items()
        pick("compare", "Compare with", {w: place_name(c) for w, c in benchmarks}, selection)


def load_ranking(selection: Selection, groups: tuple[Group, ...]) -> Ranking:
    """The figures of the selected area's wards and of the groups, with their rank limits.

    Raises:
        TableError: the table is missing or damaged.
    """
    figure = load_ward_figure(selection.indicator, selection.period, selection, selection.classes)
    wards, whiskers = add_whiskers(figure.frame, figure.subject)
    wards["best"], wards["worst"] = compute_rank_limits(wards["lower_ci"], wards["upper_ci"])
    extra = group_rows(groups, selection.indicator, selection.period)
    if len(extra):
        indicator = figure.subject.indicator
        extra["name"] = [f"{group.name} (group)" for group in groups]
        extra["low"], extra["high"] = extra["lower_ci"], extra["upper_ci"]
        extra["compared"] = compare_with_benchmark(
            extra["lower_ci"], extra["upper_ci"], figure.benchmark.value, indicator.polarity
        )
    return Ranking(figure, wards, whiskers, extra)


def show_ranked(selection: Selection, chosen: Compare) -> None:
    """The finding, the ranking, its table and what to mind."""
    with panel("the ranking"):
        groups = current_groups()
        ranking = load_ranking(selection, groups)
        figure = ranking.figure
        subject = figure.subject
        title, words = _say(ranking, selection.ward)
        show_title(title, f"{subject.subtitle}, {count_words(len(ranking.wards), 'ward', 'wards')}")
        if not subject.indicator.ranked:
            st.info(
                "Wards are not ranked by this figure: see “Take care” below. They are listed by "
                "name.",
                icon=":material/info:",
            )
        if first_view_is_out():
            _show_chart(ranking, selection, chosen, f"{title}. {words}")
        _show_notes(ranking)
        show_provenance(subject)
        embeds = _list_snippets(ranking, selection)
        show_offer(
            lambda: replace(_make_offer(ranking, title, words, groups), embeds=embeds),
            "compare-ranked",
        )


def _list_snippets(ranking: Ranking, selection: Selection) -> list[Snippet]:
    """What other websites can show: the ranking without a visitor's own groups."""
    subject = ranking.figure.subject
    if len(ranking.groups) or not subject.indicator.ranked:
        return []
    shown = selection.address("indicator", "period", "compare")
    return [make_snippet("ranking", f"Wards by {subject.indicator.name}, {subject.place}", shown)]


def _say(ranking: Ranking, ward: str) -> tuple[str, str]:
    """The title, and the ranking in sentences."""
    subject, wards = ranking.figure.subject, ranking.wards
    description = ranking.figure.view.description
    known = wards.dropna(subset="value")
    if known.empty or not subject.indicator.ranked:
        return f"{subject.indicator.short_name} in {subject.place}", description
    code = ward if ward in known.index else str(known["value"].idxmax())
    row = known.loc[code]
    shared = int((known["rank"] == row["rank"]).sum())
    rank, best, worst = (int(row[column]) for column in ("rank", "best", "worst"))
    title = say_rank(subject.indicator.short_name, row["name"], rank, best, worst, shared - 1)
    if ranking.whiskers == INTERVAL:
        open_ranks = int((known["best"] < known["worst"]).sum())
        description += (
            f" {title}, of {len(known):,} wards. The intervals of {open_ranks:,} of them overlap "
            "with others, so that their rank is open."
        )
    return title, description


def _show_chart(ranking: Ranking, selection: Selection, chosen: Compare, alt: str) -> None:
    from analysis.figures import plot_ranking

    subject, benchmark = ranking.figure.subject, ranking.figure.benchmark
    lowest = chosen.end == "lowest"
    rows = choose_rows(ranking.wards, selection.ward, MOST_ROWS, lowest=lowest)
    if not subject.indicator.ranked:
        rows = rows.sort_values("name")
    rows = rows.assign(label=[_label(row) for _, row in rows.iterrows()])
    if len(ranking.groups):
        extra = ranking.groups.dropna(subset="value")
        names = [html.escape(name, quote=False) for name in extra["name"]]
        labels = [f"<i>{_wrap(name)}</i>" for name in extra["name"]]
        rows = pd.concat([rows, extra.assign(name=names, label=labels)])
        if subject.indicator.ranked:
            rows = rows.sort_values("value", ascending=lowest, kind="stable")
    chart = plot_ranking(
        rows,
        subject.indicator,
        (benchmark.name, benchmark.value),
        low_high=ranking.whiskers or INTERVAL,
        selected=selection.ward,
        theme=current_theme(),
    )

    def follow(points: object) -> None:
        code = str(points[0]["customdata"])  # type: ignore[index]
        if not code.startswith("group:"):
            choose_ward(code)

    show_chart(chart, CHART, alt, on_select=follow)
    known = int(ranking.wards["value"].notna().sum())
    shown = min(known, MOST_ROWS)
    order = ENDS[chosen.end].lower()
    if not subject.indicator.ranked:
        order = f"those with the {chosen.end} figures, by name"
    more = f"{shown} of {known:,} wards shown, {order}" if shown < known else ""
    show_note(more, whisker_words(ranking.whiskers))


def _wrap(label: str) -> str:
    """A label whole, in as many lines as leave room for the chart on a phone."""
    return "<br>".join(
        html.escape(line, quote=False) for line in textwrap.wrap(label, LONGEST_LINE)
    )


def _label(row: pd.Series) -> str:
    """A ward's name with the ranks it could have: "Mill · 1–3"."""
    name = str(row["name"])
    if not row["best"] or not row["rank"]:
        return _wrap(name)
    best, worst = f"{row['best']:,}", f"{row['worst']:,}"
    # No-break spaces keep the ranks together; a label breaks before them.
    return _wrap(f"{name} ·\N{NO-BREAK SPACE}{best if best == worst else f'{best}–{worst}'}")


def _show_notes(ranking: Ranking) -> None:
    subject = ranking.figure.subject
    if ranking.whiskers == INTERVAL and subject.indicator.ranked:
        show_note("Beside each name: the ranks the ward could have", METHOD)
    elif ranking.whiskers != INTERVAL:
        show_note(
            "This figure has no 95 % interval, so it cannot be said how sure the ranks are. "
            "Small differences may mean nothing."
        )
    gone = ranking.wards[ranking.wards["value"].isna()]
    if len(gone):
        names = [str(name) for name in gone["name"].head(8)]
        names += [f"{len(gone) - 8} more"] if len(gone) > 8 else []
        count = count_words(len(gone), "ward has", "wards have")
        lacking = "no figure and no rank" if subject.indicator.ranked else "no figure"
        show_note(f"{count} {lacking}: {join_words(names)}.")
    for _, row in ranking.groups.iterrows():
        reasons = (FLAG_WORDS.get(row["flag"], ""), row["note"])
        if any(reasons):
            show_note(f"{row['name']}: {'. '.join(filter(None, reasons))}.")


def _make_offer(ranking: Ranking, title: str, words: str, groups: tuple[Group, ...]) -> Offer:
    figure = ranking.figure
    table = tidy_for_download(figure.frame, figure.subject)
    codes = table["Code"]
    has_limits = ranking.whiskers == INTERVAL and figure.subject.indicator.ranked
    if has_limits:
        table["Best rank"] = ranking.wards["best"].reindex(codes).replace(0, np.nan).to_numpy()
        table["Worst rank"] = ranking.wards["worst"].reindex(codes).replace(0, np.nan).to_numpy()
    elif ranking.whiskers:
        for column, heading in (("low", "Lowest LSOA"), ("high", "Highest LSOA")):
            table[heading] = ranking.wards[column].reindex(codes).to_numpy()
    if len(ranking.groups):
        extra = ranking.groups.assign(
            lsoa_count=1, rank=0, flag=pd.Categorical(ranking.groups["flag"])
        )
        tidy = tidy_for_download(extra, figure.subject)
        tidy["Code"] = ""
        notes = ranking.groups["note"]
        own = tidy["Note"] if "Note" in tidy else pd.Series("", index=tidy.index)
        tidy["Note"] = [
            ". ".join(filter(None, (a, b))) for a, b in zip(own, notes[tidy.index], strict=True)
        ]
        table = pd.concat([table, tidy[[c for c in tidy if c in table or c == "Note"]]])
    subject = figure.subject
    notes_sheet = notes_for_download(subject, figure.benchmark)
    notes_sheet += [("Ranks", METHOD)] if has_limits else []
    notes_sheet += [(f"Group {g.name}", "; ".join(g.wards["name"])) for g in groups]
    return replace(
        make_offer(figure),
        name="_".join(("ranking", subject.indicator.id, subject.period, subject.place)),
        table=table.dropna(axis=1, how="all"),
        notes=notes_sheet,
        description=words,
        picture=None,
        chart=CHART,
        title=title,
        caption=(subject.subtitle, f"Source: {subject.source_line}. {subject.geography_line}."),
    )
