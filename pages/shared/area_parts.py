"""The parts of the page Custom areas that show an area: fit, map, profile, downloads."""

from __future__ import annotations

import html
from collections.abc import Callable
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from analysis.bars import Bar, render_bars
from analysis.custom_area import TOUCHED, AreaFit
from analysis.custom_area_view import make_fit_view, make_pieces_table, make_profile_table
from analysis.custom_area_words import (
    METHOD,
    QUALITY_METHOD,
    describe_cut,
    describe_fit,
    describe_wards,
    list_warnings,
)
from analysis.export import make_geojson, make_geopackage, make_notes
from analysis.map_part import cut_geometry
from analysis.map_view import MapView
from analysis.profile_words import describe_pyramid, describe_spine
from analysis.spine_table import render_spine
from analysis.svg_map import render_svg_map
from analysis.words import count_words, join_words
from data.geography_words import ENGLAND
from data.load import load_areas, load_lsoas, load_manifest, load_paths
from data.lsoa_parts import list_missing_indicators
from data.own.shelf import current_catalogue
from data.profile import load_profile
from pages.shared.area_data import (
    CustomArea,
    list_rows,
    load_columns,
    lsoas_of_ward,
    make_land,
    period_label,
)
from pages.shared.downloads import Offer, show_offer
from pages.shared.figures import boundary_url, list_sources
from pages.shared.groups import Group, groups_text
from pages.shared.page import show_note
from pages.shared.places import lsoas_of, place_name, ward_label
from pages.shared.profile_data import Comparison, columns_or_nothing
from pages.shared.profile_parts import LEGEND, NO_INTERVAL, theme_names
from pages.shared.profile_words import list_by_geography
from pages.shared.ward_map import show_map

# An area is no ward among wards and has no past here: its table has neither rank nor trend.
STYLE = """
<style>
.st-key-area-spine .needs-spine :is(.k, .t) {display: none;}
.st-key-area-spine .needs-spine thead th:first-child {width: 36%;}
.needs-fit {border-left: 4px solid currentColor; padding: 2px 0 2px 12px; margin: 0 0 8px;
  max-width: 75ch;}
.needs-fit p {margin: 0 0 4px; line-height: 1.45;}
</style>
"""
SEVERAL = "several areas"
MOST_MAPS = 3  # councils of one area that are drawn


def show_fit(area: CustomArea) -> None:
    """How well the area fits, in which wards it lies, and what to mind."""
    fit = area.fit
    said = [describe_fit(fit), describe_cut(fit)] if area.line is not None else [_say_picked(area)]
    rows = load_lsoas().loc[list(fit.codes)]
    several = rows["district_code"].nunique() > 1
    wards = rows["ward_code"].map(ward_label if several else place_name)
    if not area.wards and len(fit.codes):
        kept = fit.pieces.loc[list(fit.codes)].assign(ward=wards)
        said.append(describe_wards(kept))
    body = "".join(f"<p>{html.escape(text)}</p>" for text in said if text)
    st.html(f'<div class="needs-fit">{body}</div>')
    for note in area.notes:
        show_note(f"Your line {note}")
    for warning in list_warnings(fit):
        st.warning(warning, icon=":material/warning:")


def _say_picked(area: CustomArea) -> str:
    if area.wards:
        wards = count_words(len(area.wards), "whole ward", "whole wards")
        return f"Made of {wards}: every ward figure can be added up, and no line is cut."
    lsoas = count_words(len(area.fit.codes), "whole neighbourhood", "whole neighbourhoods")
    return f"Made of {lsoas}, so no line is cut."


def list_codes_shown(area: CustomArea, council: str) -> list[str]:
    """The LSOAs of a council that the area touches, in the order of its map."""
    pieces = area.fit.pieces
    touched = set(pieces.index[pieces["counted"] | (pieces["share"] > TOUCHED)])
    return [str(code) for code in lsoas_of(council).index if code in touched]


def show_fit_map(area: CustomArea, key: str, *, drawn: bool = False) -> None:
    """The area's neighbourhoods: counted, cut and left out; the files of both.

    Args:
        area: what is shown.
        key: name of the map.
        drawn: whether the same map stands on the page already: then the files alone.
    """
    st.header("Files of your area" if drawn else "The neighbourhoods counted", anchor=False)
    shown = area.councils[:MOST_MAPS]
    for council in () if drawn else shown:
        if len(area.councils) > 1:
            st.html(f"<p><strong>{html.escape(place_name(council))}</strong></p>")
        _show_part(area, council, f"{key}-{council}")
    others = [place_name(code) for code in area.councils[MOST_MAPS:]]
    show_note(
        "Simplified boundaries of LSOAs (2021); people: Census 2021",
        f"Counted but not shown: neighbourhoods in {join_words(others)}" if others else "",
    )
    council = area.council
    view = make_fit_view(area.name, area.fit, list_codes_shown(area, council))
    wards = load_areas()["area_name"]
    show_offer(
        lambda: Offer(
            name=f"neighbourhoods of {area.name}",
            table=make_pieces_table(area.fit, load_lsoas(), wards),
            notes=notes_of(area, "", []),
            description=view.description,
            picture=lambda: draw_fit(view, council),
            layer="lsoa",
        ),
        key,
        "The neighbourhoods as data and files",
    )
    show_land_files([area], key)


def _show_part(area: CustomArea, council: str, key: str) -> None:
    codes = list_codes_shown(area, council)
    view = make_fit_view(area.name, area.fit, codes)
    whole = len(codes) == len(lsoas_of(council))
    height = 460 if len(area.councils) == 1 else 320
    show_map(view, boundary_url("lsoa", council), key, height, part=not whole)


def draw_fit(view: MapView, council: str) -> str:
    """The map of an area as SVG."""
    return render_svg_map(view, cut_geometry(load_paths("lsoa", council), view.codes))


def show_picking_map(
    fit: AreaFit, name: str, council: str, key: str, on_toggle: Callable[[str], None]
) -> None:
    """The council's neighbourhoods; choosing one takes it in or leaves it out."""
    codes = [str(code) for code in lsoas_of(council).index]
    view = make_fit_view(name, fit, codes)
    show_map(view, boundary_url("lsoa", council), key, 460, on_select=on_toggle)


def show_land_files(areas: list[CustomArea], key: str) -> None:
    """The land of areas as files for a map program."""
    name = areas[0].name if len(areas) == 1 else SEVERAL
    stem = Offer(name=f"area {name}", table=pd.DataFrame(), notes=()).stem

    def make(ending: str) -> bytes:
        land = make_land(areas)
        table = pd.DataFrame(land.drop(columns="geometry"))
        if ending == "geojson":
            return make_geojson(table, land, "part")
        return make_geopackage(table, land, "part", notes_of(areas[0], "", []))

    kinds = (("GeoJSON", "geojson", "application/geo+json"),
             ("GeoPackage", "gpkg", "application/geopackage+sqlite3"))  # fmt: skip
    with st.container(horizontal=True):
        for label, ending, mime in kinds:
            st.download_button(
                f"The area as {label}",
                lambda ending=ending: make(ending),  # type: ignore[misc]
                f"{stem}.{ending}",
                mime,
                key=f"{key}-land-{ending}",
                icon=":material/download:",
                on_click="ignore",
            )


def notes_of(area: CustomArea, comparison: str, ids: list[str]) -> list[tuple[str, str]]:
    """The sheet of notes of a workbook about an area."""
    members = "; ".join(ward_label(code) for code in area.wards)
    return make_notes(
        ("Area", area.name),
        ("Wards", members),
        ("Neighbourhoods (LSOAs)", "; ".join(area.fit.codes)),
        ("How it was made", "" if area.line is None else METHOD),
        ("How well it fits", "" if area.line is None else describe_fit(area.fit)),
        ("How that is measured", "" if area.line is None else QUALITY_METHOD),
        ("Mind", " ".join(list_warnings(area.fit))),
        ("Compared with", comparison),
        ("Intervals", "95 %: Wilson for proportions, Byar for rates; none for scores and means"),
        ("Sources", list_sources(ids)),
        ("Build of the tables", str(load_manifest().get("tables_sha256", ""))[:12]),
    )


def show_area_spine(
    area: CustomArea, figures: pd.DataFrame, spine: pd.DataFrame, comparison: Comparison, key: str
) -> None:
    """Every indicator of the area on one line, by theme, and the whole table as files."""
    st.header(f"Every indicator against {comparison.name}", anchor=False)
    e = html.escape
    st.html(
        f'<div class="needs-legend"><strong>Compared with {e(comparison.name)}, by 95 % intervals'
        f"</strong><span>{LEGEND}dot: the area with its 95 % interval · upright line: "
        f"{e(comparison.name)} · bands: all {e(comparison.wards)} and their middle half</span>"
        "<span>left is worse, right is better; where neither is, low and high · ▲ above, "
        f"▼ below, ● similar · {NO_INTERVAL.replace('the ward', 'the area')}</span></div>"
    )
    where = urlencode({"area": area.council})
    with st.container(key="area-spine"):
        st.html(
            render_spine(
                spine, theme_names(), comparison.name, area.name,
                lambda indicator: f"ward-map?{where}&indicator={indicator}", "Area",
            )
        )  # fmt: skip
    if not area.wards:
        missing = list_missing_indicators()
        show_note(
            f"{count_words(len(missing), 'indicator is', 'indicators are')} left out: they are "
            "published for larger areas only, and figures of those are not shared out to an area. "
            "An area made of whole wards has them"
        )
    show_note(f"Sources. {list_by_geography(list(spine.index))}")
    show_offer(lambda: offer_profile(area, figures, spine, comparison), key)


def offer_profile(
    area: CustomArea, figures: pd.DataFrame, spine: pd.DataFrame, comparison: Comparison
) -> Offer:
    """The whole profile as a table, a picture and words."""
    from analysis.profile_svg import draw_spine

    indicators = list_rows(figures)
    ids = [indicator.id for indicator in indicators]
    periods = {i: period_label(i) for i in ids}
    columns = load_columns(ids, area.council, comparison.key)
    title = f"{area.name} against {comparison.name}"
    return Offer(
        name=f"profile of {area.name}",
        table=make_profile_table(figures, indicators, periods, columns),
        notes=notes_of(area, comparison.name, ids),
        description=describe_spine(spine, area.name, comparison.name),
        picture=lambda: draw_spine(
            spine, theme_names(), title, comparison.name, list_sources(spine.index), "Area"
        ),
    )


def show_ages(area: CustomArea, figures: pd.DataFrame) -> None:
    """Ages as bars, the oldest on top, with a marker for England."""
    bands = load_profile().age_bands
    england = load_areas().index.get_loc(ENGLAND)
    names = current_catalogue().indicators
    bars = [
        Bar(
            names[band].short_name.removeprefix("Aged "),
            float(figures.at[band, "value"]),
            float(columns_or_nothing(band).value[england]),
        )
        for band in bands
    ]
    st.header(describe_pyramid(bars, area.name), anchor=False)
    st.html(render_bars(bars[::-1], f"Ages of {area.name}", "Area", "England"))
    show_note(
        "Bar: % of people here. Upright mark: England",
        f"Source: {list_sources(bands)}, 21 March 2021",
    )


def show_group_link(area: CustomArea) -> None:
    """Where an area of whole wards can be set beside other wards."""
    if not area.wards:
        return
    groups = groups_text((Group(area.name.replace(";", " "), area.wards),))
    council = str(load_areas().at[area.wards[0], "district_code"])
    query = urlencode({"view": "side", "area": council, "groups": groups}, safe=",:")
    st.html(
        f'<p class="needs-links"><a href="compare?{html.escape(query)}">'
        "Set it beside other wards on Compare, as a group</a></p>"
    )


def pick_codes_of(wards: tuple[str, ...], lsoas: tuple[str, ...]) -> set[str]:
    """All LSOAs that were picked, those of picked wards included."""
    return {*lsoas, *(code for ward in wards for code in lsoas_of_ward(ward))}
