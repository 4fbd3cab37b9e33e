"""Beginning a conversation: whole or not at all, and once."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from messaging.models import Conversation
from pinboard.people.models import Person
from tests.makers import make_pin
from tests.messaging.test_delivery import in_parallel

JSON = {"Accept": "application/json"}


def test_a_refused_first_message_leaves_no_group_behind(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    hidden = make_pin(bob, is_public=False)
    client.force_login(alice)
    data = {"people": [bob.pk, charlie.pk], "text": "Look", "pin": hidden.pk}
    answer = client.post("/messages/new/", data, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "pin_gone")
    assert client.post("/messages/new/", data).status_code == 422
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("text", ["Hello both", ""])
@pytest.mark.django_db(transaction=True)
def test_one_form_sent_several_times_at_once_starts_one_group(
    alice: Person, bob: Person, charlie: Person, text: str
) -> None:
    client = Client()
    client.force_login(alice)
    data = {"people": [bob.pk, charlie.pk], "text": text, "client_id": str(uuid.uuid4())}

    def send(_: int) -> Any:
        mine = Client()
        mine.cookies = client.cookies
        return mine.post("/messages/new/", data, headers=JSON).json()["conversation"]

    assert len(set(in_parallel(6, send))) == 1
    assert Conversation.objects.count() == 1
    assert client.post("/messages/new/", data, headers=JSON).status_code == 200
    assert Conversation.objects.count() == 1


def test_looking_for_people_keeps_what_was_chosen_and_written(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    client.force_login(alice)
    pin = make_pin(alice)
    data = {
        "people": [bob.pk],
        "find": "char",
        "look": "1",
        "text": "Shall we?",
        "title": "Dinner",
        "pin": pin.pk,
        "q": "pasta",
        "g": "lemon",
    }
    page = client.post("/messages/new/", data)
    assert page.status_code == 200
    shown = page.content.decode()
    for kept in (
        f'value="{charlie.pk}"',
        "Shall we?",
        'value="Dinner"',
        f'name="pin" value="{pin.pk}"',
        'name="g" value="lemon"',
    ):
        assert kept in shown, kept
    assert f'value="{bob.pk}" data-name="Bob"' in shown
    assert shown.index(f'value="{bob.pk}"') < shown.index(f'value="{charlie.pk}"')
    assert not Conversation.objects.exists()


def test_a_profile_leads_to_a_talk_with_that_person(
    client: Client, alice: Person, bob: Person
) -> None:
    client.force_login(alice)
    assert "/messages/new/?to=bob" in client.get("/@bob/").content.decode()
    page = client.get("/messages/new/?to=bob").content.decode()
    assert f'value="{bob.pk}" data-name="Bob" data-username="bob" data-face="" checked' in page


@pytest.mark.parametrize("people", [[], ["0"], ["x"], ["99999999999999999999"], ["-1"]])
def test_a_talk_with_nobody_is_refused_in_words(
    client: Client, alice: Person, people: list[str]
) -> None:
    client.force_login(alice)
    answer = client.post("/messages/new/", {"people": people, "text": "Hello"}, headers=JSON)
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert not Conversation.objects.exists()


def test_a_talk_has_fifty_people_at_most(client: Client, alice: Person) -> None:
    crowd = [Person.objects.create_user(f"p{n}", display_name=f"P {n}") for n in range(50)]
    client.force_login(alice)
    data = {"people": [one.pk for one in crowd]}
    answer = client.post("/messages/new/", data, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "too_many_people")
    data = {"people": [one.pk for one in crowd[1:]]}
    assert client.post("/messages/new/", data, headers=JSON).status_code == 200
