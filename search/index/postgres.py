"""Search in PostgreSQL's full text, without any extension.

It has no index that gives the hits of a word in an order of ours: to find the best 2,000 of
150,000 it would fetch them all. So the entries that stand best have a small table of their own,
search_best, kept by a trigger (migration 0018), where the hits of a frequent word are few. All
entries are asked only where that table has not enough.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Q

from search.index.engine import MAX_CANDIDATES, MAX_OWN_CANDIDATES, Statement
from search.index.wanted import All, Either, Only, Phrase, Wanted, narrowed

# D, C, B, A: body, data, boards, title. 1: divided by 1 + log of the length.
_RANK = "ts_rank('{0.1, 0.3, 0.4, 1.0}', lexemes, %s::tsquery, 1)"
# Dearer here than in FTS5: each reads the entry's words.
MAX_SCORED = 2000
# With fewer hits among the best, the others are looked at as well.
ENOUGH = 300
# Of the best, how many are left when there are too many, and how many are too many. Whose hits
# among them are fewer than ENOUGH has about 5,000 among a million entries: those can be fetched.
MOST_BEST = 90_000
KEPT_BEST = 60_000
# The sum keeps the planner from walking all places in their order, however rare the words are.
_ORDER = f" ORDER BY place + 0 DESC LIMIT {MAX_SCORED}"
_MATCHING = "lexemes @@ %s::tsquery"
_HITS = f"SELECT pin_id, lexemes FROM {{table}} WHERE {_MATCHING}"
_FLOOR = "(SELECT place FROM search_best_floor)"
_OTHERS = f" AND {_FLOOR} > 0 AND (SELECT count(*) FROM best) < {ENOUGH} AND place < {_FLOOR}"
_MOVE_FLOOR = """
UPDATE search_best_floor SET place = coalesce(
    (SELECT place FROM search_publicentry ORDER BY place DESC LIMIT 1 OFFSET %s), 0)
"""
_FILL_BEST = f"""
INSERT INTO search_best SELECT pin_id, place, lexemes FROM search_publicentry
WHERE place >= {_FLOOR} ON CONFLICT DO NOTHING
"""
_OWN = f"SELECT pin_id, lexemes FROM search_ownentry WHERE {_MATCHING} AND person_id = %s"
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
        public, given = _public(match, where, values)
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

    def settle(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT (SELECT count(*) FROM search_best), {_FLOOR}")
            best, floor = cursor.fetchone()
            is_right = best >= KEPT_BEST // 2 if floor else best > 0
            if best <= MOST_BEST and is_right:
                return
            # Whoever writes entries reads the floor under this lock.
            self.lock()
            cursor.execute(_MOVE_FLOOR, [KEPT_BEST - 1])
            cursor.execute(f"DELETE FROM search_best WHERE place < {_FLOOR}")
            cursor.execute(_FILL_BEST)


def _public(match: str, where: str, values: Sequence[str | int]) -> Statement:
    """Hits with their lexemes, those that stand best; where and values narrow them."""
    everywhere = _HITS.format(table="search_publicentry")
    if where:
        # So few pins are left that there is no knowing whether they are among the best.
        return f"{everywhere}{where}{_ORDER}", [match, *values]
    sql = (
        f"WITH best AS MATERIALIZED ({_HITS.format(table='search_best')}{_ORDER}),"
        f" others AS MATERIALIZED ({everywhere}{_OTHERS}{_ORDER})"
        " SELECT * FROM best UNION ALL SELECT * FROM others"
    )
    return sql, [match, match]


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
