"""What guides are worth: how they cover and split a set, and how quickly they lead to one pin.

Somebody has one pin of a set in mind. Of the guides that lead to it they tap the one that leaves
the least, until the pin is among the few one sees at a glance. Where no guide leads to it they
look through what is there, a glance at a time, and each glance beyond the first counts as a tap.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Final, Protocol

from pinboard.quality.measures import coverage, mean, redundancy

GLANCE: Final = 10
FIRST: Final = 8
GOALS: Final = 4
FEWEST: Final = 3
LARGEST_SHARE: Final = 0.8
SAME: Final = 0.7
# A start with less than this needs no guide.
WORTH_GUIDING: Final = 20

Chain = tuple[str, ...]


class Guiding(Protocol):
    """A search with guides. A chain begins with what was typed."""

    def found(self, chain: Chain) -> frozenset[int]: ...

    def guides(self, chain: Chain) -> Sequence[str]: ...

    def complaints(self, chain: Chain) -> Iterable[str]:
        """Guides that repeat the chain, or should be none at all, and why."""
        ...


@dataclass(frozen=True, slots=True)
class Worth:
    """taps: to one pin, glances included. stuck: part of the walks that ended in looking.

    too_few, too_many: guides that lead to less than FEWEST, or to more than LARGEST_SHARE.
    """

    starts: int
    guides: float
    coverage: float
    redundancy: float
    too_few: int
    too_many: int
    complaints: tuple[str, ...]
    taps: float
    stuck: float


def worth(guiding: Guiding, starts: Iterable[str], *, dice: Random) -> Worth:
    """Over all starts that lead to enough pins to be worth guiding."""
    covered, doubled, walks, shown = [], [], [], []
    few = many = 0
    complaints: list[str] = []
    for start in starts:
        chain = (start,)
        everything = guiding.found(chain)
        if len(everything) < WORTH_GUIDING:
            continue
        guides = guiding.guides(chain)
        selected = [guiding.found((*chain, guide)) & everything for guide in guides]
        shown.append(len(guides))
        covered.append(coverage(selected[:FIRST], everything))
        if len(guides) > 1:
            doubled.append(redundancy(selected[:FIRST]))
        few += sum(len(each) < FEWEST for each in selected)
        many += sum(len(each) > LARGEST_SHARE * len(everything) for each in selected)
        complaints += guiding.complaints(chain)
        pairs = ((guides[left], guides[right]) for left, right in same(selected))
        complaints += [
            f"{left!r} and {right!r} under {start!r} say the same" for left, right in pairs
        ]
        goals = dice.sample(sorted(everything), GOALS)
        walks += [walk(guiding, chain, goal) for goal in goals]
    return Worth(
        starts=len(shown),
        guides=mean(shown),
        coverage=mean(covered),
        redundancy=mean(doubled),
        too_few=few,
        too_many=many,
        complaints=tuple(complaints),
        taps=mean([taps for taps, _ in walks]),
        stuck=mean([is_stuck for _, is_stuck in walks]),
    )


def walk(guiding: Guiding, chain: Chain, goal: int) -> tuple[int, bool]:
    """(taps and further glances until the goal is seen, whether guides did not lead that far)."""
    taps = 0
    while len(present := guiding.found(chain)) > GLANCE:
        ways = [(*chain, guide) for guide in guiding.guides(chain)]
        leading = [(len(found), way) for way in ways if goal in (found := guiding.found(way))]
        smallest, way = min(leading, default=(len(present), chain))
        if smallest >= len(present):
            return taps + math.ceil(len(present) / GLANCE) - 1, True
        chain, taps = way, taps + 1
    return taps, False


def same(selected: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
    """Pairs of guides, by place, that lead to so much of the same that they say the same."""
    return [
        (left, right)
        for (left, one), (right, other) in combinations(enumerate(selected), 2)
        if len(one & other) >= SAME * len(one | other)
    ]
