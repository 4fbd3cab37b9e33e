"""Whether this data folder holds the demo world, whose passwords everybody knows."""

from __future__ import annotations

from django.conf import settings

# In the order of the buttons on the sign-in page.
SIGN_INS = (
    "ana",
    "ben",
    "chloe",
    "dev",
    "ema",
    "finn",
    "gia",
    "hugo",
    "fable",
    "saltandrye",
)
PASSWORD = "pinboard"

_marker = settings.DATA_DIR / "demo-world"


def is_demo() -> bool:
    """Only where the demo world was drawn, and only while PINBOARD_DEMO is not switched off."""
    return bool(settings.DEMO) and _marker.exists()


def remember_demo() -> None:
    _marker.touch()
