"""Bringing the whole index in line, beside reads and writes, batch by batch.

Nothing is emptied first: each batch puts right what differs, in a transaction of its own that
also notes how far it came. So results are there all the while, and whoever is killed goes on from
the last batch.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from pinboard.pins.models import Pin
from search import index
from search.boards import keep_all_words
from search.keeping import catch_up, index_pins, orphans
from search.models import OwnEntry, PinFacts, PublicEntry, Rebuild, Spelling, Term

BATCH = 250
# Between two batches: whoever waits for SQLite's one write lock looks again and again, and would
# hardly ever meet it free.
PAUSE_SECONDS = 0.01
# Pins between two looks at whether the index has outgrown its bounds.
SETTLED = 20_000


@dataclass(frozen=True, slots=True)
class Progress:
    """done of total pins, of which so many before this run; seconds of this run."""

    done: int
    total: int
    before: int
    seconds: float

    def __str__(self) -> str:
        pace = (self.done - self.before) / max(self.seconds, 0.001)
        left = max(self.total - self.done, 0) / max(pace, 0.001)
        share = 100 * self.done / max(self.total, self.done, 1)
        minutes = f"about {left / 60:.0f} min left" if left >= 90 else f"about {left:.0f} s left"
        return (
            f"{self.done:,} of {self.total:,} pins ({share:.0f} %), {pace:.0f} a second, {minutes}"
        )


def unfinished() -> Rebuild | None:
    """The rebuild that somebody began and did not finish."""
    return Rebuild.objects.order_by("pk").first()


def rebuild(*, anew: bool = False, batch: int = BATCH) -> Iterator[Progress]:
    """Index every pin, going on with what was begun unless anew. Yields after each batch."""
    began = time.monotonic()
    if anew:
        Rebuild.objects.all().delete()
    state = unfinished() or Rebuild.objects.create(total=Pin.objects.count())
    before = state.done
    while pins := _next_pins(state.last, batch):
        with transaction.atomic():
            index_pins(pins)
            state.last, state.done = pins[-1], state.done + len(pins)
            state.save(update_fields=["last", "done"])
        if state.done // SETTLED > (state.done - len(pins)) // SETTLED:
            index.engine().settle()
        yield Progress(state.done, state.total, before, time.monotonic() - began)
        time.sleep(PAUSE_SECONDS)
    keep_all_words()
    for gone in orphans():
        index_pins(gone)
    catch_up()
    index.engine().settle()
    Rebuild.objects.filter(begun__lte=timezone.now()).delete()


def _next_pins(last: int, batch: int) -> list[int]:
    later = Pin.objects.filter(pk__gt=last).order_by("pk")
    return list(later.values_list("pk", flat=True)[:batch])


def empty() -> None:
    """Forget everything: search finds nothing until it is indexed again."""
    with transaction.atomic():
        index.engine().lock()
        for model in (Spelling, Term, PublicEntry, OwnEntry, PinFacts, Rebuild):
            model._default_manager.all().delete()
