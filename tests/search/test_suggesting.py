"""Suggestions while typing, and what a search card in a conversation shows."""

from __future__ import annotations

import pytest

from pinboard.people.relations import block
from pinboard.pins.saving import save_to_board
from search import suggesting
from search.keeping import catch_up
from tests.makers import make_board, make_pin


@pytest.fixture
def ask(client):
    def suggestions(typed, kind=""):
        catch_up()
        said = {"q": typed, "guides": "1"}
        found = client.get("/search/suggest/", said).json()["suggestions"]
        return [one["text"] for one in found if kind in ("", one["kind"])]

    return suggestions


def test_the_last_word_is_finished_with_what_several_people_wrote(ask, alice, bob):
    for person in (alice, bob):
        make_pin(person, "Crème brûlée with olive oil")
    assert ask("cre", "search") == ["crème", "crème brûlée"]
    assert ask("green bru", "search") == ["green brûlée"]
    assert ask("bread oliv", "search") == ["bread olive", "bread olive oil"]
    assert ask("bread olive o", "search") == ["bread olive oil"]


def test_what_a_process_remembers_is_asked_for_again(ask, alice, bob, monkeypatch):
    monkeypatch.setattr(suggesting, "MOST_TERMS", 1)
    monkeypatch.setattr(suggesting, "time", lambda: 0)
    suggesting._most_named.cache_clear()
    make_pin(alice, "Basil")
    withdrawn = make_pin(bob, "Basil")
    assert ask("bas", "search") == ["basil"]
    withdrawn.delete()
    assert ask("bas", "search") == []
    suggesting._most_named.cache_clear()


def test_what_pins_are_called_comes_before_words_of_descriptions(ask, alice, bob):
    for person in (alice, bob):
        make_pin(person, "Pasta", description="pale")
        make_pin(person, "Bowl", description="pale")
    assert ask("pa", "search") == ["pasta", "pale"]


def test_each_kind_is_marked_and_leads_somewhere(client, ask, alice, bob):
    for person in (alice, bob):
        make_pin(person, "Lemon pie", board=make_board(person, "Lemon things"))
    client.force_login(alice)
    catch_up()
    found = client.get("/search/suggest/", {"q": "lem"}).json()["suggestions"]
    kinds = [one["kind"] for one in found]
    assert kinds == sorted(kinds, key=["search", "guide", "board", "person", "pin"].index)
    assert {"search", "board", "pin"} == set(kinds)
    for one in found:
        assert client.get(one["url"]).status_code == 200
    assert len(found) <= 12


@pytest.fixture
def pasta(alice, bob):
    for number in range(16):
        taste = ("lemon", "basil", "olive oil", "tomatoes")[number % 4]
        make_pin((alice, bob)[number // 4 % 2], f"Pasta with {taste}")


def test_guides_go_on_from_the_words_that_are_whole(client, ask, pasta):
    """With the small picture they have on the page itself."""
    assert set(ask("pasta", "guide")) < {
        "pasta · lemon",
        "pasta · basil",
        "pasta · olive oil",
        "pasta · tomatoes",
    }
    assert ask("pasta o", "guide") == ["pasta · olive oil"]
    assert ask("pasta o", "search") == []  # no "pasta oil": nobody wrote that
    assert ask("pasta with ba", "guide") == ["pasta · basil"]
    assert ask("pas", "guide") == ask("zeppelin b", "guide") == ask("the", "guide") == []
    found = client.get("/search/suggest/", {"q": "pasta tom"}).json()["suggestions"]  # known now
    [guide] = [one for one in found if one["kind"] == "guide"]
    assert guide["url"] == "/search/?q=pasta&g=tomatoes"
    assert guide["picture"].startswith("/media/")


def test_nobody_waits_for_guides_while_typing(client, pasta):
    catch_up()
    asked = {"q": "pasta ba"}
    kinds = [one["kind"] for one in client.get("/search/suggest/", asked).json()["suggestions"]]
    assert "guide" not in kinds
    client.get("/search/?q=pasta")  # where they are seen
    kinds = [one["kind"] for one in client.get("/search/suggest/", asked).json()["suggestions"]]
    assert "guide" in kinds


@pytest.mark.parametrize("typed", ["psata", "paasta", "pzsta", "green psata"])
def test_a_misspelt_word_suggests_what_was_meant(ask, pasta, typed):
    assert ask(typed, "search") == [typed.replace(typed.split()[-1], "pasta")]


def test_own_pins_are_what_one_saved_too_whatever_the_accents(client, ask, alice, bob):
    save_to_board(actor=alice, pin=make_pin(bob, "Crème brûlée"), board=make_board(alice, "Sweet"))
    make_pin(bob, "Creme of somebody else")
    client.force_login(alice)
    assert ask("brulee cr", "pin") == ["Crème brûlée"]
    assert ask("rulee", "pin") == []
    found = client.get("/search/suggest/", {"q": "creme"}).json()["suggestions"]
    assert [one["detail"] for one in found if one["kind"] == "pin"] == ["You saved this"]


def test_a_board_is_found_by_any_of_its_words(client, ask, alice):
    make_board(alice, "Weeknight dinners")
    client.force_login(alice)
    assert ask("din", "board") == ask("dinners week", "board") == ["Weeknight dinners"]
    assert ask("inners", "board") == []


def test_people_are_found_by_name_and_blocked_ones_are_not(client, ask, alice, bob):
    make_pin(bob, "Pie", board=make_board(bob, "Bobsleigh"))
    client.force_login(alice)
    assert ask("bo") == ["Bobsleigh", "Bob"]
    assert ask("@bob", "person") == ["Bob"]
    block(actor=bob, person=alice)
    assert ask("bo") == []


def test_secret_boards_and_private_pins_are_suggested_to_their_owner_alone(client, ask, alice, bob):
    make_pin(alice, "Canary cake", is_public=False)
    make_board(alice, "Canary party", is_secret=True)
    client.force_login(alice)
    assert ask("canary") == ["Canary party", "Canary cake"]
    client.force_login(bob)
    assert ask("canary") == []


def test_suggestions_cost_the_same_however_much_there_is(
    client, alice, bob, django_assert_max_num_queries
):
    for number in range(40):
        make_pin((alice, bob)[number % 2], f"Lemon pie {number}")
    catch_up()
    client.force_login(alice)
    with django_assert_max_num_queries(13):
        client.get("/search/suggest/", {"q": "lemon p"})


def test_covers_show_the_best_public_pins_and_how_many_there_are(client, alice, bob):
    for number in range(6):
        make_pin(bob, f"Lemon pie {number}")
    make_pin(alice, "Lemon pie of my own", is_public=False)
    catch_up()
    client.force_login(alice)
    answer = client.get("/search/covers/?q=lemon&g=pie").json()
    assert answer["count"] == 6
    assert len(answer["covers"]) == 4
    assert answer["url"] == "/search/?q=lemon&g=pie"
    assert set(answer["covers"][0]) == {"src", "width", "height", "colour"}
    block(actor=alice, person=bob)
    assert client.get("/search/covers/?q=lemon").json()["count"] == 0


def test_nothing_is_suggested_twice(ask, client, alice, bob):
    for number in range(9):
        end = "with olive oil" if number < 5 else "with olive bread"
        make_pin((alice, bob)[number % 2], f"Salad {number} {end}")
    client.force_login(alice)
    client.post("/search/history/keep/", {"search": "q=olive+oil"})
    catch_up()
    found = client.get("/search/suggest/", {"q": "olive o", "guides": "1"}).json()["suggestions"]
    leading = [one["text"] for one in found if one["kind"] in ("recent", "search", "guide")]
    assert [text.replace(" · ", " ") for text in leading].count("olive oil") == 1
    assert leading[0] == "olive oil"
