"""Boards: their addresses."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pinboard.people.models import Person
from pinboard.pins.boards import make_board


def test_boards_of_one_name_get_numbers_in_as_many_queries_as_the_first(
    alice: Person, bob: Person, django_assert_max_num_queries: Any
) -> None:
    slugs = [make_board(owner=alice, name="Dinner").slug for _ in range(5)]
    assert slugs == ["dinner", "dinner-2", "dinner-3", "dinner-4", "dinner-5"]
    assert make_board(owner=bob, name="Dinner").slug == "dinner"
    # Taken names, savepoint, insert, release; the words it is found by, out and in.
    with django_assert_max_num_queries(6):
        make_board(owner=alice, name="Dinner")


@pytest.mark.parametrize(
    ("name", "slug"), [("Follow", "follow-2"), ("日本", "board"), ("A" * 80, "a" * 70)]
)
def test_a_boards_name_never_makes_an_address_that_means_something_else(
    alice: Person, name: str, slug: str
) -> None:
    assert make_board(owner=alice, name=name).slug == slug


def test_a_board_without_a_name_is_asked_for_one(client: Client, alice: Person) -> None:
    client.force_login(alice)
    answer = client.post("/boards/new/", {"name": " "})
    assert answer.status_code == 422
    assert "Give the board a name." in answer.content.decode()
