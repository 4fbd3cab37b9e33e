"""Transactions on SQLite begin in the order in which they were asked for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from pinboard.database import database_settings
from pinboard.sqlite.turns import Turns
from pinboard.web.errors import is_passing

Connect = Callable[[], BaseDatabaseWrapper]


@pytest.fixture
def connect(tmp_path: Path, django_db_blocker: Any) -> Iterator[Connect]:
    """A function that answers a new connection to one SQLite file, whose patience is short."""
    settings = database_settings("", tmp_path)
    settings["OPTIONS"]["timeout"] = 0.3
    handler = ConnectionHandler({"default": settings})
    made: list[BaseDatabaseWrapper] = []

    def one() -> BaseDatabaseWrapper:
        connection = handler.create_connection("default")
        connection.inc_thread_sharing()
        connection.connect()
        made.append(connection)
        return connection

    with django_db_blocker.unblock():
        yield one
        for connection in made:
            connection.close()


def begin(connection: BaseDatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def test_a_turn_goes_to_who_waits_longest():
    turns, order = Turns(), list[int]()
    assert turns.take(1)

    def wait(number: int) -> None:
        assert turns.take(10)
        order.append(number)
        turns.give_back()

    threads = [threading.Thread(target=wait, args=[number]) for number in range(5)]
    for number, thread in enumerate(threads, 1):
        thread.start()
        while len(turns._waiting) < number:
            time.sleep(0.001)
    turns.give_back()
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


def test_who_gives_up_waiting_keeps_nobody_from_their_turn():
    turns = Turns()
    assert turns.take(1)
    assert not turns.take(0.01)
    with ThreadPoolExecutor(1) as pool:
        last = pool.submit(turns.take, 10)
        turns.give_back()
        assert last.result()


def test_whoever_waits_for_too_long_is_told_that_it_will_pass(connect: Connect):
    first, second = connect(), connect()
    begin(first)
    with pytest.raises(OperationalError, match="locked") as raised:
        begin(second)
    assert is_passing(raised.value)
    first.commit()
    begin(second)
    second.rollback()


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_the_turn_ends_with_the_transaction_however_it_ends(connect: Connect, end: str):
    first, second = connect(), connect()
    begin(first)
    getattr(first, end)()
    begin(second)
    second.rollback()


def test_a_turn_without_the_database_is_given_back(connect: Connect, tmp_path: Path):
    first, second = connect(), connect()
    first.cursor().execute("BEGIN IMMEDIATE")  # as another process would: not in our line
    with pytest.raises(OperationalError, match="locked"):
        begin(second)
    first.cursor().execute("ROLLBACK")
    begin(second)
    second.rollback()


def test_many_writers_all_get_their_turn(connect: Connect):
    connect().cursor().execute("CREATE TABLE t (n integer)")

    def write(connection: BaseDatabaseWrapper) -> None:
        for number in range(20):
            begin(connection)
            connection.cursor().execute("INSERT INTO t VALUES (%s)", [number])
            connection.commit()
            connection.set_autocommit(True)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, [connect() for _ in range(8)]))
    with connect().cursor() as cursor:
        cursor.execute("SELECT count(*) FROM t")
        assert cursor.fetchone() == (160,)


def test_the_site_stands_on_it(db):
    from django.db import connection

    assert connection.vendor != "sqlite" or connection.settings_dict["ENGINE"] == "pinboard.sqlite"
    with transaction.atomic():
        assert connection.in_atomic_block
