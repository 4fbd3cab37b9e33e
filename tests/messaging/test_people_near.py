"""Whom one may want to talk to: the closest first, and nobody one may not see."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from messaging import people_near
from messaging.people_near import near_people
from pinboard.people.models import Block, Follow, Person
from tests.makers import make_conversation, say


def person(name: str, family: str = "Berg") -> Person:
    return Person.objects.create_user(name.lower(), display_name=f"{name} {family}")


def names(viewer: Person, typed: str = "", **options: Any) -> list[str]:
    return [row.name.split()[0] for row in near_people(viewer, typed, **options)]


@pytest.fixture
def company(alice: Person) -> dict[str, Person]:
    """One of each closeness, made in an order that is not theirs."""
    people = {
        name: person(name)
        for name in ("Rest", "Shares", "Follower", "Followed", "Mutual", "Earlier", "Latest")
    }
    Follow.objects.create(follower=people["Follower"], followed=alice)
    Follow.objects.create(follower=alice, followed=people["Mutual"])
    Follow.objects.create(follower=people["Mutual"], followed=alice)
    Follow.objects.create(follower=alice, followed=people["Followed"])
    make_conversation(alice, people["Shares"], people["Rest"], is_group=True)
    group = make_conversation(alice, people["Shares"], is_group=True)
    say(group, alice)
    people["Rest"].memberships.all().delete()
    for name in ("Earlier", "Latest"):
        say(make_conversation(alice, people[name]), alice)
    return people


ORDER = ["Latest", "Earlier", "Mutual", "Followed", "Follower", "Shares", "Rest"]


@pytest.mark.parametrize("few", [400, 2])
@pytest.mark.parametrize("typed", ["", "berg", "b", "Bér"])
def test_the_closest_come_first(
    alice: Person, company: dict[str, Person], monkeypatch: pytest.MonkeyPatch, typed: str, few: int
) -> None:
    """Whether few people are called so or very many."""
    monkeypatch.setattr(people_near, "FEW", few)
    expected = [name for name in ORDER if few > 2 or not typed or name != "Rest"]
    assert [name for name in names(alice, typed) if name in expected] == expected


def test_blocked_gone_and_oneself_are_nobody(alice: Person, company: dict[str, Person]) -> None:
    Block.objects.create(blocker=company["Latest"], blocked=alice)
    Block.objects.create(blocker=alice, blocked=company["Mutual"])
    Person.objects.filter(pk=company["Followed"].pk).update(is_active=False)
    for typed in ("", "berg", "mutual", "alice"):
        shown = names(alice, typed)
        assert not {"Latest", "Mutual", "Followed", "Alice"} & set(shown)


def test_as_many_as_wanted_also_when_some_are_left_out(
    alice: Person, company: dict[str, Person]
) -> None:
    away = [company[name].pk for name in ("Latest", "Earlier", "Mutual")]
    assert names(alice, "berg", limit=3, without=away) == ["Followed", "Follower", "Shares"]


def test_it_asks_as_much_for_few_as_for_many(
    alice: Person, company: dict[str, Person], django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        Follow.objects.create(follower=alice, followed=person(f"Zoe{number}"))
    with django_assert_max_num_queries(10):
        assert len(names(alice, "zoe")) == people_near.PEOPLE


def test_people_of_the_group_are_not_offered_to_be_added(
    client: Client, alice: Person, company: dict[str, Person], charlie: Person
) -> None:
    group = make_conversation(alice, company["Latest"], is_group=True)
    client.force_login(alice)
    answer = client.get(f"/messages/people/?find=berg&in={group.pk}").json()["people"]
    assert "Latest Berg" not in [one["name"] for one in answer]
    assert set(answer[0]) == {"id", "name", "username", "face"}
    client.force_login(charlie)
    answer = client.get(f"/messages/people/?find=berg&in={group.pk}").json()["people"]
    assert "Latest Berg" in [one["name"] for one in answer], "who is in it is not told"


@pytest.mark.parametrize("find", ["%", "'", '"', "\\", "<b>", "a" * 5000, "\u202e", " "])
def test_whatever_is_typed_is_answered(client: Client, alice: Person, find: str) -> None:
    client.force_login(alice)
    for address in ("/messages/people/", "/messages/tray/", "/messages/new/"):
        assert client.get(address, {"find": find}).status_code == 200
