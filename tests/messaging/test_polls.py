"""Polls: asked over pins, one vote each, seen by those who may."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from messaging.asking import question
from messaging.jobs import close_polls
from messaging.joining import add_people
from messaging.models import Conversation, Message, MessagePin, Poll, PollVote
from messaging.polling import vote
from messaging.posting import post_message, words
from messaging.showing import message_html
from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.people.relations import follow
from pinboard.pins.models import Draft, DraftPicture, Pin
from pinboard.pins.saving import delete_pin
from tests.makers import make_conversation, make_picture, make_pin, say

JSON = {"Accept": "application/json"}


def ask(talk: Conversation, asker: Person, *pins: Pin, deadline: str = "tomorrow") -> Poll:
    message, _ = post_message(
        actor=asker,
        conversation_id=talk.pk,
        client_id=uuid.uuid4(),
        said=words(
            pins=[pin.pk for pin in pins], poll=question(text="Which lamp?", deadline=deadline)
        ),
    )
    return Poll.objects.get(message=message)


def choose(poll: Poll, person: Person, position: int | None) -> None:
    choice = None if position is None else poll.choices.get(position=position).pk
    vote(actor=person, conversation_id=poll.conversation_id, poll_id=poll.pk, choice_id=choice)


def pass_deadline(poll: Poll) -> None:
    Poll.objects.filter(pk=poll.pk).update(closes=timezone.now() - timedelta(seconds=1))


def lines(talk: Conversation) -> list[str]:
    said = Message.objects.filter(conversation=talk, kind=Message.Kind.LINE)
    return list(said.order_by("number").values_list("text", flat=True))


def html_of(poll: Poll) -> str:
    return message_html([Message.objects.get(pk=poll.message_id)])[0]


@pytest.fixture
def talk(alice: Person, bob: Person) -> Conversation:
    return make_conversation(alice, bob)


@pytest.fixture
def lamps(alice: Person) -> tuple[Pin, Pin]:
    return make_pin(alice, "Ochre lamp"), make_pin(alice, "Paper lamp")


def test_a_poll_is_asked_by_an_ordinary_form_and_voted_on_by_ordinary_buttons(
    client: Client, alice: Person, bob: Person, talk: Conversation, lamps: tuple[Pin, Pin]
) -> None:
    say(talk, bob, pins=lamps)
    client.force_login(alice)
    form = client.get(f"/messages/{talk.pk}/poll/?pin={lamps[1].pk}").content.decode()
    assert f'value="{lamps[1].pk}" checked' in form
    assert f'value="{lamps[0].pk}">' in form
    asked = client.post(
        f"/messages/{talk.pk}/poll/",
        {"question": "Which lamp?", "deadline": "hour", "pin": [lamp.pk for lamp in lamps]},
    )
    assert asked.status_code == 302
    poll = Poll.objects.get()
    client.force_login(bob)
    page = client.get(f"/messages/{talk.pk}/").content.decode()
    assert "Which lamp?" in page
    assert "Still to answer: Alice, Bob" in page
    choice = poll.choices.get(position=1)
    address = f"/messages/{talk.pk}/polls/{poll.pk}/vote/"
    assert f'formaction="{address}" name="choice" value="{choice.pk}"' in page
    client.post(address, {"choice": choice.pk})
    page = client.get(f"/messages/{talk.pk}/").content.decode()
    assert f'data-people="{bob.pk}"' in page
    assert "Still to answer: Alice" in page


def test_one_has_one_vote_and_may_change_it_or_take_it_back(
    alice: Person, bob: Person, talk: Conversation, lamps: tuple[Pin, Pin]
) -> None:
    poll = ask(talk, alice, *lamps)
    choose(poll, bob, 0)
    choose(poll, bob, 1)
    assert [row.choice.position for row in PollVote.objects.all()] == [1]
    changed = Message.objects.get(pk=poll.message_id).changed
    choose(poll, bob, 1)  # no change, so nobody is told
    assert Message.objects.get(pk=poll.message_id).changed == changed
    choose(poll, bob, None)
    assert not PollVote.objects.exists()


def test_strangers_and_later_members_find_no_poll(
    client: Client,
    alice: Person,
    bob: Person,
    charlie: Person,
    lamps: tuple[Pin, Pin],
) -> None:
    follow(actor=charlie, person=alice)
    group = make_conversation(alice, bob, is_group=True)
    poll = ask(group, alice, *lamps)
    choice = poll.choices.get(position=0)
    address = f"/messages/{group.pk}/polls/{poll.pk}/vote/"
    wrong = f"/messages/{group.pk}/polls/{10**9}/vote/"
    client.force_login(charlie)
    assert client.post(address, {"choice": choice.pk}).status_code == 404
    add_people(actor=alice, conversation_id=group.pk, people=[charlie])
    hidden = client.post(address, {"choice": choice.pk}, headers=JSON)
    unknown = client.post(wrong, {"choice": choice.pk}, headers=JSON)
    assert (hidden.status_code, hidden.content) == (404, unknown.content)
    pass_deadline(poll)
    close_polls()
    page = client.get(f"/messages/{group.pk}/").content.decode()
    assert "The poll has closed: the result stands beside its pins." in page
    assert "Which lamp" not in page
    assert "Ochre" not in page


def test_a_private_pin_is_asked_about_by_its_maker_or_where_it_is_already(
    alice: Person, bob: Person, talk: Conversation, lamps: tuple[Pin, Pin]
) -> None:
    private = make_pin(alice, "Secret lamp", is_public=False)
    with pytest.raises(PinboardError, match="gone"):
        ask(talk, bob, lamps[0], private)
    poll = ask(talk, alice, lamps[0], private)
    assert Pin.objects.visible_to(bob).filter(pk=private.pk).exists()
    assert MessagePin.objects.filter(message=poll.message).count() == 2
    ask(talk, bob, lamps[0], private)


def test_what_is_asked_badly_gets_a_sentence(
    client: Client, alice: Person, talk: Conversation, lamps: tuple[Pin, Pin]
) -> None:
    client.force_login(alice)
    pins = [lamp.pk for lamp in lamps]
    good: dict[str, Any] = {"question": "Which?", "deadline": "hour", "pin": pins}
    for wrong, sentence in (
        ({"question": " "}, "Write what you want to know."),
        ({"pin": pins[:1]}, "A poll is over 2 to 6 pins; this one has 1."),
        ({"pin": range(1, 9)}, "A poll is over 2 to 6 pins; this one has 8."),
        ({"deadline": ""}, "Choose when the poll closes."),
        ({"deadline": "date", "date": "soon"}, "Choose the day and the time"),
        ({"deadline": "date", "date": "2020-01-01T10:00"}, "A poll closes in the future"),
        ({"deadline": "date", "date": "9999-12-31T23:59"}, "A poll closes in the future"),
        ({"pin": [pins[0], 10**9]}, "A pin in this message is gone."),
    ):
        answer = client.post(f"/messages/{talk.pk}/poll/", {**good, **wrong}, headers=JSON)
        assert answer.status_code in (400, 422), sentence
        assert sentence in answer.json()["error"]
        page = client.post(f"/messages/{talk.pk}/poll/", {**good, **wrong})
        assert sentence in page.content.decode().replace("&#x27;", "'")
    assert not Poll.objects.exists()


def test_a_retry_is_the_same_poll_even_after_its_deadline(
    client: Client, alice: Person, talk: Conversation, lamps: tuple[Pin, Pin]
) -> None:
    client.force_login(alice)
    body = {
        "client_id": str(uuid.uuid4()),
        "question": "Which?",
        "deadline": "hour",
        "pin": [lamp.pk for lamp in lamps],
    }
    first = client.post(f"/messages/{talk.pk}/poll/", body, headers=JSON)
    pass_deadline(Poll.objects.get())
    second = client.post(f"/messages/{talk.pk}/poll/", body, headers=JSON)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    other = client.post(f"/messages/{talk.pk}/poll/", {**body, "question": "Who?"}, headers=JSON)
    assert other.status_code == 409


def test_tonight_and_tomorrow_are_those_of_the_asker(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 11, 23, 20, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    monkeypatch.setattr(timezone, "now", lambda: now)
    for deadline, zone, closes in (
        ("tonight", "Europe/Berlin", datetime(2026, 11, 23, 22, tzinfo=now.tzinfo)),
        ("tomorrow", "Europe/Berlin", datetime(2026, 11, 24, 22, tzinfo=now.tzinfo)),
        ("tonight", "Asia/Tokyo", datetime(2026, 11, 24, 22, tzinfo=ZoneInfo("Asia/Tokyo"))),
        ("hour", "../etc/passwd", now + timedelta(hours=1)),
    ):
        assert question(text="Which?", deadline=deadline, zone=zone).closes == closes
    late = now.replace(hour=23, minute=40)
    monkeypatch.setattr(timezone, "now", lambda: late)
    asked = question(text="Which?", deadline="tonight", zone="Europe/Berlin")
    assert asked.closes == late + timedelta(hours=1)


def test_votes_for_a_pin_that_was_deleted_stay_and_no_new_ones_come(
    alice: Person, bob: Person, talk: Conversation, lamps: tuple[Pin, Pin]
) -> None:
    poll = ask(talk, alice, *lamps)
    choose(poll, bob, 0)
    delete_pin(pin=lamps[0])
    with pytest.raises(PinboardError, match="gone"):
        choose(poll, alice, 0)
    assert "This pin is gone" in html_of(poll)
    pass_deadline(poll)
    close_polls()
    assert lines(talk)[-1].endswith("a pin that is gone, with the only vote.")


def test_many_polls_cost_as_many_queries_as_one(
    alice: Person, bob: Person, talk: Conversation, lamps: tuple[Pin, Pin]
) -> None:
    costs = []
    for more in (1, 6):
        for _ in range(more):
            choose(ask(talk, alice, *lamps), bob, 0)
        messages = list(Message.objects.filter(conversation=talk))
        with CaptureQueriesContext(connection) as queries:
            message_html(messages)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_picture_that_waits_in_the_composer_can_be_a_choice(
    client: Client, alice: Person, bob: Person, talk: Conversation, lamps: tuple[Pin, Pin]
) -> None:
    draft = Draft.objects.create(person=alice, state=Draft.State.READY)
    offer = DraftPicture.objects.create(draft=draft, picture=make_picture())
    client.force_login(alice)
    form = client.get(f"/messages/{talk.pk}/poll/?pin=o{offer.pk}").content.decode()
    assert f'value="o{offer.pk}" checked' in form
    body = {"question": "Which?", "deadline": "hour", "pin": [lamps[0].pk, f"o{offer.pk}"]}
    client.post(f"/messages/{talk.pk}/poll/", body)
    poll = Poll.objects.get()
    choose(poll, bob, 1)
    brought = poll.choices.get(position=1).pin
    assert brought
    assert not brought.is_public
    assert Pin.objects.visible_to(bob).filter(pk=brought.pk).exists()


def test_of_a_very_long_list_only_the_first_are_offered(
    client: Client, alice: Person, talk: Conversation
) -> None:
    client.force_login(alice)
    query = "&".join(f"pin={876543000 + n}&pin=o{765432000 + n}" for n in range(400))
    with CaptureQueriesContext(connection) as ran:
        assert client.get(f"/messages/{talk.pk}/poll/?{query}").status_code == 200
    asked = " ".join(one["sql"] for one in ran.captured_queries)
    assert len(set(re.findall(r"876543\d{3}|765432\d{3}", asked))) == 24
