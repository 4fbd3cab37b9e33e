"""The data set: pins with sources and pictures, people, boards, saves, follows, favourites.

Written in bulk, past the deeds, because ten thousand deeds take minutes; what the deeds would
have kept (is_public, save_count) is written as they would have. The same dice every time. No
picture has files: pages only name them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from django.db import connection
from django.utils import timezone

from pinboard.bench.words import BOARDS, NAMES, SITES, draw
from pinboard.images.models import Picture
from pinboard.people.finding import keep_names
from pinboard.people.models import Follow, Person
from pinboard.pins.models import Board, Favourite, Pin, Save, Source

BATCH = 1000
FOLLOWED = 40
# Beside the maker's own: up to so many on others' boards.
MORE_SAVES = 4
FAVOURITES_PER_PERSON = 50
# As long as the preview of a real picture: a WebP of 16 pixels.
PREVIEW = "data:image/webp;base64," + "UklGRmAAAABXRUJQVlA4" * 12


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything but the talk. people: those who pin and save; the first is the reader."""

    people: Sequence[Person]
    boards: Sequence[Board]
    pins: Sequence[Pin]


def fill(*, pins: int, people: int, dice: Random) -> Shelf:
    """Fill an empty database. people: at least 2. One secret board and pin in twenty."""
    crowd = make_people(people, start=1)
    boards = _make_boards(crowd)
    made = _make_pins(pins, crowd, boards, dice)
    _follow(crowd, dice)
    _mark(crowd, made, dice)
    return Shelf(crowd, boards, made)


def make_people(count: int, *, start: int) -> list[Person]:
    """Nobody here has a password: sessions are written beside them."""
    people = Person.objects.bulk_create(
        [
            Person(
                username=f"person{number}",
                display_name=f"{NAMES[number % len(NAMES)]} {number}",
                password="!",
            )
            for number in range(start, start + count)
        ],
        batch_size=BATCH,
    )
    keep_names(people)
    return people


def _make_boards(people: Sequence[Person]) -> list[Board]:
    """As many for each as there are names; the last one is secret."""
    return Board.objects.bulk_create(
        [
            Board(
                owner=person,
                name=name,
                slug=name.lower().replace(" ", "-"),
                is_secret=name == BOARDS[-1],
            )
            for person in people
            for name in BOARDS
        ],
        batch_size=BATCH,
    )


def _make_pins(
    count: int, people: Sequence[Person], boards: Sequence[Board], dice: Random
) -> list[Pin]:
    """Each on a board of its maker and on up to four of others."""
    of_owner: dict[int, list[Board]] = {}
    for board in boards:
        of_owner.setdefault(board.owner_id, []).append(board)
    pictures = make_pictures(count, dice)
    sources: list[Source] = []
    pins: list[Pin] = []
    places: list[list[Board]] = []
    began = timezone.now() - timedelta(minutes=count)
    for number, picture in enumerate(pictures):
        title, description, reading = draw(dice)
        source = None
        if reading is not None:
            site = dice.choice(SITES)
            source = _source(f"https://{site}/{number}", site, reading.kind, reading.to_json())
            sources.append(source)
        maker = dice.choice(people)
        on = [dice.choice(of_owner[maker.pk]), *dice.sample(boards, dice.randint(0, MORE_SAVES))]
        places.append(list(dict.fromkeys(on)))
        pins.append(
            Pin(
                maker=maker,
                picture=picture,
                source=source,
                title=title,
                description=description,
                alt=f"A picture of {title.lower()}",
                is_public=not all(board.is_secret for board in on),
                save_count=len(places[-1]),
                created=began + timedelta(minutes=number),
            )
        )
    Source.objects.bulk_create(sources, batch_size=BATCH)
    Pin.objects.bulk_create(pins, batch_size=BATCH)
    _save(pins, places, dice)
    return pins


def make_pictures(count: int, dice: Random) -> list[Picture]:
    """Rows without files."""
    return Picture.objects.bulk_create(_pictures(count, dice), batch_size=BATCH)


def _pictures(count: int, dice: Random) -> Iterator[Picture]:
    for number in range(count):
        height = dice.randint(600, 1600)
        yield Picture(
            digest=hashlib.sha256(f"bench {number}".encode()).hexdigest(),
            original_format="jpeg",
            width=1200,
            height=height,
            colour=f"#{dice.randrange(0x1000000):06x}",
            preview=PREVIEW,
            byte_size=200_000,
            renditions=[[width, width * height // 1200] for width in (240, 480, 960)],
            rendition_token="0123456789abcdef",
            state=Picture.State.READY,
            perceptual_hash=dice.getrandbits(62),
        )


def _source(url: str, site: str, kind: str, reading: dict[str, Any]) -> Source:
    return Source(
        url=url,
        url_digest=hashlib.sha256(url.encode()).hexdigest(),
        site_name=site.removesuffix(".example").replace("-", " ").title(),
        kind=kind,
        reading=reading,
        read_at=timezone.now(),
    )


def _save(pins: Sequence[Pin], places: Sequence[Sequence[Board]], dice: Random) -> None:
    saves = [
        Save(
            pin=pin,
            board=board,
            saver_id=board.owner_id,
            is_public=not board.is_secret,
            created=pin.created,
        )
        for pin, boards in zip(pins, places, strict=True)
        for board in boards
    ]
    # In the order in which people would have: a pin is saved again long after it was made.
    dice.shuffle(saves)
    Save.objects.bulk_create(saves, batch_size=BATCH)


def _follow(people: Sequence[Person], dice: Random) -> None:
    Follow.objects.bulk_create(
        [
            Follow(follower=person, followed=other)
            for person in people
            for other in dice.sample(people, min(FOLLOWED, len(people)))
            if other != person
        ],
        batch_size=BATCH,
    )


def _mark(people: Sequence[Person], pins: Sequence[Pin], dice: Random) -> None:
    Favourite.objects.bulk_create(
        [
            Favourite(person=person, pin=pin)
            for person in people
            for pin in dice.sample(pins, min(FAVOURITES_PER_PERSON, len(pins)))
        ],
        batch_size=BATCH,
    )


def gather_statistics() -> None:
    """What PostgreSQL does by itself a minute after so much was written; ours here does not.

    Without them its planner takes an empty table and a million rows for the same.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
