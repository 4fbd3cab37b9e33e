"""Two deeds that meet while the first one's transaction is still open."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection, connections, transaction

from tests.conftest import wait_for


def somebody_waits() -> bool:
    """Whether another connection waits for a lock of ours.

    SQLite lets one transaction write at a time and tells nobody who waits; there is nothing to
    interleave there.
    """
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


@contextmanager
def meanwhile(
    deed: Callable[[], object], *, then: Callable[[], object] = lambda: None
) -> Iterator[None]:
    """Run the body in a transaction; the deed, on a connection of its own, meets it open.

    then: what the body's transaction goes on with while the deed waits for it. What the deed
    raises is raised after that transaction. For tests whose rows are committed
    (transactional_db).
    """
    begun = threading.Event()

    def run() -> None:
        begun.set()
        try:
            deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            yield
            second = pool.submit(run)
            begun.wait()
            wait_for(somebody_waits, "the second deed should wait for the first")
            then()
        second.result()
