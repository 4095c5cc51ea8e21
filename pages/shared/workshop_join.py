"""How people join: the address that phones can open, its QR code and the short code."""

from __future__ import annotations

import html
import ipaddress
import os
from collections.abc import Mapping
from urllib.parse import urlsplit

import streamlit as st

from analysis.qr_code import render_qr
from analysis.room_words import count_people
from data.store.workshops import Workshop
from pages.shared.page import show_note
from pages.shared.workshop_data import Shown

ONLY_HERE = (
    "Phones cannot open this address: it belongs to this computer alone. Start the dashboard with "
    "“make workshop”, or let whoever runs it set PUBLIC_ADDRESS."
)


def find_address(environment: Mapping[str, str], url: str | None) -> tuple[str, str]:
    """The address of the dashboard for phones, without a slash at its end.

    Args:
        environment: its `PUBLIC_ADDRESS` counts most, such as `https://needs.council.gov.uk`.
        url: where the lead's browser found the page.

    Returns:
        the address, "" where none is known; and what is wrong, "" where phones can open it.
    """
    chosen = environment.get("PUBLIC_ADDRESS", "").strip().rstrip("/")
    if chosen and not _is_web(chosen):
        return "", (
            f"PUBLIC_ADDRESS is “{chosen[:80]}”, which is no web address. Write it like "
            "https://needs.council.gov.uk and start the dashboard again."
        )
    address = chosen
    if not address and url and _is_web(url):
        parts = urlsplit(url)
        # The page's own name is the last part; what stands before it is where the dashboard lives.
        address = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/').rpartition('/')[0]}"
    if not address:
        return "", "The address of this dashboard is not known; set PUBLIC_ADDRESS."
    return address, ONLY_HERE if _is_only_here(address) else ""


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _is_only_here(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def show_join(workshop: Workshop, *, wall: bool = False) -> None:
    """Show the QR code, the link and the short code of an open workshop."""
    address, problem = find_address(os.environ, st.context.url)
    if not address:
        st.warning(problem, icon=":material/link_off:")
        return
    link = f"{address}/w/{workshop.token}"
    short = html.escape(f"{address.partition('://')[2]}/join")
    head = '<p class="head">Join with your phone</p>' if wall else ""
    code = f"{workshop.code[:3]} {workshop.code[3:]}" if workshop.code else ""
    typed = (
        f'<p class="link">Or open <b>{short}</b> and type</p>'
        f'<p class="code" aria-label="short code">{html.escape(code)}</p>'
        if code
        else ""
    )
    st.html(f'<div class="needs-join">{head}{render_qr(link)}{typed}</div>')
    if problem:
        st.warning(problem, icon=":material/wifi_off:")
    if not code:
        show_note("The short code has expired; the QR code still works.")
    if not wall:
        st.code(link, language=None, wrap_lines=True)


def show_joined(shown: Shown) -> None:
    """Say how many people joined and voted, and whether voting is open."""
    joined, voted = shown.results.joined, shown.room.people
    state = "Voting is open" if shown.workshop.is_voting else "Voting is closed"
    if not shown.workshop.is_open:
        state = "This workshop has ended"
    st.html(
        f'<p class="needs-joined" role="status"><b>{joined:,}</b> joined · <b>{voted:,}</b> voted'
        f"<br>{state}</p>"
    )


def describe_joined(shown: Shown) -> str:
    """The same in a sentence."""
    return f"{count_people(shown.results.joined)} joined, {shown.room.people:,} voted."
