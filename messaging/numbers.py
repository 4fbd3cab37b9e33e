"""The one counter of a conversation.

Everything that changes a conversation happens inside with_lock(): it locks the row, so that
numbers are handed out in the order of commits and nothing can appear later below a number that
somebody has already seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from messaging.blocking import Blocked, is_silenced
from messaging.models import Conversation, Member
from messaging.telling import tell_membership
from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.web.prepared import Prepared


class NotAMember(PinboardError):
    """To somebody outside, a conversation does not exist."""

    code = "not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("This conversation does not exist, or you are no longer part of it.")


@contextmanager
def with_lock(
    conversation_id: int, *, actor: Person, accepts: bool = False
) -> Iterator[Conversation]:
    """Lock the conversation for one change by one of its present members.

    The counter is written back when the body ends. Raises NotAMember and Blocked, decided under
    the lock: whoever was removed or blocked a moment ago can change nothing any more. To whom it
    is a request (requesting.py) it does not exist, unless what they do accepts it.
    """
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().filter(pk=conversation_id).first()
        accepted = _has_accepted(conversation, actor) if conversation else None
        if conversation is None or accepted is None or not (accepted or accepts):
            raise NotAMember
        if is_silenced(conversation, actor):
            raise Blocked
        if not accepted:
            _let_in(conversation, actor)
        before = conversation.counter
        yield conversation
        if conversation.counter != before:
            conversation.save(update_fields=["counter", "active"])


def _has_accepted(conversation: Conversation, person: Person) -> bool | None:
    """None for whoever is not present, and for a guest whose link has ended."""
    conversation.present = dict(_HERE.rows(conversation=conversation.pk))
    if person.is_guest and not _may_still_come(conversation, person):
        return None
    return conversation.present.get(person.pk)


def _here(conversation: int) -> QuerySet[Member, tuple[int, bool]]:
    here = Member.objects.filter(conversation=conversation, left__isnull=True)
    return here.values_list("person_id", "accepted")


_HERE = Prepared(_here)


def _may_still_come(conversation: Conversation, guest: Person) -> bool:
    """Whether the link that this guest came by is still open."""
    here = Member.objects.filter(conversation=conversation, left__isnull=True, person=guest)
    return here.filter(person__guest__link__expires__gt=timezone.now()).exists()


def _let_in(conversation: Conversation, person: Person) -> None:
    """What was a request is a conversation from now on; the others hear it."""
    mine = Member.objects.filter(conversation=conversation, person=person)
    mine.update(accepted=True, archived=None)
    tell_membership(conversation, people=[person.pk])


def next_number(conversation: Conversation) -> int:
    """The next number; only inside with_lock, on the conversation it gave."""
    conversation.counter += 1
    return conversation.counter
