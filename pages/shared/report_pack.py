"""A report pack from its choices: the document section by section, then its files."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from analysis.report.blocks import Document, Section
from analysis.report.contents import ROWS, SECTION_KINDS, make_failed_section, order_sections
from analysis.report.formats import FORMATS, WORKBOOK
from analysis.report.sections_actions import PackPlan
from data import clock
from data.errors import DataError
from data.periods import read_period
from pages.shared.places import place_label, place_name
from pages.shared.report_choices import PackChoices
from pages.shared.report_data import (
    PackTables,
    Part,
    SectionLoader,
    Used,
    load_exceptions,
    load_indicators,
    load_need,
    load_recovery_section,
    load_summary,
)
from pages.shared.report_more import load_actions, load_methods, load_rows, load_wards

#: Told before each step: number of the step, how many there are, what it makes.
Progress = Callable[[int, int, str], object]
LOADERS: dict[str, SectionLoader] = {
    "summary": load_summary,
    "exceptions": load_exceptions,
    "need": load_need,
    "recovery": load_recovery_section,
    "wards": load_wards,
    "indicators": load_indicators,
    "actions": load_actions,
    "rows": load_rows,
}
_log = logging.getLogger(__name__)


@dataclass
class Pack:
    """A pack: its document, its files by format, and a sentence for each thing that failed.

    `rows` are sections that only a workbook holds.
    """

    document: Document
    rows: tuple[Section, ...] = ()
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def say_nothing(step: int, steps: int, what: str) -> None:
    """Progress that nobody is told."""


def make_document(
    choices: PackChoices,
    plan: PackPlan | None = None,
    today: dt.date | None = None,
    progress: Progress = say_nothing,
) -> Pack:
    """Fill the document; a section that fails says so inside it and leaves the others.

    Args:
        choices: settled.
        plan: of the council, None where there is none.
        today: the date of the report.
        progress: told before each section.
    """
    tables = PackTables(choices, today or clock.today(), plan)
    sections: list[Section] = []
    used: Used = []
    problems: list[str] = []
    rows: tuple[Section, ...] = ()
    wanted = order_sections(choices.sections)
    for step, kind in enumerate(wanted, 1):
        progress(step, len(wanted), f"Section {step} of {len(wanted)}: {heading_of(kind)}")
        part = _load_part(kind, tables, wanted, used)
        if kind == ROWS:
            rows = part.sections
        else:
            sections += part.sections
        used += part.used
        problems += part.broken
    return Pack(_make_document(tables, sections, used), rows, problems=problems)


def heading_of(kind: str) -> str:
    """The heading of a section."""
    return SECTION_KINDS[kind].heading


def _load_part(kind: str, tables: PackTables, wanted: tuple[str, ...], used: Used) -> Part:
    # A pack is made at night with nobody there: whatever fails must not take the rest along.
    try:
        if kind == "methods":
            return load_methods(tables, wanted, used)
        return LOADERS[kind](tables)
    except DataError as error:
        reason = str(error)
    except Exception:
        _log.exception("report: the section %r failed", kind)
        reason = "something in the program failed; its log says what."
    failed = make_failed_section(kind, reason)
    return Part((failed,), broken=[f"{heading_of(kind)} could not be made: {reason}"])


def _make_document(tables: PackTables, sections: list[Section], used: Used) -> Document:
    ends = [read_period(period).end for _, period in used]
    newest = f"{max(ends).day} {max(ends):%B %Y}" if ends else "none"
    return Document(
        title=f"Ward needs: {tables.place}",
        subtitle="Report pack for overview and scrutiny: needs, recovery, actions and their impact",
        place=place_label(tables.choices.area),
        sections=sections,
        data_date=newest,
        made=tables.today,
    )


def write_files(pack: Pack, formats: tuple[str, ...], progress: Progress = say_nothing) -> None:
    """Write the document in each format into `pack.files`; one that fails leaves the others."""
    for step, kind in enumerate(formats, 1):
        name = FORMATS[kind].name
        progress(step, len(formats), f"File {step} of {len(formats)}: {name}")
        try:
            pack.files[kind] = FORMATS[kind].write(document_for(kind, pack))
        except Exception:
            _log.exception("report: the file %r failed", kind)
            pack.problems.append(f"The file for {name} could not be made; the log says why.")


def document_for(kind: str, pack: Pack) -> Document:
    """The document that one kind of file holds."""
    if kind != WORKBOOK:
        return pack.document
    return replace(pack.document, sections=[*pack.document.sections, *pack.rows])


def file_stem(choices: PackChoices, today: dt.date) -> str:
    """Name of the files without their ending: "ward-needs-huntingdonshire-2025-11-25"."""
    letters = [x if x.isalnum() else "-" for x in place_name(choices.area).lower()]
    place = "-".join(part for part in "".join(letters).split("-") if part)
    return f"ward-needs-{place}-{today.isoformat()}"
