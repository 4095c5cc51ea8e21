"""Links from a ward on one page to the same ward on the others."""

from __future__ import annotations

from urllib.parse import urlencode

from pages.shared.own_shelf import visit_figures
from pages.shared.page_links import show_links, show_plain_links

# Page -> what the link to it says.
PAGES = {
    "ward-profile": "Open the ward profile",
    "ward-map": "See it on the ward map",
    "compare": "Compare it with other wards",
    "hidden-pockets": "Look inside it",
}


def list_ward_links(area: str, ward: str, indicator: str, *here: str) -> dict[str, str]:
    """Words and address of each link.

    Args:
        area: code of the place shown; the ward lies in it.
        ward: its code.
        indicator: what the visitor looks at.
        here: pages that are left out, as the links stand on them.
    """
    place = {"area": area, "ward": ward}
    own = {
        "ward-profile": place,
        "ward-map": {**place, "indicator": indicator},
        "compare": {**place, "indicator": indicator, "view": "side"},
        "hidden-pockets": {**place, "indicator": indicator},
    }
    return {
        words: f"{page}?{urlencode(own[page])}" for page, words in PAGES.items() if page not in here
    }


def show_ward_links(area: str, ward: str, indicator: str, *here: str) -> None:
    """Show the links of `list_ward_links` in one line.

    Who has brought figures keeps them: ordinary links begin a new visit.
    """
    links = list_ward_links(area, ward, indicator, *here)
    (show_links if visit_figures() else show_plain_links)(links)
