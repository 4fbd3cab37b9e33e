"""Who may see a pin, a board, a save: one door, and 404 that tells nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.pins.boards import change_board, delete_board
from pinboard.pins.models import Pin, Save
from pinboard.pins.saving import save_to_board, unsave
from tests.makers import make_board, make_pin, make_source


def without_token(answer: Any) -> bytes:
    """An answer's body without the form token, which is written differently every time."""
    return re.sub(rb'data-csrf="[^"]+"|value="[A-Za-z0-9]{64}"', b"", answer.content)


def test_a_stranger_cannot_tell_a_private_pin_from_none(
    client: Client, alice: Person, charlie: Person
) -> None:
    pin = make_pin(alice, is_public=False, source=make_source())
    client.force_login(charlie)
    for tail in ("", "card/", "visit/", "edit/", "save/", "delete/"):
        hidden = client.get(f"/pins/{pin.pk}/{tail}")
        unknown = client.get(f"/pins/999999/{tail}")
        assert hidden.status_code == unknown.status_code == 404
        assert without_token(hidden) == without_token(unknown)
    for tail in ("save/", "unsave/", "favourite/", "unfavourite/", "edit/", "delete/"):
        assert client.post(f"/pins/{pin.pk}/{tail}").status_code == 404
    assert Pin.objects.filter(pk=pin.pk).exists()


def test_a_visible_pin_of_somebody_else_cannot_be_changed(
    client: Client, alice: Person, bob: Person
) -> None:
    pin = make_pin(alice)
    client.force_login(bob)
    assert client.post(f"/pins/{pin.pk}/edit/", {"title": "Mine"}).status_code == 403
    assert client.post(f"/pins/{pin.pk}/delete/").status_code == 403
    pin.refresh_from_db()
    assert pin.title == "Lemon pasta"


def test_a_public_save_makes_its_makers_pin_public_and_its_end_private_again(
    alice: Person,
) -> None:
    pin = make_pin(alice, is_public=False)
    assert not pin.is_public
    board = make_board(alice, "Open")
    save_to_board(actor=alice, pin=pin, board=board)
    pin.refresh_from_db()
    assert (pin.is_public, pin.save_count) == (True, 1)
    unsave(actor=alice, pin=pin, board=board)
    pin.refresh_from_db()
    assert (pin.is_public, pin.save_count) == (False, 0)


def test_only_its_maker_can_make_a_private_pin_public(
    client: Client, alice: Person, bob: Person
) -> None:
    from tests.makers import make_conversation, say

    pin = make_pin(alice, is_public=False)
    say(make_conversation(alice, bob), alice, pins=(pin,))
    with pytest.raises(PinboardError, match="secret board"):
        save_to_board(actor=bob, pin=pin, board=make_board(bob, "Open"))
    secret = make_board(bob, "Hidden", is_secret=True)
    save_to_board(actor=bob, pin=pin, board=secret)
    with pytest.raises(PinboardError, match="stay secret"):
        change_board(board=secret, name="Hidden", about="", is_secret=False)
    pin.refresh_from_db()
    assert not pin.is_public


def test_a_public_board_made_secret_takes_its_pins_out_of_sight_at_once(
    client: Client, alice: Person
) -> None:
    board = make_board(alice)
    pin = make_pin(alice, board=board)
    picture = pin.picture.src
    from pinboard.images.models import Picture

    assert Picture.objects.public().filter(pk=pin.picture_id).exists()
    change_board(board=board, name="Dinner", about="", is_secret=True)
    assert client.get(pin.get_absolute_url()).status_code == 404
    assert client.get(board.get_absolute_url()).status_code == 404
    assert client.get(picture).status_code == 404
    assert "Lemon pasta" not in client.get("/").content.decode()
    assert not Picture.objects.public().filter(pk=pin.picture_id).exists()


def test_a_pin_that_others_keep_in_public_outlives_its_makers_board(
    alice: Person, bob: Person
) -> None:
    board = make_board(alice)
    pin = make_pin(alice, board=board)
    save_to_board(actor=bob, pin=pin, board=make_board(bob))
    delete_board(board=board)
    pin.refresh_from_db()
    assert pin.is_public


def test_secret_saves_show_to_nobody_else_and_are_not_counted(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    pin = make_pin(alice)
    secret = make_board(bob, "Canary board", is_secret=True)
    save_to_board(actor=bob, pin=pin, board=secret, note="canary note")
    pin.refresh_from_db()
    assert pin.save_count == 1
    client.force_login(charlie)
    page = client.get(pin.get_absolute_url()).content.decode()
    assert "anary" not in page
    assert "Bob" not in page
    client.force_login(alice)
    assert "saved your pin" not in client.get("/notifications/").content.decode()


def test_saving_twice_to_one_board_keeps_one_save_and_the_newer_note(
    client: Client, alice: Person, bob: Person
) -> None:
    pin, board = make_pin(alice), make_board(bob)
    client.force_login(bob)
    for note in ("first", "second"):
        client.post(f"/pins/{pin.pk}/save/", {"board": board.pk, "note": note})
    (save,) = Save.objects.filter(board=board)
    assert save.note == "second"


def test_nobody_saves_to_a_board_of_somebody_else(
    client: Client, alice: Person, bob: Person
) -> None:
    pin, board = make_pin(alice), make_board(alice, "Hers")
    client.force_login(bob)
    answer = client.post(f"/pins/{pin.pk}/save/", {"board": board.pk})
    assert answer.status_code == 422
    assert "This board is gone" in answer.content.decode()
    assert not Save.objects.filter(board=board).exists()
