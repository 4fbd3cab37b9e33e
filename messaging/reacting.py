"""Emoji on messages."""

from __future__ import annotations

from messaging.amending import MessageUnknown
from messaging.emoji import one_emoji
from messaging.models import Message, Reaction
from messaging.numbers import with_lock
from messaging.quoting import quotable
from messaging.touching import touch_message
from pinboard.errors import PinboardError
from pinboard.people.models import Person

MOST_KINDS = 12


def react(
    *, actor: Person, conversation_id: int, message_id: int, emoji: str, on: bool | None = None
) -> Message:
    """Put an emoji on a message, or take one's own away; on None changes what is.

    What is so already takes no number. Raises NotAMember, Blocked, MessageUnknown, and
    PinboardError "not_an_emoji" or "too_many_kinds".
    """
    emoji = one_emoji(emoji)
    if not emoji:
        raise PinboardError("A reaction is one emoji.", code="not_an_emoji")
    with with_lock(conversation_id, actor=actor) as conversation:
        message = quotable(conversation, actor).filter(pk=message_id).first()
        if message is None:
            raise MessageUnknown
        mine = Reaction.objects.filter(message=message, person=actor, emoji=emoji)
        is_on = mine.exists()
        if on is is_on:
            return message
        if is_on:
            mine.delete()
        else:
            _refuse_another_kind(message, emoji)
            Reaction.objects.create(message=message, person=actor, emoji=emoji)
        touch_message(conversation, message)
    return message


def _refuse_another_kind(message: Message, emoji: str) -> None:
    given = Reaction.objects.filter(message=message).order_by()
    kinds = set(given.values_list("emoji", flat=True).distinct())
    if emoji not in kinds and len(kinds) >= MOST_KINDS:
        raise PinboardError(
            f"One message takes up to {MOST_KINDS} different reactions.", code="too_many_kinds"
        )
