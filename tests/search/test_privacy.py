"""What is secret is found by nobody else, and leaves no word behind (checks 42 and 43)."""

from __future__ import annotations

import json
import re
from urllib.parse import quote_plus

import pytest
from django.test import Client

from pinboard.pins import saving
from pinboard.pins.boards import change_board
from pinboard.pins.models import Board
from search.keeping import catch_up
from search.models import OwnEntry, PublicEntry, Spelling, Term
from tests.makers import make_board, make_pin, make_source

CANARY = "xylographyx"


def everything_said(client: Client, word: str = CANARY) -> str:
    """What all addresses of the search answer for a word, its beginning and a misspelling."""
    catch_up()
    said = ""
    for typed in (word, word[:6], word[:-2] + word[-1], f"lemon {word}"):
        for address in ("/search/", "/search/suggest/", "/search/covers/"):
            answer = client.get(address, {"q": typed, "guides": "1"}).content.decode()
            # The page says back what was typed, whole and word by word.
            for echo in (typed, quote_plus(typed), *typed.split()):
                answer = answer.replace(echo, "")
            said += answer
    said += client.get("/search/", {"g": word}).content.decode().replace(word, "")
    said += client.get("/search/").content.decode()
    return re.sub(r'"\w{64}"', "", said)  # the form's token, another in every answer


def secret_title(alice, bob):
    make_pin(alice, f"{CANARY} tart", is_public=False)


def secret_description(alice, bob):
    make_pin(alice, "Tart", is_public=False, description=f"like {CANARY}")


def secret_alt(alice, bob):
    make_pin(alice, "Tart", is_public=False, alt=f"like {CANARY}")


def secret_source(alice, bob):
    reading = {"kind": "product", "product": {"brand": CANARY}}
    make_pin(alice, "Tart", is_public=False, source=make_source(kind="product", reading=reading))


def secret_board_with_a_public_pin(alice, bob):
    pin = make_pin(bob, "Plain tart")
    board = make_board(alice, f"{CANARY} party", is_secret=True)
    saving.save_to_board(actor=alice, pin=pin, board=board)


def note_on_a_secret_board(alice, bob):
    pin = make_pin(bob, "Plain tart")
    board = make_board(alice, "Party", is_secret=True)
    saving.save_to_board(actor=alice, pin=pin, board=board, note=f"for {CANARY}")


SECRETS = [
    secret_title,
    secret_description,
    secret_alt,
    secret_source,
    secret_board_with_a_public_pin,
    note_on_a_secret_board,
]


@pytest.mark.parametrize("hide", SECRETS)
@pytest.mark.parametrize("stranger", [None, "charlie"])
def test_a_stranger_cannot_tell_that_a_secret_exists(
    client: Client, alice, bob, charlie, hide, stranger
):
    for person in (alice, bob, alice, bob):
        make_pin(person, "Lemon pie")
    secret_board_with_a_public_pin(alice, bob)
    Board.objects.filter(is_secret=True).update(name="Nothing")
    if stranger:
        client.force_login(charlie)
    before = everything_said(client)
    hide(alice, bob)
    after = everything_said(client)
    assert CANARY not in after
    assert len(client.get("/search/", {"q": CANARY}).content) > 0
    covers = json.loads(client.get("/search/covers/", {"q": CANARY}).content)
    assert (covers["count"], covers["covers"]) == (0, [])
    if hide in (secret_title, secret_description, secret_alt, secret_source):
        assert after == before


@pytest.mark.parametrize("hide", SECRETS)
def test_the_person_whose_secret_it_is_finds_it(client: Client, look, alice, bob, hide):
    hide(alice, bob)
    client.force_login(alice)
    assert len(look(q=CANARY).pins) == 1
    assert len(look(q=CANARY[:6]).pins) == 1
    client.force_login(bob)
    assert look(q=CANARY).pins == []


@pytest.mark.parametrize("hide", SECRETS)
def test_no_secret_word_enters_the_public_index_or_the_vocabulary(alice, bob, hide):
    hide(alice, bob)
    catch_up()
    for entry in PublicEntry.objects.all():
        assert CANARY not in "".join((entry.title, entry.boards, entry.data, entry.body))
        assert CANARY not in entry.terms
    assert not Term.objects.filter(text__contains=CANARY[:6]).exists()
    assert not Spelling.objects.filter(text__contains=CANARY[:6]).exists()
    assert OwnEntry.objects.filter(person_id=alice.pk).exists()
    assert not OwnEntry.objects.visible_to(bob).exists()


def test_making_a_board_secret_takes_its_words_back(client: Client, look, alice, bob):
    board = make_board(alice, f"{CANARY} party")
    make_pin(alice, "Lemon pie", board=board)
    shared = make_pin(bob, "Plain tart")
    saving.save_to_board(actor=alice, pin=shared, board=board)
    assert len(look(q=CANARY).pins) == 2
    assert Term.objects.filter(text=CANARY).exists()
    change_board(board=board, name=board.name, about="", is_secret=True)
    assert CANARY not in everything_said(client)
    assert look(q="tart").pins == [shared.pk]
    assert look(q="lemon pie").pins == []
    assert not Term.objects.filter(text__contains=CANARY).exists()
    assert not Spelling.objects.filter(text__contains=CANARY[:6]).exists()


def test_nobody_sees_a_secret_even_before_the_index_has_followed(client: Client, alice):
    """Results pass the pins' own door, so a late index never shows what is hidden by now."""
    pin = make_pin(alice, f"{CANARY} tart")
    catch_up()
    saving.set_secrecy(board=Board.objects.get(), is_secret=True)
    html = client.get("/search/", {"q": "tart"}).content.decode()
    assert f'data-pin="{pin.pk}"' not in html
    assert CANARY not in html


def test_a_word_of_one_person_is_corrected_to_but_not_named_or_suggested(
    client: Client, look, alice
):
    pin = make_pin(alice, f"{CANARY} tart")
    page = look(q=CANARY[:-1] + "y")
    assert page.pins == [pin.pk]
    assert "words like it" in page.html
    answer = client.get("/search/suggest/", {"q": CANARY[:6]})
    assert answer.json() == {"suggestions": []}
