"""The data routes described for machines (OpenAPI 3.1)."""

from __future__ import annotations

from typing import Any

from data.load import load_manifest
from data.open_data import (
    AREA_FIELDS,
    AREA_TYPES,
    INDICATOR_FIELDS,
    SOURCE_FIELDS,
    VALUE_FIELDS,
)
from host.api.questions import MOST_AREAS, MOST_INDICATORS, MOST_PAGE_SIZE, PAGE_SIZE

LAYERS = ("ward", "district", "county", "region")
Schema = dict[str, Any]
_CODE = "[EKWSN][0-9]{8}"


def _parameter(name: str, words: str, schema: Schema, needed: bool = False) -> Schema:
    return {"name": name, "in": "query", "description": words, "required": needed,
            "schema": schema}  # fmt: skip


def _listed(pattern: str, most: int) -> Schema:
    return {"type": "string", "pattern": f"^{pattern}(,{pattern}){{0,{most - 1}}}$"}


PAGING = [
    _parameter("page", "Which page", {"type": "integer", "minimum": 1, "maximum": 10**8,
                                      "default": 1}),
    _parameter("page_size", "Rows of a page", {"type": "integer", "minimum": 1,
                                               "maximum": MOST_PAGE_SIZE, "default": PAGE_SIZE}),
    _parameter("format", "Form of the answer", {"type": "string", "enum": ["json", "csv"],
                                                "default": "json"}),
]  # fmt: skip
PLACE = [
    _parameter("area", f"Codes of up to {MOST_AREAS} areas, with commas",
               _listed(_CODE, MOST_AREAS)),
    _parameter("within", "Code of a place: it and all areas inside it",
               {"type": "string", "pattern": f"^{_CODE}$"}),
    _parameter("area_type", "Only areas of this type", {"type": "string",
                                                        "enum": list(AREA_TYPES)}),
]  # fmt: skip
VALUES = [
    _parameter("indicator", f"Up to {MOST_INDICATORS} ids, with commas",
               _listed("[a-z0-9_]+", MOST_INDICATORS), True),
    _parameter("period", "latest, all, or labels as published, with commas",
               {"type": "string", "default": "latest"}),
]  # fmt: skip


def _row(fields: dict[str, tuple[str, str]]) -> Schema:
    """The schema of one row; every cell may be missing."""
    kinds = {"date": {"type": ["string", "null"], "format": "date"}}
    return {
        "type": "object",
        "properties": {
            name: {**kinds.get(kind, {"type": [kind, "null"]}), "description": words}
            for name, (kind, words) in fields.items()
        },
        "required": list(fields),
    }


def _problem(words: str) -> Schema:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": words, "content": content}


def _operation(name: str, words: str, parameters: list[Schema], row: str) -> Schema:
    whole: Schema = {
        "type": "object",
        "properties": {
            "data_release": {"type": "string"},
            "total": {"type": "integer"},
            "page": {"type": "integer"},
            "page_size": {"type": "integer"},
            "next": {"type": ["string", "null"]},
            "data": {"type": "array", "items": {"$ref": f"#/components/schemas/{row}"}},
        },
        "required": ["data_release", "total", "page", "page_size", "next", "data"],
    }
    content = {"application/json": {"schema": whole}, "text/csv": {"schema": {"type": "string"}}}
    return _get(name, words, parameters, {"description": "One page", "content": content})


def _get(name: str, words: str, parameters: list[Schema], good: Schema) -> Schema:
    answers = {
        "200": good,
        "304": {"description": "Unchanged since the ETag that was sent"},
        "400": _problem("A parameter cannot be used; the answer names it and what is allowed"),
        "404": _problem("Nothing has the code or id that a parameter names"),
        "503": _problem("A table cannot be read at the moment"),
    }
    return {"get": {"operationId": name, "summary": words, "parameters": parameters,
                    "responses": answers}}  # fmt: skip


def describe_api(server: str) -> Schema:
    """The whole description.

    Args:
        server: the address of this dashboard.
    """
    shapes = {"Value": VALUE_FIELDS, "Area": AREA_FIELDS, "Indicator": INDICATOR_FIELDS,
              "Source": SOURCE_FIELDS}  # fmt: skip
    problem = {name: {"type": "string"} for name in ("type", "title", "detail")}
    polygons = {"application/geo+json": {"schema": {"type": "object"}}}
    layers = {"type": "string", "enum": list(LAYERS), "default": "ward"}
    within = {"type": "string", "pattern": f"^{_CODE}$"}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Ward needs: open data",
            "version": str(load_manifest()["tables_sha256"])[:12],
            "description": "Figures of English wards, districts, counties, regions and England. "
            "Read only. The licence of each figure stands with its source.",
        },
        "servers": [{"url": f"{server}/api/v1"}],
        "paths": {
            "/values": _operation("values", "Values of indicators", [*VALUES, *PLACE, *PAGING],
                                  "Value"),
            "/areas": _operation("areas", "Areas", [*PLACE, *PAGING], "Area"),
            "/catalogue": _operation("catalogue", "Indicators", PAGING, "Indicator"),
            "/sources": _operation("sources", "Sources and licences", PAGING, "Source"),
            "/boundaries": _get(
                "boundaries", "Boundaries as GeoJSON (EPSG:4326)",
                [_parameter("layer", "Which areas", layers),
                 _parameter("within", "Inside which place", within, True)],
                {"description": "A feature collection", "content": polygons},
            ),
        },
        "components": {
            "schemas": {
                **{name: _row(fields) for name, fields in shapes.items()},
                "Problem": {"type": "object", "required": ["title", "status", "detail"],
                            "properties": {**problem, "status": {"type": "integer"}}},
            }
        },
    }  # fmt: skip
