"""What this instance is about when nothing was asked: its interests, and what is loved this week.

Interests are guides of what is new that name things: what pins are called, and what several
people call their boards. Words that merely stand in many titles are none.

Loved is what others than its maker saved in public, by how many they are. Favourites are private
marks and count for nothing here; secret boards neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from pinboard.pins.models import Save
from search.models import PublicEntry
from search.naming import called
from search.terms import guide_terms

# The newest public saves that are looked at: a bound, whatever a week brings.
MAX_SAVES = 5000
DAYS = 7
KEPT = 40
MOST_LOVED = 12
FEWEST_LOVED = 3
# A word of boards' names is an interest if so many people call theirs so.
FEWEST_OWNERS = 3
CACHE_KEY = "search:loved"
CACHE_SECONDS = 300


def interests_of(pin_ids: Sequence[int], lines: Mapping[int, str]) -> dict[str, int]:
    """What may be an interest, by root, with a bit for each of these pins it names. One query.

    pin_ids: public, best first. lines: their entries' terms.
    """
    entries = PublicEntry.objects.filter(pin_id__in=pin_ids)
    titles = dict(entries.values_list("pin_id", "title"))
    names = called([titles.get(pin_id, "") for pin_id in pin_ids])
    owners: defaultdict[str, set[str]] = defaultdict(set)
    kept: defaultdict[str, int] = defaultdict(int)
    for place, pin_id in enumerate(pin_ids):
        for kind, root, _, owner in guide_terms(lines.get(pin_id, "")):
            if kind == "b":
                owners[root].add(owner)
                kept[root] |= 1 << place
    for root, people in owners.items():
        if len(people) >= FEWEST_OWNERS:
            names[root] = names.get(root, 0) | kept[root]
    return names


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
