"""Search in PostgreSQL's full text, without any extension."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import Q

from search.index.engine import MAX_CANDIDATES, MAX_OWN_CANDIDATES, Statement
from search.index.reach import lowest_place
from search.index.wanted import All, Either, Only, Phrase, Wanted, narrowed

# D, C, B, A: body, data, boards, title. 1: divided by 1 + log of the length.
_RANK = "ts_rank('{0.1, 0.3, 0.4, 1.0}', lexemes, %s::tsquery, 1)"
# Dearer here than in FTS5: each reads the entry's words.
MAX_SCORED = 2000
# With fewer hits among the best, the others are looked at as well.
ENOUGH = 400
# The sum keeps the planner from walking all places in their order, however rare the words are.
_HITS = "SELECT pin_id, lexemes FROM search_publicentry WHERE lexemes @@ %s::tsquery"
_BEST = f" ORDER BY place + 0 DESC LIMIT {MAX_SCORED}"
_SPARSE = f" AND place < %s AND (SELECT count(*) FROM best) < {ENOUGH}"
_OWN = "SELECT pin_id, lexemes FROM search_ownentry WHERE lexemes @@ %s::tsquery AND person_id = %s"
_NEWEST = " ORDER BY id DESC LIMIT "
# Any number that nobody else of us locks.
_LOCK = 7_465_261


class PostgresEngine:
    def found(
        self,
        wanted: Wanted | None,
        *,
        person_id: int | None,
        only: Only,
        most: int = MAX_CANDIDATES,
    ) -> Statement:
        # Ranked by the words alone: facts stand far behind them, as if all were far apart.
        match = write(narrowed(wanted, only))
        rank = write(wanted) if wanted else match
        where, values = only.where("pin_id")
        lowest = lowest_place(wanted, only, enough=MAX_SCORED)
        public, given = _public(match, where, values, lowest)
        public = (
            f"SELECT pin_id, {_RANK} AS score FROM ({public}) AS public"
            f" ORDER BY score DESC, pin_id DESC LIMIT {most}"
        )
        if person_id is None:
            return public, [rank, *given]
        newest = f"{_OWN}{where}{_NEWEST}{min(most, MAX_OWN_CANDIDATES)}"
        own = f"SELECT pin_id, {_RANK} AS score FROM ({newest}) AS own"
        both = (
            f"SELECT pin_id, max(score) AS score FROM (({public}) UNION ALL {own}) AS hits"
            " GROUP BY pin_id"
        )
        return both, [rank, *given, rank, match, person_id, *values]

    def starts_with(self, column: str, beginning: str) -> Q:
        return Q(**{f"{column}__startswith": beginning})

    def lock(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _public(match: str, where: str, values: Sequence[str | int], lowest: int) -> Statement:
    """Hits with their lexemes, those that stand best; where and values narrow them."""
    if not lowest:
        return f"{_HITS}{where}{_BEST}", [match, *values]
    best = f"{_HITS} AND place >= %s{where}{_BEST}"
    others = f"{_HITS}{_SPARSE}{where}{_BEST}"
    sql = (
        f"WITH best AS MATERIALIZED ({best}), others AS MATERIALIZED ({others})"
        " SELECT * FROM best UNION ALL SELECT * FROM others"
    )
    return sql, [match, lowest, *values, match, lowest, *values]


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
