"""The host: the dashboard as an ASGI application, with all that a web server owes its visitors.

    python server.py                      on http://127.0.0.1:8501
    python server.py --host 0.0.0.0 --port 80
    uvicorn --factory server:create_app   under another process manager

`streamlit run dashboard.py` works too, without what this file adds: compressed and cached
files, security headers, /healthz, logs as JSON lines, and a warm start. README.md says
which environment variables change the settings.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import os
import re
import socket
import sys
import threading
import time
import tomllib
import webbrowser
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit import runtime
from streamlit.runtime.pages_manager import PagesManager

from analysis.embed import Embed
from data.foundations import find_broken_foundations, find_broken_indicators
from data.own.threshold import read_threshold
from data.store.workshops import read_keep_days
from data.terminal import print_utf8
from host.api import list_routes as list_data_routes
from host.embed import list_routes as list_embed_routes
from host.files import CompressedFiles
from host.hints import ScriptHints, first_parts
from host.logs import AccessLog, describe_error, log, only_safe_logs
from host.lsoa_maps import list_routes as list_map_routes
from host.memory import share_memory
from host.messages import send_sooner, widen_packing
from host.returning import bring_pages_back
from host.security import SecurityHeaders
from host.sockets import send_at_once
from host.workshop.keeping import delete_old_workshops
from host.workshop.views import list_routes

ROOT = Path(__file__).resolve().parent
DASHBOARD = ROOT / "dashboard.py"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104
MANIFEST = ROOT / "data" / "tables" / "manifest.json"


def read_version() -> str:
    """Return the version of the project."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def read_data_release() -> str | None:
    """Return the first letters of the checksum of the built tables; None where it is unknown."""
    try:
        manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
        return str(manifest["tables_sha256"])[:12]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read_page_addresses(script: Path) -> frozenset[str]:
    """The addresses that a script gives its pages, so that the log repeats no other."""
    return frozenset(re.findall(r'url_path="([\w-]+)"', script.read_text(encoding="utf-8")))


NOT_DRAWN = "not drawn yet"


@dataclass
class Condition:
    """How the front page fared when the server drew it for itself: "ok" or "error"."""

    front_page: str = NOT_DRAWN


async def show_health(_request: Request, condition: Condition) -> JSONResponse:
    """Say whether the server can serve (status 200 or 503, and why not), its version and data."""
    ready, _ = await runtime.get_instance().is_ready_for_browser_connection
    broken = await asyncio.to_thread(find_broken_foundations)
    without = await asyncio.to_thread(find_broken_indicators)
    state = "broken" if broken else "ok" if ready else "starting"
    facts: dict[str, object] = {
        "status": state,
        "version": read_version(),
        "data_release": read_data_release(),
        "front_page": condition.front_page,
    }
    if broken:
        facts["reasons"] = broken
    if without:
        facts["broken_indicators"] = without  # the rest is served
    return JSONResponse(facts, 200 if state == "ok" else 503, headers={"cache-control": "no-store"})


def say_what_is_broken() -> None:
    """Log what is broken, so that the first lines of a start say what to restore.

    The server serves on: its pages say the same. A restored table heals it; an entry of the
    catalogue needs a new start.
    """
    for reason in find_broken_foundations():
        log("cannot_show_pages", reason=reason)
    for reason in find_broken_indicators():
        log("cannot_show_indicator", reason=reason)


def load_pages() -> None:
    """Load what pages share, through `pages.shared.warm_up()` where there is one."""
    pages = importlib.import_module("pages.shared")
    getattr(pages, "warm_up", lambda: None)()


def make_embed(kind: str, fields: Mapping[str, str]) -> Embed:
    """What a chart or map for another website shows; pages are loaded when one is asked for."""
    from pages.shared.embeds import make_embed as make

    return make(kind, fields)


async def warm_up(condition: Condition) -> None:
    """Be the first visitor, so that no visitor waits for imports and tables."""
    started = time.perf_counter()
    try:
        _, condition.front_page = await runtime.get_instance().does_script_run_without_error()
        # The front page first: it is what the first visitor waits for.
        await asyncio.to_thread(load_pages)
    except Exception as error:
        # A cold start is slower, not broken: say why and serve on.
        if condition.front_page == NOT_DRAWN:
            condition.front_page = "error"
        log("warm_up_failed", **describe_error(error))
        return
    seconds = round(time.perf_counter() - started, 2)
    log("warm_up", front_page=condition.front_page, seconds=seconds)


@asynccontextmanager
async def lifespan(_app: st.App, condition: Condition, warm: bool) -> AsyncIterator[None]:
    """Warm up beside the first requests; say when the server starts and stops."""
    with only_safe_logs():
        log("start", version=read_version(), data_release=read_data_release())
        say_what_is_broken()
        beside = [asyncio.create_task(delete_old_workshops())]
        if warm:
            beside.append(asyncio.create_task(warm_up(condition)))
        yield
        for task in beside:
            task.cancel()
        log("stop")


def show_script_error(error: Exception) -> bool:
    """Log an error of a page under a reference and show the visitor what to do."""
    from data.errors import DataError

    reference = os.urandom(3).hex()
    log("page_error", reference=reference, **describe_error(error))
    reason = f"\n\n{error}" if isinstance(error, DataError) else ""
    st.error(
        f"**This part of the page could not be shown.**{reason}\n\n"
        "Your choices are kept in the address of this page. Load the page again; if that does "
        "not help, go to another page or pick another area. If it happens again, tell the people "
        f"who run this dashboard and quote reference **{reference}**."
    )
    return st.get_option("client.showErrorDetails") == "none"


def create_app(script: Path = DASHBOARD, warm: bool = True) -> st.App:
    """Return the dashboard as an ASGI application.

    Args:
        script: the Streamlit script to serve.
        warm: let the server be its own first visitor as it starts.
    """
    # With a folder named pages/ Streamlit takes the app for one of its older kind until the
    # first visit to the front page: a link to another page would say "Page not found".
    PagesManager.uses_pages_directory = False
    widen_packing()
    send_sooner()
    bring_pages_back()
    share_memory()
    os.environ["EMBEDS_SERVED"] = "yes"  # only then do pages offer their charts to others
    os.environ["MAPS_SERVED"] = "yes"  # and LSOA maps of places larger than a council
    condition = Condition()
    routes = [
        Route("/healthz", partial(show_health, condition=condition)),
        *list_routes(),
        *list_data_routes(),
        *list_embed_routes(make_embed),
        *list_map_routes(),
    ]
    hints = Middleware(ScriptHints, others=first_parts(routes))
    return st.App(
        script.resolve(),
        routes=routes,
        middleware=[
            Middleware(AccessLog, pages=read_page_addresses(script)),
            Middleware(SecurityHeaders),
            *([hints] if script == DASHBOARD else []),
            Middleware(CompressedFiles, app_files=script.resolve().parent / "static"),
        ],
        lifespan=partial(lifespan, condition=condition, warm=warm),
        on_script_error=show_script_error,
    )


def read_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; HOST and PORT are the defaults where they are set."""
    parser = argparse.ArgumentParser(description="Serve the dashboard.", prog="server.py")
    env = os.environ
    parser.add_argument("--host", default=env.get("HOST", "127.0.0.1"), help="address to listen on")
    parser.add_argument("--port", type=int, default=int(env.get("PORT", "8501")), help="port")
    parser.add_argument("--open", action="store_true", help="open a browser if there is a screen")
    parser.add_argument("--script", type=Path, default=DASHBOARD, help="Streamlit script to serve")
    return parser.parse_args(arguments)


def check_settings() -> None:
    """Stop with a message that helps if a setting of the environment cannot be meant."""
    from data.errors import DataError

    try:
        read_keep_days()
        read_threshold()
    except DataError as error:
        raise SystemExit(str(error)) from error


def check_port(host: str, port: int) -> None:
    """Stop with a message that helps if the address cannot be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SystemExit(
                f"Cannot listen on {host}:{port}: {error.strerror}.\n"
                f"Choose another port, for example: make run PORT={port + 1}"
            ) from error


def has_screen() -> bool:
    """Tell whether a browser could be opened for somebody to see."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until stopped."""
    print_utf8()
    chosen = read_arguments(arguments)
    if not chosen.script.is_file():
        raise SystemExit(f"There is no file {chosen.script}.")
    check_settings()
    check_port(chosen.host, chosen.port)
    name = "127.0.0.1" if chosen.host in EVERYWHERE else chosen.host
    address = f"http://{name}:{chosen.port}"
    print(f"\n  The dashboard is at {address}   (stop it with Ctrl+C)\n", flush=True)  # noqa: T201
    if chosen.open and has_screen():
        threading.Timer(2, webbrowser.open, [address]).start()
    send_at_once()
    app = create_app(chosen.script, warm=chosen.script == DASHBOARD)
    options = {"server.address": chosen.host, "server.port": chosen.port}
    app.run(config={**options, "logger.hideWelcomeMessage": True})


if __name__ == "__main__":
    main()
