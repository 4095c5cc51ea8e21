"""Write built files so that the same input gives the same bytes, and swap them in whole.

Figures are stored as decimal numbers: exactly the places that are kept, in a third of the
room of floating-point numbers. `read_table` gives floats back.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

_REPEATED = ("indicator_id", "area_code", "period", "flag", "fit", "period_start", "period_end")
_DIGITS = 18


def _to_decimal(column: pd.Series, places: int) -> pa.Array:
    """Floats as decimals with a fixed number of places; NaN becomes null."""
    figures = column.to_numpy(dtype="float64")
    missing = np.isnan(figures)
    whole = np.rint(np.where(missing, 0, figures) * 10**places).astype("int64")
    # Decimals are sixteen bytes, low half first; the high half repeats the sign.
    halves = np.empty((len(whole), 2), dtype="<i8")
    halves[:, 0], halves[:, 1] = whole, whole >> 63
    bits = pa.array(~missing).buffers()[1]
    kind = pa.decimal128(_DIGITS, places)
    buffers = [bits if missing.any() else None, pa.py_buffer(halves.tobytes())]
    return pa.Array.from_buffers(kind, len(whole), buffers, null_count=int(missing.sum()))


def write_table(table: pd.DataFrame, path: Path, places: Mapping[str, int] | None = None) -> None:
    """Write a table as Parquet without index, with no trace of when or where.

    Args:
        table: repeated words may be text or categories.
        path: folders are made.
        places: column -> decimal places kept; other columns are stored as they are.
    """
    decimals = dict(places or {})
    arrays, names = [], list(table.columns)
    for name in names:
        if name in decimals:
            arrays.append(_to_decimal(table[name], decimals[name]))
        elif name in _REPEATED and table[name].dtype.kind not in "Mm":
            arrays.append(pa.array(table[name].astype(str)).dictionary_encode())
        else:
            arrays.append(pa.array(table[name], from_pandas=True))
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        pa.table(arrays, names=names),
        path,
        compression="zstd",
        compression_level=15,
        use_dictionary=[n for n in names if n not in decimals],
        column_encoding=dict.fromkeys(decimals, "BYTE_STREAM_SPLIT"),
        store_decimal_as_integer=True,
        store_schema=False,
        write_statistics=False,
    )


def read_table(path: Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Read a table written by `write_table`; decimals become floats, repeated words categories.

    Raises:
        FileNotFoundError, pyarrow.ArrowException, OSError: missing or damaged.
    """
    repeated = [name for name in _REPEATED if columns is None or name in columns]
    table = pq.read_table(path, columns=columns, read_dictionary=repeated)
    for place, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type):
            floats = table.column(place).cast(pa.float64())
            table = table.set_column(place, field.name, floats)
    return table.to_pandas()


def swap_in(staged: Path, targets: dict[str, Path]) -> None:
    """Replace every target folder by its staged one, or leave all as they were.

    Args:
        staged: the folder that holds the staged folders, on the same disk as the targets.
        targets: name below `staged` -> folder to replace.

    The old folders are moved aside first and put back if any step fails, so a reader
    finds either the old set or the new one.
    """
    aside = staged / "replaced"
    aside.mkdir()
    moved: list[tuple[Path, Path]] = []
    try:
        for name, target in targets.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                target.replace(aside / name)
                moved.append((aside / name, target))
            (staged / name).replace(target)
            moved.append((target, staged / name))
    except BaseException:  # an interrupt must not leave half of it either
        for origin, destination in reversed(moved):
            origin.replace(destination)
        raise
    shutil.rmtree(aside)
