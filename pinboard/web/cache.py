"""The shared cache that does not stop the site when Redis does.

While Redis does not answer, each process remembers for itself: limits still limit (per process),
a lock taken is still a lock, and what is not found is worked out again. A no-op would be worse:
allauth's limits wait for a lock in the cache, and without one nobody could sign in.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
T = TypeVar("T")

# How long one question to Redis may take, and how long none is asked after one failed.
ANSWER_SECONDS = 0.3
REST_SECONDS = 5.0
STAND_IN_ENTRIES = 10_000

# Until when a Redis is left alone (monotonic), by its address: one for all threads.
_rests_until: dict[str, float] = {}


class SteadyCache(BaseCache):
    """Redis while it answers, else this process's own memory. LOCATION: Redis's address."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        patience = {"socket_timeout": ANSWER_SECONDS, "socket_connect_timeout": ANSWER_SECONDS}
        options = {**patience, **params.get("OPTIONS", {})}
        self._server = server
        self._redis = RedisCache(server, {**params, "OPTIONS": options})
        entries = {"OPTIONS": {"MAX_ENTRIES": STAND_IN_ENTRIES}}
        self._stand_in = LocMemCache(f"instead of {server}", {**params, **entries})

    def _ask(self, question: Callable[[BaseCache], T]) -> T:
        if time.monotonic() < _rests_until.get(self._server, 0.0):
            return question(self._stand_in)
        try:
            return question(self._redis)
        except (RedisError, OSError) as error:
            _rests_until[self._server] = time.monotonic() + REST_SECONDS
            logger.warning("the cache is out of reach, each process uses its own: %r", error)
            return question(self._stand_in)

    def add(
        self,
        key: Any,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        return self._ask(lambda cache: cache.add(key, value, timeout, version))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask(lambda cache: cache.get(key, default, version))

    def set(
        self,
        key: Any,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        self._ask(lambda cache: cache.set(key, value, timeout, version))

    def touch(
        self,
        key: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        return self._ask(lambda cache: cache.touch(key, timeout, version))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._ask(lambda cache: cache.delete(key, version))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return self._ask(lambda cache: cache.incr(key, delta, version))

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._ask(lambda cache: cache.has_key(key, version))

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        wanted = list(keys)
        return self._ask(lambda cache: cache.get_many(wanted, version))

    def set_many(
        self,
        data: dict[Any, Any],
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> list[Any]:
        return self._ask(lambda cache: cache.set_many(data, timeout, version))

    def delete_many(self, keys: Iterable[Any], version: int | None = None) -> None:
        unwanted = list(keys)
        self._ask(lambda cache: cache.delete_many(unwanted, version))

    def clear(self) -> None:
        self._stand_in.clear()
        self._ask(lambda cache: cache.clear())
