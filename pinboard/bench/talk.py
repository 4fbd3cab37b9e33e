"""The talk of the data set: conversations with messages, pins and verdicts, and sessions."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from messaging.models import Conversation, Member, Message, MessagePin, Verdict
from pinboard.bench.words import SAID
from pinboard.people.models import Person
from pinboard.pins.models import Pin

BATCH = 1000
MESSAGES = 200
# One message in so many carries a pin.
PIN_EVERY = 4


def talk(
    people: Sequence[Person], *, count: int, messages: int, pins: Sequence[Pin], dice: Random
) -> Conversation:
    """Let people talk in groups of four, the first of them in every tenth.

    Returns the one page of which is measured: the first person's newest, with MESSAGES.
    """
    for number in range(count):
        chosen = dice.sample(people[1:], min(3, len(people) - 1))
        fourth = people[0] if number % 10 == 0 else dice.choice(people[1:])
        members = list(dict.fromkeys([fourth, *chosen]))
        _say(_group(f"Group {number}", members), members, messages, pins, dice)
    members = list(people[:6])
    conversation = _group("Dinner on Saturday", members)
    _say(conversation, members, MESSAGES, pins, dice)
    return conversation


def groups_of(people: Sequence[Person], size: int) -> Iterator[tuple[Conversation, list[Person]]]:
    """Silent conversations of so many members each, for the measurement of delivery."""
    for start in range(0, len(people), size):
        members = list(people[start : start + size])
        yield _group(f"Delivery {start // size}", members), members


def sign_in(people: Sequence[Person]) -> dict[int, str]:
    """A session for each, as signing in would have made it; keys by person."""
    store = SessionStore()
    rows = [
        Session(
            session_key=store._get_new_session_key(),  # type: ignore[attr-defined]  # the stubs hide it
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
            expire_date=timezone.now() + timedelta(days=1),
        )
        for person in people
    ]
    Session.objects.bulk_create(rows, batch_size=BATCH)
    return {person.pk: row.session_key for person, row in zip(people, rows, strict=True)}


def _group(title: str, members: Sequence[Person]) -> Conversation:
    conversation = Conversation.objects.create(title=title, is_group=True)
    Member.objects.bulk_create(
        [Member(conversation=conversation, person=person) for person in members]
    )
    return conversation


def _say(
    conversation: Conversation,
    members: Sequence[Person],
    count: int,
    pins: Sequence[Pin],
    dice: Random,
) -> None:
    began = timezone.now() - timedelta(minutes=count)
    messages = Message.objects.bulk_create(
        [
            Message(
                conversation=conversation,
                sender=dice.choice(members),
                client_id=uuid.UUID(int=dice.getrandbits(128)),
                body_digest="0" * 64,
                number=number,
                changed=number,
                text=dice.choice(SAID),
                created=began + timedelta(minutes=number),
            )
            for number in range(1, count + 1)
        ]
    )
    _carry(conversation, members, messages[::PIN_EVERY], pins, dice)
    conversation.counter = count
    conversation.active = timezone.now()
    conversation.save(update_fields=["counter", "active"])


def _carry(
    conversation: Conversation,
    members: Sequence[Person],
    carriers: Sequence[Message],
    pins: Sequence[Pin],
    dice: Random,
) -> None:
    """Pins for these messages, and verdicts of every other person on every other pin."""
    carried = dice.sample(pins, min(len(carriers), len(pins)))
    MessagePin.objects.bulk_create(
        [
            MessagePin(message=message, conversation=conversation, pin=pin)
            for message, pin in zip(carriers, carried, strict=False)
        ]
    )
    Verdict.objects.bulk_create(
        [
            Verdict(
                conversation=conversation,
                pin=pin,
                person=person,
                value=dice.choice(Verdict.Value.values),
                number=conversation.counter + 1,
            )
            for pin in carried[::2]
            for person in members[::2]
        ]
    )
