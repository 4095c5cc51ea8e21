"""What commands print and write to a pipe is UTF-8, whatever the locale of the machine."""

from __future__ import annotations

import io
import sys


def print_utf8() -> None:
    """Let names such as “Ynys Môn” and quotes pass where the locale knows ASCII only."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
