"""About the data: every indicator, source, method and licence, and downloads of everything."""

import streamlit as st

from analysis.catalogue_table import describe_entry, make_catalogue_table, make_source_table
from analysis.export import make_csv, make_workbook
from data.catalogue import load_catalogue
from data.left_out import load_left_out
from data.load import load_values
from data.postcodes import load_directory
from pages.shared.about_words import FLAGS_AND_FITS, METHODS
from pages.shared.downloads import XLSX
from pages.shared.page import begin_page, panel, show_note, show_title
from pages.shared.selection import choose, current_selection, show_link_problems, write_address

catalogue = load_catalogue()
selection = current_selection()
begin_page()
show_link_problems()
wards, everything = len(catalogue.ward_indicators), len(catalogue.indicators)
show_title(
    f"{wards} indicators for every ward in England",
    f"and {everything - wards} that exist for districts only, from {len(catalogue.sources)} open "
    "sources. Every figure on every page can be traced to its entry here.",
)

indicators, sources, methods, left_out = st.tabs(
    ["Indicators", "Sources and licences", "Methods", "Left out"]
)
with indicators, panel("the catalogue"):
    table = make_catalogue_table(catalogue)
    st.dataframe(table, hide_index=True, height=380)
    with st.container(horizontal=True):
        st.download_button("Catalogue as CSV", lambda: make_csv(table), "catalogue.csv",
                           "text/csv", on_click="ignore", icon=":material/download:")  # fmt: skip
        st.download_button("Catalogue as Excel", lambda: make_workbook(table, []),
                           "catalogue.xlsx", XLSX, on_click="ignore",
                           icon=":material/download:")  # fmt: skip
    st.header("One indicator in full", anchor=False)
    ids = list(catalogue.indicators)
    st.session_state["pick_entry"] = st.session_state.get("entry", selection.indicator)
    chosen = st.selectbox(
        "Indicator",
        ids,
        format_func=lambda i: catalogue.indicators[i].name,
        key="pick_entry",
        on_change=lambda: st.session_state.update(entry=st.session_state["pick_entry"]),
    )
    for heading, text in describe_entry(catalogue, chosen):
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

with sources, panel("the sources"):
    st.dataframe(
        make_source_table(catalogue),
        hide_index=True,
        height=560,
        column_config={"Address": st.column_config.LinkColumn("Address")},
    )
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
    st.header("Flags and fits", anchor=False)
    st.table(FLAGS_AND_FITS)
with left_out, panel("the list of what is left out"):
    st.markdown("Tables that were looked at and not used, and why.")
    for what, why in load_left_out():
        st.markdown(f"**{what}.** {why}")

write_address("indicator")
