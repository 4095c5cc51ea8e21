"""Hidden pockets: wards whose average hides very different neighbourhoods."""

from dataclasses import replace

import streamlit as st

from analysis.pocket_words import (
    UNCERTAIN,
    describe_spread,
    describe_ward,
    explain_rule,
    make_pockets_title,
)
from analysis.words import count_words
from data.catalogue import load_catalogue
from pages.shared.downloads import Offer, show_offer
from pages.shared.figures import make_offer, show_provenance
from pages.shared.find import show_find
from pages.shared.page import (
    begin_page,
    first_view_is_out,
    name_of_ward,
    panel,
    pick,
    pick_area,
    pick_ward,
    show_note,
    show_title,
)
from pages.shared.places import place_name
from pages.shared.pockets import (
    Pockets,
    draw_inside,
    load_inside,
    load_pockets,
    load_ward_table,
    make_pockets_offer,
    make_pockets_snippet,
    show_sentences,
    show_strips,
    spread_options,
)
from pages.shared.selection import (
    DEFAULT_INDICATOR,
    Selection,
    current_selection,
    show_link_problems,
    write_address,
)
from pages.shared.ward_links import show_ward_links

MOST_SENTENCES = 5
NO_NEIGHBOURHOODS = (
    "{name} is not published for neighbourhoods, so wards cannot be opened up in it. "
    "{other} is shown instead."
)


def settle_indicator(selection: Selection) -> Selection:
    """The selection with an indicator that can be opened up; says so where it is another."""
    if selection.indicator in spread_options():
        return selection
    indicators = load_catalogue().indicators
    name, other = indicators[selection.indicator].name, indicators[DEFAULT_INDICATOR].name
    st.info(NO_NEIGHBOURHOODS.format(name=name, other=other), icon=":material/info:")
    return replace(selection, indicator=DEFAULT_INDICATOR, period="")


def show_list(pockets: Pockets) -> None:
    """The ranked list in sentences."""
    st.header("Wards whose average hides a pocket", anchor=False)
    hiding = int(pockets.table["hides"].sum())
    if not hiding:
        st.markdown("None here. The chart below shows how far neighbourhoods differ all the same.")
    show_sentences(pockets, MOST_SENTENCES)
    if hiding > MOST_SENTENCES:
        show_note(f"{hiding - MOST_SENTENCES:,} more are in the table below, most people first")


def show_inside(ward: str, selection: Selection, pockets: Pockets) -> None:
    """The map of the neighbourhoods inside one ward, and what its average hides."""
    st.header(f"Inside {name_of_ward(ward, selection)}", anchor=False)
    figure = load_inside(selection.indicator, ward, selection)
    row, indicator = pockets.table.loc[ward], pockets.subject.indicator
    listed = pockets.table.index[pockets.table["hides"]][:MOST_SENTENCES]
    if ward not in listed:
        st.markdown(describe_ward(row, indicator))
    if spread := describe_spread(row, indicator):
        st.markdown(spread)
    show_ward_links(selection.area, ward, selection.indicator, "hidden-pockets")
    if figure is None:
        return
    draw_inside(figure, key="inside-map", height=380)
    show_note("Colours: fifths of all LSOAs in England", "Grey: LSOAs of other wards", UNCERTAIN)
    show_provenance(figure.subject)
    snippet = make_pockets_snippet("inside-map", pockets, replace(selection, ward=ward))
    show_offer(lambda: make_offer(figure, [snippet]), key="inside-map")


def show_every_indicator(ward: str, selection: Selection) -> None:
    """The ward's spread in every indicator that is published for LSOAs."""
    name = name_of_ward(ward, selection)
    st.header(f"Every indicator inside {name}", anchor=False)
    box = st.expander(
        f"The spread of {count_words(len(spread_options()), 'indicator', 'indicators')}",
        icon=":material/unfold_more:",
        key="every-indicator",
        on_change="rerun",
    )
    if not box.open:
        return
    with box, st.spinner("Opening the ward in every indicator …"):
        table = load_ward_table(ward)
        st.dataframe(table, hide_index=True, height=420)
        show_note(
            "“High-need fifth” is the fifth of England's LSOAs with the least good figures; where "
            "neither high nor low is good, the fifth with the highest",
            "People: Census 2021",
        )
    show_offer(lambda: Offer(f"spread_{place_name(ward)}", table, [("Ward", name)]), "every-data")


# A fragment: a choice reruns this page only, not the navigation around it.
@st.fragment
def show_page() -> None:
    """The whole page: what is looked at, then what it hides."""
    selection = current_selection()
    show_link_problems()
    with st.container(key="pickers"):
        show_find(selection)
        pick_area(selection)
        pick_ward(selection)
        shown = None
        with panel("the list of indicators"):
            shown = settle_indicator(selection)
            pick("indicator", "Indicator", spread_options(), shown, hint="Type a word, e.g. fuel.")
    write_address("area", "ward", "indicator")
    if shown is not None:
        with panel("the page"):
            show_pockets(selection, shown)


def show_pockets(selection: Selection, shown: Selection) -> None:
    """The finding, the list, one ward opened, all wards as strips, a table.

    Args:
        selection: what the visitor chose.
        shown: the same with an indicator that this page can show.
    """
    pockets = load_pockets(shown.indicator, shown)
    indicator = pockets.subject.indicator
    title = make_pockets_title(pockets.table, indicator, pockets.subject.place)
    show_title(title, pockets.subject.subtitle, explain_rule(indicator))
    ward = selection.ward or str(pockets.table.index[0])
    list_side, map_side = st.columns([1, 1], gap="large")
    with list_side, panel("the list"):
        show_list(pockets)
    with map_side, panel("the map inside the ward"):
        show_inside(ward, shown, pockets)
    st.header("How far neighbourhoods differ, ward by ward", anchor=False)
    if not first_view_is_out():
        return
    with panel("the chart"):
        rows = show_strips(pockets, selection.ward, key="pocket-strips")
        known = int((pockets.table["known"] > 0).sum())
        cut = f"{len(rows)} of {known:,} wards shown" if len(rows) < known else ""
        show_note(cut, "Wards that hide a pocket first, then those that differ most", UNCERTAIN)
        show_provenance(pockets.subject)
        offered = replace(shown, ward=selection.ward)
        show_offer(
            lambda: make_pockets_offer(pockets, "pocket-strips", offered), key="pocket-strips"
        )
    with panel("the table of every indicator"):
        show_every_indicator(ward, shown)


begin_page()
show_page()
