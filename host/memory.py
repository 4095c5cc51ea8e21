"""Keeps the server's memory small and flat: what is freed goes back, or is used again.

Each session's script runs in threads of its own. By default glibc gives threads up to eight arenas
for each core, and Arrow keeps a pool beside them; what is freed in one of them serves no other.
With two arenas for all, and Arrow using them too, a server that had opened every table and drawn
800 charts needed 898 MB instead of 1,061.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

import pyarrow as pa

#: The option of `mallopt` (glibc's malloc.h), and how many arenas all threads share.
M_ARENA_MAX, ARENAS = -8, 2


def share_memory() -> None:
    """Let all threads share few arenas, and Arrow use them; call it before threads are started."""
    pa.set_memory_pool(pa.system_memory_pool())
    with suppress(OSError, AttributeError, TypeError):  # not glibc: musl, macOS or Windows
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)
