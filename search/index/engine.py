"""The interface both engines have."""

from __future__ import annotations

from typing import Protocol

from django.db.models import Q

from search.index.wanted import Wanted

# Entries that are scored, newest first. Exact scores over every hit of a frequent word cost
# hundreds of milliseconds at a million pins; over this many they cost a few.
MAX_CANDIDATES = 2000
MAX_OWN_CANDIDATES = 500

Statement = tuple[str, list[str | int]]


class Engine(Protocol):
    def found(self, wanted: Wanted, *, person_id: int | None) -> Statement:
        """SQL and parameters of a query with the columns pin_id and score (higher is better).

        Looks into public entries and, with person_id, into that person's own.
        """
        ...

    def starts_with(self, column: str, beginning: str) -> Q:
        """The condition that a folded text begins like this, in a way that uses its index."""
        ...

    def lock(self) -> None:
        """Until the end of the transaction nobody else changes the index."""
        ...


def newest() -> Statement:
    """The same answer as Engine.found for no words at all: what is new. Score is the pin's id."""
    sql = (
        "SELECT pin_id, pin_id AS score FROM search_publicentry"
        f" ORDER BY pin_id DESC LIMIT {MAX_CANDIDATES}"
    )
    return sql, []
