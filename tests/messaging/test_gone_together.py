"""Somebody deletes, blocks or shares while others write: nobody waits for ever."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection

from messaging.amending import amend
from messaging.models import Message, MessageWords
from messaging.numbers import with_lock
from messaging.posting import post_message, words
from messaging.shelf_filters import ShelfFilter
from messaging.shelving import make_shared_board
from pinboard.errors import PinboardError
from pinboard.people.models import Block, Person
from pinboard.people.relations import block, hold_people
from pinboard.pins.boards import delete_board
from pinboard.pins.collaborating import add_collaborators
from pinboard.pins.models import Board, BoardCollaborator
from pinboard.pins.saving import delete_pin
from tests.makers import make_board, make_conversation, make_pin, say
from tests.together import meanwhile


def test_amending_a_message_whose_pin_is_being_deleted_does_not_get_stuck(
    transactional_db: None, alice: Person, bob: Person
) -> None:
    talk, pin = make_conversation(alice, bob), make_pin(alice, "Lemon pasta")
    message = say(talk, bob, "look", pins=(pin,))

    def change() -> None:
        amend(actor=bob, conversation_id=talk.pk, message_id=message.pk, text="see")

    with meanwhile(lambda: delete_pin(pin=pin), then=change), with_lock(talk.pk, actor=bob):
        pass
    assert MessageWords.objects.get(message=message).words.split() == ["see"]


def test_sending_a_shared_board_to_somebody_who_blocks_just_then_does_not_get_stuck(
    transactional_db: None, alice: Person, bob: Person
) -> None:
    talk, board = make_conversation(alice, bob), make_board(alice, is_secret=True)
    add_collaborators(actor=alice, board=board, people=[bob])

    def send() -> None:
        said = words(text="look", board=board.pk)
        post_message(actor=alice, conversation_id=talk.pk, client_id=uuid.uuid4(), said=said)
        # The foreign key to the board is looked up now, not at the commit.
        connection.check_constraints()

    blocking = meanwhile(lambda: block(actor=bob, person=alice), then=send)
    with blocking, with_lock(talk.pk, actor=alice):
        pass
    assert Message.objects.filter(board=board).exists()
    assert not BoardCollaborator.objects.exists()


def test_sending_a_board_that_is_being_deleted_does_not_get_stuck(
    transactional_db: None, alice: Person, bob: Person
) -> None:
    talk, board = make_conversation(alice, bob), make_board(alice)

    def send() -> None:
        said = words(text="look", board=board.pk)
        post_message(actor=alice, conversation_id=talk.pk, client_id=uuid.uuid4(), said=said)

    send()
    deleting = meanwhile(lambda: delete_board(board=Board(pk=board.pk)), then=send)
    with deleting, with_lock(talk.pk, actor=alice):
        pass
    assert Message.objects.filter(text="look", board=None).count() == 2


def test_nobody_is_left_on_a_board_of_somebody_who_blocks_them_just_then(
    transactional_db: None, alice: Person, bob: Person
) -> None:
    board = make_board(alice, is_secret=True)
    make_conversation(alice, bob)
    with meanwhile(lambda: block(actor=alice, person=bob)):
        add_collaborators(actor=alice, board=board, people=[bob])
    assert Block.objects.exists()
    assert not BoardCollaborator.objects.exists()


def test_somebody_who_is_just_being_blocked_is_not_added_to_a_board(
    transactional_db: None, alice: Person, bob: Person
) -> None:
    board = make_board(alice, is_secret=True)
    make_conversation(alice, bob)
    adding = meanwhile(lambda: add_collaborators(actor=alice, board=board, people=[bob]))
    with pytest.raises(PinboardError, match="nobody"), adding:
        block(actor=alice, person=bob)
    assert not BoardCollaborator.objects.exists()


def test_a_block_while_a_board_is_made_together_does_not_get_stuck(
    transactional_db: None, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    say(talk, alice, pins=(make_pin(alice),))

    def share() -> None:
        make_shared_board(actor=alice, conversation=talk, wanted=ShelfFilter())

    with meanwhile(lambda: block(actor=bob, person=alice), then=share):
        hold_people([alice.pk])
    assert Board.objects.filter(owner=alice, is_secret=True).exists()
    assert not BoardCollaborator.objects.exists()
