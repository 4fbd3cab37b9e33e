"""How deep into the stored order PostgreSQL has to look for enough hits of frequent words.

It has no index that gives hits in an order, so it would fetch all 200,000 of a frequent word to
find the best 2,000. Told from which place on to look, it fetches little more than those. Both
numbers are guesses, from a sample and from word frequencies; what is missing is asked for after.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import reduce

from django.core.cache import cache
from django.db import connection

from search.index.wanted import All, Any, Either, Only, Wanted

CACHE_KEY = "search:places"
CACHE_SECONDS = 300
# Of all entries, and what share of them a fact is taken to hold for.
SAMPLED = 0.005
OF_A_FACT = 0.2
# With fewer entries or hits than this nothing has to be guessed.
FEW = 20_000
FEW_HITS = 5_000
# Words that stand together rarely stand together as often as chance would have it.
MARGIN = 2.0
_ENTRIES = "SELECT reltuples::bigint FROM pg_class WHERE oid = 'search_publicentry'::regclass"
_SAMPLE = f"SELECT place FROM search_publicentry TABLESAMPLE SYSTEM ({100 * SAMPLED})"


def lowest_place(wanted: Wanted | None, only: Only, *, enough: int) -> int:
    """The place from which on there are about so many hits; 0 where all may be looked at."""
    entries, places = _known()
    if entries < FEW or not places:
        return 0
    share = math.prod(OF_A_FACT for _ in only.tokens) * (_share(wanted, entries) if wanted else 1)
    hits = share * entries
    if hits <= FEW_HITS or only.within:
        return 0
    part = MARGIN * enough / hits
    return places[int(part * len(places))] if part < 1 else 0


def _share(wanted: Wanted, entries: int) -> float:
    """Of all entries, as if words knew nothing of each other."""
    if isinstance(wanted, Any):
        return min(1.0, wanted.uses / entries)
    if isinstance(wanted, All):
        return math.prod(_share(part, entries) for part in wanted.parts)
    assert isinstance(wanted, Either)
    return reduce(max, (_share(part, entries) for part in wanted.parts), 0.0)


def _known() -> tuple[int, Sequence[int]]:
    """(number of entries, sampled places, best first), up to five minutes old."""
    known: tuple[int, Sequence[int]] | None = cache.get(CACHE_KEY)
    if known is None:
        with connection.cursor() as cursor:
            cursor.execute(_ENTRIES)
            (entries,) = cursor.fetchone()
            cursor.execute(_SAMPLE if entries >= FEW else f"{_SAMPLE} LIMIT 0")
            known = entries, sorted((row[0] for row in cursor.fetchall()), reverse=True)
        cache.set(CACHE_KEY, known, CACHE_SECONDS)
    return known
