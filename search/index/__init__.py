"""Two engines behind one small interface: SQLite's FTS5 and PostgreSQL's full text.

An engine turns what is wanted (wanted.py) into SQL that answers (pin_id, score), bounded. What
of that a person may see is decided outside, by the pins' one door.
"""

from __future__ import annotations

from functools import cache

from django.db import connection

from search.index.engine import Engine
from search.index.wanted import All, Any, Only, Phrase, Wanted

__all__ = ["All", "Any", "Engine", "Only", "Phrase", "Wanted", "engine"]


def engine() -> Engine:
    """The engine of the default database."""
    return _engine(connection.vendor)


@cache
def _engine(vendor: str) -> Engine:
    if vendor == "postgresql":
        from search.index.postgres import PostgresEngine

        return PostgresEngine()
    from search.index.sqlite import SqliteEngine

    return SqliteEngine()
