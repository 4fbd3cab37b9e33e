"""Real servers for the tests: PostgreSQL, Redis (both from pinboard/services.py) and Chromium."""

from __future__ import annotations

import shutil

from pinboard.services import (
    Service,
    ServiceMissing,
    find_postgres,
    find_redis,
    free_port,
    postgres_answers,
    redis_answers,
    start_postgres,
    start_redis,
    wait_until,
)

__all__ = [
    "Service",
    "ServiceMissing",
    "find_chromium",
    "find_postgres",
    "find_redis",
    "free_port",
    "postgres_answers",
    "redis_answers",
    "start_postgres",
    "start_redis",
    "wait_until",
]


def find_chromium() -> str:
    """The machine's own Chromium; Playwright's download is not used."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        found = shutil.which(name)
        if found:
            return found
    raise ServiceMissing("Chromium was not found. On Debian: apt install chromium")
