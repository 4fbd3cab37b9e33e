"""A deleted pin is gone from open windows and from what tabs catch up with."""

from __future__ import annotations

import pytest
from django.test import Client

from messaging.models import Conversation
from pinboard.live import publish as live
from pinboard.people.models import Person
from pinboard.pins.saving import delete_pin
from tests.makers import make_conversation, make_pin, say


@pytest.mark.django_db(transaction=True)
def test_a_deleted_pin_is_redrawn_for_everybody_and_caught_up(
    client: Client, alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk, pin = make_conversation(alice, bob), make_pin(alice, "Canary pasta")
    place = say(talk, alice, "look", pins=(pin,)).number
    seen = Conversation.objects.get(pk=talk.pk).counter
    frames: list[str] = []
    monkeypatch.setattr(live, "deliver", lambda groups, message: frames.append(str(message)))
    delete_pin(pin=pin)
    assert any("This pin is gone" in frame for frame in frames)
    client.force_login(bob)
    missed = client.get(f"/messages/{talk.pk}/changes/?after={seen}").json()
    (message,) = missed["messages"]
    assert (message["place"], message["number"]) == (place, seen + 1)
    assert "This pin is gone" in message["html"]
    assert "Canary pasta" not in message["html"]
