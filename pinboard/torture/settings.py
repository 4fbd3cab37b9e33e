"""The settings of a tortured server: everything as it is, but its clock may be wrong.

TORTURE_CLOCK_SECONDS shifts what the server takes for the time of day. What counts, numbers
above all, must not depend on it. Has to happen before any model is imported: they keep a
reference to timezone.now.
"""

from __future__ import annotations

# ruff: noqa: F403  # settings are names in a module; all of them are taken over
import os
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from pinboard import settings
from pinboard.settings import *

_wrong_by = timedelta(seconds=float(os.environ.get("TORTURE_CLOCK_SECONDS", "0")))


def _now() -> datetime:
    return datetime.now(tz=UTC) + _wrong_by


if _wrong_by:
    timezone.now = _now

# The same layer as ever, that can be told to lose hints.
_layer = "Redis" if settings.REDIS_URL else "Local"
settings.CHANNEL_LAYERS["default"]["BACKEND"] = f"pinboard.torture.lossy.Lossy{_layer}Layer"
