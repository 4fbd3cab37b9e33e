"""What a conversation is to one person: muted, put away. Nobody else hears of it.

Muted: no badge and no push; it stays in the list, with a sign. Archived: out of the list until
something is said after it (lists.py), whatever else happens there meanwhile.
"""

from __future__ import annotations

from django.db import transaction

from messaging.models import Conversation, Member
from messaging.telling import tell_own_tabs
from pinboard.people.models import Person


def mute(*, actor: Person, conversation: Conversation) -> None:
    _change(actor, conversation, muted=True)


def unmute(*, actor: Person, conversation: Conversation) -> None:
    _change(actor, conversation, muted=False)


def archive(*, actor: Person, conversation: Conversation) -> None:
    """Put away as it is now."""
    _change(actor, conversation, archived=conversation.counter)


def unarchive(*, actor: Person, conversation: Conversation) -> None:
    _change(actor, conversation, archived=None)


@transaction.atomic
def _change(actor: Person, conversation: Conversation, **fields: bool | int | None) -> None:
    """conversation: fetched through visible_to just now. Without the conversation's lock: it
    is the actor's own row, and nothing that has a number."""
    mine = Member.objects.filter(conversation=conversation, person=actor, left__isnull=True)
    mine.update(**fields)
    tell_own_tabs(conversation.pk, person_id=actor.pk)
