"""The data routes: `/api/v1/values`, `areas`, `catalogue`, `sources`, `boundaries`, OpenAPI."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from data.load import load_boundaries
from data.open_data import (
    load_area_table,
    make_indicator_table,
    make_source_table,
    make_value_table,
)
from data.package import FILES, PACKAGE
from host.api import questions as ask
from host.api.answers import OPEN_TO_ALL, answer_safely, answer_table, describe_sources, refuse
from host.api.openapi import LAYERS, describe_api

PAGING = ("page", "page_size", "format")


def show_index(request: Request) -> Response:
    """Where everything is."""
    base = str(request.base_url).rstrip("/") + "/api/v1"
    names = ("values", "areas", "catalogue", "sources", "boundaries", "openapi.json")
    files = {name: f"{base}/files/{name}" for name in FILES if (PACKAGE / name).is_file()}
    found = {name.removesuffix(".json"): f"{base}/{name}" for name in names}
    example = f"{base}/values?indicator=imd_score&within=E07000011&area_type=ward&format=csv"
    return JSONResponse({**found, "files": files, "example": example}, headers=OPEN_TO_ALL)


def show_values(request: Request) -> Response:
    """Values of up to 20 indicators."""
    asked = request.query_params
    ask.check_names(asked, ("indicator", "area", "within", "area_type", "period", *PAGING))
    indicators, page = ask.read_indicators(asked), ask.read_page(asked)
    table = make_value_table(
        indicators,
        periods=ask.read_periods(asked, indicators),
        area_codes=ask.read_areas(asked),
        area_type=ask.read_area_type(asked),
    )
    return answer_table(request, table, page, sources=describe_sources(indicators))


def show_areas(request: Request) -> Response:
    """Wards, districts, counties, regions and England."""
    asked = request.query_params
    ask.check_names(asked, ("area", "within", "area_type", *PAGING))
    page, codes, area_type = ask.read_page(asked), ask.read_areas(asked), ask.read_area_type(asked)
    table = load_area_table()
    if codes is not None:
        table = table[table["area_code"].isin(codes)]
    if area_type:
        table = table[table["area_type"] == area_type]
    return answer_table(request, table, page)


def show_catalogue(request: Request) -> Response:
    """Every indicator with its definition."""
    ask.check_names(request.query_params, PAGING)
    return answer_table(request, make_indicator_table(), ask.read_page(request.query_params))


def show_sources(request: Request) -> Response:
    """Every source with its licence."""
    ask.check_names(request.query_params, PAGING)
    return answer_table(request, make_source_table(), ask.read_page(request.query_params))


def show_boundaries(request: Request) -> Response:
    """Polygons as GeoJSON in longitude and latitude."""
    from analysis.export import make_geojson

    asked = request.query_params
    ask.check_names(asked, ("layer", "within"))
    layer = asked.get("layer", "ward")
    if layer not in LAYERS:
        raise ask.WrongQuestion("layer", layer, f"one of {', '.join(LAYERS)}")
    if "within" not in asked:
        raise ask.WrongQuestion("within", "", "name a district, county or region")
    table = load_area_table()
    codes = ask.read_areas(asked)
    rows = table[(table["area_type"] == layer) & table["area_code"].isin(codes)]
    content = make_geojson(rows.reset_index(drop=True), load_boundaries(layer), "area_code")
    return Response(content, headers=OPEN_TO_ALL, media_type="application/geo+json")


def show_openapi(request: Request) -> Response:
    """The description of these routes for machines."""
    return JSONResponse(describe_api(str(request.base_url).rstrip("/")), headers=OPEN_TO_ALL)


def send_file(request: Request) -> Response:
    """A file of the data package, where it has been made."""
    name = request.path_params["name"]
    path = PACKAGE / name
    if name not in FILES:
        return refuse(404, "Not found", f"There is no such file; there are {', '.join(FILES)}.")
    if not Path(path).is_file():
        why = "The data package has not been made here; whoever runs the dashboard can make it "
        return refuse(404, "Not made yet", why + "with `make package`.")
    return FileResponse(path, headers=OPEN_TO_ALL, filename=name)


def show_unknown(_request: Request) -> Response:
    """Any other address below /api."""
    return refuse(404, "Not found", "Nothing is at this address; /api/v1 lists what there is.")


def list_routes() -> list[BaseRoute]:
    """The routes for `server.py`; each runs in a thread of its own, beside the visitors."""
    routes = {
        "/v1": show_index,
        "/v1/": show_index,
        "/v1/values": show_values,
        "/v1/areas": show_areas,
        "/v1/catalogue": show_catalogue,
        "/v1/sources": show_sources,
        "/v1/boundaries": show_boundaries,
        "/v1/openapi.json": show_openapi,
        "/v1/files/{name}": send_file,
        "/{rest:path}": show_unknown,
    }
    return [Mount("/api", routes=[Route(p, answer_safely(f)) for p, f in routes.items()])]
