"""Emoji on messages: which count, whose they are, who hears of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from messaging.amending import take_back
from messaging.emoji import QUICK, is_few_emoji, one_emoji
from messaging.models import Conversation, Message, Reaction
from messaging.reacting import MOST_KINDS, react
from messaging.showing import message_html, show_messages
from pinboard.people.models import Person
from tests.makers import bring_in, make_conversation, say

JSON = {"Accept": "application/json"}
THUMB, HEART = "\N{THUMBS UP SIGN}", "\N{HEAVY BLACK HEART}\ufe0f"
FAMILY = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
COUPLE = (
    "\N{WOMAN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}\u200d\N{HEAVY BLACK HEART}\ufe0f\u200d"
    "\N{KISS MARK}\u200d\N{MAN}\N{EMOJI MODIFIER FITZPATRICK TYPE-6}"
)


def press(client: Client, message: Message, emoji: str, **data: Any) -> Any:
    body = {"message": message.pk, "emoji": emoji, **data}
    return client.post(f"/messages/{message.conversation_id}/react/", body, headers=JSON)


@pytest.mark.parametrize("text", [*QUICK, THUMB, HEART, FAMILY, WALES, COUPLE, "1\ufe0f\u20e3"])
def test_one_emoji_is_one_however_many_characters_it_takes(text: str) -> None:
    assert one_emoji(f" {text} ") == text
    assert is_few_emoji(text)


NO_EMOJI = (
    *("", "a", "1", "#", "ok", ":)", "<b>", "\u00e9", "\x00", "\u200d", "\ufe0f", "\u202e"),
    *(THUMB * 2, f"{THUMB}a", FAMILY * 3, "\N{EMOJI MODIFIER FITZPATRICK TYPE-4}a", "\U0001f1e9"),
)


@pytest.mark.parametrize("text", NO_EMOJI)
def test_anything_else_is_no_reaction(text: str) -> None:
    assert one_emoji(text) == ""


def test_a_heart_is_one_kind_however_the_keyboard_spells_it() -> None:
    assert one_emoji("\N{HEAVY BLACK HEART}") == HEART
    assert one_emoji("1\u20e3") == "1\ufe0f\u20e3"


@pytest.mark.parametrize(
    ("text", "few"),
    [
        (THUMB, True),
        (f"{THUMB} {HEART}{FAMILY}", True),
        (THUMB * 4, False),
        (f"{THUMB} yes", False),
        ("12", False),
        ("", False),
    ],
)
def test_one_to_three_emoji_alone_are_drawn_large(text: str, few: bool) -> None:
    assert is_few_emoji(text) is few


def test_a_reaction_is_counted_with_names_and_taken_back_by_pressing_again(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    message = say(talk, alice, "Pasta?")
    react(actor=alice, conversation_id=talk.pk, message_id=message.pk, emoji=THUMB)
    client.force_login(bob)
    answer = press(client, message, THUMB).json()
    assert (answer["place"], answer["number"]) == (message.number, message.number + 2)
    assert f'data-people="{alice.pk} {bob.pk}"' in answer["html"]
    assert 'title="Alice, Bob"' in answer["html"]
    assert f"{THUMB}<b>2</b>" in answer["html"]
    press(client, message, THUMB)
    assert list(Reaction.objects.values_list("person", flat=True)) == [alice.pk]


def test_said_outright_a_repeated_press_changes_nothing_and_takes_no_number(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    message = say(talk, alice)
    client.force_login(bob)
    numbers = [press(client, message, THUMB, on=on).json()["number"] for on in (1, 1, 0, 0)]
    assert [number - message.number for number in numbers] == [1, 1, 2, 2]
    assert Conversation.objects.get(pk=talk.pk).counter == message.number + 2


def test_what_is_no_emoji_and_one_kind_too_many_are_refused_with_a_sentence(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    message = say(talk, alice)
    client.force_login(bob)
    refused = press(client, message, "yes!")
    assert (refused.status_code, refused.json()["code"]) == (400, "not_an_emoji")
    for number in range(MOST_KINDS):
        assert press(client, message, chr(0x1F600 + number)).status_code == 200
    refused = press(client, message, THUMB)
    assert refused.json()["code"] == "too_many_kinds"
    # Another person's press on a kind that is there is no new kind.
    react(actor=alice, conversation_id=talk.pk, message_id=message.pk, emoji="\U0001f600")


def test_nobody_reacts_to_what_they_may_not_see(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    early = say(group, alice, "canary")
    bring_in(group, charlie)
    line = Message.objects.filter(conversation=group, kind=Message.Kind.LINE).latest("number")
    gone = say(group, bob)
    take_back(actor=bob, conversation_id=group.pk, message_id=gone.pk)
    elsewhere = say(make_conversation(alice, charlie), alice)
    client.force_login(charlie)
    url = f"/messages/{group.pk}/react/"
    unknown = client.post(url, {"message": 10**9, "emoji": THUMB}, headers=JSON)
    assert unknown.status_code == 404
    for message in (early, line, gone, elsewhere):
        hidden = client.post(url, {"message": message.pk, "emoji": THUMB}, headers=JSON)
        assert (hidden.status_code, hidden.content) == (404, unknown.content)
    assert not Reaction.objects.exists()


def test_a_reaction_to_old_words_reaches_no_joiner(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    early = say(group, alice, "canary")
    bring_in(group, charlie)
    react(actor=bob, conversation_id=group.pk, message_id=early.pk, emoji=THUMB)
    client.force_login(charlie)
    page = client.get(f"/messages/{group.pk}/changes/?after=0").content.decode()
    assert "canary" not in page
    assert f"{THUMB}<b>" not in client.get(f"/messages/{group.pk}/window/").content.decode()


def test_a_button_without_scripts_reacts_and_leads_back(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    message = say(talk, alice)
    client.force_login(bob)
    url = f"/messages/{talk.pk}/react/?message={message.pk}"
    answer = client.post(url, {"emoji": THUMB})
    assert answer["Location"] == f"/messages/{talk.pk}/?at={message.number}#at"
    page = client.get(f"/messages/{talk.pk}/acts/?message={message.pk}").content.decode()
    assert "<b>1</b>" in page
    assert f"/messages/{talk.pk}/?quote={message.pk}" in page


def test_reactions_cost_the_same_however_many(alice: Person, bob: Person) -> None:
    talk = make_conversation(alice, bob)
    messages = [say(talk, alice, f"Number {n}") for n in range(5)]
    costs = []
    for chosen in (messages[:1], messages):
        for message in chosen:
            for emoji in QUICK:
                react(
                    actor=bob,
                    conversation_id=talk.pk,
                    message_id=message.pk,
                    emoji=emoji,
                    on=True,
                )
        with CaptureQueriesContext(connection) as queries:
            shown = show_messages(chosen)
        assert all(len(message.reactions) == len(QUICK) for message in shown)
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert message_html(messages)
