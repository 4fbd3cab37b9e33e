"""One's own searches: kept when the page says so, seen and cleared by oneself alone, bounded."""

from __future__ import annotations

import pytest
from django.test import Client

from pinboard.people.models import Person
from search.models import Search
from search.question import Question
from search.remembering import MOST, past_searches, remember
from tests.makers import make_conversation, make_guest, make_pin

CANARY = "xylographyx"


def keep(client: Client, search: str) -> int:
    return client.post("/search/history/keep/", {"search": search}).status_code


def texts(person: Person) -> list[str]:
    return [past.text for past in past_searches(person)]


def test_what_one_looked_for_is_there_again(client: Client, look, alice, bob):
    make_pin(bob, "Lemon pasta")
    client.force_login(alice)
    assert (
        '<search-kept data-search="?q=lemon&amp;type=recipe">'
        in look("/search/?q=lemon&type=recipe").html
    )
    assert keep(client, "?q=lemon&type=recipe") == 302
    page = client.get("/search/history/").content.decode()
    assert '<a href="/search/?q=lemon&amp;type=recipe">' in page
    assert "lemon · Recipes" in page
    explore = client.get("/search/").content.decode()
    assert "lemon · Recipes" in explore
    before = client.get("/search/suggest/", {"q": ""}).json()["suggestions"]
    assert [one["kind"] for one in before] == ["recent", "explore"]
    typed = client.get("/search/suggest/", {"q": "lem"}).json()["suggestions"]
    assert typed[0]["kind"] == "recent"


def test_looking_at_an_address_alone_keeps_nothing(client: Client, look, alice):
    client.force_login(alice)
    look("/search/?q=lemon")
    assert not Search.objects.exists()


def test_going_on_with_a_search_is_one_search_and_again_is_not_twice(alice):
    for guides in ((), ("pasta",), ("pasta", "basil")):
        remember(person=alice, question=Question("lemon", guides))
    assert texts(alice) == ["lemon · pasta · basil"]
    remember(person=alice, question=Question("lemonade"))
    remember(person=alice, question=Question("lemon", ("pasta", "basil")))
    assert texts(alice) == ["lemon · pasta · basil", "lemonade"]
    remember(person=alice, question=Question())
    assert len(texts(alice)) == 2


def test_only_the_newest_are_kept(alice, bob):
    remember(person=bob, question=Question("mine"))
    for number in range(MOST + 5):
        remember(person=alice, question=Question(f"vase{number}"))
    assert len(texts(alice)) == MOST
    assert texts(alice)[0] == f"vase{MOST + 4}"
    assert texts(bob) == ["mine"]


def test_one_is_forgotten_or_all(client: Client, alice, bob):
    for word in ("lemon", "vase", "chair"):
        remember(person=alice, question=Question(word))
    remember(person=bob, question=Question("secret"))
    client.force_login(alice)
    mine, other = Search.objects.get(text="vase"), Search.objects.get(text="secret")
    client.post("/search/history/clear/", {"search": mine.pk})
    assert texts(alice) == ["chair", "lemon"]
    client.post("/search/history/clear/", {"search": other.pk})
    client.post("/search/history/clear/", {"search": "nonsense"})
    assert texts(bob) == ["secret"]
    assert len(texts(alice)) == 2
    client.post("/search/history/clear/")
    assert texts(alice) == []
    assert texts(bob) == ["secret"]


@pytest.mark.parametrize("stranger", [None, "charlie"])
def test_it_shows_to_nobody_else(client: Client, alice, charlie, stranger):
    for _ in range(3):
        remember(person=alice, question=Question(CANARY))
    if stranger:
        client.force_login(charlie)
    for url in (
        "/search/",
        "/search/suggest/?q=xylo",
        "/search/suggest/",
        "/search/history/",
        "/search/boards/?q=xylo",
        "/@alice/",
    ):
        assert CANARY not in client.get(url).content.decode()


def test_nothing_is_kept_of_guests_and_visitors(client: Client, look, alice, bob):
    make_pin(alice)
    assert "<search-kept" not in look(q="lemon").html
    assert keep(client, "?q=lemon") == 302  # to sign in
    guest = make_guest(make_conversation(alice, bob, is_group=True), alice)
    client.force_login(guest)
    assert "<search-kept" not in look(q="lemon").html
    assert keep(client, "?q=lemon") == 403
    assert not Search.objects.exists()


def test_a_page_elsewhere_cannot_write_into_it(alice):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    assert keep(strict, "?q=planted") == 403
    assert strict.post("/search/history/clear/").status_code == 403
    assert not Search.objects.exists()


@pytest.mark.parametrize("search", ["", "?", "%00", "q=%00", "q=" + "a" * 100_000, "g=&g=", "💥"])
def test_bad_input_is_taken_calmly(client: Client, alice, search):
    client.force_login(alice)
    assert keep(client, search) == 302
    assert client.get("/search/history/").status_code == 200


def test_it_goes_with_the_account(alice):
    remember(person=alice, question=Question("lemon"))
    alice.delete()
    assert not Search.objects.exists()
