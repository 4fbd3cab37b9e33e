"""How long what a page said may be shown: prices and stock for three days, with their age in words.

Whoever shows a price asks here: cards, the pin page, the shelf and its bands, chat, search.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils import timezone

PRICES_HOLD = timedelta(days=3)


def oldest_price() -> datetime:
    """Prices read before this are not shown, nor found by, any more."""
    return timezone.now() - PRICES_HOLD


def price_holds(read_at: datetime | None) -> bool:
    """Whether a price read then may be shown now; of one read nobody knows when, not."""
    return read_at is not None and read_at > oldest_price()


def read_words(read_at: datetime) -> str:
    """ "read 2 hours ago", rounded down, and coarse below an hour: cards are remembered by it."""
    minutes = max(int((timezone.now() - read_at).total_seconds()) // 60, 0)
    if minutes < 10:
        return "read just now"
    if minutes < 60:
        return f"read {minutes // 10 * 10} minutes ago"
    hours = minutes // 60
    if hours < 24:
        return f"read {hours} hour{'' if hours == 1 else 's'} ago"
    return f"read {hours // 24} day{'' if hours < 48 else 's'} ago"


def time_in_row(stored: str | None) -> datetime | None:
    """A time that a query gave as text, as SQLite and PostgreSQL write it."""
    if not stored:
        return None
    time = datetime.fromisoformat(stored)
    return time if time.tzinfo else time.replace(tzinfo=UTC)
