"""Percentiles and rates: pure arithmetic."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


def percentile(ascending: Sequence[float], percent: float) -> float:
    """By the nearest rank: the smallest value that so many percent of all do not exceed.

    ascending: sorted. percent: above 0, at most 100. NaN when there is nothing.
    """
    if not ascending:
        return math.nan
    rank = math.ceil(percent * len(ascending) / 100)
    return ascending[max(rank, 1) - 1]


@dataclass(frozen=True, slots=True)
class Spread:
    """Durations in milliseconds."""

    count: int
    p50: float
    p95: float
    p99: float
    longest: float


def spread(seconds: Sequence[float]) -> Spread:
    """seconds: in any order."""
    ascending = sorted(1000 * each for each in seconds)
    return Spread(
        len(ascending),
        *(percentile(ascending, percent) for percent in (50, 95, 99, 100)),
    )
