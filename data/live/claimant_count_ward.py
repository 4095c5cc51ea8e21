"""Claimant Count by ward and month, from the API of Nomis.

    https://www.nomisweb.co.uk/api/v01/dataset/NM_162_1.data.csv

Documentation: https://www.nomisweb.co.uk/api/v01/help; the dataset, its dimensions and the
areas it has: https://www.nomisweb.co.uk/datasets/ucjsa. No key is needed. One answer has at
most 25,000 cells and is cut off there without an error, so that the pages are counted: each
row carries RECORD_COUNT, the rows of the whole answer.

    geography=TYPE153    the wards of 2022 (England and Wales). Nomis lists the kinds of area a
                         dataset has at …/dataset/NM_162_1/geography/TYPE.def.htm; when it moves
                         to newer wards, change this and `geography` in the catalogue together
    time=2019-01,latest  every month from the first to the newest
    gender=0, age=0      everyone
    measure=1            claimants (2 is their share of residents aged 16 to 64)
    measures=20100       the value itself
"""

from __future__ import annotations

import csv
import datetime as dt

from data.live.transfer import (
    TIMEOUT,
    Download,
    DownloadError,
    check_answer,
    check_digest,
    persist,
)
from data.sources.claimant_count_ward import COLUMNS, FILE

ADDRESS = "https://www.nomisweb.co.uk/api/v01/dataset/NM_162_1.data.csv"
PAGE = 25_000
QUERY = {
    "geography": "TYPE153",
    # Before 2019 the move to Universal Credit widened the count place by place.
    "time": "2019-01,latest",
    "gender": "0",
    "age": "0",
    "measure": "1",
    "measures": "20100",
    "select": ",".join(COLUMNS).lower(),
}

__all__ = ["ADDRESS", "FILE", "PAGE", "QUERY", "fetch"]


def fetch(download: Download) -> None:
    """Fetch page after page; after a break go on with the page that is missing.

    Pages of an earlier day, or of a table that has another number of rows by now, are not
    mixed with new ones: the download begins again.

    Raises:
        DownloadError: the server cannot be reached, or its pages do not make one table.
    """
    today = dt.datetime.now(dt.UTC).date().isoformat()
    query = {"query": f"{ADDRESS} {QUERY}", "day": today}
    download.resume(**query)
    restarted = False
    with download.bar(download.state.get("total"), " rows", download.state.get("rows", 0)) as bar:
        while (rows := int(download.state.get("rows", 0))) < download.state.get("total", 1):
            page, count, total = _read_page(download, rows)
            if total != download.state.setdefault("total", total):
                # A release came out in between.
                if restarted:
                    raise DownloadError("Nomis changed the table twice meanwhile; try again later.")
                restarted = True
                download.forget()
                download.state = dict(query)
                bar.reset()
                continue
            download.append(page, rows=rows + count, total=total)
            bar.total = total
            bar.update(count)


def _read_page(download: Download, offset: int) -> tuple[bytes, int, int]:
    """One page: its bytes (with the heading only on the first), its rows, rows of the table."""
    asked = {**QUERY, "RecordLimit": str(PAGE), "RecordOffset": str(offset)}

    def ask() -> bytes:
        with download.session.get(ADDRESS, params=asked, timeout=TIMEOUT) as response:
            check_answer(response)
            check_digest(response, response.content)
            return response.content

    content = persist(ask, ADDRESS).rstrip(b"\n") + b"\n"
    count, total = _check_page(content, offset)
    return (content if offset == 0 else content.partition(b"\n")[2]), count, total


def _check_page(content: bytes, offset: int) -> tuple[int, int]:
    """The rows of a page and of the whole table, if every row is whole.

    Raises:
        DownloadError: the columns, a row or the number of rows is wrong.
    """
    heading, *rows = csv.reader(content.decode("utf-8-sig", errors="replace").splitlines())
    if heading != list(COLUMNS):
        raise DownloadError(
            f"Nomis sent the columns {', '.join(heading)[:80] or '(none)'} "
            f"instead of {', '.join(COLUMNS)}."
        )
    if not rows:
        raise DownloadError(f"Nomis sent no row after row {offset:,}; try again later.")
    total = rows[0][-1]
    for number, row in enumerate(rows, start=offset + 1):
        # RECORD_COUNT stands last, so a row that is cut off has another one or none.
        if len(row) != len(COLUMNS) or row[-1] != total or not total.isdecimal():
            raise DownloadError(
                f"Row {number:,} of the answer of Nomis is broken: {','.join(row)[:80]!r}; "
                "try again later."
            )
    if offset + len(rows) > int(total):
        raise DownloadError(f"Nomis sent more rows than the {int(total):,} it said there are.")
    return len(rows), int(total)
