"""The child that fills the database of a run: `python -m pinboard.torture.preparing '{…}'`.

Its environment says which database; the torturing process itself opens none.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from pinboard.torture.world import Somebody, Talk, World

if TYPE_CHECKING:
    from pinboard.people.models import Person

PINS: Final = 24
SESSIONS_EACH: Final = 60
# Of each conversation with comers, so many people are put out and brought in again.
COMERS: Final = 2


def prepare(*, people: int, seed: int) -> World:
    """Migrate, collect the static files, and make people who know each other, and their talks."""
    from django.conf import settings
    from django.core.management import call_command

    from pinboard.bench import dataset, talk
    from pinboard.people.models import Follow

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    shelf = dataset.fill(pins=PINS, people=people, dice=Random(seed))
    crowd = list(shelf.people)
    Follow.objects.bulk_create(
        [Follow(follower=one, followed=other) for one in crowd for other in crowd if one != other],
        ignore_conflicts=True,
    )
    sessions = [talk.sign_in(crowd) for _ in range(SESSIONS_EACH)]
    world = World(
        people=tuple(
            Somebody(person.pk, person.username, tuple(keys[person.pk] for keys in sessions))
            for person in crowd
        ),
        talks=_talks(crowd),
        pins=tuple(pin.pk for pin in shelf.pins if pin.is_public),
    )
    world.save(Path(settings.DATA_DIR))
    return world


def _talks(crowd: Sequence[Person]) -> tuple[Talk, ...]:
    """One plain group of all, two groups with coming and going, and a talk of two."""
    from messaging.joining import start_conversation

    everybody = tuple(person.pk for person in crowd)

    def group(title: str, keeper: Person, members: Sequence[Person]) -> int:
        begun = start_conversation(actor=keeper, people=members, title=title, is_group=True)
        return int(begun.pk)

    plain = Talk(group("Plain", crowd[0], crowd), crowd[0].pk, everybody, is_plain=True)
    busy = []
    for number in range(2):
        keeper = crowd[number]
        comers = [person for person in crowd if person != keeper][-COMERS - number : None]
        first = [person for person in crowd if person not in comers[:1]]
        talk = Talk(
            group(f"Busy {number}", keeper, first),
            keeper.pk,
            tuple(person.pk for person in first),
            tuple(person.pk for person in comers),
        )
        busy.append(talk)
    two = start_conversation(actor=crowd[0], people=[crowd[1]])
    pair = Talk(two.pk, crowd[0].pk, (crowd[0].pk, crowd[1].pk))
    return (plain, *busy, pair)


if __name__ == "__main__":
    import django

    django.setup()
    prepare(**json.loads(sys.argv[1]))
