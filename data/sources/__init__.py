"""One reader per source: raw file in, tidy table at its native geography out.

Each module is named after a source of `data/metadata/sources/` and has one function:

    read(folder: Path) -> pandas.DataFrame

The table has the columns `area_code` (str), `period` (str, a key of `data.periods`) and
one float64 column per measure, and is unique on area_code and period. A figure the
publisher left blank stays NaN; the source's catalogue entry says why it is blank.
"""

from __future__ import annotations

import importlib
from pathlib import Path

import pandas as pd

from data.errors import SourceError
from data.sources.reading import check_native_table


def read_source(source_id: str, folder: Path) -> pd.DataFrame:
    """Read one source from the raw folder and check the tidy table it gives.

    Raises:
        SourceError: the raw file is missing or not what the reader expects.
        ModuleNotFoundError: the reader itself needs a library that is not installed.
    """
    try:
        reader = importlib.import_module(f"data.sources.{source_id}")
    except ModuleNotFoundError as error:
        if error.name != f"data.sources.{source_id}":
            raise
        raise SourceError(
            f"data/sources/{source_id}.py", "there is no reader for this source", cure="Add one."
        ) from error
    return check_native_table(reader.read(folder), source_id)
