"""Rows that stand twice, and rows of earlier wards that would be counted twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.own.findings import Ledger
from data.own.shapes import Mapping

if TYPE_CHECKING:
    from data.own.checking import Body


def find_twins(ledger: Ledger, body: Body, mapping: Mapping, rows: npt.NDArray[np.bool_]) -> None:
    """Set aside rows of the same area, period and measure.

    Of rows that say the same the first stays; where they differ, nobody can tell which is
    right, and all go.
    """
    where = np.flatnonzero(rows)
    cells = body.cells.iloc[where]
    key = pd.DataFrame({"code": body.places.code[where], "period": body.times.key[where]})
    if mapping.measure_column >= 0:
        key["measure"] = cells[mapping.measure_column].str.strip().to_numpy()
    twice = key.duplicated(keep=False).to_numpy()
    if not twice.any():
        return
    group = key[twice].groupby(list(key.columns), sort=False).ngroup().to_numpy()
    here = where[twice]
    figures = [c.place for c in body.columns if c.place >= 0]
    figures += [p for p in (mapping.numerator_column, mapping.denominator_column) if p >= 0]
    said = body.cells.iloc[here][list(dict.fromkeys(figures))].apply(lambda c: c.str.strip())
    content = pd.factorize(pd.MultiIndex.from_frame(said))[0]
    table = pd.DataFrame({"group": group, "content": content, "place": here})
    differ = table.groupby("group")["content"].transform("nunique") > 1
    later = table["group"].duplicated()
    column = body.headings[mapping.area_column] if mapping.area_column >= 0 else ""
    ledger.add_rows(
        _mark(ledger, table.loc[differ, "place"]),
        column,
        "stands several times for the same period, with different figures",
        "keep one row, or choose the column that tells them apart as measure",
    )
    ledger.add_rows(_mark(ledger, table.loc[later & ~differ, "place"]), column,
                    "stands several times for the same period, with the same figures",
                    "the first row is used")  # fmt: skip


def _mark(ledger: Ledger, places: pd.Series) -> npt.NDArray[np.bool_]:
    marked = np.zeros(len(ledger.cells), dtype=bool)
    marked[places.to_numpy()] = True
    return marked


def find_overlaps(
    ledger: Ledger, body: Body, figures: pd.DataFrame, rows: npt.NDArray[np.bool_]
) -> None:
    """Set aside rows of earlier wards whose place a row of a ward of 2025 gives in that period."""
    pairs = body.places.pairs
    ended = set(pairs.loc[pairs["fit"] == "apportioned", "source"])
    if not ended:
        return
    is_ended = np.array([code in ended for code in body.places.code], dtype=bool) & rows
    kept = figures[rows[figures["position"].to_numpy()]]
    which = kept["position"].to_numpy()
    kept = kept.assign(
        source=body.places.code[which],
        period=np.where(kept["period"] != "", kept["period"], body.times.key[which]),
    )
    joined = kept[["position", "source", "period", "measure"]].merge(pairs, on="source")
    native = joined.loc[joined["fit"] == "native", ["target", "period", "measure"]]
    both = joined[joined["fit"] == "apportioned"].merge(
        native.drop_duplicates(), on=["target", "period", "measure"]
    )
    doubled = _mark(ledger, both["position"]) & is_ended
    ledger.add_rows(doubled, "", "is an earlier ward whose place another row gives for a ward of "
                    "2025", "keep the wards of one year for each period")  # fmt: skip
