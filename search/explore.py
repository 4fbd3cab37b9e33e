"""What this instance is about when nothing was asked: its interests come from the guides of what
is new; here is what is loved this week.

Loved is what others than its maker saved in public, by how many they are. Favourites are private
marks and count for nothing here; secret boards neither.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from pinboard.pins.models import Save

# The newest public saves that are looked at: a bound, whatever a week brings.
MAX_SAVES = 5000
DAYS = 7
KEPT = 40
MOST_LOVED = 12
FEWEST_LOVED = 3
CACHE_KEY = "search:loved"
CACHE_SECONDS = 300


def loved_this_week() -> list[int]:
    """Ids of pins that most people saved this week, best first, up to five minutes old.

    The same for everybody: whoever shows them asks the pins' door.
    """
    known: list[int] | None = cache.get(CACHE_KEY)
    if known is None:
        known = _loved()
        cache.set(CACHE_KEY, known, CACHE_SECONDS)
    return known


def _loved() -> list[int]:
    newest = Save.objects.filter(is_public=True).order_by("-pk")
    rows = newest.values_list("pin_id", "saver_id", "created", "pin__maker_id")[:MAX_SAVES]
    begin = timezone.now() - timedelta(days=DAYS)
    savers: defaultdict[int, set[int]] = defaultdict(set)
    for pin_id, saver, created, maker in rows:
        if created >= begin and saver != maker:
            savers[pin_id].add(saver)
    return sorted(savers, key=lambda pin_id: (-len(savers[pin_id]), -pin_id))[:KEPT]
