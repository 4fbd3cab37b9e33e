"""Background work: what a request must not wait for.

A job is a shallow function: it takes ids, loads, calls a deed. huey removes a job from the
queue when a worker takes it, so a job that dies with its process is gone from the queue. That
is why what a job works on carries its own state in the database ("reading", "fresh") and why
every room with jobs has a periodic sweep that enqueues again what stayed unfinished. Jobs
therefore may run twice.

    @job(retries=2)
    def make_renditions(picture_id: int) -> None: ...

    make_renditions.enqueue(picture.pk)      # after the transaction has committed

Jobs that somebody waits for (is_awaited) and periodic ones, which keep promises about time, are
taken before the others: hundreds of pictures to scale hold up no link that was just pasted.

settings.JOBS decides where they run: "threads" beside the pages in one process (the default),
"worker" in processes of their own (manage.py worker), "eager" at once (tests).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Generic, ParamSpec

from django.apps import apps
from django.conf import settings
from django.db import close_old_connections, transaction
from django.utils.module_loading import autodiscover_modules
from huey import SqliteHuey, crontab
from huey.api import Huey
from huey.consumer import Consumer
from huey.storage import RedisStorage
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
P = ParamSpec("P")

# The priority of jobs that are taken before the others.
FIRST = 1
# How long putting a job into Redis may take, and how long none is put after one failed.
ENQUEUE_SECONDS = 0.3
REST_SECONDS = 5.0


class _QuickStorage(RedisStorage):  # type: ignore[misc]  # huey ships no types
    """Redis as huey keeps it, for requests too: enqueueing never waits long.

    It has a connection of its own for that, because a worker's waits for work on purpose.
    """

    def __init__(self, name: str, *, url: str, **options: Any) -> None:
        super().__init__(name, url=url, **options)
        self._quick = Redis.from_url(
            url, socket_timeout=ENQUEUE_SECONDS, socket_connect_timeout=ENQUEUE_SECONDS
        )
        self._rests_until = 0.0

    def enqueue(self, data: bytes, priority: float | None = None) -> None:
        """Raises redis.ConnectionError at once for a while after it has failed."""
        if time.monotonic() < self._rests_until:
            raise RedisConnectionError("Redis failed a moment ago")
        try:
            # Workers take from the right.
            put = self._quick.rpush if priority else self._quick.lpush
            put(self.queue_key, data)
        except RedisError:
            self._rests_until = time.monotonic() + REST_SECONDS
            raise


def _make_queue() -> Huey:
    eager = settings.JOBS == "eager"
    if settings.REDIS_URL and not eager:
        return Huey("pinboard", storage_class=_QuickStorage, url=settings.REDIS_URL, results=False)
    if eager:
        return Huey("pinboard", immediate=True, results=False)
    return SqliteHuey("pinboard", filename=str(settings.DATA_DIR / "jobs.sqlite3"), results=False)


queue = _make_queue()


class Job(Generic[P]):
    """A function that can run here and now (call it) or in the background (enqueue it)."""

    def __init__(
        self, function: Callable[P, None], retries: int, retry_delay: int, priority: int | None
    ) -> None:
        self.function = function
        make = queue.task(retries=retries, retry_delay=retry_delay, priority=priority)
        self.task = make(_tidy(function))

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        self.function(*args, **kwargs)

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Run in the background once the present transaction has committed, if it does."""
        transaction.on_commit(partial(self._put, *args, **kwargs))

    def enqueue_in(self, seconds: int, *args: P.args, **kwargs: P.kwargs) -> None:
        """The same, but not before so many seconds have passed."""
        transaction.on_commit(partial(self._put_off, seconds, *args, **kwargs))

    def _put(self, *args: Any, **kwargs: Any) -> None:
        self._try(partial(self.task, *args, **kwargs))

    def _put_off(self, seconds: int, *args: Any, **kwargs: Any) -> None:
        self._try(partial(self.task.schedule, args, kwargs, delay=seconds))

    def _try(self, enqueue: Callable[[], object]) -> None:
        try:
            enqueue()
        except Exception:  # the queue is down: what is committed stays, the sweep starts it later
            logger.warning("could not enqueue %s", self.function.__name__, exc_info=True)


def job(
    *, retries: int = 0, retry_delay: int = 5, is_awaited: bool = False
) -> Callable[[Callable[P, None]], Job[P]]:
    """Make a function a job. retry_delay is in seconds; is_awaited: somebody looks on."""

    def decorate(function: Callable[P, None]) -> Job[P]:
        return Job(function, retries, retry_delay, FIRST if is_awaited else None)

    return decorate


def periodic(*, minutes: int) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Run a function every so many minutes (1 to 59) in whichever process works jobs."""

    def decorate(function: Callable[[], None]) -> Callable[[], None]:
        queue.periodic_task(crontab(minute=f"*/{minutes}"), priority=FIRST)(_tidy(function))
        return function

    return decorate


def _tidy(function: Callable[P, None]) -> Callable[P, None]:
    """Give a job the same care for database connections that a request gets.

    An eager job runs on its caller's connection, which is the caller's to close.
    """
    if settings.JOBS == "eager":
        return function

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        close_old_connections()
        try:
            function(*args, **kwargs)
        finally:
            close_old_connections()

    return run


class _QuietConsumer(Consumer):  # type: ignore[misc]  # huey ships no types
    """A consumer whose host process keeps its own signal handlers."""

    def _set_signal_handlers(self) -> None:
        return


def discover() -> None:
    """Import the jobs module of every room, so that names in the queue can be resolved."""
    autodiscover_modules("jobs", register_to=None)
    assert apps.ready


def start_threads(*, workers: int = 2) -> Callable[[], None]:
    """Work jobs in threads of this process. Returns a function that stops them gracefully."""
    discover()
    consumer = _QuietConsumer(queue, workers=workers, max_delay=0.25, shutdown_timeout=10)
    consumer.start()
    return partial(consumer.stop, graceful=True)


def run_worker(*, workers: int = 2) -> None:
    """Work jobs until told to stop (SIGINT, SIGTERM): the body of manage.py worker."""
    discover()
    Consumer(queue, workers=workers, max_delay=0.25, shutdown_timeout=30).run()
