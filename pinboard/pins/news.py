"""What people are told of: somebody follows them, somebody saved their pin.

The sentence of a notification is made when it is read, of what its reader may see then, which
takes knowledge of pins; so the page of notifications lives here too (views/news.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.dispatch import receiver

from pinboard.notifications.models import Notification
from pinboard.notifications.telling import tell
from pinboard.people.models import Person, unblocked
from pinboard.people.relations import person_followed
from pinboard.pins.cards import PinCard, cards_for, with_card_fields
from pinboard.pins.freshness.telling import changed_pins, line_of, url_of
from pinboard.pins.models import Board, Pin, Save
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


# Makes lines of notifications of one kind, by their ids; leaves out what may not be told any more.
Describe = Callable[[Person, Sequence[Notification]], Mapping[int, News]]

# Saves of one pin that are looked at to say who and how many.
MAX_SAVES = 100
_describers: dict[str, Describe] = {}


def describes(kind: str) -> Callable[[Describe], Describe]:
    """Register who makes the sentences of a kind; rooms above the pins do so when they open."""

    def register(describe: Describe) -> Describe:
        _describers[kind] = describe
        return describe

    return register


def news_for(viewer: Person, *, limit: int = 60) -> list[News]:
    """The newest notifications as sentences; what its reader may no longer see is left out.

    A fixed number of queries for each kind, however many notifications there are.
    """
    rows = list(
        Notification.objects.visible_to(viewer)
        .filter(Q(kind=Notification.Kind.PIN_SAVED) | unblocked(viewer, "actor"))
        .select_related("actor__face")
        .order_by("-changed")[:limit]
    )
    by_kind: dict[str, list[Notification]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    lines: dict[int, News] = {}
    for kind, same in by_kind.items():
        if describe := _describers.get(kind):
            lines |= describe(viewer, same)
    return [lines[row.pk] for row in rows if row.pk in lines]


@describes(Notification.Kind.PIN_SAVED)
def _saved_lines(viewer: Person, rows: Sequence[Notification]) -> dict[int, News]:
    cards = _cards(viewer, [row.target for row in rows])
    savers = _savers(viewer, rows)
    lines = {
        row.pk: _saved_line(row, cards.get(row.target), savers.get(row.target)) for row in rows
    }
    return {pk: line for pk, line in lines.items() if line}


@describes(Notification.Kind.FOLLOWED)
def _followed_lines(viewer: Person, rows: Sequence[Notification]) -> dict[int, News]:
    lines = {row.pk: _followed_line(row) for row in rows}
    return {pk: line for pk, line in lines.items() if line}


@describes(Notification.Kind.BOARD_SHARED)
def _shared_lines(viewer: Person, rows: Sequence[Notification]) -> dict[int, News]:
    boards = Board.objects.visible_to(viewer).filter(collaborators__person=viewer)
    seen = boards.select_related("owner").in_bulk([row.target for row in rows])
    return {
        row.pk: News(
            text=f"{row.actor.display_name} keeps the board {seen[row.target].name} with you",
            url=seen[row.target].get_absolute_url(),
            **about(row, row.actor),
        )
        for row in rows
        if row.actor and row.target in seen
    }


@describes(Notification.Kind.PRICES)
def _price_lines(viewer: Person, rows: Sequence[Notification]) -> dict[int, News]:
    """A line a day; nothing where its reader keeps none of it any more."""
    days = {row.pk: date.fromordinal(row.target) for row in rows}
    changed = changed_pins(viewer, days.values())
    return {
        row.pk: News(
            text=line_of(pins),
            url=url_of(days[row.pk], pins),
            time=row.changed,
            is_new=not row.seen,
            name=pins[0].card.source_name,
            face="",
            picture=pins[0].card.picture.src,
        )
        for row in rows
        if (pins := changed.get(days[row.pk]))
    }


def _cards(viewer: Person, pin_ids: Sequence[int]) -> dict[int, PinCard]:
    pins = with_card_fields(Pin.objects.visible_to(viewer)).filter(pk__in=pin_ids)
    return {card.id: card for card in cards_for(pins, viewer=viewer)}


def _savers(viewer: Person, rows: Sequence[Notification]) -> dict[int, tuple[Person, int]]:
    """By pin, who saved it last, and how many other people did.

    Of a row that counts three saves the newest three: people, who may have saved it twice, and
    only those whom the viewer may see doing so now.
    """
    newest = Window(RowNumber(), partition_by=F("pin"), order_by=F("pk").desc())
    saves = (
        Save.objects.filter(
            unblocked(viewer, "saver"),
            pin__in=[row.target for row in rows],
            is_public=True,
            saver__is_active=True,
        )
        .exclude(saver=viewer)
        .annotate(rank=newest)
        .filter(rank__lte=MAX_SAVES)
        .order_by("pin", "rank")
    )
    counts = {row.target: row.count for row in rows}
    savers: dict[int, list[int]] = defaultdict(list)
    for pin, saver, rank in saves.values_list("pin_id", "saver_id", "rank"):
        if rank <= counts[pin] and saver not in savers[pin]:
            savers[pin].append(saver)
    last = {pin: listed[0] for pin, listed in savers.items() if listed}
    people = Person.objects.select_related("face").in_bulk(set(last.values()))
    return {
        pin: (people[saver], len(savers[pin]) - 1) for pin, saver in last.items() if saver in people
    }


def _followed_line(row: Notification) -> News | None:
    actor = row.actor
    if actor is None or not actor.is_active:
        return None
    text = f"{actor.display_name} follows you"
    return News(text=text, url=actor.get_absolute_url(), **about(row, actor))


def _saved_line(
    row: Notification, card: PinCard | None, savers: tuple[Person, int] | None
) -> News | None:
    if card is None or savers is None:
        return None
    last, others = savers
    who = last.display_name + (f" and {others} more" if others else "")
    text = f"{who} saved your pin {card.title}".rstrip()
    return News(text=text, url=card.url, picture=card.picture.src, **about(row, last))


def about(row: Notification, actor: Person) -> dict[str, Any]:
    """What every line says of its notification and of who did it."""
    return {
        "time": row.changed,
        "is_new": not row.seen,
        "name": actor.display_name,
        "face": actor.face_url,
    }
