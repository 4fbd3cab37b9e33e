"""Where a pin stands in the stored order, which decides what is looked at among very many hits.

A number that does not change while time passes, so that it can be the engine's own key: how often
a pin was saved in public and how complete it is stand against its age, in days. The pin's number
is its lower half, which makes it unique and tells the pin without another look.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime

from pinboard.pins.models import Pin

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
# Twice as many saves are worth so many days of freshness; so is something to read about it.
DAYS_PER_DOUBLING = 120
DAYS_FOR_WORDS = 60
DAYS_FOR_A_SOURCE = 60
STEPS_PER_DAY = 16
PIN_BITS = 40
PIN_MASK = (1 << PIN_BITS) - 1
# Above, a place would not fit 63 bits.
HIGHEST = (1 << (63 - PIN_BITS)) - 1


def place_of(pin: Pin, *, public_saves: int) -> int:
    """pin: with its source."""
    days = (pin.created - BEGINNING).total_seconds() / 86_400
    days += DAYS_PER_DOUBLING * math.log2(1 + public_saves)
    days += DAYS_FOR_WORDS * bool(pin.description or pin.alt)
    if pin.source and pin.source.kind != "plain":
        days += DAYS_FOR_A_SOURCE
    standing = min(max(int(days * STEPS_PER_DAY), 0), HIGHEST)
    return standing << PIN_BITS | pin.pk
