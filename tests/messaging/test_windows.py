"""What the windows of the dock and the tray are made of."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from messaging.deciding import decide, give_verdict
from messaging.models import Decision
from messaging.showing import everyone_in, show_messages
from pinboard.people.models import Person
from pinboard.people.relations import follow
from tests.makers import bring_in, make_conversation, make_pin, say


def test_a_message_carries_the_client_id_by_which_its_sender_knows_it(
    client: Any, alice: Person, bob: Person
) -> None:
    conversation = make_conversation(alice, bob)
    message = say(conversation, alice)
    client.force_login(bob)
    page = client.get(f"/messages/{conversation.pk}/window/")
    assert f'data-client="{message.client_id}"' in page.content.decode()


def test_a_reason_given_without_scripts_arrives_with_its_pin(
    client: Any, alice: Person, bob: Person
) -> None:
    conversation = make_conversation(alice, bob)
    first, second = make_pin(alice), make_pin(alice)
    say(conversation, alice, pins=(first, second))
    client.force_login(bob)
    client.post(
        f"/messages/{conversation.pk}/decide/?pin={second.pk}",
        {f"reason-{first.pk}": "wrong", f"reason-{second.pk}": "It is quick"},
    )
    decision = Decision.objects.get()
    assert (decision.pin_id, decision.reason) == (second.pk, "It is quick")


def test_a_decided_pin_offers_to_be_opened_again(client: Any, alice: Person, bob: Person) -> None:
    conversation = make_conversation(alice, bob)
    pin = make_pin(alice)
    say(conversation, alice, pins=(pin,))
    decide(actor=bob, conversation_id=conversation.pk, pin_id=pin.pk, reason="It is quick")
    client.force_login(alice)
    page = client.get(f"/messages/{conversation.pk}/window/").content.decode()
    assert "by Bob: It is quick" in page
    assert f"/messages/{conversation.pk}/reopen/?pin={pin.pk}" in page


def test_a_window_that_was_only_opened_is_not_listed(
    client: Any, alice: Person, bob: Person
) -> None:
    conversation = make_conversation(alice, bob)
    client.force_login(bob)
    address = f"/messages/{conversation.pk}/"
    assert address not in client.get("/messages/").content.decode()
    say(conversation, alice)
    assert address in client.get("/messages/").content.decode()


def test_the_tray_lists_somebody_once(client: Any, alice: Person, bob: Person) -> None:
    client.force_login(alice)
    assert f'data-person="{bob.pk}"' in client.get("/messages/tray/").content.decode()
    say(make_conversation(alice, bob), alice)
    assert f'data-person="{bob.pk}"' not in client.get("/messages/tray/").content.decode()


def test_somebody_is_added_to_a_group_by_username(
    client: Any, alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    follow(actor=charlie, person=alice)
    client.force_login(alice)
    url = f"/messages/{group.pk}/members/add/"
    assert "nobody by that username" in client.post(url, {"username": "x"}).content.decode()
    assert client.post(url, {"username": "@Charlie"}).status_code == 302
    client.force_login(charlie)
    assert client.get(group.get_absolute_url()).status_code == 200


def test_a_conversation_with_a_pin_in_its_composer_takes_ten_queries(
    client: Any, alice: Person, bob: Person, django_assert_max_num_queries: Any
) -> None:
    conversation, pin, chosen = make_conversation(alice, bob), make_pin(alice), make_pin(alice)
    say(conversation, alice, pins=(pin,))
    decide(actor=bob, conversation_id=conversation.pk, pin_id=pin.pk)
    client.force_login(alice)
    with django_assert_max_num_queries(10):
        page = client.get(f"/messages/{conversation.pk}/?pin={chosen.pk}").content.decode()
    assert f'name="pin" value="{chosen.pk}"' in page


def test_whoever_joined_and_judged_in_this_very_moment_breaks_no_page(
    alice: Person, bob: Person, charlie: Person
) -> None:
    group, pin = make_conversation(alice, bob, is_group=True), make_pin(alice)
    message = say(group, alice, pins=(pin,))
    before = everyone_in(group.pk)
    bring_in(group, charlie)
    say(group, bob, pins=(pin,))
    give_verdict(actor=charlie, conversation_id=group.pk, pin_id=pin.pk, value="yes")
    decide(actor=charlie, conversation_id=group.pk, pin_id=pin.pk)
    (shown,) = show_messages([message], members=before)
    (shared,) = shown.cards
    assert (shared.answered, shared.decided_by) == (False, "")


@pytest.mark.parametrize("others", [2, 30])
def test_what_saying_something_costs_does_not_grow_with_who_hears_it(
    client: Client, alice: Person, others: int, django_assert_max_num_queries: Any
) -> None:
    """Who it is, the lock and its commit, what is written, who hears it."""
    everybody = [Person.objects.create_user(username=f"other{number}") for number in range(others)]
    conversation = make_conversation(alice, *everybody, is_group=True)
    client.force_login(alice)
    with django_assert_max_num_queries(14):  # two savepoints of the test's own among them
        answer = client.post(f"/messages/{conversation.pk}/post/", {"text": "Hello"})
    assert answer.status_code == 302
