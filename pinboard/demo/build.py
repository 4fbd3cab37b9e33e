"""From the tables of the demo world to rows, through the product's own deeds.

Pictures are drawn in child processes and stored like anybody's upload; everything else is one
transaction, so that a world is there whole or not at all. Times are set back afterwards, because
deeds only know "now".
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import uuid
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TextIO

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone

from messaging.deciding import decide, give_verdict
from messaging.joining import start_conversation
from messaging.models import Conversation, Member, Message
from messaging.posting import post_message, words
from messaging.shopping import choose, lines_of, shopping_of, tick
from pinboard.demo.mode import PASSWORD, remember_demo
from pinboard.demo.painting import Painting, draw
from pinboard.demo.readings import reading_of
from pinboard.demo.world import WORLD, model
from pinboard.images.models import Picture
from pinboard.images.storing import store_picture
from pinboard.notifications.models import Notification
from pinboard.people.models import Person
from pinboard.people.relations import follow
from pinboard.pins.before import page_digest
from pinboard.pins.boards import add_section, make_board
from pinboard.pins.collaborating import add_collaborators
from pinboard.pins.models import Board, Pin, Save, Section, Source
from pinboard.pins.saving import favourite, make_pin, save_to_board
from search.keeping import catch_up

# How many of the newest notifications each person has not seen yet.
UNSEEN = 2


def build_world(stdout: TextIO) -> None:
    """Fill an empty database with the demo world, saying how far it is."""
    paintings = [(pin.interest, pin.index) for pin in WORLD.pins]
    pictures = _store_all(paintings, [person.username for person in WORLD.people], stdout)
    with transaction.atomic():
        people = _make_people(pictures)
        for who, whom in WORLD.follows:
            follow(actor=people[who], person=people[whom])
        boards = [_make_board(people, board) for board in WORLD.boards]
        pins = _make_pins(people, boards, pictures)
        _place_other_saves(people, boards, pins)
        for who, title in WORLD.favourites:
            favourite(actor=people[who], pin=pins[title])
        for conversation in WORLD.conversations:
            _hold(conversation, people, pins)
        _leave_a_few_unseen()
    # Pictures may be rendered while people look around; what they search for must be found.
    catch_up()
    remember_demo()


def _store_all(
    paintings: Sequence[Painting], usernames: Sequence[str], stdout: TextIO
) -> dict[Painting, Picture]:
    """Draw and store every picture, all cores at work. Faces are (username, -1)."""
    wanted: list[Painting] = [*((name, -1) for name in usernames), *paintings]
    cores = os.cpu_count() or 1
    pictures: dict[Painting, Picture] = {}
    context = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(cores, mp_context=context) as painters,
        ThreadPoolExecutor(cores) as keepers,
    ):
        drawn = painters.map(draw, wanted, chunksize=4)
        stored = keepers.map(_store, drawn)
        for number, (painting, picture) in enumerate(zip(wanted, stored, strict=True), start=1):
            pictures[painting] = picture
            if number % 50 == 0 or number == len(wanted):
                stdout.write(f"  {number} of {len(wanted)} pictures\n")
                stdout.flush()
        for _ in range(cores):
            keepers.submit(connection.close)
    return pictures


def _store(data: bytes) -> Picture:
    return store_picture(data)


def _make_people(pictures: dict[Painting, Picture]) -> dict[str, Person]:
    people = {}
    # A good password hash is slow on purpose; everybody here has the same known one.
    password = make_password(PASSWORD)
    for person in WORLD.people:
        made = Person.objects.create(
            username=person.username,
            password=password,
            display_name=person.name,
            about=person.about,
            email=f"{person.username}@pinboard.example",
            kind=Person.Kind.BRAND if person.is_brand else Person.Kind.PERSON,
            face=pictures[person.username, -1],
        )
        EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
        people[person.username] = made
    return people


def _make_board(people: dict[str, Person], board: model.Board) -> Board:
    made = make_board(
        owner=people[board.owner], name=board.name, about=board.about, is_secret=board.is_secret
    )
    for section in board.sections:
        add_section(board=made, name=section)
    kept_with = [people[name] for name in board.collaborators]
    add_collaborators(actor=made.owner, board=made, people=kept_with)
    return made


def _make_pins(
    people: dict[str, Person], boards: Sequence[Board], pictures: dict[Painting, Picture]
) -> dict[str, Pin]:
    """Every pin with the first save its maker gave it."""
    firsts: dict[str, tuple[Board, model.Save]] = {}
    for made, board in zip(boards, WORLD.boards, strict=True):
        for save in board.saves:
            if made.owner.username == save.saver and not board.is_secret:
                firsts.setdefault(f"{save.saver} {save.pin}", (made, save))
    pins = {}
    for pin in WORLD.pins:
        made, save = firsts[f"{pin.maker} {pin.title}"]
        pins[pin.title] = make_pin(
            owner=people[pin.maker],
            picture=pictures[pin.interest, pin.index],
            board=made,
            title=pin.title,
            description=pin.description,
            alt=pin.alt,
            source=_make_source(pin),
            note=save.note,
            section=_section(made, save.section),
        )
        _set_back(pins[pin.title], save.ago_minutes)
    return pins


def _make_source(pin: model.Pin) -> Source:
    reading = reading_of(pin)
    return Source.objects.create(
        url=pin.url,
        url_digest=hashlib.sha256(pin.url.encode()).hexdigest(),
        page_digest=page_digest(pin.url),
        site_name=pin.site,
        kind=reading.kind,
        reading=reading.to_json(),
        read_at=timezone.now(),
    )


def _place_other_saves(
    people: dict[str, Person], boards: Sequence[Board], pins: dict[str, Pin]
) -> None:
    """What is left of the boards, oldest first, because feeds are in the order of saving."""
    left = [
        (save, made)
        for made, board in zip(boards, WORLD.boards, strict=True)
        for save in board.saves
    ]
    there = set(Save.objects.values_list("pin", "board"))
    for save, made in sorted(left, key=lambda each: -each[0].ago_minutes):
        pin = pins[save.pin]
        if (pin.pk, made.pk) in there:
            continue
        placed = save_to_board(
            actor=people[save.saver],
            pin=pin,
            board=made,
            note=save.note,
            section=_section(made, save.section),
        )
        Save.objects.filter(pk=placed.pk).update(created=_ago(save.ago_minutes))


def _hold(talk: model.Conversation, people: dict[str, Person], pins: dict[str, Pin]) -> None:
    """A conversation with everything said, judged and decided in it."""
    first, *others = [people[name] for name in talk.people]
    conversation = start_conversation(
        actor=first, people=others, title=talk.title, is_group=len(others) > 1
    )
    conversation.members.update(accepted=True)
    Message.objects.filter(conversation=conversation).update(
        created=_ago(talk.messages[0].ago_minutes + 1)
    )
    message, decision = None, talk.decision
    for said in talk.messages:
        # In its time: what comes up after a decision is not folded away by it.
        if decision and decision.ago_minutes > said.ago_minutes:
            _decide(decision, conversation, people, pins)
            decision = None
        message, _ = post_message(
            actor=people[said.author],
            conversation_id=conversation.pk,
            client_id=uuid.uuid4(),
            said=words(text=said.text, pins=[pins[title].pk for title in said.pins]),
        )
        Message.objects.filter(pk=message.pk).update(created=_ago(said.ago_minutes))
    assert message is not None
    if decision:
        _decide(decision, conversation, people, pins)
    for verdict in talk.verdicts:
        give_verdict(
            actor=people[verdict.person],
            conversation_id=conversation.pk,
            pin_id=pins[verdict.pin].pk,
            value=verdict.answer,
        )
    _shop(talk, conversation, people, pins)
    conversation.refresh_from_db()
    members = Member.objects.filter(conversation=conversation)
    members.update(read=conversation.counter)
    unread = members.filter(person__username__in=talk.unread)
    unread.update(read=message.number - 1)
    last = Message.objects.filter(conversation=conversation).latest("number")
    Conversation.objects.filter(pk=conversation.pk).update(active=last.created)


def _shop(
    talk: model.Conversation,
    conversation: Conversation,
    people: dict[str, Person],
    pins: dict[str, Pin],
) -> None:
    """What they shop for, and who has what already."""
    servings = {pins[title].pk: number for title, number in talk.shopping}
    if not servings:
        return
    actor = people[talk.people[0]]
    choose(actor=actor, conversation_id=conversation.pk, servings=servings)
    recipes = shopping_of(conversation, viewer=actor).recipes
    keys = {line.name: line.key for line in lines_of(conversation, recipes)}
    for name, thing in talk.had:
        tick(actor=people[name], conversation_id=conversation.pk, key=keys[thing], is_on=True)


def _decide(
    decision: model.Decision,
    conversation: Conversation,
    people: dict[str, Person],
    pins: dict[str, Pin],
) -> None:
    decide(
        actor=people[decision.person],
        conversation_id=conversation.pk,
        pin_id=pins[decision.pin].pk,
        reason=decision.reason,
    )
    line = Message.objects.filter(conversation=conversation).latest("number")
    Message.objects.filter(pk=line.pk).update(created=_ago(decision.ago_minutes))


def _leave_a_few_unseen() -> None:
    Notification.objects.update(seen=True, count=1)
    for person in Person.objects.all():
        newest = Notification.objects.visible_to(person).order_by("-pk")[:UNSEEN]
        ids: Iterable[int] = list(newest.values_list("pk", flat=True))
        Notification.objects.filter(pk__in=ids).update(seen=False)


def _section(board: Board, name: str) -> Section | None:
    return add_section(board=board, name=name) if name else None


def _set_back(pin: Pin, minutes: int) -> None:
    then = _ago(minutes)
    Pin.objects.filter(pk=pin.pk).update(created=then, changed=then)
    Save.objects.filter(pin=pin).update(created=then)


def _ago(minutes: int) -> datetime:
    return timezone.now() - timedelta(minutes=minutes)
