"""The feed: friends first, nothing twice, nothing lost between pages, a fixed number of queries."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from pinboard.people.models import Person
from pinboard.people.relations import block, follow
from pinboard.pins.models import Save
from pinboard.pins.saving import save_to_board
from tests.makers import make_board, make_picture, make_pin, make_source

CARD = re.compile(r'<pin-card class="pin-card[^>]*data-pin="(\d+)"')
NEXT = re.compile(r'rel="next" href="([^"]+)"')


def walk(client: Client, url: str = "/") -> list[list[int]]:
    """All pages from an address on, as lists of pin ids."""
    pages = []
    while url:
        html = client.get(url).content.decode()
        pages.append([int(pk) for pk in CARD.findall(html)])
        found = NEXT.search(html)
        url = found[1].replace("&amp;", "&") if found else ""
    return pages


def test_friends_saves_come_first_and_everything_once(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    others = [make_pin(charlie, f"Pin {index}") for index in range(40)]
    kept = [others[3], others[7]]
    board = make_board(bob, "Kept")
    for pin in kept:
        save_to_board(actor=bob, pin=pin, board=board)
    save_to_board(actor=bob, pin=kept[0], board=make_board(bob, "Again"))
    follow(actor=alice, person=bob)
    client.force_login(alice)
    pages = walk(client)
    shown = [pk for page in pages for pk in page]
    assert shown[:2] == [kept[0].pk, kept[1].pk]
    assert sorted(shown) == sorted(pin.pk for pin in others)
    assert [len(page) for page in pages] == [30, 10]
    assert "Bob saved this" in client.get("/").content.decode()


@pytest.mark.parametrize("saves", [29, 30, 31, 60])
def test_no_pin_is_lost_where_friends_end_and_the_rest_begins(
    client: Client, alice: Person, bob: Person, charlie: Person, saves: int
) -> None:
    follow(actor=alice, person=bob)
    friends = [make_pin(bob, f"Friend {index}").pk for index in range(saves)]
    rest = [make_pin(charlie, f"Rest {index}").pk for index in range(35)]
    client.force_login(alice)
    shown = [pk for page in walk(client) for pk in page]
    assert shown == friends[::-1] + rest[::-1]


def test_a_new_pin_on_top_does_not_shift_the_next_page(client: Client, alice: Person) -> None:
    pins = [make_pin(alice, f"Pin {index}").pk for index in range(35)]
    html = client.get("/").content.decode()
    found = NEXT.search(html)
    assert found
    make_pin(alice, "Newer")
    (second,) = walk(client, found[1])
    assert second == pins[:5][::-1]


def test_blocked_people_are_not_in_the_feed(client: Client, alice: Person, bob: Person) -> None:
    make_pin(bob, "From Bob")
    block(actor=bob, person=alice)
    client.force_login(alice)
    assert "From Bob" not in client.get("/").content.decode()


@pytest.mark.parametrize("cursor", ["x", "f.", "e.-1", "f.1e9", "e." + "9" * 40, "\x00"])
def test_a_nonsense_cursor_gets_a_sentence(client: Client, cursor: str, alice: Person) -> None:
    assert client.get("/", {"cursor": cursor}).status_code == 400


def sign_in(client: Client, person: Person) -> None:
    """As people do, by e-mail address: the session keeps the backend that knew them."""
    person.set_password("rather-long-words-7")
    person.face = make_picture()
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    data = {"login": person.email, "password": "rather-long-words-7"}
    assert client.post("/accounts/login/", data).status_code == 302


def test_few_pins_that_friends_saved_again_and_again_take_no_more_queries(
    client: Client, alice: Person, bob: Person, django_assert_max_num_queries: Any
) -> None:
    pins = [make_pin(bob, f"Pin {index}") for index in range(10)]
    boards = [make_board(bob, f"Board {index}") for index in range(50)]
    Save.objects.bulk_create(
        Save(pin=pin, board=board, saver=bob, is_public=True) for board in boards for pin in pins
    )
    follow(actor=alice, person=bob)
    sign_in(client, alice)
    with django_assert_max_num_queries(10):
        html = client.get("/").content.decode()
    assert [int(pk) for pk in CARD.findall(html)] == [pin.pk for pin in reversed(pins)]


@pytest.mark.parametrize("scale", [1, 10])
def test_pages_take_at_most_ten_queries_whatever_the_size(
    client: Client,
    alice: Person,
    bob: Person,
    charlie: Person,
    scale: int,
    django_assert_max_num_queries: Any,
) -> None:
    from tests.makers import make_conversation, say

    board = make_board(bob, "Many")
    picture = make_picture()
    pins = [
        make_pin(bob, f"Pin {i}", board=board, picture=picture, source=make_source())
        for i in range(30 * scale)
    ]
    mine = make_board(alice, "Mine")
    for pin in pins[:20]:
        save_to_board(actor=alice, pin=pin, board=mine)
    for index in range(4 * scale):
        make_board(alice, f"More {index}")
    follow(actor=alice, person=bob)
    # Kept by nobody else: what is related comes from its maker.
    alone = make_pin(bob, "Alone", board=make_board(bob, "Alone"), source=make_source())
    save_to_board(actor=charlie, pin=pins[1], board=make_board(charlie), note="Mm")
    talk = make_conversation(alice, bob, charlie)
    for pin in pins[: 30 * scale]:
        say(talk, bob, "What about this?", pins=(pin,))
    sign_in(client, alice)
    addresses = (
        "/",
        "/favourites/",
        board.get_absolute_url(),
        pins[0].get_absolute_url(),
        alone.get_absolute_url(),
        talk.get_absolute_url(),
        f"{talk.get_absolute_url()}window/",
        "/messages/",
        "/@bob/",
        "/notifications/",
    )
    # A part, not a page: recent talks and, one kind of closeness after the other, people.
    most = dict.fromkeys(addresses, 10) | {"/messages/tray/": 16}
    for url, queries in most.items():
        client.get(url)
        with django_assert_max_num_queries(queries, info=url):
            assert client.get(url).status_code == 200
