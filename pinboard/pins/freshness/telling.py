"""Who hears that something got cheaper or is there again: whoever keeps it, once, a line a day.

Nobody is pushed and no letter is written. The line is made when it is read, of what its reader
keeps and may see then; with several pins it leads to a page with all of them (views/changes.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from pinboard.notifications.models import Notification, Wishes
from pinboard.notifications.telling import tell_many
from pinboard.people.models import Person, unblocked
from pinboard.pins.cards import PinCard, cards_for, with_card_fields
from pinboard.pins.facts import money
from pinboard.pins.freshness.models import SourceChange
from pinboard.pins.models import Favourite, Pin, Save

PRICES = Notification.Kind.PRICES
# Changes that are told together, and people who hear of them in one go.
BATCH = 50
PEOPLE = 500
# Pins that a page of changes shows.
MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class ChangedPin:
    """words: "€129.00 instead of €149.00", "Back in stock"."""

    card: PinCard
    kind: str
    words: str


def tell_people() -> int:
    """Tell what was not told yet. Returns how many changes that were."""
    with transaction.atomic():
        untold = SourceChange.objects.select_for_update().filter(told_at__isnull=True)
        changes = list(untold.order_by("pk")[:BATCH])
        now = timezone.now()
        those = SourceChange.objects.filter(pk__in=[one.pk for one in changes])
        those.update(told_at=now)
        sources = those.exclude(SourceChange.BYGONE).values_list("source", flat=True)
        people = sorted(_keepers(list(sources))) if changes else []
        for start in range(0, len(people), PEOPLE):
            tell_many(
                people=people[start : start + PEOPLE], kind=PRICES, target=now.date().toordinal()
            )
    return len(changes)


def _keepers(sources: Sequence[int]) -> set[int]:
    """Who saved or favourited a pin of these pages, and wants to be told."""
    pins = Pin.objects.filter(_leading_to(sources)).values("pk")
    savers = Save.objects.filter(pin__in=pins).values_list("saver", flat=True)
    lovers = Favourite.objects.filter(pin__in=pins).values_list("person", flat=True)
    silent = Wishes.objects.filter(person=OuterRef("pk"), prices=False)
    keepers = Person.objects.filter(Q(pk__in=savers) | Q(pk__in=lovers), ~Exists(silent))
    return set(keepers.filter(is_active=True).values_list("pk", flat=True))


def changed_pins(viewer: Person, days: Iterable[date]) -> dict[date, list[ChangedPin]]:
    """By day, what the viewer was told of it, the newest first; each pin once a day."""
    wanted = set(days)
    if not wanted:
        return {}
    first = datetime.combine(min(wanted), time(), UTC)
    last = datetime.combine(max(wanted) + timedelta(days=1), time(), UTC)
    changes = SourceChange.objects.exclude(SourceChange.BYGONE).order_by("-pk")
    by_day: dict[date, dict[int, SourceChange]] = defaultdict(dict)
    mine = _kept_pins(viewer)
    kept = changes.filter(told_at__gte=first, told_at__lt=last).filter(
        Exists(mine.filter(Q(source=OuterRef("source")) | _copy_of(OuterRef("source"))))
    )
    for change in kept[: MOST_SHOWN * len(wanted)]:
        if change.told_at and change.told_at.date() in wanted:
            by_day[change.told_at.date()].setdefault(change.source_id, change)
    sources = {source for told in by_day.values() for source in told}
    pins = list(with_card_fields(mine.filter(_leading_to(list(sources)))).order_by("-pk"))
    cards = list(zip(pins, cards_for(pins, viewer=viewer), strict=True))
    return {day: _shown(cards, told)[:MOST_SHOWN] for day, told in by_day.items()}


def _shown(cards: list[tuple[Pin, PinCard]], told: dict[int, SourceChange]) -> list[ChangedPin]:
    shown = []
    for pin, card in cards:
        change = told.get(pin.source.corrected_from_id or pin.source.pk) if pin.source else None
        if change:
            words = words_of(change)
            shown.append(ChangedPin(replace(card, reason=words), change.kind, words))
    return shown


def words_of(change: SourceChange) -> str:
    if change.kind == SourceChange.Kind.BACK:
        return "Back in stock"
    now, was = (money(str(price), change.currency) for price in (change.price, change.was))
    return f"{now} instead of {was}"


def line_of(changed: Sequence[ChangedPin]) -> str:
    """One sentence about all of them."""
    first = changed[0]
    name = first.card.name
    if len(changed) == 1:
        return f"{name} is {first.words}" if first.kind == "cheaper" else f"{name} is back in stock"
    kinds = {one.kind for one in changed}
    what = "cheaper or back in stock" if len(kinds) > 1 else _WORDS[first.kind]
    return f"{name} and {len(changed) - 1} more that you keep are {what}"


_WORDS = {"cheaper": "cheaper", "back": "back in stock"}


def url_of(day: date, changed: Sequence[ChangedPin]) -> str:
    if len(changed) == 1:
        return changed[0].card.url
    return reverse("pins:changes", args=[day.isoformat()])


def _kept_pins(viewer: Person) -> QuerySet[Pin]:
    saved = Exists(Save.objects.filter(pin=OuterRef("pk"), saver=viewer))
    loved = Exists(Favourite.objects.filter(pin=OuterRef("pk"), person=viewer))
    visible = Pin.objects.visible_to(viewer).filter(unblocked(viewer, "maker"))
    return visible.filter(Q(saved) | Q(loved))


def _leading_to(sources: Sequence[int]) -> Q:
    return Q(source__in=sources) | Q(source__corrected_from__in=sources)


def _copy_of(page: OuterRef) -> Q:
    return Q(source__corrected_from=page)
