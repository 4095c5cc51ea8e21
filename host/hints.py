"""Tell a browser with the page itself which scripts its first view will need.

Streamlit's page asks for the script of an element when the first one is to be drawn, and that
script for those it is made of: a chain of requests while nothing can be seen. Named in a `Link`
header, they come while the page is being read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

import streamlit as st
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STREAMLIT = Path(st.__file__).parent / "static"
SCRIPTS = STREAMLIT / "static" / "js"
# What stands in the first view of nearly every page.
ELEMENTS = ("TextInput", "Selectbox", "Html", "BidiComponent")
IMPORTED = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')
NAMED_BY_PAGE = re.compile(r"static/js/([\w.-]+\.js)")


def _add_imports(script: str, found: dict[str, None]) -> None:
    if script not in found:
        found[script] = None
        for imported in IMPORTED.findall((SCRIPTS / script).read_text(encoding="utf-8")):
            _add_imports(imported, found)


@lru_cache(maxsize=1)
def list_scripts() -> tuple[str, ...]:
    """File names of the scripts of `ELEMENTS`, and of those they import, without the page's own.

    An element that a release of Streamlit no longer has is left out: a hint is only a hint.
    """
    known = set(NAMED_BY_PAGE.findall((STREAMLIT / "index.html").read_text(encoding="utf-8")))
    found: dict[str, None] = {}
    for element in ELEMENTS:
        for file in sorted(SCRIPTS.glob(f"{element}.*.js")):
            _add_imports(file.name, found)
    return tuple(script for script in found if script not in known)


def make_link_header(base: str = "") -> str:
    """The value of the `Link` header; `base` is the path below which the dashboard is served."""
    root = f"/{base.strip('/')}" if base.strip("/") else ""
    return ", ".join(f"<{root}/static/js/{name}>; rel=modulepreload" for name in list_scripts())


def first_part(path: str) -> str:
    """The first part of an address: "/w/{token}" -> "w"; "*" asks for no address at all."""
    return path.removeprefix("/").split("/")[0]


def first_parts(routes: Iterable[BaseRoute]) -> frozenset[str]:
    """The first parts of the addresses of routes."""
    return frozenset(first_part(str(getattr(route, "path", "/"))) for route in routes)


class ScriptHints:
    """Adds the hints to Streamlit's own page, which is the only one that loads its scripts.

    `others`: first parts of the addresses that the host answers itself.
    """

    def __init__(self, app: ASGIApp, others: Collection[str]) -> None:
        self.app = app
        self.others = others
        self.header = make_link_header(str(st.get_option("server.baseUrlPath") or "")).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; name the scripts where the answer is Streamlit's page."""
        if scope["type"] != "http" or first_part(scope["path"]) in self.others:
            await self.app(scope, receive, send)
            return

        async def add_hints(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                kind = dict(message["headers"]).get(b"content-type", b"")
                if kind.startswith(b"text/html"):
                    message["headers"] = [*message["headers"], (b"link", self.header)]
            await send(message)

        await self.app(scope, receive, add_hints)
