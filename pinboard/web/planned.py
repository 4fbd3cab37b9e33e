"""Statements that PostgreSQL parses and plans once for each connection, not for every request.

Planning a page's queries takes it about as long as answering them. Django binds values on our
side, which makes every statement a new one; here they are sent beside it, and psycopg asks for
the same statement by its name the next time.
https://www.psycopg.org/psycopg3/docs/advanced/prepare.html

Only for statements whose text is always the same, with few hits whatever the values: after a few
times PostgreSQL makes one plan for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from django.db import connection
from psycopg import Connection, Cursor
from psycopg.types.numeric import Int8Dumper

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper
    from psycopg.abc import Params


class PlannedCursor(Cursor[tuple[Any, ...]]):
    """Prepares what it executes. Whole numbers have one type: for another it is planned anew."""

    def __init__(self, of: Connection[Any]) -> None:
        super().__init__(of)
        self.adapters.register_dumper(int, Int8Dumper)

    def execute(
        self,
        query: Any,
        params: Params | None = None,
        *,
        prepare: bool | None = True,
        binary: bool | None = None,
    ) -> Self:
        return super().execute(query, params, prepare=prepare, binary=binary)


@contextmanager
def planned_cursor() -> Iterator[CursorWrapper]:
    """Django's cursor, counted and checked as any, around one that prepares. PostgreSQL only."""
    with connection.cursor() as cursor:
        cursor.cursor.close()
        cursor.cursor = PlannedCursor(connection.connection)
        yield cursor
