"""Catching up: everything that changed after a number, what is read and what is not."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value

from messaging.models import Conversation, Member, Message
from messaging.receipts import tell_seen
from messaging.telling import tell_read
from pinboard.people.models import Person

CHANGES_SIZE = 200


@dataclass(frozen=True, slots=True)
class Changes:
    """messages in the order of their last change; number: ask again after this one."""

    messages: list[Message]
    number: int
    more: bool


def changes_after(conversation: Conversation, *, viewer: Person, number: int) -> Changes:
    """What changed after a number, in its present state, up to 200 changes at a time.

    conversation: fetched through visible_to just now. Its counter is the upper bound: a change
    committed after that reading has a higher number and belongs to the next question, so
    nothing is skipped however many write at the same time.
    """
    reached = conversation.counter
    changed = (
        Message.objects.visible_to(viewer)
        .filter(conversation=conversation, changed__gt=number, changed__lte=reached)
        .order_by("changed", "number")
    )
    # Several messages may share a change (a verdict on a pin that was shared twice), so a page
    # ends between numbers, never inside one.
    last = changed.values_list("changed", flat=True)[CHANGES_SIZE - 1 : CHANGES_SIZE].first()
    if last is not None and last < reached:
        return Changes(list(changed.filter(changed__lte=last)), last, more=True)
    return Changes(list(changed), reached, more=False)


def mark_read(*, person: Person, conversation: Conversation, number: int) -> int:
    """Raise the read mark, never above what there is and never down. Returns where it stands."""
    wanted = max(0, min(number, conversation.counter))
    mine = Member.objects.filter(conversation=conversation, person=person)
    if mine.filter(read__lt=wanted).update(read=wanted):
        tell_read(conversation_id=conversation.pk, person_id=person.pk, number=wanted)
        tell_seen(conversation, person=person, number=wanted)
        return wanted
    return mine.values_list("read", flat=True).first() or 0


def unread_counts(person: Person) -> dict[int, int]:
    """By conversation, how many messages of others this person has not read."""
    counted = _unread_messages(person).order_by().values("conversation").annotate(n=Count("pk"))
    return {row["conversation"]: row["n"] for row in counted}


def unread_total(person: Person) -> Subquery:
    """Over all conversations, as a part of another query."""
    counted = _unread_messages(person).order_by().annotate(all=Value(1)).values("all")
    return Subquery(counted.annotate(n=Count("pk")).values("n"))


def with_unread(conversations: QuerySet[Conversation], person: Person) -> QuerySet[Conversation]:
    """Annotate conversations with unread, the number of messages of others not read yet."""
    counted = (
        _unread_messages(person)
        .filter(conversation=OuterRef("pk"))
        .order_by()
        .values("conversation")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return conversations.annotate(unread=Subquery(counted))


def _unread_messages(person: Person) -> QuerySet[Message]:
    """Not of muted conversations or requests, nor what was put away unread."""
    return Message.objects.filter(
        Q(number__gt=F("conversation__members__read"))
        & Q(number__gt=F("conversation__members__since")),
        Q(conversation__members__archived__isnull=True)
        | Q(number__gt=F("conversation__members__archived")),
        conversation__members__person=person,
        conversation__members__left__isnull=True,
        conversation__members__accepted=True,
        conversation__members__muted=False,
        kind=Message.Kind.SAID,
        removed__isnull=True,
    ).exclude(sender=person)
