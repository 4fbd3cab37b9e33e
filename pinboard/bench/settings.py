"""The settings of a measured server: everything as it is, and the yardstick's address.

Rate limits are switched off by PINBOARD_RATE_LIMITS, as anybody can.
"""

from __future__ import annotations

# ruff: noqa: F403  # settings are names in a module; all of them are taken over
from pinboard.settings import *

ROOT_URLCONF = "pinboard.bench.urls"
