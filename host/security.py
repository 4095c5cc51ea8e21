"""The headers that keep a visitor's browser safe, the Content-Security-Policy above all."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from pathlib import Path

import streamlit as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FRONT_PAGE = Path(st.__file__).parent / "static" / "index.html"

# Who may show the dashboard in a frame, as in Content-Security-Policy: frame-ancestors.
FRAME_ANCESTORS = os.environ.get("FRAME_ANCESTORS", "'self'")
# Who may show single charts and maps: anybody, for they hold open data and take no input.
EMBED_ANCESTORS = os.environ.get("EMBED_ANCESTORS", "*")


def inline_script_hashes(html: str) -> list[str]:
    """Return the CSP hashes of the scripts written into Streamlit's own front page."""
    scripts = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def content_security_policy(frame_ancestors: str = FRAME_ANCESTORS) -> str:
    """Return the strictest policy under which every page works.

    Three allowances are Streamlit's: it writes its styles at run time (`style-src
    'unsafe-inline'`), it loads the JavaScript of a component from a blob it makes itself
    (`script-src blob:`), and the library that reads its messages compiles a few lines of
    WebAssembly (`'wasm-unsafe-eval'`). No JavaScript is ever evaluated from a string.
    """
    hashes = inline_script_hashes(FRONT_PAGE.read_text(encoding="utf-8"))
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", "blob:", "'wasm-unsafe-eval'", *hashes],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'", "blob:"],
        "media-src": ["'self'", "blob:"],
        "manifest-src": ["'self'"],
        "frame-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": [frame_ancestors],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def embed_policy(frame_ancestors: str = EMBED_ANCESTORS) -> str:
    """Return the policy of single charts and maps: one style sheet and nothing else, no script."""
    return (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {frame_ancestors}"
    )


def security_headers(policy: str) -> list[tuple[bytes, bytes]]:
    """Return the headers every response carries, with a Content-Security-Policy."""
    headers = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        "cross-origin-opener-policy": "same-origin",
    }
    return [(name.encode(), value.encode()) for name, value in headers.items()]


class SecurityHeaders:
    """Adds the security headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = security_headers(content_security_policy())
        # Other websites show these, those too that ask for what they show to agree to it.
        shared = (b"cross-origin-resource-policy", b"cross-origin")
        self.embed_headers = [*security_headers(embed_policy()), shared]
        self.names = {name for name, _ in self.embed_headers}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        headers = self.embed_headers if scope["path"].startswith("/embed/") else self.headers

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [h for h in message.get("headers", []) if h[0].lower() not in self.names]
                message = {**message, "headers": [*kept, *headers]}
            await send(message)

        await self.app(scope, receive, send_with_headers)
