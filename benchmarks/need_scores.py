"""How long need scores and their rank stability take, and how much memory.

python -m benchmarks.need_scores
"""

from __future__ import annotations

import resource
import time

import pandas as pd

from analysis.need_scores import (
    ActionAreaInput,
    ScoredIndicator,
    WardFigures,
    compute_need,
    direction_of,
    make_ward_figures,
)
from analysis.rank_stability import DRAWS, compute_rank_stabilities
from data.catalogue import load_catalogue
from data.load import load_areas, load_newest

ENGLAND = "E92000001"
PLACES = {"Huntingdonshire": "E07000011", "Devon": "E10000008", "England": ENGLAND}
AREAS = 5
PER_AREA = 6
# The goals: seconds for the rank stability of a council's areas, and of seven for England.
GOAL_AREAS = 7
GOALS = {"Huntingdonshire": 0.5, "Devon": 0.5, "England": 10.0}
GOAL_MEGABYTES = 600


def made_up_areas(count: int = AREAS) -> tuple[ActionAreaInput, ...]:
    """Action areas for timing: judged ward indicators, those with an interval first."""
    catalogue = load_catalogue()
    judged = [catalogue.indicators[i] for i in catalogue.ward_indicators]
    judged = [i for i in judged if i.polarity != "no_judgement" and i.ranked]
    # In turn with and without an interval, as a real strategy would have them.
    drawn = [i for i in judged if i.interval != "none"]
    fixed = [i for i in judged if i.interval == "none"]
    mixed = [i for pair in zip(drawn * 3, fixed, strict=False) for i in pair]
    areas = []
    for number in range(count):
        chosen = [mixed[(number * PER_AREA + n) % len(mixed)] for n in range(PER_AREA)]
        weighted = tuple(
            ScoredIndicator(i, 1 + n % 3, direction_of(i)) for n, i in enumerate(chosen)
        )
        areas.append(ActionAreaInput(f"area_{number}", f"Area {number}", weighted))
    return tuple(areas)


def load_figures(areas: tuple[ActionAreaInput, ...]) -> WardFigures:
    """The newest figures of the indicators of some action areas."""
    ids = {scored.indicator.id for area in areas for scored in area.indicators}
    return make_ward_figures({i: load_newest(i) for i in ids}, wards_of(ENGLAND))


def wards_of(place: str) -> pd.Index:
    """Codes of the wards of a council, county or England."""
    table = load_areas()
    wards = table[table["area_type"] == "ward"]
    if place != ENGLAND:
        wards = wards[(wards["district_code"] == place) | (wards["county_code"] == place)]
    return wards.index


def measure(count: int = AREAS) -> None:
    """Print seconds for scores and for rank stability, place by place."""
    areas = made_up_areas(count)
    figures = load_figures(areas)
    print(f"{count} action areas x {PER_AREA} indicators, {DRAWS:,} draws")
    for name, code in PLACES.items():
        wards = wards_of(code)
        start = time.perf_counter()
        needs = [compute_need(area, figures, wards) for area in areas]
        scored, work = time.perf_counter(), time.process_time()
        compute_rank_stabilities(needs, figures)
        took, work = time.perf_counter() - scored, time.process_time() - work
        met = "met" if took <= GOALS[name] else "missed"
        print(
            f"{name:16s} {len(wards):5,} wards: scores {scored - start:5.3f} s, rank stability "
            f"{took:5.2f} s (of all cores {work:5.2f} s), "
            f"goal {GOALS[name]:.1f} s {met}"
        )


def main() -> None:
    """Measure, then say how much memory the process took at most."""
    measure()
    measure(GOAL_AREAS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"Memory of the process at most {peak:,.0f} MB, goal {GOAL_MEGABYTES} MB")


if __name__ == "__main__":
    main()
