"""Boards and people beside pins: found by their words, in pages, through their own doors."""

from __future__ import annotations

import re
from html import unescape
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from pinboard.people.models import Person
from pinboard.people.relations import block
from pinboard.pins.boards import change_board
from pinboard.pins.models import Board, BoardCollaborator
from pinboard.pins.saving import save_to_board
from search.models import BoardWord
from tests.makers import make_board, make_pin

TILE = re.compile(r'<span class="board-tile-name">([^<]+)')
NAME = re.compile(r'<span class="found-person"><b>([^<]+)')
NEXT = re.compile(r'rel="next" href="([^"]+)"')


def shown(client: Client, url: str) -> list[str]:
    html = client.get(url).content.decode()
    return [unescape(name) for name in (TILE if "/boards/" in url else NAME).findall(html)]


@pytest.mark.parametrize(
    "typed", ["dinner", "dinners", "DINNER", "sunday dinner", "lunches", "sund"]
)
def test_a_board_is_found_by_its_words(client: Client, alice, bob, typed):
    board = make_board(alice, "Sunday dinners")
    change_board(board=board, name=board.name, about="And late lunch", is_secret=False)
    make_board(bob, "Ceramics")
    assert shown(client, f"/search/boards/?q={typed}") == ["Sunday dinners"]


def test_typos_are_forgiven_in_words_that_pins_have(client: Client, look, alice, bob):
    make_pin(alice, "Lemon lasagna", board=make_board(alice, "Lasagna nights"))
    look()
    assert shown(client, "/search/boards/?q=lasagnia") == ["Lasagna nights"]


def test_the_board_with_all_words_in_its_name_comes_first(client: Client, alice):
    make_board(alice, "Blue kitchens")
    about = make_board(alice, "Rooms")
    change_board(board=about, name="Rooms", about="Blue kitchens", is_secret=False)
    make_board(alice, "Blue vases")
    assert shown(client, "/search/boards/?q=blue+kitchen") == ["Blue kitchens", "Rooms"]
    assert shown(client, "/search/boards/?q=blue+zeppelin")[0] == "Blue vases"  # near enough


def test_a_renamed_board_is_found_by_its_new_name_only(client: Client, alice):
    board = make_board(alice, "Dinner")
    change_board(board=board, name="Breakfast", about="", is_secret=False)
    assert shown(client, "/search/boards/?q=dinner") == []
    assert shown(client, "/search/boards/?q=breakfast") == ["Breakfast"]
    board.delete()
    assert not BoardWord.objects.exists()


@pytest.mark.parametrize("hides", ["secret", "blocked"])
def test_a_board_that_is_hidden_takes_no_other_boards_place(client: Client, alice, bob, hides):
    make_board(bob, "Pasta nights")
    make_board(alice, "Pasta for Xylograph", is_secret=hides == "secret")
    if hides == "blocked":
        block(actor=alice, person=bob)
    client.force_login(bob)
    assert shown(client, "/search/boards/?q=pasta+xylograph") == ["Pasta nights"]
    for number in range(120):
        make_board(alice, f"Pasta {number}", is_secret=True)
    assert shown(client, "/search/boards/?q=pasta") == ["Pasta nights"]
    assert "More boards" not in client.get("/search/boards/?q=pasta").content.decode()


def test_secret_boards_are_found_by_those_who_may_open_them(client: Client, alice, bob, charlie):
    board = make_board(alice, "Xylographyx party", is_secret=True)
    BoardCollaborator.objects.create(board=board, person=bob)
    nothing = client.get("/search/boards/?q=nothing").content.decode()
    for person in (None, charlie):
        if person:
            client.force_login(person)
        page = client.get("/search/boards/?q=xylographyx").content.decode()
        assert "Xylographyx party" not in page
        if person is None:
            assert page.replace("xylographyx", "nothing") == nothing
    for person in (alice, bob):
        client.force_login(person)
        assert shown(client, "/search/boards/?q=xylographyx") == ["Xylographyx party"]


def test_blocked_people_and_their_boards_are_left_out(client: Client, alice, bob):
    make_board(bob, "Dinner")
    client.force_login(alice)
    assert shown(client, "/search/boards/?q=dinner") == ["Dinner"]
    assert shown(client, "/search/people/?q=bob") == ["Bob"]
    block(actor=bob, person=alice)
    assert shown(client, "/search/boards/?q=dinner") == []
    assert shown(client, "/search/people/?q=bob") == []


@pytest.mark.parametrize("typed", ["bob", "BO", "%40bob", "builder", "bob+builder", "pasta+by+bob"])
def test_people_are_found_by_how_their_name_begins(client: Client, alice, bob, typed):
    bob.display_name = "Bob Builder"
    bob.save()
    assert shown(client, f"/search/people/?q={typed}") == ["Bob Builder"]


def test_each_is_paged_without_doubles(client: Client, alice):
    for number in range(60):
        make_board(alice, f"Dinner {number}")
        Person.objects.create_user(f"dina{number}", display_name=f"Dina {number}")
    for url in ("/search/boards/?q=dinner", "/search/people/?q=dina"):
        seen: list[str] = []
        while url:
            html = client.get(url).content.decode()
            seen += shown(client, url)
            found = NEXT.search(html)
            url = unescape(found[1]) if found else ""
        assert len(seen) == len(set(seen)) == 60


def test_a_page_costs_the_same_however_many_there_are(
    client: Client, alice, django_assert_max_num_queries
):
    client.force_login(alice)
    for number in range(30):
        board = make_board(alice, f"Dinner {number}")
        save_to_board(actor=alice, pin=make_pin(alice), board=board)
    client.get("/search/boards/?q=dinner")
    with django_assert_max_num_queries(10):
        client.get("/search/boards/?q=dinner")
    with django_assert_max_num_queries(9):
        client.get("/search/people/?q=alice")


@pytest.mark.parametrize("tab", ["boards", "people"])
def test_bad_input_gives_a_helpful_page(client: Client, alice, tab):
    for query in ("%00", "%FF%FE", '"OR*', "😀", "a" * 10_000, "'); DROP TABLE", "؀؁ مرحبا"):
        assert client.get(f"/search/{tab}/?q={query}").status_code == 200
    assert client.get(f"/search/{tab}/?q=dinner&cursor=999").status_code == 200


def test_the_tabs_keep_the_words_and_pins_are_one_of_them(client: Client, look, alice):
    html = look("/search/?q=lemon&g=pasta").html
    assert '<a href="/search/boards/?q=lemon">Boards</a>' in html
    assert 'href="/search/?q=lemon"' in client.get("/search/people/?q=lemon").content.decode()


def test_one_searches_on_within_ones_own_saves_and_notes(client: Client, look, alice, bob):
    pin = make_pin(bob, "Lemon tart")
    make_pin(bob, "Lemon pie")
    client.force_login(alice)
    save_to_board(
        actor=alice,
        pin=pin,
        board=make_board(alice, "Secret", is_secret=True),
        note="for Nonna’s birthday",
    )
    page = look("/search/?from=mine&q=nonna")
    assert page.pins == [pin.pk]
    assert '<input type="hidden" name="from" value="mine">' in page.html
    assert '<input type="hidden" name="from"' not in look("/search/?q=nonna").html


def test_ones_note_on_a_pin_that_very_many_keep_is_found_by_oneself(
    client: Client, look, alice, bob, charlie, monkeypatch
):
    monkeypatch.setattr("search.keeping.MAX_BOARDS", 1)
    pin = make_pin(bob, "Lemon tart")
    for person in (charlie, alice):
        save_to_board(actor=person, pin=pin, board=make_board(person, "Sweet"), note=f"n{person}x")
    client.force_login(alice)
    assert look(f"/search/?q=n{alice}x").pins == [pin.pk]
    assert look(f"/search/?from=mine&q=n{alice}x").pins == [pin.pk]
    client.force_login(bob)
    assert look(f"/search/?q=n{alice}x").pins == []


def test_reindex_reads_boards_made_without_a_word(alice):
    Board.objects.bulk_create([Board(owner=alice, name="Terraces", slug="terraces")])
    assert not BoardWord.objects.exists()
    call_command("reindex", stdout=StringIO())
    assert list(BoardWord.objects.values_list("root", flat=True)) == ["terrac"]
