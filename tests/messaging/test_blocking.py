"""Between two people a block ends talking, whichever way somebody talks, from that moment on."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from messaging import posting
from messaging.deciding import decide, give_verdict
from messaging.models import Message
from messaging.posting import post_message, words
from messaging.reasons import typing_audience
from pinboard.errors import PinboardError
from pinboard.live import publish as live
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


def test_a_blocked_talk_has_no_composer_and_an_unblocked_one_has(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    say(talk, bob)

    def foot(viewer: Person) -> str:
        client.force_login(viewer)
        page = client.get(f"/messages/{talk.pk}/window/").content.decode()
        return page.partition('class="window-foot"')[2]

    block(actor=alice, person=bob)
    assert "You blocked this person" in foot(alice)
    assert "/@bob/unblock/" in foot(alice)
    assert "You can no longer write to each other" in foot(bob)
    assert "unblock" not in foot(bob)
    assert "message-composer" not in foot(alice) + foot(bob)
    unblock(actor=alice, person=bob)
    assert "message-composer" in foot(alice)
    assert "message-composer" in foot(bob)


@pytest.mark.django_db(transaction=True)
def test_both_hear_at_once_that_the_talk_closed_and_what_is_sent_reaches_nobody(
    client: Client, alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """TRUST 28: no message, badge, mail, typing, presence."""
    talk = make_conversation(alice, bob)
    told: list[tuple[str, ...]] = []
    monkeypatch.setattr(live, "deliver", lambda groups, message: told.append(tuple(sorted(groups))))
    both = tuple(sorted((f"person-{alice.pk}", f"person-{bob.pk}")))
    block(actor=alice, person=bob)
    assert both in told
    told.clear()
    client.force_login(bob)
    told.clear()
    answer = client.post(f"/messages/{talk.pk}/post/", {"text": "canary"}, headers=JSON)
    assert answer.status_code == 403
    client.post(f"/messages/{talk.pk}/read/", {"number": 9}, headers=JSON)
    assert not [groups for groups in told if f"person-{alice.pk}" in groups]
    assert typing_audience(bob.pk, talk.pk) is None
    client.force_login(alice)
    assert client.get("/messages/unread/").json()["total"] == 0
    assert "canary" not in client.get("/messages/").content.decode()
    assert not mail.outbox
    told.clear()
    unblock(actor=alice, person=bob)
    assert both in told


def test_thirty_messages_in_ten_seconds_are_the_most(
    client: Client, alice: Person, bob: Person, settings: Any
) -> None:
    """TRUST 88; that the outbox later delivers the rest is seen in a browser."""
    talk = make_conversation(alice, bob)
    settings.RATE_LIMITS = True
    client.force_login(alice)
    url = f"/messages/{talk.pk}/post/"
    answers = [
        client.post(url, {"text": str(number), "client_id": str(uuid.uuid4())}, headers=JSON)
        for number in range(31)
    ]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert [answer["Retry-After"] for answer in refused] == ["7"]
    assert Message.objects.filter(conversation=talk).count() == 30
