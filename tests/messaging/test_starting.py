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
