"""What a report pack can hold: its sections, in the order in which they stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from analysis.report.blocks import Paragraph, Section


@dataclass(frozen=True)
class SectionKind:
    """One section a pack can hold: its id, its heading, and what is in it, in one line."""

    id: str
    heading: str
    words: str


#: The section that only a workbook holds: on paper it would fill hundreds of sheets.
ROWS = "rows"
SECTION_KINDS = {
    kind.id: kind
    for kind in (
        SectionKind(
            "summary", "Summary", "One page: key figures with their direction, and the findings"
        ),
        SectionKind(
            "exceptions",
            "Exceptions",
            "What needs a look first: actions off track or overdue, what got worse, highest need",
        ),
        SectionKind(
            "need",
            "Action areas",
            "Where need is highest, ward by ward, with the map of need",
        ),
        SectionKind(
            "recovery",
            "Covid impact and recovery",
            "How hard wards were hit, how far they are back, and against whom",
        ),
        SectionKind("wards", "Ward profiles", "One page for each ward that you choose"),
        SectionKind(
            "indicators", "Chosen indicators", "A map and a ranking of each indicator you choose"
        ),
        SectionKind(
            "actions",
            "Actions and impact",
            "The action plan: statuses in counts, all actions, and the impact chart of each",
        ),
        SectionKind(
            "methods",
            "Methods, sources and licences",
            "How figures are made, who published them, under which licence, and how old they are",
        ),
        SectionKind(
            ROWS, "All rows", "Every ward in every table, with limits: in the Excel file only"
        ),
    )
}
PROPOSED = tuple(SECTION_KINDS)


def order_sections(chosen: Collection[str]) -> tuple[str, ...]:
    """The chosen sections in the order in which they stand in a pack."""
    return tuple(kind for kind in SECTION_KINDS if kind in chosen)


def make_failed_section(kind: str, reason: str) -> Section:
    """What stands in the place of a section that could not be made."""
    words = f"This section could not be made: {reason} The other sections are complete."
    return Section(SECTION_KINDS[kind].heading, [Paragraph(words, "strong")], notes=words)


def make_section(
    kind: str, blocks: Sequence, parts: Sequence[Section] = (), notes: str = ""
) -> tuple[Section, ...]:
    """A section of a pack under its own heading, followed by its parts."""
    return (Section(SECTION_KINDS[kind].heading, blocks, notes=notes), *parts)
