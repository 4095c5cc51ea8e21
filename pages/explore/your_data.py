"""Your data: a council's own figures, from a spreadsheet to every map and chart of a visit."""

import streamlit as st

from analysis.own_words import make_own_title
from data.load import load_areas
from data.own.shelf import is_own
from pages.shared.brought import address_of_file, say_if_gone
from pages.shared.own_dictionary import show_dictionary, show_rules
from pages.shared.own_draft import Draft, add_to_visit
from pages.shared.own_list import offer_sign_in, show_figures, show_own_map
from pages.shared.own_reading import show_findings, show_mapping
from pages.shared.own_shelf import visit_figures
from pages.shared.own_upload import show_opened, show_upload, start_again
from pages.shared.page import begin_page, pick_area, show_note, show_title
from pages.shared.places import place_name
from pages.shared.selection import (
    Selection,
    choose,
    current_selection,
    show_link_problems,
    write_address,
)

WHAT = (
    "Bring a spreadsheet with wards, LSOAs or postcodes. It is checked, small counts are hidden, "
    "and the figure stands on the maps and charts of your visit"
)
STYLE = """
<style>
.st-key-own-mapping, .st-key-own-dictionary, .st-key-own-rules {display: grid !important;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr)); gap: 8px 16px;
  align-items: end;}
:is(.st-key-own-mapping, .st-key-own-dictionary, .st-key-own-rules) > * {width: auto !important;
  min-width: 0;}
.own-table {max-height: 400px; overflow-y: auto;}
.own-table td {overflow-wrap: anywhere;}
ul.own-lines {margin: 0; padding-left: 1.25rem; max-width: 75ch;}
ul.own-lines li {line-height: 1.5;}
</style>
"""


def show_steps(draft: Draft, area: str) -> None:
    """Everything between the file and the map; each step stands once the one before is done."""
    if not show_opened(draft, area):
        return
    if draft.reading is not None:
        st.header("2. How it was understood", anchor=False)
        show_mapping(draft)
        st.header("3. What will happen", anchor=False)
        show_findings(draft)
    elif draft.error:
        st.error("This sheet cannot be read.", icon=":material/error:")
        show_note(draft.error)
    checked = draft.checked
    if checked is None or draft.entry is None or not checked.measures:
        return
    st.header("4. What the figure is", anchor=False)
    complete = show_dictionary(draft)
    st.header("5. What is hidden", anchor=False)
    safe = show_rules(draft)
    st.header("6. Add it", anchor=False)
    st.button(
        "Add to this visit",
        key="own-add",
        type="primary",
        icon=":material/add_location:",
        disabled=not (complete and safe),
        on_click=add,
        args=(draft,),
    )
    if not (complete and safe):
        show_note("First fill in what is missing above.")


def add(draft: Draft) -> None:
    """Put the figure on the maps, and go on with the file's next figure or without a file."""
    if draft.safe is None or draft.problems():
        return
    own = add_to_visit(draft)
    choose(area=draft.council, indicator=own, period="", classes="local_fifths")
    checked = draft.checked
    if checked is None or len(checked.measures) < 2:
        start_again()


def show_heading(draft: Draft | None, selection: Selection) -> None:
    """How far the file has come, or how many figures there are."""
    checked = draft.checked if draft else None
    show_title(
        make_own_title(checked, brought=draft is not None, added=len(visit_figures())),
        f"{WHAT}, for {place_name(selection.area)}",
    )


# A fragment: a choice reruns this page only, not the navigation around it.
@st.fragment
def show_page() -> None:
    """The whole page, as a story in steps."""
    selection = current_selection()
    show_link_problems()
    heading = st.container()
    if load_areas().at[selection.area, "area_type"] not in ("district", "county"):
        show_note("Choose the council whose figures they are: it makes names and postcodes clear.")
    with st.container(key="pickers"):
        pick_area(selection)
    st.header("1. Bring a file", anchor=False)
    above = st.container()
    draft = show_upload(selection.area)
    with above:
        say_if_gone("your_data", draft is not None)
    if draft is None:
        offer_sign_in()
    with heading:
        show_heading(draft, selection)
    if draft is not None:
        show_steps(draft, selection.area)
    if is_own(selection.indicator):
        show_own_map(selection, selection.indicator)
    show_figures(selection.area)
    fields = ["area", *(["indicator"] if is_own(selection.indicator) else [])]
    write_address(*fields, **address_of_file(draft is not None))


begin_page()
st.html(STYLE)
show_page()
