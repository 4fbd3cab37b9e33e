"""What cannot be said gets its sentence, and what was typed is still there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from messaging.models import MAX_TEXT, Message
from pinboard.people.models import Follow, Person
from pinboard.pins.saving import delete_pin
from tests.makers import make_conversation, make_pin, say

JSON = {"Accept": "application/json"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": ""}, "Write something"),
        ({"text": "  \n "}, "Write something"),
        ({"text": "long " * MAX_TEXT}, "too long"),
        ({"text": "typed", "pin": "999999"}, "is gone"),
        ({"text": "typed", "pin": "seven"}, "is gone"),
        ({"text": "typed", "pin": "9" * 40}, "is gone"),
        ({"text": "typed", "client_id": "not-a-uuid"}, "valid UUID"),
    ],
)
def test_a_refused_message_says_why_and_keeps_the_words(
    client: Client, alice: Person, bob: Person, data: dict[str, Any], words: str
) -> None:
    talk = make_conversation(alice, bob)
    client.force_login(alice)
    url = f"/messages/{talk.pk}/post/"
    answer = client.post(url, data, headers=JSON)
    assert answer.status_code in (400, 422)
    assert words in answer.json()["error"]
    page = client.post(url, data)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert data["text"].strip() in page.content.decode()
    assert not Message.objects.exists()


def test_a_pin_deleted_before_sending_and_one_deleted_after(
    client: Client, alice: Person, bob: Person
) -> None:
    talk, pin, other = make_conversation(alice, bob), make_pin(alice), make_pin(alice, "Other")
    say(talk, alice, pins=(pin,))
    delete_pin(pin=pin)
    client.force_login(bob)
    assert "This pin is gone" in client.get(talk.get_absolute_url()).content.decode()
    other_id = other.pk
    delete_pin(pin=other)
    answer = client.post(
        f"/messages/{talk.pk}/post/", {"text": "look", "pin": other_id}, headers=JSON
    )
    assert answer.json()["code"] == "pin_gone"


def test_what_people_write_is_text_and_only_web_links_are_links(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    nasty = (
        "<script>alert(1)</script> <img src=x onerror=alert(1)> javascript:alert(1) "
        'https://example.org/?a="><b> data:text/html,hi mail@example.org'
    )
    say(talk, alice, nasty)
    client.force_login(bob)
    html = client.get(talk.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert 'href="javascript:' not in html
    assert 'href="data:text' not in html
    assert 'rel="nofollow noopener" target="_blank"' in html


def test_a_search_is_shared_as_a_card_that_leads_to_it(
    client: Client, alice: Person, bob: Person
) -> None:
    Follow.objects.create(follower=bob, followed=alice)  # or it would be a request to him
    client.force_login(alice)
    page = client.get("/messages/new/?q=pasta&g=lemon&g=quick").content.decode()
    assert "pasta" in page
    data = {"people": [bob.pk], "text": "Tonight?", "q": "pasta", "g": ["lemon", "quick"]}
    answer = client.post("/messages/new/", data)
    client.force_login(bob)
    html = client.get(answer["Location"]).content.decode()
    assert 'href="/search/?q=pasta&amp;g=lemon&amp;g=quick"' in html


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 19, "-1", "٣", "1_0", "seven"])
def test_no_number_is_too_long_or_too_strange(
    client: Client, alice: Person, bob: Person, number: str
) -> None:
    talk, pin = make_conversation(alice, bob), make_pin(alice)
    say(talk, alice, pins=(pin,))
    client.force_login(alice)
    url = f"/messages/{talk.pk}"
    for answer in (
        client.get(f"{url}/", {"before": number}),
        client.get(f"{url}/window/", {"before": number}),
        client.get(f"{url}/changes/", {"after": number}),
        client.post(f"{url}/read/", {"number": number}),
    ):
        assert answer.status_code == 400
    assert client.post(f"{url}/read/").status_code == 400
    assert client.post(f"{url}/verdict/", {"pin": number, "value": "yes"}).status_code == 404
    assert client.post(f"{url}/post/", {"pin": number, "text": "x"}).status_code == 422
    assert client.get(f"{url}/", {"pin": number}).status_code == 200
    assert client.get("/messages/new/", {"people": number, "pin": number}).status_code == 200
    answer = client.post("/messages/new/", {"people": number, "pin": number, "text": "x"})
    assert answer.status_code == 422


def test_a_form_sent_twice_starts_one_group(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    client.force_login(alice)
    data = {
        "people": [bob.pk, charlie.pk],
        "text": "Hello both",
        "client_id": "7e1a2f5e-5d0c-4f61-9f3a-2f2c0f1a0001",
    }
    first, second = (client.post("/messages/new/", data)["Location"] for _ in range(2))
    assert first == second
