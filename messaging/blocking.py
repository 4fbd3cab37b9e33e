"""Blocks in a talk of two: neither writes to the other any more, in whatever way.

A block and a change of the talk wait for each other at the conversation's row: the change is
committed before block() returns, or it finds the block and is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.dispatch import receiver

from messaging.models import Conversation, pair_of
from pinboard.errors import PinboardError
from pinboard.live.events import MembershipChanged
from pinboard.live.publish import publish
from pinboard.people.models import DELETED_SIGN, Block, Person
from pinboard.people.relations import person_blocked, person_blocking, person_unblocked

# A condition on people: their account was deleted.
_GONE = Q(username__startswith=DELETED_SIGN)


class Blocked(PinboardError):
    code = "blocked"
    status = 403

    def __init__(self) -> None:
        super().__init__("You can no longer write to each other.")


def is_silenced(conversation: Conversation, person: Person) -> bool:
    """Whether a block, or the end of the other's account, ended this talk of two.

    In a group everybody talks with everybody.
    """
    if conversation.is_group:
        return False
    both = {int(word) for word in (conversation.pair or "").split(":")}
    other = OuterRef("pk")
    between = Q(blocker=person, blocked=other) | Q(blocked=person, blocker=other)
    others = Person.objects.filter(pk__in=both - {person.pk})
    return others.filter(_GONE | Exists(Block.objects.filter(between))).exists()


@dataclass(frozen=True, slots=True)
class Closed:
    """Whether a talk of two is closed, and by whom."""

    by_viewer: bool = False
    by_other: bool = False

    def __bool__(self) -> bool:
        return self.by_viewer or self.by_other


def with_blocks(conversations: QuerySet[Conversation], viewer: Person) -> QuerySet[Conversation]:
    """Conversations that know, without a further query, what closed_of() tells."""
    here = Q(is_group=False)
    mine = Block.objects.filter(blocker=viewer, blocked__memberships__conversation=OuterRef("pk"))
    theirs = Block.objects.filter(blocked=viewer, blocker__memberships__conversation=OuterRef("pk"))
    gone = Person.objects.filter(_GONE, memberships__conversation=OuterRef("pk"))
    return conversations.annotate(
        by_viewer=here & Exists(mine), by_other=here & (Exists(theirs) | Exists(gone))
    )


def closed_of(conversation: Conversation) -> Closed:
    """conversation: of with_blocks()."""
    return Closed(
        by_viewer=conversation.by_viewer,  # type: ignore[attr-defined]  # annotated there
        by_other=conversation.by_other,  # type: ignore[attr-defined]  # annotated there
    )


@receiver(person_blocking, dispatch_uid="messaging.blocking")
def wait_for_the_talk(blocker: Person, blocked: Person, **_: object) -> None:
    """Inside the block's transaction: let what is being said end, hold back what comes next.

    block() holds the people by now, because a talk of two may be beginning (joining.py) and
    have no row yet that we could see. It parts their boards afterwards: conversations are locked
    before boards.
    """
    talk = Conversation.objects.filter(pair=pair_of(blocker, blocked))
    list(talk.select_for_update().values_list("pk"))


@receiver(person_blocked, dispatch_uid="messaging.block")
def close_the_talk(blocker: Person, blocked: Person, **_: object) -> None:
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
