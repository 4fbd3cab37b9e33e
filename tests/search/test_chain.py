"""The chain: every word can be taken away in the middle, and the last one turned into another."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client

from pinboard.pins.saving import save_to_board, set_secrecy
from search.question import Question
from tests.makers import make_board, make_pin, make_source

PIVOTS = re.compile(r'<nav class="pivots" aria-label="Instead of ([^"]*)">(.*?)</nav>', re.DOTALL)
LINK = re.compile(r'<a class="chip" href="([^"]+)"[^>]*>(?:<img[^>]*>)?([^<]+)</a>')


def pivots_on(html: str) -> tuple[str, dict[str, str]]:
    found = PIVOTS.search(html)
    if not found:
        return "", {}
    return unescape(found[1]), {text: unescape(url) for url, text in LINK.findall(found[2])}


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("lemon", ["lemon"]),
        ("lemon olive oil", ["lemon", "olive", "oil"]),
        ("chicken with rice and peas", ["chicken", "with rice", "and peas"]),
        ("the with", ["the with"]),
        ("pasta for", ["pasta for"]),
        ("“lemon” - !! pie", ["“lemon”", "- !! pie"]),
        ("", []),
    ],
)
def test_a_query_falls_into_parts(query, parts):
    assert Question(query).typed() == parts


def test_typed_words_are_taken_away_like_guides(look, alice):
    make_pin(alice)
    html = look("/search/?q=lemon+pasta+bake&g=olive+oil&type=recipe").html
    for left in (
        "q=pasta+bake&g=olive+oil&type=recipe",
        "q=lemon+bake&g=olive+oil&type=recipe",
        "q=lemon+pasta&g=olive+oil&type=recipe",
        "q=lemon+pasta+bake&type=recipe",
        "q=lemon+pasta+bake&g=olive+oil",
    ):
        assert f'is-removable" href="/search/?{left.replace("&", "&amp;")}"' in html


def test_a_long_sentence_stays_whole(look, alice):
    make_pin(alice)
    html = look(q="seven different words make one remarkably long patient question").html
    assert html.count("is-removable") == 1


@pytest.fixture
def kitchen(alice, bob):
    """Two people keep pasta, risotto and pie side by side; some of each with lemon."""
    for person in (alice, bob):
        board = make_board(person, "Weeknights")
        for dish in ("pasta", "risotto", "pie"):
            for taste in ("lemon", "lemon", "tomato", "mushroom", "basil"):
                make_pin(person, f"{taste} {dish}", board=board)


def test_a_pivot_turns_to_what_is_kept_beside(look, kitchen):
    instead_of, pivots = pivots_on(look(q="pasta").html)
    assert instead_of == "pasta"
    assert pivots["risotto"] == "/search/?q=risotto"
    assert "lemon" not in pivots  # narrows, and does not turn
    assert len(look(pivots["risotto"]).pins) == 10


def test_a_pivot_takes_the_place_of_the_last_part_alone(look, kitchen):
    instead_of, pivots = pivots_on(look("/search/?q=lemon&g=pasta").html)
    assert instead_of == "pasta"
    assert pivots["risotto"] == "/search/?q=lemon&g=risotto"
    assert len(look(pivots["risotto"]).pins) == 4
    _, pivots = pivots_on(look(q="lemon pasta").html)
    assert pivots["pie"] == "/search/?q=lemon&g=pie"


def test_in_the_place_of_a_guide_come_those_that_stood_beside_it(look, alice, bob):
    for number in range(16):
        taste = ("lemon", "basil", "mushrooms", "tomatoes")[number % 4]
        make_pin((alice, bob)[number // 4 % 2], f"Pasta with {taste}")
    instead_of, pivots = pivots_on(look("/search/?q=pasta&g=lemon").html)
    assert instead_of == "lemon"
    assert pivots["basil"] == "/search/?q=pasta&g=basil"
    cache.clear()  # also when one comes by a link
    assert pivots_on(look("/search/?q=pasta&g=lemon").html) == (instead_of, pivots)


def test_recipes_turn_to_recipes(look, alice, bob):
    """What lies on a board of recipes besides them is no answer to "instead of pasta"."""
    for person in (alice, bob):
        board = make_board(person, "Weeknights")
        for dish, kind in (("pasta", "recipe"), ("risotto", "recipe"), ("table", "product")):
            for number in range(4):
                source = make_source(kind=kind)
                make_pin(person, f"{number} {dish}", board=board, source=source)
    assert set(pivots_on(look(q="pasta").html)[1]) == {"risotto"}


def test_what_pivots_merely_come_with_is_no_pivot(look, alice, bob):
    for person in (alice, bob):
        board = make_board(person, "Weeknights")
        for dish in ("pasta", "risotto"):
            for _ in range(4):
                make_pin(person, f"{dish} with saffron from a stone house", board=board)
    assert set(pivots_on(look(q="pasta").html)[1]) == {"risotto"}


def test_secret_boards_and_private_pins_make_no_pivot(look, client: Client, alice, bob):
    public = make_board(alice, "Public")
    secret = make_board(alice, "Hidden", is_secret=True)
    for number in range(4):
        pin = make_pin(alice, f"Pasta {number}", board=public)
        save_to_board(actor=alice, pin=pin, board=secret)
        for word in ("Xylographyx", "Zeppelin"):
            make_pin(alice, word, board=secret)
            save_to_board(actor=alice, pin=make_pin(bob, word), board=secret)
    assert pivots_on(look(q="pasta").html) == ("", {})
    client.force_login(alice)
    assert pivots_on(look(q="pasta").html) == ("", {})
    set_secrecy(board=secret, is_secret=False)
    assert set(pivots_on(look(q="pasta").html)[1]) == {"xylographyx", "zeppelin"}


def test_nothing_found_has_no_pivot(look, kitchen):
    assert pivots_on(look(q="zeppelin").html) == ("", {})
    assert pivots_on(look().html) == ("", {})
