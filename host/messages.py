"""How messages to a visitor's browser are packed, and how soon they leave.

Most of a run repeats the last one: the description of pages and theme, what has not changed,
the names of places. Packing finds a repetition only inside its window. The window that the
web server asks for holds 4 kB, less than one run; the widest holds 32 kB.
"""

from __future__ import annotations

from typing import Any

from streamlit.runtime import runtime
from uvicorn.protocols.websockets import websockets_sansio_impl as protocol
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory


def _make_packing(**_narrow: Any) -> ServerPerMessageDeflateFactory:
    """Messages to the browser with the widest window; what browsers send is short."""
    return ServerPerMessageDeflateFactory(client_max_window_bits=12)


def widen_packing() -> None:
    """Pack messages with a window of 32 kB, for 256 kB of memory per visitor.

    The web server has no setting for it. Whether messages are packed at all is a setting of
    Streamlit's: `server.enableWebsocketCompression`.
    """
    setattr(protocol, "ServerPerMessageDeflateFactory", _make_packing)  # noqa: B010


# Seconds between two looks for messages that wait to be sent. Streamlit's 5 ms are spent three
# times in a change of indicator: after its first message, before the map, and before the rest.
BETWEEN_LOOKS = 0.001


def send_sooner() -> None:
    """Send messages a millisecond after one another instead of five; Streamlit has no setting."""
    setattr(runtime, "MESSAGE_FLUSH_INTERVAL_SECS", BETWEEN_LOOKS)  # noqa: B010
