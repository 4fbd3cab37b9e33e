"""Between two people a block ends talking, whichever way somebody talks, from that moment on."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from messaging import posting
from messaging.deciding import decide, give_verdict
from messaging.models import Message
from messaging.posting import post_message, words
from messaging.reasons import typing_audience
from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.people.relations import block, unblock
from tests.makers import make_conversation, make_pin, say

JSON = {"Accept": "application/json"}


def test_a_block_ends_every_way_of_talking_in_both_directions(
    client: Client, alice: Person, bob: Person
) -> None:
    talk, pin, decided = make_conversation(alice, bob), make_pin(alice), make_pin(bob)
    say(talk, alice, pins=(pin, decided))
    decide(actor=bob, conversation_id=talk.pk, pin_id=decided.pk)
    before = Message.objects.filter(conversation=talk).count()
    block(actor=alice, person=bob)
    for person in (alice, bob):
        client.force_login(person)
        for path, data in (
            ("post", {"text": "canary"}),
            ("verdict", {"pin": pin.pk, "value": "yes"}),
            ("decide", {"pin": pin.pk, "reason": "canary"}),
            ("reopen", {"pin": decided.pk}),
        ):
            answer = client.post(f"/messages/{talk.pk}/{path}/", data, headers=JSON)
            assert (path, answer.status_code, answer.json()["code"]) == (path, 403, "blocked")
        assert typing_audience(person.pk, talk.pk) is None
    assert Message.objects.filter(conversation=talk).count() == before
    assert not talk.verdicts.exists()
    assert talk.decisions.count() == 1


def test_in_a_group_people_who_blocked_each_other_go_on(
    alice: Person, bob: Person, charlie: Person
) -> None:
    group, pin = make_conversation(alice, bob, charlie), make_pin(alice)
    say(group, alice, pins=(pin,))
    block(actor=alice, person=bob)
    give_verdict(actor=bob, conversation_id=group.pk, pin_id=pin.pk, value="yes")
    audience = typing_audience(bob.pk, group.pk)
    assert audience is not None
    people, _ = audience
    assert set(people) == {alice.pk, charlie.pk}


def test_when_the_block_is_lifted_the_talk_goes_on(alice: Person, bob: Person) -> None:
    talk = make_conversation(alice, bob)
    block(actor=alice, person=bob)
    unblock(actor=alice, person=bob)
    say(talk, bob, "back")
    assert typing_audience(bob.pk, talk.pk) is not None


@pytest.mark.django_db(transaction=True)
def test_what_is_being_posted_arrives_before_the_block_is_done_or_never(
    monkeypatch: pytest.MonkeyPatch, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    checked, blocked = threading.Event(), threading.Event()
    really = posting._refuse_unseen_pins
    seen: list[int] = []

    def slowly(*arguments: Any) -> None:
        checked.set()
        # A block that waits for this message cannot end meanwhile; one that does not has ended.
        blocked.wait(1)
        really(*arguments)

    def post() -> None:
        try:
            post_message(
                actor=bob,
                conversation_id=talk.pk,
                client_id=uuid.uuid4(),
                said=words(text="in between"),
            )
        except PinboardError:
            pass  # the block was first: refused, and that is right too
        finally:
            connection.close()

    monkeypatch.setattr(posting, "_refuse_unseen_pins", slowly)
    thread = threading.Thread(target=post)
    thread.start()
    assert checked.wait(20)
    block(actor=alice, person=bob)
    seen.append(Message.objects.filter(conversation=talk).count())
    blocked.set()
    thread.join()
    seen.append(Message.objects.filter(conversation=talk).count())
    assert seen[0] == seen[1], "something was delivered after the block was done"
