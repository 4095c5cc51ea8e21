"""All indicators: the tartan rug, every ward by every indicator of a theme."""

import html

import streamlit as st

from analysis.heat_table import HeatTable
from analysis.tartan import Rug
from analysis.tartan_words import describe_cell, explain_worse, make_rug_title
from pages.shared.choices import current_choices
from pages.shared.downloads import show_offer
from pages.shared.figures import list_sources
from pages.shared.find import show_find
from pages.shared.heat_table import show_heat_table
from pages.shared.left_out import show_left_out
from pages.shared.many import explain_own, list_periods
from pages.shared.page import (
    begin_page,
    hold_pickers,
    lists_follow,
    name_of_ward,
    panel,
    pick,
    pick_area,
    pick_ward,
    show_note,
    show_title,
)
from pages.shared.places import benchmarks_of, place_name
from pages.shared.rug import (
    PAGE,
    RugChoices,
    asked_columns,
    columns_of,
    load_rug,
    make_rug_offer,
    make_shown_table,
    parse_rug,
    pick_themes,
    print_sort,
    sort_by,
)
from pages.shared.selection import (
    Selection,
    choose,
    choose_ward,
    current_selection,
    show_link_problems,
    write_address,
)
from pages.shared.ward_links import show_ward_links

HOLLOW = (
    "Filled signs ▲ ● ▼: tested with 95 % intervals. Open signs △ ○ ▽: above, equal to or below "
    "the benchmark; the figure has no interval, so its colour is the fifth of England instead"
)


def choose_cell(ward: str, indicator: str) -> None:
    """Select the ward, and the indicator where a cell of one was chosen."""
    choose_ward(ward)
    if indicator:
        choose(indicator=indicator)


def show_cell(rug: Rug, selection: Selection) -> None:
    """The details of the chosen cell, with ways to see more."""
    found = [c for c in rug.columns if c.indicator.id == selection.indicator]
    if not (selection.ward and found):
        st.html("<p>Choose a cell to see its details here: click it, or press Enter on it.</p>")
        return
    column = found[0]
    figure, *lines = describe_cell(column, selection.ward, rug.place)
    ward = html.escape(name_of_ward(selection.ward, selection))
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    st.html(
        f'<section class="needs-ward"><h2>{ward}: {html.escape(column.indicator.name)}</h2>'
        f'<p class="value">{html.escape(figure)}</p>{body}'
        f"<p>{html.escape(column.indicator.definition)}</p></section>"
    )
    show_note(f"Source: {list_sources([column.indicator.id])}")
    show_ward_links(selection.area, selection.ward, column.indicator.id)


def show_pickers(selection: Selection, choices: RugChoices) -> None:
    """The lists from which place, ward, themes and benchmark are chosen."""
    show_find(selection)
    pick_area(selection)
    pick_ward(selection)
    pick_themes(choices)
    benchmarks = {word: place_name(c) for word, c in benchmarks_of(selection.area).items()}
    pick("compare", "Compare with", benchmarks, selection)


def show_table(rug: Rug, table: HeatTable, choices: RugChoices, selection: Selection) -> None:
    """The finding, and the table it is read from."""
    benchmark = place_name(selection.benchmark_code)
    show_title(
        make_rug_title(rug, benchmark),
        f"{len(rug.wards):,} wards of {rug.place} by {len(rug.columns)} indicators, the newest "
        f"period of each, compared with {benchmark}",
        f"{explain_worse(benchmark)}." if rug.judged else "",
    )
    show_heat_table(table, "rug", choose_cell, lambda column: sort_by(choices, column))


def show_below_table(rug: Rug, table: HeatTable, selection: Selection) -> None:
    """How to read the table, the chosen cell, where the figures come from, and the files."""
    indicators = [column.indicator.id for column in rug.columns]
    cut = f"{len(table.codes):,} of {len(rug.wards):,} wards are shown, the first in this order"
    show_note(
        f"{cut}; sort by another column, choose a council, or download all rows"
        if len(table.codes) < len(rug.wards)
        else "",
        HOLLOW,
        explain_own(indicators),
    )
    show_cell(rug, selection)
    show_note(f"Periods: {list_periods(indicators)}")
    show_note(f"Sources: {list_sources(indicators)}")
    show_offer(lambda: make_rug_offer(rug, table, selection), "rug")


# A fragment: a choice reruns this page only, not the navigation around it.
@st.fragment
def show_page() -> None:
    """The whole page: choose, read the finding, compare, open a cell."""
    selection = current_selection()
    choices = current_choices(PAGE, RugChoices(), parse_rug)
    show_link_problems()
    pickers, first_view, below = hold_pickers(), st.container(), st.container()
    shown = None

    def draw_pickers() -> None:
        with pickers:
            show_pickers(selection, choices)

    with lists_follow(draw_pickers), first_view, panel("the table of all indicators"):
        rug = load_rug(selection.area, selection.benchmark_code, columns_of(choices.themes))
        shown = rug, make_shown_table(rug, choices, selection)
        show_table(*shown, choices, selection)
    if shown:
        with below, panel("the notes on the table"):
            show_left_out(asked_columns(choices.themes))
            show_below_table(*shown, selection)
    write_address(
        "area", "ward", "indicator", "compare",
        themes=",".join(choices.themes), sort=print_sort(choices),
    )  # fmt: skip


begin_page()
st.html("<style>@media print {.st-key-pickers {display: none !important;}}</style>")
show_page()
