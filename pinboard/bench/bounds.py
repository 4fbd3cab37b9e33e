"""What the bounds of a search cost in relevance: its best ten beside the best ten of everything.

A search looks at those hits of a frequent word that stand best in the stored order, not at all of
them. Here every hit is put in order by the same scores, however long that takes. The value of ten
pins is the sum of their scores among all: 1 means that ours are worth as much as the best there
are. It says nothing about the scores themselves; `manage.py quality` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from pinboard.pins.models import Pin
from search.index import Wanted, postgres, sqlite
from search.index.engine import FIRST_CANDIDATES
from search.ordering import Row, scored
from search.question import Question
from search.ranking import Said, scores
from search.results import find
from search.standing import PIN_MASK
from search.things import with_thing
from search.understanding import understand
from search.vocabulary import common_roots

SHOWN: Final = 10
CHUNK: Final = 2000
ALL_HITS: Final = {
    "sqlite": f"SELECT rowid & {PIN_MASK} FROM search_public_fts"
    " WHERE search_public_fts MATCH %s ORDER BY rowid DESC",
    "postgresql": "SELECT pin_id FROM search_publicentry"
    " WHERE lexemes @@ %s::tsquery ORDER BY place DESC",
}


def kept_value(query: str) -> float | None:
    """Of the best ten's value, the share that a search has; None for words that nothing says."""
    question = Question(query)
    understood = understand(question)
    if understood.wanted is None:
        return None
    found = find(question, viewer=AnonymousUser(), most=FIRST_CANDIDATES)
    values = _values(understood.wanted, understood.parts)
    ours = [values[hit.pin_id] for hit in found.exact[:SHOWN] if hit.pin_id in values]
    best = sorted(values.values(), reverse=True)[:SHOWN]
    return sum(ours) / sum(best) if best else None


def _values(wanted: Wanted, parts: tuple[Any, ...]) -> dict[int, float]:
    """By pin, of every public hit, the score that a search gives what it looks at."""
    rows: list[Row] = []
    texts: dict[int, float] = {}
    meant: Sequence[Any] = parts
    for pins in _hits(wanted):
        said = Said()
        said.add(pins, person_id=None)
        if not rows:
            meant = with_thing(parts, (title for title, *_ in said.texts.values()))
        texts |= scores(said.texts, meant, entries=common_roots()[1])
        rows += _rows(pins)
    return {hit.pin_id: float(hit.score) for hit in scored(rows, texts, 0, texts)}


def _hits(wanted: Wanted) -> Iterator[list[int]]:
    """Those that stand best first, as a search looks at them."""
    vendor = connection.vendor
    write = postgres.write if vendor == "postgresql" else sqlite.write
    with connection.cursor() as cursor:
        cursor.execute(ALL_HITS[vendor], [write(wanted)])
        pins = [row[0] for row in cursor.fetchall()]
    for start in range(0, len(pins), CHUNK):
        yield pins[start : start + CHUNK]


def _rows(pins: list[int]) -> list[Row]:
    """As a search reads them: pin, the engine's score, public or not, saves, when it was made."""
    fields = ("pk", "is_public", "save_count", "created")
    known = Pin.objects.filter(pk__in=pins).values_list(*fields)
    return [(pk, 0.0, is_public, saves, str(created)) for pk, is_public, saves, created in known]
