"""Whatever people and pages write stands on ours as words: no tag, no handler, no link (68, 72)."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from messaging import missed
from messaging.asking import question
from messaging.deciding import decide, give_verdict
from messaging.guests import make_link
from messaging.models import Conversation, Message
from messaging.posting import post_message, words
from messaging.reporting import report_message
from pinboard.people.models import Person
from pinboard.pins.models import Board, Draft, Pin, Save
from pinboard.pins.saving import favourite
from tests.makers import (
    make_board,
    make_conversation,
    make_guest,
    make_keeper,
    make_picture,
    make_pin,
    make_source,
    say,
)
from tests.messaging.test_missed import long_ago
from tests.test_access import PAGES

# None longer than a name may be. Every one has "xss" in what must not come to life.
CORPUS = {
    "a tag": "<xss-mark onxss=1>",
    "the end of what it stands in": "</textarea></title></script></style><xss-mark>",
    "the end of an attribute": "\" onxss=1 ' onxss=1 x=",
    "a comment": "--><xss-mark><!--",
    "escaped already": "&lt;xss-mark&gt;&quot; onxss=1",
    "a template": "{{ 7|add:74 }}xss{% now 'Y' %}",
    "a link": "javascript:xss()",
    "a link in disguise": " jAvA\tscript:xss()//",
    "a page of its own": "data:text/html,<xss-mark>",
}
KINDS: dict[str, dict[str, Any]] = {
    "product": {
        "product": {
            "price": "24.00",
            "previous_price": "45.00",
            "currency": "",
            "availability": "in_stock",
            "brand": "",
            "variants": [""],
        },
        "rating": {"value": 4.6, "count": 12},
    },
    "recipe": {
        "recipe": {
            "ingredients": ["", "2 "],
            "steps": [""],
            "servings": 4,
            "yields": "",
            "cuisine": "",
            "category": "",
            "diets": [""],
        }
    },
    "article": {"author": "", "published": "", "article": {"section": "", "modified": ""}},
    "place": {
        "place": {
            "address": "",
            "latitude": 38.7,
            "longitude": -9.1,
            "phone": "",
            "price_range": "",
            "hours": [""],
        }
    },
    "movie": {
        "movie": {"director": "", "minutes": 95, "cast": [""]},
        "video": {"embed_url": "", "provider": "", "minutes": 3},
    },
}


@dataclass(frozen=True)
class World:
    """Everything in it is called by what was given: people, boards, pins, pages, messages."""

    pins: list[Pin]
    draft: Draft
    talk: Conversation
    board: Board
    report: int
    invitation: str


def make_world(evil: str, alice: Person, bob: Person, charlie: Person) -> World:
    Person.objects.update(display_name=evil, about=evil)
    for person in (alice, bob, charlie):
        person.refresh_from_db()
    board = make_board(alice, "Secrets")
    pins = [make_pin(alice, board=board, source=source) for source in _sources(evil)]
    Pin.objects.update(title=evil, description=evil, alt=evil)
    Save.objects.update(note=evil)
    Board.objects.update(name=evil, about=evil)
    favourite(actor=bob, pin=pins[0])
    draft = Draft.objects.create(
        person=alice, state=Draft.State.READY, link=evil, title=evil, description=evil
    )
    draft.offers.create(picture=make_picture(), alt=evil)
    talk = make_conversation(alice, bob, is_group=True)
    Conversation.objects.update(title=evil)
    first = say(talk, bob, evil, pins=tuple(pins))
    say(talk, alice, evil, quote=first.pk)
    asked = question(text=evil, deadline="hour")
    _post(alice, talk, words(text=evil, pins=[pins[0].pk, pins[1].pk], poll=asked))
    _post(alice, talk, words(search=f"q={evil}"))
    _post(alice, talk, words(board=board.pk))
    give_verdict(actor=bob, conversation_id=talk.pk, pin_id=pins[0].pk, value="yes")
    decide(actor=bob, conversation_id=talk.pk, pin_id=pins[1].pk, reason=evil)
    make_guest(talk, alice, f"{evil}{evil}"[:60])
    report = report_message(actor=alice, message=first, reason="spam", words=evil)
    _, secret = make_link(actor=alice, conversation_id=talk.pk, days=7)
    call_command("reindex", verbosity=0)
    return World(pins, draft, talk, board, report.pk, secret)


def _sources(evil: str) -> list[Any]:
    rich = [make_source(kind=kind, reading=_said(reading, evil)) for kind, reading in KINDS.items()]
    return [*rich, make_source(url=evil, site_name=evil, state="gone")]


def _said(reading: Any, evil: str) -> Any:
    """The same with these words behind every word of it."""
    if isinstance(reading, dict):
        return {name: _said(value, evil) for name, value in reading.items()}
    if isinstance(reading, list):
        return [_said(value, evil) for value in reading]
    is_free = isinstance(reading, str) and reading not in ("in_stock", "24.00", "45.00")
    return f"{reading}{evil}" if is_free else reading


def _post(person: Person, talk: Conversation, said: Any) -> Message:
    message, _ = post_message(
        actor=person, conversation_id=talk.pk, client_id=uuid.uuid4(), said=said
    )
    return message


# ---------------------------------------------------------------- what came to life


def lively(html: str) -> list[str]:
    """What a browser would take for more than words: the tags, handlers and links of CORPUS."""
    found = ["a template" for _ in re.findall("81xss", html)]
    for node in LexborHTMLParser(html).css("*"):
        if "xss" in (node.tag or ""):
            found.append(f"<{node.tag}>")
        found += [f"{name}=" for name in node.attributes if "xss" in name]
        for name in ("href", "src", "action", "formaction", "poster", "srcdoc"):
            # As a browser reads it: without blanks and control characters.
            address = re.sub(r"[\x00-\x20]", "", node.attributes.get(name) or "").lower()
            scheme, colon, _ = address.partition(":")
            if "xss" in address and colon and scheme in ("javascript", "data", "vbscript"):
                found.append(f"{name}={address}")
    return found


def pages_of(world: World, evil: str) -> list[tuple[str, dict[str, str]]]:
    """Every address of the site that the world has something at, and what to ask it."""
    found: list[tuple[str, dict[str, str]]] = [
        ("/search/", {"q": evil}),
        ("/search/", {"q": "xss", "g": evil}),
        ("/search/boards/", {"q": evil}),
        ("/search/people/", {"q": evil}),
        ("/search/suggest/", {"q": evil}),
        ("/search/suggest/", {"q": "xs"}),
        ("/messages/search/", {"q": "xss"}),
        ("/messages/people/", {"q": "xss"}),
        ("/pin/create/button/", {"url": evil, "media": evil, "description": evil}),
        ("/pin/create/button/", {"url": "https://a.example/", "media": evil, "title": evil}),
        (f"/join/{world.invitation}/", {}),
        (f"/nowhere/{evil}/", {}),
        ("/accounts/login/", {"next": evil}),
    ]
    acts = f"/messages/{world.talk.pk}/acts/"
    found += [(acts, {"message": str(message.pk)}) for message in world.talk.messages.all()]
    for pin in world.pins:
        for address, gets, _ in PAGES.values():
            url = address.format(
                pin=pin.pk,
                draft=world.draft.pk,
                talk=world.talk.pk,
                bob=0,
                board=world.board.pk,
                picture="/",
            )
            if gets[2] != 405 and ("{pin}" in address or pin == world.pins[0]):
                found.append((url, {}))
    return found


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("name", CORPUS)
def test_words_stay_words_on_every_page(
    name: str, alice: Person, bob: Person, charlie: Person
) -> None:
    evil = CORPUS[name]
    world = make_world(evil, alice, bob, charlie)
    shown = 0
    for viewer in (alice, make_keeper(charlie), None):
        client = Client()
        if viewer:
            client.force_login(viewer)
        addresses = pages_of(world, evil)
        if viewer == charlie:
            addresses.append((f"/keepers/reports/{world.report}/", {}))
        for address, asked in addresses:
            answer = client.get(address, asked)
            assert answer.status_code < 500, address
            assert answer["X-Content-Type-Options"] == "nosniff"
            if answer.get("Content-Type", "").startswith("text/html"):
                html = answer.content.decode()
                assert lively(html) == [], f"{address} for {viewer and viewer.username}"
                shown += "xss" in (LexborHTMLParser(html).body or LexborHTMLParser(html)).text()
            assert "javascript:" not in answer.get("Location", "").lower()
    assert shown > 40


@pytest.mark.django_db
@pytest.mark.parametrize("name", CORPUS)
def test_a_bad_files_name_is_told_in_words(name: str, alice: Person) -> None:
    client = Client()
    client.force_login(alice)
    file = SimpleUploadedFile("x.txt", b"words", "text/plain")
    file._name = f"{CORPUS[name]}.txt"  # type: ignore[attr-defined]  # its setter would mend it
    answer = client.post("/create/", {"pictures": [file]}, follow=True)
    assert answer.status_code == 422
    assert lively(answer.content.decode()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", CORPUS)
def test_a_letter_is_plain_text(name: str, alice: Person, bob: Person) -> None:
    evil = CORPUS[name]
    talk = make_conversation(alice, bob, is_group=True)
    Conversation.objects.update(title=evil)
    Person.objects.update(display_name=evil)
    EmailAddress.objects.create(user=bob, email=bob.email, primary=True, verified=True)
    long_ago(say(talk, alice))
    assert missed.write_letters() == 1
    (letter,) = mail.outbox
    assert evil.strip() in " ".join(letter.body.split("\n"))
    assert letter.content_subtype == "plain"
    assert not getattr(letter, "alternatives", None)
    assert letter.message()["Subject"]
