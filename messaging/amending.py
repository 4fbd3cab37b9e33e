"""Changing one's mind about what one said: new words, or none of it any more."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils import timezone

from messaging.bringing import brought_by, forget_pins
from messaging.deciding import let_go
from messaging.models import (
    Conversation,
    Decision,
    Message,
    MessagePin,
    Poll,
    Reaction,
    Verdict,
)
from messaging.naming import unnamed
from messaging.numbers import with_lock
from messaging.polling import forget_poll
from messaging.posting import tidy_text
from messaging.touching import touch_answered
from pinboard.errors import PinboardError
from pinboard.people.models import Person


class MessageUnknown(PinboardError):
    code = "not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("This message does not exist.")


def amend(*, actor: Person, conversation_id: int, message_id: int, text: str) -> Message:
    """Say it in other words; what the message carries stays. The last one to amend is right.

    Raises NotAMember, Blocked, MessageUnknown, and PinboardError "not_yours", "taken_back",
    "too_long" or "empty".
    """
    text = tidy_text(text)
    with with_lock(conversation_id, actor=actor) as conversation:
        message = _own(conversation, actor, message_id)
        if message.removed:
            raise PinboardError("You took this message back.", code="taken_back", status=409)
        if message.text == text:
            return message
        if not text and not _carries_something(message):
            raise PinboardError("Write something, or take the message back.", code="empty")
        message.text = text
        message.edited = timezone.now()
        message.save(update_fields=["text", "edited"])
        touch_answered(conversation, message)
    return message


def take_back(*, actor: Person, conversation_id: int, message_id: int) -> Message:
    """Unsay it: nothing of the message stays but its place and who said it.

    A pin that was shared here by nobody else is judged and decided no more, and whoever saw it
    only because of this message sees it no more. Taking back twice is once.
    """
    with with_lock(conversation_id, actor=actor) as conversation:
        message = _own(conversation, actor, message_id)
        if message.removed:
            return message
        unsay(conversation, message)
    return message


def unsay(conversation: Conversation, message: Message) -> None:
    """The same under the lock, whoever decided it."""
    brought = brought_by(message)
    _forget_pins(conversation, message)
    _forget_names(message)
    forget_pins(brought)
    Reaction.objects.filter(message=message).delete()
    forget_poll(conversation, message)
    message.text = message.search = message.body_digest = ""
    message.board = message.quote = message.edited = None
    message.removed = timezone.now()
    message.save(
        update_fields=["text", "search", "body_digest", "board", "quote", "edited", "removed"]
    )
    touch_answered(conversation, message)


def _forget_pins(conversation: Conversation, message: Message) -> None:
    shares = MessagePin.objects.filter(message=message)
    pin_ids = [pin_id for pin_id in shares.values_list("pin_id", flat=True) if pin_id]
    shares.delete()
    here = MessagePin.objects.filter(conversation=conversation, pin=OuterRef("pin"))
    verdicts, decisions = (
        marks.objects.filter(~Exists(here), conversation=conversation, pin__in=pin_ids)
        for marks in (Verdict, Decision)
    )
    verdicts.delete()
    for decision in decisions:
        let_go(conversation, decision.pin_id)
        decision.delete()


def _forget_names(message: Message) -> None:
    """Lines that tell what was decided or voted name the pins no more."""
    for line in Message.objects.filter(quote=message, kind=Message.Kind.LINE):
        line.text = unnamed(line.text)
        line.body_digest = ""
        line.save(update_fields=["text", "body_digest"])


def _own(conversation: Conversation, actor: Person, message_id: int) -> Message:
    seen = Message.objects.visible_to(actor).filter(conversation=conversation)
    message = seen.filter(pk=message_id, kind=Message.Kind.SAID).first()
    if message is None:
        raise MessageUnknown
    if message.sender_id != actor.pk:
        raise PinboardError(
            "Only the person who wrote a message can change it.", code="not_yours", status=403
        )
    return message


def _carries_something(message: Message) -> bool:
    """Whether it says something without words: pins that are gone count, their place is kept."""
    if message.search or message.board_id:
        return True
    return (
        MessagePin.objects.filter(message=message).exists()
        or Poll.objects.filter(message=message).exists()
    )
