"""Following and blocking."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.dispatch import Signal

from pinboard.errors import PinboardError
from pinboard.people.models import Block, Follow, Person, any_block_between

# Announced upward after somebody was followed, blocked or not blocked any more, with
# follower=/followed= and blocker=/blocked=: notifications and messaging listen.
person_followed = Signal()
# Sent first in the transaction of a block, with blocker= and blocked=: messaging takes its locks,
# which come before those of boards.
person_blocking = Signal()
person_blocked = Signal()
person_unblocked = Signal()


@transaction.atomic
def follow(*, actor: Person, person: Person) -> None:
    if actor == person:
        raise PinboardError("You cannot follow yourself.", code="follow_self")
    if any_block_between(actor, {person.pk}):
        raise PinboardError("You cannot follow this person.", code="blocked", status=403)
    _, is_new = Follow.objects.get_or_create(follower=actor, followed=person)
    if is_new:
        person_followed.send(Follow, follower=actor, followed=person)


def unfollow(*, actor: Person, person: Person) -> None:
    Follow.objects.filter(follower=actor, followed=person).delete()


@transaction.atomic
def block(*, actor: Person, person: Person) -> None:
    """Cut both ways, now: following ends in both directions."""
    if actor == person:
        raise PinboardError("You cannot block yourself.", code="block_self")
    hold_people([actor.pk, person.pk])
    person_blocking.send(Block, blocker=actor, blocked=person)
    Block.objects.get_or_create(blocker=actor, blocked=person)
    Follow.objects.filter(follower=actor, followed=person).delete()
    Follow.objects.filter(follower=person, followed=actor).delete()
    person_blocked.send(Block, blocker=actor, blocked=person)


@transaction.atomic
def unblock(*, actor: Person, person: Person) -> None:
    Block.objects.filter(blocker=actor, blocked=person).delete()
    person_unblocked.send(Block, blocker=actor, blocked=person)


def hold_people(ids: Iterable[int]) -> list[int]:
    """Until the transaction ends nobody is blocked by or with one of these; those who exist.

    Whoever asks for a block and then acts on the answer holds both first: before conversations,
    boards and pins, and always by number.
    """
    people = Person.objects.filter(pk__in=ids).order_by("pk")
    # no_key: rows that refer to them may be written meanwhile.
    return list(people.select_for_update(no_key=True).values_list("pk", flat=True))
