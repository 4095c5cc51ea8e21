"""What stands beside every figure of one ward: sources by geography, notes of files, snippets."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.embed import Snippet
from analysis.export import make_notes
from analysis.words import GEOGRAPHY_WORDS, NO_LSOA
from data.load import load_areas, load_manifest
from data.own.shelf import current_catalogue
from pages.shared.embed_offer import make_snippet
from pages.shared.figures import list_sources
from pages.shared.places import ward_label

NO_ESTIMATE = f"{NO_LSOA[0].upper()}{NO_LSOA[1:]}"


def notes_of(ward: str, comparison: str, indicators: Sequence[str]) -> list[tuple[str, str]]:
    """The sheet of notes of a workbook about several indicators of one ward."""
    catalogue = current_catalogue()
    sources = [catalogue.source_of(i) for i in indicators]
    return make_notes(
        ("Ward", ward_label(ward)),
        ("Ward code", ward),
        ("Compared with", comparison),
        ("Sources", list_sources(indicators)),
        ("Licences", "; ".join(dict.fromkeys(source.licence for source in sources))),
        ("Attribution", " ".join(dict.fromkeys(source.attribution for source in sources))),
        ("Definitions and caveats", "See the page About the data, by the id of each indicator."),
        ("Build of the tables", str(load_manifest().get("tables_sha256", ""))[:12]),
    )


def list_by_geography(indicators: Sequence[str]) -> str:
    """Sources in short, gathered under the geography they were published for."""
    found: dict[str, dict[str, None]] = {}
    for source in (current_catalogue().source_of(i) for i in indicators):
        found.setdefault(GEOGRAPHY_WORDS[source.geography], {})[source.title] = None
    return ". ".join(
        f"Published for {geography}: {'; '.join(titles)}" for geography, titles in found.items()
    )


def make_profile_snippet(kind: str, title: str, ward: str, against: str = "") -> Snippet:
    """What other websites can show of a ward's profile.

    Args:
        kind: of `analysis.embed.SHAPES`.
        title: what and where.
        ward: its code; the snippet stays with it.
        against: what it is compared with, "" where that cannot be chosen.
    """
    council = str(load_areas().at[ward, "district_code"])
    return make_snippet(kind, title, {"area": council, "ward": ward, "against": against})
