"""Keeping the index right, in the same transaction as what changed.

An edit or an unsend is out of the index with its own commit (I10). A pin's new words reach every
message that carries it in the transaction that changed the pin.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qs

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from messaging.finding.words import folded_words
from messaging.models import Message, MessagePin, MessageWords
from pinboard.pins.models import Pin, Source
from pinboard.pins.signals import pin_changed

# Messages at a time: a pin may have been sent thousands of times.
BATCH = 500


def texts_of(message: Message, pins: Iterable[Pin]) -> Iterator[str]:
    """Everything by which a message is found."""
    yield message.text
    for values in parse_qs(message.search).values():
        yield from values
    if poll := getattr(message, "poll", None):
        yield poll.question
    for pin in pins:
        yield from pin_texts(pin)


def pin_texts(pin: Pin) -> tuple[str, str, str]:
    return pin.title, pin.description, pin.source.site_name if pin.source else ""


def index_new(message: Message, *, is_plain: bool = False) -> None:
    """A message that was just written, with its pins and poll; is_plain: it carries neither."""
    if message.kind != Message.Kind.SAID:
        return
    texts: Iterable[str] = [message.text]
    if not is_plain:
        shares = MessagePin.objects.filter(message=message, pin__isnull=False)
        pins = [share.pin for share in shares.select_related("pin__source") if share.pin]
        texts = texts_of(message, pins)
    MessageWords.objects.create(
        message=message,
        conversation_id=message.conversation_id,
        words=" ".join(folded_words(*texts)),
    )


def index_messages(ids: Iterable[int], *, without_pin: int | None = None) -> None:
    """Bring the index in line with these messages, in the transaction that changed them, if any.

    without_pin: one that is about to be deleted. Three queries, and three more for each further
    BATCH. Lines (who joined, who left) are not indexed, nor is what was taken back.
    """
    wanted = sorted(ids)
    with transaction.atomic(savepoint=False):
        for start in range(0, len(wanted), BATCH):
            _index(wanted[start : start + BATCH], without_pin)


def _index(ids: list[int], without_pin: int | None) -> None:
    # Held before anything is read: of two changes the second sees what the first one did.
    entries = MessageWords.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    known = dict(entries.values_list("pk", "words"))
    said = Message.objects.filter(pk__in=ids, kind=Message.Kind.SAID, removed__isnull=True)
    messages = list(said.select_related("poll"))
    pins: dict[int, list[Pin]] = defaultdict(list)
    shares = MessagePin.objects.filter(message__in=ids, pin__isnull=False)
    for share in shares.exclude(pin=without_pin).select_related("pin__source"):
        if share.pin:
            pins[share.message_id].append(share.pin)
    fresh = [
        MessageWords(
            message_id=message.pk,
            conversation_id=message.conversation_id,
            words=" ".join(folded_words(*texts_of(message, pins[message.pk]))),
        )
        for message in messages
    ]
    gone = known.keys() - {message.pk for message in messages}
    if gone:
        MessageWords.objects.filter(pk__in=gone).delete()
    changed = [entry for entry in fresh if known.get(entry.pk) != entry.words]
    if changed:
        MessageWords.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["message"], update_fields=["words"]
        )


def carriers_of(**pins: Any) -> list[int]:
    """The messages that carry such a pin, by id. pins: conditions on MessagePin."""
    carried = MessagePin.objects.filter(**pins).order_by("message")
    return list(carried.values_list("message_id", flat=True).distinct())


@receiver(pin_changed, dispatch_uid="messaging.finding.pin_changed")
def pins_changed(sender: object, pin_ids: Iterable[int], **_: Any) -> None:
    index_messages(carriers_of(pin__in=list(pin_ids)))


@receiver(post_save, sender=Source, dispatch_uid="messaging.finding.source_named")
def source_named(
    sender: object, instance: Source, created: bool, update_fields: Any, **_: Any
) -> None:
    if not created and (update_fields is None or "site_name" in update_fields):
        index_messages(carriers_of(pin__source=instance))
