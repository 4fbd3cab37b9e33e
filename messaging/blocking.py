"""Blocks in a talk of two: neither writes to the other any more, in whatever way.

A block and a change of the talk wait for each other at the conversation's row: the change is
committed before block() returns, or it finds the block and is refused.
"""

from __future__ import annotations

from django.db.models import Q
from django.dispatch import receiver

from messaging.models import Conversation, pair_of
from pinboard.errors import PinboardError
from pinboard.live.events import MembershipChanged
from pinboard.live.publish import publish
from pinboard.people.models import Block, Person
from pinboard.people.relations import person_blocked, person_unblocked


class Blocked(PinboardError):
    code = "blocked"
    status = 403

    def __init__(self) -> None:
        super().__init__("You can no longer write to each other.")


def is_silenced(conversation: Conversation, person: Person) -> bool:
    """Whether a block ended this talk of two. In a group everybody talks with everybody."""
    return bool(blockers_in(conversation, person))


def blockers_in(conversation: Conversation, person: Person) -> set[int]:
    """Who of a talk of two blocked the other; nobody in a group. One query."""
    if conversation.is_group:
        return set()
    other = sum(map(int, (conversation.pair or "0").split(":"))) - person.pk
    between = Q(blocker=person, blocked=other) | Q(blocker=other, blocked=person)
    return set(Block.objects.filter(between).values_list("blocker", flat=True))


@receiver(person_blocked, dispatch_uid="messaging.block")
def wait_for_the_talk(blocker: Person, blocked: Person, **_: object) -> None:
    """Inside the block's transaction: let what is being said end, hold back what comes next.

    The people are locked first, because a talk of two may be beginning (joining.py) and
    have no row yet that we could see.
    """
    people = Person.objects.filter(pk__in=(blocker.pk, blocked.pk)).order_by("pk")
    list(people.select_for_update(no_key=True).values_list("pk"))
    talk = Conversation.objects.filter(pair=pair_of(blocker, blocked))
    list(talk.select_for_update().values_list("pk"))
    _tell_both(blocker, blocked)


@receiver(person_unblocked, dispatch_uid="messaging.unblock")
def open_the_talk(blocker: Person, blocked: Person, **_: object) -> None:
    _tell_both(blocker, blocked)


def _tell_both(blocker: Person, blocked: Person) -> None:
    """The open windows of both close or open their composers."""
    talk = Conversation.objects.filter(pair=pair_of(blocker, blocked)).first()
    if talk:
        event = MembershipChanged(conversation=talk.pk, person=blocker.pk)
        publish(event, people=[blocker.pk, blocked.pk])
