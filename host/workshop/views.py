"""The routes of phones: find a workshop, choose a ward, vote, write.

Every form works without a script: the server keeps what it brings and sends the browser back to
the page. The page's script sends the same forms in the background and gets JSON.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.errors import DataError, StoreError
from data.store.workshop_visits import find_code
from data.store.workshop_words import ASSET_KINDS
from data.store.workshops import (
    TooOftenError,
    VotingClosedError,
    WorkshopError,
    WorkshopGoneError,
    read_keep_days,
)
from host.logs import log
from host.workshop.answers import (
    FormError,
    address,
    answer_json,
    check_form,
    give_device,
    go_to,
    new_number,
    read_device,
    read_form,
    show_file,
    show_page,
    sign_form,
    wants_json,
)
from host.workshop.deeds import DEEDS, SAID
from host.workshop.evidence import load_wards
from host.workshop.rooms import Room, load_room
from host.workshop.threads import read, write, write_soon

BUSY = (
    "The votes cannot be kept at the moment. What you sent before is safe. Wait a little, then "
    "try again."
)
GONE = (
    "This workshop is not open. It may have ended, or the link may be mistyped. Ask the people "
    "who lead the workshop."
)
_CLIENT_KEY = os.urandom(32)  # known to this process alone and gone with it
_STATUS = {
    WorkshopGoneError: 404,
    VotingClosedError: 409,
    TooOftenError: 429,
    WorkshopError: 400,
    StoreError: 503,
}


def explain(error: Exception) -> tuple[int, str, int]:
    """An error as status, words for the person with the phone, and seconds to wait (0: none)."""
    if isinstance(error, FormError):
        return error.status, str(error), 0
    status = next(code for kind, code in _STATUS.items() if isinstance(error, kind))
    if status == 503:
        log("workshop_store_failed", error=str(error))
        return status, BUSY, 5
    if status == 404:
        return status, GONE, 0
    return status, str(error), getattr(error, "seconds", 0)


Handler = Callable[[Request], Awaitable[Response]]


def answer_errors(handler: Handler) -> Handler:
    """Turn what may go wrong on the way into a page, or JSON for the script."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except (DataError, FormError) as error:
            status, words, wait = explain(error)
        if wants_json(request):
            return answer_json({"ok": False, "said": words, "gone": status == 404}, status, wait)
        return show_message(request, status, words, wait)

    return handle


def show_message(request: Request, status: int, words: str, wait: int = 0) -> Response:
    """A page with one message and a way on."""
    token = "" if status == 404 else request.path_params.get("token", "")
    base = address(request, f"/w/{token}") if token else ""
    answer = show_page(request, "message.html", status, words=words, base=base)
    if wait:
        answer.headers["retry-after"] = str(wait)
    return answer


async def show_join(request: Request) -> Response:
    """The page on which the short code is typed."""
    return show_page(request, "join.html", words="", code="")


async def take_code(request: Request) -> Response:
    """Go to the workshop behind a short code; a wrong one may be corrected."""
    code = ""
    try:
        code = (await read_form(request)).get("code", "")[:40]
        client = request.client.host if request.client else ""
        mark = hmac.new(_CLIENT_KEY, client.encode(), hashlib.sha256).hexdigest()
        workshop = await write(lambda engine: find_code(engine, code, mark))
    except (DataError, FormError) as error:
        status, words, wait = explain(error)
        words = str(error) if status == 404 else words
        answer = show_page(request, "join.html", status, words=words, code=code)
        if wait:
            answer.headers["retry-after"] = str(wait)
        return answer
    return go_to(request, f"/w/{workshop.token}")


@answer_errors
async def show_workshop(request: Request) -> Response:
    """The page of a workshop: first the choice of a ward, then voting and writing."""
    token, device = request.path_params["token"], read_device(request)
    room = await read(lambda engine: load_room(engine, token, device).prepare())
    said = SAID.get(request.query_params.get("said", ""), "")
    answer = show_room(request, room, device or (device := new_number()), said)
    # Renewed at each visit, so that it does not expire in the middle of a long workshop.
    return give_device(request, answer, device)


def show_room(
    request: Request,
    room: Room,
    device: str,
    said: str = "",
    status: int = 200,
    typed: Mapping[str, str] | None = None,
) -> Response:
    """Draw a phone's page.

    Args:
        request: what is answered.
        room: from `load_room`, prepared.
        device: of this browser.
        said: a message for the top of the page.
        status: 200, or that of the mistake the message is about.
        typed: what was sent in a form that could not be kept, to be corrected.
    """
    facts = {
        "room": room,
        "workshop": room.workshop,
        "base": address(request, f"/w/{room.workshop.token}"),
        "said": said,
        "is_mistake": status >= 400,
        "form": sign_form(device, room.workshop.token),
        "number": new_number(),
        "typed": typed or {},
    }
    if room.participant is None or request.query_params.get("ward"):
        wards = load_wards(room.workshop.area_code)
        return show_page(request, "ward.html", status, wards=wards, keep=read_keep_days(), **facts)
    return show_page(request, "room.html", status, kinds=ASSET_KINDS, **facts)


@answer_errors
async def show_state(request: Request) -> Response:
    """What the script asks now and then: is voting open, and what has this phone given?"""
    token, device = request.path_params["token"], read_device(request)
    room = await read(lambda engine: load_room(engine, token, device))
    return answer_json(describe_room(room))


def describe_room(room: Room) -> dict[str, object]:
    """A phone's own state for its script: `ballot` is question id -> dots or place."""
    return {
        "ok": True,
        "voting": room.workshop.is_voting,
        "joined": room.participant is not None,
        "ballot": {str(question): number for question, number in room.ballot.items()},
        "left": room.left_words,
    }


@answer_errors
async def take_form(request: Request) -> Response:
    """Keep what a form brings: a ward, votes, a comment or a community asset."""
    token, device = request.path_params["token"], read_device(request)
    deed = DEEDS.get(request.path_params["deed"])
    if deed is None:
        raise WorkshopGoneError(GONE)
    form = await read_form(request)
    check_form(form, device, token)
    try:
        room = await write_soon(lambda engine: deed.keep(engine, token, device, form))
    except WorkshopGoneError:
        raise
    except DataError as error:
        return await correct(request, error, form)
    if wants_json(request):
        return answer_json({**describe_room(room), "said": deed.said(room)})
    place = form.get("more") or form.get("less") or ""
    anchor = f"#q{place}" if place.isdecimal() else "#said"
    return go_to(request, f"/w/{token}?said={request.path_params['deed']}{anchor}")


async def correct(request: Request, error: DataError, form: Mapping[str, str]) -> Response:
    """Show the page again with what was typed, and say what to correct."""
    if wants_json(request) or isinstance(error, StoreError):
        raise error
    status, words, wait = explain(error)
    token, device = request.path_params["token"], read_device(request)
    room = await read(lambda engine: load_room(engine, token, device).prepare())
    answer = show_room(request, room, device, words, status, form)
    if wait:
        answer.headers["retry-after"] = str(wait)
    return answer


async def go_back(request: Request) -> Response:
    """A form's own address, asked for as a page: go to the page it belongs to."""
    return go_to(request, f"/w/{request.path_params['token']}")


def list_routes() -> list[Route]:
    """The routes of phones, for the server."""
    return [
        Route("/join", show_join, methods=["GET"]),
        Route("/join", take_code, methods=["POST"]),
        Route("/w/files/{name}", show_file, methods=["GET"]),
        Route("/w/{token}", show_workshop, methods=["GET"]),
        Route("/w/{token}/state", show_state, methods=["GET"]),
        Route("/w/{token}/{deed}", take_form, methods=["POST"]),
        Route("/w/{token}/{deed}", go_back, methods=["GET"]),
    ]
