"""The child that makes the data set: `python -m pinboard.bench.preparing '{"pins": …}'`.

Runs with PINBOARD_DATA pointing to the folder to fill, so that the process that measures never
opens this database, and nobody's own is touched. Counts the queries of each page on the way:
in here, so that the counting does not slow what is measured.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from pinboard.bench.world import Group, Member, Page, Talk, World

if TYPE_CHECKING:
    from messaging.models import Conversation
    from pinboard.bench.dataset import Shelf
    from pinboard.people.models import Person

SEED = 2
TALKS = 200
MESSAGES_PER_TALK = 40
QUERY = "pasta"
# Enough of them that a process does not remember how all were drawn.
SHORT_TALKS, SHORT = 100, 100


def prepare(**asked: int) -> World:
    """Migrate, collect the static files, fill, index, count queries.

    asked: pins, people, sockets (who will listen), group (of them), messages (of the long talk).
    """
    from django.conf import settings
    from django.core.management import call_command

    from pinboard.bench import dataset, talk

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    began = time.monotonic()
    dice = Random(SEED)
    shelf = dataset.fill(pins=asked["pins"], people=asked["people"], dice=dice)
    conversation = talk.talk(
        shelf.people,
        count=min(TALKS, asked["people"]),
        messages=MESSAGES_PER_TALK,
        pins=[pin for pin in shelf.pins if pin.is_public],
        dice=dice,
    )
    listeners = dataset.make_people(asked["sockets"], start=asked["people"] + 1)
    sessions = talk.sign_in([shelf.people[0], *listeners])
    groups = tuple(_group(*each, sessions) for each in talk.groups_of(listeners, asked["group"]))
    talks = tuple(_talks(shelf, asked["messages"], dice)) if asked["messages"] else ()
    filled = time.monotonic()
    call_command("reindex", verbosity=0)
    dataset.gather_statistics()
    indexed = time.monotonic()
    reader = Member(shelf.people[0].pk, sessions[shelf.people[0].pk])
    world = World(
        asked=asked,
        reader=reader,
        pages=tuple(_looked_at(page, reader) for page in _pages(shelf, conversation)),
        groups=groups,
        talks=tuple(_counted(each, reader) for each in talks),
        sizes=_sizes(),
        filled_seconds=filled - began,
        indexed_seconds=indexed - filled,
    )
    world.save(Path(settings.DATA_DIR))
    return world


def _group(
    conversation: Conversation, members: Sequence[Person], sessions: Mapping[int, str]
) -> Group:
    return Group(conversation.pk, tuple(Member(one.pk, sessions[one.pk]) for one in members))


def _pages(shelf: Shelf, conversation: Conversation) -> Iterator[Page]:
    """What is measured; the yardstick first."""
    most_saved = max((pin for pin in shelf.pins if pin.is_public), key=lambda pin: pin.save_count)
    board = max(shelf.boards[:-1], key=lambda board: (not board.is_secret, board.saves.count()))
    middle = shelf.pins[len(shelf.pins) // 2].pk
    card = "<pin-card "
    yield Page("hello (yardstick)", "/bench/hello/", signed_in=False, mark="hello")
    yield Page("feed", "/", signed_in=True, mark=card)
    yield Page("feed, beyond friends", f"/?cursor=e.{middle}", signed_in=True, mark=card)
    yield Page("feed, visitor", "/", signed_in=False, mark=card)
    yield Page("pin", most_saved.get_absolute_url(), signed_in=True, mark=card)
    yield Page("board", board.get_absolute_url(), signed_in=True, mark=card)
    yield Page("search", f"/search/?q={QUERY}", signed_in=True, mark=card)
    address = conversation.get_absolute_url()
    yield Page("conversation", address, signed_in=True, mark='data-message="')


def _talks(shelf: Shelf, messages: int, dice: Random) -> Iterator[Talk]:
    """Short ones, then the long one, all of the reader's."""
    from pinboard.bench.long_talk import long_talk

    pins = [pin for pin in shelf.pins if pin.is_public]
    for count, size in ((min(SHORT_TALKS, messages), min(SHORT, messages)), (1, messages)):
        made = [
            long_talk(shelf.people[:4], messages=size, pins=pins, dice=dice) for _ in range(count)
        ]
        yield Talk(tuple(each.pk for each in made), size)


def _counted(talk: Talk, reader: Member) -> Talk:
    """Open one and jump to its middle in this process, counting."""
    address = f"/messages/{talk.conversations[0]}/"
    ways = (address, f"{address}?at={(talk.messages + 1) // 2}")
    pages = [Page("", way, signed_in=True, mark='data-message="') for way in ways]
    return replace(talk, queries=max(_looked_at(page, reader).queries for page in pages))


def _looked_at(page: Page, reader: Member) -> Page:
    """Open it in this process: how often its mark stands in it, and its queries.

    Raises RuntimeError for a page that does not open.
    """
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    if page.signed_in:
        client.cookies[settings.SESSION_COOKIE_NAME] = reader.session
    client.get(page.path)  # what a process asks only once is not the page's
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page.path)
    if answer.status_code != 200:
        raise RuntimeError(f"{page.path} answers {answer.status_code}")
    times = answer.content.count(page.mark.encode())
    return replace(page, times=times, queries=len(asked))


def _sizes() -> dict[str, int]:
    from messaging.models import Message
    from pinboard.people.models import Follow, Person
    from pinboard.pins.models import Board, Favourite, Pin, Save, Source

    rows: tuple[Any, ...] = (Pin, Source, Person, Board, Save, Follow, Favourite, Message)
    return {str(model._meta.verbose_name_plural): model.objects.count() for model in rows}


if __name__ == "__main__":
    import django

    django.setup()
    prepare(**json.loads(sys.argv[1]))
