"""What people are told of, and what they are not."""

from __future__ import annotations

from django.test import Client

from pinboard.people.models import Person
from pinboard.people.relations import block, follow
from pinboard.pins.boards import change_board
from pinboard.pins.saving import save_to_board, unsave
from tests.makers import make_board, make_pin


def test_a_maker_is_told_who_saved_a_pin_and_of_followers(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    pin = make_pin(alice)
    save_to_board(actor=bob, pin=pin, board=make_board(bob))
    save_to_board(actor=charlie, pin=pin, board=make_board(charlie))
    follow(actor=bob, person=alice)
    client.force_login(alice)
    page = client.get("/notifications/").content.decode()
    assert "Charlie and 1 more saved your pin Lemon pasta" in page
    assert "Bob follows you" in page
    assert 'data-unread-notifications="2"' in page
    client.post("/notifications/seen/")
    assert 'data-unread-notifications="0"' in client.get("/notifications/").content.decode()


def test_after_being_seen_the_count_begins_anew(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    pin = make_pin(alice)
    save_to_board(actor=bob, pin=pin, board=make_board(bob))
    client.force_login(alice)
    client.post("/notifications/seen/")
    save_to_board(actor=charlie, pin=pin, board=make_board(charlie))
    page = client.get("/notifications/").content.decode()
    assert "Charlie saved your pin" in page
    assert "more saved" not in page


def test_nothing_is_told_of_what_its_reader_may_not_see(
    client: Client, alice: Person, bob: Person
) -> None:
    pin = make_pin(alice)
    block(actor=alice, person=bob)
    save_to_board(actor=bob, pin=pin, board=make_board(bob))
    client.force_login(alice)
    assert "Bob" not in client.get("/notifications/").content.decode()


def test_one_reads_only_ones_own(client: Client, alice: Person, bob: Person) -> None:
    save_to_board(actor=bob, pin=make_pin(alice), board=make_board(bob))
    client.force_login(bob)
    assert "saved your pin" not in client.get("/notifications/").content.decode()


def test_people_are_counted_not_saves(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    pin = make_pin(alice)
    save_to_board(actor=charlie, pin=pin, board=make_board(charlie))
    for name in ("Dinner", "Lunch", "Party"):
        save_to_board(actor=bob, pin=pin, board=make_board(bob, name))
    client.force_login(alice)
    assert "Bob and 1 more saved your pin" in client.get("/notifications/").content.decode()


def test_a_save_that_was_made_secret_or_undone_is_no_longer_told(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    pin, other = make_pin(alice, "Soup"), make_pin(alice, "Cake")
    theirs, board = make_board(charlie), make_board(bob)
    save_to_board(actor=charlie, pin=pin, board=theirs)
    save_to_board(actor=charlie, pin=other, board=theirs)
    save_to_board(actor=bob, pin=pin, board=board)
    change_board(board=board, name="Dinner", about="", is_secret=True)
    unsave(actor=charlie, pin=other, board=theirs)
    client.force_login(alice)
    page = client.get("/notifications/").content.decode()
    assert "Charlie saved your pin Soup" in page
    assert "Bob" not in page
    assert "Cake" not in page
