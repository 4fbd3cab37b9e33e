"""The home feed: what friends saved, newest first, then everything public, newest first.

Keyset pages: a cursor names the last row that was shown, so a page never drifts when new pins
arrive above it. "f.812" means "friends' saves older than save 812"; "e.90" means "everything
else older than pin 90".

Every visit begins here, so the queries are prepared and give rows of card columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, F, OuterRef, QuerySet

from pinboard.errors import PinboardError
from pinboard.people.models import Follow, Person, unblocked
from pinboard.pins.cards import PinCard, card_columns, card_of_row, mark_columns
from pinboard.pins.models import Pin, Save, SaveQuerySet
from pinboard.web.prepared import Prepared, Row

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

PAGE_SIZE: Final = 30
CURSOR = re.compile(r"([fe])\.(\d{1,18})\Z")
# Above every number a row can have: a page "before" it is the first one.
BEGINNING: Final = 2**63 - 1
# Friends' saves looked at for one page, of which repeated pins drop out: nearly always the first
# number is enough; where friends saved few pins again and again, the second. What is still
# missing then comes with the next page.
CANDIDATES: Final = (2 * PAGE_SIZE, 2000)


@dataclass(frozen=True, slots=True)
class FeedPage:
    cards: list[PinCard]
    next_cursor: str


def feed_page(*, viewer: Person | AnonymousUser, cursor: str = "") -> FeedPage:
    """One page of the feed after a cursor; "" is the beginning.

    One query inside friends' saves, unless few pins fill many of them, and one inside the rest;
    at most five altogether. A page may be short, with a cursor all the same.
    Raises PinboardError "bad_cursor" for a cursor we did not make.
    """
    part, position = _parse(cursor)
    cards: list[PinCard] = []
    if part == "f" and viewer.is_authenticated:
        saves, next_cursor = _friends_rows(viewer.pk, before=position)
        for _, saver, saved, favourite, *card in saves:
            reason = f"{saver} saved this"
            cards.append(card_of_row(tuple(card), reason=reason, saved=saved, favourite=favourite))
        if next_cursor:
            return FeedPage(cards, next_cursor)
    if part == "f":
        position = BEGINNING
    wanted = PAGE_SIZE - len(cards)
    others = _other_rows(viewer, before=position)
    for saved, favourite, *card in others[:wanted]:
        cards.append(card_of_row(tuple(card), saved=saved, favourite=favourite))
    if len(others) <= wanted:
        return FeedPage(cards, "")
    return FeedPage(cards, f"e.{others[wanted - 1][2] if wanted else others[0][2] + 1}")


def _parse(cursor: str) -> tuple[str, int]:
    if not cursor:
        return "f", BEGINNING
    match = CURSOR.match(cursor)
    if not match:
        raise PinboardError("This page of the feed does not exist.", code="bad_cursor")
    return match[1], int(match[2])


def _friends_rows(viewer: int, *, before: int) -> tuple[list[Row], str]:
    """Friends' saves for a page, and the cursor behind them; "" if these were the last."""
    rows: list[Row] = []
    for look in LOOKS:
        rows += look.friends.rows(viewer=viewer, before=before)
        if len(rows) > PAGE_SIZE:
            return rows[:PAGE_SIZE], f"f.{rows[PAGE_SIZE - 1][0]}"
        oldest = look.oldest.row(viewer=viewer, before=before)
        if oldest is None:
            return rows, ""
        before = oldest[0]
    return rows, f"f.{before}"


def _other_rows(viewer: Person | AnonymousUser, *, before: int) -> list[Row]:
    if viewer.is_authenticated:
        return EVERYTHING_ELSE.rows(viewer=viewer.pk, before=before)
    return [(False, False, *row) for row in EVERYTHING.rows(before=before)]


def _friends_saves_of(viewer: Person, pin: OuterRef) -> SaveQuerySet:
    """One pin's public saves by followed people.

    "+ 0" keeps SQLite to the pin's saves, which are few; it would ask an index for each followed
    person instead, which takes three times as long.
    """
    followed = Follow.objects.filter(follower=viewer).values("followed")
    saves = Save.objects.alias(who=F("saver_id") + 0)
    return saves.filter(pin=pin, is_public=True, who__in=followed)


def _candidates(viewer: Person, before: Any) -> SaveQuerySet:
    """Public saves of followed people, newest first."""
    followed = Follow.objects.filter(follower=viewer).values("followed")
    return Save.objects.filter(pk__lt=before, is_public=True, saver__in=followed).order_by("-pk")


@dataclass(frozen=True, slots=True)
class Look:
    """Friends' saves out of so many candidates, and the last candidate if there are so many."""

    friends: Prepared
    oldest: Prepared


def look_at(count: int) -> Look:
    def friends(viewer: int, before: int) -> QuerySet[Save, Any]:
        return _friends(viewer, before, count)

    def oldest(viewer: int, before: int) -> QuerySet[Save, Any]:
        candidates = _candidates(Person(pk=viewer), before)
        return candidates.values_list("pk")[count - 1 : count]

    # Whether to walk all saves or those of each friend depends on how many friends there are.
    return Look(Prepared(friends), Prepared(oldest, is_planned=False))


def _friends(viewer: int, before: int, count: int) -> QuerySet[Save, Any]:
    """Candidates, one per pin (its newest): number, saver's name, marks, card.

    The candidates are cut off first: whether a pin comes again is asked of sixty saves, not of
    everything friends ever saved.
    """
    person = Person(pk=viewer)
    candidates = _candidates(person, before)
    newer = _friends_saves_of(person, OuterRef("pin")).filter(pk__gt=OuterRef("pk"))
    saves = Save.objects.filter(
        ~Exists(newer), unblocked(person, "pin__maker"), pk__in=candidates.values("pk")[:count]
    )
    return saves.order_by("-pk").values_list(
        "pk",
        "saver__display_name",
        *mark_columns(person, "pin"),
        *card_columns("pin__"),
    )[: PAGE_SIZE + 1]


def _everything_else(viewer: int, before: int) -> QuerySet[Pin, Any]:
    """Public pins that no friend saved, newest first, without those of blocked people."""
    person = Person(pk=viewer)
    by_friends = _friends_saves_of(person, OuterRef("pk"))
    pins = Pin.objects.public().filter(
        ~Exists(by_friends), unblocked(person, "maker"), pk__lt=before
    )
    return pins.order_by("-pk").values_list(*mark_columns(person), *card_columns())[: PAGE_SIZE + 1]


def _everything(before: int) -> QuerySet[Pin, Any]:
    pins = Pin.objects.public().filter(pk__lt=before).order_by("-pk")
    return pins.values_list(*card_columns())[: PAGE_SIZE + 1]


LOOKS = tuple(look_at(count) for count in CANDIDATES)
EVERYTHING_ELSE = Prepared(_everything_else)
EVERYTHING = Prepared(_everything)
