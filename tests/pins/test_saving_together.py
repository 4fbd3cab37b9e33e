"""Several people save, unsave and hide at the same moment: what is stored agrees with itself."""

from __future__ import annotations

import pytest

from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.pins.boards import change_board, delete_board
from pinboard.pins.models import Board, Pin, Save
from pinboard.pins.saving import delete_pin, save_to_board, set_secrecy, unsave
from tests.makers import make_board, make_pin
from tests.together import meanwhile


@pytest.fixture
def shared(transactional_db: None, alice: Person, bob: Person) -> Pin:
    """Alice's pin, which Bob keeps too."""
    pin = make_pin(alice)
    save_to_board(actor=bob, pin=pin, board=make_board(bob))
    return pin


def board_of(person: Person) -> Board:
    return Board.objects.get(owner=person)


def test_when_two_unsave_at_once_the_pin_is_private(
    shared: Pin, alice: Person, bob: Person
) -> None:
    with meanwhile(lambda: unsave(actor=bob, pin=shared, board=board_of(bob))):
        unsave(actor=alice, pin=shared, board=board_of(alice))
    shared.refresh_from_db()
    assert not Save.objects.exists()
    assert (shared.is_public, shared.save_count) == (False, 0)


def test_when_one_hides_a_board_while_another_deletes_theirs_the_pin_is_private(
    shared: Pin, alice: Person, bob: Person
) -> None:
    with meanwhile(lambda: delete_board(board=board_of(bob))):
        set_secrecy(board=board_of(alice), is_secret=True)
    shared.refresh_from_db()
    assert (shared.is_public, shared.save_count) == (False, 0)


def test_unsaving_a_pin_that_is_being_deleted_does_not_get_stuck(
    shared: Pin, alice: Person, bob: Person
) -> None:
    board = board_of(bob)
    with meanwhile(lambda: unsave(actor=bob, pin=Pin(pk=shared.pk), board=board)):
        delete_pin(pin=Pin.objects.get(pk=shared.pk))
    assert not Save.objects.exists()


def test_a_board_made_secret_meanwhile_hides_what_is_saved_to_it(alice: Person) -> None:
    read_earlier = make_board(alice, "Plans")
    set_secrecy(board=Board.objects.get(pk=read_earlier.pk), is_secret=True)
    pin = make_pin(alice, is_public=False)
    save_to_board(actor=alice, pin=pin, board=read_earlier)
    pin.refresh_from_db()
    assert (pin.is_public, pin.save_count) == (False, 0)
    assert not Save.objects.get(board=read_earlier).is_public


def test_a_board_read_earlier_is_hidden_for_all_that(alice: Person) -> None:
    board = make_board(alice, "Plans", is_secret=True)
    read_earlier = Board.objects.get(pk=board.pk)
    set_secrecy(board=board, is_secret=False)
    pin = make_pin(alice, board=board)
    change_board(board=read_earlier, name="Plans", about="", is_secret=True)
    pin.refresh_from_db()
    assert (pin.is_public, read_earlier.is_secret) == (False, True)


def test_saving_to_a_board_that_is_gone_gets_a_sentence(alice: Person) -> None:
    pin, gone = make_pin(alice), make_board(alice, "Gone")
    delete_board(board=Board.objects.get(pk=gone.pk))
    with pytest.raises(PinboardError, match="This board is gone"):
        save_to_board(actor=alice, pin=pin, board=gone)
