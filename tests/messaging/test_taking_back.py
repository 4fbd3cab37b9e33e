"""Taking a message back: nothing of it stays, whoever asks and however often."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from messaging.amending import amend, take_back
from messaging.deciding import decide, give_verdict, reopen
from messaging.models import Conversation, Decision, Message, Verdict
from messaging.posting import post_message, words
from messaging.reacting import react
from pinboard.images.models import Picture
from pinboard.live import publish as live
from pinboard.people.models import Person
from pinboard.pins.models import Pin
from tests.makers import bring_in, make_conversation, make_pin, say
from tests.messaging.test_amending import CANARY, JSON, THUMB, change, everything_of


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[set[str], dict[str, Any]]]:
    """What leaves towards sockets: (groups, frame)."""
    frames: list[tuple[set[str], dict[str, Any]]] = []

    def take(groups: list[str], message: dict[str, Any]) -> None:
        frame = json.loads(message.get("text", "{}"))
        if frame.get("type") in {"message.changed", "conversation.changed"}:
            frames.append((set(groups), frame))

    monkeypatch.setattr(live, "deliver", take)
    return frames


def test_nothing_of_a_message_taken_back_is_found_anywhere(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    pin = make_pin(alice, f"Title {CANARY}", is_public=False)
    said = words(text=CANARY, pins=[pin.pk], search=f"q={CANARY}")
    message, _ = post_message(
        actor=alice, conversation_id=talk.pk, client_id=uuid.uuid4(), said=said
    )
    react(actor=bob, conversation_id=talk.pk, message_id=message.pk, emoji=THUMB)
    give_verdict(actor=bob, conversation_id=talk.pk, pin_id=pin.pk, value="yes")
    answer = words(text="Yes", quote=message.pk)
    post_message(actor=bob, conversation_id=talk.pk, client_id=uuid.uuid4(), said=answer)
    client.force_login(bob)
    before = everything_of(client, talk)
    assert CANARY in before
    assert THUMB in before
    assert client.get(f"/pins/{pin.pk}/").status_code == 200

    take_back(actor=alice, conversation_id=talk.pk, message_id=message.pk)
    after = everything_of(client, talk)
    assert CANARY not in after
    assert f'title="Bob">{THUMB}' not in after
    assert "Alice took a message back" in after
    assert client.get(f"/pins/{pin.pk}/").status_code == 404
    assert client.get(f"/messages/{talk.pk}/acts/?message={message.pk}").status_code == 404
    assert not Pin.objects.visible_to(bob).filter(pk=pin.pk).exists()
    assert not Picture.objects.visible_to(bob).filter(pk=pin.picture_id).exists()
    message.refresh_from_db()
    assert (message.text, message.search, message.body_digest) == ("", "", "")
    assert not Verdict.objects.exists()
    assert not message.pins.exists()
    assert not message.reactions.exists()


def test_a_pin_that_is_shared_a_second_time_stays_with_its_verdicts_and_decision(
    client: Client, alice: Person, bob: Person
) -> None:
    talk, pin = make_conversation(alice, bob), make_pin(alice, is_public=False)
    first, _ = (say(talk, alice, "", pins=(pin,)) for _ in range(2))
    give_verdict(actor=bob, conversation_id=talk.pk, pin_id=pin.pk, value="yes")
    decide(actor=bob, conversation_id=talk.pk, pin_id=pin.pk)
    take_back(actor=alice, conversation_id=talk.pk, message_id=first.pk)
    client.force_login(bob)
    assert client.get(f"/pins/{pin.pk}/").status_code == 200
    assert Verdict.objects.exists()
    assert Decision.objects.exists()


def test_lines_about_a_message_taken_back_name_its_pins_no_more(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    pin = make_pin(alice, f"Title {CANARY}", is_public=False)
    message = say(talk, alice, "", pins=(pin,))
    which: dict[str, Any] = {"actor": bob, "conversation_id": talk.pk, "pin_id": pin.pk}
    decide(**which, reason=f"because of {CANARY}")
    reopen(**which)
    decide(**which)
    client.force_login(bob)
    assert CANARY in everything_of(client, talk)
    take_back(actor=alice, conversation_id=talk.pk, message_id=message.pk)
    after = everything_of(client, talk)
    assert CANARY not in after
    assert "Bob decided on a pin" in after
    assert "Bob reopened a pin" in after
    assert not Message.objects.filter(text__contains=CANARY).exists()


def test_what_a_decision_folded_away_unfolds_when_its_pin_is_taken_back(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    other = say(talk, alice, "", pins=(make_pin(alice),))
    pin = make_pin(alice)
    chosen = say(talk, alice, "", pins=(pin,))
    decide(actor=bob, conversation_id=talk.pk, pin_id=pin.pk)
    before = Conversation.objects.get(pk=talk.pk).counter
    take_back(actor=alice, conversation_id=talk.pk, message_id=chosen.pk)
    client.force_login(bob)
    page = client.get(f"/messages/{talk.pk}/changes/?after={before}").json()
    assert other.number in [item["place"] for item in page["messages"]]


@pytest.mark.django_db(transaction=True)
def test_changes_of_old_words_are_told_to_nobody_who_joined_later(
    alice: Person, bob: Person, charlie: Person, heard: list[tuple[set[str], dict[str, Any]]]
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    early, answered = (say(group, alice, f"{CANARY} {n}") for n in range(2))
    bring_in(group, charlie)
    answer = say(group, bob, "Yes", quote=answered.pk)
    heard.clear()
    which: dict[str, Any] = {"actor": alice, "conversation_id": group.pk}
    react(**which, message_id=early.pk, emoji=THUMB)
    amend(**which, message_id=early.pk, text=f"{CANARY} amended")
    take_back(**which, message_id=early.pk)
    old = {f"person-{alice.pk}", f"person-{bob.pk}"}
    assert [groups for groups, _ in heard] == [old] * 3
    heard.clear()
    # Charlie sees the answer, which changes too, and hears only that something did.
    amend(**which, message_id=answered.pk, text=f"{CANARY} amended")
    ((groups, frame),) = heard
    assert f"person-{charlie.pk}" in groups
    answer.refresh_from_db()
    assert frame == {
        "type": "conversation.changed",
        "conversation": group.pk,
        "number": answer.changed,
    }


@pytest.mark.django_db(transaction=True)
def test_words_taken_back_before_their_change_was_told_are_not_told_any_more(
    alice: Person, bob: Person, heard: list[tuple[set[str], dict[str, Any]]]
) -> None:
    talk = make_conversation(alice, bob)
    message = say(talk, alice, "Hello")
    heard.clear()
    which: dict[str, Any] = {"actor": alice, "conversation_id": talk.pk, "message_id": message.pk}
    with transaction.atomic():  # both are told when this ends
        amend(**which, text=CANARY)
        take_back(**which)
    assert [frame["number"] - message.number for _, frame in heard] == [1, 2]
    assert CANARY not in str(heard)


def test_what_was_taken_back_stays_so_however_often_its_sending_is_retried(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    client_id = uuid.uuid4()
    message = say(talk, alice, CANARY, client_id=client_id)
    client.force_login(alice)
    first = change(client, message, "take-back").json()
    assert change(client, message, "take-back").json()["number"] == first["number"]
    body = {"client_id": str(client_id), "text": CANARY}
    for _ in range(2):
        answer = client.post(f"/messages/{talk.pk}/post/", body, headers=JSON)
        assert (answer.status_code, answer.json()["id"]) == (200, message.pk)
        assert CANARY not in answer.json()["html"]
    assert change(client, message, "amend", text=CANARY).json()["code"] == "taken_back"
    assert not Message.objects.filter(text=CANARY).exists()


def test_a_message_taken_back_unread_is_no_longer_counted(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    message = say(talk, alice, CANARY)
    client.force_login(bob)
    assert client.get("/messages/unread/").json()["total"] == 1
    take_back(actor=alice, conversation_id=talk.pk, message_id=message.pk)
    assert client.get("/messages/unread/").json()["total"] == 0
