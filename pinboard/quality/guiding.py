"""What guides are worth: how they cover and split a set, and how quickly they lead to one pin.

Somebody has one pin of a set in mind. Of the guides that lead to it they tap the one that leaves
the least, until the pin is among the few one sees at a glance. Where no guide leads to it they
look through what is there, a glance at a time, and each glance beyond the first counts as a tap.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Final, Protocol

from pinboard.quality.measures import coverage, mean, redundancy

GLANCE: Final = 10
FIRST: Final = 8
GOALS: Final = 10
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

    guides, coverage, redundancy: at the starts, on average. rows: sets of guides that were looked
    at, deeper ones too; too_few, too_many: guides among them that lead to less than FEWEST, or to
    more than LARGEST_SHARE.
    """

    starts: int
    guides: float
    coverage: float
    redundancy: float
    rows: int
    too_few: int
    too_many: int
    complaints: tuple[str, ...]
    taps: float
    stuck: float


def worth(guiding: Guiding, starts: Iterable[str], *, dice: Random) -> Worth:
    """Over all starts that lead to enough pins to be worth guiding."""
    covered, doubled, shown, walks = [], [], [], []
    rows: dict[Chain, None] = {}
    for start in starts:
        chain = (start,)
        everything = guiding.found(chain)
        if len(everything) < WORTH_GUIDING:
            continue
        selected = _selected(guiding, chain)
        shown.append(len(selected))
        covered.append(coverage(selected[:FIRST], everything))
        if len(selected) > 1:
            doubled.append(redundancy(selected[:FIRST]))
        goals = dice.sample(sorted(everything), GOALS)
        walks += [walk(guiding, chain, goal, rows) for goal in goals]
    sizes = [
        (len(each), len(guiding.found(chain)))
        for chain in rows
        for each in _selected(guiding, chain)
    ]
    return Worth(
        starts=len(shown),
        guides=mean(shown),
        coverage=mean(covered),
        redundancy=mean(doubled),
        rows=len(rows),
        too_few=sum(size < FEWEST for size, _ in sizes),
        too_many=sum(size > LARGEST_SHARE * whole for size, whole in sizes),
        complaints=tuple(complaint for chain in rows for complaint in _faults(guiding, chain)),
        taps=mean([taps for taps, _ in walks]),
        stuck=mean([is_stuck for _, is_stuck in walks]),
    )


def _selected(guiding: Guiding, chain: Chain) -> list[frozenset[int]]:
    everything = guiding.found(chain)
    return [guiding.found((*chain, guide)) & everything for guide in guiding.guides(chain)]


def _faults(guiding: Guiding, chain: Chain) -> Iterator[str]:
    yield from guiding.complaints(chain)
    guides = guiding.guides(chain)
    for left, right in same(_selected(guiding, chain)):
        yield f"{guides[left]!r} and {guides[right]!r} under {chain!r} say the same"


def walk(guiding: Guiding, chain: Chain, goal: int, rows: dict[Chain, None]) -> tuple[int, bool]:
    """(taps and further glances until the goal is seen, whether guides did not lead that far).

    rows: where guides are looked at on the way is added.
    """
    taps = 0
    while len(present := guiding.found(chain)) > GLANCE:
        rows[chain] = None
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
