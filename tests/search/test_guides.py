"""Guides: each leads somewhere, none says the same as another, none tells a secret."""

from __future__ import annotations

import re

import pytest

from pinboard.pins.saving import save_to_board, set_secrecy
from tests.makers import make_board, make_pin, make_source


@pytest.fixture
def pasta(alice, bob):
    """Twenty-four pastas of two people, with olive oil, lemon, basil or mushrooms."""
    said = ("with olive oil and lemon", "with mushrooms", "with basil", "with olive oil")
    return [
        make_pin(alice if number % 3 else bob, f"Pasta {said[number % 4]}") for number in range(24)
    ]


def test_guides_keep_phrases_whole(look, pasta):
    guides = look(q="pasta").guides
    assert set(guides) == {"olive oil", "mushrooms", "basil", "lemon"}
    assert guides["olive oil"] == "/search/?q=pasta&g=olive+oil"


def test_a_phrase_may_have_a_word_that_says_nothing_alone(look, alice, bob):
    for number in range(12):
        make_pin(alice if number % 2 else bob, "Cabin in old town" if number % 3 else "Cabin")
    assert list(look(q="cabin").guides) == ["old town"]


def test_no_guide_reaches_over_a_comma(look, alice, bob):
    """Nobody wrote "lemon green" or "dinner table" of one thing."""
    for number in range(12):
        end = "lemon, green beans - table of dinner" if number % 2 else "plain"
        make_pin(alice if number % 3 else bob, f"Pasta {end}")
    assert not {"lemon green", "beans table"} & set(look(q="pasta").guides)


def test_every_guide_leads_to_at_least_three_pins_and_at_most_most_of_them(look, pasta):
    page = look(q="pasta")
    for url in page.guides.values():
        assert 3 <= len(look(url).pins) <= 0.8 * len(pasta)


def test_a_guide_brings_its_own_guides_and_never_itself(look, pasta):
    page = look("/search/?q=pasta&g=olive+oil")
    assert list(page.guides) == ["lemon"]
    assert page.guides["lemon"] == "/search/?q=pasta&g=olive+oil&g=lemon"


@pytest.mark.parametrize("form", ["Mushroom", "mushrooms"])
def test_forms_of_one_word_are_one_guide(look, alice, bob, form):
    for number in range(12):
        end = ["with mushroom", "with mushrooms", "plain"][number % 3]
        make_pin(alice if number % 2 else bob, f"Pasta {end}")
    guides = look(q=f"pasta {form}").guides if form == "Mushroom" else look(q="pasta").guides
    assert sum("mushroom" in guide for guide in guides) == (0 if form == "Mushroom" else 1)


@pytest.mark.parametrize("text", ["the", "12", "2024", "idea", "best", "shop", "500", "g", "pasta"])
def test_stop_words_numbers_sources_and_the_query_are_no_guides(look, alice, bob, text):
    for number in range(12):
        title = f"Pasta, the best idea of 2024 from Shop {text if number % 2 else ''}"
        source = make_source(reading={"recipe": {"ingredients": ["500 g flour"]}}, kind="recipe")
        make_pin(alice if number % 3 else bob, title, source=source)
    assert not {text, f"{text} pasta", f"pasta {text}"} & set(look(q="pasta").guides)


def test_a_part_of_a_source_name_is_no_guide(look, alice, bob):
    source = make_source(site_name="The Weeknight Table")
    for number in range(12):
        board = make_board((alice, bob)[number % 2], "Weeknight table")
        make_pin(
            (alice, bob)[number % 2], "Pasta", source=source if number % 3 else None, board=board
        )
    assert "weeknight table" not in look(q="pasta").guides
    assert len(look(q="weeknight table").pins) == 12


def test_ingredients_cuisine_and_brand_are_guides(look, alice, bob):
    for number in range(12):
        who = alice if number % 2 else bob
        recipe = {"ingredients": ["2 tbsp sea salt"], "cuisine": "Persian"} if number % 3 else {}
        product = {"brand": "Fable"} if number % 3 == 0 else {}
        reading = {"kind": "recipe", "recipe": recipe, "product": product}
        make_pin(who, f"Bowl {number}", source=make_source(kind="recipe", reading=reading))
    guides = look(q="bowl").guides
    assert "fable" in guides
    assert {"persian", "sea salt"} & set(guides)


def test_no_two_guides_select_the_same_pins(look, alice, bob):
    for number in range(20):
        title = "Chair in green velvet by Ono" if number % 2 else "Chair of oak"
        make_pin(alice if number % 3 else bob, title)
    assert len(look(q="chair").guides) == 2


def test_what_only_one_person_wrote_is_no_guide(look, alice, bob):
    for number in range(12):
        make_pin(alice, "Pasta with zanzibar pepper" if number % 2 else "Pasta")
        make_pin(bob, "Pasta with basil" if number % 3 else "Pasta")
    assert look(q="pasta").guides == {}
    make_pin(bob, "Pasta with zanzibar pepper")
    assert list(look(q="pasta").guides) == ["zanzibar pepper"]


def test_a_guide_shows_the_picture_and_colour_of_its_best_pin(look, pasta):
    html = look(q="pasta").html
    assert re.search(r'data-colour="#aabbcc" data-hue="[a-z]+"><img src="/media/', html)
    assert '/240.webp" alt="" width="48" height="48"' in html


def test_boards_are_guides_only_while_they_are_public(look, alice, bob):
    boards = [make_board(person, "Harvest festival") for person in (alice, bob)]
    for number in range(12):
        person = (alice, bob)[number % 2]
        pin = make_pin(person, f"Pumpkin soup {number}")
        if number % 3:
            save_to_board(actor=person, pin=pin, board=boards[number % 2])
    assert "harvest festival" in look(q="pumpkin").guides
    for board in boards:
        set_secrecy(board=board, is_secret=True)
    assert look(q="pumpkin").guides == {}
