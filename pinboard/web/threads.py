"""A fixed number of threads for pages, with a bounded queue before them.

Django's own ASGI handler takes a new thread for each request, without bound; each opens a
database connection of its own. Here connections live as long as their thread, so CONN_MAX_AGE
None is safe, and too long a queue is an answer (503), not a pile.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any

from django.db import connections


class PoolFull(Exception):
    """More requests are waiting than the pool takes."""


class _Job:
    __slots__ = ("function", "future", "pool")

    def __init__(
        self, function: Callable[[], Any], future: asyncio.Future[Any], pool: FixedThreads
    ) -> None:
        self.function, self.future, self.pool = function, future, pool

    def run(self) -> None:
        """In a pool thread: work, and hand the result to the event loop."""
        result, error = None, None
        if not self.future.cancelled():
            try:
                result = self.function()
            except BaseException as raised:  # noqa: BLE001  # the waiting coroutine raises it
                error = raised
        with suppress(RuntimeError):  # the loop has closed: nobody waits any more
            self.future.get_loop().call_soon_threadsafe(self.settle, result, error)

    def settle(self, result: Any, error: BaseException | None) -> None:
        """In the event loop."""
        self.pool.unfinished -= 1
        if self.future.cancelled():
            return
        if error is not None:
            self.future.set_exception(error)
        else:
            self.future.set_result(result)


class FixedThreads:
    """`count` threads that start with the first job and keep their database connections.

    max_waiting: jobs that may wait beyond those being worked on. unfinished: waiting and
    being worked on; belongs to the event loop.
    """

    def __init__(self, *, count: int, max_waiting: int, name: str) -> None:
        self.count = count
        self.unfinished = 0
        self._limit = count + max_waiting
        self._name = name
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []

    def submit(self, function: Callable[[], Any]) -> asyncio.Future[Any]:
        """Have a function called in the pool. Raises PoolFull. From the event loop only.

        A future cancelled before its turn is never begun.
        """
        if self.unfinished >= self._limit:
            raise PoolFull
        if not self._threads:
            self._start()
        future = asyncio.get_running_loop().create_future()
        self.unfinished += 1
        self._jobs.put(_Job(function, future, self))
        return future

    @property
    def is_busy(self) -> bool:
        """Whether the next job would have to wait."""
        return self.unfinished >= self.count

    def close(self, seconds: float) -> None:
        """End the threads after the jobs already submitted; wait for them at most so long."""
        for _ in self._threads:
            self._jobs.put(None)
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._threads.clear()

    def _start(self) -> None:
        # Daemons: a view that hangs must not keep the process from ending.
        self._threads = [
            threading.Thread(target=self._work, name=f"{self._name}-{number}", daemon=True)
            for number in range(1, self.count + 1)
        ]
        for thread in self._threads:
            thread.start()

    def _work(self) -> None:
        try:
            while (job := self._jobs.get()) is not None:
                job.run()
        finally:
            connections.close_all()
