"""How old every source is and what would replace it; fetch those that can be fetched.

    python -m data.refresh --list                      every source, its age, how to update it
    python -m data.refresh --list --format csv         the same as CSV
    python -m data.refresh SOURCE --to FOLDER          fetch SOURCE into a raw data folder

FOLDER is laid out as the build reads it: `make data SOURCE=FOLDER` takes the new file up.
A file in FOLDER is replaced only by a whole file that its reader accepts.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import importlib
import io
import pkgutil
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from data import clock, live
from data.catalogue import Catalogue, load_whole_catalogue
from data.errors import DataError
from data.freshness import Freshness, list_freshness
from data.periods import age_words, read_period
from data.terminal import print_utf8

WIDTH = 100
HEADINGS = ("source", "title", "publisher", "address", "last_period", "last_day", "age",
            "ends_earlier", "how_to_update", "next_release", "command")  # fmt: skip
NOT_HELD = "not held"


def list_live() -> tuple[str, ...]:
    """Ids of the sources that can be fetched: those with a module in `data.live`."""
    names = {module.name for module in pkgutil.iter_modules(live.__path__)}
    return tuple(i for i in load_whole_catalogue().sources if i in names)


def describe_sources(catalogue: Catalogue, today: dt.date) -> list[dict[str, str]]:
    """One row per source in the order of the catalogue, with the keys `HEADINGS`.

    Raises:
        TableError: the manifest of the built tables is damaged.
    """
    fetched = list_live()
    return [
        _describe(freshness, today, can_fetch=source_id in fetched)
        for source_id, freshness in list_freshness(catalogue).items()
    ]


def _describe(freshness: Freshness, today: dt.date, *, can_fetch: bool) -> dict[str, str]:
    source, last = freshness.source, freshness.last
    earlier = [f"{i}: {period.label}" for i, period in freshness.earlier.items()]
    return {
        "source": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "address": source.url,
        "last_period": last.label if last else NOT_HELD,
        "last_day": last.end.isoformat() if last else "",
        "age": age_words(last.end, today) if last else "",
        "ends_earlier": "; ".join(earlier),
        "how_to_update": source.update_words,
        "next_release": source.next_release,
        "command": f"python -m data.refresh {source.id} --to FOLDER" if can_fetch else "",
    }


def make_text(rows: Sequence[dict[str, str]]) -> str:
    """The rows as plain text, at most `WIDTH` columns wide."""
    lines = [f"{'SOURCE':<36}{'LAST PERIOD HELD':<36}AGE"]
    for row in rows:
        head = f"{row['source']:<36}{row['last_period']:<36}{row['age']}"
        lines += ["", *textwrap.wrap(head, WIDTH, subsequent_indent=" " * 36)]
        lines += _wrap("", row["title"])
        lines += _wrap("address  ", row["address"])
        lines += _wrap("ends earlier  ", row["ends_earlier"])
        lines += _wrap("update  ", row["how_to_update"])
        lines += _wrap("next  ", row["next_release"])
        lines += _wrap("fetch  ", row["command"])
    return "\n".join(lines) + "\n"


def _wrap(label: str, text: str) -> list[str]:
    if not text:
        return []
    return textwrap.wrap(
        label + text,
        WIDTH,
        initial_indent="  ",
        subsequent_indent="    ",
        break_on_hyphens=False,
    )


def make_csv(rows: Sequence[dict[str, str]]) -> str:
    """The rows as CSV with the columns `HEADINGS`."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, HEADINGS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def fetch(source_id: str, folder: Path, *, quiet: bool = False) -> pd.DataFrame:
    """Fetch a source into a raw data folder; return the tidy table its reader makes of it.

    What had arrived when a download broke stays in `folder/.refresh` and is used next time.
    An earlier file stays as it is until the new one is whole and accepted.

    Raises:
        DataError: the source cannot be fetched, or what came is not what it should be.
    """
    from data.live.transfer import Download
    from data.sources import read_source

    source = load_whole_catalogue().sources.get(source_id)
    if source is None:
        raise DataError(f"There is no source {source_id!r}; see: python -m data.refresh --list.")
    if source_id not in list_live():
        raise DataError(
            f"{source_id} cannot be fetched by this program. {source.update_words} {source.url}"
        )
    module = importlib.import_module(f"data.live.{source_id}")
    download = Download(folder, source_id, module.FILE, quiet=quiet)
    module.fetch(download)
    try:
        table = read_source(source_id, download.staging)
    except DataError:
        download.forget()
        raise
    download.put_in_place()
    return table


def _report(source_id: str, folder: Path, table: pd.DataFrame) -> str:
    file = load_whole_catalogue().sources[source_id].files[0]
    last = max(map(read_period, table["period"].unique()), key=lambda period: period.end)
    return (
        f"{folder / file}: {len(table):,} rows, {table['area_code'].nunique():,} areas, "
        f"newest {last.label}.\nTake it up with: make data SOURCE={folder}"
    )


def _read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m data.refresh",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("source", nargs="?", help=f"one of: {', '.join(list_live())}")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="the raw data folder")
    parser.add_argument("--list", action="store_true", help="list every source")
    parser.add_argument("--format", choices=("text", "csv"), default="text")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    options = parser.parse_args(arguments)
    if bool(options.source) == options.list:
        parser.error("say either --list or the name of one source")
    if options.source and not options.to:
        parser.error("say with --to which raw data folder the file goes to")
    return options


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; 1 if nothing could be listed or fetched."""
    print_utf8()
    options = _read_arguments(arguments)
    try:
        if options.list:
            rows = describe_sources(load_whole_catalogue(), clock.today())
            sys.stdout.write(make_csv(rows) if options.format == "csv" else make_text(rows))
        else:
            table = fetch(options.source, options.to, quiet=options.quiet)
            print(_report(options.source, options.to, table))
    except (DataError, OSError) as error:
        print(f"Nothing was changed. {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. The same command goes on from there.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
