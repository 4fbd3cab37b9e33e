"""Whatever stands in the address: a page, quickly, never an error of ours (check 82)."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pinboard.web import ratelimit
from search.index import postgres, sqlite
from search.index.wanted import All, Any, Phrase
from search.keeping import catch_up
from tests.makers import make_board, make_pin

HOSTILE = [
    "",
    " ",
    '"',
    "'",
    '"lemon" OR "pie"',
    "lemon AND NOT pie",
    "NEAR(lemon pie, 2)",
    "title:lemon",
    "lemon*",
    "^lemon",
    "{title} : lemon",
    "lemon & ! pie | <-> :*",
    "'; DROP TABLE pins_pin; --",
    "%' OR 1=1 --",
    "\\",
    "(((((((",
    "_%_%_%",
    "[a-z]+(.*)*$",
    "\x00lemon\x00",
    "🍝",
    "🍝 lemon",
    "‮nomel",
    "ليمون",
    "レモンのタルト",
    "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "lemon " * 2000,
    "x" * 10_000,
    "é" * 10_000,
    "a b c d e f g h i j k l m n o p q r s t u v w x y z " * 200,
    "zqxzq",
    "ﷺ" * 300,
    "½ ⅓ ²",
    "{{ 7*7 }} <script>alert(1)</script>",
]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/search/", "q"),
        ("/search/", "g"),
        ("/search/", "cursor"),
        ("/search/suggest/", "q"),
        ("/search/covers/", "q"),
    ],
)
def test_anything_in_the_address_is_answered(client: Client, look, alice, address, name):
    make_pin(alice, "Lemon pie")
    look()
    client.force_login(alice)
    for text in HOSTILE:
        response = client.get(address, {"q": "lemon", name: text})
        assert response.status_code == 200, text
        is_page = response.headers["Content-Type"].startswith("text/html")
        assert not (is_page and b"<script>alert" in response.content)


@pytest.mark.parametrize(
    "raw", ["q=%ff%fe%00", "q=%c3%28", "g=%ed%a0%80&g=&g=%00", "q=a&q=b&g", "q[]=1&=&&"]
)
def test_bytes_that_are_no_text_are_answered(client: Client, db, raw):
    assert client.get(f"/search/?{raw}").status_code == 200


@pytest.mark.parametrize("text", ["🍝", "!!!", "☃"])
def test_a_question_without_a_word_shows_what_is_new(look, alice, text):
    pin = make_pin(alice, "Lemon pie")
    page = look(q=text)
    assert page.pins == [pin.pk]
    assert "There is no word in" in page.html


@pytest.mark.parametrize("cursor", ["1.1", "-5.3", "abc", "9" * 400, "99.99"])
@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("/search/", "lemon"),
        ("/search/", ""),
        ("/search/boards/", "pies"),
        ("/search/people/", "a"),
    ],
)
def test_a_cursor_of_another_time_leads_back_to_the_beginning(
    client: Client, alice, address, query, cursor
):
    make_board(alice, "Lemon pies")
    make_pin(alice, "Lemon pie")
    catch_up()
    client.force_login(alice)
    answer = client.get(address, {"q": query, "cursor": cursor})
    assert answer.status_code == 200
    html = answer.content.decode()
    beginning = f'{address}?q={query}"' if query else f'{address}"'
    found = f'href="{beginning}>From the beginning' in html
    assert found or ("pin-card" in html and "Nothing" not in html)
    assert found or cursor == "99.99"


def test_where_there_is_no_word_guides_are_what_people_collect(look, alice, bob):
    for number in range(8):
        make_pin((alice, bob)[number % 2], f"Slow {'pie' if number < 4 else 'vase'} {number}")
    assert set(look(q="🍝").guides) == set(look().guides) == {"slow pie", "slow vase"}


def test_far_too_much_is_cut_to_what_makes_sense(look, alice):
    pin = make_pin(alice, "Lemon pie")
    page = look(q="lemon " * 2000, g="pie" * 100)
    assert page.pins == [pin.pk]
    assert len(page.html) < 40_000


def test_a_hundred_guides_are_ten(look, alice):
    make_pin(alice, "Lemon pie")
    address = "/search/?q=lemon" + "".join(f"&g=word{number}" for number in range(100))
    assert look(address).html.count("is-removable") == 11


@given(st.text(max_size=300), st.lists(st.text(max_size=80), max_size=4))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_text_is_answered(client: Client, alice, query, guides):
    assert client.get("/search/", {"q": query, "g": guides}).status_code == 200


def test_both_engines_quote_every_stem():
    wanted = All((Any((Phrase(('a"b', "c"), in_body=False), Phrase(("d",), is_prefix=True))),))
    assert sqlite.write(wanted) == '({title boards data} : ("a""b" + "c") OR "d" *)'
    wanted = All((Any((Phrase(("a'b", "c\\"), in_body=False), Phrase(("d",), is_prefix=True))),))
    assert postgres.write(wanted) == "(('a''b':ABC <-> 'c\\\\':ABC) | ('d':*))"


def test_more_than_a_person_can_tap_has_to_wait(client: Client, alice, settings):
    settings.RATE_LIMITS = True
    client.force_login(alice)
    for _ in range(119):
        ratelimit.count_up("search", f"person-{alice.pk}", limit=120, seconds=60)
    assert client.get("/search/").status_code == 200
    refused = client.get("/search/")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "57")
    client.logout()
    assert client.get("/search/").status_code == 200
