"""`/embed/{kind}`: one chart or map as a small page for other websites, without a session.

A council's page may have thousands of visitors: answers are kept compressed in memory and by
browsers and proxies; what is not kept is made in a thread, a few at a time and each only once.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from analysis.embed import Embed, EmbedError
from analysis.embed_page import write_embed, write_refusal
from analysis.embed_style import make_style
from analysis.words import day_words
from data import clock
from data.errors import DataError
from host.api.answers import data_release, holds
from host.files import YEAR
from host.logs import describe_error, log

Maker = Callable[[str, Mapping[str, str]], Embed]

KEPT_BYTES = 32 * 1024 * 1024
#: Pages made at the same time, and different ones that may wait for their turn.
AT_ONCE, WAITING = 2, 24
LONGEST_QUERY = 5_000
THEMES = ("light", "dark")
LINKS = ("profiles",)


@dataclass(frozen=True)
class Question:
    """What was asked: the kind, the fields of its address, and how it is to look."""

    kind: str
    fields: tuple[tuple[str, str], ...]
    theme: str = ""
    links: bool = False
    day: dt.date = dt.date.min

    @property
    def etag(self) -> str:
        """The same for the same question to the same release, on the same day.

        The day counts because the page says how old its figures are.
        """
        asked = (data_release(), make_style()[1], self.kind, urlencode(self.fields),
                 self.theme, self.links, self.day.isoformat())  # fmt: skip
        return f'"{hashlib.sha256(repr(asked).encode(errors="replace")).hexdigest()[:24]}"'


def read_question(request: Request) -> Question:
    """The question of a request.

    Raises:
        EmbedError: the address is too long, says something twice, or wants an unknown look.
    """
    if len(request.url.query) > LONGEST_QUERY:
        raise EmbedError(f"The address is longer than {LONGEST_QUERY:,} letters. Shorten it.")
    pairs = request.query_params.multi_items()
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise EmbedError(f"The address has the field “{twice[:40]}” twice. Leave one out.")
    looks = {"theme": THEMES, "links": LINKS}
    look = {name: fields.pop(name, "") for name in looks}
    for name, value in look.items():
        if value and value not in looks[name]:
            raise EmbedError(
                f"The address has {name} “{value[:40]}”; it can be {' or '.join(looks[name])}."
            )
    given = tuple(sorted((name, value) for name, value in fields.items() if value))
    day = clock.today()
    return Question(request.path_params["kind"], given, look["theme"], bool(look["links"]), day)


class Embeds:
    """Answers for charts and maps; `make` turns a kind and its fields into what it shows."""

    def __init__(self, make: Maker) -> None:
        self.make = make
        self.kept: OrderedDict[Question, bytes] = OrderedDict()
        self.begun: dict[Question, asyncio.Task[bytes]] = {}
        self.turns = asyncio.Semaphore(AT_ONCE)

    async def show(self, request: Request) -> Response:
        """The page, or a small page that says what was wrong."""
        question = None
        try:
            question = read_question(request)
            headers = {"etag": question.etag, "cache-control": "public, max-age=3600"}
            if holds(request, question.etag):
                return Response(status_code=304, headers={**headers, "vary": "accept-encoding"})
            return _send(request, await self.find(question), 200, headers)
        except EmbedError as error:
            title = "This chart is not here" if error.status == 404 else "This cannot be shown"
            return _refuse(request, error.status, title, str(error))
        except DataError as error:
            return _refuse(request, 503, "A table cannot be read at the moment", str(error))
        except Exception as error:
            kind = question.kind[:40] if question else ""
            log("embed_failed", kind=kind, **describe_error(error))
            return _refuse(request, 500, "This chart could not be drawn",
                           "The dashboard has noted what went wrong. Try again later.")  # fmt: skip

    async def find(self, question: Question) -> bytes:
        """The compressed page, from memory or made now.

        Raises:
            DataError: it cannot be made.
        """
        if question in self.kept:
            self.kept.move_to_end(question)
            return self.kept[question]
        if question not in self.begun:
            if len(self.begun) >= AT_ONCE + WAITING:
                raise EmbedError("Many charts are being drawn now. Try again in a minute.", 503)
            task = asyncio.create_task(self._begin(question))
            self.begun[question] = task
            task.add_done_callback(lambda _: self.begun.pop(question, None))
        # Who asked first may leave; the others still get their answer.
        return await asyncio.shield(self.begun[question])

    async def _begin(self, question: Question) -> bytes:
        async with self.turns:
            page = await asyncio.to_thread(self._write, question)
        self._keep(question, page)
        return page

    def _write(self, question: Question) -> bytes:
        embed = self.make(question.kind, dict(question.fields))
        made = f"Made {day_words(question.day)} from data release {data_release()}"
        text = write_embed(embed, made, question.theme, links=question.links)
        return gzip.compress(text.encode("utf-8", errors="replace"), 6, mtime=0)

    def _keep(self, question: Question, page: bytes) -> None:
        self.kept[question] = page
        while sum(map(len, self.kept.values())) > KEPT_BYTES and len(self.kept) > 1:
            self.kept.popitem(last=False)


def _send(request: Request, packed: bytes, status: int, headers: Mapping[str, str]) -> Response:
    named = {**headers, "vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        named["content-encoding"] = "gzip"
        return Response(packed, status, named, media_type="text/html")
    return Response(gzip.decompress(packed), status, named, media_type="text/html")


def _refuse(request: Request, status: int, title: str, why: str) -> Response:
    theme = request.query_params.get("theme", "")
    page = write_refusal(title, why, theme).encode("utf-8", errors="replace")
    headers = {"cache-control": "no-store"} | ({"retry-after": "60"} if status == 503 else {})
    return _send(request, gzip.compress(page, 6, mtime=0), status, headers)


def _show_style(request: Request) -> Response:
    """The style sheet; its name changes with it, so browsers keep it for a year."""
    text, name = make_style()
    if f"style-{request.path_params['mark']}.css" != name:
        return Response("Not found", 404, {"cache-control": "no-store"}, media_type="text/plain")
    headers = {"cache-control": f"public, max-age={YEAR}, immutable", "vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(gzip.compress(text.encode(), 6, mtime=0), 200, headers, "text/css")
    return Response(text, 200, headers, "text/css")


def list_routes(make: Maker) -> list[BaseRoute]:
    """The routes for `server.py`."""
    routes: list[BaseRoute] = [
        Route("/style-{mark}.css", _show_style),
        Route("/{kind:path}", Embeds(make).show),
    ]
    return [Mount("/embed", routes=routes)]
