"""Custom areas: draw, pick or upload an area and see its profile."""

import streamlit as st

from analysis.custom_area_words import (
    METHOD,
    QUALITY_METHOD,
    explain_nothing,
    make_area_title,
    tell_fit,
)
from data.load import load_lsoas
from pages.shared.area_choices import PAGE, AreaChoices, parse_choices
from pages.shared.area_data import (
    CustomArea,
    comparisons_of_council,
    load_area_figures,
    load_spine_of,
    make_area,
)
from pages.shared.area_inputs import (
    check_line,
    pick_against,
    pick_members,
    pick_name,
    pick_way,
    say_where_kept,
    show_board,
)
from pages.shared.area_parts import (
    STYLE,
    show_ages,
    show_area_spine,
    show_fit,
    show_fit_map,
    show_group_link,
)
from pages.shared.area_upload import (
    has_file,
    keep_as_picked,
    list_areas,
    pick_area_of,
    pick_indicator,
    show_areas_table,
    show_lines,
    show_upload,
)
from pages.shared.brought import address_of_file
from pages.shared.choices import current_choices
from pages.shared.find import show_find
from pages.shared.page import (
    begin_page,
    first_view_is_out,
    panel,
    pick_area,
    show_note,
    show_title,
)
from pages.shared.places import place_name
from pages.shared.profile_parts import begin_profile, show_stand_outs
from pages.shared.selection import (
    Selection,
    current_selection,
    show_link_problems,
    write_address,
)


def show_input(choices: AreaChoices, place: str) -> tuple[CustomArea | None, list[CustomArea]]:
    """The way the area is made; returns the area to look at, and all areas of a file."""
    if choices.way == "upload":
        areas = list_areas(show_upload())
        chosen = pick_area_of(areas)
        if areas:
            show_lines(areas, chosen, place)
        return chosen, areas
    area = None
    problem = check_line(choices.line) if choices.way == "draw" and choices.line else ""
    if problem:
        st.warning(problem, icon=":material/warning:")
    else:
        area = make_area(choices)
    if choices.way == "draw":
        show_board(choices, area, place)
    else:
        pick_members(choices, place)
    say_where_kept(choices)
    return area, []


def show_empty(place: str) -> None:
    """What the page is for, before there is an area."""
    show_title(
        "See the needs of an area of your own",
        f"A neighbourhood, a town, a division: in {place_name(place)} or anywhere in England",
    )


def show_method() -> None:
    """How an area is made of neighbourhoods and how well it fits."""
    st.header("How it works", anchor=False)
    st.html(f"<p>{METHOD}</p><p>{QUALITY_METHOD}</p>")


def show_area(
    area: CustomArea,
    choices: AreaChoices,
    place: str,
    side: st.delta_generator.DeltaGenerator,
    heading: st.delta_generator.DeltaGenerator,
) -> None:
    """Everything about one area."""
    council = area.council
    found = comparisons_of_council(council)
    comparison = found.get(choices.against, found["council"])
    with heading:
        how = f"Built from whole neighbourhoods; it {tell_fit(area.fit.quality)}."
        where = "Mostly in" if len(area.councils) > 1 else "In"
        show_title(
            make_area_title(area.name, area.fit),
            f"{where} {place_name(council)}; people at the census of 2021",
            how if area.line is not None else "Made of what you picked.",
        )
    with side:
        if choices.way != "upload":
            pick_name(choices)
        pick_against(comparison.key, found)
        with panel("the fit"):
            show_fit(area)
        show_group_link(area)
        if choices.way == "upload":
            keep_as_picked(area)
    figures = load_area_figures(area)
    spine = load_spine_of(figures, comparison)
    lines, beside = st.columns([1, 1], gap="medium")
    with lines, panel("what stands out"):
        show_stand_outs(spine, comparison)
    with lines, panel("the ages"):
        show_ages(area, figures)
    with beside, panel("the map"):
        drawn = choices.way == "pick" and area.councils == (place,)
        show_fit_map(area, key="fit", drawn=drawn)
    with panel("the table of indicators"):
        show_area_spine(area, figures, spine, comparison, key="area-profile")
    if area.line is not None:
        show_note(METHOD, QUALITY_METHOD)


def show_several(areas: list[CustomArea], selection: Selection) -> None:
    """The table of all areas of a file."""
    if len(areas) > 1 and first_view_is_out():
        with panel("the table of areas"):
            show_areas_table(areas, pick_indicator(selection.indicator))


# A fragment: a choice reruns this page only, not the navigation around it.
@st.fragment
def show_page() -> None:
    """The whole page: make an area, see how well it fits, read its profile."""
    selection = current_selection()
    choices = current_choices(PAGE, AreaChoices(), parse_choices)
    show_link_problems()
    with st.container(key="pickers"):
        show_find(selection)
        pick_area(selection)
    heading = st.container()
    left, side = st.columns([3, 2], gap="medium")
    with left:
        pick_way(choices)
        area: CustomArea | None = None
        areas: list[CustomArea] = []
        with panel("the map to draw on"):
            area, areas = show_input(choices, selection.area)
    # Before the profile, which takes longest: a link copied early holds the area.
    in_visit = choices.way == "upload" and has_file()
    write_address("area", **choices.address(), **address_of_file(in_visit))
    show_several(areas, selection)
    if area is not None and area.fit.codes:
        with panel("the profile"):
            show_area(area, choices, selection.area, side, heading)
    else:
        with heading:
            show_empty(selection.area)
        with side:
            show_method()
            if area is not None:
                st.warning(
                    explain_nothing(area.fit, load_lsoas()["lsoa_name"]), icon=":material/warning:"
                )


begin_page()
begin_profile()
st.html(STYLE)
show_page()
