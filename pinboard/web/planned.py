"""Statements that PostgreSQL parses once for each connection, not for every request.

Parsing and planning a page's queries takes it about as long as answering them. Django binds values
on our side, which makes every statement a new one; here they are sent beside it, and psycopg asks
for the same statement by its name the next time.
https://www.psycopg.org/psycopg3/docs/advanced/prepare.html

After five times PostgreSQL may keep one plan for all values: only for statements where one is good
for all of them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from django.db import connection
from psycopg import Connection, Cursor
from psycopg.errors import FeatureNotSupported
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import Int8Dumper

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper
    from psycopg.abc import Params


class PlannedCursor(Cursor[tuple[Any, ...]]):
    """Prepares what it executes, and nothing else: psycopg would remember Django's statements too.

    psycopg's type for a whole number depends on its size, and each would be a statement of its own.
    """

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
        with self._preparing():
            try:
                return super().execute(query, params, prepare=prepare, binary=binary)
            except FeatureNotSupported:
                if not self._has_forgotten():
                    raise
            return super().execute(query, params, prepare=prepare, binary=binary)

    @contextmanager
    def _preparing(self) -> Iterator[None]:
        usual = self.connection.prepare_threshold
        self.connection.prepare_threshold = 0
        try:
            yield
        finally:
            self.connection.prepare_threshold = usual

    def _has_forgotten(self) -> bool:
        """After "cached plan must not change result type": a column was changed beside us.

        A transaction is lost with it; the statements then go with the connection, which Django
        closes when the request is over.
        """
        if self.connection.info.transaction_status != TransactionStatus.IDLE:
            connection.close_at = time.monotonic()
            return False
        super().execute("DEALLOCATE ALL", prepare=False)
        return True


@contextmanager
def planned_cursor() -> Iterator[CursorWrapper]:
    """Django's cursor, counted and checked as any, around one that prepares. PostgreSQL only."""
    with connection.cursor() as cursor:
        cursor.cursor.close()
        cursor.cursor = PlannedCursor(connection.connection)
        yield cursor
