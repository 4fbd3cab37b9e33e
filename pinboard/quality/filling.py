"""The corpus as rows: people, boards, sources, pins and saves, written in bulk.

How often a pin was saved and when it was made have nothing to do with what it shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Final

from django.utils import timezone

from pinboard.bench.dataset import make_people
from pinboard.images.models import Picture
from pinboard.people.models import Person
from pinboard.pins.models import Board, Pin, Save, Source
from pinboard.quality.corpus import Drawn

PEOPLE: Final = 60
DAYS: Final = 700
BATCH: Final = 1000


def fill(drawn: Sequence[Drawn], *, dice: Random) -> dict[int, int]:
    """Fill an empty database. Returns the place in drawn by pin."""
    people = make_people(PEOPLE, start=1)
    keepers = [dice.sample(people, len(pin.boards)) for pin in drawn]
    sources = Source.objects.bulk_create(
        [_source(place, pin) for place, pin in enumerate(drawn)], batch_size=BATCH
    )
    picture, now = _picture(), timezone.now()
    pins = Pin.objects.bulk_create(
        [
            Pin(
                maker=whose[0],
                picture=picture,
                source=source,
                title=pin.title,
                description=pin.description,
                is_public=True,
                save_count=len(pin.boards),
                created=now - timedelta(days=dice.randrange(DAYS)),
            )
            for pin, whose, source in zip(drawn, keepers, sources, strict=True)
        ],
        batch_size=BATCH,
    )
    _save(pins, drawn, keepers)
    return {pin.pk: place for place, pin in enumerate(pins)}


def _picture() -> Picture:
    """One for all: nobody looks at it."""
    return Picture.objects.create(
        digest=hashlib.sha256(b"quality").hexdigest(),
        original_format="jpeg",
        width=600,
        height=800,
        byte_size=1000,
        renditions=[[240, 320]],
        rendition_token="0123456789abcdef",
        state=Picture.State.READY,
        perceptual_hash=1,
    )


def _save(pins: Sequence[Pin], drawn: Sequence[Drawn], keepers: Sequence[Sequence[Person]]) -> None:
    """Each pin on the boards it was drawn with, each of them somebody's own."""
    kept = [
        (pin, keeper, name)
        for pin, said, whose in zip(pins, drawn, keepers, strict=True)
        for keeper, name in zip(whose, said.boards, strict=True)
    ]
    wanted = sorted({(keeper.pk, name) for _, keeper, name in kept})
    boards = Board.objects.bulk_create(
        [
            Board(owner_id=owner, name=name, slug=f"board-{number}")
            for number, (owner, name) in enumerate(wanted)
        ],
        batch_size=BATCH,
    )
    board_of = dict(zip(wanted, boards, strict=True))
    Save.objects.bulk_create(
        [
            Save(pin=pin, board=board_of[keeper.pk, name], saver=keeper, is_public=True)
            for pin, keeper, name in kept
        ],
        batch_size=BATCH,
    )


def _source(place: int, pin: Drawn) -> Source:
    url = f"https://quality.example/{place}"
    return Source(
        url=url,
        url_digest=hashlib.sha256(url.encode()).hexdigest(),
        site_name=pin.site,
        kind=pin.kind,
        reading=pin.reading,
        read_at=timezone.now(),
    )
