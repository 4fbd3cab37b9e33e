"""The interface both engines have."""

from __future__ import annotations

from typing import Protocol

from django.db.models import Q

from search.index.wanted import Only, Statement, Wanted

__all__ = [
    "FIRST_CANDIDATES",
    "MAX_CANDIDATES",
    "MAX_OWN_CANDIDATES",
    "Engine",
    "Statement",
    "newest",
]

# Entries that an engine answers, the best of those it looked at, which stand best in the stored
# order: exact scores over every hit of a frequent word cost hundreds of milliseconds at a million
# pins. For a first page, with its guides, fewer will do, unless all its words are very frequent
# ones (search/results.py, MANY): whoever goes on asks for all of them.
MAX_CANDIDATES = 1000
FIRST_CANDIDATES = 300
MAX_OWN_CANDIDATES = 500


class Engine(Protocol):
    def found(
        self,
        wanted: Wanted | None,
        *,
        person_id: int | None,
        only: Only,
        most: int = MAX_CANDIDATES,
    ) -> Statement:
        """SQL and parameters of a query with the columns pin_id and score (higher is better).

        Looks into public entries and, with person_id, into that person's own. The score is for
        what is wanted; only narrows. wanted: None for facts alone, of which only has some.
        most: entries of either kind; MAX_OWN_CANDIDATES of one's own at most.
        """
        ...

    def starts_with(self, column: str, beginning: str) -> Q:
        """The condition that a folded text begins like this, in a way that uses its index."""
        ...

    def lock(self) -> None:
        """Until the end of the transaction nobody else changes the index."""
        ...

    def settle(self) -> None:
        """Bring what has outgrown its bounds back into them; called once a minute."""
        ...


def newest(only: Only, *, most: int) -> Statement:
    """The same answer as Engine.found for no words at all: what is new. Score is the pin's id.

    only: its tokens are words, and Engine.found's.
    """
    if only.within:
        where, values = only.where("id")
        sql = f"SELECT id AS pin_id, id AS score FROM pins_pin WHERE 1 = 1{where}"
        return f"{sql} ORDER BY id DESC LIMIT {most}", values
    sql = (
        f"SELECT pin_id, pin_id AS score FROM search_publicentry ORDER BY pin_id DESC LIMIT {most}"
    )
    return sql, []
