"""Verdicts and decisions: on what one sees, told to those who see it, in one change each."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from messaging.deciding import decide, reopen
from messaging.joining import add_people
from messaging.models import Conversation, Message
from pinboard.live import publish as live
from pinboard.people.models import Person
from tests.makers import make_conversation, make_pin, say

JSON = {"Accept": "application/json"}


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[set[str], dict[str, Any]]]:
    """What leaves towards sockets: (groups, frame)."""
    frames: list[tuple[set[str], dict[str, Any]]] = []

    def take(groups: list[str], message: dict[str, Any]) -> None:
        frames.append((set(groups), json.loads(message["text"])))

    monkeypatch.setattr(live, "deliver", take)
    return frames


def last_line(conversation: Conversation) -> str:
    return Message.objects.filter(conversation=conversation).latest("number").text


def test_a_pin_shared_before_one_joined_is_not_there_to_be_judged(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    pin = make_pin(alice, "canary-title", is_public=False)
    say(group, alice, pins=(pin,))
    decide(actor=alice, conversation_id=group.pk, pin_id=pin.pk)
    add_people(actor=alice, conversation_id=group.pk, people=[charlie])
    client.force_login(charlie)
    for deed in ("verdict", "decide", "reopen"):
        url = f"/messages/{group.pk}/{deed}/"
        hidden = client.post(url, {"pin": pin.pk, "value": "no"}, headers=JSON)
        unknown = client.post(url, {"pin": 10**9, "value": "no"}, headers=JSON)
        assert (hidden.status_code, hidden.content) == (404, unknown.content)
    assert "canary-title" not in client.get(f"/messages/{group.pk}/").content.decode()


def test_a_line_names_a_pin_only_when_everybody_present_may_see_it(
    alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    pin = make_pin(alice, "Lemon pasta", is_public=False)
    say(group, alice, pins=(pin,))
    about = {"actor": alice, "conversation_id": group.pk, "pin_id": pin.pk}
    decide(**about, reason="quick")
    assert last_line(group) == "Alice decided on Lemon pasta: quick"
    add_people(actor=alice, conversation_id=group.pk, people=[charlie])
    reopen(**about)
    assert last_line(group) == "Alice reopened a pin"
    decide(**about)
    assert last_line(group) == "Alice decided on a pin"
    say(group, bob, pins=(pin,))  # now Charlie sees it too
    reopen(**about)
    assert last_line(group) == "Alice reopened Lemon pasta"
