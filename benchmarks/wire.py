"""Count what really crosses the wire: a relay in front of a server that adds up bytes.

A browser tells the size of a message after unpacking it; what a visitor's line carries is
less where the host packs it.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

from scripts.running import Running
from scripts.serving import free_port

CHUNK = 65_536


class Relay(Running):
    """A port that passes everything on to a server, from `with` to the end of the block.

    `received` counts the bytes that came from the server, headers of the protocols included.
    """

    def __init__(self, port: int) -> None:
        self.target = port
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.received = 0
        self._listener = socket.create_server(("127.0.0.1", self.port))

    def start(self) -> None:
        """Accept visitors, each in threads of its own."""
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        """Accept no more."""
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):  # the listener was closed
            while True:
                visitor, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self.target))
                for end in (visitor, server):  # a relay must not hold anything back
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for ends in ((visitor, server, False), (server, visitor, True)):
                    threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, origin: socket.socket, target: socket.socket, counted: bool) -> None:
        with suppress(OSError):  # either side may hang up
            while data := origin.recv(CHUNK):
                if counted:
                    self.received += len(data)
                target.sendall(data)
        for end in (origin, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
