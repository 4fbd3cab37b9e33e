"""Who has read how far: told to members only, of people who let it, never across a block."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from messaging.joining import remove_person
from messaging.models import Conversation
from messaging.reasons import typing_audience
from pinboard.live import publish as live
from pinboard.people.models import Person
from pinboard.people.relations import block
from tests.makers import bring_in, make_conversation, say

JSON = {"Accept": "application/json"}


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[set[str], int, int]]:
    """Read marks that leave towards sockets: (groups, person, number)."""
    marks: list[tuple[set[str], int, int]] = []

    def deliver(groups: tuple[str, ...], message: dict[str, str]) -> None:
        frame = json.loads(message.get("text", "{}"))
        if frame.get("type") == "message.read":
            marks.append((set(groups), frame["person"], frame["number"]))

    monkeypatch.setattr(live, "deliver", deliver)
    return marks


def read(client: Client, person: Person, talk: Conversation, number: int) -> None:
    client.force_login(person)
    answer = client.post(f"/messages/{talk.pk}/read/", {"number": number}, headers=JSON)
    assert answer.status_code == 200


def receipts(client: Client, viewer: Person, talk: Conversation) -> dict[str, int]:
    client.force_login(viewer)
    found = client.get(f"/messages/{talk.pk}/receipts/").json()["receipts"]
    return {one["name"]: one["number"] for one in found}


@pytest.mark.django_db(transaction=True)
def test_a_read_mark_is_told_to_the_other_members_once_it_rises(
    client: Client,
    alice: Person,
    bob: Person,
    charlie: Person,
    seen: list[tuple[set[str], int, int]],
) -> None:
    group = make_conversation(alice, bob, charlie)
    message = say(group, alice)
    remove_person(actor=alice, conversation_id=group.pk, person=charlie)
    read(client, bob, group, message.number)
    read(client, bob, group, message.number)
    read(client, bob, group, 1)
    assert seen == [({f"person-{alice.pk}"}, bob.pk, message.number)]
    assert receipts(client, alice, group) == {"Bob": message.number}
    page = client.get(f"/messages/{group.pk}/window/").content.decode()
    assert f'data-person="{bob.pk}" data-number="{message.number}" data-name="Bob"' in page


@pytest.mark.django_db(transaction=True)
def test_whoever_switched_it_off_is_not_seen_reading_or_writing(
    client: Client, alice: Person, bob: Person, seen: list[tuple[set[str], int, int]]
) -> None:
    talk = make_conversation(alice, bob)
    message = say(talk, alice)
    client.force_login(bob)
    assert client.post("/me/", {"display_name": "Bob", "about": ""}).status_code == 302
    bob.refresh_from_db()
    assert (bob.shows_read, bob.shows_typing) == (False, False)
    read(client, bob, talk, message.number)
    assert seen == []
    assert receipts(client, alice, talk) == {}
    assert "Seen by Bob" not in client.get(f"/messages/{talk.pk}/").content.decode()
    assert typing_audience(bob.pk, talk.pk) is None
    # Switched on again, what stands is seen.
    client.force_login(bob)
    client.post("/me/", {"display_name": "Bob", "about": "", "shows_read": "on"})
    assert receipts(client, alice, talk) == {"Bob": message.number}
    assert typing_audience(bob.pk, talk.pk) is None


@pytest.mark.django_db(transaction=True)
def test_across_a_block_nobody_sees_who_reads(
    client: Client, alice: Person, bob: Person, seen: list[tuple[set[str], int, int]]
) -> None:
    talk = make_conversation(alice, bob)
    message = say(talk, bob)
    block(actor=alice, person=bob)
    read(client, alice, talk, message.number)
    assert seen == []
    assert receipts(client, bob, talk) == receipts(client, alice, talk) == {}
    assert "data-person" not in receipts_part(client, bob, talk)


def receipts_part(client: Client, viewer: Person, talk: Conversation) -> str:
    client.force_login(viewer)
    page = client.get(f"/messages/{talk.pk}/window/").content.decode()
    return page.partition("<message-receipts")[2].partition("</message-receipts>")[0]


def test_to_an_outsider_the_receipts_are_no_different_from_none(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    talk = make_conversation(alice, bob)
    client.force_login(charlie)
    real, wrong = (client.get(f"/messages/{pk}/receipts/", headers=JSON) for pk in (talk.pk, 10**9))
    assert (
        (real.status_code, real.content)
        == (wrong.status_code, wrong.content)
        == (404, real.content)
    )


def test_receipts_are_no_part_of_a_message(client: Client, alice: Person, bob: Person) -> None:
    talk = make_conversation(alice, bob, is_group=True)
    say(talk, alice)
    client.force_login(bob)
    before = client.get(f"/messages/{talk.pk}/changes/?after=0").json()["messages"]
    number = talk.counter + 1
    read(client, bob, talk, number)
    after = client.get(f"/messages/{talk.pk}/changes/?after=0").json()["messages"]
    assert before == after


def test_whoever_joins_is_among_the_receipts_from_then_on(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    bring_in(group, charlie)
    assert set(receipts(client, alice, group)) == {"Bob", "Charlie"}
