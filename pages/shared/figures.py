"""Maps and charts on a page: what they need from the tables, and what stands under them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import streamlit as st

from analysis.choropleth import (
    Benchmark,
    Subject,
    make_areas_frame,
    make_map_view,
    translate,
    usable_method,
)
from analysis.embed import Snippet
from analysis.export import make_notes
from analysis.map_view import MapView, as_printed
from analysis.words import CLUSTER_WORDS, FLAG_WORDS, GEOGRAPHY_WORDS, NO_LSOA
from data import clock
from data.aggregation import SUPPRESSED
from data.geography_words import ENGLAND
from data.load import (
    boundary_file,
    load_lsoa_values,
    load_manifest,
    load_paths,
    load_period,
    load_periods,
)
from data.own.open_cache import cache_open
from data.own.shelf import current_catalogue, is_own
from pages.shared.downloads import Offer, show_offer
from pages.shared.embed_offer import make_snippet
from pages.shared.hot_spots import HOT_SPOTS_METHOD, Progress, load_hot_spots, say_nothing
from pages.shared.page import show_note
from pages.shared.places import lsoas_of, place_name, wards_of
from pages.shared.selection import Selection, choose_ward
from pages.shared.ward_map import show_map

REPORT_WIDTH = 620


@dataclass(frozen=True)
class MapFigure:
    """One indicator over the areas of a place, ready to be drawn, ranked and downloaded.

    `frame` is described in `choropleth.make_areas_frame`; `layer` is `ward` or `lsoa`;
    `method` is how it is coloured in fact (see `choropleth.usable_method`).
    """

    subject: Subject
    benchmark: Benchmark
    frame: pd.DataFrame
    view: MapView
    layer: str
    area: str
    method: str


def make_subject(indicator_id: str, period: str, selection: Selection) -> Subject:
    """The subject of a figure about the wards of the selected area."""
    catalogue = current_catalogue()
    return Subject(
        catalogue.indicators[indicator_id],
        catalogue.source_of(indicator_id),
        period,
        place_name(selection.area),
    )


def load_benchmark(indicator_id: str, period: str, selection: Selection) -> Benchmark:
    """The benchmark area's own figure; NaN where it has none."""
    code = selection.benchmark_code
    values = load_period(indicator_id, period)
    value = float(values["value"].get(code, np.nan))
    return Benchmark(place_name(code), value)


def load_ward_figure(
    indicator_id: str,
    period: str,
    selection: Selection,
    classes: str,
    progress: Progress = say_nothing,
) -> MapFigure:
    """One period's figures of the area's wards: ranked, compared, classed, in map order.

    Args:
        indicator_id: what is shown.
        period: of the figures.
        selection: where, and compared with what.
        classes: a key of `classes.METHODS`.
        progress: told how far the search for hot spots has come, which can take seconds.

    Raises:
        TableError: the table is missing or damaged.
    """
    subject = make_subject(indicator_id, period, selection)
    benchmark = load_benchmark(indicator_id, period, selection)
    values = load_period(indicator_id, period)
    frame = make_areas_frame(
        values, wards_of(selection.area), subject.indicator.polarity, benchmark
    )
    if classes == "hot_spots":
        found = load_hot_spots(indicator_id, period, selection.area, progress)
        frame = frame.join(found)
    if is_own(indicator_id) and usable_method(frame, classes) == "england_fifths":
        classes = "local_fifths"  # an own figure is known for one place only
    everywhere = all_ward_values(indicator_id, period)
    selected = selection.ward or None
    view = make_map_view(frame, subject, classes, everywhere, benchmark, selected)
    used = usable_method(frame, classes)
    return MapFigure(subject, benchmark, frame, view, "ward", selection.area, used)


def load_lsoa_figure(indicator_id: str, selection: Selection, classes: str) -> MapFigure:
    """The newest figures of the council's LSOAs; national fifths are those of all LSOAs.

    Raises:
        TableError: the table is missing or damaged.
    """
    values = load_lsoa_values(indicator_id)
    period = str(values["period"].iloc[0])
    subject = make_subject(indicator_id, period, selection).of_lsoas(period)
    benchmark = load_benchmark(indicator_id, period, selection)
    frame = make_areas_frame(
        values, lsoas_of(selection.area), subject.indicator.polarity, benchmark
    )
    method = "england_fifths" if classes in ("significance", "hot_spots") else classes
    view = make_map_view(frame, subject, method, values["value"].to_numpy(), benchmark)
    return MapFigure(subject, benchmark, frame, view, "lsoa", selection.area, method)


@cache_open(256)
def all_ward_values(indicator_id: str, period: str) -> np.ndarray:
    """The values of all wards in England, for national classes."""
    return load_period(indicator_id, period)["value"].reindex(wards_of(ENGLAND).index).to_numpy()


def boundary_url(layer: str, area: str) -> str:
    """Where the browser fetches the prepared map of an area."""
    return f"app/static/boundaries/{boundary_file(layer, area)}"


def draw_map(
    figure: MapFigure,
    selection: Selection,
    key: str,
    height: int,
    linked: bool = False,
    brought: bool = False,
) -> None:
    """Draw the interactive map; on the ward layer a click chooses the ward.

    Linked maps point and choose together. The page prints the source itself, so the map
    leaves it out. `brought`: the page has called `bring_map_code`.
    """
    quiet = replace(figure.view, source="", native_geography="")
    url = boundary_url(figure.layer, figure.area)
    if figure.layer == "ward":
        chosen = selection.ward or None
        show_map(
            quiet, url, key, height, choose_ward, selected=chosen, linked=linked, brought=brought
        )
    else:
        show_map(quiet, url, key, height, brought=brought)


def list_sources(indicators: Iterable[str]) -> str:
    """Short sources of several indicators: what, and for which geography it was published."""
    sources = [current_catalogue().source_of(indicator) for indicator in indicators]
    titles = [f"{s.title} (published for {GEOGRAPHY_WORDS[s.geography]})" for s in sources]
    return "; ".join(dict.fromkeys(titles))


def show_provenance(subject: Subject) -> None:
    """Say below a figure who published it, for when and where, how old it is, and what to mind."""
    if is_own(subject.indicator.id):
        st.badge("Own figure, not published data", icon=":material/upload_file:", color="orange")
    show_note(*subject.describe_provenance(clock.today()))
    if subject.care_line:
        show_note(subject.care_line)


def tidy_for_download(frame: pd.DataFrame, subject: Subject) -> pd.DataFrame:
    """The rows behind a figure, with plain headings, highest first."""
    indicator = subject.indicator
    withheld = frame["flag"] == SUPPRESSED
    empty = (frame["lsoa_count"] == 0) & frame["value"].isna() & ~withheld
    reason = np.where(empty, NO_LSOA, translate(frame["flag"], FLAG_WORDS))
    unit = f" ({indicator.unit})" if indicator.unit else ""
    table = pd.DataFrame(
        {
            "Area": frame["name"],
            "Code": frame.index,
            "Period": subject.period_label,
            f"{indicator.short_name}{unit}": as_printed(frame["value"], indicator.decimals),
            "Lower 95 % limit": as_printed(frame["lower_ci"], indicator.decimals),
            "Upper 95 % limit": as_printed(frame["upper_ci"], indicator.decimals),
            "Numerator": frame["numerator"],
            "Denominator": frame["denominator"],
            "Compared": frame["compared"],
            "Note": reason,
            "How the figure reached the area": frame["fit"].astype(str).str.replace("_", " "),
            "Quality of fit (0 to 1)": frame["fit_quality"],
        }
    )
    if "local_i" in frame:
        table["Hot spot"] = frame["pattern"].map(CLUSTER_WORDS)
        table["Neighbours with figures"] = frame["neighbours"]
        table["Local Moran's I"] = frame["local_i"].round(4)
        table["p (two-sided)"] = frame["p"]
        table["p corrected for false discoveries"] = frame["corrected_p"].round(4)
    if indicator.ranked:
        table.insert(4, "Rank (1 highest)", frame["rank"].replace(0, np.nan))
    order = frame["value"].sort_values(ascending=False).index
    return table.dropna(axis=1, how="all").loc[order]


def notes_for_download(subject: Subject, benchmark: Benchmark) -> list[tuple[str, str]]:
    """Definition, source, licence and caveats, for the notes sheet of a workbook."""
    indicator, source = subject.indicator, subject.source
    return make_notes(
        ("Indicator", indicator.name),
        ("Definition", indicator.definition),
        ("Place", subject.place),
        ("Period", subject.period_label),
        ("Unit", f"{indicator.unit} {indicator.denominator_words}".strip()),
        ("Interval", INTERVAL_WORDS[indicator.interval]),
        ("Compared with", benchmark.name),
        ("Source", f"{source.publisher}: {source.title}"),
        ("Address", source.url),
        ("Licence", source.licence),
        ("Attribution", source.attribution),
        ("Geography", subject.geography_line),
        ("Our processing", source.processing_note),
        ("Caveats", " ".join((*indicator.caveats, *source.caveats))),
        ("Build of the tables", str(load_manifest().get("tables_sha256", ""))[:12]),
    )


INTERVAL_WORDS = {
    "wilson": "95 % interval of a proportion, Wilson score method",
    "byar": "95 % interval of a rate, Byar's method (exact Poisson under 10)",
    "published": "95 % interval as published",
    "none": "None: the figure is a score, a modelled estimate or a full count",
}


def make_offer(figure: MapFigure, embeds: Sequence[Snippet] = ()) -> Offer:
    """The rows, words and files behind a map; `embeds`: what other websites can show of it."""
    subject = figure.subject
    return Offer(
        name="_".join((subject.indicator.id, subject.period, subject.place)),
        table=tidy_for_download(figure.frame, subject),
        notes=[
            *notes_for_download(subject, figure.benchmark),
            *([("Hot spots", HOT_SPOTS_METHOD)] if "local_i" in figure.frame else []),
        ],
        description=figure.view.description,
        picture=lambda: draw_svg(figure),
        layer=figure.layer,
        embeds=embeds,
    )


def show_map_data(figure: MapFigure, key: str, selection: Selection | None = None) -> None:
    """Offer the rows behind a map as a table and as files.

    Args:
        figure: the map.
        key: of the box.
        selection: the view of the Ward map with this figure, which other websites can show;
            None where they cannot.
    """
    show_offer(lambda: make_offer(figure, list_snippets(figure, selection)), key)


def list_snippets(figure: MapFigure, selection: Selection | None) -> list[Snippet]:
    """What other websites can show of a map: itself, and its line where it is one of wards."""
    if selection is None:
        return []
    subject = figure.subject
    if figure.layer == "lsoa":
        of_lsoas = selection.address("indicator", "classes")
        title = f"Map of {subject.indicator.name}, LSOAs of {subject.place}"
        return [make_snippet("lsoa-map", title, of_lsoas)]
    view = {"indicator": subject.indicator.id, "compare": selection.compare}
    shown = selection.address(**view, period=subject.period, classes=selection.classes)
    name = subject.indicator.name
    snippets = [make_snippet("map", f"Map of {name}, {subject.place}", shown)]
    if len(load_periods(subject.indicator.id)) > 1:
        where = place_name(selection.ward or selection.area)
        snippets.append(
            make_snippet("trend", f"{name} over time, {where}", selection.address(**view))
        )
    return snippets


def draw_svg(figure: MapFigure, *, words: bool = True) -> str:
    """The map as a picture, which has to say by itself where and how it was made.

    Where its words stand beside it, `words` leaves all but the legend out.
    """
    from analysis.map_part import cut_geometry
    from analysis.svg_map import render_svg_map

    view, subject = figure.view, figure.subject
    how = f". {HOT_SPOTS_METHOD}" if figure.method == "hot_spots" else ""
    alone = replace(
        view,
        period=f"{subject.place}, {view.period}",
        native_geography=f"{subject.geography_line}{how}",
    )
    geometry = cut_geometry(load_paths(figure.layer, figure.area), view.codes)
    # Files print small pictures: there the letters of the legend need more of the width.
    width = 960 if words else REPORT_WIDTH
    return render_svg_map(alone, geometry, width, words=words)
