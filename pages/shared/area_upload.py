"""A visitor's file of areas: read, explained, listed; one of them is looked at closely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import shapely
import streamlit as st

from analysis.custom_area import AreaFit
from analysis.custom_area_view import make_areas_table
from analysis.words import count_words
from data.custom_area_file import ENDINGS, LIMITS, MOST_AREAS, AreaFile, read_area_file
from data.errors import SpreadsheetError
from data.load import load_lsoas, load_manifest
from data.lsoa_parts import list_lsoa_indicators
from data.lsoa_shapes import MapGrid, load_map_grid
from data.own.shapes import ERROR, WARNING, Finding
from pages.shared.area_choices import PAGE, AreaChoices
from pages.shared.area_data import CustomArea, fit_line, list_rows, load_figures
from pages.shared.area_inputs import layer_of
from pages.shared.area_parts import show_land_files
from pages.shared.brought import say_if_gone
from pages.shared.choices import choose_here
from pages.shared.downloads import Offer, show_offer
from pages.shared.draw_area import show_drawing_board
from pages.shared.figures import boundary_url, list_sources
from pages.shared.page import keep, show_note
from pages.shared.places import place_name
from pages.shared.selection import choose
from pages.shared.tables import show_table

STORE, UPLOAD = "area_file", "area_upload"
MOST_SHOWN = 30
PRIVATE = (
    "The file is read for this visit only: it is not stored, nobody else sees it, and it is gone "
    "when the visit ends. A copied link does not hold it."
)
WORDS = {ERROR: "left out", WARNING: "please look", "note": "note"}


@dataclass(frozen=True)
class Brought:
    """A visitor's file: what was read, or why it cannot be used; its bytes to read it again."""

    name: str
    content: bytes
    found: AreaFile | None = None
    error: str = ""


def read_upload(content: bytes, name: str, *, swap: bool = False) -> Brought:
    """Read an uploaded file; never fails."""
    try:
        found = read_area_file(content, name, swap=swap)
    except SpreadsheetError as error:
        return Brought(name, b"", error=str(error))
    return Brought(name, content if found.swapped else b"", found)


def _follow() -> None:
    file = st.session_state.get(UPLOAD)
    st.session_state.pop("area_chosen", None)
    if file is None:
        st.session_state.pop(STORE, None)
        return
    brought = read_upload(file.getvalue(), file.name)
    st.session_state[STORE] = brought
    if brought.found and brought.found.areas:
        # The map of the place where the areas lie.
        choose(area=find_council([a.line for a in brought.found.areas]))
        choose_here(PAGE, way="upload")


def find_council(lines: Sequence[shapely.Geometry]) -> str:
    """The council in which most of some areas' people live."""
    fits = [fit_line(line).pieces for line in lines]
    people = pd.concat([fit["share"] * fit["people"] for fit in fits])
    councils = load_lsoas()["district_code"].reindex(people.index)
    return str(people.groupby(councils.to_numpy()).sum().idxmax())


def show_upload() -> Brought | None:
    """The box to bring a file, and what was found in it."""
    above = st.container()
    st.file_uploader(
        f"File of areas: GeoJSON, GeoPackage (.gpkg) or zipped shapefile, up to "
        f"{LIMITS.most_bytes // 1_000_000} MB and {MOST_AREAS} areas",
        [ending.lstrip(".") for ending in ENDINGS],
        key=UPLOAD,
        on_change=_follow,
        max_upload_size=LIMITS.most_bytes // 1_000_000,
    )
    show_note(PRIVATE)
    brought: Brought | None = st.session_state.get(STORE)
    with above:
        say_if_gone(PAGE, brought is not None)
    if brought is not None:
        _show_reading(brought)
    return brought


def has_file() -> bool:
    """Whether the visit has a file of areas."""
    return STORE in st.session_state


def _show_reading(brought: Brought) -> None:
    if brought.found is None:
        st.error("This file cannot be used.", icon=":material/error:")
        show_note(f"{brought.name}: {brought.error}")
        return
    found = brought.found
    left_out = sum(f.severity == ERROR for f in found.findings)
    used = count_words(len(found.areas), "area", "areas")
    if left_out:
        st.warning(f"{left_out} left out; {used} can be used.", icon=":material/rule:")
    if found.swapped:
        st.button(
            "Read them the other way round",
            on_click=_swap,
            icon=":material/swap_horiz:",
            help="Take the first number for longitude and the second for latitude",
        )
    if found.findings:
        label = f"What was noticed in the file ({len(found.findings)})"
        with st.expander(label, icon=":material/rule:", expanded=bool(left_out)):
            show_table(_list_findings(found.findings), "What was noticed in the file")


def _swap() -> None:
    brought: Brought = st.session_state[STORE]
    st.session_state[STORE] = read_upload(brought.content, brought.name, swap=True)


def _list_findings(findings: Sequence[Finding]) -> pd.DataFrame:
    rows = [
        {
            "Where": f"area {f.row}" if f.row else "file",
            "Name": f.value,
            "What": f.reason,
            "What to do": f.suggestion,
            "Outcome": WORDS.get(f.severity, f.severity),
        }
        for f in findings[:MOST_SHOWN]
    ]
    if len(findings) > MOST_SHOWN:
        more = f"{len(findings) - MOST_SHOWN} more of the same kinds"
        rows.append({"Where": "", "Name": "", "What": more, "What to do": "", "Outcome": ""})
    return pd.DataFrame(rows)


def list_areas(brought: Brought | None) -> list[CustomArea]:
    """The areas of a file with their fit.

    Raises:
        TableError: the boundaries cannot be read.
    """
    if brought is None or brought.found is None:
        return []
    return [CustomArea(a.name, fit_line(a.line), a.line) for a in brought.found.areas]


def pick_area_of(areas: Sequence[CustomArea]) -> CustomArea | None:
    """The area whose profile is shown; the first until another is chosen."""
    if not areas:
        return None
    names = [area.name for area in areas]
    stored = st.session_state.get("area_chosen")
    keep("area_chosen", stored if stored in names else names[0])
    if len(areas) > 1:
        st.selectbox("Area whose profile is shown", names, key="area_chosen")
    return areas[names.index(st.session_state["area_chosen"])]


def show_lines(areas: Sequence[CustomArea], chosen: CustomArea | None, place: str) -> None:
    """The lines of the areas on the map of the place."""
    layer = layer_of(place)
    if not layer:
        return
    grid = load_map_grid(layer, place)
    lines = [area.line for area in areas if area.line is not None]
    left, bottom, right, top = shapely.total_bounds(np.array(lines, dtype=object))
    show_drawing_board(
        boundary_url(layer, place),
        f"lines-{place}",
        lines=[_draw_line(line, grid) for line in lines],
        about=grid.to_units([[left, top], [right, bottom]]).tolist(),
        counted=chosen.fit.codes if chosen else (),
        label=f"Map of {place_name(place)} with the lines of {len(areas)} areas",
        height=400,
    )
    show_note("Lines: the areas of your file. Shaded: neighbourhoods counted in the one chosen")


def _draw_line(line: shapely.Geometry, grid: MapGrid) -> str:
    """An SVG path of all rings, in the units of the prepared map."""
    simple = shapely.simplify(line, 20)
    rings = []
    for part in shapely.get_parts(simple):
        for ring in (part.exterior, *part.interiors):
            units = grid.to_units(shapely.get_coordinates(ring))
            rings.append("M" + "L".join(f"{x:g} {y:g}" for x, y in units) + "z")
    return "".join(rings)


def show_areas_table(areas: Sequence[CustomArea], indicator: str) -> None:
    """All areas of a file side by side; a heading sorts them."""
    figures = load_figures(tuple(area.fit.codes for area in areas))
    tables = [t if area.fit.codes else t.iloc[:0] for area, t in zip(areas, figures, strict=True)]
    indicators = list_rows(figures[0])
    known = {i.id: i for i in indicators}
    shown = known.get(indicator) or indicators[0]
    names, fits = [area.name for area in areas], [area.fit for area in areas]
    st.header(f"All {len(areas)} areas of your file", anchor=False)
    table = make_areas_table(names, fits, tables, [shown])
    heading = str(table.columns[-1])
    table = table.sort_values(heading, ascending=False, na_position="last")
    st.dataframe(table, hide_index=True, height=min(38 + 35 * len(table), 530))
    show_note(
        "Press a heading to sort",
        "Fit: people both inside the line and counted, of all who are either",
        f"{sum(not f.codes for f in fits)} hold no more than half of any neighbourhood"
        if any(not f.codes for f in fits)
        else "",
    )
    nobody = _count_in_none(fits)
    show_note(
        f"{nobody:,.0f} people live in neighbourhoods that are cut between areas and belong to "
        "none of them" if nobody else ""
    )  # fmt: skip
    ids = list(known)
    show_offer(
        lambda: Offer(
            name=f"areas of a file, {len(areas)}",
            table=make_areas_table(names, fits, tables, indicators),
            notes=[("Sources", list_sources(ids)),
                   ("Build of the tables", str(load_manifest().get("tables_sha256", ""))[:12])],
        ),
        "areas-table",
        "All areas and indicators as data and files",
    )  # fmt: skip
    show_land_files([area for area in areas if area.fit.codes], "areas-table")


def _count_in_none(fits: Sequence[AreaFit]) -> float:
    """People of LSOAs that lie mostly inside all areas together and belong to none."""
    pieces = pd.concat([fit.pieces for fit in fits])
    together = pieces.groupby(level=0).agg(
        share=("share", "sum"), people=("people", "first"), counted=("counted", "any")
    )
    cut = together[(together["share"] > 0.5) & ~together["counted"]]
    return float(np.nansum(cut["people"]))


def pick_indicator(indicator: str) -> str:
    """Which figure stands in the table of all areas."""
    options = {s.indicator.id: s.indicator.name for s in list_lsoa_indicators()}
    chosen = indicator if indicator in options else next(iter(options))
    keep("area_indicator", chosen)
    st.selectbox(
        "Figure in the table",
        list(options),
        format_func=lambda key: options.get(key, key),
        key="area_indicator",
        on_change=lambda: choose(indicator=st.session_state["area_indicator"]),
    )
    return chosen


def keep_as_picked(area: CustomArea) -> None:
    """Turn an uploaded area into picked neighbourhoods, which a link can carry."""
    st.button(
        "Keep as picked neighbourhoods (for a link)",
        on_click=lambda: choose_here(
            PAGE, **vars(replace(AreaChoices(), way="pick", lsoas=area.fit.codes, name=area.name))
        ),
        icon=":material/link:",
    )
