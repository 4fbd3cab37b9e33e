"""The arithmetic, against values computed by hand."""

from __future__ import annotations

import math
from random import Random

import pytest

from pinboard.quality.guiding import FIRST, same, walk, worth
from pinboard.quality.measures import coverage, ndcg, redundancy

# 1 / log2(place + 2): 1, 0.63093, 0.5, 0.43068 ...


@pytest.mark.parametrize(
    ("ranking", "grades", "expected"),
    [
        # The best order: 7 + 3 * 0.63093 + 1 * 0.5 = 9.39279 over itself.
        ([1, 2, 3], {1: 3, 2: 2, 3: 1}, 1.0),
        # Backwards: 1 + 3 * 0.63093 + 7 * 0.5 = 6.39279; over 9.39279.
        ([3, 2, 1], {1: 3, 2: 2, 3: 1}, 0.680606),
        # Only the second place is of worth: 7 * 0.63093 over 7.
        ([8, 1], {1: 3}, 0.63093),
        # One of two: 7 over 7 + 7 * 0.63093.
        ([1, 8, 9], {1: 3, 2: 3}, 0.613147),
        ([8, 9], {1: 3}, 0.0),
        ([], {1: 1}, 0.0),
    ],
)
def test_ndcg_by_hand(ranking, grades, expected):
    assert ndcg(ranking, grades) == pytest.approx(expected, abs=1e-5)


def test_ndcg_looks_no_further_than_its_depth():
    assert ndcg([0] * 10 + [1], {1: 3}) == 0
    assert ndcg([8, 9, 1], {1: 3}, depth=2) == 0
    # Twelve pins of worth, ten places: ten of them are the best there is.
    assert ndcg(range(10), dict.fromkeys(range(12), 2)) == 1
    assert math.isnan(ndcg([1], {}))


def test_coverage_and_redundancy_by_hand():
    guides = [{1, 2, 3}, {3, 4}, {1, 2, 3}]
    assert coverage(guides, set(range(8))) == 0.5
    # Jaccard: 1/4, 3/3, 1/4.
    assert redundancy(guides) == pytest.approx(0.5)
    assert math.isnan(redundancy([{1}]))
    assert same([frozenset(range(10)), frozenset(range(7)), frozenset((9, 10))]) == [(0, 1)]


class Drawer:
    """A hundred things: halves and quarters of them are guides, and the last ones are in none."""

    names = {"low": range(50), "lower": range(25), "lowest": range(5), "high": range(50, 90)}

    def found(self, chain):
        present = frozenset(range(100))
        for guide in chain[1:]:
            present &= frozenset(self.names[guide])
        return present

    def guides(self, chain):
        return [name for name in self.names if name not in chain]

    def complaints(self, chain):
        return ["a fault"]


@pytest.mark.parametrize(
    ("goal", "taps", "stuck"),
    [
        (3, 1, False),  # lowest: five are left
        (20, 3, True),  # lower, then no guide leads to it in 25: two more glances
        (30, 5, True),  # low, then four more glances at 50
        (95, 9, True),  # in no guide: nine more glances at a hundred
    ],
)
def test_a_walk_takes_the_guide_that_leaves_least(goal, taps, stuck):
    rows: dict[tuple[str, ...], None] = {}
    assert walk(Drawer(), ("all",), goal, rows) == (taps, stuck)
    assert next(iter(rows)) == ("all",)


def test_the_worth_of_guides_by_hand():
    class Dice(Random):
        def sample(self, population, k, *, counts=None):
            return [3, 20, 30, 95]

    found = worth(Drawer(), ["all"], dice=Dice())
    assert FIRST >= 4
    assert (found.starts, found.guides, found.coverage) == (1, 4, 0.9)
    # Jaccard of low/lower, low/lowest, lower/lowest; nothing in common with high.
    assert found.redundancy == pytest.approx((25 / 50 + 5 / 50 + 5 / 25) / 6)
    # Guides were looked at in all, in its low ones and in its lower ones. In the low ones "high"
    # leads nowhere; in the lower ones neither, and "low" to all of them.
    assert (found.rows, found.too_few, found.too_many) == (3, 2, 1)
    assert found.complaints == ("a fault",) * 3
    assert (found.taps, found.stuck) == ((1 + 3 + 5 + 9) / 4, 0.75)
