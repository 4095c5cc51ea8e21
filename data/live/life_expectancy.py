"""Life expectancy by district, from the public API of Fingertips.

    https://fingertips.phe.org.uk/api/all_data/csv/by_indicator_id

Documentation: https://fingertips.phe.org.uk/api. No key is needed.

    indicator_ids=90366        life expectancy at birth, women and men
    child_area_type_id=501     districts and unitary authorities from April 2023 on
    parent_area_type_id=6      with the regions, and England

The package fingertips-py asks the same address, but without a time-out or a second try, and
where the certificate of the server does not hold it goes on without checking it; so the
address is asked here directly.
"""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from data.live.transfer import Download, fetch_file
from data.sources.life_expectancy import FILE

ADDRESS = "https://fingertips.phe.org.uk/api/all_data/csv/by_indicator_id"
QUERY = {"indicator_ids": "90366", "child_area_type_id": "501", "parent_area_type_id": "6"}

__all__ = ["ADDRESS", "FILE", "QUERY", "fetch"]


def fetch(download: Download) -> None:
    """Fetch the file as one stream; after a break only what is missing, if the server can.

    Raises:
        DownloadError: the server cannot be reached or does not give the file.
    """
    today = dt.datetime.now(dt.UTC).date().isoformat()
    fetch_file(download, f"{ADDRESS}?{urlencode(QUERY)}", today)
