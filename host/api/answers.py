"""What the data routes answer: one page of a table as JSON or CSV, or what was wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from data.catalogue import load_catalogue
from data.load import load_manifest
from host.api.questions import Page, WrongQuestion

#: The data are open: any website and tool may read them.
OPEN_TO_ALL = {"access-control-allow-origin": "*", "access-control-expose-headers": "*"}
TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


@lru_cache(maxsize=1)
def data_release() -> str:
    """The first letters of the checksum of the built tables."""
    return str(load_manifest()["tables_sha256"])[:12]


@lru_cache(maxsize=1)
def _mark_of_the_catalogue() -> str:
    """Another where a definition or licence was changed, or an entry is broken."""
    return hashlib.sha256(repr(load_catalogue()).encode()).hexdigest()[:12]


def make_etag(request: Request) -> str:
    """The same for the same question asked of the same release of the data and the catalogue."""
    release = f"{data_release()} {_mark_of_the_catalogue()}"
    asked = f"{release} {request.url.path}?{urlencode(sorted(request.query_params.items()))}"
    return f'"{hashlib.sha256(asked.encode(errors="replace")).hexdigest()[:24]}"'


def holds(request: Request, etag: str) -> bool:
    """Whether the asker holds the answer with this tag already."""
    held = request.headers.get("if-none-match", "")
    return etag in [part.strip().removeprefix("W/") for part in held.split(",")]


def is_unchanged(request: Request) -> bool:
    """Whether the asker holds the answer already."""
    return holds(request, make_etag(request))


def _headers(request: Request) -> dict[str, str]:
    return {**OPEN_TO_ALL, "etag": make_etag(request), "cache-control": "public, max-age=300"}


def refuse(status: int, title: str, detail: str, **more: str) -> JSONResponse:
    """A problem in the form of RFC 9457."""
    problem = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return JSONResponse(problem, status, OPEN_TO_ALL, media_type="application/problem+json")


def answer_safely(answer: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """The route with what can go wrong said in words; unchanged answers are not made again."""

    def safely(request: Request) -> Response:
        from data.errors import DataError

        try:
            if is_unchanged(request):
                return Response(status_code=304, headers=_headers(request))
            return answer(request)
        except WrongQuestion as wrong:
            found = {"parameter": wrong.parameter, "value": wrong.value, "allowed": wrong.allowed}
            status = 404 if wrong.unknown else 400
            return refuse(status, "The question cannot be answered", str(wrong), **found)
        except DataError as error:
            return refuse(503, "A table cannot be read at the moment", str(error))

    return safely


def _find_next(request: Request, page: Page, total: int) -> str:
    if page.number * page.size >= total:
        return ""
    return str(request.url.include_query_params(page=page.number + 1))


def answer_table(request: Request, table: pd.DataFrame, page: Page, **facts: Any) -> Response:
    """One page of a table.

    Args:
        request: for the address of the next page.
        table: all rows.
        page: which of them, and in which form.
        facts: said beside the rows in JSON.
    """
    start = (page.number - 1) * page.size
    rows = table.iloc[start : start + page.size]
    following = _find_next(request, page, len(table))
    headers = {**_headers(request), "x-total-count": str(len(table))}
    if following:
        headers["link"] = f'<{following}>; rel="next"'
    if page.form == "csv":
        text = rows.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\r\n")
        return Response(text.encode(), headers=headers, media_type=TYPES["csv"])
    whole = {
        "data_release": data_release(),
        "total": len(table),
        "page": page.number,
        "page_size": page.size,
        "next": following or None,
        **facts,
        "data": _as_records(rows),
    }
    return JSONResponse(whole, headers=headers)


def _as_records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows for JSON: days as text, None where a value is missing, numbers with all their digits."""
    plain = rows.copy()
    for column in plain.columns[plain.dtypes.map(pd.api.types.is_datetime64_any_dtype)]:
        plain[column] = plain[column].dt.strftime("%Y-%m-%d")
    plain = plain.astype(object)
    return list(plain.where(plain.notna(), None).to_dict("records"))


def describe_sources(indicators: list[str]) -> list[dict[str, str]]:
    """What must be named beside figures of these indicators."""
    catalogue = load_catalogue()
    names = dict.fromkeys(catalogue.indicators[i].source for i in indicators)
    return [
        {"source_id": one.id, "title": one.title, "publisher": one.publisher, "url": one.url,
         "licence": one.licence, "attribution": one.attribution, "vintage": one.vintage}
        for one in (catalogue.sources[name] for name in names)
    ]  # fmt: skip
