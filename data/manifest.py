"""What the build wrote, and whether the tables on the disk are still that.

A table whose bytes are not those of the build is never read: a flipped bit in a compressed
figure is often read without complaint, as another figure.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from data.errors import TableError

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "data/tables"
RESTORE = "Restore the file or run `make data`."


def read_json(path: Path) -> Any:
    """Read a file of JSON that the build wrote.

    Raises:
        TableError: it is missing or damaged.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise TableError(f"{_name(path)}: the file is missing. {RESTORE}") from error
    except (OSError, ValueError) as error:
        raise TableError(f"{_name(path)}: the file is damaged ({error}). {RESTORE}") from error


@lru_cache(maxsize=1)
def load_manifest() -> dict[str, Any]:
    """What the build wrote: per indicator its periods, rows and LSOA period.

    Raises:
        TableError: the manifest is missing or damaged.
    """
    path = TABLES / "manifest.json"
    manifest = read_json(path)
    if not isinstance(manifest, dict) or "indicators" not in manifest:
        raise TableError(f"{_name(path)}: the file is damaged (no indicators). {RESTORE}")
    return manifest


def list_checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by its path there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _digest(path) for path in files}


@contextmanager
def reading_table(path: Path) -> Iterator[None]:
    """Read a table in this block: whatever is wrong with its file is said by name, with the cure.

    Raises:
        TableError: the file is missing, cannot be read, or is not the one of the build.
    """
    try:
        _check(path)
        yield
    except FileNotFoundError as error:
        raise TableError(f"{_name(path)}: the table is missing. {RESTORE}") from error
    # pyarrow's errors are in part ValueError, KeyError and OSError.
    except (pa.ArrowException, OSError, KeyError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise TableError(f"{_name(path)}: the table is damaged ({reason}). {RESTORE}") from error


def _name(path: Path) -> str:
    """A file as whoever restores it looks for it."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def _check(path: Path) -> None:
    if not path.is_relative_to(TABLES):
        return
    wanted = load_manifest().get("files", {}).get(path.relative_to(TABLES).as_posix())
    facts = path.stat()
    if wanted and _digest_once(path, facts.st_mtime_ns, facts.st_size) != wanted:
        raise TableError(
            f"{_name(path)}: the table is damaged: its checksum is not that of data/tables/"
            f"manifest.json. {RESTORE} If it was rebuilt just now, start the dashboard again."
        )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=1024)
def _digest_once(path: Path, _changed: int, _size: int) -> str:
    return _digest(path)
