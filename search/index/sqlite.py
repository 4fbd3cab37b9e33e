"""Search in SQLite's FTS5."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from search.index.engine import MAX_CANDIDATES, MAX_OWN_CANDIDATES, Statement
from search.index.wanted import All, Either, Only, Phrase, Wanted, commonest, narrowed
from search.standing import PIN_MASK
from search.text import owner_token

# title, boards, data, body.
WEIGHTS = "8.0, 4.0, 3.0, 1.0"
# Scored by FTS5, which walks all hits of a word before the first score; a millisecond for each
# thousand. Words that stand in more entries than COMMON are not scored: those hits that stand
# best in the stored order are looked at, titles first.
MAX_SCORED = 4000
COMMON = 20_000
# Of the entries that are answered, this part with the words in the title, and as many others.
OF_EITHER = 0.7
_SCORED = f"""
SELECT * FROM (
    SELECT rowid & {PIN_MASK} AS pin_id, -bm25(search_public_fts, {WEIGHTS}) AS score
    FROM search_public_fts WHERE search_public_fts MATCH %s{{where}}
    ORDER BY rowid DESC LIMIT {MAX_SCORED}
) ORDER BY score DESC LIMIT {{most}}
"""
# The score says nothing but the order: titles first, and the standing below 1.
_STANDING = f"""
SELECT * FROM (
    SELECT rowid & {PIN_MASK} AS pin_id, {{above}} + rowid / {2.0**63!r} AS score
    FROM search_public_fts WHERE search_public_fts MATCH %s{{where}}
    ORDER BY rowid DESC LIMIT {{most}}
)
"""
# Whose it is stands in the entry as a word: the others' hits are not even walked. Those that
# cannot be scored quickly stand between titles and the rest.
_OWN = """
SELECT * FROM (
    SELECT own.pin_id AS pin_id, {score} AS score
    FROM search_own_fts JOIN search_ownentry own ON own.id = search_own_fts.rowid
    WHERE search_own_fts MATCH %s AND own.person_id = %s{where}
    ORDER BY search_own_fts.rowid DESC LIMIT {most}
)
"""
_OWN_SCORE = f"-bm25(search_own_fts, {WEIGHTS})"
_LAST = "\U0010ffff"


class SqliteEngine:
    def found(
        self,
        wanted: Wanted | None,
        *,
        person_id: int | None,
        only: Only,
        most: int = MAX_CANDIDATES,
    ) -> Statement:
        # The plus keeps SQLite at walking the matches; it would ask FTS5 once for every pin.
        where, values = only.where(f"+(rowid & {PIN_MASK})")
        parts = [
            (sql.format(where=where), [match, *values]) for sql, match in _ways(wanted, only, most)
        ]
        if person_id is not None:
            own_where, _ = only.where("own.pin_id")
            match = f"({write(narrowed(wanted, only))}) AND {owner_token(person_id)}"
            score = _OWN_SCORE if _is_scored(wanted, only) else "1.0"
            own = [match, person_id, *values]
            parts.append(
                (_OWN.format(score=score, where=own_where, most=min(most, MAX_OWN_CANDIDATES)), own)
            )
        hits = " UNION ALL ".join(f"SELECT * FROM ({sql})" for sql, _ in parts)
        asked = [value for _, given in parts for value in given]
        if len(parts) == 1:
            return hits, asked
        return f"SELECT pin_id, max(score) AS score FROM ({hits}) GROUP BY pin_id", asked

    def starts_with(self, column: str, beginning: str) -> Q:
        """A range: SQLite's LIKE knows no index on a column that tells big letters from small."""
        return Q(**{f"{column}__gte": beginning, f"{column}__lt": beginning + _LAST})

    def lock(self) -> None:
        """Transactions are immediate here: whoever writes is alone already."""

    def settle(self) -> None:
        """FTS5 merges its parts itself while it is written."""


def _ways(wanted: Wanted | None, only: Only, most: int) -> Iterator[tuple[str, str]]:
    """Public hits: statements with a gap {where}, and what each is to match."""
    match = write(narrowed(wanted, only))
    if _is_scored(wanted, only):
        yield _SCORED.format(where="{where}", most=most), match
        return
    part = int(OF_EITHER * most)
    if wanted is not None:
        facts = "".join(f" AND ({write(part)})" for part in only.parts())
        titled = f"({{title}} : ({write(wanted)})){facts}"
        yield _STANDING.format(above=1, most=part, where="{where}"), titled
    yield _STANDING.format(above=0, most=part, where="{where}"), match


def _is_scored(wanted: Wanted | None, only: Only) -> bool:
    return wanted is not None and not only.tokens and commonest(wanted) <= COMMON


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
