"""Charts and maps for other websites about what the average of a ward hides."""

from __future__ import annotations

from analysis.embed import Embed, EmbedError, MapDrawing
from analysis.map_part import cut_geometry
from analysis.pocket_table import make_pockets_table
from analysis.pocket_words import (
    UNCERTAIN,
    describe_pockets_list,
    describe_spread,
    describe_ward,
    explain_rule,
    make_pockets_title,
)
from analysis.strips import strip_pockets
from data.catalogue import load_catalogue
from data.load import load_areas, load_paths
from pages.shared.embed_kinds.common import licences_of, make_rows, sources_of
from pages.shared.embed_kinds.place import tabulate_map
from pages.shared.places import place_name
from pages.shared.pockets import (
    Pockets,
    choose_rows,
    list_dots,
    load_inside,
    load_pockets,
    spread_options,
)
from pages.shared.selection import Selection
from pages.shared.story_kinds.common import Params, read_selection


def _read(params: Params) -> tuple[Selection, Pockets]:
    """The view of the page Hidden pockets.

    Raises:
        EmbedError: the indicator is not published for neighbourhoods.
    """
    selection = read_selection(params)
    if selection.indicator not in spread_options():
        name = load_catalogue().indicators[selection.indicator].name
        raise EmbedError(
            f"{name} is not published for neighbourhoods, so wards cannot be opened up in it. "
            "Choose another indicator."
        )
    return selection, load_pockets(selection.indicator, selection)


def make_pockets(params: Params) -> Embed:
    """The wards of a place, those that hide a pocket first, with the neighbourhoods inside."""
    selection, pockets = _read(params)
    subject, table = pockets.subject, pockets.table
    indicator = subject.indicator
    rows = choose_rows(table, selection.ward)
    known = int((table["known"] > 0).sum())
    if not known:
        raise EmbedError(f"{indicator.name} has no figures inside wards of {subject.place}.", 404)
    cut = f", {len(rows)} of {known:,} wards" if len(rows) < known else ""
    printed = make_pockets_table(table, indicator)
    numbers = printed.select_dtypes("number").columns
    places = {str(name): 0 for name in numbers} | {"Share of people (%)": 1}
    figures = [name for name in numbers if "LSOA" not in name.replace(" LSOA", "", 1)
               and name not in ("LSOAs", "People in them", "Share of people (%)")
               and not name.startswith(("Fifth", "LSOAs"))]  # fmt: skip
    places |= dict.fromkeys(map(str, figures), indicator.decimals)
    return Embed(
        make_pockets_title(table, indicator, subject.place),
        f"{subject.subtitle}{cut}",
        subject.place,
        strip_pockets(rows, list_dots(pockets, rows), indicator, pockets.limit),
        describe_pockets_list(table, indicator, subject.place),
        make_rows(f"{indicator.name} inside wards", printed, places),
        (*sources_of(subject), UNCERTAIN),
        licences_of([indicator.id]),
        "hidden-pockets",
        selection.address("indicator"),
        methods=(explain_rule(indicator),),
    )


def make_inside(params: Params) -> Embed:
    """The neighbourhoods inside one ward; the first of the page's list where none is named.

    Raises:
        EmbedError: the ward has no neighbourhoods.
    """
    selection, pockets = _read(params)
    ward = selection.ward or str(pockets.table.index[0])
    figure = load_inside(selection.indicator, ward, selection)
    if figure is None:
        raise EmbedError(f"No LSOA fits {place_name(ward)}. Choose another ward.", 404)
    row, indicator, view = pockets.table.loc[ward], figure.subject.indicator, figure.view
    codes = list(view.codes)
    words = [describe_ward(row, indicator), describe_spread(row, indicator), view.description]
    return Embed(
        view.title,
        f"{figure.subject.subtitle}. Inside {place_name(ward)}; grey: other wards",
        place_name(ward),
        MapDrawing(view, cut_geometry(load_paths("lsoa", figure.area), codes),
                   dict.fromkeys(codes, ward)),
        " ".join(part for part in words if part),
        tabulate_map(figure),
        (*sources_of(figure.subject), UNCERTAIN),
        licences_of([indicator.id]),
        "hidden-pockets",
        {"area": str(load_areas().at[ward, "district_code"]), "ward": ward,
         "indicator": selection.indicator},
        methods=("Colours: fifths of all LSOAs in England", explain_rule(indicator)),
    )  # fmt: skip
