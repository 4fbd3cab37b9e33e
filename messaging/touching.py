"""Messages that look different now: they take the next number, and whoever is present hears it.

Only inside with_lock(), on the conversation it gave.
"""

from __future__ import annotations

from messaging.models import Conversation, Message
from messaging.numbers import next_number
from messaging.telling import tell_changed


def touch_message(conversation: Conversation, message: Message) -> None:
    """This message changed."""
    message.changed = next_number(conversation)
    message.save(update_fields=["changed"])
    tell_changed(message, is_alone=True)


def touch_pin(conversation: Conversation, pin_id: int) -> None:
    """Every message that carries the pin changed, under one new number. There is at least one."""
    number = next_number(conversation)
    carriers = Message.objects.filter(conversation=conversation, pins__pin=pin_id)
    carriers.update(changed=number)
    newest, *others = carriers.order_by("-number")[:2]
    tell_changed(newest, is_alone=not others)
