"""Somebody blocked is nowhere: not as a maker, not as a saver, not by name. Both ways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from pinboard.people.models import Person
from pinboard.people.relations import block, follow
from pinboard.pins.saving import save_to_board
from tests.makers import make_board, make_pin

Cut = Callable[[Person, Person], None]


def by_the_viewer(viewer: Person, other: Person) -> None:
    block(actor=viewer, person=other)


def by_the_other(viewer: Person, other: Person) -> None:
    block(actor=other, person=viewer)


@pytest.fixture(params=[by_the_viewer, by_the_other])
def cut(request: pytest.FixtureRequest) -> Cut:
    chosen: Cut = request.param
    return chosen


def shown(client: Client, url: str = "/") -> str:
    return client.get(url).content.decode()


def test_a_friends_save_of_a_blocked_persons_pin_is_not_in_the_feed(
    client: Client, alice: Person, bob: Person, charlie: Person, cut: Cut
) -> None:
    pin = make_pin(charlie, "Canary pin")
    follow(actor=alice, person=bob)
    save_to_board(actor=bob, pin=pin, board=make_board(bob))
    client.force_login(alice)
    assert "Canary pin" in shown(client)
    cut(alice, charlie)
    assert "Canary pin" not in shown(client)


def test_a_blocked_persons_pin_is_not_related(
    client: Client, alice: Person, bob: Person, charlie: Person, cut: Cut
) -> None:
    board = make_board(bob)
    near = make_pin(bob, board=board)
    save_to_board(actor=bob, pin=make_pin(charlie, "Canary pin"), board=board)
    client.force_login(alice)
    assert "Canary pin" in shown(client, near.get_absolute_url())
    cut(alice, charlie)
    assert "Canary pin" not in shown(client, near.get_absolute_url())


def test_a_blocked_person_is_not_among_those_who_keep_a_pin(
    client: Client, alice: Person, bob: Person, charlie: Person, cut: Cut
) -> None:
    pin = make_pin(bob)
    save_to_board(actor=charlie, pin=pin, board=make_board(charlie, "Canary board"), note="Canary")
    client.force_login(alice)
    assert "Kept by 2 people" in shown(client, pin.get_absolute_url())
    cut(alice, charlie)
    page = shown(client, pin.get_absolute_url())
    assert "Canary" not in page
    assert "Charlie" not in page
    assert "Kept by 1 person" in page


def test_what_a_blocked_person_did_is_no_longer_news(
    client: Client, alice: Person, bob: Person, charlie: Person, cut: Cut
) -> None:
    save_to_board(actor=charlie, pin=make_pin(alice, "Alone"), board=make_board(charlie, "One"))
    both = make_pin(alice, "Both")
    for person in (bob, charlie):
        save_to_board(actor=person, pin=both, board=make_board(person))
    follow(actor=charlie, person=alice)
    client.force_login(alice)
    assert "Charlie" in shown(client, "/notifications/")
    cut(alice, charlie)
    page = shown(client, "/notifications/")
    assert "Charlie" not in page
    assert "Alone" not in page
    assert "Bob saved your pin Both" in page
