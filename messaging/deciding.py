"""Verdicts and decisions: what a conversation is for."""

from __future__ import annotations

from django.db.models import F

from messaging.models import Conversation, Decision, Message, MessagePin, Verdict
from messaging.numbers import next_number, with_lock
from messaging.posting import write_line
from messaging.telling import tell_changed
from pinboard.errors import PinboardError
from pinboard.people.models import Person


def give_verdict(*, actor: Person, conversation_id: int, pin_id: int, value: str) -> None:
    """Say yes, maybe, no or question to a pin of the conversation; "" takes it back."""
    if value and value not in Verdict.Value.values:
        raise PinboardError("A verdict is yes, maybe, no or question.", code="unknown_verdict")
    with with_lock(conversation_id, actor=actor) as conversation:
        _refuse_unshared(conversation, pin_id)
        mine = Verdict.objects.filter(conversation=conversation, pin_id=pin_id, person=actor)
        if value:
            Verdict.objects.update_or_create(
                conversation=conversation, pin_id=pin_id, person=actor, defaults={"value": value}
            )
        elif not mine.delete()[0]:
            return
        _touch(conversation, pin_id)


def decide(*, actor: Person, conversation_id: int, pin_id: int, reason: str = "") -> None:
    """Settle on a pin, with a line in the thread."""
    with with_lock(conversation_id, actor=actor) as conversation:
        title = _refuse_unshared(conversation, pin_id)
        _, is_new = Decision.objects.update_or_create(
            conversation=conversation,
            pin_id=pin_id,
            defaults={"person": actor, "reason": reason.strip()[:300]},
        )
        if is_new:
            because = f": {reason.strip()[:300]}" if reason.strip() else ""
            write_line(
                conversation,
                actor=actor,
                text=f"{actor.display_name} decided on {title}{because}",
            )
        _touch(conversation, pin_id)


def reopen(*, actor: Person, conversation_id: int, pin_id: int) -> None:
    """Take a decision back; everybody sees who did."""
    with with_lock(conversation_id, actor=actor) as conversation:
        title = _refuse_unshared(conversation, pin_id)
        gone, _ = Decision.objects.filter(conversation=conversation, pin_id=pin_id).delete()
        if gone:
            write_line(conversation, actor=actor, text=f"{actor.display_name} reopened {title}")
            _touch(conversation, pin_id)


def _refuse_unshared(conversation: Conversation, pin_id: int) -> str:
    """The pin's title, or a refusal when no message here carries the pin."""
    share = (
        MessagePin.objects.filter(conversation=conversation, pin=pin_id)
        .select_related("pin")
        .first()
    )
    if share is None:
        raise PinboardError(
            "This pin is not part of this conversation.", code="not_found", status=404
        )
    return share.pin.title if share.pin and share.pin.title else "this pin"


def _touch(conversation: Conversation, pin_id: int) -> None:
    """Every message that carries the pin changed, under one new number."""
    number = next_number(conversation)
    carriers = Message.objects.filter(conversation=conversation, pins__pin=pin_id)
    carriers.update(changed=number)
    tell_changed(list(carriers.order_by(F("number"))))
