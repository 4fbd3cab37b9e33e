"""The board on which something seems to belong is offered first."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pinboard.people.models import Person
from pinboard.pins.guessing import guess_boards
from pinboard.pins.models import Board, BoardCollaborator, Draft, Pin
from tests.makers import make_board, make_pin, make_source
from tests.pins.test_create import finish, paste, shop, signed_in

__all__ = ["shop", "signed_in"]


@pytest.fixture
def boards(alice: Person) -> dict[str, Board]:
    made = {name: make_board(alice, name) for name in ("Weeknight pasta", "Lamps", "Garden")}
    for title in ("Lemon spaghetti with capers", "Tomato rigatoni", "Carbonara"):
        make_pin(alice, title, board=made["Weeknight pasta"])
    for title in ("Halo table light", "Brass sconce"):
        source = make_source(site_name="Fable")
        make_pin(alice, title, board=made["Lamps"], source=source)
    make_pin(alice, "Climbing roses along a wall", board=made["Garden"])
    return made


@pytest.mark.parametrize(
    ("words", "site", "board"),
    [
        ("Spaghetti alle vongole", "", "Weeknight pasta"),
        ("A lamp for the desk", "", "Lamps"),
        ("PASTAS of the week", "", "Weeknight pasta"),
        ("Something new", "Fable", "Lamps"),
        ("Roses and rosé", "", "Garden"),
    ],
)
def test_it_goes_by_the_words_of_board_and_pins_and_by_the_site(
    alice: Person, boards: dict[str, Board], words: str, site: str, board: str
) -> None:
    offered, suggested = guess_boards(alice, words, site)
    assert offered[0] == boards[board]
    assert suggested >= 1
    assert sorted(one.pk for one in offered) == sorted(one.pk for one in boards.values())


def test_when_nothing_tells_it_is_the_board_used_last(
    alice: Person, boards: dict[str, Board]
) -> None:
    offered, suggested = guess_boards(alice, "Qwertz", "nowhere.example")
    assert (offered[0], suggested) == (boards["Garden"], 0)


def test_it_asks_the_same_few_questions_however_much_is_stored(
    alice: Person, boards: dict[str, Board], django_assert_num_queries: Any
) -> None:
    for at in range(20):
        make_pin(alice, f"Lamp {at}", board=make_board(alice, f"Lamps {at}"))
    with django_assert_num_queries(2):
        guess_boards(alice, "A lamp")


@pytest.mark.django_db(transaction=True)
def test_the_draft_offers_it_first_and_chosen(
    signed_in: Client, boards: dict[str, Board], shop: str
) -> None:
    html = paste(signed_in, f"{shop}/pasta").content.decode()
    assert '<optgroup label="Suggested">' in html
    assert f'<option value="{boards["Weeknight pasta"].pk}" selected>' in html


@pytest.mark.django_db(transaction=True)
def test_a_new_board_counts_more_than_the_one_chosen_to_begin_with(
    signed_in: Client, boards: dict[str, Board], shop: str
) -> None:
    paste(signed_in, f"{shop}/pasta")
    draft = Draft.objects.get()
    fields = finish(draft, 1, board=boards["Garden"].pk, new_board="Sundays")
    assert signed_in.post(draft.get_absolute_url(), fields).status_code == 302
    pin = Pin.objects.latest("pk")
    assert [save.board.name for save in pin.saves.select_related("board")] == ["Sundays"]


@pytest.mark.django_db(transaction=True)
def test_a_board_of_somebody_else_one_never_used_is_not_chosen_for_one(
    signed_in: Client, alice: Person, bob: Person, shop: str
) -> None:
    board = make_board(bob, "Lemon pasta")
    BoardCollaborator.objects.create(board=board, person=alice)
    html = paste(signed_in, f"{shop}/pasta").content.decode()
    assert f'<option value="{board.pk}">' in html
    assert " selected>" not in html.partition('name="board"')[2].partition("</select>")[0].replace(
        '<option value="" selected>', ""
    )
