"""Which wards are alike: nearest neighbours on standardised characteristics.

Method: each characteristic is standardised over all wards of England (its mean becomes 0 and
its standard deviation 1); very skewed ones are first taken as log(1 + x). Within a group
squared differences are averaged, so that every group weighs the same, and so are the groups.
The root of that is the Euclidean distance: 0 for wards alike in everything, 1 where they
differ by one standard deviation in each characteristic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.profile import Characteristic

Floats = npt.NDArray[np.float64]
HECTARES_OF_SQUARE_KILOMETRE = 100
HOW_MANY = 15


@dataclass(frozen=True)
class Likeness:
    """The standardised characteristics of all wards that have them all.

    `scores` has one row per ward of `codes` and one column per figure, scaled so that the
    length of a difference is the distance; `group_of` says which heading a column belongs to.
    `left_out` are the wards without some characteristic.
    """

    codes: pd.Index
    scores: Floats
    headings: tuple[str, ...]
    group_of: npt.NDArray[np.int64]
    left_out: pd.Index


def compute_density(people: pd.Series, hectares: pd.Series) -> pd.Series:
    """People for each square kilometre of land, NaN where nobody is counted."""
    return people / hectares * HECTARES_OF_SQUARE_KILOMETRE


def compute_likeness(figures: pd.DataFrame, groups: Sequence[Characteristic]) -> Likeness:
    """Standardise the characteristics of wards.

    Args:
        figures: index ward code; one column per figure named in the groups (percentages,
            and `profile.DENSITY`); NaN where missing.
        groups: which figures belong together, and which are taken as logarithms.
    """
    names = [name for group in groups for name in group.indicators]
    logs = {name for group in groups for name in group.log}
    table = figures[names].to_numpy(dtype=float, copy=True)
    skewed = np.array([name in logs for name in names])
    table[:, skewed] = np.log1p(table[:, skewed])
    complete = ~np.isnan(table).any(axis=1)
    known = table[complete]
    spread = known.std(axis=0)
    # A figure that is the same everywhere tells no wards apart.
    scores = (known - known.mean(axis=0)) / np.where(spread == 0, 1, spread)
    sizes = np.array([len(group.indicators) for group in groups for _ in group.indicators])
    return Likeness(
        figures.index[complete],
        scores / np.sqrt(sizes * len(groups)),
        tuple(group.heading for group in groups),
        np.repeat(np.arange(len(groups)), [len(group.indicators) for group in groups]),
        figures.index[~complete],
    )


def compute_distances(likeness: Likeness, ward: str) -> Floats:
    """Distance of every ward of `likeness.codes` from one of them."""
    differences = likeness.scores - likeness.scores[likeness.codes.get_loc(ward)]
    distances: Floats = np.sqrt(np.einsum("ij,ij->i", differences, differences))
    return distances


def find_similar_wards(likeness: Likeness, ward: str, how_many: int = HOW_MANY) -> pd.DataFrame:
    """The nearest wards of England, nearest first, never the ward itself.

    Returns:
        index ward code; columns distance, differs_most (heading of the group in which the
        two wards are least alike). Empty where the ward lacks a characteristic.
    """
    if ward not in likeness.codes:
        return pd.DataFrame({"distance": pd.Series(dtype=float), "differs_most": []})
    own = likeness.codes.get_loc(ward)
    distances = compute_distances(likeness, ward)
    distances[own] = np.inf
    # Stable: wards equally near keep the order of their codes on every machine.
    nearest = np.argsort(distances, kind="stable")[: min(how_many, len(distances) - 1)]
    squares = (likeness.scores[nearest] - likeness.scores[own]) ** 2
    by_group = np.stack(
        [squares[:, likeness.group_of == n].sum(axis=1) for n in range(len(likeness.headings))]
    )
    headings = np.array(likeness.headings, dtype=object)
    return pd.DataFrame(
        {"distance": distances[nearest], "differs_most": headings[by_group.argmax(axis=0)]},
        index=likeness.codes[nearest],
    )


def pool_figures(
    numerator: Floats,
    denominator: Floats,
    value: Floats,
    people: Floats,
    multiplier: float,
) -> tuple[float, bool]:
    """One figure for several wards together.

    Args:
        numerator: of each ward, NaN where the source has none.
        denominator: the same.
        value: of each ward.
        people: living in each ward.
        multiplier: of the rate, e.g. 100.

    Returns:
        the rate of all numerators added over all denominators added, and True; or, where
        there are none, the mean weighted by people, and False. Wards without a figure are
        left out of both; NaN where none is left.
    """
    counted = ~(np.isnan(numerator) | np.isnan(denominator) | np.isnan(value))
    if counted.any() and denominator[counted].sum() > 0:
        return float(multiplier * numerator[counted].sum() / denominator[counted].sum()), True
    known = ~(np.isnan(value) | np.isnan(people))
    if not known.any() or people[known].sum() == 0:
        return float("nan"), False
    return float(np.average(value[known], weights=people[known])), False
