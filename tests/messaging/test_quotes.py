"""Answering one message in particular, and how much of it is shown to whom."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from messaging.amending import amend, take_back
from messaging.joining import remove_person
from messaging.models import Conversation, Message, Poll
from messaging.posting import post_message, words
from messaging.showing import message_html, show_messages
from pinboard.people.models import Person
from tests.makers import bring_in, make_conversation, make_pin, say

JSON = {"Accept": "application/json"}
CANARY = "canary-4711"


def answer_to(message: Message, sender: Person, text: str = "Yes") -> Message:
    answer, _ = post_message(
        actor=sender,
        conversation_id=message.conversation_id,
        client_id=uuid.uuid4(),
        said=words(text=text, quote=message.pk),
    )
    return answer


def post(client: Client, conversation: Conversation, **data: Any) -> Any:
    body = {"client_id": str(uuid.uuid4()), "text": "Yes", **data}
    return client.post(f"/messages/{conversation.pk}/post/", body, headers=JSON)


def html_of(message: Message) -> str:
    (html,) = message_html([Message.objects.get(pk=message.pk)])
    return html


def test_an_answer_shows_who_and_what_it_answers_and_leads_there(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    original = say(talk, alice, "Pasta  or\n<b>soup</b>?")
    client.force_login(bob)
    html = post(client, talk, quote=original.pk).json()["html"]
    assert "<b>Alice</b><span>Pasta or &lt;b&gt;soup&lt;/b&gt;?</span>" in html
    assert f'href="/messages/{talk.pk}/?at={original.number}"' in html


@pytest.mark.parametrize("title", ["Lemon pasta", ""])
def test_an_answer_to_a_pin_without_words_says_a_pin(
    alice: Person, bob: Person, title: str
) -> None:
    talk = make_conversation(alice, bob)
    answer = answer_to(say(talk, alice, "", pins=(make_pin(alice, title),)), bob)
    assert "<b>Alice</b><span>a pin</span>" in html_of(answer)


def test_an_answer_to_a_poll_says_its_question(alice: Person, bob: Person) -> None:
    talk = make_conversation(alice, bob)
    original = say(talk, alice, "", pins=(make_pin(alice), make_pin(alice)))
    Poll.objects.create(
        message=original, conversation=talk, question="Which one?", closes=timezone.now()
    )
    assert "<b>Alice</b><span>Which one?</span>" in html_of(answer_to(original, bob))


def test_the_excerpt_waits_while_somebody_present_joined_after_the_original(
    alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    original = say(group, alice, CANARY)
    before = answer_to(original, bob, "Before Charlie came")
    bring_in(group, charlie)
    after = answer_to(original, bob, "After")
    # Charlie does not see the first answer at all, so nothing need be held back in it.
    assert CANARY in html_of(before)
    assert CANARY not in html_of(after)
    assert "An earlier message" in html_of(after)
    assert f"at={original.number}" not in html_of(after)
    remove_person(actor=alice, conversation_id=group.pk, person=charlie)
    assert CANARY in html_of(after)


def test_a_joiner_finds_nothing_of_what_is_answered_before_their_time(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    original = say(group, alice, CANARY)
    bring_in(group, charlie)
    answer_to(original, bob)
    client.force_login(charlie)
    url = group.get_absolute_url()
    pages = (url, f"{url}window/", f"{url}changes/?after=0", f"{url}?quote={original.pk}")
    for page in pages:
        assert CANARY not in client.get(page).content.decode()
    amend(actor=alice, conversation_id=group.pk, message_id=original.pk, text=f"{CANARY} once more")
    for page in pages:
        assert CANARY not in client.get(page).content.decode()


def test_what_one_may_not_see_cannot_be_answered_and_looks_like_what_never_was(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    early = say(group, alice, CANARY)
    bring_in(group, charlie)
    line = Message.objects.filter(conversation=group, kind=Message.Kind.LINE).latest("number")
    gone = say(group, alice, "Never mind")
    take_back(actor=alice, conversation_id=group.pk, message_id=gone.pk)
    elsewhere = say(make_conversation(alice, charlie), alice, CANARY)
    client.force_login(charlie)
    unknown = post(client, group, quote=10**9)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "quote_gone")
    for quote in (early.pk, line.pk, gone.pk, elsewhere.pk, 0, -1, "x", "9" * 40):
        refused = post(client, group, quote=quote)
        assert (refused.status_code, refused.content) == (404, unknown.content), quote
    assert not Message.objects.filter(sender=charlie).exists()


def test_the_same_client_id_answering_something_else_is_a_conflict(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    one, other = say(talk, alice, "One"), say(talk, alice, "Other")
    client.force_login(bob)
    client_id = str(uuid.uuid4())
    statuses = [
        post(client, talk, client_id=client_id, quote=quote).status_code
        for quote in (one.pk, one.pk, other.pk)
    ]
    assert statuses == [201, 200, 409]


def test_the_excerpt_follows_its_original(alice: Person, bob: Person) -> None:
    talk = make_conversation(alice, bob)
    original = say(talk, alice, CANARY)
    answer = answer_to(original, bob)
    amend(actor=alice, conversation_id=talk.pk, message_id=original.pk, text="Soup instead")
    original.refresh_from_db()
    answer.refresh_from_db()
    assert answer.changed == original.changed
    assert "Soup instead" in html_of(answer)
    take_back(actor=alice, conversation_id=talk.pk, message_id=original.pk)
    assert "A message that was taken back" in html_of(answer)
    assert "Soup" not in html_of(answer)


def test_an_answer_is_begun_without_scripts(client: Client, alice: Person, bob: Person) -> None:
    talk = make_conversation(alice, bob)
    original = say(talk, alice, "Pasta?")
    client.force_login(bob)
    page = client.get(f"/messages/{talk.pk}/?quote={original.pk}").content.decode()
    assert f'<input type="hidden" name="quote" value="{original.pk}">' in page
    answer = client.post(
        f"/messages/{talk.pk}/post/",
        {"client_id": str(uuid.uuid4()), "text": "", "quote": original.pk},
    )
    assert answer.status_code == 422
    assert f'name="quote" value="{original.pk}"' in answer.content.decode()


def test_answers_take_no_more_queries_than_one(
    alice: Person, bob: Person, django_assert_num_queries: Any
) -> None:
    talk = make_conversation(alice, bob)
    originals = [say(talk, alice, f"Number {n}") for n in range(6)]
    answers = [answer_to(original, bob) for original in originals]
    for shown in (answers[:1], answers):
        with django_assert_num_queries(4):  # people, marks, pins, what is answered
            assert all(message.quote for message in show_messages(shown))
