"""Keeps the server's memory small and flat: what is freed goes back, or is used again.

Each session's script runs in threads of its own. By default glibc gives threads up to eight arenas
for each core, and Arrow keeps a pool beside them; what is freed in one of them serves no other.
With two arenas for all, and Arrow using them too, a server that had opened every table and drawn
800 charts needed 898 MB instead of 1,061.

Tables and columns of LSOAs are large blocks. The first ones that are freed make glibc take such
blocks from the arenas, where holes stay between what is kept. With a fixed limit each has pages of
its own, which go back to the system when it is freed.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

import pyarrow as pa

#: Options of `mallopt` (glibc's malloc.h) and what they are set to: how many arenas all threads
#: share, and from how many bytes a block has pages of its own.
OPTIONS = {"M_ARENA_MAX": (-8, 2), "M_MMAP_THRESHOLD": (-3, 256 * 1024)}


def share_memory() -> None:
    """Share few arenas, with Arrow too, and give large blocks back; before threads are started."""
    pa.set_memory_pool(pa.system_memory_pool())
    with suppress(OSError, AttributeError, TypeError):  # not glibc: musl, macOS or Windows
        for option, value in OPTIONS.values():
            ctypes.CDLL(None).mallopt(option, value)
