"""Check files that people write: `python -m data.check [FOLDER OR FILE …]`.

Without a name, all strategies of the project are checked. A further kind of file is added
as one more `Checker` in `CHECKERS`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.action_plan import read_action_plan
from data.action_plan_fields import FORM as PLAN_FORM
from data.assessment import read_assessment
from data.assessment_fields import FORM as ASSESSMENT_FORM
from data.errors import DataError, SpreadsheetError, StrategyError
from data.form_reader import has_headings
from data.forms import Form
from data.own.checking import check_sheet
from data.own.council_guess import guess_council
from data.own.guessing import guess_mapping
from data.own.opening import ENDINGS as OWN_ENDINGS
from data.own.opening import open_file
from data.own.preview import say_preview
from data.own.shapes import ERROR
from data.problems import Problem, shown_path
from data.spreadsheets import HEAD_ROWS, open_sheets
from data.strategy import STRATEGIES, list_folders, read_strategies
from data.strategy_fields import FILES, MAIN
from data.strategy_reader import find_clash, read_strategy
from data.terminal import print_utf8


@dataclass(frozen=True)
class Report:
    """What was found: mistakes, or a summary of what is in order."""

    problems: tuple[Problem, ...] = ()
    summary: str = ""


@dataclass(frozen=True)
class Checker:
    """One kind of file: its name, which paths are of that kind, and how one is checked."""

    kind: str
    accepts: Callable[[Path], bool]
    check: Callable[[Path], Report]


def _is_strategy(path: Path) -> bool:
    """A folder that holds no strategy folders, or one file of a strategy."""
    return (path.is_dir() and not _is_root(path)) or path.name in FILES


def _is_root(path: Path) -> bool:
    return path.is_dir() and any((folder / MAIN).exists() for folder in list_folders(path))


def _check_strategy(path: Path) -> Report:
    """Check one strategy, by itself and beside the others of its folder."""
    folder = path if path.is_dir() else path.parent
    try:
        strategy = read_strategy(folder)
    except StrategyError as error:
        return Report(error.problems)
    others = read_strategies(folder.resolve().parent).by_id.values()
    if clash := find_clash(folder, strategy, [o for o in others if o.id != strategy.id]):
        return Report(clash)
    headings, working = strategy.action_areas, sum(a.is_working for a in strategy.action_areas)
    ties = sum(len(area.indicators) for area in headings)
    return Report(
        summary=f"{shown_path(folder)}: {len(headings)} action areas ({working} with a working "
        f"heading), {ties} indicators tied to them, {len(strategy.actions)} actions: in order"
    )


def _check_root(path: Path) -> Report:
    """Check every strategy of a folder of strategies."""
    found = read_strategies(path)
    problems = tuple(problem for problems in found.problems.values() for problem in problems)
    if not any(strategy.is_general for strategy in found.by_id.values()) and not problems:
        what, allowed = "there is no general set", 'one strategy must have kind = "general"'
        problems = (Problem(shown_path(path), 0, what, allowed),)
    names = ", ".join(found.by_id)
    return Report(problems, f"{shown_path(path)}: {len(found.by_id)} strategies in order: {names}")


def _has_form(path: Path, form: Form) -> bool:
    """Whether a spreadsheet has the headings of a form."""
    if not path.is_file() or path.suffix.casefold() not in SPREADSHEET_ENDINGS:
        return False
    small = path.stat().st_size <= form.limits.most_bytes
    return small and has_headings(path.read_bytes(), form)


def _count_headings(path: Path, form: Form) -> int:
    """How many headings of a form stand in one row of a spreadsheet that can be opened."""
    sheets = open_sheets(path.read_bytes(), form.limits, form.count_headings)
    rows = (cells for sheet in sheets for _, cells in sheet.rows[:HEAD_ROWS])
    return max((form.count_headings(cells) for cells in rows), default=0)


def _is_action_plan(path: Path) -> bool:
    """A spreadsheet with more headings of an action plan than of scored impacts."""
    if not _has_form(path, PLAN_FORM):
        return False
    return _count_headings(path, PLAN_FORM) > _count_headings(path, ASSESSMENT_FORM)


def _check_action_plan(path: Path) -> Report:
    """Check one action plan; its council is found by its wards."""
    name = shown_path(path)
    try:
        found = read_action_plan(path, name)
    except SpreadsheetError as error:
        return Report((Problem(name, 0, str(error).rstrip("."), "see docs/actions.md"),))
    return Report(
        tuple(mistake.problem(name) for mistake in found.mistakes),
        f"{name}: {len(found.actions)} actions: in order",
    )


def _is_assessment(path: Path) -> bool:
    """A spreadsheet with the headings of scored impacts."""
    return _has_form(path, ASSESSMENT_FORM)


def _check_assessment(path: Path) -> Report:
    """Check one file of scored impacts."""
    name = shown_path(path)
    try:
        found = read_assessment(path, name)
    except SpreadsheetError as error:
        return Report((Problem(name, 0, str(error).rstrip("."), "see docs/assessment.md"),))
    impacts = found.table["id"].nunique()
    return Report(
        tuple(mistake.problem(name) for mistake in found.mistakes),
        f"{name}: {impacts} impacts in {len(found.table)} rows: in order",
    )


def _is_own(path: Path) -> bool:
    return path.is_file() and path.suffix.casefold() in OWN_ENDINGS


def _check_own(path: Path) -> Report:
    """Check one file of a council's own figures, sheet by sheet, read as it is guessed."""
    name = shown_path(path)
    try:
        file = open_file(path, name)
        problems, lines = [], list(file.notes)
        for sheet in file.sheets:
            council = guess_council(sheet)
            checked = check_sheet(sheet, guess_mapping(sheet, council), council)
            place = f"{name}, sheet “{sheet.name}”" if sheet.name else name
            problems += [
                Problem(place, f.row, f"{f.column} {f.value!r} {f.reason}".strip(), f.suggestion)
                for f in checked.by_severity(ERROR)
            ]
            said = [f"row {f.row:,}: {f.column} {f.value} {f.reason}" if f.row else f.reason
                    for f in checked.findings if f.severity != ERROR]  # fmt: skip
            lines += [f"{place}:", *say_preview(checked), *said]
    except SpreadsheetError as error:
        return Report((Problem(name, 0, str(error).rstrip("."), "see docs/own-data.md"),))
    return Report(tuple(problems), "\n".join(lines))


CHECKERS = (
    Checker("a folder of strategies", _is_root, _check_root),
    Checker("a strategy's folder or one of its files", _is_strategy, _check_strategy),
    Checker("a CSV or Excel file of an action plan", _is_action_plan, _check_action_plan),
    Checker("a CSV or Excel file of scored impacts", _is_assessment, _check_assessment),
    Checker("a file of a council's own figures", _is_own, _check_own),
)
SPREADSHEET_ENDINGS = (".csv", ".xlsx", ".xlsm", ".xls")


def check(path: Path) -> Report:
    """Check one file or folder by the first checker that accepts it."""
    if not path.exists():
        what, allowed = "there is no such file or folder", "name one that exists"
        return Report((Problem(shown_path(path), 0, what, allowed),))
    for checker in CHECKERS:
        if checker.accepts(path):
            return checker.check(path)
    kinds = "; ".join(checker.kind for checker in CHECKERS)
    problem = Problem(shown_path(path), 0, "is not a kind of file that can be checked", kinds)
    return Report((problem,))


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what is named; mistakes go to standard error. Returns 1 if there are any, else 0."""
    print_utf8()
    names = sys.argv[1:] if arguments is None else arguments
    failed = False
    for path in [Path(name) for name in names] or [STRATEGIES]:
        try:
            report = check(path)
        except DataError as error:  # the catalogue or the areas themselves cannot be read
            sys.stderr.write(f"{error}\n")
            return 1
        for problem in report.problems:
            sys.stderr.write(f"{problem}\n")
        if report.problems:
            failed = True
        else:
            sys.stdout.write(f"{report.summary}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
