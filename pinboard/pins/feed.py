"""The home feed: what friends saved, newest first, then everything public, newest first.

Keyset pages: a cursor names the last row that was shown, so a page never drifts when new pins
arrive above it. "f.812" means "friends' saves older than save 812"; "e.90" means "everything
else older than pin 90".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from pinboard.errors import PinboardError
from pinboard.people.models import Block, Follow, Person
from pinboard.pins.cards import CARD_FIELDS, PinCard, cards_for, with_card_fields
from pinboard.pins.models import Pin, PinQuerySet, Save, SaveQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

PAGE_SIZE = 30
CURSOR = re.compile(r"([fe])\.(\d{1,18})\Z")


@dataclass(frozen=True, slots=True)
class FeedPage:
    cards: list[PinCard]
    next_cursor: str


def feed_page(
    *, viewer: Person | AnonymousUser, cursor: str = "", size: int = PAGE_SIZE
) -> FeedPage:
    """One page of the feed after a cursor; "" is the beginning. At most three queries.

    Raises PinboardError "bad_cursor" for a cursor we did not make.
    """
    part, position = _parse(cursor)
    pins: list[Pin] = []
    reasons: dict[int, str] = {}
    next_cursor = ""
    if part == "f" and viewer.is_authenticated:
        saves = list(_friends_saves(viewer, before=position)[: size + 1])
        for save in saves[:size]:
            pins.append(save.pin)
            reasons[save.pin_id] = f"{save.saver.display_name} saved this"
        if len(saves) > size:
            next_cursor = f"f.{saves[size - 1].pk}"
        position = None
    if not next_cursor:
        wanted = size - len(pins)
        others = list(with_card_fields(_everything_else(viewer, before=position))[: wanted + 1])
        pins += others[:wanted]
        if len(others) > wanted:
            next_cursor = f"e.{others[wanted - 1].pk if wanted else others[0].pk + 1}"
    cards = cards_for(pins, viewer=viewer, reasons=reasons)
    return FeedPage(cards, next_cursor)


def _parse(cursor: str) -> tuple[str, int | None]:
    if not cursor:
        return "f", None
    match = CURSOR.match(cursor)
    if not match:
        raise PinboardError("This page of the feed does not exist.", code="bad_cursor")
    return match[1], int(match[2])


def _friends_saves(viewer: Person, *, before: int | None) -> SaveQuerySet:
    """Public saves of followed people, one per pin (its newest), newest first."""
    followed = Follow.objects.filter(follower=viewer).values("followed")
    newer = Save.objects.filter(
        pin=OuterRef("pin"), pk__gt=OuterRef("pk"), is_public=True, saver__in=followed
    )
    saves = Save.objects.filter(~Exists(newer), is_public=True, saver__in=followed)
    if before is not None:
        saves = saves.filter(pk__lt=before)
    related = (f"pin__{name}" for name in CARD_FIELDS)
    return saves.select_related("saver", *related).order_by("-pk")


def _everything_else(viewer: Person | AnonymousUser, *, before: int | None) -> PinQuerySet:
    """Public pins that no friend saved, newest first, without those of blocked people."""
    pins = Pin.objects.public()
    if viewer.is_authenticated:
        followed = Follow.objects.filter(follower=viewer).values("followed")
        by_friends = Save.objects.filter(pin=OuterRef("pk"), is_public=True, saver__in=followed)
        between = Q(blocker=viewer, blocked=OuterRef("maker")) | Q(
            blocked=viewer, blocker=OuterRef("maker")
        )
        pins = pins.filter(~Exists(by_friends), ~Exists(Block.objects.filter(between)))
    if before is not None:
        pins = pins.filter(pk__lt=before)
    return pins.order_by("-pk")
