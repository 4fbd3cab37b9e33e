"""What its viewer saved before: the same page, the same picture, or one that looks the same.

Only saves of the viewer's own are ever looked at (made by them, or lying on a board of theirs),
so nobody learns from this what somebody else keeps in secret.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Q

from pinboard.images.cards import CardPicture
from pinboard.images.likeness import like, looks_like
from pinboard.images.models import Picture
from pinboard.ingest.links import page_key
from pinboard.people.models import Person
from pinboard.pins.models import Pin, Save, Source

# Of one page or picture, as many earlier saves are shown; and so many look-alikes are looked at.
MOST_SHOWN = 4
MOST_ALIKE = 50
# Pins that are looked through, everybody's, the newest: a page of which there are more is rare.
MOST_PINS = 1_000


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier save. board_url: where it lies; pin_url: the pin itself."""

    pin_id: int
    pin_url: str
    title: str
    picture: CardPicture
    board: str
    board_url: str


def page_digest(link: str, canonical: str = "") -> str:
    """Of the address by which a page knows itself, hex; see Source.page_digest.

    Some sites call every page of theirs by the front page's address: that tells nothing.
    """
    known = canonical if urlsplit(canonical).path.strip("/") else link
    return hashlib.sha256(page_key(known or link).encode()).hexdigest()


def saved_of_page(viewer: Person, link: str, source: Source | None = None) -> list[Before]:
    """The viewer's saves of the page behind a link, newest first; before it was read or after."""
    digests = {page_digest(link)} | ({source.page_digest} if source else set()) - {""}
    pins = Pin.objects.filter(source__page_digest__in=digests).order_by("-pk")
    saves = _saves_of(viewer, pins.values_list("pk", flat=True)[:MOST_PINS])
    return [_before(save) for save in saves[:MOST_SHOWN]]


def saved_of_pictures(viewer: Person, pictures: Sequence[Picture]) -> dict[int, Before]:
    """By picture id, the viewer's newest save of that picture or of one that looks like it.

    pictures: those of a draft at most, each of them one query by its look.
    """
    alike = {picture.pk: {picture.pk} for picture in pictures}
    for picture in pictures:
        alike[picture.pk].update(_look_alikes(picture))
    wanted = {pk for group in alike.values() for pk in group}
    pins = Pin.objects.filter(picture__in=wanted).order_by("-pk")
    saves = _saves_of(viewer, pins.values_list("pk", flat=True)[:MOST_PINS])
    by_picture = {save.pin.picture_id: save for save in reversed(saves)}
    found: dict[int, Before] = {}
    for pk, group in alike.items():
        saves = [by_picture[other] for other in group if other in by_picture]
        if saves:
            found[pk] = _before(by_picture.get(pk) or max(saves, key=lambda save: save.pk))
    return found


def _look_alikes(picture: Picture) -> Iterable[int]:
    for other in like(picture).only("perceptual_hash", "width", "height")[:MOST_ALIKE]:
        if looks_like(picture, other):
            yield other.pk


def _saves_of(viewer: Person, pins: Iterable[int]) -> list[Save]:
    """Newest first. Boards one left, and pins one may not see any more, are not told of.

    The pins are few by now and their numbers known: no engine is tempted to walk all saves.
    """
    own = Save.objects.visible_to(viewer).filter(Q(saver=viewer) | Q(board__owner=viewer))
    saves = list(
        own.filter(pin__in=list(pins))
        .select_related("pin__picture", "board__owner")
        .order_by("-pk")
    )
    visible = Pin.objects.visible_to(viewer).filter(pk__in={save.pin_id for save in saves})
    seen = set(visible.values_list("pk", flat=True))
    return [save for save in saves if save.pin_id in seen]


def _before(save: Save) -> Before:
    return Before(
        pin_id=save.pin_id,
        pin_url=save.pin.get_absolute_url(),
        title=save.pin.title,
        picture=save.pin.picture.card_picture,
        board=save.board.name,
        board_url=save.board.get_absolute_url(),
    )
