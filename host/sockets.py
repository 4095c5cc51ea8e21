"""The socket that the server listens on: small answers leave at once."""

from __future__ import annotations

import socket
from functools import wraps

from streamlit.web.server.starlette import starlette_server as streamlit_server


def send_at_once() -> None:
    """Let every connection send small packets without waiting for the last one's receipt.

    The event loop does so for sockets that say they are TCP. Streamlit's listening socket leaves
    that open (`proto` 0), so the body of an answer waits behind its head, and a message behind
    the last one, for up to 40 ms (Nagle's algorithm and delayed receipts). Connections inherit
    the option of the socket that accepts them.
    """
    bind = streamlit_server._bind_socket

    @wraps(bind)
    def bind_without_delay(address: str, port: int, backlog: int) -> socket.socket:
        listener = bind(address, port, backlog)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener

    streamlit_server._bind_socket = bind_without_delay
