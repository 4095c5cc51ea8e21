"""Files for download: typed, with their notes, safe to open in a spreadsheet."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import geopandas as gpd

#: Signs of the screen that the font of the pictures lacks, and what stands for them.
NOT_IN_FONT = str.maketrans({"●": "•", "✗": "×", "○": "o"})

Notes = Sequence[tuple[str, str]]

_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]\s?\d[\d,.]*[ \w%]*")


def make_notes(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """Keep the notes that say something, in order."""
    return [(name, text) for name, text in pairs if text]


def guard_text(value: object) -> object:
    """Text that a spreadsheet would take for a formula, with an apostrophe before it.

    Text that only begins like a number, such as "+3 points", stays as it is.
    """
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def make_csv(table: pd.DataFrame) -> bytes:
    """The table as CSV with a byte-order mark, so that spreadsheets read its letters right.

    A spreadsheet computes what begins with = + - or @ even from a CSV; see `guard_text`.
    """
    safe = table.copy(deep=False)
    for place, kind in enumerate(table.dtypes):
        if not pd.api.types.is_numeric_dtype(kind):
            safe.isetitem(place, table.iloc[:, place].map(guard_text))
    safe.columns = [str(guard_text(str(heading))) for heading in table.columns]
    return safe.to_csv(index=False).encode("utf-8-sig")


def make_workbook(table: pd.DataFrame, notes: Notes, sheet: str = "Data") -> bytes:
    """The table as an Excel workbook: numbers as numbers, and a sheet of notes.

    Text is always written as text, so a name that begins with = stays a name.
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        data = book.add_worksheet(sheet)
        for place, column in enumerate(table.columns):
            data.write_string(0, place, str(column), head)
            data.set_column(place, place, 32 if place == 0 else 14)
            for row, value in enumerate(table[column], start=1):
                if pd.isna(value):
                    data.write_blank(row, place, None)
                elif isinstance(value, str):
                    data.write_string(row, place, value)
                elif isinstance(value, pd.Timestamp):
                    data.write_string(row, place, value.date().isoformat())
                else:
                    data.write_number(row, place, float(value))
        data.freeze_panes(1, 1)
        page = book.add_worksheet("Notes")
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 100)
        for row, (name, text) in enumerate(notes):
            page.write_string(row, 0, name, head)
            page.write_string(row, 1, text, wrap)
    return stream.getvalue()


def make_png(svg: str, zoom: float = 2) -> bytes:
    """A picture in SVG as PNG, with the same letters on every machine.

    Args:
        svg: the picture.
        zoom: pixels of the PNG for one of the SVG; 2 stays sharp on paper and projectors.
    """
    import font_source_sans_pro as fonts
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg.translate(NOT_IN_FONT),
            zoom=zoom,
            skip_system_fonts=True,
            font_files=[fonts.SourceSansPro, fonts.SourceSansProSemibold, fonts.SourceSansProBold],
            font_family="Source Sans Pro",
            sans_serif_family="Source Sans Pro",
        )
    )


def make_geopackage(
    table: pd.DataFrame, boundaries: gpd.GeoDataFrame, code: str, notes: Notes = ()
) -> bytes:
    """The table's areas as a GeoPackage in British National Grid, notes in its metadata.

    Args:
        table: with a column `code`.
        boundaries: polygons with the same column, in EPSG:27700.
        code: the column both share.
        notes: name and text of each.
    """
    chosen = boundaries[boundaries[code].isin(table[code])][[code, "geometry"]]
    stream = io.BytesIO()
    joined = chosen.merge(table, on=code, how="left")
    # One layer may hold single and several polygons only if all are told to be several.
    joined.to_file(
        stream,
        driver="GPKG",
        layer="areas",
        promote_to_multi=True,
        dataset_metadata=dict(notes),
    )
    return stream.getvalue()


def make_geojson(table: pd.DataFrame, boundaries: gpd.GeoDataFrame, code: str) -> bytes:
    """The table's areas as GeoJSON in longitude and latitude (EPSG:4326, RFC 7946).

    Args:
        table: with a column `code`.
        boundaries: polygons with the same column, any projection.
        code: the column both share.
    """
    import shapely

    chosen = boundaries[boundaries[code].isin(table[code])][[code, "geometry"]].to_crs(4326)
    shapes = chosen.geometry.set_precision(1e-6).to_numpy()
    # Snapping to the grid turns rings round; the standard wants exteriors anticlockwise.
    chosen = chosen.set_geometry(shapely.orient_polygons(shapes), crs=4326)
    joined = chosen.merge(table, on=code, how="left")
    content = json.loads(joined.to_json(na="null", drop_id=True))
    content.pop("crs", None)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
