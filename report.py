"""Make a council's report pack from the command line, for a schedule or by hand.

python report.py --council E07000011 --formats docx,pdf --out folder

Exit codes: 0 the whole pack was made; 1 something could not be made or written (what, is said;
the rest is there); 2 a wrong choice, nothing was made.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from analysis.report.contents import PROPOSED, SECTION_KINDS, order_sections
from analysis.report.formats import FORMATS
from analysis.report.sections_actions import PackPlan
from data import clock
from data.catalogue import load_catalogue
from data.errors import DataError
from data.periods import read_period
from data.problems import suggest
from data.recovery import load_recovery
from data.terminal import print_utf8
from pages.shared.places import place_codes, place_label, wards_of
from pages.shared.report_choices import MOST_INDICATORS, MOST_WARDS, PackChoices
from pages.shared.report_pack import file_stem, make_document, write_files
from pages.shared.report_plan import EXAMPLE, PlanFileError, load_pack_plan

DONE, NOT_ALL, WRONG = 0, 1, 2
_MOST_SHOWN = 5


class ChoiceError(Exception):
    """Something was asked for that there is not; the message says what there is."""


def say(words: str) -> None:
    """Say one line to whoever runs the command."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def make_parser() -> argparse.ArgumentParser:
    """What the command line takes."""
    parser = argparse.ArgumentParser(
        prog="report.py", description=(__doc__ or "").partition("\n")[0]
    )
    add = parser.add_argument
    add("--council", required=True, help="code or name, such as E07000011 or Huntingdonshire")
    add("--formats", default="docx,pdf", help=f"any of {','.join(FORMATS)}, or all")
    add("--out", type=Path, default=Path("reports"), help="folder, made where it is not there")
    add("--plan", default="", help=f"spreadsheet of the action plan, or “{EXAMPLE}” for a made-up "
        "one; left out, the plan the council saved or published")  # fmt: skip
    add("--sections", default=",".join(PROPOSED), help=f"any of {','.join(SECTION_KINDS)}, or all")
    add("--wards", default="", help=f"codes or names, at most {MOST_WARDS}")
    add("--indicators", default="", help=f"ids of the catalogue, at most {MOST_INDICATORS}")
    add("--series", default="", help=f"of the Covid section: {', '.join(load_recovery().series)}")
    add("--period", default="", help="no later figures than this, such as 2022 or 2022-06")
    return parser


def find_one(text: str, names: Mapping[str, str], what: str, where: str) -> str:
    """The code that somebody means by a code or a name.

    Args:
        text: code or name as written.
        names: code -> name.
        what: it should be, e.g. "council".
        where: to look the right ones up.

    Raises:
        ChoiceError: there is none, or several have the name.
    """
    if text.upper() in names:
        return text.upper()
    found = [code for code, name in names.items() if name.casefold() == text.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise ChoiceError(f"{what} “{text}”: several have this name: {', '.join(found)}.")
    raise ChoiceError(f"{what} “{text}”: there is none; {suggest(text, names.values(), where)}")


def find_ids(text: str, known: Collection[str], what: str, most: int = 0) -> tuple[str, ...]:
    """The ids of a comma-separated list, each once, in its order; "all" means all.

    Raises:
        ChoiceError: one is not known, or there are too many.
    """
    if text.strip().casefold() == "all":
        return tuple(known)
    found = list(dict.fromkeys(part.strip().casefold() for part in text.split(",") if part.strip()))
    for part in found:
        if part not in known:
            shown = ", ".join(known) if len(known) < 12 else "see the page About the data"
            raise ChoiceError(f"{what} “{part}”: there is none; {suggest(part, known, shown)}")
    if most and len(found) > most:
        raise ChoiceError(f"{what}: {len(found)} are too many; at most {most}.")
    return tuple(found)


def read_choices(options: argparse.Namespace) -> PackChoices:
    """The choices of the command line, checked.

    Raises:
        ChoiceError: something is not there.
    """
    councils = {code: place_label(code) for code in place_codes()}
    area = find_one(options.council, councils, "council", "a code such as E07000011")
    names = wards_of(area)["name"].to_dict() | wards_of(area)["ward_name"].to_dict()
    parts = [part.strip() for part in options.wards.split(",") if part.strip()]
    where = f"the 2025 wards of {place_label(area)} are on the page Ward map"
    wards = tuple(dict.fromkeys(find_one(part, names, "ward", where) for part in parts))
    if len(wards) > MOST_WARDS:
        raise ChoiceError(f"wards: {len(wards)} are too many; at most {MOST_WARDS}.")
    sections = find_ids(options.sections, SECTION_KINDS, "section")
    formats = find_ids(options.formats, FORMATS, "format")
    if not sections or not formats:
        raise ChoiceError("Nothing to make: name at least one section and one format.")
    indicators = find_ids(
        options.indicators, load_catalogue().ward_indicators, "indicator", MOST_INDICATORS
    )
    series = find_ids(options.series, load_recovery().series, "series", 1)
    if options.period:
        try:
            read_period(options.period)
        except DataError as error:
            raise ChoiceError(str(error)) from error
    chosen = PackChoices(area, order_sections(sections), wards, indicators,
                         "".join(series), options.period, formats)  # fmt: skip
    return chosen.settled(area)


def read_plan(options: argparse.Namespace, area: str, today: dt.date) -> PackPlan | None:
    """The action plan of the pack, with what is wrong in its file said.

    Raises:
        ChoiceError: the file cannot be used.
    """
    try:
        plan, problems = load_pack_plan(area, today, options.plan)
    except PlanFileError as error:
        raise ChoiceError(str(error)) from error
    for problem in problems[:_MOST_SHOWN]:
        say(f"  plan: {problem}")
    if len(problems) > _MOST_SHOWN:
        say(
            f"  plan: and {len(problems) - _MOST_SHOWN} more; `python -m data.check FILE` lists all"
        )
    return plan


def make_folder(folder: Path) -> Path:
    """The folder to write into.

    Raises:
        ChoiceError: it cannot be made or written to.
    """
    if folder.exists() and not folder.is_dir():
        raise ChoiceError(f"folder {folder}: this is a file, not a folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError("it may not be written to")
    except OSError as error:
        raise ChoiceError(f"folder {folder}: {error.strerror or error}") from error
    return folder


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in place of an older one whole: nobody ever opens half of it.

    Raises:
        OSError: it cannot be written; an older file stays as it is.
    """
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        written = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            # As open to others as any file that this user makes.
            mask = os.umask(0)
            os.umask(mask)
            written.chmod(0o666 & ~mask)
            written.replace(path)
        except OSError:
            written.unlink(missing_ok=True)
            raise


def write_all(files: Mapping[str, bytes], folder: Path, stem: str) -> Iterable[str]:
    """Write every file and say so; give back a sentence for each that failed."""
    for kind, content in files.items():
        path = folder / f"{stem}.{kind}"
        try:
            write_whole(path, content)
        except OSError as error:
            yield f"{path} could not be written: {error.strerror or error}"
        else:
            say(f"{path}  ({len(content) / 1024:,.0f} kB)")


def run(arguments: Sequence[str] | None = None) -> int:
    """Make the pack; see the exit codes above."""
    print_utf8()
    options = make_parser().parse_args(arguments)
    today = clock.today()
    try:
        choices = read_choices(options)
        folder = make_folder(options.out)
        plan = read_plan(options, choices.area, today)
    except ChoiceError as error:
        sys.stderr.write(f"report.py: {error}\n")
        return WRONG
    pack = make_document(choices, plan, today, lambda _step, _steps, what: say(what))
    write_files(pack, choices.formats, lambda _step, _steps, what: say(what))
    problems = [*pack.problems, *write_all(pack.files, folder, file_stem(choices, today))]
    for problem in problems:
        sys.stderr.write(f"report.py: {problem}\n")
    return NOT_ALL if problems else DONE


if __name__ == "__main__":
    sys.exit(run())
