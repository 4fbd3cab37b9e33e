"""Muted and archived conversations make no noise; counts agree everywhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from messaging.models import Conversation, Member
from messaging.receipts import receipts_in
from pinboard.live import publish as live
from pinboard.people.models import Person
from tests.makers import make_conversation, make_pin, say

JSON = {"Accept": "application/json"}


def unread(client: Client) -> tuple[int, dict[str, int]]:
    answer = client.get("/messages/unread/").json()
    page = client.get("/messages/").content.decode()
    assert f'data-unread-messages="{answer["total"]}"' in page
    return answer["total"], answer["conversations"]


def press(client: Client, talk: Conversation, act: str) -> None:
    answer = client.post(f"/messages/{talk.pk}/{act}/", headers=JSON)
    assert (answer.status_code, answer.json()) == (200, {"ok": True})


def test_a_muted_conversation_counts_nowhere_and_is_still_listed_with_a_sign(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    loud, quiet = make_conversation(alice, bob), make_conversation(alice, charlie)
    say(loud, bob)
    say(quiet, charlie)
    client.force_login(alice)
    assert unread(client)[0] == 2
    press(client, quiet, "mute")
    assert unread(client) == (1, {str(loud.pk): 1})
    page = client.get("/messages/").content.decode()
    assert quiet.get_absolute_url() in page
    assert page.count('class="row-muted"') == 1
    assert f"{quiet.get_absolute_url()}unmute/" in page
    assert "Unmute" in client.get(f"/messages/{quiet.pk}/window/").content.decode()
    press(client, quiet, "unmute")
    assert unread(client)[0] == 2
    # What Alice muted is loud for Charlie.
    assert not Member.objects.get(conversation=quiet, person=charlie).muted


def test_what_is_archived_comes_back_when_something_is_said(
    client: Client, alice: Person, bob: Person
) -> None:
    talk, pin = make_conversation(alice, bob), make_pin(alice)
    url = f'data-conversation="{talk.pk}"'
    say(talk, bob, pins=(pin,))
    client.force_login(alice)
    press(client, talk, "archive")
    assert url not in client.get("/messages/").content.decode()
    assert url in client.get("/messages/archived/").content.decode()
    assert unread(client) == (0, {})
    # A verdict is nothing said.
    client.post(f"/messages/{talk.pk}/verdict/", {"pin": pin.pk, "value": "yes"})
    assert url not in client.get("/messages/").content.decode()
    say(talk, bob, "Are you there?")
    assert url in client.get("/messages/").content.decode()
    assert url not in client.get("/messages/archived/").content.decode()
    assert unread(client) == (1, {str(talk.pk): 1})


def test_archiving_is_undone_as_it_was(client: Client, alice: Person, bob: Person) -> None:
    talk = make_conversation(alice, bob)
    say(talk, bob)
    client.force_login(alice)
    press(client, talk, "archive")
    press(client, talk, "unarchive")
    assert unread(client) == (1, {str(talk.pk): 1})
    assert f'data-conversation="{talk.pk}"' in client.get("/messages/").content.decode()


def test_without_scripts_the_forms_lead_back_and_say_what_was_done(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    say(talk, bob)
    client.force_login(alice)
    answer = client.post(f"/messages/{talk.pk}/mute/", {"next": talk.get_absolute_url()})
    assert (answer.status_code, answer["Location"]) == (302, talk.get_absolute_url())
    answer = client.post(f"/messages/{talk.pk}/archive/", follow=True)
    assert "Archived. It comes back" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_only_ones_own_tabs_hear_of_muting(
    client: Client, alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = make_conversation(alice, bob)
    told: list[str] = []
    monkeypatch.setattr(live, "deliver", lambda groups, message: told.extend(groups))
    client.force_login(alice)
    press(client, talk, "mute")
    press(client, talk, "archive")
    assert {group for group in told if group.startswith("person-")} == {f"person-{alice.pk}"}


def test_the_list_takes_as_many_queries_for_many_as_for_few(
    client: Client, alice: Person, bob: Person, charlie: Person, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(alice)
    say(make_conversation(alice, bob), bob)
    with CaptureQueriesContext(connection) as few:
        client.get("/messages/")
    for _ in range(5):
        say(make_conversation(alice, bob, charlie), bob)
    with django_assert_num_queries(len(few)):
        client.get("/messages/")


def test_a_badge_ends_at_ninety_nine(client: Client, alice: Person, bob: Person) -> None:
    talk = make_conversation(alice, bob)
    for number in range(100):
        say(talk, bob, str(number))
    client.force_login(alice)
    page = client.get("/messages/").content.decode()
    assert "99+" in page
    assert unread(client)[0] == 100
    assert receipts_in(talk, viewer=bob)[0].number == 0
