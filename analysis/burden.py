"""Totals of the pandemic beside deprivation and age: wards in fifths, their counts added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.map_view import as_printed, format_number
from data.catalogue import Indicator

FIFTHS = 5


def cut_fifths(score: pd.Series) -> pd.Series:
    """Fifths of equally many wards, 1 for the highest scores; NaN where there is none."""
    known = score.dropna()
    order = known.rank(ascending=False, method="first")
    return np.ceil(order * FIFTHS / max(len(known), 1)).reindex(score.index)


def pool_rates(
    numerator: pd.Series, denominator: pd.Series, groups: Sequence[pd.Series], multiplier: float
) -> pd.Series:
    """Rate of each group of wards: counts added up, then divided.

    Wards without a count are left out of both.
    """
    whole = numerator.notna() & denominator.notna()
    keys = [group[whole] for group in groups]
    total = numerator[whole].groupby(keys).sum()
    return multiplier * total / denominator[whole].groupby(keys).sum()


def _round(rates: pd.Series, decimals: int) -> pd.Series:
    return pd.Series(as_printed(rates, decimals), rates.index)


def make_burden_table(
    figures: Mapping[str, tuple[Indicator, pd.DataFrame]], fifth: pd.Series, here: pd.Index
) -> pd.DataFrame:
    """One row per fifth of England's wards, one column per figure, and the wards of the place.

    Args:
        figures: heading -> indicator, and its numerator and denominator by ward.
        fifth: see `cut_fifths`.
        here: codes of the place's wards.
    """
    table = {
        heading: pool_rates(
            values["numerator"], values["denominator"], [fifth], indicator.multiplier
        ).pipe(_round, indicator.decimals)
        for heading, (indicator, values) in figures.items()
    }
    rows = pd.DataFrame(table).reindex(range(1, FIFTHS + 1))
    own = fifth.reindex(here).value_counts()
    rows["Wards here"] = [int(own.get(n, 0)) for n in rows.index]
    return rows


def make_cross_table(
    indicator: Indicator, values: pd.DataFrame, age: pd.Series, need: pd.Series
) -> pd.DataFrame:
    """Rates by fifth of age (rows) for the most and the least deprived fifth of wards.

    NaN where no ward is in both.
    """
    rates = pool_rates(
        values["numerator"], values["denominator"], [age, need], indicator.multiplier
    ).unstack()
    rates = rates.reindex(index=range(1, FIFTHS + 1), columns=[1, FIFTHS])
    return rates.apply(_round, args=(indicator.decimals,))


def describe_burden(by_need: pd.DataFrame, by_age: pd.DataFrame, deaths: str, unit: str) -> str:
    """What the two tables say about deaths, with age named; no cause is claimed."""

    def say(table: pd.DataFrame, fifth: int) -> str:
        return format_number(float(table.at[fifth, deaths]), 0)

    return (
        f"Deaths {unit} in England: {say(by_need, 1)} in the most deprived fifth of wards and "
        f"{say(by_need, FIFTHS)} in the least deprived; {say(by_age, 1)} in the fifth with most "
        f"people aged 65 and over and {say(by_age, FIFTHS)} in the fifth with fewest. Age is the "
        "obvious thing that mixes the two up: older people were far more likely to die, and more "
        "deprived wards are mostly younger. So compare wards of like age, in the second table."
    )
