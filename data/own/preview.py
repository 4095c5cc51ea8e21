"""What will happen to a file, in words and counts, before anything is shown."""

from __future__ import annotations

from data.own.places import name_of
from data.own.shapes import AREA_KINDS, ERROR, LAYOUTS, POINT_KINDS, SMALL_KINDS, WARNING, Checked
from data.periods import read_period


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def say_preview(checked: Checked) -> tuple[str, ...]:  # noqa: C901 (line by line)
    """Lines that say what was read, used, set aside and left out."""
    account, mapping, rows = checked.account, checked.mapping, checked.rows
    lines = [
        f"{_count(account.read, 'row')} read: {account.used:,} used, {account.set_aside:,} set "
        f"aside, {_count(account.totals, 'total')}, {account.blank:,} blank.",
        f"Areas are read as {AREA_KINDS[mapping.area_kind]}; there is {LAYOUTS[mapping.layout]}.",
    ]
    if not rows.empty:
        areas = rows["area_code"].nunique()
        word = "district" if mapping.area_kind == "district_code" else "ward"
        keys = sorted(set(rows["period"]), key=lambda key: read_period(key).end)
        span = read_period(keys[0]).label
        if len(keys) > 1:
            span += f" to {read_period(keys[-1]).label}"
        lines.append(
            f"Figures for {_count(areas, word)} of {name_of(checked.council)}, "
            f"{_count(len(keys), 'period')} ({span})."
        )
    if len(checked.measures) > 1:
        lines.append(f"{len(checked.measures):,} measures: {', '.join(checked.measures[:8])}.")
    if account.cells_suppressed:
        lines.append(f"{_count(account.cells_suppressed, 'cell is', 'cells are')} withheld.")
    if account.cells_missing:
        lines.append(f"{_count(account.cells_missing, 'cell is', 'cells are')} missing, not zero.")
    if mapping.area_kind in POINT_KINDS:
        lines.append("Places are counted into wards; no postcode or coordinate is kept.")
    elif mapping.area_kind in SMALL_KINDS:
        lines.append("LSOAs are added up to the wards that fit them best.")
    ended = rows.loc[rows["fit"] == "apportioned", "source_code"].nunique()
    if ended:
        lines.append(
            f"{_count(ended, 'ward')} of an earlier year will be carried to the wards of 2025."
        )
    for severity, words in ((ERROR, "to put right"), (WARNING, "to look at")):
        found = len(checked.by_severity(severity))
        if found:
            lines.append(f"{_count(found, 'thing')} {words}.")
    return tuple(lines)
