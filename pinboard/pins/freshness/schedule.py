"""When a page is visited again by itself, and that only one worker does it, at the site's pace.

What is worth it comes often: something with a price that somebody keeps, daily; a page that only
tells, monthly; what nobody keeps, hardly ever. Many sites at once and each of them slowly: at most
one page of a site in PACE, so many pages a minute in all, at moments that are scattered.

A sweep hands visits out (hand_out) and a job begins each (begin). Both write down first what they
are about to do, so a visit that dies with its worker is handed out again, and two workers never
make the same one.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from pinboard.ingest.robots import origin_of
from pinboard.pins.freshness.models import Site, SourceChange, Upkeep
from pinboard.pins.freshness.prices import seen_in
from pinboard.pins.kept import kept_elsewhere
from pinboard.pins.models import Favourite, Pin, Save, Source

DAILY = timedelta(hours=24)
MONTHLY = timedelta(days=30)
RARELY = timedelta(days=60)
# Between two visits to one site that nobody asked for, if it does not ask for more.
PACE = timedelta(seconds=20)
# A visit that was handed out and not begun by then is handed out again.
HANDED_PATIENCE = timedelta(minutes=10)
# A reading that has not ended by then has died.
LEASE = timedelta(minutes=2)
# Visits handed out by one sweep are scattered over so many seconds.
SCATTER_SECONDS = 50
# Pages that are met for the first time, in one sweep.
MOST_PLANNED = 500
CHANGES_LAST = timedelta(days=90)
# Names that lead nowhere on purpose (RFC 2606, RFC 6761): nobody is visited there.
RESERVED = (".example", ".test", ".invalid", ".localhost", ".local", ".internal", ".onion")
# The row that sweeps hold, so that what a minute may bring is counted by one at a time.
EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class Handed:
    """A visit to make, after so many seconds."""

    source_id: int
    delay_seconds: int


def expect(source: Source | None) -> None:
    """Somebody keeps this from now on: see to it that it is visited when it is due."""
    if source is None:
        return
    page = source.page
    due = _due(page, page.read_at or timezone.now(), is_kept=True)
    upkeep, is_new = Upkeep.objects.get_or_create(
        source=page, defaults={"site": site_of(page.url), "due_at": due}
    )
    if not is_new and due is not None and (upkeep.due_at is None or upkeep.due_at > due):
        sooner = Q(due_at__isnull=True) | Q(due_at__gt=due)
        # What fails keeps its own time, later and later.
        Upkeep.objects.filter(sooner, source=page, failures=0).update(due_at=due)


def forget_old_changes() -> None:
    """What got cheaper a season ago is told nowhere any more."""
    SourceChange.objects.filter(at__lt=timezone.now() - CHANGES_LAST).delete()


def plan_new() -> int:
    """Pages that pins lead to and that nobody planned a visit to yet. Returns how many."""
    unplanned = Source.objects.filter(
        Exists(Pin.objects.filter(source=OuterRef("pk"))), upkeep=None, corrected_from=None
    )
    planned = list(unplanned.order_by("pk")[:MOST_PLANNED])
    for source in planned:
        with transaction.atomic():
            expect(source)
    return len(planned)


def site_of(url: str) -> Site:
    site, _ = Site.objects.get_or_create(origin=origin_of(url)[:300])
    return site


def next_due(page: Source, *, now: datetime) -> datetime | None:
    """When a page that was read just now is read again; None: not by itself."""
    pins = Pin.objects.filter(Q(source=page) | Q(source__corrected_from=page))
    if not pins.exists():
        return None
    kept = Exists(Save.objects.filter(pin=OuterRef("pk")))
    loved = Exists(Favourite.objects.filter(pin=OuterRef("pk")))
    is_kept = pins.filter(Q(kept) | Q(loved) | kept_elsewhere()).exists()
    return _due(page, now, is_kept=is_kept)


def _due(page: Source, read_at: datetime, *, is_kept: bool) -> datetime | None:
    host = urlsplit(page.url).hostname or ""
    if f".{host}".endswith(RESERVED):
        return None
    seen = seen_in(page.reading)
    often = DAILY if seen.price is not None or seen.stock or page.read_at is None else MONTHLY
    return read_at + scattered(often if is_kept else RARELY)


def scattered(span: timedelta) -> timedelta:
    """A tenth more or less, so that what was saved together is not visited together for ever."""
    return span * random.uniform(0.9, 1.1)  # no secret


@transaction.atomic
def hand_out(now: datetime | None = None) -> list[Handed]:
    """The visits of the next minute: one for each site that is free, the longest waiting first."""
    now = now or timezone.now()
    Site.objects.get_or_create(origin=EVERYWHERE)
    Site.objects.select_for_update().get(origin=EVERYWHERE)
    minute = now - timedelta(minutes=1)
    lately = Upkeep.objects.filter(Q(handed_at__gt=minute) | Q(begun_at__gt=minute)).count()
    budget = settings.VISITS_PER_MINUTE - lately
    if budget <= 0:
        return []
    due = _due_now(now).filter(site=OuterRef("pk"))
    free = Site.objects.filter(Exists(due), free_at__lte=now).order_by("free_at")
    handed = []
    for site in free[:budget]:
        upkeep = _due_now(now).filter(site=site).order_by("due_at").first()
        if upkeep is None:
            continue
        patience = HANDED_PATIENCE * (1 << min(upkeep.attempts, 10))
        Upkeep.objects.filter(pk=upkeep.pk).update(handed_at=now, due_at=now + patience)
        # Until the job takes the site's turn itself.
        Site.objects.filter(pk=site.pk, free_at__lte=now).update(free_at=now)
        delay = random.randrange(SCATTER_SECONDS)  # no secret
        handed.append(Handed(upkeep.source_id, delay))
    return handed


def _due_now(now: datetime) -> QuerySet[Upkeep]:
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    return Upkeep.objects.filter(free, due_at__lte=now)


@transaction.atomic
def begin(source_id: int) -> Upkeep | None:
    """Take the visit that was handed out, if nobody has; None also when it is not the site's turn.

    The second job for the same visit, and one that comes back from the dead, finds it taken.
    """
    now = timezone.now()
    # The page is held before its site, here as where a visit ends.
    held = Upkeep.objects.select_for_update().filter(pk=source_id).first()
    if held is None or held.handed_at is None:
        return None
    pace = max(PACE, timedelta(seconds=held.site.pace_seconds))
    turn = Site.objects.filter(pk=held.site_id, free_at__lte=now)
    handed = Upkeep.objects.filter(pk=source_id, handed_at__isnull=False)
    if not turn.update(free_at=now + scattered(pace) + pace * 0.1):
        handed.update(handed_at=None, due_at=now + scattered(pace))
        return None
    return lease(source_id, begun_at=now, among=handed)


def lease(
    source_id: int, *, begun_at: datetime, among: QuerySet[Upkeep] | None = None
) -> Upkeep | None:
    """Read a source now and nobody else; None if somebody does."""
    among = Upkeep.objects.filter(pk=source_id) if among is None else among
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=begun_at)
    taken = among.filter(free).update(
        handed_at=None,
        begun_at=begun_at,
        leased_until=begun_at + LEASE,
        attempts=F("attempts") + 1,
    )
    if not taken:
        return None
    return Upkeep.objects.select_related("site", "source").get(pk=source_id)


def give_back(upkeep: Upkeep, *, after: timedelta) -> None:
    """It was not the page's fault that it could not be read now."""
    due = timezone.now() + after
    mine = Upkeep.objects.filter(pk=upkeep.pk, leased_until=upkeep.leased_until)
    mine.update(leased_until=None, attempts=0, due_at=due)
