"""Telling the members, after the commit: whoever is present then and may see what changed.

A message's event carries its number and its HTML, drawn once and the same for every member;
what is "mine" is styled in the browser. Everything here may be lost without harm: a tab that
misses a number asks for it (changes.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import compress

from django.db import transaction
from django.db.models import QuerySet

from messaging.missed import tell_later
from messaging.models import Conversation, Member, Message
from messaging.news import tell_answered
from messaging.showing import everyone_in, message_html, plain_html
from pinboard.live.events import (
    ConversationChanged,
    ConversationRead,
    Event,
    MembershipChanged,
    MessageChanged,
    MessagePosted,
    ShoppingChanged,
)
from pinboard.live.publish import publish
from pinboard.web.prepared import Prepared


def tell_message(message: Message, *, is_plain: bool = False) -> None:
    """Everybody present hears that something was said; whoever misses it is told a little later.

    is_plain: it was said just now and carries only words.
    """
    transaction.on_commit(partial(_tell_posted, message, is_plain))
    tell_later(message)
    if message.quote_id and message.kind == Message.Kind.SAID:
        tell_answered(message)


def tell_again(message: Message) -> None:
    """Whoever said it tries again: perhaps nobody was told. Nobody is notified a second time."""
    transaction.on_commit(partial(_tell_posted, message, False))


def tell_changed(newest: Message, *, is_alone: bool) -> None:
    """Everybody present who may see it hears that a message looks different now.

    newest: of the messages that share this change, the last one said. is_alone: no others do;
    when several do, their HTML stays behind one short word, after which the tabs ask.
    """
    transaction.on_commit(partial(_tell_changed, newest, is_alone))


def tell_membership(conversation: Conversation, *, people: Iterable[int]) -> None:
    """These people joined or left: the members hear it, and so do they."""
    audience = _audience(conversation.pk)
    for person in people:
        event = MembershipChanged(conversation=conversation.pk, person=person)
        publish(event, people=[*audience, person])


def tell_shopping(conversation: Conversation) -> None:
    """What is on the shopping list, or who has what: everybody present hears that it changed."""
    transaction.on_commit(partial(_tell_shopping, conversation.pk))


def _tell_shopping(conversation_id: int) -> None:
    publish(ShoppingChanged(conversation=conversation_id), people=_audience(conversation_id))


def tell_own_tabs(conversation_id: int, *, person_id: int) -> None:
    """What a conversation is to this person changed; nobody else hears it."""
    event = MembershipChanged(conversation=conversation_id, person=person_id)
    publish(event, people=[person_id])


def tell_read(*, conversation_id: int, person_id: int, number: int) -> None:
    """The reader's other tabs and devices agree on what is read."""
    publish(ConversationRead(conversation=conversation_id, number=number), people=[person_id])


def _audience(conversation_id: int, *, place: int | None = None) -> list[int]:
    """Who is present now; for a message also: who had joined when it took its place.

    Whoever has not accepted yet hears nothing: to them it is a request.
    """
    before = _AFTER_ALL if place is None else place
    return [person for (person,) in _PRESENT.rows(conversation=conversation_id, place=before)]


def _present(conversation: int, place: int) -> QuerySet[Member, tuple[int]]:
    present = Member.objects.filter(conversation=conversation, left__isnull=True, accepted=True)
    return present.filter(since__lt=place).values_list("person_id")


_PRESENT = Prepared(_present)
_AFTER_ALL = 2**62  # no conversation counts that far


def _who_hears(members: Mapping[int, Member], place: int) -> list[int]:
    """Of the members those who are present, accepted, and had joined when this was said."""
    hears = (m.left is None and m.accepted and m.since < place for m in members.values())
    return list(compress(members, hears))


def _tell_posted(message: Message, is_plain: bool) -> None:
    if is_plain:  # nothing in it depends on who is here
        message.html = plain_html(message)
        people = _audience(message.conversation_id, place=message.number)
    else:
        members = everyone_in(message.conversation_id)
        (message.html,) = message_html([message], members=members)
        people = _who_hears(members, message.number)
    event = MessagePosted(
        conversation=message.conversation_id,
        number=message.number,
        after=message.number - 1,
        html=message.html,
    )
    publish(event, people=people)


def _tell_changed(newest: Message, is_alone: bool) -> None:
    event: Event = ConversationChanged(conversation=newest.conversation_id, number=newest.changed)
    # As it is now: taken back a moment after this change, none of its words go out any more.
    fresh = Message.objects.filter(pk=newest.pk).first() if is_alone else newest
    if fresh is None:
        return
    # Read once: what is drawn hides what somebody here may not see, and goes to nobody else.
    members = everyone_in(newest.conversation_id)
    if is_alone:
        (html,) = message_html([fresh], members=members)
        event = MessageChanged(
            conversation=newest.conversation_id,
            number=newest.changed,
            place=newest.number,
            html=html,
        )
    publish(event, people=_who_hears(members, newest.number))
