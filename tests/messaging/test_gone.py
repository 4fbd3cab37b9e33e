"""A deleted pin or board is gone from open windows and from what tabs catch up with."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from messaging.asking import question
from messaging.changes import changes_after
from messaging.deciding import decide, reopen
from messaging.models import Conversation, Message, Poll
from messaging.polling import close_early, vote
from messaging.posting import post_message, words
from pinboard.live import publish as live
from pinboard.people.models import Person
from pinboard.pins.boards import delete_board
from pinboard.pins.saving import delete_pin
from tests.makers import make_board, make_conversation, make_pin, say


@pytest.mark.django_db(transaction=True)
def test_a_deleted_pin_is_redrawn_for_everybody_and_caught_up(
    client: Client, alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk, pin = make_conversation(alice, bob), make_pin(alice, "Canary pasta")
    place = say(talk, alice, "look", pins=(pin,)).number
    seen = Conversation.objects.get(pk=talk.pk).counter
    frames: list[str] = []
    monkeypatch.setattr(live, "deliver", lambda groups, message: frames.append(str(message)))
    delete_pin(pin=pin)
    assert any("This pin is gone" in frame for frame in frames)
    client.force_login(bob)
    missed = client.get(f"/messages/{talk.pk}/changes/?after={seen}").json()
    (message,) = missed["messages"]
    assert (message["place"], message["number"]) == (place, seen + 1)
    assert "This pin is gone" in message["html"]
    assert "Canary pasta" not in message["html"]


@pytest.mark.django_db(transaction=True)
def test_a_deleted_board_is_redrawn_for_everybody_and_caught_up(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk, board = make_conversation(alice, bob), make_board(alice, "Canary board")
    said = words(board=board.pk)
    post_message(actor=alice, conversation_id=talk.pk, client_id=uuid.uuid4(), said=said)
    seen = Conversation.objects.get(pk=talk.pk).counter
    frames: list[str] = []
    monkeypatch.setattr(live, "deliver", lambda groups, message: frames.append(str(message)))
    delete_board(board=board)
    assert any("This board is gone" in frame for frame in frames)
    talk.refresh_from_db()
    (message,) = changes_after(talk, viewer=bob, number=seen).messages
    assert message.changed == talk.counter == seen + 1


def test_lines_name_a_deleted_pin_no_more_and_keep_the_names_of_others(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    pasta, soup = make_pin(alice, "Canary pasta"), make_pin(alice, "Soup")
    say(talk, alice, pins=(pasta, soup))
    for pin in (pasta, soup):
        decide(actor=bob, conversation_id=talk.pk, pin_id=pin.pk, reason="quick")
    reopen(actor=bob, conversation_id=talk.pk, pin_id=pasta.pk)
    seen = Conversation.objects.get(pk=talk.pk).counter
    delete_pin(pin=pasta)
    lines = Message.objects.filter(conversation=talk, kind=Message.Kind.LINE).order_by("number")
    assert list(lines.values_list("text", flat=True)) == [
        "Bob decided on a pin",
        "Bob decided on Soup: quick",
        "Bob reopened a pin",
    ]
    talk.refresh_from_db()
    caught_up = {message.pk for message in changes_after(talk, viewer=alice, number=seen).messages}
    assert caught_up >= set(lines.values_list("pk", flat=True))
    client.force_login(alice)
    for url in (f"/messages/{talk.pk}/", f"/messages/{talk.pk}/changes/?after=0", "/messages/"):
        assert "Canary pasta" not in client.get(url).content.decode()


def test_the_result_of_a_poll_names_a_deleted_pin_no_more(alice: Person, bob: Person) -> None:
    talk = make_conversation(alice, bob)
    pasta, soup = make_pin(alice, "Canary pasta"), make_pin(alice, "Soup")
    asked = question(text="Dinner", deadline="hour")
    said = words(pins=[pasta.pk, soup.pk], poll=asked)
    post_message(actor=alice, conversation_id=talk.pk, client_id=uuid.uuid4(), said=said)
    poll = Poll.objects.get()
    for person, choice in zip((alice, bob), poll.choices.all(), strict=True):
        vote(actor=person, conversation_id=talk.pk, poll_id=poll.pk, choice_id=choice.pk)
    close_early(actor=alice, conversation_id=talk.pk, poll_id=poll.pk)
    delete_pin(pin=pasta)
    line = Message.objects.get(conversation=talk, kind=Message.Kind.LINE)
    assert line.text == (
        "Alice closed the poll: “Dinner” It is a tie between a pin that is gone and Soup, "
        "with 1 vote each."
    )
