"""A pin that is deleted is gone from every open window at that moment, and from every catch-up.

The messages that carried it change: each of their conversations takes a number for it, so that a
tab which hears nothing asks for it later.
"""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from messaging.deciding import let_go
from messaging.finding.keeping import carriers_of, index_messages
from messaging.models import Conversation, MessagePin
from pinboard.pins.saving import hold_pins
from pinboard.pins.signals import pin_deleting


@receiver(pin_deleting)
def redraw_messages(pin_id: int, **kwargs: Any) -> None:
    """Inside the deleting transaction; what the messages look like is asked after its commit."""
    carrying = MessagePin.objects.filter(pin=pin_id).values("conversation")
    conversations = Conversation.objects.select_for_update().filter(pk__in=carrying)
    for conversation in conversations.order_by("pk"):
        let_go(conversation, pin_id)
        conversation.save(update_fields=["counter"])
    # Conversations, then pins, then the index: in this order everybody else takes them too.
    hold_pins([pin_id])
    index_messages(carriers_of(pin=pin_id), without_pin=pin_id)
