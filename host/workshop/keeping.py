"""Workshops whose time is up are deleted: when the server starts, and each day after."""

from __future__ import annotations

import asyncio

from data.errors import DataError
from data.store.engine import DEFAULT_FILE, database_url
from data.store.workshops import purge_workshops, read_keep_days
from host.logs import log
from host.workshop.threads import write

DAY = 24 * 60 * 60


def has_database() -> bool:
    """Whether there is a database; one that nobody has needed yet is not made for this."""
    return not database_url().endswith(f"/{DEFAULT_FILE}") or DEFAULT_FILE.exists()


async def delete_old_workshops() -> None:
    """Delete old workshops now and every day, as long as the server runs."""
    while True:
        try:
            if has_database():
                deleted = await write(lambda engine: purge_workshops(engine, read_keep_days()))
                log("old_workshops_deleted", workshops=deleted, kept_days=read_keep_days())
        except DataError as error:
            # The dashboard is there to be read even while nothing can be kept.
            log("old_workshops_not_deleted", error=str(error))
        await asyncio.sleep(DAY)
