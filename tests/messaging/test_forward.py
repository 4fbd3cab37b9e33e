"""Sending on what was shared: one pin or several, to a person or to a conversation."""

from __future__ import annotations

import re

from django.test import Client

from messaging.models import Message, MessagePin
from pinboard.people.models import Person
from tests.makers import make_conversation, make_pin, say


def test_a_shared_pin_leads_to_a_form_that_sends_it_on(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    talk, pin = make_conversation(alice, bob), make_pin(alice, "Lamp")
    say(talk, alice, pins=(pin,))
    client.force_login(bob)
    page = client.get(f"/messages/{talk.pk}/").content.decode()
    found = re.search(r'href="(/messages/new/\?pin=\d+)" data-act="send"', page)
    assert found
    form = client.get(found[1]).content.decode()
    assert f'name="pin" value="{pin.pk}"' in form
    assert f'href="/messages/{talk.pk}/?pin={pin.pk}"' in form
    client.post("/messages/new/", {"people": charlie.pk, "pin": pin.pk})
    assert Message.objects.get(conversation__members__person=charlie).pins.get().pin == pin


def test_several_pins_of_a_message_travel_together(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    talk = make_conversation(alice, bob)
    lamp, vase = make_pin(alice, "Lamp"), make_pin(alice, "Vase")
    say(talk, alice, pins=(lamp, vase))
    client.force_login(bob)
    url = f"/messages/new/?pin={vase.pk}&pin={lamp.pk}"
    form = client.get(url).content.decode()
    pins = re.findall(r'name="pin" value="(\d+)"', form)
    assert pins == [str(vase.pk), str(lamp.pk)]
    assert f'href="/messages/{talk.pk}/?pin={vase.pk}&amp;pin={lamp.pk}"' in form
    client.post("/messages/new/", {"people": charlie.pk, "pin": pins})
    sent = MessagePin.objects.filter(conversation__members__person=charlie)
    assert list(sent.values_list("pin_id", flat=True)) == [vase.pk, lamp.pk]
    waiting = client.get(f"/messages/{talk.pk}/?pin={vase.pk}&pin={lamp.pk}").content.decode()
    assert waiting.count('class="composer-pin"') >= 2


def test_a_private_pin_of_somebody_else_is_not_sent_on(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    pin = make_pin(alice, "canary", is_public=False)
    say(make_conversation(alice, bob), alice, pins=(pin,))
    client.force_login(bob)
    answer = client.post("/messages/new/", {"people": charlie.pk, "pin": pin.pk})
    assert answer.status_code == 422
    assert "private" in answer.content.decode()
    client.force_login(charlie)
    for address in (f"/messages/new/?pin={pin.pk}", f"/messages/new/?pin={pin.pk}&pin=x"):
        assert "canary" not in client.get(address).content.decode()
