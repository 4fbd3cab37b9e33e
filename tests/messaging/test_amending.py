"""Other words for what was said: who may, who hears of it, and what stays."""

from __future__ import annotations

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from messaging import telling
from messaging.amending import amend, take_back
from messaging.models import Conversation, Member, Message
from messaging.showing import message_html
from pinboard.errors import PinboardError
from pinboard.live import publish as live
from pinboard.people.models import Person
from tests.makers import bring_in, make_conversation, make_pin, say

JSON = {"Accept": "application/json"}
CANARY = "canary-4711"
THUMB = "\N{THUMBS UP SIGN}"


def change(client: Client, message: Message, act: str, **data: Any) -> Any:
    url = f"/messages/{message.conversation_id}/{act}/"
    return client.post(url, {"message": message.pk, **data}, headers=JSON)


def everything_of(client: Client, conversation: Conversation) -> str:
    """What a member finds of a conversation, wherever they look."""
    url = conversation.get_absolute_url()
    pages = (url, f"{url}window/", f"{url}changes/?after=0", "/messages/", "/messages/tray/")
    return "".join(client.get(page).content.decode() for page in pages)


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


def test_other_words_take_the_next_number_keep_the_place_and_say_so(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    message = say(talk, alice, "Pizza?")
    last = say(talk, bob, "Hm").number
    client.force_login(alice)
    answer = change(client, message, "amend", text="Pasta?").json()
    assert (answer["place"], answer["number"]) == (message.number, last + 1)
    client.force_login(bob)
    (caught_up,) = client.get(f"/messages/{talk.pk}/changes/?after={last}").json()["messages"]
    assert caught_up["html"] == answer["html"]
    assert "Pasta?" in answer["html"]
    assert 'class="message-edited"' in answer["html"]


def test_only_the_writer_changes_a_message_and_what_one_may_not_see_does_not_exist(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    early = say(group, alice, CANARY)
    bring_in(group, charlie)
    line = Message.objects.filter(conversation=group, kind=Message.Kind.LINE).latest("number")
    seen = say(group, alice, "Yours?")
    client.force_login(charlie)
    for act in ("amend", "take-back"):
        assert change(client, seen, act, text="Mine").status_code == 403
        unknown = client.post(
            f"/messages/{group.pk}/{act}/", {"message": 10**9, "text": "Mine"}, headers=JSON
        )
        assert unknown.status_code == 404
        for hidden in (early, line):
            answer = change(client, hidden, act, text="Mine")
            assert (answer.status_code, answer.content) == (404, unknown.content)
    assert (
        CANARY not in client.get(f"/messages/{group.pk}/acts/?message={early.pk}").content.decode()
    )
    assert Message.objects.get(pk=seen.pk).text == "Yours?"


def test_nothing_remains_nothing_and_too_much_is_refused(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    bare, with_pin = say(talk, alice, "Words"), say(talk, alice, "Words", pins=(make_pin(alice),))
    client.force_login(alice)
    assert change(client, bare, "amend", text=" \n").json()["code"] == "empty"
    assert change(client, bare, "amend", text="x" * 4001).json()["code"] == "too_long"
    assert change(client, with_pin, "amend", text="").status_code == 200
    counter = Conversation.objects.get(pk=talk.pk).counter
    assert change(client, bare, "amend", text="Words").json()["number"] == bare.number
    assert Conversation.objects.get(pk=talk.pk).counter == counter


def test_a_joiner_hears_nothing_of_old_words_that_change(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    early = say(group, alice, "Old")
    bring_in(group, charlie)
    amend(actor=alice, conversation_id=group.pk, message_id=early.pk, text=CANARY)
    client.force_login(charlie)
    assert CANARY not in everything_of(client, group)


def test_a_retry_of_the_first_sending_gives_the_message_as_it_is_now(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    client_id = uuid.uuid4()
    message = say(talk, alice, "First", client_id=client_id)
    amend(actor=alice, conversation_id=talk.pk, message_id=message.pk, text="Second")
    client.force_login(alice)
    body = {"client_id": str(client_id), "text": "First"}
    answer = client.post(f"/messages/{talk.pk}/post/", body, headers=JSON)
    assert (answer.status_code, answer.json()["id"]) == (200, message.pk)
    assert "Second" in answer.json()["html"]


@pytest.mark.django_db(transaction=True)
def test_other_words_and_taking_back_at_once_a_hundred_times_end_the_same_everywhere(
    alice: Person, bob: Person, client: Client
) -> None:
    talk = make_conversation(alice, bob)
    messages = [say(talk, alice, f"{CANARY} {n}") for n in range(100)]
    before = Conversation.objects.get(pk=talk.pk).counter

    def run(deed: Any) -> str:
        try:
            deed()
        except PinboardError as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    deeds: list[Any] = []
    for message in messages:
        which: dict[str, Any] = {
            "actor": alice,
            "conversation_id": talk.pk,
            "message_id": message.pk,
        }
        deeds.append(lambda which=which: amend(**which, text=f"{CANARY} again"))
        deeds.append(lambda which=which: take_back(**which))
    with ThreadPoolExecutor(max_workers=2) as pool:
        assert set(pool.map(run, deeds)) <= {"done", "taken_back"}
    ends = list(Message.objects.filter(conversation=talk).order_by("number"))
    assert all(message.removed and not message.text for message in ends)
    assert CANARY not in "".join(message_html(ends))
    # Every change that happened took one number, and everybody who catches up sees the end.
    assert len({message.changed for message in ends}) == len(ends)
    client.force_login(bob)
    page = client.get(f"/messages/{talk.pk}/changes/?after={before}").json()
    assert [item["place"] for item in sorted(page["messages"], key=lambda item: item["place"])] == [
        message.number for message in messages
    ]
    assert CANARY not in str(page)


def test_whoever_comes_while_a_change_is_drawn_is_not_sent_what_was_drawn_without_them(
    alice: Person,
    bob: Person,
    charlie: Person,
    heard: list[tuple[set[str], dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    message = say(group, alice, "Pizza?")
    real = message_html

    def meet(*drawn: Any, **how: Any) -> list[str]:
        Member.objects.create(conversation=group, person=charlie)
        return real(*drawn, **how)

    monkeypatch.setattr(telling, "message_html", meet)
    with django_capture_on_commit_callbacks(execute=True):
        amend(actor=alice, conversation_id=group.pk, message_id=message.pk, text="Pasta?")
    ((groups, frame),) = heard
    assert "Pasta?" in frame["html"]
    assert len(groups) == 2
