"""Reading numbers that came from outside: an address, a form, a frame of JSON."""

from __future__ import annotations

# Always below 2**63, so that no database is ever asked about a number it cannot hold.
MOST_DIGITS = 18


def read_id(raw: str) -> int | None:
    """An id in at most 18 ASCII digits, None for anything else.

    str.isdigit alone also says yes to "²" and "٣"; int alone also takes "-1", " 7 " and "1_0".
    """
    if 0 < len(raw) <= MOST_DIGITS and raw.isascii() and raw.isdigit():
        return int(raw)
    return None
