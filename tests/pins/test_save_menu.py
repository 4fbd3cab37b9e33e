"""Choosing a board: what is said of a save stays, and every save can be taken back."""

from __future__ import annotations

import pytest
from django.test import Client

from pinboard.people.models import Person
from pinboard.pins.boards import add_section
from pinboard.pins.models import Save
from pinboard.pins.saving import save_to_board
from tests.makers import make_board, make_picture, make_pin

JSON = {"Accept": "application/json"}


@pytest.fixture
def saved(bob: Person, alice: Person) -> Save:
    """Bob's save of a pin of Alice's, with a note, in a section."""
    board = make_board(bob, "Kitchen")
    return save_to_board(
        actor=bob,
        pin=make_pin(alice),
        board=board,
        note="For Sunday",
        section=add_section(board=board, name="Pasta"),
    )


def test_saving_again_leaves_note_and_section_that_are_not_given(
    client: Client, bob: Person, saved: Save
) -> None:
    client.force_login(bob)
    for words in ({}, {"note": ""}):
        client.post(f"/pins/{saved.pin_id}/save/", {"board": saved.board_id, **words})
        saved.refresh_from_db()
        assert (saved.note, saved.section and saved.section.name) == ("For Sunday", "Pasta")
    client.post(f"/pins/{saved.pin_id}/save/", {"board": saved.board_id, "note": "For Monday"})
    saved.refresh_from_db()
    assert (saved.note, saved.section and saved.section.name) == ("For Monday", "Pasta")


def test_a_note_is_changed_or_emptied_where_that_is_asked_for(
    client: Client, bob: Person, saved: Save
) -> None:
    client.force_login(bob)
    menu = client.get(f"/pins/{saved.pin_id}/save/").content.decode()
    assert 'value="For Sunday"' in menu
    assert f'formaction="/pins/{saved.pin_id}/save/?change=note"' in menu
    client.post(f"/pins/{saved.pin_id}/save/?change=note", {"board": saved.board_id, "note": ""})
    saved.refresh_from_db()
    assert (saved.note, saved.section and saved.section.name) == ("", "Pasta")


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_board_that_holds_the_pin_offers_to_take_it_off(
    client: Client, bob: Person, saved: Save, headers: dict[str, str]
) -> None:
    client.force_login(bob)
    other = make_board(bob, "Elsewhere")
    menu = client.get(f"/pins/{saved.pin_id}/save/", headers=headers).content.decode()
    row = menu.split(f'class="save-board" name="board" value="{saved.board_id}"')[1].split(">")[0]
    assert f'formaction="/pins/{saved.pin_id}/unsave/"' in row
    assert (
        "formaction"
        not in menu.split(f'class="save-board" name="board" value="{other.pk}"')[1].split(">")[0]
    )
    client.post(f"/pins/{saved.pin_id}/unsave/", {"board": saved.board_id})
    assert not Save.objects.filter(saver=bob).exists()


def test_what_was_taken_off_a_board_can_be_put_back_as_it_was(
    client: Client, bob: Person, saved: Save
) -> None:
    client.force_login(bob)
    other = make_board(bob, "Elsewhere")
    save_to_board(actor=bob, pin=saved.pin, board=other)
    address = f"/pins/{saved.pin_id}/unsave/"
    answer = client.post(address, {"board": saved.board_id}, headers=JSON).json()
    assert answer["was"] == {"note": "For Sunday", "section": "Pasta"}
    assert answer["saved"] is True  # still lies on the other one
    client.post(f"/pins/{saved.pin_id}/save/", {"board": saved.board_id, **answer["was"]})
    again = Save.objects.get(board=saved.board)
    assert (again.note, again.section and again.section.name) == ("For Sunday", "Pasta")
    client.post(address, {"board": saved.board_id})
    answer = client.post(address, {"board": other.pk}, headers=JSON).json()
    assert answer["saved"] is False


def test_one_that_looks_the_same_is_told_where_a_board_is_chosen(
    client: Client, alice: Person, bob: Person
) -> None:
    look = 0x0F1E_2D3C_4B5A_6978
    mine = make_pin(bob, "The first", picture=make_picture(perceptual_hash=look))
    other = make_pin(alice, "The second", picture=make_picture(perceptual_hash=look ^ 5))
    client.force_login(bob)
    html = client.get(f"/pins/{other.pk}/save/").content.decode()
    assert f'<a href="/pins/{mine.pk}/">one that looks the same</a> to Dinner' in html
    assert "looks the same" not in client.get(f"/pins/{mine.pk}/save/").content.decode()
    client.force_login(alice)
    assert "looks the same" not in client.get(f"/pins/{other.pk}/save/").content.decode()


def test_the_board_on_which_it_seems_to_belong_comes_first(
    client: Client, alice: Person, bob: Person
) -> None:
    pasta = make_board(bob, "Pasta nights")
    make_board(bob, "Lamps")
    client.force_login(bob)
    pin = make_pin(alice, "Lemon pasta")
    html = client.get(f"/pins/{pin.pk}/save/").content.decode()
    first = html.partition('class="save-board" name="board" value="')[2].partition('"')[0]
    assert first == str(pasta.pk)


def test_a_board_among_many_is_found_by_its_name_without_scripts(
    client: Client, alice: Person, bob: Person
) -> None:
    pin = make_pin(alice)
    make_board(bob, "Crème brûlée and co")
    client.force_login(bob)
    assert "Find a board" not in client.get(f"/pins/{pin.pk}/save/").content.decode()
    for number in range(110):
        make_board(bob, f"Board {number}")
    page = client.get(f"/pins/{pin.pk}/save/").content.decode()
    assert "Find a board" in page
    found = client.get(f"/pins/{pin.pk}/save/?find=BRULEE+creme").content.decode()
    assert found.count('class="save-board-name"') == 1
    assert "Crème brûlée and co" in found, "also of a board that is not among the first"
    none = client.get(f"/pins/{pin.pk}/save/?find=attic%F0%9F%98%80").content.decode()
    assert "No board of yours is called that" in none
