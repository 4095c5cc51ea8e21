"""About the data: every indicator, source, method and licence, and downloads of everything."""

import streamlit as st

from analysis.catalogue_table import (
    describe_age,
    describe_entry,
    make_catalogue_table,
    make_source_table,
)
from analysis.export import make_csv, make_workbook
from data import clock
from data.catalogue import load_catalogue
from data.foundations import find_broken_indicators
from data.freshness import list_freshness, read_last_period
from data.left_out import load_left_out
from data.load import load_values
from data.postcodes import load_directory
from pages.shared.about_words import FLAGS_AND_FITS, METHODS
from pages.shared.downloads import XLSX
from pages.shared.elsewhere import show_use_elsewhere
from pages.shared.page import begin_page, first_view_is_out, panel, show_note, show_title
from pages.shared.places import ward_label
from pages.shared.plain import as_plain
from pages.shared.profile_data import load_likeness
from pages.shared.selection import choose, current_selection, show_link_problems, write_address

catalogue, today = load_catalogue(), clock.today()
selection = current_selection()
begin_page()
show_link_problems()
wards, everything = len(catalogue.ward_indicators), len(catalogue.indicators)
show_title(
    f"{wards} indicators for every ward in England",
    f"and {everything - wards} that exist for districts only, from {len(catalogue.sources)} open "
    "sources. Every figure on every page can be traced to its entry here.",
)

indicators, sources, methods, left_out, elsewhere = st.tabs(
    ["Indicators", "Sources and licences", "Methods", "Left out", "Use elsewhere"]
)
chosen = selection.indicator  # for the last tab, should the first one fail
with indicators, panel("the indicator"):
    if broken := find_broken_indicators():
        st.warning(
            "**These have no figures for now.** Every other figure is as it should be.\n\n"
            + "\n".join(f"- {as_plain(fault)}" for fault in broken),
            icon=":material/error:",
        )
    st.header("One indicator in full", anchor=False)
    st.session_state["pick_entry"] = st.session_state.get("entry", selection.indicator)
    chosen = st.selectbox(
        "Indicator",
        list(catalogue.indicators),
        format_func=lambda i: catalogue.indicators[i].name,
        key="pick_entry",
        on_change=lambda: st.session_state.update(entry=st.session_state["pick_entry"]),
    )
    age = describe_age(read_last_period(chosen), today)
    for heading, text in describe_entry(catalogue, chosen, age):
        st.markdown(f"**{heading}.** {text}")
    with st.container(horizontal=True):
        st.download_button(
            "All figures of this indicator as CSV",
            lambda: make_csv(load_values(chosen)),
            f"{chosen}.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
        if chosen in catalogue.ward_indicators and st.button("Show on the ward map"):
            choose(indicator=chosen)
            st.switch_page("pages/explore/ward_map.py")
with indicators, panel("the catalogue"):
    st.header("All indicators", anchor=False)
    table = make_catalogue_table(catalogue)
    if first_view_is_out():
        st.dataframe(table, hide_index=True, height=380)
    with st.container(horizontal=True):
        st.download_button("Catalogue as CSV", lambda: make_csv(table), "catalogue.csv",
                           "text/csv", on_click="ignore", icon=":material/download:")  # fmt: skip
        st.download_button("Catalogue as Excel", lambda: make_workbook(table, []),
                           "catalogue.xlsx", XLSX, on_click="ignore",
                           icon=":material/download:")  # fmt: skip

with sources, panel("the sources"):
    held = {i: f.last for i, f in list_freshness(catalogue).items() if f.last}
    source_table = make_source_table(catalogue, held, today)
    if first_view_is_out():
        st.dataframe(
            source_table,
            hide_index=True,
            height=560,
            column_config={
                "Title": st.column_config.TextColumn(width="medium"),
                "How to update": st.column_config.TextColumn(width="large"),
                "Address": st.column_config.LinkColumn("Address"),
            },
        )
    st.download_button("Sources as CSV", lambda: make_csv(source_table), "sources.csv",
                       "text/csv", on_click="ignore", icon=":material/download:")  # fmt: skip
    directory = load_directory()
    show_note(
        f"Postcodes: {directory.publisher}, {directory.title}, {directory.release} "
        f"({directory.url}), {directory.licence}, from the package {directory.package}",
        directory.attribution,
    )
    show_note(
        "Contains public sector information licensed under the Open Government Licence v3.0",
        "Contains OS data © Crown copyright and database right 2025",
        "Contains Parliamentary information licensed under the Open Parliament Licence v3.0",
    )
with methods:
    for heading, text in METHODS:
        st.header(heading, anchor=False)
        st.markdown(text)
    with panel("the wards without similar ones"):
        names = [ward_label(str(code)) for code in load_likeness().left_out]
        st.markdown(f"**Wards without a full set of characteristics.** {'; '.join(names)}.")
    st.header("Flags and fits", anchor=False)
    st.table(FLAGS_AND_FITS)
with left_out, panel("the list of what is left out"):
    st.markdown("Tables that were looked at and not used, and why.")
    for what, why in load_left_out():
        st.markdown(f"**{what}.** {why}")
with elsewhere:
    show_use_elsewhere(chosen, selection.area)

write_address("indicator")
