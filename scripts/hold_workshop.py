"""Serve the dashboard to a room: on the local network, with a lead's key made for this run.

python scripts/hold_workshop.py [--port 8501]
"""

from __future__ import annotations

import os
import secrets
import socket
import sys
from collections.abc import MutableMapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import server

EVERYWHERE = "0.0.0.0"  # noqa: S104 (phones in the room must reach it)
#: Neither vowels nor signs that look alike: easy to type from the terminal.
LETTERS = "bcdfghjkmnpqrtvwxyz2346789"


def make_key() -> str:
    """A key of 12 letters (56 bits) in groups of four."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def find_network_address() -> str:
    """The address of this computer on the local network; that of itself where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: the system only says which of its addresses it would use.
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def prepare(environment: MutableMapping[str, str], port: int) -> tuple[str, str]:
    """Fill in what is not set.

    Returns:
        the lead's key, "" where leads have their own way in; and the address for phones.
    """
    key = ""
    if not any(environment.get(name) for name in ("LEAD_KEY", "LEADS")):
        key = environment["LEAD_KEY"] = make_key()
    address = environment.setdefault("PUBLIC_ADDRESS", f"http://{find_network_address()}:{port}")
    return key, address


def main(arguments: list[str] | None = None) -> None:
    """Serve until stopped."""
    given = sys.argv[1:] if arguments is None else arguments
    chosen = server.read_arguments(given)
    key, address = prepare(os.environ, chosen.port)
    print(f"\n  Open the workshop at  {address}/workshop")
    print(f"  The lead's key is     {key or 'the one you have set'}")
    print("  Phones must be on the same network as this computer.", flush=True)
    if address.startswith("http://127."):
        print("  No network was found: phones cannot reach this computer.", flush=True)
    server.main(["--host", EVERYWHERE, "--port", str(chosen.port)])


if __name__ == "__main__":
    main()
