"""Covid impact assessment: the council's own scored impacts, and how the scores changed."""

import streamlit as st

from analysis.assessment import list_days, make_title, print_day
from analysis.assessment_view import STYLE
from pages.shared.assessment_file import (
    current_file,
    example_of,
    make_example,
    show_reading,
    show_upload,
)
from pages.shared.assessment_views import (
    KINDS,
    PAGE,
    WHERE,
    Choices,
    Shown,
    choose_days,
    filter_rows,
    missing_days,
    parse_choices,
    pick_filters,
    show_changes,
    show_history,
    show_list,
    show_matrix,
)
from pages.shared.choices import current_choices
from pages.shared.page import begin_page, panel, pick_area, show_note, show_title
from pages.shared.selection import current_selection, show_link_problems, write_address


def make_shown(area: str, choices: Choices) -> Shown:
    """The visitor's impacts where a file was brought, else the published example."""
    brought = current_file()
    if brought is not None and brought.found is not None:
        table = brought.found.table
        said, origin = f"“{brought.name}”, your file", f"Source: your file “{brought.name}”"
    else:
        strategy = example_of(area)
        table = make_example(strategy).table
        source = next(a.title for a in strategy.actions)
        address = source.source.address if source.source else ""
        said = f"{strategy.council}’s published recovery programme, shown as an example"
        origin = f"Source: {source.origin}, {address}"
    then, now = choose_days(list_days(table), choices)
    rows = filter_rows(table, choices)
    words = [KINDS[choices.kind] if choices.kind else "", WHERE[choices.where] if choices.where
             else ""]  # fmt: skip
    said = "; ".join([said, *(word.casefold() for word in words if word)])
    return Shown(rows, then, now, said, origin)


def show_heading(shown: Shown, *, scored: bool) -> None:
    """The finding, and what it is about."""
    items, since = shown.items, print_day(shown.then) if shown.then else ""
    kinds = items["kind"].value_counts()
    parts = [f"{kinds.get('Damaging', 0)} damaging", f"{kinds.get('Positive', 0)} positive"]
    missing = int(items["score"].isna().sum())
    parts += [f"{missing} not scored"] if scored and missing else []
    incomplete = int(items["incomplete"].sum())
    parts += [f"{incomplete} incomplete because rows were set aside"] if incomplete else []
    when = f", scores as at {shown.day}" if scored else ""
    when += f" and {since}" if scored and since else ""
    meaning = (
        "A score is the officers' own judgement, impact times likelihood; it is not a measurement."
        if scored
        else "The council published no scores with it, so none are shown or made up. Bring your "
        "own file to see the matrix, the changes and the history."
    )
    show_title(
        make_title(items, shown.changes),
        f"{shown.said}: {', '.join(parts)}{when}",
        meaning,
    )


# A fragment: a choice reruns this page only, not the navigation around it.
@st.fragment
def show_page() -> None:
    """The whole page: bring a file, choose, read the finding, look."""
    selection = current_selection()
    choices = current_choices(PAGE, Choices(), parse_choices)
    show_link_problems()
    brought = current_file()
    all_rows = make_shown(selection.area, Choices()).table
    with st.container(key="pickers"):
        pick_area(selection)
        pick_filters(all_rows, choices)
    if unknown := missing_days(list_days(all_rows), choices):
        show_note(*unknown)
    shown = make_shown(selection.area, choices)
    unusable = brought is not None and brought.found is not None and all_rows.empty
    scored = bool(all_rows["impact"].notna().any())
    write_address("area", **choices.address())
    with panel("the finding"):
        if unusable:
            show_title("No row of your file can be used", f"{shown.said}: every row was set aside")
        else:
            show_heading(shown, scored=scored)
    if brought is not None:
        show_reading(brought)
    show_upload(selection.area)
    if unusable:
        return
    if shown.table.empty:
        show_note("No impact is of this kind and area; choose others above")
        return
    with panel("the matrix"):
        show_matrix(shown)
    with panel("the list"):
        show_list(shown, selection.area)
    with panel("the changes"):
        show_changes(shown)
    with panel("the history"):
        show_history(shown)


begin_page()
st.html(STYLE)
show_page()
