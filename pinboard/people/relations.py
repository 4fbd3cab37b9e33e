"""Following and blocking."""

from __future__ import annotations

from django.db import transaction
from django.dispatch import Signal

from pinboard.errors import PinboardError
from pinboard.people.models import Block, Follow, Person, any_block_between

# Announced upward after somebody was followed, blocked or not blocked any more, with
# follower=/followed= and blocker=/blocked=: notifications and messaging listen.
person_followed = Signal()
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
    Block.objects.get_or_create(blocker=actor, blocked=person)
    Follow.objects.filter(follower=actor, followed=person).delete()
    Follow.objects.filter(follower=person, followed=actor).delete()
    person_blocked.send(Block, blocker=actor, blocked=person)


@transaction.atomic
def unblock(*, actor: Person, person: Person) -> None:
    Block.objects.filter(blocker=actor, blocked=person).delete()
    person_unblocked.send(Block, blocker=actor, blocked=person)
