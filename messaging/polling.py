"""Polls while they run: voting, and closing, early by the one who asked or at the deadline.

A poll closes once however many look at the same moment: everything happens under the
conversation's lock, and only the one who turns "open" into "closed" writes the line.
"""

from __future__ import annotations

import logging
import uuid
from collections import Counter
from collections.abc import Sequence

from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from messaging.blocking import is_silenced
from messaging.models import Conversation, Member, Message, Poll, PollChoice, PollVote
from messaging.numbers import with_lock
from messaging.posting import write_line
from messaging.touching import touch_message
from messaging.unattended import unattended
from pinboard.errors import PinboardError
from pinboard.people.models import Person

logger = logging.getLogger(__name__)

AT_ONCE = 200
FORGOTTEN = "A poll has closed."


class PollClosed(PinboardError):
    code = "poll_closed"
    status = 409

    def __init__(self) -> None:
        super().__init__("This poll has closed; its result stands in the conversation.")


def vote(*, actor: Person, conversation_id: int, poll_id: int, choice_id: int | None) -> None:
    """Choose one of the pins, or another instead of it; None takes the vote back.

    Raises PollClosed, also at the very deadline when nobody has closed it yet.
    """
    with with_lock(conversation_id, actor=actor) as conversation:
        poll = _visible_poll(conversation, actor, poll_id)
        if poll.closed or poll.closes <= timezone.now():
            raise PollClosed
        if choice_id is None:
            changed = PollVote.objects.filter(poll=poll, person=actor).delete()[0] > 0
        else:
            choice = PollChoice.objects.filter(poll=poll, pk=choice_id).first()
            if choice is None:
                raise PinboardError("This is not one of the choices.", code="unknown_choice")
            if choice.pin_id is None:
                raise PinboardError("This pin is gone. Choose another.", code="pin_gone")
            changed = not PollVote.objects.filter(poll=poll, person=actor, choice=choice).exists()
            PollVote.objects.update_or_create(
                poll=poll, person=actor, defaults={"choice": choice, "given": timezone.now()}
            )
        if changed:
            touch_message(conversation, poll.message)


def close_early(*, actor: Person, conversation_id: int, poll_id: int) -> None:
    """Its maker has heard enough. Closing what is closed already is no error."""
    with with_lock(conversation_id, actor=actor) as conversation:
        poll = _visible_poll(conversation, actor, poll_id)
        if poll.message.sender_id != actor.pk:
            raise PinboardError(
                "Only the person who asked can close this poll.", code="not_yours", status=403
            )
        _close(conversation, poll, f"{actor.display_name} closed the poll")


def due_polls() -> QuerySet[Poll]:
    """Of a conversation (OuterRef), those whose deadline has passed and that nobody closed yet."""
    due = Poll.objects.filter(closed__isnull=True, closes__lte=timezone.now())
    return due.filter(conversation=OuterRef("pk"))


def close_due(conversation: Conversation | None = None) -> int:
    """Close every poll whose deadline has passed; of one conversation, when somebody looks at it.

    Returns how many this call closed. One that cannot be closed holds up no other.
    """
    due = Poll.objects.filter(closed__isnull=True, closes__lte=timezone.now())
    if conversation is not None:
        due = due.filter(conversation=conversation)
    closed = 0
    for pk, conversation_id in due.order_by("closes").values_list("pk", "conversation")[:AT_ONCE]:
        try:
            closed += _close_at_deadline(pk, conversation_id)
        except Exception:
            logger.exception("could not close poll %s", pk)
    return closed


def forget_poll(conversation: Conversation, message: Message) -> None:
    """The message is being taken back, and with it whatever its poll said. Inside with_lock."""
    if not Poll.objects.filter(message=message).delete()[0]:
        return
    line = Message.objects.filter(
        conversation=conversation, sender=message.sender_id, client_id=_line_id(message)
    ).first()
    if line:
        line.text = FORGOTTEN
        line.save(update_fields=["text"])
        touch_message(conversation, line)


def told_again(line: Message, poll: Poll, *, without: int) -> str | None:
    """What the poll's closing line says once this pin is gone; None for any other line."""
    if line.client_id != _line_id(poll.message):
        return None
    opening, found, _ = line.text.partition(": “")
    if not found:
        return line.text
    return f"{opening}: {_result(line.conversation, poll, without=without)}"


def _visible_poll(conversation: Conversation, actor: Person, poll_id: int) -> Poll:
    seen = Message.objects.visible_to(actor).filter(conversation=conversation)
    poll = Poll.objects.filter(pk=poll_id, message__in=seen).select_related("message").first()
    if poll is None:
        raise PinboardError(
            "This poll is not part of this conversation.", code="not_found", status=404
        )
    return poll


def _close_at_deadline(poll_id: int, conversation_id: int) -> bool:
    with unattended(conversation_id) as conversation:
        poll = Poll.objects.filter(pk=poll_id).select_related("message__sender").first()
        if poll is None:
            return False
        # Who was blocked says nothing more, not even by a poll of theirs.
        is_quiet = is_silenced(conversation, poll.message.sender)
        return _close(conversation, poll, "" if is_quiet else "The poll has closed")


def _close(conversation: Conversation, poll: Poll, opening: str) -> bool:
    """Inside the lock; whether it was open. opening: how the line begins, "" for no line."""
    still_open = Poll.objects.filter(pk=poll.pk, closed__isnull=True)
    if not still_open.update(closed=timezone.now()):
        return False
    touch_message(conversation, poll.message)
    if opening:
        write_line(
            conversation,
            actor=poll.message.sender,
            text=f"{opening}: {_result(conversation, poll)}",
            client_id=_line_id(poll.message),
            about=poll.message,
        )
    return True


def _line_id(message: Message) -> uuid.UUID:
    return uuid.uuid5(message.client_id, "poll closed")


def _result(conversation: Conversation, poll: Poll, *, without: int | None = None) -> str:
    """The outcome in words. The line is read by everybody present, later comers too.

    without: a pin that is about to be deleted.
    """
    present = Member.objects.filter(conversation=conversation, left__isnull=True)
    if present.filter(since__gte=poll.message.number).exists():
        return "the result stands beside its pins."
    votes = Counter(PollVote.objects.filter(poll=poll).values_list("choice", flat=True))
    counted = [
        (_name(choice, without), votes[choice.pk])
        for choice in poll.choices.select_related("pin").order_by("position")
    ]
    return f"“{poll.question}” {outcome(counted)}"


def outcome(counted: Sequence[tuple[str, int]]) -> str:
    """The result of a poll as a sentence. counted: each choice by name, with its votes."""
    total = sum(votes for _, votes in counted)
    most = max((votes for _, votes in counted), default=0)
    if not most:
        return "Nobody voted."
    first, *others = [name for name, votes in counted if votes == most]
    if others:
        names = f"{', '.join([first, *others[:-1]])} and {others[-1]}"
        return f"It is a tie between {names}, with {most} vote{'s' if most > 1 else ''} each."
    if total == most:
        return f"{first}, with {'the only vote' if most == 1 else f'all {most} votes'}."
    return f"{first}, with {most} of {total} votes."


def _name(choice: PollChoice, without: int | None) -> str:
    if choice.pin is None or choice.pin.pk == without:
        return "a pin that is gone"
    return choice.pin.title or "a pin without a name"
