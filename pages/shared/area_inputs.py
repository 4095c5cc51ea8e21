"""How a visitor makes an area on the page Custom areas: by drawing or by picking."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
import streamlit as st

from analysis.custom_area import make_whole_fit
from analysis.words import count_words
from data.custom_area_shapes import GRID, ShapeError, place_shape
from data.load import load_areas, load_lsoas
from data.lsoa_shapes import MapGrid, load_map_grid
from data.names import LONGEST_NAME, clean_name
from pages.shared.area_choices import (
    MOST_LSOAS,
    MOST_WARDS,
    PAGE,
    WAYS,
    AreaChoices,
    Corner,
)
from pages.shared.area_data import CustomArea
from pages.shared.area_parts import pick_codes_of, show_picking_map
from pages.shared.choices import choose_here
from pages.shared.draw_area import Corners, show_drawing_board
from pages.shared.figures import boundary_url
from pages.shared.offered import when_offered
from pages.shared.page import keep, show_note
from pages.shared.places import lsoas_of, place_name, ward_names, wards_of
from pages.shared.profile_data import Comparison

HINTS = {
    "draw": "Draw around a neighbourhood or a town on the map.",
    "pick": "Choose wards or neighbourhoods from a list, or neighbourhoods on the map.",
    "upload": "Bring a file of areas, such as electoral divisions or parishes.",
}


def layer_of(area: str) -> str:
    """The prepared map to draw on: LSOAs of a council, wards of a county, else none."""
    kind = load_areas().at[area, "area_type"]
    return {"district": "lsoa", "county": "ward"}.get(str(kind), "")


def pick_way(choices: AreaChoices) -> None:
    """Draw, pick or upload."""
    keep("area_way", choices.way)
    st.segmented_control(
        "How do you want to make your area?",
        list(WAYS),
        format_func=lambda way: WAYS.get(way, way),
        key="area_way",
        on_change=_follow_way,
    )
    show_note(HINTS[choices.way])


def _follow_way() -> None:
    # Pressing the chosen way again means nothing here.
    if way := st.session_state["area_way"]:
        choose_here(PAGE, way=way)


def pick_name(choices: AreaChoices) -> None:
    """What the area is called, on screen, in files and in the link."""
    keep("area_name", choices.name)
    st.text_input(
        "Name of the area",
        key="area_name",
        max_chars=LONGEST_NAME,
        placeholder="Your area",
        on_change=lambda: choose_here(PAGE, name=clean_name(st.session_state["area_name"])),
    )


def pick_against(against: str, found: dict[str, Comparison]) -> None:
    """What the area is compared with."""
    keep("area_against", against)
    words = {"council": "council", "county": "county", "region": "region"}
    st.selectbox(
        "Compare with",
        list(found),
        format_func=lambda key: (
            (f"{found[key].name} ({words[key]})" if key in words else found[key].name)
            if key in found
            else key
        ),
        key="area_against",
        on_change=when_offered(
            "area_against", found, lambda value: choose_here(PAGE, against=value)
        ),
    )


# ---- Drawing ---------------------------------------------------------------------


def show_board(choices: AreaChoices, area: CustomArea | None, place: str) -> None:
    """The map to draw on, with the line drawn so far."""
    layer = layer_of(place)
    if not layer:
        st.info(
            f"{place_name(place)} is too large to draw on. Choose a council or a county above, "
            "pick wards, or upload a file."
        )
        return
    grid = load_map_grid(layer, place)

    def take(ring: Corners) -> None:
        choose_here(PAGE, line=to_line(ring, grid))

    show_drawing_board(
        boundary_url(layer, place),
        f"board-{place}",
        take,
        ring=grid.to_units(choices.line).tolist() if choices.line else (),
        counted=area.fit.codes if area else (),
        label=f"Map of {place_name(place)} to draw on. Pick does the same from a list.",
    )
    show_note(
        "Neighbourhoods (LSOAs) with ward borders; shaded: counted"
        if layer == "lsoa"
        else "Wards; a council's own map is finer",
        "With the keyboard: choose Pick, or move the corners with the arrow keys",
    )


def to_line(ring: Corners, grid: MapGrid) -> tuple[Corner, ...]:
    """Corners on the board as whole metres of the national grid, none outside of it."""
    corners = np.asarray(ring, dtype=float)
    if corners.ndim != 2 or corners.shape[1] != 2 or not np.isfinite(corners).all():
        return ()
    metres = np.clip(np.rint(grid.to_metres(corners)), 0, 999_999).astype(int)
    return tuple((int(x), int(y)) for x, y in metres[:100])


def check_line(line: tuple[Corner, ...]) -> str:
    """Why a drawn line is no area, and what to do; "" where it is one."""
    try:
        place_shape(shapely.Polygon(line), GRID)
    except (ShapeError, ValueError) as fault:
        return f"Your line {fault}. {getattr(fault, 'cure', '')}".strip()
    return ""


# ---- Picking ---------------------------------------------------------------------


def pick_members(choices: AreaChoices, place: str) -> None:
    """Lists of wards and neighbourhoods, and for a council the map to choose on."""
    wards = ward_names(place)
    options = [*wards, *(code for code in choices.wards if code not in wards)]
    keep("area_wards", list(choices.wards))
    st.multiselect(
        "Wards",
        options,
        format_func=lambda code: wards.get(code) or place_name(code),
        key="area_wards",
        max_selections=MOST_WARDS,
        placeholder=f"Any of {len(wards):,} wards: type a name",
        on_change=when_offered(
            "area_wards", options, lambda value: choose_here(PAGE, wards=tuple(value))
        ),
    )
    if layer_of(place) != "lsoa":
        show_note("Choose a council above to pick single neighbourhoods too")
        return
    _pick_lsoas(choices, place)
    picked = pick_codes_of(choices.wards, choices.lsoas)
    fit = make_whole_fit(picked, load_lsoas())
    show_picking_map(
        fit, choices.name or "Your area", place, f"picking-{place}",
        lambda code: choose_here(PAGE, **toggle(choices, code)),
    )  # fmt: skip
    show_note("Choose a neighbourhood on the map to take it in, and again to leave it out")


def _pick_lsoas(choices: AreaChoices, place: str) -> None:
    names = _lsoa_labels(place)
    options = [*names.index, *(code for code in choices.lsoas if code not in names.index)]
    labels = load_lsoas()["lsoa_name"]
    keep("area_lsoas", list(choices.lsoas))
    st.multiselect(
        "Neighbourhoods (LSOAs)",
        options,
        format_func=lambda code: str(names[code] if code in names.index else labels[code]),
        key="area_lsoas",
        max_selections=MOST_LSOAS,
        placeholder=f"Any of {len(names):,}: type a ward or a name",
        on_change=when_offered(
            "area_lsoas", options, lambda value: choose_here(PAGE, lsoas=tuple(value))
        ),
    )


def _lsoa_labels(place: str) -> pd.Series:
    """Names with their ward, those of a ward together."""
    rows = lsoas_of(place)
    wards = rows["ward_code"].map(wards_of(place)["ward_name"])
    names = load_lsoas().loc[rows.index, "lsoa_name"]
    return (wards.astype(str) + ": " + names.astype(str)).sort_values()


def toggle(choices: AreaChoices, code: str) -> dict[str, tuple[str, ...]]:
    """What changes where one neighbourhood is taken in or left out.

    One of a picked ward is left out by putting the ward's other neighbourhoods in its place.
    """
    if code in choices.lsoas:
        return {"lsoas": tuple(c for c in choices.lsoas if c != code)}
    ward = str(load_lsoas().at[code, "ward_code"])
    if ward not in choices.wards:
        return {"lsoas": (*choices.lsoas, code)}
    others = sorted(pick_codes_of((ward,), ()) - {code} - set(choices.lsoas))
    return {
        "wards": tuple(w for w in choices.wards if w != ward),
        "lsoas": (*choices.lsoas, *others),
    }


def say_where_kept(choices: AreaChoices) -> None:
    """Whether a copied link reopens the area."""
    if choices.way != "upload" and not choices.in_address:
        many = count_words(len(choices.lsoas), "neighbourhood", "neighbourhoods")
        what = "This line has too many corners" if choices.way == "draw" else f"{many} are too many"
        show_note(f"{what} for a link: the area is kept for this visit only")
