"""Whether a server's memory is flat, and how fast it grows where it is not.

Flat means: the median of the last third of the run is at most a tenth above the median of the
middle third. The first third is left out: the server still imports libraries and fills its
caches, all of which are bounded. Medians, because a report pack or an upload takes memory for
seconds and gives it back. The growth per hour is the median of the slopes between all pairs of
samples of the last two thirds (Theil and Sen), which single peaks do not move either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

import psutil

#: The last third may be this much above the middle third.
MOST_GROWTH = 0.10
#: So many samples in each third, at least, or nothing is said.
FEWEST = 3


@dataclass(frozen=True)
class Sample:
    """Seconds since the start; megabytes that the server has alone, and those of its helpers."""

    seconds: float
    server: float
    helpers: float = 0.0


@dataclass(frozen=True)
class Verdict:
    """Medians of the three thirds in MB, growth from the middle to the last one, MB per hour."""

    thirds: tuple[float, float, float]
    growth: float
    per_hour: float

    @property
    def is_flat(self) -> bool:
        """Whether the last third is no more than a tenth above the middle one."""
        return self.growth <= MOST_GROWTH


def judge(samples: Sequence[Sample]) -> Verdict | None:
    """Judge the server's memory over a run; None where too few samples were taken.

    Args:
        samples: in the order they were taken.
    """
    third = len(samples) // 3
    if third < FEWEST:
        return None
    parts = (samples[:third], samples[third:-third], samples[-third:])
    first, middle, last = (median(sample.server for sample in part) for part in parts)
    later = samples[third:]
    slopes = [(b.server - a.server) / (b.seconds - a.seconds)
              for a, b in combinations(later, 2) if b.seconds > a.seconds]  # fmt: skip
    return Verdict((first, middle, last), last / middle - 1, 3600 * median(slopes))


def measure(process: psutil.Process, seconds: float) -> Sample:
    """Measure what the server and the processes it started have alone (USS)."""
    helpers = 0.0
    for child in process.children(recursive=True):
        try:
            helpers += child.memory_full_info().uss / 1e6
        except psutil.Error:  # it ended meanwhile: one job of a file that was read
            continue
    return Sample(seconds, process.memory_full_info().uss / 1e6, helpers)
