"""Files: compressed once, kept by the browser."""

from __future__ import annotations

import asyncio
import gzip
import mimetypes
import re
from collections import OrderedDict
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

STREAMLIT_FILES = Path(st.__file__).resolve().parent / "static" / "static"

YEAR = 365 * 24 * 60 * 60
HASHED_BUNDLE = re.compile(r"/static/((?:js|css)/[\w.-]+\.(?:js|css))")
APP_FILE = re.compile(r"/app/static/([\w/-]+(?:\.[\w-]+)*\.(?:json|js|css|svg|txt|csv))")
HASHED_NAME = re.compile(r"[.-][0-9a-f]{8,64}\.\w+$")
CACHE_BYTES = 64 * 1024 * 1024


class CompressedFiles:
    """Serves scripts, styles and boundaries gzipped, from memory.

    Streamlit sends its own bundles plain (14 MB in all, 4.7 MB for charts) and compresses
    the app's files again at every request. Here each file is compressed once, in a thread,
    and the least used are forgotten above 64 MB. Files with a hash in their name never
    change, so browsers keep them for a year.
    """

    def __init__(self, app: ASGIApp, app_files: Path) -> None:
        self.app = app
        self.app_files = app_files.resolve()
        self.kept: OrderedDict[tuple[Path, int], bytes] = OrderedDict()

    def find(self, url_path: str) -> tuple[Path, bool] | None:
        """Return the file of a URL and whether its name holds a hash; None if it is not ours."""
        if match := HASHED_BUNDLE.fullmatch(url_path):
            folder, hashed = STREAMLIT_FILES, True
        elif match := APP_FILE.fullmatch(url_path):
            folder, hashed = self.app_files, HASHED_NAME.search(url_path) is not None
        else:
            return None
        path = (folder / match[1]).resolve()
        return (path, hashed) if path.is_relative_to(folder) and path.is_file() else None

    async def compress(self, path: Path) -> bytes:
        """Return the gzipped file, from memory when it has been asked for before."""
        key = (path, path.stat().st_mtime_ns)
        if key not in self.kept:
            body = await asyncio.to_thread(lambda: gzip.compress(path.read_bytes(), 6, mtime=0))
            self.kept[key] = body
            while sum(map(len, self.kept.values())) > CACHE_BYTES and len(self.kept) > 1:
                self.kept.popitem(last=False)
        self.kept.move_to_end(key)
        return self.kept[key]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a file of ours; pass everything else on."""
        found = None
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            found = self.find(scope["path"])
        if found is None:
            await self.app(scope, receive, send)
            return
        await (await self.respond(Request(scope), *found))(scope, receive, send)

    async def respond(self, request: Request, path: Path, hashed: bool) -> Response:
        """Answer with the file: compressed if the browser can read it, or "unchanged"."""
        etag = f'"{path.stat().st_mtime_ns:x}-{path.stat().st_size:x}"'
        headers = {
            "cache-control": f"public, max-age={YEAR}, immutable" if hashed else "no-cache",
            "vary": "accept-encoding",
            "etag": etag,
        }
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            body = await self.compress(path)
            headers["content-encoding"] = "gzip"
        else:
            body = await asyncio.to_thread(path.read_bytes)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return Response(body, headers=headers, media_type=kind)
