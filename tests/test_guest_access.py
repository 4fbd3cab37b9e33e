"""What a guest may call: every address of the site, walked as a guest of Alice's conversation."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from pinboard.people.models import Person
from tests.makers import make_guest
from tests.test_access import PAGES, Example, comparable, example  # noqa: F401  # a fixture

# The addresses that know a guest as themselves. Everywhere else they are a visitor, and where
# one has to be signed in they are refused.
FOR_GUESTS = {
    "images:media",
    "join",
    "messaging:acts",
    "messaging:amend",
    "messaging:changes",
    "messaging:compare",
    "messaging:conversation",
    "messaging:guest",
    "messaging:leave",
    "messaging:poll_vote",
    "messaging:post",
    "messaging:react",
    "messaging:read",
    "messaging:receipts",
    "messaging:report",
    "messaging:shelf",
    "messaging:shopping",
    "messaging:shopping_choose",
    "messaging:shopping_over",
    "messaging:shopping_tick",
    "messaging:take_back",
    "messaging:unread",
    "messaging:verdict",
    "messaging:window",
    "pins:card",
    "pins:pin",
    "pins:player",
    "pins:shopping",
    "pins:shopping_tick",
    "pins:visit",
}


# What a guest sees beside what a visitor sees.
WAY_BACK = re.compile(rb'<a [^>]*href="/messages/guest/".*?</a>', re.DOTALL)


@pytest.mark.parametrize("name", PAGES)
def test_a_guest_is_nobody_outside_of_their_conversation(
    name: str,
    example: Example,  # noqa: F811  # a fixture
    alice: Person,
) -> None:
    guest = make_guest(example.talk, alice)
    address, gets, posts = PAGES[name]
    url = address.format(
        pin=example.pin.pk,
        draft=example.draft.pk,
        talk=example.talk.pk,
        bob=example.bob.pk,
        board=example.board.pk,
        message=1,
        poll=1,
        picture=example.pin.picture.src,
    )
    for method, expected in (("get", gets), ("post", posts)):
        client = Client()
        client.force_login(guest)
        answer = getattr(client, method)(url)
        if name in FOR_GUESTS:
            assert answer.status_code != 403, f"{method} {url}"
            continue
        # To a visitor "sign in first" is what to a guest is "not for you".
        if expected[0] == 302:
            assert answer.status_code == 403, f"{method} {url}"
            assert "guest of one conversation" in answer.content.decode()
        else:
            visitor = getattr(Client(), method)(url)
            answer.content = WAY_BACK.sub(b"", answer.content)
            assert comparable(answer) == comparable(visitor), f"{method} {url}"


def test_a_script_of_a_guest_is_told_in_words(alice: Person, example: Example) -> None:  # noqa: F811  # a fixture
    client = Client()
    client.force_login(make_guest(example.talk, alice))
    answer = client.get("/messages/tray/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (403, "guest")
