"""Search in SQLite's FTS5."""

from __future__ import annotations

from django.db.models import Q

from search.index.engine import MAX_CANDIDATES, MAX_OWN_CANDIDATES, Statement
from search.index.wanted import All, Either, Only, Phrase, Wanted, narrowed

# title, boards, data, body.
WEIGHTS = "8.0, 4.0, 3.0, 1.0"
# About a millisecond for each thousand.
MAX_SCORED = 8000
_PUBLIC = f"""
SELECT * FROM (
    SELECT rowid AS pin_id, -bm25(search_public_fts, {WEIGHTS}) AS score
    FROM search_public_fts WHERE search_public_fts MATCH %s{{where}}
    ORDER BY rowid DESC LIMIT {MAX_SCORED}
) ORDER BY score DESC LIMIT {MAX_CANDIDATES}
"""
_OWN = f"""
SELECT * FROM (
    SELECT own.pin_id AS pin_id, -bm25(search_own_fts, {WEIGHTS}) AS score
    FROM search_own_fts JOIN search_ownentry own ON own.id = search_own_fts.rowid
    WHERE search_own_fts MATCH %s AND own.person_id = %s{{where}}
    ORDER BY search_own_fts.rowid DESC LIMIT {MAX_OWN_CANDIDATES}
)
"""
_LAST = "\U0010ffff"


class SqliteEngine:
    def found(self, wanted: Wanted, *, person_id: int | None, only: Only) -> Statement:
        match = write(narrowed(wanted, only))
        # The plus keeps SQLite at walking the matches; it would ask FTS5 once for every pin.
        where, values = only.where("+rowid")
        public = _PUBLIC.format(where=where)
        if person_id is None:
            return public, [match, *values]
        own_where, _ = only.where("own.pin_id")
        own = _OWN.format(where=own_where)
        hits = f"SELECT * FROM ({public}) UNION ALL {own}"
        both = f"SELECT pin_id, max(score) AS score FROM ({hits}) GROUP BY pin_id"
        return both, [match, *values, match, person_id, *values]

    def starts_with(self, column: str, beginning: str) -> Q:
        """A range: SQLite's LIKE knows no index on a column that tells big letters from small."""
        return Q(**{f"{column}__gte": beginning, f"{column}__lt": beginning + _LAST})

    def lock(self) -> None:
        """Transactions are immediate here: whoever writes is alone already."""


def write(wanted: Wanted) -> str:
    """As an FTS5 expression. Every stem is quoted, so that nothing typed becomes syntax."""
    if isinstance(wanted, All):
        return " AND ".join(f"({write(part)})" for part in wanted.parts)
    if isinstance(wanted, Either):
        return " OR ".join(f"({write(part)})" for part in wanted.parts)
    return " OR ".join(_phrase(phrase) for phrase in wanted.parts)


def _phrase(phrase: Phrase) -> str:
    quoted = " + ".join('"' + stem.replace('"', '""') + '"' for stem in phrase.stems)
    if phrase.is_prefix:
        quoted += " *"
    return quoted if phrase.in_body else f"{{title boards data}} : ({quoted})"
