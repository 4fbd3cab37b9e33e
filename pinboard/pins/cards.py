"""Pins as cards: the one shape in which a pin becomes HTML, in feed, board, search and chat.

cards_for() asks a fixed number of questions whatever the number of pins. A card is a frozen
value and its HTML depends on nothing else, so the HTML is remembered by the card itself
(render_card): the same pin in the same state is drawn once per process.

Two ways lead to a card: from a Pin with its card fields (card_of), and, where pages are asked
for all the time, from a row of card_columns (card_of_row), which is remembered by the row: no
instance is made, no JSON is read, and what changed in the database is another row.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from pinboard.images.cards import CardPicture, make_card_picture
from pinboard.people.models import profile_address
from pinboard.pins.facts import Fact, facts_in, facts_now, facts_of, has_passing, on_a_card
from pinboard.pins.models import Favourite, Pin, Save
from pinboard.pins.read_times import time_in_row

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pinboard.people.models import Person

    Wrapped = ExpressionWrapper[Exists]

# Measured: 2.3 KB for a card with its row, 2.9 KB for its HTML; together 26 MB a process.
REMEMBERED_CARDS = 5_000
# Of Source.state; what only fails for now is said on the pin's own page.
SOURCE_NOTES = {"gone": "page is gone"}
# By their text, which is a few kilobytes long.
REMEMBERED_READINGS = 4_000


@dataclass(frozen=True, slots=True)
class PinCard:
    """Everything a card shows. saved and favourite are the viewer's.

    facts: as they are true now: a price that got too old is no part of a card any more, and a
    card of an hour ago is another one than now's. So whatever is remembered by a card is right.
    """

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
    # What is wrong with the way to the source, in words.
    source_note: str = ""

    @property
    def name(self) -> str:
        """What it is called where it needs a name: its title, else whose picture it is."""
        return self.title or f"{self.maker_name}’s picture"

    @property
    def brief(self) -> tuple[Fact, ...]:
        """The facts a grid has room for."""
        return on_a_card(self.facts)


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
        maker_url=profile_address(pin.maker.username),
        reason=reason,
        saved=saved,
        favourite=favourite,
        source_note=SOURCE_NOTES.get(source.state, "") if source else "",
    )


def card_columns(prefix: str = "") -> tuple[str | Cast, ...]:
    """For .values_list(): what card_of_row needs of a pin; prefix as in "pin__".

    JSON comes as text, so that a row can be remembered and is read only when it is new.
    """
    plain = ("pk", "title", "alt", "maker__display_name", "maker__username")
    picture = ("key", "original_format", "width", "height", "colour", "preview")
    return (
        *(prefix + name for name in plain),
        *(f"{prefix}picture__{name}" for name in picture),
        Cast(f"{prefix}picture__renditions", TextField()),
        f"{prefix}source__site_name",
        f"{prefix}source__state",
        f"{prefix}source__kind",
        Cast(f"{prefix}source__news", TextField()),
        Cast(f"{prefix}source__reading", TextField()),
        Cast(f"{prefix}source__read_at", TextField()),
    )


def mark_columns(viewer: Person, pin: str = "pk") -> tuple[Wrapped, Wrapped]:
    """Whether the viewer saved the pin, and whether it is a favourite, beside card_columns.

    As the engine says it, 1 or True: nothing is to be converted in thirty rows.
    """
    saves = Save.objects.filter(saver=viewer, pin=OuterRef(pin))
    favourites = Favourite.objects.filter(person=viewer, pin=OuterRef(pin))
    return _as_it_is(Exists(saves)), _as_it_is(Exists(favourites))


def _as_it_is(question: Exists) -> Wrapped:
    return ExpressionWrapper(question, output_field=IntegerField())


def card_of_row(
    row: tuple[Any, ...], *, reason: str = "", saved: bool = False, favourite: bool = False
) -> PinCard:
    """row: the card_columns, in their order. Equal to card_of the same pin."""
    *columns, site_name, state, kind, news, reading, read_at = row
    facts = _facts_in_text(kind, reading, news) if kind else ()
    if has_passing(facts):
        facts = facts_now(facts, time_in_row(read_at), state or "")
    return _card_of(tuple(columns), kind, (site_name, state), facts, reason, saved, favourite)


@lru_cache(maxsize=REMEMBERED_READINGS)
def _facts_in_text(kind: str, reading: str, news: str | None) -> tuple[Fact, ...]:
    return facts_in(kind, json.loads(reading), json.loads(news) if news else None)


@lru_cache(maxsize=REMEMBERED_CARDS)
def _card_of(
    columns: tuple[Any, ...],
    kind: str | None,
    named: tuple[str | None, str | None],
    facts: tuple[Fact, ...],
    reason: str,
    saved: bool,
    favourite: bool,
) -> PinCard:
    """kind is None for a pin without a source. named: its site's name, and its state."""
    pk, title, alt, maker_name, maker_username = columns[:5]
    key, original_format, width, height, colour, preview, renditions = columns[5:]
    return PinCard(
        id=pk,
        url=f"/pins/{pk}/",
        title=title,
        alt=alt or title,
        kind=kind or "plain",
        picture=make_card_picture(
            key, original_format, width, height, colour, preview, json.loads(renditions)
        ),
        source_name=named[0] or "",
        visit_url=f"/pins/{pk}/visit/" if kind else "",
        facts=facts,
        maker_name=maker_name,
        maker_url=profile_address(maker_username),
        reason=reason,
        saved=bool(saved),
        favourite=bool(favourite),
        source_note=SOURCE_NOTES.get(named[1] or "", ""),
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
