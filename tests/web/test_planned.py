"""A column that is changed beside a running process spoils nothing for long.

Statements have names on PostgreSQL alone: on SQLite there is nothing to forget.
"""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def retyped():
    """Asked once with a whole number; text stands there now."""
    run("CREATE TABLE retyped (word integer)", "INSERT INTO retyped VALUES (7)")
    try:
        assert words() == [(7,)]
        run("ALTER TABLE retyped ALTER COLUMN word TYPE text")
        yield
    finally:
        run("DROP TABLE retyped")


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def words():
    from pinboard.web.planned import planned_cursor  # psycopg is not loaded for SQLite

    with planned_cursor() as cursor:
        cursor.execute("SELECT word FROM retyped")
        return cursor.fetchall()


def test_it_is_asked_once_more():
    if connection.vendor != "postgresql":
        return
    with retyped():
        assert words() == [("7",)]
        assert words() == [("7",)]


def test_a_transaction_is_lost_and_the_next_request_is_not():
    if connection.vendor != "postgresql":
        return
    with retyped():
        with pytest.raises(DatabaseError, match="cached plan"), transaction.atomic():
            words()
        connection.close_if_unusable_or_obsolete()
        with transaction.atomic():
            assert words() == [("7",)]
