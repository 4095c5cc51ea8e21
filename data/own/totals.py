"""Rows of totals: recognised, left out of the figures, and compared with the sum of the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.own.findings import Ledger
from data.own.shapes import NOTE, WARNING, Mapping

if TYPE_CHECKING:
    from data.own.checking import Body

_MOST = 500  # totals that are compared


def compare_totals(
    ledger: Ledger,
    body: Body,
    figures: pd.DataFrame,
    used: npt.NDArray[np.bool_],
    mapping: Mapping,
    council: str,
) -> None:
    """Say of each total whether the rows add up to it; other totals are named only."""
    where = np.flatnonzero(body.total)
    if not len(where):
        return
    place = mapping.area_column
    rows = [f"{row:,}" for row in body.cells.index[where[:10]]]
    more = f" and {len(where) - 10:,} more" if len(where) > 10 else ""
    ledger.add(int(body.cells.index[where[0]]), ledger.headings[place],
               str(body.cells[place].iloc[where[0]]),
               f"Rows of totals, which are not read: {', '.join(rows)}{more}",
               "", NOTE)  # fmt: skip
    own = where[np.isin(body.places.total[where], [council, "?"])]
    if mapping.measure != "count" or mapping.layout == "events" or not len(own):
        return
    sums = _add_up(body, figures, used)
    said = figures[np.isin(figures["position"], own)]
    period = np.where(said["period"] != "", said["period"],
                      body.times.key[said["position"].to_numpy()])  # fmt: skip
    said = said.assign(period=period).dropna(subset="value").iloc[:_MOST]
    gaps = bool(ledger.bad.any()) or bool((figures["flag"].to_numpy() != "")[
        used[figures["position"].to_numpy()]].any())  # fmt: skip
    for total in said.itertuples():
        found = sums.get((total.column, total.measure, total.period))
        if found is None:
            continue
        row = int(body.cells.index[total.position])
        heading = ledger.headings[total.column]
        if abs(found - total.value) <= 0.5:
            ledger.add(row, heading, f"{total.value:,.15g}", "The rows add up to this total", "",
                       NOTE)  # fmt: skip
        else:
            why = "rows are set aside or withheld" if gaps else "check whether rows are missing"
            ledger.add(row, heading, f"{total.value:,.15g}",
                       f"The rows that are used add up to {found:,.15g}", why, WARNING)  # fmt: skip


def _add_up(
    body: Body, figures: pd.DataFrame, used: npt.NDArray[np.bool_]
) -> dict[tuple[int, str, str], float]:
    kept = figures[used[figures["position"].to_numpy()]]
    period = np.where(kept["period"] != "", kept["period"],
                      body.times.key[kept["position"].to_numpy()])  # fmt: skip
    sums = kept.assign(period=period).groupby(["column", "measure", "period"])["value"].sum()
    found: dict[tuple[int, str, str], float] = pd.Series(sums).to_dict()
    return found
