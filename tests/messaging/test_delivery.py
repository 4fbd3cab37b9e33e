"""The promises about delivery: once, in one order, nothing lost, caught up by number."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from messaging.models import Conversation, Message
from messaging.posting import post_message, words
from pinboard.people.models import Person
from tests.makers import make_conversation, make_pin, say

JSON = {"Accept": "application/json"}


def post(client: Client, conversation: Conversation, **data: Any) -> Any:
    body = {"client_id": str(uuid.uuid4()), "text": "Hello", **data}
    return client.post(f"/messages/{conversation.pk}/post/", body, headers=JSON)


def changes(client: Client, conversation: Conversation, after: int) -> Any:
    return client.get(f"/messages/{conversation.pk}/changes/?after={after}").json()


def in_parallel(calls: int, call: Any) -> list[Any]:
    """Run call(0), call(1), … in threads of their own, each with its own connection."""

    def run(index: int) -> Any:
        try:
            return call(index)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        return list(pool.map(run, range(calls)))


@pytest.mark.django_db(transaction=True)
def test_fifty_parallel_posts_with_one_client_id_make_one_message(
    alice: Person, bob: Person
) -> None:
    conversation = make_conversation(alice, bob)
    client_id = str(uuid.uuid4())
    client = Client()
    client.force_login(alice)
    cookies = client.cookies

    def send(_: int) -> tuple[int, int, int]:
        mine = Client()
        mine.cookies = cookies
        answer = post(mine, conversation, client_id=client_id, text="Once")
        return answer.status_code, answer.json()["id"], answer.json()["number"]

    answers = in_parallel(50, send)
    assert sorted(status for status, _, _ in answers) == [200] * 49 + [201]
    assert len({(pk, number) for _, pk, number in answers}) == 1
    assert Message.objects.filter(conversation=conversation, text="Once").count() == 1


def test_the_same_client_id_with_another_body_is_a_conflict(
    client: Client, alice: Person, bob: Person
) -> None:
    conversation = make_conversation(alice, bob)
    client.force_login(alice)
    client_id = str(uuid.uuid4())
    assert post(client, conversation, client_id=client_id, text="First").status_code == 201
    answer = post(client, conversation, client_id=client_id, text="Second")
    assert (answer.status_code, answer.json()["code"]) == (409, "client_id_reused")
    assert [message.text for message in Message.objects.all()] == ["First"]


@pytest.mark.django_db(transaction=True)
def test_ten_people_at_once_make_one_order_without_holes(alice: Person, bob: Person) -> None:
    conversation = make_conversation(alice, bob)
    before = conversation.counter

    def send(index: int) -> None:
        post_message(
            actor=alice if index % 2 else bob,
            conversation_id=conversation.pk,
            client_id=uuid.uuid4(),
            said=words(text=str(index)),
        )

    in_parallel(60, send)
    numbers = list(
        Message.objects.filter(conversation=conversation, number__gt=before)
        .order_by("number")
        .values_list("number", flat=True)
    )
    assert numbers == list(range(before + 1, before + 61))


def test_after_five_hundred_missed_messages_catch_up_is_complete_and_in_order(
    client: Client, alice: Person, bob: Person
) -> None:
    conversation = make_conversation(alice, bob)
    last_seen = say(conversation, alice).number
    sent = [say(conversation, alice, f"message {index}").number for index in range(500)]
    client.force_login(bob)
    heard: list[int] = []
    pages, number, more = 0, last_seen, True
    while more:
        page = changes(client, conversation, number)
        heard += [message["number"] for message in page["messages"]]
        number, more = page["number"], page["more"]
        pages += 1
    assert heard == sent
    assert pages == 3


def test_a_changed_message_is_caught_up_at_its_old_place(
    client: Client, alice: Person, bob: Person
) -> None:
    conversation = make_conversation(alice, bob)
    pin = make_pin(alice)
    place = say(conversation, alice, pins=(pin,)).number
    last = say(conversation, bob, "nice").number
    client.force_login(alice)
    url = f"/messages/{conversation.pk}/verdict/"
    assert client.post(url, {"pin": pin.pk, "value": "yes"}, headers=JSON).status_code == 200
    page = changes(client, conversation, last)
    (message,) = page["messages"]
    assert (message["place"], message["number"]) == (place, last + 1)


def test_a_page_of_changes_never_ends_inside_one_change(
    client: Client, alice: Person, bob: Person
) -> None:
    conversation = make_conversation(alice, bob)
    pin = make_pin(alice)
    for _ in range(210):
        say(conversation, alice, "", pins=(pin,))
    client.force_login(bob)
    client.post(
        f"/messages/{conversation.pk}/verdict/", {"pin": pin.pk, "value": "no"}, headers=JSON
    )
    page = changes(client, conversation, 0)
    assert len(page["messages"]) == 210
    assert not page["more"]


def test_what_comes_while_a_page_is_read_belongs_to_the_next_page(
    client: Client, alice: Person, bob: Person
) -> None:
    from messaging.changes import changes_after

    conversation = make_conversation(alice, bob)
    say(conversation, alice)
    seen_by_request = Conversation.objects.get(pk=conversation.pk)
    later = say(conversation, alice, "later")
    page = changes_after(seen_by_request, viewer=bob, number=0)
    assert later.number not in [message.number for message in page.messages]
    again = changes_after(
        Conversation.objects.get(pk=conversation.pk), viewer=bob, number=page.number
    )
    assert [message.number for message in again.messages] == [later.number]


def test_the_read_mark_only_rises_and_never_above_what_there_is(
    client: Client, alice: Person, bob: Person
) -> None:
    conversation = make_conversation(alice, bob)
    for _ in range(12):
        say(conversation, alice)
    last = Conversation.objects.get(pk=conversation.pk).counter
    client.force_login(bob)
    url = f"/messages/{conversation.pk}/read/"
    stands = [
        client.post(url, {"number": number}, headers=JSON).json()["number"]
        for number in (10, 5, 10**9)
    ]
    assert stands == [10, 10, last]


def test_unread_counts_are_of_others_messages_and_agree_everywhere(
    client: Client, alice: Person, bob: Person
) -> None:
    conversation = make_conversation(alice, bob)
    say(conversation, alice)
    say(conversation, alice)
    say(conversation, bob)  # answering is reading
    say(conversation, alice)
    client.force_login(bob)
    counts = client.get("/messages/unread/").json()
    assert counts == {"total": 1, "conversations": {str(conversation.pk): 1}}
    assert 'data-unread-messages="1"' in client.get("/").content.decode()
