"""The accessibility statement: `docs/accessibility.md`, with the council's name and contact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from data.errors import DataError
from pages.shared.plain import as_plain

STATEMENT = Path(__file__).resolve().parents[2] / "docs" / "accessibility.md"
#: What the text has where a council's own words belong -> its setting, and what stands there
#: until it is set.
SLOTS = {
    "[name of the council]": ("ACCESSIBILITY_COUNCIL", "the council that offers it to you"),
    "[contact]": (
        "ACCESSIBILITY_CONTACT",
        "**not named yet.** The council that offers this dashboard has to name a contact: "
        "whoever runs it sets ACCESSIBILITY_CONTACT. Until then, use the contact on the council’s "
        "own website.",
    ),
}
LONGEST = 300
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


class StatementError(DataError):
    """The statement is missing where the dashboard was installed."""


def read_statement(environment: Mapping[str, str], file: Path = STATEMENT) -> tuple[str, str]:
    """Read the statement and fill in what the council has set.

    Args:
        environment: such as `os.environ`; see `SLOTS`.
        file: Markdown, its title in the first line.

    Returns:
        the title, and the rest as Markdown.

    Raises:
        StatementError: the file cannot be read.
    """
    try:
        title, _, text = file.read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise StatementError(
            f"{file.name} could not be read. Whoever runs this dashboard should install it with "
            "its folder docs; the statement has to be published with the dashboard."
        ) from error
    for slot, (setting, unset) in SLOTS.items():
        given = environment.get(setting, "").strip()[:LONGEST]
        text = text.replace(slot, _as_markdown(given) if given else unset)
    return title.removeprefix("# ").strip(), text.strip()


def _as_markdown(given: str) -> str:
    """What the council wrote, letter by letter; an email address alone can be clicked."""
    return f"[{given}](mailto:{given})" if EMAIL.fullmatch(given) else as_plain(given)
