"""Changes of a conversation that happen by themselves: a poll's deadline, a board made secret."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from messaging.models import Conversation


@contextmanager
def unattended(conversation_id: int) -> Iterator[Conversation]:
    """The lock of numbers.with_lock, with nobody who acts. Raises Conversation.DoesNotExist."""
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
        before = conversation.counter
        yield conversation
        if conversation.counter != before:
            conversation.save(update_fields=["counter", "active"])
