"""Correcting what was read, taking a correction back, leading a pin to another page.

Only the maker of a pin says what it says. A correction is theirs for this page: it holds for all
their pins that lead there, and for nobody else's, so that no one changes what others see.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from pinboard.pins.before import page_digest
from pinboard.pins.freshness import schedule
from pinboard.pins.freshness.corrections import value_at
from pinboard.pins.freshness.keeping import lay_over
from pinboard.pins.models import Pin, Source
from pinboard.pins.signals import facts_changed, pin_changed

# What is said in two ways goes together: corrected the one, the other is nobody's word any more.
COMPANIONS: dict[str, dict[str, Any]] = {
    "product.price": {"product.highest_price": "", "product.previous_price": ""},
    "recipe.servings": {"recipe.yields": ""},
    "rating.value": {"rating.count": 0},
    "place.address": {"place.latitude": None, "place.longitude": None},
}


@transaction.atomic
def correct(*, pin: Pin, said: Mapping[str, Any]) -> None:
    """said: by path, what is true; what equals the page's own word is no correction (any more).

    Paths that are not named keep what was said of them before.
    """
    if pin.source is None:
        return
    page = Source.objects.select_for_update().get(pk=pin.source.page.pk)
    copy = Source.objects.filter(corrected_from=page, corrected_by=pin.maker).first()
    corrections = dict(copy.corrections or {}) if copy else {}
    for path, value in said.items():
        for name in (path, *COMPANIONS.get(path, {})):
            corrections.pop(name, None)
        if is_other(value_at(page.reading, path), value):
            corrections |= {path: value, **COMPANIONS.get(path, {})}
    if corrections:
        copy = copy or _copy_of(page, pin)
        copy.corrections = corrections
        copy.save(update_fields=["corrections"])
        lay_over(copy, page)
        _lead(pin, there=copy)
    elif copy:
        _lead(pin, there=page)
        copy.delete()


def is_other(read: Any, said: Any) -> bool:
    """Whether a person says something else than the page. Nothing is nothing, however it is put."""
    return (read or None) != (said or None)


def as_corrected(source: Source | None, *, by: int) -> Source | None:
    """The page as this person, by id, sees it on their pins."""
    if source is None:
        return None
    return Source.objects.filter(corrected_from=source, corrected_by=by).first() or source


def source_of(link: str) -> Source:
    """The source of a link, which may never have been read."""
    source, _ = Source.objects.get_or_create(
        url_digest=hashlib.sha256(link.encode()).hexdigest(),
        defaults={"url": link, "page_digest": page_digest(link)},
    )
    return source


@transaction.atomic
def relink(*, pin: Pin, source: Source) -> None:
    """Lead one pin to another page."""
    old = pin.source
    pin.source = as_corrected(source, by=pin.maker_id)
    pin.changed = timezone.now()
    pin.save(update_fields=["source", "changed"])
    schedule.expect(source)
    _tell([pin.pk], pin.source)
    if old and old.corrected_from_id and not Pin.objects.filter(source=old).exists():
        old.delete()


def _copy_of(page: Source, pin: Pin) -> Source:
    digest = hashlib.sha256(f"{page.url_digest} by {pin.maker_id}".encode()).hexdigest()
    return Source.objects.create(
        url=page.url,
        url_digest=digest,
        page_digest=page.page_digest,
        corrected_from=page,
        corrected_by=pin.maker,
    )


def _lead(pin: Pin, *, there: Source) -> None:
    """All pins of this maker that lead to the page, corrected or not."""
    page = there.page
    versions = [page, *Source.objects.filter(corrected_from=page, corrected_by=pin.maker)]
    mine = Pin.objects.filter(maker=pin.maker, source__in=versions)
    ids = list(mine.values_list("pk", flat=True))
    mine.update(source=there)
    pin.source = there
    _tell(ids, there)


def _tell(pin_ids: list[int], source: Source | None) -> None:
    pin_changed.send(Pin, pin_ids=pin_ids)
    if source:
        facts_changed.send(Source, source_ids=[source.pk])
