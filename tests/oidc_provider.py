"""A real OpenID Connect provider on loopback: authorisation code with PKCE, signed tokens.

Whoever is named in the form signs in, so a test can be any person. Everything a client must send
is checked, so that a client which leaves out its state, nonce or proof of the code fails.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from scripts.running import Running

CLIENT_ID, CLIENT_SECRET = "ward-needs", secrets.token_hex(16)


class Provider(Running):
    """The provider as a thread, from `with` to the end of the block; `url` is its issuer."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.codes: dict[str, dict[str, str]] = {}
        self.refused: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._make_handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def start(self) -> None:
        """Answer, in threads of its own."""
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Answer no more."""
        self.server.shutdown()
        self.server.server_close()

    def discovery(self) -> dict[str, object]:
        """What a client reads first."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def sign_in_form(self, asked: dict[str, str]) -> str:
        """The page on which a person says who they are."""
        for needed in ("state", "nonce", "code_challenge", "redirect_uri"):
            if not asked.get(needed):
                self.refused.append(f"authorize without {needed}")
        hidden = "".join(
            f'<input type="hidden" name="{html.escape(k)}" value="{html.escape(v)}">'
            for k, v in asked.items()
        )
        return (
            f'<form action="/consent">{hidden}<label>Email <input name="email"></label>'
            '<label>Verified <input name="verified" value="true"></label>'
            "<button>Sign in here</button></form>"
        )

    def give_code(self, asked: dict[str, str]) -> str:
        """The address that brings the person back with a code."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def give_token(self, given: dict[str, str]) -> dict[str, object] | None:
        """The tokens for a code; None if the client cannot prove that it asked for it."""
        asked = self.codes.pop(given.get("code", ""), None)
        if asked is None or given.get("redirect_uri") != asked["redirect_uri"]:
            self.refused.append("unknown code")
            return None
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            self.refused.append("wrong proof of the code")
            return None
        moment = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT_ID, "sub": asked["email"], "nonce": asked["nonce"],
            "iat": moment, "exp": moment + 600, "email": asked["email"],
            "email_verified": asked["verified"] == "true",
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": token}

    def _make_handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

            def answer(self, body: object, status: int = 200, location: str = "") -> None:
                page = isinstance(body, str)
                content = (body if isinstance(body, str) else json.dumps(body)).encode()
                self.send_response(status)
                self.send_header("content-type", "text/html" if page else "application/json")
                self.send_header("content-length", str(len(content)))
                if location:
                    self.send_header("location", location)
                self.end_headers()
                self.wfile.write(content)

            def do_GET(self) -> None:
                address = urlsplit(self.path)
                asked = {k: v[0] for k, v in parse_qs(address.query).items()}
                if address.path == "/.well-known/openid-configuration":
                    self.answer(provider.discovery())
                elif address.path == "/keys":
                    self.answer({"keys": [provider.key.as_dict(private=False)]})
                elif address.path == "/authorize":
                    self.answer(provider.sign_in_form(asked))
                elif address.path == "/consent":
                    self.answer("", 302, provider.give_code(asked))
                else:
                    self.answer({}, 404)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                token = provider.give_token({k: v[0] for k, v in parse_qs(body).items()})
                self.answer(token or {"error": "invalid_grant"}, 200 if token else 400)

        return Handler
