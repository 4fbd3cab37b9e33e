"""Percentiles by the nearest rank, and how aims are judged."""

from __future__ import annotations

import math

import pytest

from pinboard.bench.report import aim, table
from pinboard.bench.sums import percentile, spread


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([7.0], 50, 7.0),
        ([7.0], 99, 7.0),
        ([1.0, 2.0], 50, 1.0),
        ([1.0, 2.0], 51, 2.0),
        ([float(n) for n in range(1, 101)], 50, 50.0),
        ([float(n) for n in range(1, 101)], 95, 95.0),
        ([float(n) for n in range(1, 101)], 99, 99.0),
        ([float(n) for n in range(1, 101)], 100, 100.0),
        ([float(n) for n in range(1, 1001)], 99.9, 999.0),
        ([1.0, 2.0, 3.0], 0.1, 1.0),
    ],
)
def test_a_percentile_is_the_value_of_the_nearest_rank(values, percent, expected):
    assert percentile(values, percent) == expected


def test_nothing_measured_is_not_a_number():
    assert math.isnan(percentile([], 50))


def test_a_spread_sorts_and_speaks_milliseconds():
    found = spread([0.004, 0.001, 0.003, 0.002])
    assert (found.count, found.p50, found.p95, found.longest) == (4, 2.0, 4.0, 4.0)


@pytest.mark.parametrize(
    ("reached", "verdict"), [(109.9, "MISSED"), (110.0, "reached"), (350.0, "reached")]
)
def test_a_missed_aim_is_called_missed(reached, verdict):
    assert aim("feed pages a second", reached, 110).endswith(f"{verdict}.")


def test_a_table_lines_up():
    assert list(table(["page", "ms"], [["feed", "1"], ["a longer name", "10.5"]])) == [
        "| page          |   ms |",
        "| ------------- | ---: |",
        "| feed          |    1 |",
        "| a longer name | 10.5 |",
    ]
