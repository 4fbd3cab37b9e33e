"""The search without a question: interests with covers, what is loved this week, what is new."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from pinboard.people.relations import block
from pinboard.pins.models import Pin, Save
from pinboard.pins.saving import save_to_board, set_secrecy
from search.explore import loved_this_week
from search.keeping import index_pins
from tests.conftest import make_person
from tests.makers import make_board, make_pin


def loved_on(html: str) -> list[int]:
    part = html.partition('<ul class="loved">')[2].partition("</ul>")[0]
    return [int(pk) for pk in re.findall(r'data-pin="(\d+)"', part)]


@pytest.fixture
def week(alice, bob, charlie):
    """Four pins of Alice: three saved by Bob and Charlie, one by Bob alone."""
    pins = [make_pin(alice, f"Lemon cake {n}") for n in range(4)]
    boards = [make_board(person, "Sweet") for person in (bob, charlie)]
    for pin in pins[:3]:
        for board in boards:
            save_to_board(actor=board.owner, pin=pin, board=board)
    save_to_board(actor=bob, pin=pins[3], board=boards[0])
    return pins


def test_interests_have_covers_and_lead_to_a_search(look, alice, bob):
    for number in range(16):
        make_pin((alice, bob)[number // 2 % 2], ("Blue vase", "Red chair")[number % 2])
    page = look()
    assert re.search(
        r'<a class="interest" href="/search/\?q=blue\+vase"[^>]*><img src="/media/', page.html
    )
    assert "<h2" in page.html
    assert "New here" in page.html
    assert "What people here collect" not in look(q="vase").html


def test_interests_are_things_and_not_words_that_stand_beside_them(look, alice, bob):
    for number in range(16):
        thing = ("vase", "chair", "bowl", "rug")[number % 4]
        colour = ("Blue", "Red", "Green", "Old")[number // 4]
        make_pin((alice, bob)[number // 4 % 2], f"{colour} {thing} by a white wall, with butter")
    assert {"vase", "chair", "bowl", "rug"} <= set(look().guides)
    assert {"wall", "butter", "white wall"}.isdisjoint(look().guides)


def test_what_three_people_call_their_boards_is_an_interest(look, alice, bob, charlie):
    people = (alice, bob, charlie)
    boards = [make_board(person, f"{person.display_name}: wedding") for person in people]
    for number in range(18):
        thing = ("Posy", "Ring", "Cake")[number // 3 % 3]
        board = boards[number % 3] if number % 2 else None
        make_pin(people[number % 3], f"{thing} {number}", board=board)
    assert "wedding" in look().guides
    Save.objects.filter(board=boards[2]).delete()  # two are not many yet
    index_pins(list(Pin.objects.values_list("pk", flat=True)))
    assert "wedding" not in look().guides


def test_loved_is_what_most_others_saved_in_public(look, week):
    assert loved_on(look().html) == [week[place].pk for place in (2, 1, 0, 3)]
    assert "Loved this week" not in look(q="lemon").html


def test_saves_of_last_month_and_on_secret_boards_do_not_count(look, alice, bob, charlie, week):
    Save.objects.filter(pin=week[0]).update(created=timezone.now() - timedelta(days=8))
    dora = make_person("Dora")
    hidden = make_board(dora, "Hidden", is_secret=True)
    save_to_board(actor=dora, pin=week[3], board=hidden)
    cache.clear()
    assert loved_this_week() == [week[2].pk, week[1].pk, week[3].pk]
    Save.objects.filter(pin=week[1]).update(created=timezone.now() - timedelta(days=8))
    assert len(loved_on(look().html)) == 3  # up to five minutes old
    cache.clear()
    assert loved_on(look().html) == []  # two make no row
    set_secrecy(board=hidden, is_secret=False)
    cache.clear()
    assert loved_this_week() == [week[3].pk, week[2].pk]


def test_what_was_loved_passes_the_door(look, client: Client, alice, bob, week):
    client.force_login(bob)
    assert len(loved_on(look().html)) == 4
    block(actor=alice, person=bob)
    assert loved_on(look().html) == []


def test_exploring_costs_a_fixed_number_of_queries(
    look, client: Client, alice, week, django_assert_max_num_queries
):
    client.force_login(alice)
    look()
    cache.clear()
    with django_assert_max_num_queries(12):
        client.get("/search/")


def test_an_empty_instance_says_what_to_do(look, db):
    assert "What are you looking for?" in look().html
