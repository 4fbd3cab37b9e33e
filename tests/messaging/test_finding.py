"""Searching the messages and pins of one's conversations."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from messaging.amending import amend, take_back
from messaging.finding.keeping import index_messages
from messaging.joining import add_people, remove_person
from messaging.models import Conversation, Member, Message, MessageWords
from pinboard.people.models import Person
from pinboard.pins.saving import change_pin, delete_pin
from tests.makers import make_conversation, make_pin, make_source, say

HOSTILE = (
    "",
    " ",
    "'",
    '"',
    '"" OR 1',
    "a AND",
    "NOT",
    "NEAR(a b)",
    "*",
    "a*",
    "words:",
    "{words} : x",
    "-lemon",
    "^lemon",
    "%_\\",
    "(((",
    "lemon | pasta & !x <-> :*",
    "_1",
    ".*+?[a-z]{2,}$",
    "'; DROP TABLE messaging_message; --",
    "😀",
    "l" * 10_000,
    "lemon " * 2_000,
    "(a|" * 3_000,
)


def look(client: Any, person: Person, query: str, **more: Any) -> str:
    client.force_login(person)
    answer = client.get("/messages/search/", {"q": query, **more})
    assert answer.status_code == 200
    return str(answer.content.decode())


def bring_in(person: Person, group: Conversation, *, actor: Person) -> None:
    """Added, and glad of it."""
    add_people(actor=actor, conversation_id=group.pk, people=[person])
    Member.objects.filter(conversation=group, person=person).update(accepted=True)


@pytest.mark.parametrize("query", ["lemon", "LEM", "creme", "Crème", "brûl", "pasta lemon"])
def test_a_message_is_found_by_the_beginnings_of_its_words(
    client: Any, alice: Person, bob: Person, query: str
) -> None:
    talk = make_conversation(alice, bob)
    message = say(talk, alice, "Lemon pasta, then crème brûlée?")
    say(talk, bob, "No")
    page = look(client, bob, query)
    assert f"/messages/{talk.pk}/?at={message.number}#at" in page
    assert page.count('class="row found"') == 1


def test_every_word_has_to_be_there(client: Any, alice: Person, bob: Person) -> None:
    say(make_conversation(alice, bob), alice, "Lemon pasta")
    assert "row found" not in look(client, bob, "lemon soup")
    assert "row found" not in look(client, bob, "emon")


def test_a_result_tells_who_when_where_and_marks_the_words(
    client: Any, alice: Person, bob: Person
) -> None:
    say(make_conversation(alice, bob), alice, "Is <b>Lemon</b> pasta good?")
    page = look(client, bob, "lemon")
    assert "<mark>Lemon</mark>" in page
    assert "&lt;b&gt;" in page
    assert "Alice" in page


def test_a_pin_is_found_by_title_description_and_source(
    client: Any, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    pin = make_pin(
        alice,
        "Ochre lamp",
        description="Warm linen shade",
        source=make_source(site_name="Fable & Sons"),
    )
    message = say(talk, alice, "", pins=(pin,))
    for query in ("ochre", "linen", "fable"):
        assert f"?at={message.number}#at" in look(client, bob, query)


def test_a_pin_is_found_by_its_new_words_and_no_more_by_the_old(
    client: Any, alice: Person, bob: Person
) -> None:
    pin = make_pin(alice, "Ochre lamp")
    say(make_conversation(alice, bob), alice, "This one", pins=(pin,))
    change_pin(pin=pin, title="Brass lamp", description="", alt="")
    assert "row found" in look(client, bob, "brass")
    assert "row found" not in look(client, bob, "ochre")
    delete_pin(pin=pin)
    assert "row found" not in look(client, bob, "brass")
    assert "row found" in look(client, bob, "this")
    assert "brass" not in MessageWords.objects.get().words


def test_nobody_finds_what_others_said_among_themselves(
    client: Any, alice: Person, bob: Person, charlie: Person
) -> None:
    talk = make_conversation(alice, bob)
    say(talk, alice, "Canary")
    say(make_conversation(bob, charlie), charlie, "Hello")
    assert "row found" not in look(client, charlie, "canary")
    client.force_login(charlie)
    assert client.get("/messages/search/", {"q": "canary", "in": talk.pk}).status_code == 404


def test_what_was_said_before_one_joined_is_never_found(
    client: Any, alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    pin = make_pin(alice, "Canary lamp", is_public=False)
    early = say(group, alice, "Canary", pins=(pin,))
    bring_in(charlie, group, actor=alice)
    amend(actor=alice, conversation_id=group.pk, message_id=early.pk, text="Canary bird")
    assert "row found" not in look(client, charlie, "canary")
    assert "row found" not in look(client, charlie, "canary", **{"in": group.pk})
    late = say(group, bob, "Which canary?")
    page = look(client, charlie, "canary")
    assert f"?at={late.number}#at" in page
    assert page.count('class="row found"') == 1


def test_much_that_one_may_not_see_does_not_hide_what_one_may(
    client: Any, alice: Person, bob: Person, charlie: Person
) -> None:
    known = make_conversation(alice, charlie)
    mine = say(known, charlie, "A canary of ours")
    group = make_conversation(alice, bob, is_group=True)
    for number in range(45):
        say(group, alice, f"Canary {number}")
    bring_in(charlie, group, actor=alice)
    assert f"/messages/{known.pk}/?at={mine.number}" in look(client, charlie, "canary")


def test_whoever_was_removed_finds_nothing(
    client: Any, alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, charlie)
    say(group, alice, "Canary")
    assert "row found" in look(client, charlie, "canary")
    remove_person(actor=alice, conversation_id=group.pk, person=charlie)
    assert "row found" not in look(client, charlie, "canary")
    client.force_login(charlie)
    assert client.get("/messages/search/", {"q": "canary", "in": group.pk}).status_code == 404


def test_a_request_is_not_looked_into_before_it_is_accepted(
    client: Any, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    say(talk, alice, "Canary")
    mine = Member.objects.filter(conversation=talk, person=bob)
    mine.update(accepted=False)
    assert "row found" not in look(client, bob, "canary")
    mine.update(accepted=True)
    assert "row found" in look(client, bob, "canary")


def test_an_edit_leaves_the_index_with_its_commit(client: Any, alice: Person, bob: Person) -> None:
    talk = make_conversation(alice, bob)
    message = say(talk, alice, "Canary")
    amend(actor=alice, conversation_id=talk.pk, message_id=message.pk, text="Sparrow")
    assert "row found" not in look(client, bob, "canary")
    assert "row found" in look(client, bob, "sparrow")
    assert MessageWords.objects.get().words == "sparrow"


def test_what_was_taken_back_leaves_the_index_with_its_commit(
    client: Any, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    message = say(talk, alice, "Canary", pins=(make_pin(alice),))
    take_back(actor=alice, conversation_id=talk.pk, message_id=message.pk)
    assert not MessageWords.objects.exists()
    assert "row found" not in look(client, bob, "canary")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM messaging_words_fts WHERE words MATCH 'canary'")
            assert cursor.fetchone() == (0,)


def test_a_stale_entry_of_the_index_shows_nothing(client: Any, alice: Person, bob: Person) -> None:
    """What is found is looked at once more as it is now."""
    message = say(make_conversation(alice, bob), alice, "Canary")
    Message.objects.filter(pk=message.pk).update(text="Sparrow")
    assert "row found" not in look(client, bob, "canary")
    index_messages([message.pk])
    assert "row found" in look(client, bob, "sparrow")


def test_one_conversation_can_be_searched_alone(client: Any, alice: Person, bob: Person) -> None:
    here = make_conversation(alice, bob)
    there = make_conversation(alice, bob, is_group=True)
    say(here, alice, "Lemon here")
    say(there, alice, "Lemon there")
    page = look(client, bob, "lemon", **{"in": there.pk})
    assert f"/messages/{there.pk}/?at=" in page
    assert f"/messages/{here.pk}/?at=" not in page


def test_results_come_in_pages(client: Any, alice: Person, bob: Person) -> None:
    talk = make_conversation(alice, bob)
    for number in range(45):
        say(talk, alice, f"Lemon {number}")
    client.force_login(bob)
    address, seen = "/messages/search/?q=lemon", []
    for size in (20, 20, 5):
        answer = client.get(address)
        results = answer.context["results"]
        assert len(results) == size
        seen += [found.id for found in results]
        address = answer.context["next_url"]
    assert not address
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) == 45


def test_thirty_searches_a_minute(client: Any, alice: Person, settings: Any) -> None:
    settings.RATE_LIMITS = True
    client.force_login(alice)
    # Twice as many, should the minute end meanwhile.
    answers = [client.get("/messages/search/?q=lemon") for _ in range(62)]
    codes = [answer.status_code for answer in answers]
    assert codes[:30] == [200] * 30
    assert 429 in codes
    assert answers[codes.index(429)].headers["Retry-After"]


def test_ten_times_the_results_cost_no_more_queries(
    client: Any, alice: Person, bob: Person
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            look(client, bob, "lemon")
        return len(asked)

    for _ in range(2):
        say(make_conversation(alice, bob, is_group=True), alice, "", pins=(make_pin(alice),))
    look(client, bob, "lemon")
    few = queries()
    for _ in range(18):
        say(make_conversation(alice, bob, is_group=True), alice, "", pins=(make_pin(alice),))
    assert queries() == few


@pytest.mark.django_db(transaction=True)
def test_a_source_that_is_named_anew_outside_a_transaction_is_found_by_it(
    client: Any, alice: Person, bob: Person
) -> None:
    """PostgreSQL holds rows only inside one."""
    pin = make_pin(alice, "Lemon pasta", source=make_source(site_name="Before"))
    message = say(make_conversation(alice, bob), alice, "Look", pins=(pin,))
    assert pin.source
    pin.source.site_name = "Zestkitchen"
    pin.source.save()
    assert f"?at={message.number}#at" in look(client, bob, "zestkitchen")
