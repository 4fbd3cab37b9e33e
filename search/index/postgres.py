"""Search in PostgreSQL's full text, without any extension."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q

from search.index.engine import MAX_CANDIDATES, MAX_OWN_CANDIDATES, Statement
from search.index.wanted import All, Either, Only, Phrase, Wanted, narrowed

# D, C, B, A: body, data, boards, title. 1: divided by 1 + log of the length.
_RANK = "ts_rank_cd('{{0.1, 0.3, 0.4, 1.0}}', lexemes, %s::tsquery, 1)"
# Dearer here than in FTS5: each reads the entry's words.
MAX_SCORED = 4000
_PUBLIC = f"""
SELECT pin_id, {_RANK} AS score FROM (
    SELECT pin_id, lexemes FROM search_publicentry WHERE lexemes @@ %s::tsquery{{where}}
    ORDER BY pin_id DESC LIMIT {MAX_SCORED}
) AS public ORDER BY score DESC LIMIT {MAX_CANDIDATES}
"""
_OWN = f"""
SELECT pin_id, {_RANK} AS score FROM (
    SELECT pin_id, lexemes FROM search_ownentry
    WHERE lexemes @@ %s::tsquery AND person_id = %s{{where}}
    ORDER BY id DESC LIMIT {MAX_OWN_CANDIDATES}
) AS own
"""
# Any number that nobody else of us locks.
_LOCK = 7_465_261


class PostgresEngine:
    def found(self, wanted: Wanted, *, person_id: int | None, only: Only) -> Statement:
        # Ranked by the words alone: facts stand far behind them, as if all were far apart.
        rank, match = write(wanted), write(narrowed(wanted, only))
        where, values = only.where("pin_id")
        public = _PUBLIC.format(where=where)
        if person_id is None:
            return public, [rank, match, *values]
        own = _OWN.format(where=where)
        both = (
            f"SELECT pin_id, max(score) AS score FROM (({public}) UNION ALL {own}) AS hits"
            " GROUP BY pin_id"
        )
        return both, [rank, match, *values, rank, match, person_id, *values]

    def starts_with(self, column: str, beginning: str) -> Q:
        return Q(**{f"{column}__startswith": beginning})

    def lock(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def write(wanted: Wanted) -> str:
    """As a tsquery. Every stem is quoted, so that nothing typed becomes syntax."""
    if isinstance(wanted, All):
        return " & ".join(f"({write(part)})" for part in wanted.parts)
    if isinstance(wanted, Either):
        return " | ".join(f"({write(part)})" for part in wanted.parts)
    return " | ".join(f"({_phrase(phrase)})" for phrase in wanted.parts)


def _phrase(phrase: Phrase) -> str:
    where = "" if phrase.in_body else "ABC"
    last = len(phrase.stems) - 1
    parts = []
    for place, stem in enumerate(phrase.stems):
        flags = ("*" if phrase.is_prefix and place == last else "") + where
        parts.append(
            "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'" + (flags and ":" + flags)
        )
    return " <-> ".join(parts)
