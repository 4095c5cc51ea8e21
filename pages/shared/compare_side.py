"""Compare, third view: up to six wards side by side, with groups, the place and England."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd
import streamlit as st

from analysis.map_view import as_printed
from analysis.palette import MAP_COLOURS
from analysis.side_by_side import Column, make_side_by_side, plot_places, render_side_by_side
from analysis.words import FLAG_WORDS, count_words, join_words, keep_short
from data.catalogue import Indicator
from data.errors import TableError
from data.geography_words import ENGLAND
from data.load import load_manifest, load_newest, load_period, load_periods
from data.own.shelf import current_catalogue
from data.periods import read_period
from pages.shared.charts import show_chart
from pages.shared.choices import choose_here
from pages.shared.compare_choices import MOST_WARDS, PAGE, Compare, join_ward
from pages.shared.downloads import Offer, show_offer
from pages.shared.figures import list_sources
from pages.shared.find import show_find
from pages.shared.group_figures import group_rows
from pages.shared.groups import current_groups
from pages.shared.left_out import keep_sound, show_left_out
from pages.shared.page import (
    current_theme,
    first_view_is_out,
    keep,
    panel,
    pick,
    pick_area,
    show_note,
    show_title,
)
from pages.shared.places import benchmarks_of, place_name, wards_of
from pages.shared.selection import Selection, choose_ward

CHART = "compare-side"
# The table scrolls sideways inside its own box, its first column in place.
STYLE = """
<style>
.needs-side {overflow-x: auto; max-width: 100%;}
.needs-side table {border-collapse: collapse; font-size: .875rem; line-height: 1.35;}
.needs-side caption {text-align: left; padding: 0 0 .5rem; font-size: .875rem;}
.needs-side caption span {display: inline-block; position: sticky; left: 0;
  max-width: min(75ch, 88vw);}
.needs-side th, .needs-side td {text-align: left; vertical-align: top; padding: 6px 10px;
  border-bottom: 1px solid color-mix(in srgb, currentColor 22%, transparent); min-width: 92px;
  font-weight: 400;}
.needs-side thead th {font-weight: 600; vertical-align: bottom;}
.needs-side tbody th[scope=row], .needs-side thead th:first-child {position: sticky; left: 0;
  background: PAPER; min-width: 170px; max-width: 260px;}
.needs-side .theme {font-weight: 700; padding-top: 1rem;}
.needs-side .when, .needs-side .none {opacity: .85;}
.needs-side thead b {border: 1.5px solid currentColor; border-radius: 50%; padding: 0 5px;}
@media (max-width: 640px) {
  .needs-side tbody th[scope=row], .needs-side thead th:first-child {min-width: 118px;
    max-width: 130px; padding-left: 0;}
}
</style>
"""


def propose_wards(selection: Selection) -> tuple[str, ...]:
    """The selected ward and the wards of the place with the highest figures, six in all.

    Where the figures cannot be read, the first wards of the place by name.
    """
    inside = wards_of(selection.area).index
    try:
        values = load_period(selection.indicator, selection.period)["value"]
        known = values.reindex(inside).dropna()
        highest = known.sort_values(ascending=False, kind="stable").index.tolist()
    except TableError:
        highest = inside[:MOST_WARDS].tolist()
    first = [selection.ward] if selection.ward else []
    return tuple([*first, *(code for code in highest if code != selection.ward)][:MOST_WARDS])


def _join_found() -> None:
    """A ward that was found joins those that the visitor has chosen."""
    chosen: Compare = st.session_state[f"choices:{PAGE}"]
    if chosen.wards:
        ward = st.session_state["selection"].ward
        choose_here(PAGE, wards=join_ward(chosen.wards, ward))


def show_side_pickers(selection: Selection, chosen: Compare) -> None:
    """The lists from which place, theme, benchmark and wards are chosen."""
    themes = {i: t.name for i, t in current_catalogue().themes.items() if _ward_indicators(i)}
    themes["all"] = "All themes"
    with st.container(key="pickers"):
        show_find(selection, _join_found)
        pick_area(selection)
        keep("compare_theme", chosen.theme)
        st.selectbox(
            "Theme",
            list(themes),
            format_func=lambda theme: themes[theme],
            key="compare_theme",
            on_change=lambda: choose_here(PAGE, theme=st.session_state["compare_theme"]),
        )
        benchmarks = benchmarks_of(selection.area).items()
        pick("compare", "Compare with", {w: place_name(c) for w, c in benchmarks}, selection)
    names = wards_of(ENGLAND)["name"].to_dict()
    wards = list(chosen.wards or propose_wards(selection))
    keep("compare_wards", wards)
    inside = wards_of(selection.area).index.tolist()
    others = sorted(names.keys() - set(inside), key=names.__getitem__)
    st.multiselect(
        f"Wards, up to {MOST_WARDS}, from any council",
        [*inside, *others],
        format_func=lambda code: names[code],
        key="compare_wards",
        max_selections=MOST_WARDS,
        on_change=lambda: choose_here(PAGE, wards=tuple(st.session_state["compare_wards"])),
        placeholder="Type the name of a ward",
    )


def _ward_indicators(theme: str) -> list[Indicator]:
    catalogue = current_catalogue()
    chosen = (catalogue.indicators[i] for i in catalogue.ward_indicators)
    return [i for i in chosen if theme in ("all", i.theme)]


def _columns(selection: Selection, chosen: Compare) -> list[Column]:
    wards = chosen.wards or propose_wards(selection)
    names = wards_of(ENGLAND).loc[list(wards)]
    several = names["district_name"].nunique() > 1 or names["ward_name"].duplicated().any()
    labels = names["name" if several else "ward_name"]
    columns = [
        Column(code, str(labels[code]), chr(ord("A") + place)) for place, code in enumerate(wards)
    ]
    for place, group in enumerate(current_groups(), start=len(columns)):
        columns.append(Column(group.key, f"{group.name} (group)", chr(ord("A") + place)))
    places = dict.fromkeys((selection.area, selection.benchmark_code, ENGLAND))
    return [*columns, *(Column(code, place_name(code)) for code in places)]


def _entries(indicators: Iterable[Indicator]) -> Iterator[tuple[Indicator, pd.DataFrame]]:
    groups = current_groups()
    for indicator in indicators:
        values = load_newest(indicator.id)
        if groups:
            values = values.astype({"flag": object})
            values = pd.concat([values, group_rows(groups, indicator.id)])
        yield indicator, values


def show_side(selection: Selection, chosen: Compare) -> None:
    """The finding, where the wards stand, and the table of figures."""
    with panel("the table"):
        columns = _columns(selection, chosen)
        if not any(column.letter for column in columns):
            show_title("No ward is chosen", "Choose up to six wards above.")
            return
        asked = {i.id: i for i in _ward_indicators(chosen.theme)}
        by_id = {i: asked[i] for i in keep_sound(asked)}
        if not by_id:
            show_title("No figures", "Choose another theme above.")
            show_left_out(asked)
            return
        table = make_side_by_side(
            _entries(by_id.values()), columns, selection.benchmark_code, wards_of(ENGLAND).index
        )
        title, what = _say(table, columns, chosen.theme, selection)
        show_title(title, what)
        _show_places(table, by_id, columns, selection, title)
        _show_table(table, by_id, columns, selection)
        show_note(f"Sources: {list_sources(by_id)}")
        show_left_out(asked)
        show_offer(
            lambda: _make_offer(table, by_id, columns, title, what, selection), "compare-side"
        )


def _say(
    table: pd.DataFrame, columns: list[Column], theme: str, selection: Selection
) -> tuple[str, str]:
    """Title and subtitle: which area is most often worse than the benchmark."""
    catalogue = current_catalogue()
    subject = "All themes" if theme == "all" else catalogue.themes[theme].name
    names = {column.code: column.name for column in columns if column.letter}
    benchmark = place_name(selection.benchmark_code)
    own = table[table["area"].isin(names.keys())]
    worse = own[own["compared"] == "worse"].groupby("area").size().sort_values(ascending=False)
    count = table["indicator"].nunique()
    judged = own[own["compared"].isin(["worse", "better", "similar"])]["indicator"].nunique()
    compared = own[own["compared"] != ""]["indicator"].nunique()
    what = (
        f"{subject}, {count_words(count, 'indicator', 'indicators')}, newest period of each; "
        f"{compared} can be compared with {benchmark} by 95 % intervals"
    )
    if worse.empty or (len(worse) > 1 and worse.iloc[0] == worse.iloc[1]):
        return f"{subject}: {count_words(len(names), 'area', 'areas')} side by side", what
    top = names[str(worse.index[0])]
    share = f"on {worse.iloc[0]} of {judged} indicators"
    return keep_short(f"{top}: worse than {benchmark} {share}", f"{top}: worse {share}"), what


def _show_places(
    table: pd.DataFrame,
    indicators: dict[str, Indicator],
    columns: list[Column],
    selection: Selection,
    title: str,
) -> None:
    st.header("Where they stand among the wards of England", anchor=False)
    if table["percentile"].notna().any() and first_view_is_out():
        chart = plot_places(
            table, indicators, columns, selected=selection.ward, theme=current_theme()
        )
        letters = [f"{column.letter} {column.name}" for column in columns if column.letter]
        wards = [column for column in columns if column.letter]

        def follow(points: object) -> None:
            code = wards[points[0]["curve_number"]].code  # type: ignore[index]
            if code in wards_of(ENGLAND).index:
                choose_ward(code)

        show_chart(chart, CHART, f"{title}. The same figures are in the table.", on_select=follow)
        show_note(
            join_words(letters),
            "From the lowest to the highest figure of all wards in England; high is not always "
            "bad or good",
            "Square: a group" if current_groups() else "",
        )
    counts = [i.short_name for i in indicators.values() if i.aggregation == "sum"]
    if counts:
        show_note(f"Counts depend on the size of a ward and are in the table only: "
                  f"{join_words(counts)}.")  # fmt: skip


def _show_table(
    table: pd.DataFrame,
    indicators: dict[str, Indicator],
    columns: list[Column],
    selection: Selection,
) -> None:
    st.header("The figures", anchor=False)
    wards = wards_of(ENGLAND)
    periods = {i: read_period(load_periods(i)[-1]).label for i in indicators}
    themes = {i: t.name for i, t in current_catalogue().themes.items()}
    body = render_side_by_side(
        table,
        indicators,
        columns,
        themes,
        periods,
        frozenset(wards.index[wards["lsoa_count"] == 0]),
        f"▲ higher, ▼ lower, ● similar, compared with {place_name(selection.benchmark_code)} "
        "by 95 % intervals; no sign where a figure has no interval.",
    )
    style = STYLE.replace("PAPER", MAP_COLOURS[current_theme()]["surface"])
    st.html(f'{style}<div class="needs-side" tabindex="0">{body}</div>')


def _make_offer(
    table: pd.DataFrame,
    indicators: dict[str, Indicator],
    columns: list[Column],
    title: str,
    what: str,
    selection: Selection,
) -> Offer:
    names = {column.code: column.name for column in columns}
    rows = []
    for row in table.itertuples():
        indicator = indicators[row.indicator]
        ends = pd.Series([row.value, row.lower_ci, row.upper_ci], dtype=float)
        value, lower, upper = as_printed(ends, indicator.decimals)
        rows.append(
            {
                "Theme": current_catalogue().themes[indicator.theme].name,
                "Indicator": indicator.name,
                "Period": read_period(load_periods(indicator.id)[-1]).label,
                "Area": names[row.area],
                "Code": "" if row.area.startswith("group:") else row.area,
                "Unit": indicator.unit,
                "Value": value,
                "Lower 95 % limit": lower,
                "Upper 95 % limit": upper,
                "Compared": row.compared,
                "Of 100 wards in England, lower": round(row.percentile, 1),
                "Note": FLAG_WORDS.get(row.flag, ""),
            }
        )
    sources = list_sources(indicators)
    notes = (
        ("Compared with", place_name(selection.benchmark_code)),
        ("Sources", sources),
        ("Definitions", "; ".join(f"{i.name}: {i.definition}" for i in indicators.values())),
        *((f"Group {g.name}", "; ".join(g.wards["name"])) for g in current_groups()),
        ("Build of the tables", str(load_manifest().get("tables_sha256", ""))[:12]),
    )
    areas = join_words([c.name for c in columns if c.letter])
    letters = join_words([f"{c.letter} {c.name}" for c in columns if c.letter])
    return Offer(
        name=f"side by side {selection.area}",
        table=pd.DataFrame(rows),
        notes=notes,
        description=f"{title}. {what}. Areas: {areas}.",
        chart=CHART,
        title=title,
        caption=(what, letters, f"Sources: {sources}"),
    )
