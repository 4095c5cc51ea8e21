"""Areas that a visitor draws, uploads or picks: which LSOAs they hold, how well, what figures.

Best fit: an LSOA belongs to an area that holds more than half of its land, so it belongs to
one of several areas that do not overlap, or to none. A shared-out count of people with a need
is never invented: an LSOA is counted whole or not at all.

Quality: people both inside the line and in the LSOAs counted, over people in either (Jaccard
index; the same measure as the wards' own fit, see `data.geography.compute_fit_quality`). Where
people live inside an LSOA is not known here, so they are taken to be spread evenly over its
land: an LSOA cut through a park and a street is measured as half and half.

Figures: counts of the LSOAs are added, then divided; scores and means are weighted by the
people or homes they speak for; intervals are Wilson's or Byar's. These are the functions with
which the ward figures were built, so an area made of a ward's LSOAs has the ward's figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from data import aggregation
from data.aggregation import ESTIMATED, Figures
from data.lsoa_parts import LsoaIndicator

if TYPE_CHECKING:
    import shapely

Floats = npt.NDArray[np.float64]
# More than half; a hair more, so that rounding cannot put a halved LSOA into two areas.
HALF = 0.5 + 1e-9
# Slivers along a line drawn beside a boundary are not worth a word.
TOUCHED = 0.005
WELL, FAIRLY = 0.9, 0.75
FEW_LSOAS, FEW_PEOPLE = 3, 5_000


@dataclass(frozen=True)
class AreaFit:
    """How a line lies on the LSOAs.

    `pieces`: index lsoa_code of every LSOA the line touches; share (of its land inside, 0 to
    1), people (all of its people), counted (bool). `covered`: share of the area's land that
    lies in England's LSOAs.
    """

    pieces: pd.DataFrame
    covered: float = 1.0

    @property
    def codes(self) -> tuple[str, ...]:
        """The LSOAs counted, in order of their codes."""
        return tuple(sorted(str(code) for code in self.pieces.index[self.pieces["counted"]]))

    @property
    def people(self) -> float:
        """People in the LSOAs counted."""
        return float(self.pieces.loc[self.pieces["counted"], "people"].sum())

    @property
    def people_inside(self) -> float:
        """People inside the line, spread evenly over the land of their LSOA."""
        return float((self.pieces["share"] * self.pieces["people"]).sum())

    @property
    def people_both(self) -> float:
        """People inside the line and in the LSOAs counted."""
        kept = self.pieces[self.pieces["counted"]]
        return float((kept["share"] * kept["people"]).sum())

    @property
    def quality(self) -> float:
        """0 to 1: people in both over people in either; 0 where nothing is counted."""
        either = self.people + self.people_inside - self.people_both
        return self.people_both / either if either > 0 else 0.0

    @property
    def cut(self) -> pd.DataFrame:
        """The pieces that the line cuts through."""
        share = self.pieces["share"]
        return self.pieces[(share > TOUCHED) & (share < 1 - TOUCHED)]


def compute_area_fit(
    line: shapely.Geometry, shapes: npt.NDArray[np.object_], lsoas: pd.DataFrame
) -> AreaFit:
    """Find the LSOAs of an area by best fit.

    Args:
        line: a valid polygon or several, in metres of the British National Grid.
        shapes: polygons of the LSOAs that may touch it, in the same grid.
        lsoas: index lsoa_code, one row per shape; column population.

    Method: see the top of this module. Land shares come from generalised boundaries, which
    lie within a few dozen metres of the exact ones.
    """
    import shapely

    shapely.prepare(line)
    near = np.flatnonzero(shapely.intersects(line, shapes))
    inside = np.ones(len(near))
    broken = ~shapely.contains(line, shapes[near])
    parts = shapely.area(shapely.intersection(line, shapes[near][broken]))
    inside[broken] = parts / shapely.area(shapes[near][broken])
    inside = np.clip(inside, 0, 1)
    land = float((inside * shapely.area(shapes[near])).sum())
    kept = near[inside > 0]
    pieces = pd.DataFrame(
        {
            "share": inside[inside > 0],
            "people": lsoas["population"].to_numpy(dtype=float)[kept],
        },
        index=lsoas.index[kept],
    )
    pieces["counted"] = pieces["share"] > HALF
    area = float(shapely.area(line))
    return AreaFit(pieces.sort_index(), min(land / area, 1.0) if area > 0 else 0.0)


def make_whole_fit(codes: Iterable[str], lsoas: pd.DataFrame) -> AreaFit:
    """The fit of an area that is a list of LSOAs: perfect.

    Args:
        codes: LSOAs.
        lsoas: index lsoa_code; column population.
    """
    index = pd.Index(sorted(set(codes)), dtype=object, name="lsoa_code")
    people = lsoas["population"].reindex(index).to_numpy(dtype=float)
    return AreaFit(pd.DataFrame({"share": 1.0, "people": people, "counted": True}, index=index))


def compute_area_figures(
    parts: pd.DataFrame, members: Sequence[Sequence[str]], specs: Sequence[LsoaIndicator]
) -> list[pd.DataFrame]:
    """Figures of several areas.

    Args:
        parts: see `data.lsoa_parts.load_lsoa_parts`.
        members: the LSOAs of each area, all of them in `parts`.
        specs: the indicators wanted.

    Returns:
        for each area a table: index indicator id; value, lower_ci, upper_ci, numerator,
        denominator, flag. `estimated` where withheld or missing parts could move the figure
        by 2 %, or where another weight stands for the one of the wards.
    """
    matrix = _make_members(parts.index, members)
    figures = {spec.indicator.id: _compute_one(parts, matrix, spec) for spec in specs}
    tables = []
    for place in range(len(members)):
        rows = {name: {k: v[place] for k, v in found.items()} for name, found in figures.items()}
        tables.append(pd.DataFrame.from_dict(rows, orient="index").rename_axis("indicator_id"))
    return tables


def _make_members(codes: pd.Index, members: Sequence[Sequence[str]]) -> sparse.csr_matrix:
    rows = np.repeat(np.arange(len(members)), [len(group) for group in members])
    columns = codes.get_indexer([code for group in members for code in group])
    shape = (len(members), len(codes))
    return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape)


def _compute_one(
    parts: pd.DataFrame, matrix: sparse.csr_matrix, spec: LsoaIndicator
) -> dict[str, npt.NDArray]:
    from data.compute import compute_limits

    indicator = spec.indicator
    figures = _add_up(parts, matrix, spec)
    lower, upper = compute_limits(figures, indicator)
    flag = figures.flag
    if not spec.exact:
        flag = np.where((flag == "") & ~np.isnan(figures.value), ESTIMATED, flag)
    return {
        "value": figures.value,
        "lower_ci": lower,
        "upper_ci": upper,
        "numerator": figures.numerator,
        "denominator": figures.denominator,
        "flag": flag,
    }


def _add_up(parts: pd.DataFrame, matrix: sparse.csr_matrix, spec: LsoaIndicator) -> Figures:
    indicator = spec.indicator
    amount = parts[indicator.id].to_numpy(dtype=float)
    if indicator.aggregation == "sum":
        return aggregation.add_up(matrix, aggregation.make_parts(amount, spec.hidden))
    over = parts[list(spec.over)].to_numpy(dtype=float).sum(axis=1)
    if indicator.aggregation == "ratio":
        top = aggregation.make_parts(amount, spec.hidden)
        bottom = aggregation.make_parts(over)
        return aggregation.add_up_ratio(matrix, top, bottom, indicator.multiplier)
    figures = aggregation.average(matrix, amount, over)
    if indicator.aggregation == "weighted_mean":
        return figures
    # A share of people is a count of people, so it can be added up again.
    people = figures.value / indicator.multiplier * figures.denominator
    return Figures(figures.value, people, figures.denominator, people, people, figures.flag)
