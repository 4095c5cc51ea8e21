"""Answers to phones: pages from templates that escape everything, cookies, forms read with care."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

HERE = Path(__file__).parent
COOKIE = "workshop_device"
#: As long as the longest workshop; a phone that comes back the next morning is still known.
COOKIE_SECONDS = 3 * 24 * 60 * 60
MOST_BYTES = 8_192
MOST_FIELDS = 60
_DEVICE = re.compile(r"[\w-]{22}", re.ASCII)
_PRIVATE = {"cache-control": "no-store", "x-robots-tag": "noindex, nofollow"}
_HASH_LETTERS = 12

templates = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    auto_reload=False,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class FormError(Exception):
    """A form that is not read; `status` and the message say why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@lru_cache(maxsize=8)
def file_name(name: str) -> str:
    """The address of a file of the phone pages, with a hash that changes with its content."""
    digest = hashlib.sha256((HERE / "files" / name).read_bytes()).hexdigest()
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{digest[:_HASH_LETTERS]}.{ending}"


def show_file(request: Request) -> Response:
    """A script or style of the phone pages, kept by the browser for a year."""
    wanted = request.path_params["name"]
    kinds = {"phone.js": "text/javascript", "phone.css": "text/css"}
    for name, kind in kinds.items():
        if file_name(name) == wanted:
            year = "public, max-age=31536000, immutable"
            body = (HERE / "files" / name).read_bytes()
            return Response(body, headers={"cache-control": year}, media_type=kind)
    return Response("Not found", 404, media_type="text/plain")


def address(request: Request, path: str) -> str:
    """A path of this server as the browser must ask for it, also behind a proxy's prefix."""
    return f"{request.scope.get('root_path', '').rstrip('/')}{path}"


def show_page(request: Request, template: str, status: int = 200, **facts: object) -> Response:
    """A page; it is never kept by browsers or proxies, and not for search engines."""
    files = {
        name: address(request, f"/w/files/{file_name(f'phone.{name}')}") for name in ("css", "js")
    }
    html = templates.get_template(template).render(files=files, **facts)
    return HTMLResponse(html, status, headers=_PRIVATE)


def answer_json(facts: Mapping[str, object], status: int = 200, wait: int = 0) -> Response:
    """Some facts for the script of the page."""
    headers = {**_PRIVATE, **({"retry-after": str(wait)} if wait else {})}
    return JSONResponse(dict(facts), status, headers=headers)


def go_to(request: Request, path: str) -> Response:
    """Send the browser to a page, so that reloading it sends no form again."""
    return RedirectResponse(address(request, path), 303, headers=_PRIVATE)


def wants_json(request: Request) -> bool:
    """Whether the script of the page asks, not the browser itself."""
    return "application/json" in request.headers.get("accept", "")


def is_secure(request: Request) -> bool:
    """Whether the browser came over https, to this server or to the proxy before it."""
    forwarded = request.headers.get("x-forwarded-proto", "").split(",")[0].strip()
    return "https" in (request.url.scheme, forwarded)


def read_device(request: Request) -> str:
    """The random number this browser was given; "" if it has none."""
    device = request.cookies.get(COOKIE, "")
    return device if _DEVICE.fullmatch(device) else ""


def give_device(request: Request, answer: Response, device: str) -> Response:
    """Let the browser keep its number: no script can read it, no other site can send it."""
    answer.set_cookie(
        COOKIE,
        device,
        max_age=COOKIE_SECONDS,
        path=address(request, "/"),
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )
    return answer


def new_number() -> str:
    """A random number of 128 bits for a browser or a request."""
    return secrets.token_urlsafe(16)


def sign_form(device: str, token: str) -> str:
    """What a form must bring back: only a page that this server made for this browser knows it."""
    return hashlib.sha256(f"form|{device}|{token}".encode()).hexdigest()[:32]


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, of a size that a phone can mean.

    Raises:
        FormError: too large, not a form, or broken off.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise FormError(415, "That was no form of this page. Load the page again.")
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > MOST_BYTES:
                raise FormError(413, "That was too long to send. Make it shorter.")
        fields = parse_qsl(
            body.decode("utf-8", "replace"),
            keep_blank_values=True,
            max_num_fields=MOST_FIELDS,
            errors="replace",
        )
    except ClientDisconnect as error:
        raise FormError(400, "The connection broke off. Nothing was sent.") from error
    except ValueError as error:
        raise FormError(400, "That was no form of this page. Load the page again.") from error
    return dict(fields)


def check_form(form: Mapping[str, str], device: str, token: str) -> None:
    """Refuse a form that no page of ours made for this browser.

    Raises:
        FormError: it brings no proper sign.
    """
    if not device:
        raise FormError(
            403,
            "Your browser keeps no cookie, so your votes cannot be told from others'. Allow "
            "cookies for this page, or open it outside a private window, then load it again.",
        )
    given = form.get("form", "").encode("utf-8", "replace")
    if not hmac.compare_digest(given, sign_form(device, token).encode()):
        raise FormError(403, "This page is too old. Load it again; what you sent before is kept.")
