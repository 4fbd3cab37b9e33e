"""Reading a conversation around any place, and going on from there."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from messaging.deciding import give_verdict
from messaging.joining import add_people
from messaging.models import Conversation, Member, Message
from pinboard.people.models import Person
from tests.makers import make_conversation, make_pin, say

PLACES = re.compile(r'data-place="(\d+)"')


def say_many(talk: Conversation, sender: Person, first: int, last: int, text: str) -> None:
    """Messages first..last at once, each at the place of its number."""
    Message.objects.bulk_create(
        Message(
            conversation=talk,
            sender=sender,
            client_id=uuid.uuid4(),
            number=number,
            changed=number,
            text=f"{text} {number}",
        )
        for number in range(first, last + 1)
    )
    Conversation.objects.filter(pk=talk.pk).update(counter=last)
    talk.refresh_from_db()


@pytest.fixture
def talk(alice: Person, bob: Person) -> Conversation:
    """A hundred and twenty messages of Alice's, all read by Bob; two of them with a pin."""
    talk = make_conversation(alice, bob)
    say_many(talk, alice, 1, 118, "Message")
    Message.objects.filter(conversation=talk, number=60).delete()
    Conversation.objects.filter(pk=talk.pk).update(counter=59)
    say(talk, alice, "Message 60", pins=(make_pin(alice),))
    Conversation.objects.filter(pk=talk.pk).update(counter=118)
    say(talk, alice, "Message 119", pins=(make_pin(alice),))
    say(talk, alice, "Message 120")
    Member.objects.filter(conversation=talk).update(read=120)
    talk.refresh_from_db()
    return talk


def places(client: Any, address: str) -> list[int]:
    answer = client.get(address)
    assert answer.status_code == 200
    return [int(place) for place in PLACES.findall(answer.content.decode())]


def span(first: int, last: int) -> list[int]:
    return list(range(first, last + 1))


@pytest.mark.parametrize(
    ("query", "shown", "older", "newer"),
    [
        ("", span(71, 120), "before=71", ""),
        ("?newest=1", span(71, 120), "before=71", ""),
        ("?at=60", span(35, 84), "before=35", "after=84"),
        ("?at=1", span(1, 25), "", "after=25"),
        ("?at=120", span(95, 120), "before=95", ""),
        ("?at=999", span(96, 120), "before=96", ""),
        ("?before=71", span(21, 70), "before=21", "after=70"),
        ("?before=21", span(1, 20), "", "after=20"),
        ("?after=84", span(85, 120), "before=85", ""),
        ("?after=20", span(21, 70), "before=21", "after=70"),
    ],
)
@pytest.mark.parametrize("path", ["", "window/"])
def test_every_stretch_leads_on_at_both_ends(
    client: Any,
    bob: Person,
    talk: Conversation,
    path: str,
    query: str,
    shown: list[int],
    older: str,
    newer: str,
) -> None:
    client.force_login(bob)
    address = f"/messages/{talk.pk}/{path}{query}"
    assert places(client, address) == shown
    page = client.get(address).content.decode()
    url = f"/messages/{talk.pk}/"
    assert (f'href="{url}?{older}" data-older' in page) == bool(older)
    assert ("data-older" in page) == bool(older)
    assert (f'href="{url}?{newer}" data-newer' in page) == bool(newer)
    assert (f'href="{url}?newest=1" data-newest' in page) == bool(newer)


def test_the_place_is_marked(client: Any, bob: Person, talk: Conversation) -> None:
    client.force_login(bob)
    page = client.get(f"/messages/{talk.pk}/?at=60").content.decode()
    marked = page[page.index('<li class="message-at" id="at">') :]
    assert PLACES.findall(marked)[0] == "60"
    assert "message-at" not in client.get(f"/messages/{talk.pk}/").content.decode()


@pytest.mark.parametrize("name", ["at", "before", "after"])
@pytest.mark.parametrize("raw", ["x", "-1", "1.5", "9" * 19, "²"])
def test_nonsense_for_a_place_is_refused(
    client: Any, bob: Person, talk: Conversation, name: str, raw: str
) -> None:
    client.force_login(bob)
    assert client.get(f"/messages/{talk.pk}/", {name: raw}).status_code == 400


@pytest.mark.parametrize("name", ["at", "before", "after"])
def test_the_highest_place_of_all_is_no_failure(
    client: Any, bob: Person, talk: Conversation, name: str
) -> None:
    client.force_login(bob)
    assert client.get(f"/messages/{talk.pk}/", {name: "9" * 18}).status_code == 200


def test_more_than_a_page_unread_opens_where_the_unread_begins(
    client: Any, bob: Person, talk: Conversation
) -> None:
    Member.objects.filter(conversation=talk, person=bob).update(read=40)
    client.force_login(bob)
    page = client.get(f"/messages/{talk.pk}/").content.decode()
    shown = [int(place) for place in PLACES.findall(page)]
    assert shown == span(41, 90)
    assert "data-older" in page
    assert PLACES.findall(page[page.index('class="message-new"') :])[0] == "41"
    assert places(client, f"/messages/{talk.pk}/?newest=1") == span(71, 120)


def test_up_to_a_page_unread_opens_at_the_end(client: Any, bob: Person, talk: Conversation) -> None:
    Member.objects.filter(conversation=talk, person=bob).update(read=70)
    client.force_login(bob)
    assert places(client, f"/messages/{talk.pk}/") == span(71, 120)


def test_many_changes_are_not_many_messages(
    client: Any, alice: Person, bob: Person, talk: Conversation
) -> None:
    pin = make_pin(alice)
    say(talk, alice, pins=(pin,))
    for number in range(60):
        value = ("yes", "no")[number % 2]
        give_verdict(actor=alice, conversation_id=talk.pk, pin_id=pin.pk, value=value)
    client.force_login(bob)
    assert places(client, f"/messages/{talk.pk}/") == span(72, 121)


def test_nothing_from_before_one_joined_is_around_any_place(
    client: Any, alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    first = group.counter + 1
    say_many(group, alice, first, first + 79, "Canary")
    add_people(actor=alice, conversation_id=group.pk, people=[charlie])
    Member.objects.filter(conversation=group, person=charlie).update(accepted=True)
    since = Member.objects.get(conversation=group, person=charlie).since
    group.refresh_from_db()
    say_many(group, alice, group.counter + 1, group.counter + 80, "Later")
    client.force_login(charlie)
    for query in ("?at=1", "?at=40", f"?at={since + 1}", "?after=1", f"?before={since + 3}", ""):
        page = client.get(f"/messages/{group.pk}/{query}").content.decode()
        assert "Canary" not in page
        assert all(int(place) > since for place in PLACES.findall(page))
    first = client.get(f"/messages/{group.pk}/?at=1").content.decode()
    assert "data-older" not in first


def test_a_stranger_reads_around_no_place(client: Any, charlie: Person, talk: Conversation) -> None:
    client.force_login(charlie)
    for path in ("", "window/"):
        for query in ("?at=60", "?before=60", "?after=60", "?newest=1"):
            assert client.get(f"/messages/{talk.pk}/{path}{query}").status_code == 404


@pytest.mark.parametrize("query", ["", "?at=60", "?before=71", "?after=20", "?newest=1"])
@pytest.mark.parametrize("read", [0, 120])
def test_ten_times_the_messages_cost_no_more_queries_and_at_most_ten(
    client: Any, alice: Person, bob: Person, talk: Conversation, query: str, read: int
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            places(client, f"/messages/{talk.pk}/{query}")
        return len(asked)

    Member.objects.filter(conversation=talk, person=bob).update(read=read)
    client.force_login(bob)
    queries()
    few = queries()
    say_many(talk, alice, 121, 1200, "Another")
    if read:
        Member.objects.filter(conversation=talk, person=bob).update(read=1200)
    assert queries() == few
    assert few <= 10


def test_a_stretch_tells_the_number_it_is_as_of(
    client: Any, alice: Person, bob: Person, talk: Conversation
) -> None:
    """By it a window knows what to ask for after it loaded a piece of the past."""
    client.force_login(bob)
    page = client.get(f"/messages/{talk.pk}/window/?before=50").content.decode()
    assert 'data-number="120"' in page
    say(talk, alice)
    page = client.get(f"/messages/{talk.pk}/window/?before=50").content.decode()
    assert 'data-number="121"' in page
