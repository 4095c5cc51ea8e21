"""Large blocks go back to the system when they are freed, whatever was freed before."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import ctypes
{before}
names = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split()
class Found(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in names]
library = ctypes.CDLL(None)
library.mallinfo2.restype = Found
large = bytearray(20_000_000)
del large  # from now on glibc would take blocks of up to 20 MB from its arenas
before = library.mallinfo2().hblkhd
kept = bytearray(1_000_000)
print(library.mallinfo2().hblkhd - before)
"""


def measure_own_pages(before: str) -> int:
    """Bytes of a block of 1 MB that have pages of their own, after one of 20 MB was freed."""
    program = [sys.executable, "-c", PROGRAM.format(before=before)]
    said = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(said.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="these options are glibc's")
def test_a_large_block_has_pages_of_its_own():
    shared = "from host.memory import share_memory\nshare_memory()"
    assert measure_own_pages(shared) >= 1_000_000
    assert measure_own_pages("") == 0
