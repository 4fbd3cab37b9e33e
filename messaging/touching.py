"""Messages that look different now: they take the next number, and whoever is present hears it.

Only inside with_lock(), on the conversation it gave.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from messaging.finding.keeping import index_messages
from messaging.models import Conversation, Message, Verdict
from messaging.numbers import next_number
from messaging.telling import tell_changed
from pinboard.people.models import Person

TOGETHER = 100


def touch_message(conversation: Conversation, message: Message) -> None:
    """This message changed."""
    message.changed = next_number(conversation)
    message.save(update_fields=["changed"])
    tell_changed(message, is_alone=True)


def touch_answered(conversation: Conversation, message: Message) -> None:
    """This message changed, and with it every message that shows an excerpt of it."""
    shown = Message.objects.filter(Q(pk=message.pk) | Q(quote=message.pk))
    _touch(conversation, shown.filter(conversation=conversation))
    index_messages([message.pk])
    message.refresh_from_db(fields=["changed"])


def touch_pin(conversation: Conversation, pin_id: int) -> None:
    """Every message that carries the pin changed. There is at least one."""
    _touch(conversation, Message.objects.filter(conversation=conversation, pins__pin=pin_id))


def touch_answers(conversation: Conversation, pin_id: int) -> None:
    """Every message and line about one that carries the pin changed, if there are any."""
    answers = Message.objects.filter(conversation=conversation, quote__pins__pin=pin_id)
    ids = set(answers.values_list("pk", flat=True))
    if ids:
        _touch(conversation, Message.objects.filter(pk__in=ids))


def touch_folded(conversation: Conversation, pin_id: int, *, after: int, before: int) -> None:
    """Every message that carries the pin changed, and those whose pins fold or unfold with it.

    These are the ones between two places; a hundred share a number, so that catching up with
    a long planning comes in pages.
    """
    between = Q(number__gt=after, number__lt=before, pins__pin__isnull=False)
    carriers = Message.objects.filter(Q(pins__pin=pin_id) | between, conversation=conversation)
    _touch_together(carriers, conversation)


def touch_board(conversation: Conversation, board_id: int) -> None:
    """Every message that carries the board changed. There is at least one."""
    _touch(conversation, Message.objects.filter(conversation=conversation, board=board_id))


def touch_waiting(conversation: Conversation) -> None:
    """Somebody is gone: what tells who is still to answer changed, a hundred under a number."""
    judged = Verdict.objects.filter(conversation=conversation).values("pin")
    tells = Q(pins__pin__in=judged) | Q(poll__isnull=False, poll__closed__isnull=True)
    _touch_together(Message.objects.filter(tells, conversation=conversation), conversation)


def touch_said_by(conversation: Conversation, person: Person) -> None:
    """Somebody has another name now: what they said or are quoted with, a hundred a number."""
    shown = Q(sender=person) | Q(quote__sender=person)
    _touch_together(Message.objects.filter(shown, conversation=conversation), conversation)


def _touch_together(messages: QuerySet[Message], conversation: Conversation) -> None:
    changed = list(messages.order_by("number").values_list("pk", flat=True).distinct())
    for start in range(0, len(changed), TOGETHER):
        _touch(conversation, Message.objects.filter(pk__in=changed[start : start + TOGETHER]))


def _touch(conversation: Conversation, messages: QuerySet[Message]) -> None:
    """All of them under one new number."""
    messages.update(changed=next_number(conversation))
    newest, *others = messages.order_by("-number")[:2]
    tell_changed(newest, is_alone=not others)
