"""Disclosure control of own figures (signatures; the method follows)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.own.shapes import OwnTable


@dataclass(frozen=True)
class Rules:
    """How own figures are protected.

    Counts from 1 to `threshold` - 1 are suppressed, zero too with `suppress_zero`. With
    `round_to` (5; 0 for none) the counts that are shown are rounded as well.
    """

    threshold: int = 5
    suppress_zero: bool = False
    round_to: int = 0


@dataclass(frozen=True)
class Protected:
    """An own table that may be shown: hidden figures are NaN and flagged `suppressed`.

    `values` has the columns of `OwnTable.values`. `primary` and `secondary` count what was
    hidden and why; which is which is never told apart in `values`. `notes` say it in words.
    """

    own: OwnTable
    rules: Rules
    values: pd.DataFrame
    primary: int
    secondary: int
    notes: tuple[str, ...] = ()

    def load_period(self, period: str) -> pd.DataFrame:
        """The figures of one period by area code, as `data.load.load_period` gives them."""
        raise NotImplementedError


def protect_table(own: OwnTable, areas: pd.DataFrame, rules: Rules | None = None) -> Protected:
    """Suppress small counts, and what would reveal them (see the head of this module).

    Args:
        own: the table.
        areas: every area (`data.load.load_areas`).
        rules: thresholds.
    """
    raise NotImplementedError


def compute_protected_change(protected: Protected, earlier: str, later: str) -> pd.DataFrame:
    """The change between two periods; none where either figure is not shown.

    Returns:
        index area code; earlier, later, change (NaN where not shown), flag.
    """
    raise NotImplementedError
