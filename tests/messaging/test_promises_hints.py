"""Hints may be lost on the way; whoever looks at a conversation learns of it soon (I5, I6)."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from messaging.joining import remove_person
from pinboard.live import publish as live
from pinboard.people.models import Person
from tests.makers import make_conversation

if TYPE_CHECKING:
    from playwright.sync_api import WebSocketRoute

JSON = {"Accept": "application/json"}


@pytest.mark.django_db(transaction=True)
def test_a_retry_tells_again_in_case_nobody_was_told(
    client: Client, alice: Person, bob: Person, charlie: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process died between the commit and the event; its sender has no answer and retries."""
    group = make_conversation(alice, bob, charlie)
    client.force_login(alice)
    said = {"client_id": str(uuid.uuid4()), "text": "Did you hear me?"}
    address = f"/messages/{group.pk}/post/"
    with monkeypatch.context() as dead:
        dead.setattr(live, "deliver", lambda *_: None)
        first = client.post(address, said, headers=JSON).json()
    told: list[tuple[list[str], dict[str, Any]]] = []
    monkeypatch.setattr(
        live, "deliver", lambda groups, message: told.append((groups, json.loads(message["text"])))
    )
    again = client.post(address, said, headers=JSON)
    assert (again.status_code, again.json()["number"]) == (200, first["number"])
    ((groups, frame),) = [each for each in told if each[1]["type"] == "message.posted"]
    assert set(groups) == {f"person-{person.pk}" for person in (alice, bob, charlie)}
    assert (frame["number"], frame["after"]) == (first["number"], first["number"] - 1)

    remove_person(actor=alice, conversation_id=group.pk, person=bob)
    told.clear()
    client.post(address, said, headers=JSON)
    (groups,) = [each[0] for each in told if each[1]["type"] == "message.posted"]
    assert f"person-{bob.pk}" not in groups


def test_a_hint_lost_without_a_trace_is_made_up_for_at_the_next_beat(
    open_window: Any, alice: Person, bob: Person
) -> None:
    from playwright.sync_api import expect

    from tests.browser.conftest import said, visit, write

    talk = make_conversation(alice, bob)
    lines: list[WebSocketRoute] = []

    def lose_what_is_said(line: WebSocketRoute) -> None:
        lines.append(line)
        server = line.connect_to_server()
        server.on_message(
            lambda frame: None if "message.posted" in str(frame) else line.send(frame)
        )

    his = open_window(bob)
    his.route_web_socket("**/live/", lose_what_is_said)
    visit(his, f"/messages/{talk.pk}/")
    hers = open_window(alice)
    visit(hers, f"/messages/{talk.pk}/")
    write(hers.locator("#page"), "Into the void")
    expect(said(hers.locator("#page"), "Into the void")).to_be_visible()
    expect(hers.locator(".is-unsent")).to_have_count(0)
    expect(said(his.locator("#page"), "Into the void")).to_have_count(0)
    lines[-1].send(json.dumps({"type": "beat"}))
    expect(said(his.locator("#page"), "Into the void")).to_be_visible()
