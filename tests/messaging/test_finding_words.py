"""What is typed into the search of messages, and how words are compared."""

from __future__ import annotations

import time
from typing import Any

import pytest

from messaging.finding.words import Part, excerpt, folded_words, has_all, query_words
from pinboard.people.models import Person
from tests.makers import make_conversation, say
from tests.messaging.test_finding import HOSTILE, look


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_is_answered_at_once(
    client: Any, alice: Person, bob: Person, query: str
) -> None:
    say(make_conversation(alice, bob), alice, "Lemon pasta and a word")
    began = time.monotonic()
    look(client, bob, query)
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("raw", ["x", "-1", "9" * 30, "1.5"])
def test_nonsense_in_the_address_is_refused(client: Any, alice: Person, raw: str) -> None:
    client.force_login(alice)
    for name in ("in", "cursor"):
        answer = client.get("/messages/search/", {"q": "lemon", name: raw})
        assert answer.status_code == 400


def test_a_zero_byte_is_refused_or_answered(client: Any, alice: Person) -> None:
    client.force_login(alice)
    assert client.get("/messages/search/", {"q": "\x00lemon"}).status_code in (200, 400)


def test_words_are_folded_alike_in_the_index_and_in_the_query() -> None:
    assert folded_words("L’Été à Łódź, ÀÉÎ STRAẞE 12a ½ 東京") == [
        "l", "ete", "a", "lodz", "aei", "strasse", "12a", "12", "東", "京",
    ]  # fmt: skip
    assert query_words("word " * 3 + " ".join(map(str, range(100)))) == [
        "word",
        *map(str, range(11)),
    ]
    assert has_all(["lem", "past"], ["Lemon", "the pasta"])
    assert not has_all(["lem", "rice"], ["Lemon pasta"])


def test_an_excerpt_shows_the_words_found_in_a_long_text() -> None:
    parts = excerpt("before " * 60 + "Lémon pasta " + "after " * 60, ["lemon"])
    assert Part("Lémon", is_found=True) in parts
    whole = "".join(part.text for part in parts)
    assert whole.startswith("…")
    assert whole.endswith("…")
    assert len(whole) < 200
    assert excerpt("", ["lemon"]) == ()
    assert "".join(part.text for part in excerpt("x" * 4000, ["x"])).startswith("x")
