"""A pin or board that is deleted is gone from every open window at that moment, and from every
catch-up; a pin's name is gone from the lines that told what was decided or voted.

The messages that carried it change: each of their conversations takes a number for it, so that a
tab which hears nothing asks for it later.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver

from messaging.deciding import let_go
from messaging.finding.keeping import carriers_of, index_messages
from messaging.models import Conversation, Message, MessagePin
from messaging.naming import forget_name
from messaging.touching import touch_answers, touch_board
from pinboard.pins.models import Pin
from pinboard.pins.saving import hold_pins
from pinboard.pins.signals import board_deleting, pin_deleting


@receiver(pin_deleting)
def redraw_messages(pin_id: int, **kwargs: Any) -> None:
    """Inside the deleting transaction; what the messages look like is asked after its commit."""
    conversations = _held(MessagePin.objects.filter(pin=pin_id).values("conversation"))
    # Conversations, then pins, then the index: in this order everybody else takes them too.
    hold_pins([pin_id])
    pin = Pin.objects.filter(pk=pin_id).first()
    for conversation in conversations:
        if pin:
            forget_name(conversation, pin)
        let_go(conversation, pin_id)
        touch_answers(conversation, pin_id)
        conversation.save(update_fields=["counter"])
    index_messages(carriers_of(pin=pin_id), without_pin=pin_id)


@receiver(board_deleting)
def redraw_boards(board_id: int, **kwargs: Any) -> None:
    """As redraw_messages() for a pin."""
    for conversation in _held(Message.objects.filter(board=board_id).values("conversation")):
        touch_board(conversation, board_id)
        conversation.save(update_fields=["counter"])


def _held(ids: QuerySet[Any, Any]) -> list[Conversation]:
    """Locked until the transaction ends, always by number."""
    conversations = Conversation.objects.select_for_update().filter(pk__in=ids)
    return list(conversations.order_by("pk"))
