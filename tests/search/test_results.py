"""Results: found by every reasonable spelling, ranked, paged, never an empty page without need."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from pinboard.people.relations import block
from pinboard.pins.models import Pin, Save
from pinboard.pins.saving import save_to_board
from tests.makers import make_board, make_picture, make_pin, make_source


def recipe(**fields):
    return make_source(kind="recipe", reading={"kind": "recipe", "recipe": fields})


@pytest.mark.parametrize(
    "typed",
    [
        "lasagna",
        "Lasagna",
        "lasagnas",  # another form
        "lasag",  # unfinished
        "lasagnia",  # a letter too many
        "lasanga",  # two swapped
        "lsagna",  # one lacking
        "lazagna",  # one wrong
        "the lasagna",
        "“lasagna!”",
        "creme",  # accents
        "crème",
        "CRÈME",
        "spinach creme lasagna",
        "ricotta",  # an ingredient
        "sunday dinners",  # the board
        "nonna",  # the description
    ],
)
def test_a_pin_is_found_by_what_people_type(look, alice, bob, typed):
    board = make_board(alice, "Sunday dinner")
    pin = make_pin(
        alice,
        "Spinach lasagna with crème fraîche",
        board=board,
        description="Nonna’s way",
        source=recipe(ingredients=["250 g ricotta", "spinach"], cuisine="Italian"),
    )
    make_pin(bob, "Blue chair")
    assert look(q=typed).pins[:1] == [pin.pk]


def test_what_was_read_instead_is_said(look, alice, bob):
    make_pin(alice, "Lasagna")
    make_pin(bob, "Green lasagna")
    page = look(q="lasagnia")
    assert len(page.pins) == 2
    assert "“lasagnia” is rare here, so we also looked for “lasagna”." in page.html


def test_a_title_says_more_than_a_board_and_a_board_more_than_a_description(look, alice):
    described = make_pin(alice, "Evening", description="lemon")
    boarded = make_pin(alice, "Evening", board=make_board(alice, "Lemon"))
    titled = make_pin(alice, "Lemon")
    newer = make_pin(alice, "Evening", description="lemon and nothing else")
    assert look(q="lemon").pins[:2] == [titled.pk, boarded.pk]
    assert set(look(q="lemon").pins[2:]) == {described.pk, newer.pk}


def test_of_two_alike_the_one_kept_by_more_people_comes_first(look, alice, bob, charlie):
    loved = make_pin(alice, "Lemon tart")
    make_pin(alice, "Lemon tart")
    for person in (bob, charlie):
        save_to_board(actor=person, pin=loved, board=make_board(person, "Dinner"))
    assert look(q="lemon tart").pins[0] == loved.pk


def test_query_and_guides_all_have_to_match(look, alice):
    both = make_pin(alice, "Lemon pasta")
    cake = make_pin(alice, "Lemon cake")
    assert look("/search/?q=lemon&g=pasta").pins == [both.pk]
    # Words typed together are content with a part of them, after those that have all.
    page = look(q="lemon pasta")
    assert page.pins == [both.pk, cake.pk]
    assert "After the first few" in page.html


def test_a_phrase_as_guide_means_these_words_side_by_side(look, alice):
    oil = [make_pin(alice, f"Bread with olive oil {n}") for n in range(6)]
    make_pin(alice, "Bread with olive paste and rapeseed oil")
    assert set(look("/search/?q=bread&g=olive+oil").pins) == {pin.pk for pin in oil}


def test_no_page_is_empty_where_something_near_exists(look, alice):
    pin = make_pin(alice, "Lemon pasta")
    page = look("/search/?q=lemon+pasta+zeppelin&g=moonlight")
    assert page.pins == [pin.pk]
    assert "Nothing has all of this at once" in page.html
    assert "Nothing found" in look(q="zeppelin").html


def test_nothing_found_says_only_what_helps(look, alice):
    make_pin(alice, "Lemon pasta")
    plain = look(q="zeppelin").html
    assert "one of the words" not in plain
    assert "Plan this together" not in plain
    assert "one of the words above away" in look("/search/?q=zeppelin&g=moonlight").html
    assert "Plan this together" in look(q="lemon").html


def test_any_part_of_the_chain_can_be_taken_away(look, alice):
    make_pin(alice)
    html = look("/search/?q=lemon&g=pasta&g=olive+oil").html
    assert 'href="/search/?g=pasta&amp;g=olive+oil"' in html  # without the query
    assert 'href="/search/?q=lemon&amp;g=olive+oil"' in html
    assert 'href="/search/?q=lemon&amp;g=pasta"' in html
    assert 'href="/messages/new/?q=lemon&amp;g=pasta&amp;g=olive+oil"' in html


def test_pages_show_every_result_once_while_new_ones_arrive(look, alice):
    pins = {make_pin(alice, f"Lemon cake {n}").pk for n in range(70)}
    page = look(q="lemon cake")
    seen = list(page.pins)
    assert len(seen) == 30
    while page.next_url:
        make_pin(alice, "Lemon cake, new")
        page = look(page.next_url)
        seen += page.pins
    assert pins <= set(seen)
    assert len(seen) == len(set(seen))


def test_a_page_goes_on_where_a_deleted_pin_stood(look, alice):
    for number in range(40):
        make_pin(alice, f"Lemon cake {number}")
    first = look(q="lemon")
    Pin.objects.get(pk=first.pins[-1]).delete()
    second = look(first.next_url)
    assert len(second.pins) == 10
    assert not set(first.pins) & set(second.pins)


def test_without_words_the_search_shows_what_is_new_and_some_interests(look, alice, bob):
    pins = []
    for number in range(8):
        pins.append(make_pin(alice if number % 2 else bob, f"Blue vase {number}").pk)
        pins.append(make_pin(bob if number % 2 else alice, f"Red chair {number}").pk)
    page = look()
    assert page.pins == pins[::-1]
    assert "/search/?q=blue+vase" in page.guides.values()


def test_pins_of_blocked_people_are_left_out_both_ways(look, client: Client, alice, bob):
    make_pin(bob, "Lemon tart")
    client.force_login(alice)
    assert len(look(q="lemon").pins) == 1
    block(actor=bob, person=alice)
    assert look(q="lemon").pins == []
    assert look().pins == []


@pytest.mark.parametrize("number", [30, 300])
def test_a_page_costs_the_same_however_much_there_is(
    look, client, alice, bob, number, django_assert_max_num_queries
):
    picture = make_picture()
    for person in (alice, bob):
        board = make_board(person)
        pins = Pin.objects.bulk_create(
            Pin(maker=person, picture=picture, title=f"Lemon pasta {n % 7}", is_public=True)
            for n in range(number // 2)
        )
        Save.objects.bulk_create(
            Save(pin=pin, board=board, saver=person, is_public=True) for pin in pins
        )
    call_command("reindex", stdout=StringIO())
    client.force_login(alice)
    assert len(look(q="lemon pasta").pins) == 30
    # Who comes by a link has not seen the guides beside the last one.
    with django_assert_max_num_queries(14):
        client.get("/search/?q=lemon&g=pasta")
    with django_assert_max_num_queries(10):
        client.get("/search/?q=lemon&g=pasta")


def test_who_finds_nothing_is_shown_where_to_begin(look, alice, bob):
    for number in range(8):
        make_pin((alice, bob)[number // 2 % 2], ("Blue vase", "Red chair")[number % 2])
    page = look(q="zeppelinfabrik")
    assert page.pins == []
    assert "Nothing found" in page.html
    assert set(page.guides.values()) == {"/search/?q=blue+vase", "/search/?q=red+chair"}
    assert look(q="vase").html.count('class="begin"') == 0
