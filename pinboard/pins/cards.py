"""Pins as cards: the one shape in which a pin becomes HTML, in feed, board, search and chat.

cards_for() asks a fixed number of questions whatever the number of pins. A card is a frozen
value and its HTML depends on nothing else, so the HTML is remembered by the card itself
(render_card): the same pin in the same state is drawn once per process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import CharField, QuerySet, Value
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from pinboard.images.cards import CardPicture
from pinboard.pins.facts import Fact, facts_of
from pinboard.pins.models import Favourite, Pin, Save

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pinboard.people.models import Person

REMEMBERED_CARDS = 20_000


@dataclass(frozen=True, slots=True)
class PinCard:
    """Everything a card shows. saved and favourite are the viewer's."""

    id: int
    url: str
    title: str
    alt: str
    kind: str
    picture: CardPicture
    source_name: str
    visit_url: str
    facts: tuple[Fact, ...]
    maker_name: str
    maker_url: str
    reason: str = ""
    saved: bool = False
    favourite: bool = False


# What a card needs of a pin, in one query.
CARD_FIELDS = ("picture", "source", "maker")


def with_card_fields(pins: QuerySet[Pin]) -> QuerySet[Pin]:
    return pins.select_related(*CARD_FIELDS)


def cards_for(
    pins: Iterable[Pin],
    *,
    viewer: Person | AnonymousUser,
    reasons: Mapping[int, str] | None = None,
) -> list[PinCard]:
    """Cards in the order of the pins, with one query for all marks of the viewer.

    pins: already fetched through a visible_to door, with_card_fields.
    reasons: by pin id, why it is shown here.
    """
    listed = list(pins)
    saved, favourites = marks_of(viewer, [pin.pk for pin in listed])
    return [
        card_of(
            pin,
            reason=reasons.get(pin.pk, "") if reasons else "",
            saved=pin.pk in saved,
            favourite=pin.pk in favourites,
        )
        for pin in listed
    ]


def card_of(pin: Pin, *, reason: str = "", saved: bool = False, favourite: bool = False) -> PinCard:
    source = pin.source
    return PinCard(
        id=pin.pk,
        url=f"/pins/{pin.pk}/",
        title=pin.title,
        alt=pin.alt or pin.title,
        kind=source.kind if source else "plain",
        picture=pin.picture.card_picture,
        source_name=source.site_name if source else "",
        visit_url=f"/pins/{pin.pk}/visit/" if source else "",
        facts=facts_of(source) if source else (),
        maker_name=pin.maker.display_name,
        maker_url=f"/@{pin.maker.username}/",
        reason=reason,
        saved=saved,
        favourite=favourite,
    )


def marks_of(viewer: Person | AnonymousUser, pin_ids: Sequence[int]) -> tuple[set[int], set[int]]:
    """Which of these pins the viewer saved, and which are favourites: one query for both."""
    if not viewer.is_authenticated or not pin_ids:
        return set(), set()
    saves = Save.objects.filter(saver=viewer, pin__in=pin_ids).values_list(
        "pin_id", Value("saved", output_field=CharField())
    )
    favourites = Favourite.objects.filter(person=viewer, pin__in=pin_ids).values_list(
        "pin_id", Value("favourite", output_field=CharField())
    )
    rows = list(saves.union(favourites))
    return (
        {pin_id for pin_id, mark in rows if mark == "saved"},
        {pin_id for pin_id, mark in rows if mark == "favourite"},
    )


@lru_cache(maxsize=REMEMBERED_CARDS)
def render_card(card: PinCard) -> SafeString:
    """The card's HTML: the same for everyone to whom the card is the same."""
    html = get_template("pins/_pin_card.html").render({"card": card})
    return mark_safe(html)  # an auto-escaping template made it
