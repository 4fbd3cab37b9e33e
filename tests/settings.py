"""Changes only what makes tests quick, and keeps them away from everybody's real data.

The engine comes from `manage.py test`: PINBOARD_TEST_DATABASE_URL and PINBOARD_TEST_REDIS_URL
point to servers that live for this run. Without them: SQLite in a file (server threads and
processes need one) and the in-process layer. The environment's own DATABASE_URL, REDIS_URL and
S3_* are never used.
"""

# ruff: noqa: E402, F403  # the environment is set before the settings are read, all of them

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="pinboard-test-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

for _name in list(os.environ):
    if _name.startswith(("S3_", "EMAIL_", "AWS_")) or _name in {
        "DATABASE_URL",
        "REDIS_URL",
        "PINBOARD_ORIGIN",
        "PINBOARD_HOSTS",
        "PINBOARD_DEBUG",
        "PINBOARD_CONTACT",
        "PINBOARD_FETCH_ALLOW",
        "PINBOARD_BEHIND_PROXY",
        "PINBOARD_SECRET_KEY",
    }:
        del os.environ[_name]
if _database := os.environ.get("PINBOARD_TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = _database
if _servers := os.environ.get("PINBOARD_TEST_REDIS_URL", "").split():
    # Each worker of the run ("gw0", "gw1") has a Redis of its own.
    _worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    os.environ["REDIS_URL"] = _servers[_worker % len(_servers)]
os.environ["PINBOARD_DATA"] = str(_folder)
os.environ["PINBOARD_JOBS"] = "eager"
os.environ["PINBOARD_RATE_LIMITS"] = "off"
os.environ["PINBOARD_DEMO"] = "off"

from pinboard import settings as _settings
from pinboard.settings import *

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    *_settings.PASSWORD_HASHERS,
]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# No manifest in tests: pages are read before anything is collected.
STORAGES = {
    **_settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATABASES = _settings.DATABASES
if DATABASES["default"]["ENGINE"] == "pinboard.sqlite":
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
    # Nothing here has to survive a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"
