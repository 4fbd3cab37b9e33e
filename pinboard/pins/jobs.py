"""Background work of the pins."""

from __future__ import annotations

import threading
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from pinboard.jobs import job, periodic
from pinboard.pins import drafting
from pinboard.pins.freshness import schedule, telling, visiting
from pinboard.pins.models import Draft, Pin
from pinboard.pins.read_times import oldest_price
from pinboard.pins.signals import pin_changed

SWEEP = timedelta(minutes=60)


@job(is_awaited=True)
def read_draft(draft_id: int) -> None:
    draft = drafting.begin_reading(draft_id)
    if draft:
        drafting.read(draft)


@periodic(minutes=1)
def read_forgotten_drafts() -> None:
    """Start again what a killed worker left; forget drafts nobody came back to for a week."""
    now = timezone.now()
    forgotten = Draft.objects.filter(state=Draft.State.READING, retry_at__lte=now)
    for pk in forgotten.order_by("retry_at").values_list("pk", flat=True)[:20]:
        read_draft.enqueue(pk)
    Draft.objects.filter(created__lt=now - timedelta(days=7)).delete()


@periodic(minutes=60)
def let_old_prices_go() -> None:
    """Prices that became too old meanwhile are not found by any more: search is told.

    Twice as far back as this runs, so that one run may be lost.
    """
    end = oldest_price()
    gone = Pin.objects.filter(
        source__kind="product", source__read_at__gt=end - 2 * SWEEP, source__read_at__lte=end
    )
    pin_ids = list(gone.values_list("pk", flat=True))
    if pin_ids:
        with transaction.atomic():
            pin_changed.send(Pin, pin_ids=pin_ids)


@job(is_awaited=True)
def visit_source(source_id: int, leased_until: str) -> None:
    """Somebody pressed "Read again"."""
    visiting.visit_asked(source_id, leased_until)


# A visit waits for somebody else's server: one at a time, so that other jobs find a worker free.
_visiting = threading.Lock()
BUSY_SECONDS = 3


@job()
def visit_due_source(source_id: int) -> None:
    if not _visiting.acquire(blocking=False):
        visit_due_source.enqueue_in(BUSY_SECONDS, source_id)
        return
    try:
        visiting.visit_due(source_id)
    finally:
        _visiting.release()


@periodic(minutes=1)
def hand_out_visits() -> None:
    """What is due and was forgotten by a killed worker, a few a minute, scattered over it."""
    for handed in schedule.hand_out():
        visit_due_source.enqueue_in(handed.delay_seconds, handed.source_id)


@periodic(minutes=30)
def plan_new_sources() -> None:
    """Pages that came in other ways than by a pin being made."""
    schedule.plan_new()
    schedule.forget_old_changes()


@periodic(minutes=10)
def tell_people_of_changes() -> None:
    """What got cheaper or is back, to whoever keeps it; some together, rather than one by one."""
    while telling.tell_people() == telling.BATCH:
        pass
