"""Rows of the index in the order people see: whoever says more first, then saves and freshness.

The best of them by the engine's score are put in order by ours (ranking.py); the rest stay as the
engine has them: hardly anybody comes so far.
"""

from __future__ import annotations

import math
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone

# What saves and freshness may add to a text score of at most 1, and how fast freshness fades.
SAVES_WEIGHT = 0.08
FRESH_WEIGHT = 0.04
FRESH_DAYS = 90
# More than any score: what lies in a better band comes first.
BAND = 2_000_000


@dataclass(frozen=True, slots=True)
class Hit:
    """score: millionths, so that a cursor can carry it exactly. is_exact: whether it has all that
    was asked for."""

    pin_id: int
    score: int
    is_public: bool
    is_exact: bool = True


# pin_id, the engine's score, whether it is public, how often it was saved, when it was made (ISO).
Row = tuple[int, float, bool, int, str]


def newest_first(rows: list[Row]) -> list[Hit]:
    """Newest first."""
    hits = [Hit(row[0], row[0], bool(row[2])) for row in rows]
    return sorted(hits, key=lambda hit: -hit.pin_id)


def best_first(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row[1], -row[0]))


def in_order(
    exact: Sequence[Row], near: Sequence[Row], ours: Mapping[int, float], *, ranked: int
) -> list[Hit]:
    """The best by our own scores, whoever says more first; then the rest by the engine's, what has
    everything before what has a part of it.

    ours: by pin, from 0 to about 1, for the first so many of both.
    """
    is_exact = {row[0] for row in exact}
    bands = ([*exact[:ranked], *near[:ranked]], exact[ranked:], near[ranked:])
    hits: list[Hit] = []
    for below, rows in enumerate(bands):
        floor = (len(bands) - below) * BAND
        if below:
            hits += _as_they_are(rows, floor, is_exact)
        else:
            hits += scored(rows, ours, floor, is_exact)
    return hits


def _as_they_are(rows: Sequence[Row], floor: int, is_exact: Container[int]) -> list[Hit]:
    """In the engine's order."""
    best = (rows[0][1] if rows else 0) or 1.0
    return [
        Hit(pin_id, floor + int(score / best * 1_000_000), bool(is_public), pin_id in is_exact)
        for pin_id, score, is_public, _, _ in rows
    ]


def scored(
    rows: Sequence[Row], ours: Mapping[int, float], floor: int, is_exact: Container[int]
) -> list[Hit]:
    """Text relevance from 0 to 1 within these rows, and what saves and freshness add.

    ours: by pin. floor: under the score of each.
    """
    if not rows:
        return []
    texts = [ours.get(row[0], 0.0) for row in rows]
    best = max(texts) or 1.0
    most = math.log1p(max(5, *(row[3] for row in rows)))
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    hits = []
    for text, (pin_id, _, is_public, saves, created) in zip(texts, rows, strict=True):
        days = max(0, (today - _moment(created)).days)
        score = (
            text / best
            + SAVES_WEIGHT * math.log1p(saves) / most
            + FRESH_WEIGHT * math.exp(-days / FRESH_DAYS)
        )
        whole = floor + int(score * 1_000_000)
        hits.append(Hit(pin_id, whole, bool(is_public), pin_id in is_exact))
    return sorted(hits, key=lambda hit: (-hit.score, -hit.pin_id))


def _moment(text: str) -> datetime:
    """SQLite means UTC without saying so."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
