"""Telling the members: who hears of a change is decided under the lock, told after the commit.

A message's event carries its number and its HTML, drawn once and the same for every member;
what is "mine" is styled in the browser. Everything here may be lost without harm: a tab that
misses a number asks for it (changes.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from django.db import transaction

from messaging.models import Conversation, Member, Message
from messaging.showing import message_html
from pinboard.live.events import (
    ConversationRead,
    MembershipChanged,
    MessageChanged,
    MessagePosted,
)
from pinboard.live.publish import publish


def tell_message(message: Message) -> None:
    """Everybody present at this moment hears that something was said."""
    audience = _audience(message.conversation_id, place=message.number)
    transaction.on_commit(partial(_tell_posted, message, audience))


def tell_changed(messages: Sequence[Message]) -> None:
    """Everybody present who may see them hears that these messages look different now."""
    audiences = [_audience(message.conversation_id, place=message.number) for message in messages]
    transaction.on_commit(partial(_tell_changed, messages, audiences))


def tell_membership(conversation: Conversation, *, people: Iterable[int]) -> None:
    """These people joined or left: the members hear it, and so do they."""
    audience = _audience(conversation.pk)
    for person in people:
        event = MembershipChanged(conversation=conversation.pk, person=person)
        publish(event, people=[*audience, person])


def tell_read(*, conversation_id: int, person_id: int, number: int) -> None:
    """The reader's other tabs and devices agree on what is read."""
    publish(ConversationRead(conversation=conversation_id, number=number), people=[person_id])


def _audience(conversation_id: int, *, place: int | None = None) -> list[int]:
    """Who is present now; for a message also: who had joined when it took its place."""
    present = Member.objects.filter(conversation=conversation_id, left__isnull=True)
    if place is not None:
        present = present.filter(since__lt=place)
    return list(present.values_list("person_id", flat=True))


def _tell_posted(message: Message, audience: Sequence[int]) -> None:
    (html,) = message_html([message])
    publish(
        MessagePosted(
            conversation=message.conversation_id,
            number=message.number,
            after=message.number - 1,
            html=html,
        ),
        people=audience,
    )


def _tell_changed(messages: Sequence[Message], audiences: Sequence[Sequence[int]]) -> None:
    drawn = zip(messages, message_html(messages), audiences, strict=True)
    for message, html, audience in drawn:
        publish(
            MessageChanged(
                conversation=message.conversation_id,
                number=message.changed,
                place=message.number,
                html=html,
            ),
            people=audience,
        )
