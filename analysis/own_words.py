"""What the page Your data says above everything: how far a visitor's file has come."""

from __future__ import annotations

from data.own.shapes import Checked

START = "Put your own figures on the map"


def make_own_title(checked: Checked | None, *, brought: bool, added: int = 0) -> str:
    """The finding in ten words or fewer.

    Args:
        checked: the sheet, where it could be read.
        brought: whether there is a file.
        added: figures of this visit.
    """
    if checked is not None:
        used = checked.account.used
        read = used + checked.account.set_aside
        if used == read:
            return f"All {read:,} rows with figures can be used"
        return f"{used:,} of {read:,} rows with figures can be used"
    if brought:
        return "Your file cannot be read yet"
    if added:
        return f"{added:,} of your own figures {'is' if added == 1 else 'are'} on the map"
    return START
