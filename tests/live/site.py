"""A small site in a process of its own, behind the real ASGI entry and the real server.

    python -m tests.live.site PORT_FILE [ping_interval ping_timeout]

Its people are Django's own users and its pages are a handful of deeds, so that what is tested
here is the server, the handler and the socket, whatever the rooms above are doing. It is its
own settings module too (DJANGO_SETTINGS_MODULE=tests.live.site). PORT_FILE receives the port.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Any

from pinboard.live.layer import layer_settings

DATA_DIR = Path(os.environ["PINBOARD_DATA"])
SECRET_KEY = "only for tests"
ORIGINS: list[str] = os.environ.get("SITE_ORIGINS", "").split()
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
INSTALLED_APPS = [
    "daphne",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "channels",
    "pinboard.live",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "tests.live.site_pages"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "site.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"},
    }
}
REDIS_URL = os.environ.get("REDIS_URL", "")
CHANNEL_LAYERS = layer_settings(REDIS_URL, SECRET_KEY)
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
JOBS = "worker"
WEB_THREADS = int(os.environ.get("SITE_THREADS", "4"))
REQUEST_MAX_BYTES = 3_000_000
LIVE_PROOF_SECONDS = float(os.environ.get("SITE_PROOF_SECONDS", "25"))
USE_TZ = True
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.live.site"
    from pinboard.server import serve  # before Django: it chooses the reactor
    from pinboard.web import transport

    if seconds := os.environ.get("SITE_ARRIVAL_SECONDS"):
        vars(transport)["ARRIVAL_SECONDS"] = float(seconds)
    port_file = Path(sys.argv[1])

    def ready(host: str, port: int) -> None:
        beside = port_file.with_suffix(".part")
        beside.write_text(f"{host} {port}")
        beside.replace(port_file)

    pings = [float(word) for word in sys.argv[2:]]
    options = dict(zip(("ping_interval", "ping_timeout"), pings, strict=False))
    serve("127.0.0.1", 0, ready=ready, **options)
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("page")]
    print("ended", left, flush=True)


if __name__ == "__main__":
    main()
