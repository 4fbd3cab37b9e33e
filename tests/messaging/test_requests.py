"""Words of somebody one does not know wait as a request (TRUST 87)."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from messaging import requesting
from messaging.deciding import decide, give_verdict, reopen
from messaging.grouping import rename
from messaging.joining import start_conversation
from messaging.models import Conversation, Member, Message
from messaging.numbers import NotAMember
from messaging.reasons import typing_audience
from pinboard.live import publish as live
from pinboard.people.models import Person
from pinboard.people.relations import block, follow
from tests.conftest import make_person
from tests.makers import make_conversation, make_pin, say

JSON = {"Accept": "application/json"}
Heard = list[tuple[tuple[str, ...], str]]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """What leaves towards sockets: (groups, frame)."""
    frames: Heard = []
    monkeypatch.setattr(
        live, "deliver", lambda groups, message: frames.append((tuple(groups), str(message)))
    )
    return frames


def write(client: Client, sender: Person, *people: Person, **fields: Any) -> Conversation:
    """Begin a talk as a person does it."""
    client.force_login(sender)
    data = {"people": [person.pk for person in people], "client_id": str(uuid.uuid4()), **fields}
    answer = client.post("/messages/new/", data, headers=JSON)
    assert answer.status_code == 200, answer.content
    return Conversation.objects.get(pk=answer.json()["conversation"])


def test_a_strangers_words_wait_and_show_only_who_asks(
    client: Client, alice: Person, bob: Person
) -> None:
    pin = make_pin(alice, "canary-pin", is_public=False)
    talk = write(client, alice, bob, text="canary-words", pin=pin.pk)
    client.force_login(bob)
    listed = client.get("/messages/").content.decode()
    assert "Requests" in listed
    assert "canary" not in listed
    assert talk.get_absolute_url() not in listed
    requests = client.get("/messages/requests/").content.decode()
    assert "Alice" in requests
    assert "canary" not in requests
    assert client.get("/messages/unread/").json() == {"total": 0, "conversations": {}}
    assert 'data-unread-messages="0"' in listed
    assert "canary" not in client.get("/messages/tray/").content.decode()
    for path in ("window/", "changes/?after=0", "receipts/"):
        assert client.get(f"/messages/{talk.pk}/{path}").status_code == 404
    for path, data in (("read", {"number": 1}), ("post", {"text": "x"}), ("verdict", {})):
        assert client.post(f"/messages/{talk.pk}/{path}/", data).status_code == 404
    assert client.get(pin.get_absolute_url()).status_code == 404
    assert client.get(pin.picture.src).status_code == 404
    assert not Message.objects.visible_to(bob).exists()


def test_the_opened_request_shows_words_and_no_picture_and_sends_nothing_back(
    client: Client, alice: Person, bob: Person
) -> None:
    hidden, public = make_pin(alice, "Hidden", is_public=False), make_pin(alice, "Public one")
    talk = write(client, alice, bob, text="Look at https://evil.example/x", pin=hidden.pk)
    say(talk, alice, "", pins=(public,))
    client.force_login(bob)
    answer = client.get(f"/messages/{talk.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/messages/requests/{talk.pk}/")
    page = client.get(answer["Location"]).content.decode()
    assert "Look at https://evil.example/x" in page
    assert 'href="https://evil.example' not in page
    assert "A pin, shown when you accept" in page
    assert "Hidden" not in page
    assert f'<a href="{public.get_absolute_url()}">Public one</a>' in page
    for pin in (hidden, public):
        assert pin.picture.src not in page
    assert Member.objects.get(conversation=talk, person=bob).read == 0
    client.force_login(alice)
    assert client.get(f"/messages/{talk.pk}/receipts/").json() == {"receipts": []}


@pytest.mark.django_db(transaction=True)
def test_no_event_with_words_reaches_who_has_not_accepted(
    client: Client, alice: Person, bob: Person, heard: Heard
) -> None:
    pin = make_pin(alice)
    talk = write(client, alice, bob, text="canary", pin=pin.pk)
    give_verdict(actor=alice, conversation_id=talk.pk, pin_id=pin.pk, value="yes")
    told = {name for groups, frame in heard if "message." in frame for name in groups}
    assert told == {f"person-{alice.pk}"}
    # That there is a request, his tabs hear at once: once, and by its number only.
    his = [frame for groups, frame in heard if f"person-{bob.pk}" in groups]
    assert len(his) == 1
    assert "membership.changed" in his[0]
    say(talk, alice, "canary 2")
    assert len([frame for groups, frame in heard if f"person-{bob.pk}" in groups]) == 1
    audience = typing_audience(alice.pk, talk.pk)
    assert audience is not None
    assert list(audience[0]) == []
    assert typing_audience(bob.pk, talk.pk) is None
    requesting.accept(actor=bob, conversation_id=talk.pk)
    heard.clear()
    say(talk, alice, "canary")
    told = {name for groups, frame in heard if "canary" in frame for name in groups}
    assert told == {f"person-{alice.pk}", f"person-{bob.pk}"}


@pytest.mark.parametrize("answer", ["", "Hello Alice"])
def test_accepting_opens_the_conversation_also_by_answering(
    client: Client, alice: Person, bob: Person, answer: str
) -> None:
    talk = write(client, alice, bob, text="Hello Bob")
    client.force_login(bob)
    done = client.post(f"/messages/requests/{talk.pk}/accept/", {"text": answer})
    assert (done.status_code, done["Location"]) == (302, talk.get_absolute_url())
    page = client.get(talk.get_absolute_url()).content.decode()
    assert "Hello Bob" in page
    assert (answer in page) if answer else True
    assert Message.objects.filter(sender=bob).count() == bool(answer)
    assert client.post(f"/messages/requests/{talk.pk}/accept/").status_code == 404
    client.force_login(alice)
    say(talk, alice, "one of many")
    assert "Not accepted yet" not in client.get(talk.get_absolute_url()).content.decode()


def test_beginning_to_talk_with_who_asked_accepts(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = write(client, alice, bob, text="Hello Bob")
    assert write(client, bob, alice) == talk
    assert client.get(f"/messages/{talk.pk}/window/").status_code == 200


def test_whom_one_follows_or_talks_with_already_needs_not_ask(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    follow(actor=bob, person=alice)
    talk = write(client, alice, bob, text="Hello")
    assert talk.members.get(person=bob).accepted
    make_conversation(alice, charlie, make_person("Dora"))
    assert write(client, alice, charlie, text="Hello").members.get(person=charlie).accepted
    # That Alice follows Dev says nothing about Dev.
    dev = make_person("Dev")
    follow(actor=alice, person=dev)
    asked = write(client, alice, dev, text="Hello")
    assert not asked.members.get(person=dev).accepted
    follow(actor=dev, person=alice)
    assert asked.members.get(person=dev).accepted


def test_before_the_answer_five_messages_are_the_most(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = write(client, alice, bob, text="1")
    url = f"/messages/{talk.pk}/post/"
    assert "up to 5 messages" in client.get(talk.get_absolute_url()).content.decode()
    for text in "2345":
        assert client.post(url, {"text": text}, headers=JSON).status_code == 201
    answer = client.post(url, {"text": "6"}, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_accepted_yet")
    assert "until this conversation is accepted" in answer.json()["error"]
    requesting.accept(actor=bob, conversation_id=talk.pk)
    assert client.post(url, {"text": "6"}, headers=JSON).status_code == 201


def test_twenty_strangers_a_day_are_the_most(client: Client, alice: Person, settings: Any) -> None:
    settings.RATE_LIMITS = True
    people = [make_person(f"stranger{number}") for number in range(22)]
    for person in people[:20]:
        say(start_conversation(actor=alice, people=[person]), alice)
    client.force_login(alice)
    data = {"people": [people[20].pk], "text": "Hi"}
    answer = client.post("/messages/new/", data, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
    assert 0 < int(answer["Retry-After"]) <= 86_400
    assert not Message.objects.filter(conversation__members__person=people[20]).exists()
    assert client.post("/messages/new/", data).status_code == 422
    # Whoever knows Alice hears from her all the same.
    follow(actor=people[21], person=alice)
    data = {"people": [people[21].pk], "text": "Hi"}
    assert client.post("/messages/new/", data, headers=JSON).status_code == 200


def test_a_deleted_request_is_gone_for_good_and_nobody_is_told(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = write(client, alice, bob, text="canary")
    before = client.get(talk.get_absolute_url()).content.decode()
    client.force_login(bob)
    assert client.post(f"/messages/requests/{talk.pk}/delete/").status_code == 302
    say(talk, alice, "again")
    assert "Alice" not in client.get("/messages/requests/").content.decode()
    assert client.get(f"/messages/requests/{talk.pk}/").status_code == 404
    client.force_login(alice)
    after = client.get(talk.get_absolute_url()).content.decode()
    assert ("Not accepted yet" in before, "Not accepted yet" in after) == (True, True)
    # Should Bob begin to talk himself, what he deleted stays deleted.
    write(client, bob, alice, text="Hello")
    page = client.get(talk.get_absolute_url()).content.decode()
    assert "Hello" in page
    assert "canary" not in page


def test_a_block_takes_the_request_away(client: Client, alice: Person, bob: Person) -> None:
    talk = write(client, alice, bob, text="canary")
    block(actor=bob, person=alice)
    client.force_login(bob)
    assert "Alice" not in client.get("/messages/requests/").content.decode()
    assert client.get(f"/messages/requests/{talk.pk}/").status_code == 404
    with pytest.raises(NotAMember):
        requesting.delete(actor=bob, conversation_id=talk.pk)


def test_nobody_else_opens_or_answers_a_request(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    talk = write(client, alice, bob, text="canary")
    for person in (alice, charlie):
        client.force_login(person)
        assert client.get(f"/messages/requests/{talk.pk}/").status_code == 404
        for deed in ("accept", "delete", "report"):
            assert client.post(f"/messages/requests/{talk.pk}/{deed}/").status_code == 404
    assert not talk.members.get(person=bob).accepted


def test_the_list_of_requests_takes_as_many_queries_for_many_as_for_one(
    client: Client, alice: Person, bob: Person, django_assert_max_num_queries: Any
) -> None:
    write(client, alice, bob, text="Hello")
    for number in range(6):
        other = make_person(f"asker{number}")
        say(start_conversation(actor=other, people=[bob]), other)
    client.force_login(bob)
    with django_assert_max_num_queries(6):
        page = client.get("/messages/requests/").content.decode()
    assert page.count("request-row") == 7


def test_a_quote_does_not_give_away_that_a_request_was_deleted(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = write(client, alice, bob, text="My first words")
    first = Message.objects.get(conversation=talk)
    requesting.delete(actor=bob, conversation_id=talk.pk)
    say(talk, alice, "Did you see this?", quote=first.pk)
    client.force_login(alice)
    page = client.get(f"/messages/{talk.pk}/window/").content.decode()
    assert page.count("My first words") == 2


def test_no_words_pass_the_five_messages_as_reasons_or_as_names(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    pin = make_pin(alice)
    group = write(client, alice, bob, charlie, pin=pin.pk, text="Look")
    about: dict[str, Any] = {"actor": alice, "conversation_id": group.pk}
    with pytest.raises(requesting.NotAcceptedYet):
        decide(**about, pin_id=pin.pk, reason="canary")
    with pytest.raises(requesting.NotAcceptedYet):
        reopen(**about, pin_id=pin.pk)
    with pytest.raises(requesting.NotAcceptedYet):
        rename(**about, title="canary")
    requesting.accept(actor=charlie, conversation_id=group.pk)
    decide(**about, pin_id=pin.pk, reason="canary")
    client.force_login(bob)
    page = client.get(f"/messages/requests/{group.pk}/").content.decode()
    assert "Look" in page
    assert "canary" not in page
