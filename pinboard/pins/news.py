"""What people are told of: somebody follows them, somebody saved their pin.

The sentence of a notification is made when it is read, of what its reader may see then, which
takes knowledge of pins; so the page of notifications lives here too (views/news.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from pinboard.notifications.models import Notification
from pinboard.notifications.telling import tell
from pinboard.people.models import Person
from pinboard.people.relations import person_followed
from pinboard.pins.cards import PinCard, cards_for, with_card_fields
from pinboard.pins.models import Pin, Save
from pinboard.pins.saving import pin_saved


@receiver(person_followed)
def tell_of_follower(follower: Person, followed: Person, **kwargs: Any) -> None:
    tell(person=followed, kind=Notification.Kind.FOLLOWED, target=follower.pk, actor=follower)


@receiver(pin_saved)
def tell_maker(save: Save, **kwargs: Any) -> None:
    """Only of saves the maker may see: what others keep in secret stays secret."""
    if save.is_public:
        tell(
            person=save.pin.maker,
            kind=Notification.Kind.PIN_SAVED,
            target=save.pin_id,
            actor=save.saver,
        )


@dataclass(frozen=True, slots=True)
class News:
    """One line of the notifications page: who (name, face) did what (text), and where (url)."""

    text: str
    url: str
    time: datetime
    is_new: bool
    name: str
    face: str
    picture: str = ""


def news_for(viewer: Person, *, limit: int = 60) -> list[News]:
    """The newest notifications as sentences; what its reader may no longer see is left out."""
    rows = list(
        Notification.objects.visible_to(viewer)
        .select_related("actor__face")
        .order_by("-changed")[:limit]
    )
    cards = _cards(viewer, rows)
    lines = (_line(row, cards.get(row.target)) for row in rows)
    return [line for line in lines if line]


def _cards(viewer: Person, rows: Sequence[Notification]) -> dict[int, PinCard]:
    ids = [row.target for row in rows if row.kind == Notification.Kind.PIN_SAVED]
    pins = with_card_fields(Pin.objects.visible_to(viewer)).filter(pk__in=ids)
    return {card.id: card for card in cards_for(pins, viewer=viewer)}


def _line(row: Notification, card: PinCard | None) -> News | None:
    actor = row.actor
    if actor is None or not actor.is_active:
        return None
    about: dict[str, Any] = {
        "time": row.changed,
        "is_new": not row.seen,
        "name": actor.display_name,
        "face": actor.face_url,
    }
    if row.kind == Notification.Kind.FOLLOWED:
        text = f"{actor.display_name} follows you"
        return News(text=text, url=actor.get_absolute_url(), **about)
    if card is None:
        return None
    who = actor.display_name + (f" and {row.count - 1} more" if row.count > 1 else "")
    text = f"{who} saved your pin {card.title}".rstrip()
    return News(text=text, url=card.url, picture=card.picture.src, **about)
