"""What the search hears from below: everything that changes which words lead to a pin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from pinboard.pins.models import Board, Pin, Save, Source
from pinboard.pins.signals import pin_changed
from search.boards import keep_words
from search.keeping import note_stale


@receiver(pin_changed)
def pins_changed(sender: object, pin_ids: Iterable[int], **_: Any) -> None:
    note_stale(pin_ids)


@receiver(post_delete, sender=Pin)
def pin_deleted(sender: object, instance: Pin, **_: Any) -> None:
    """Also pins that went because their maker did."""
    note_stale([instance.pk])


@receiver(post_save, sender=Board)
def board_changed(
    sender: object, instance: Board, created: bool, update_fields: Any, **_: Any
) -> None:
    """A board is found by its words, and its new name is a word of every pin on it."""
    if created or update_fields is None or {"name", "about"} & set(update_fields):
        keep_words([instance])
    if not created and (update_fields is None or "name" in update_fields):
        note_stale(Save.objects.filter(board=instance).values_list("pin_id", flat=True))


@receiver(post_save, sender=Source)
def source_read(
    sender: object, instance: Source, created: bool, update_fields: Any, **_: Any
) -> None:
    """A page read again is new rich data for every pin that leads to it."""
    if not created and (update_fields is None or "reading" in update_fields):
        note_stale(Pin.objects.filter(source=instance).values_list("pk", flat=True))
