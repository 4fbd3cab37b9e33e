"""Conversations to read far back in: one very long, and many short ones to hold it against."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta
from random import Random

from django.utils import timezone

from messaging.finding.keeping import index_messages
from messaging.models import Conversation, Member, Message, MessagePin
from pinboard.bench.words import SAID
from pinboard.people.models import Person
from pinboard.pins.models import Pin

BATCH = 1000
PIN_EVERY = 4


def long_talk(
    people: Sequence[Person], *, messages: int, pins: Sequence[Pin], dice: Random
) -> Conversation:
    """A group that said so many messages, every fourth with a pin; all of it read and indexed."""
    conversation = Conversation.objects.create(title=f"{messages:,} messages", is_group=True)
    Member.objects.bulk_create(
        [Member(conversation=conversation, person=person, read=messages) for person in people]
    )
    began = timezone.now() - timedelta(minutes=messages)
    for start in range(1, messages + 1, BATCH):
        said = Message.objects.bulk_create(
            [
                Message(
                    conversation=conversation,
                    sender=dice.choice(people),
                    client_id=uuid.UUID(int=dice.getrandbits(128)),
                    body_digest="0" * 64,
                    number=number,
                    changed=number,
                    text=dice.choice(SAID),
                    created=began + timedelta(minutes=number),
                )
                for number in range(start, min(start + BATCH, messages + 1))
            ]
        )
        MessagePin.objects.bulk_create(
            [
                MessagePin(message=message, conversation=conversation, pin=dice.choice(pins))
                for message in said[::PIN_EVERY]
            ]
        )
        index_messages([message.pk for message in said])
    Conversation.objects.filter(pk=conversation.pk).update(counter=messages)
    return conversation
