"""Leaving a group, and being removed from it: asked first, and gone from its boards too."""

from __future__ import annotations

import pytest
from django.test import Client

from messaging.guests import make_link
from messaging.joining import remove_person
from messaging.models import Conversation, ConversationBoard, Member
from messaging.shelf_filters import ShelfFilter
from messaging.shelving import make_shared_board
from pinboard.people.models import Person
from pinboard.pins.collaborating import add_collaborators
from pinboard.pins.models import Board, Save
from pinboard.pins.saving import save_to_board
from tests.makers import make_board, make_conversation, make_guest, make_pin, say


@pytest.fixture
def talk(alice: Person, bob: Person, charlie: Person) -> Conversation:
    group = make_conversation(alice, bob, charlie, is_group=True)
    say(group, alice, pins=(make_pin(alice, "Lamp"),))
    return group


@pytest.fixture
def board(talk: Conversation, alice: Person) -> Board:
    return make_shared_board(actor=alice, conversation=talk, wanted=ShelfFilter())


def is_here(talk: Conversation, person: Person) -> bool:
    return Member.objects.filter(conversation=talk, person=person, left__isnull=True).exists()


def test_whoever_goes_sees_nothing_more_of_the_boards_made_of_the_conversation(
    client: Client, talk: Conversation, board: Board, alice: Person, bob: Person, charlie: Person
) -> None:
    vase = make_pin(bob, "Vase")
    save_to_board(actor=bob, pin=vase, board=board, note="For the table")
    client.force_login(bob)
    client.post(f"/messages/{talk.pk}/leave/")
    remove_person(actor=alice, conversation_id=talk.pk, person=charlie)
    for person in (bob, charlie):
        client.force_login(person)
        assert client.get(board.get_absolute_url()).status_code == 404
        assert not Board.objects.of(person).filter(pk=board.pk).exists()
    kept = Save.objects.get(board=board, pin=vase)
    assert (kept.saver, kept.note) == (alice, "Bob: For the table")


def test_boards_shared_elsewhere_and_ones_own_stay(
    talk: Conversation, board: Board, alice: Person, bob: Person
) -> None:
    other = make_board(alice, "Not of this talk", is_secret=True)
    add_collaborators(actor=alice, board=other, people=[bob])
    remove_person(actor=bob, conversation_id=talk.pk, person=bob)
    assert Board.objects.visible_to(bob).filter(pk=other.pk).exists()
    remove_person(actor=alice, conversation_id=talk.pk, person=alice)
    board.refresh_from_db()
    assert board.owner == alice
    assert Board.objects.visible_to(alice).filter(pk=board.pk).exists()


def test_a_board_that_is_deleted_is_nobodys_concern_any_more(
    talk: Conversation, board: Board, bob: Person
) -> None:
    board.delete()
    assert not ConversationBoard.objects.exists()
    remove_person(actor=bob, conversation_id=talk.pk, person=bob)
    assert not is_here(talk, bob)


def test_leaving_asks_first_and_says_what_goes_with_it(
    client: Client, talk: Conversation, board: Board, alice: Person, bob: Person
) -> None:
    make_link(actor=bob, conversation_id=talk.pk, days=7)
    guest = make_guest(talk, bob, "Greta")
    client.force_login(bob)
    page = client.get(f"/messages/{talk.pk}/leave/").content.decode()
    assert is_here(talk, bob)
    assert "also not what was said so far" in page
    assert f'href="{board.get_absolute_url()}"' in page
    assert "Your links for guests close, and Greta, who came by them, is out." in page
    answer = client.post(f"/messages/{talk.pk}/leave/", follow=True)
    assert "You left Alice, Charlie" in answer.content.decode()
    guest.refresh_from_db()
    assert (is_here(talk, bob), guest.is_active) == (False, False)
    client.force_login(alice)
    assert "is yours and stays" in client.get(f"/messages/{talk.pk}/leave/").content.decode()


def test_removing_somebody_asks_first_and_names_no_secret_board(
    client: Client, talk: Conversation, board: Board, bob: Person, charlie: Person
) -> None:
    board.name = "Canary"
    board.save(update_fields=["name"])
    board.collaborators.filter(person=charlie).delete()
    client.force_login(charlie)
    page = client.get(f"/messages/{talk.pk}/members/{bob.pk}/remove/").content.decode()
    assert "Remove Bob from" in page
    assert "a board that was made of this conversation" in page
    assert "Canary" not in page.split("<section")[1]
    assert is_here(talk, bob)


def test_nobody_is_asked_about_whom_is_not_there(
    client: Client, talk: Conversation, alice: Person, bob: Person
) -> None:
    remove_person(actor=bob, conversation_id=talk.pk, person=bob)
    pair = make_conversation(alice, bob)
    client.force_login(alice)
    assert client.get(f"/messages/{talk.pk}/members/{bob.pk}/remove/").status_code == 404
    assert client.get(f"/messages/{pair.pk}/leave/").status_code == 404
    client.force_login(bob)
    assert client.get(f"/messages/{talk.pk}/leave/").status_code == 404


def test_a_guest_is_asked_in_their_own_words(
    client: Client, talk: Conversation, alice: Person
) -> None:
    client.force_login(make_guest(talk, alice))
    page = client.get(f"/messages/{talk.pk}/leave/").content.decode()
    assert "To come back you need a new link" in page
    assert "Mute it instead" not in page
