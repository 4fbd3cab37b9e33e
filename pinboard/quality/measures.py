"""nDCG and what guides are worth: pure arithmetic over numbers and sets."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from itertools import combinations


def ndcg(ranking: Sequence[int], grades: Mapping[int, int], *, depth: int = 10) -> float:
    """Normalised discounted cumulative gain, gain 2^grade - 1 (Järvelin, Kekäläinen 2002; Burges
    et al. 2005). ranking: best first, none twice. grades: of everything judged above 0.

    1 for the best possible order, 0 for nothing of worth; NaN where nothing is judged.
    """
    best = _gained(sorted(grades.values(), reverse=True)[:depth])
    return _gained(grades.get(one, 0) for one in ranking[:depth]) / best if best else math.nan


def _gained(grades: Iterable[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def mean(values: Collection[float]) -> float:
    return sum(values) / len(values) if values else math.nan


def coverage(selected: Iterable[Set[int]], everything: Set[int]) -> float:
    """The part of a set that at least one guide leads to."""
    reached: set[int] = set()
    for each in selected:
        reached |= each
    return len(reached & everything) / len(everything) if everything else math.nan


def redundancy(selected: Sequence[Set[int]]) -> float:
    """How much of the same two guides lead to, on average over all pairs (Jaccard); NaN for one."""
    pairs = [len(one & other) / len(one | other) for one, other in combinations(selected, 2)]
    return mean(pairs)
