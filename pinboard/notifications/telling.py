"""Telling somebody: one row per kind and target, counted up until it is seen."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Case, Count, F, Subquery, Value, When
from django.utils import timezone

from pinboard.live.events import Notified
from pinboard.live.publish import publish
from pinboard.notifications.models import Notification
from pinboard.people.models import Person, any_block_between


@transaction.atomic
def tell(*, person: Person, kind: str, target: int, actor: Person) -> None:
    """Let a person know; nothing about oneself, nothing from somebody blocked."""
    if person == actor or any_block_between(person, {actor.pk}):
        return
    row, is_new = Notification.objects.get_or_create(
        person=person, kind=kind, target=target, defaults={"actor": actor}
    )
    if not is_new:
        Notification.objects.filter(pk=row.pk).update(
            count=Case(When(seen=True, then=Value(1)), default=F("count") + 1),
            seen=False,
            actor=actor,
            changed=timezone.now(),
        )
    publish(Notified(), people=[person.pk])


@transaction.atomic
def tell_many(*, people: Sequence[int], kind: str, target: int) -> None:
    """Let these people know of something that nobody did. A fixed number of queries."""
    told = Notification.objects.filter(person__in=people, kind=kind, target=target)
    known = set(told.values_list("person_id", flat=True))
    told.update(
        count=Case(When(seen=True, then=Value(1)), default=F("count") + 1),
        seen=False,
        changed=timezone.now(),
    )
    Notification.objects.bulk_create(
        [
            Notification(person_id=pk, kind=kind, target=target, changed=timezone.now())
            for pk in people
            if pk not in known
        ],
        ignore_conflicts=True,
    )
    publish(Notified(), people=people)


def mark_seen(person: Person) -> None:
    Notification.objects.visible_to(person).filter(seen=False).update(seen=True)


def unseen_total(person: Person) -> Subquery:
    """How many notifications were not seen yet, as a part of another query."""
    unseen = Notification.objects.visible_to(person).filter(seen=False)
    counted = unseen.order_by().values("person").annotate(n=Count("pk")).values("n")
    return Subquery(counted)
