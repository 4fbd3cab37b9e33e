"""Which database, and with which options.

SQLite is the default and has to be a good one: Debian 12 ships 3.40.1, which can corrupt a
WAL database (3.7.0 to 3.51.2, https://sqlite.org/wal.html#walresetbug), so we prefer the
SQLite inside the pysqlite3 wheel wherever the system's is older than the mended one.
"""

from __future__ import annotations

import importlib
import sqlite3
import sys
from pathlib import Path
from typing import Any

import dj_database_url

MENDED_SQLITE = (3, 51, 3)


# Read in place instead of copied page by page: docs/decisions/0009. SQLite maps no more than this.
MAPPED_BYTES = 2_147_418_112
# PostgreSQL plans for long reports: compiling a query and starting workers for it took up to 260 of
# the 280 ms of a search among a million pins. A DATABASE_URL with ?options=… has its own way.
FOR_SHORT_QUERIES = "-c jit=off -c max_parallel_workers_per_gather=0"


def prefer_mended_sqlite() -> None:
    """Let `import sqlite3` mean pysqlite3 when the system's SQLite is too old.

    Has to run before Django's SQLite backend is imported, so settings call it first. Where
    no wheel exists (other platforms) the system's SQLite stays.
    """
    if sqlite3.sqlite_version_info >= MENDED_SQLITE:
        return
    try:
        newer = importlib.import_module("pysqlite3")
        dbapi2 = importlib.import_module("pysqlite3.dbapi2")
    except ModuleNotFoundError:
        return
    sys.modules["sqlite3"] = newer
    sys.modules["sqlite3.dbapi2"] = dbapi2


def database_settings(url: str | None, data_dir: Path) -> dict[str, Any]:
    """Django's entry for DATABASES["default"].

    url: a DATABASE_URL such as postgres://user@host/name or sqlite:////path/file.db; when
    empty, the file pinboard.sqlite3 in data_dir.

    Connections are kept for ever: pages run on a fixed pool of threads, each with one
    connection of its own (pinboard/web/handler.py).
    """
    location = url or f"sqlite:///{data_dir / 'pinboard.sqlite3'}"
    settings: dict[str, Any] = dict(dj_database_url.parse(location, conn_max_age=None))
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["ENGINE"] = "pinboard.sqlite"
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            # Beyond that people are told to come back in a moment (web/errors.py).
            "timeout": 5,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;"
                f" PRAGMA mmap_size={MAPPED_BYTES};"
                " PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON"
            ),
        }
    else:
        settings["CONN_HEALTH_CHECKS"] = True
        settings["OPTIONS"] = {"options": FOR_SHORT_QUERIES} | settings.get("OPTIONS", {})
    return settings
