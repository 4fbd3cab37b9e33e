"""Verdicts and decisions: what a conversation is for."""

from __future__ import annotations

from django.db.models import Max
from django.utils import timezone

from messaging.models import Conversation, Decision, Member, Message, MessagePin, Verdict
from messaging.numbers import with_lock
from messaging.posting import write_line
from messaging.requesting import refuse_unanswered
from messaging.touching import touch_folded, touch_pin
from pinboard.errors import PinboardError
from pinboard.people.models import Person


def give_verdict(*, actor: Person, conversation_id: int, pin_id: int, value: str) -> None:
    """Say yes, maybe, no or question to a pin of the conversation; "" takes it back."""
    if value and value not in Verdict.Value.values:
        raise PinboardError("A verdict is yes, maybe, no or question.", code="unknown_verdict")
    with with_lock(conversation_id, actor=actor) as conversation:
        _refuse_unshared(conversation, actor, pin_id)
        mine = Verdict.objects.filter(conversation=conversation, pin_id=pin_id, person=actor)
        if value:
            Verdict.objects.update_or_create(
                conversation=conversation,
                pin_id=pin_id,
                person=actor,
                defaults={"value": value, "number": conversation.counter + 1},
            )
        elif not mine.delete()[0]:
            return
        touch_pin(conversation, pin_id)


def decide(*, actor: Person, conversation_id: int, pin_id: int, reason: str = "") -> None:
    """Settle on a pin, with a line in the thread. What was shared before it folds away.

    Deciding again on the same pin only gives another reason.
    """
    with with_lock(conversation_id, actor=actor) as conversation:
        refuse_unanswered(conversation, actor=actor)
        share = _refuse_unshared(conversation, actor, pin_id)
        decision, is_new = Decision.objects.update_or_create(
            conversation=conversation,
            pin_id=pin_id,
            defaults={
                "person": actor,
                "reason": reason.strip()[:300],
                "number": conversation.counter + 1,
                "made": timezone.now(),
            },
        )
        if not is_new:
            touch_pin(conversation, pin_id)
            return
        folded = _folded_before(conversation)
        because = f": {reason.strip()[:300]}" if reason.strip() else ""
        text = f"{actor.display_name} decided on {_title(share)}{because}"
        line = write_line(conversation, actor=actor, text=text, about=share.message)
        decision.place = line.number
        decision.save(update_fields=["place"])
        touch_folded(conversation, pin_id, after=folded, before=decision.place)


def reopen(*, actor: Person, conversation_id: int, pin_id: int) -> None:
    """Take a decision back; everybody sees who did, and what it folded away unfolds."""
    with with_lock(conversation_id, actor=actor) as conversation:
        refuse_unanswered(conversation, actor=actor)
        share = _refuse_unshared(conversation, actor, pin_id)
        folded = _folded_before(conversation)
        gone, _ = Decision.objects.filter(conversation=conversation, pin_id=pin_id).delete()
        if not gone:
            return
        text = f"{actor.display_name} reopened {_title(share)}"
        write_line(conversation, actor=actor, text=text, about=share.message)
        after = _folded_before(conversation)
        touch_folded(conversation, pin_id, after=after, before=folded)


def let_go(conversation: Conversation, pin_id: int) -> None:
    """The pin is being deleted, and with it what was decided on it. Under the lock."""
    others = Decision.objects.filter(conversation=conversation).exclude(pin=pin_id)
    after = others.aggregate(place=Max("place"))["place"] or 0
    touch_folded(conversation, pin_id, after=after, before=_folded_before(conversation))


def _folded_before(conversation: Conversation) -> int:
    """The place of the newest decision: undecided pins of messages below it are folded away."""
    decisions = Decision.objects.filter(conversation=conversation)
    return decisions.aggregate(place=Max("place"))["place"] or 0


def _refuse_unshared(conversation: Conversation, actor: Person, pin_id: int) -> MessagePin:
    """The newest share of the pin here that the actor may see, or a refusal without one."""
    seen = Message.objects.visible_to(actor).filter(conversation=conversation)
    shares = MessagePin.objects.filter(message__in=seen, pin=pin_id)
    share = shares.select_related("pin", "message").order_by("-message__number").first()
    if share is None:
        raise PinboardError(
            "This pin is not part of this conversation.", code="not_found", status=404
        )
    return share


def _title(share: MessagePin) -> str:
    """How a line may name the pin: it is read by everybody present, later comers too."""
    unaware = Member.objects.filter(
        conversation=share.conversation_id, left__isnull=True, since__gte=share.message.number
    )
    if not share.pin or unaware.exists():
        return "a pin"
    return share.pin.title or "this pin"
