"""How polls end: at their deadline, early, once, and with which words."""

from __future__ import annotations

import pytest
from django.test import Client

from messaging import polling
from messaging.amending import take_back
from messaging.jobs import close_polls
from messaging.joining import remove_person
from messaging.models import Conversation, Member, Message, Poll, PollVote
from messaging.polling import PollClosed, outcome
from messaging.showing import message_html
from pinboard.people.models import Person
from pinboard.people.relations import block
from pinboard.pins.models import Pin
from tests.makers import make_conversation, make_pin
from tests.messaging.test_polls import JSON, ask, choose, html_of, lines, pass_deadline
from tests.together import meanwhile


@pytest.fixture
def talk(alice: Person, bob: Person) -> Conversation:
    return make_conversation(alice, bob)


@pytest.fixture
def lamps(alice: Person) -> tuple[Pin, Pin]:
    return make_pin(alice, "Ochre lamp"), make_pin(alice, "Paper lamp")


def test_at_the_deadline_it_closes_once_and_says_the_result(
    alice: Person, bob: Person, talk: Conversation, lamps: tuple[Pin, Pin]
) -> None:
    poll = ask(talk, alice, *lamps)
    choose(poll, alice, 1)
    choose(poll, bob, 1)
    close_polls()
    assert lines(talk) == []
    pass_deadline(poll)
    close_polls()
    close_polls()
    assert lines(talk) == ["The poll has closed: “Which lamp?” Paper lamp, with all 2 votes."]
    html = html_of(poll)
    assert "is-closed" in html
    assert 'data-act="vote"' not in html


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_close_it_at_the_same_moment_close_it_once(
    alice: Person, bob: Person, talk: Conversation, lamps: tuple[Pin, Pin]
) -> None:
    poll = ask(talk, alice, *lamps)
    pass_deadline(poll)
    with meanwhile(close_polls):
        close_polls()
    assert len(lines(talk)) == 1
    conversation = Conversation.objects.get(pk=talk.pk)
    numbers = Message.objects.filter(conversation=talk).values_list("number", flat=True)
    assert max(numbers) == conversation.counter


def test_whoever_looks_first_closes_what_is_due(
    client: Client, alice: Person, bob: Person, talk: Conversation, lamps: tuple[Pin, Pin]
) -> None:
    poll = ask(talk, alice, *lamps)
    after = Conversation.objects.get(pk=talk.pk).counter
    pass_deadline(poll)
    client.force_login(bob)
    page = client.get(f"/messages/{talk.pk}/changes/?after={after}").json()
    assert [message["place"] for message in page["messages"]] == [poll.message.number, after + 2]
    assert "Nobody voted." in page["messages"][1]["html"]
    assert page["number"] == after + 2


def test_a_late_vote_is_refused_with_a_sentence(
    client: Client, alice: Person, bob: Person, talk: Conversation, lamps: tuple[Pin, Pin]
) -> None:
    poll = ask(talk, alice, *lamps)
    choice = poll.choices.get(position=0)
    pass_deadline(poll)
    with pytest.raises(PollClosed):
        choose(poll, bob, 0)
    client.force_login(bob)
    answer = client.post(
        f"/messages/{talk.pk}/polls/{poll.pk}/vote/", {"choice": choice.pk}, headers=JSON
    )
    assert answer.status_code == 409
    assert answer.json()["error"].startswith("This poll has closed")
    assert not PollVote.objects.exists()
    assert len(lines(talk)) == 1


def test_only_its_maker_closes_it_early(
    client: Client, alice: Person, bob: Person, talk: Conversation, lamps: tuple[Pin, Pin]
) -> None:
    poll = ask(talk, alice, *lamps)
    choose(poll, bob, 0)
    address = f"/messages/{talk.pk}/polls/{poll.pk}/close/"
    client.force_login(bob)
    assert client.post(address).status_code == 403
    client.force_login(alice)
    client.post(address)
    client.post(address)
    assert lines(talk) == ["Alice closed the poll: “Which lamp?” Ochre lamp, with the only vote."]


@pytest.mark.parametrize(
    ("votes", "sentence"),
    [
        ((0, 0), "Nobody voted."),
        ((1, 0), "A, with the only vote."),
        ((3, 1), "A, with 3 of 4 votes."),
        ((2, 2), "It is a tie between A and B, with 2 votes each."),
        ((1, 1, 1), "It is a tie between A, B and C, with 1 vote each."),
    ],
)
def test_the_outcome_is_said_honestly(votes: tuple[int, ...], sentence: str) -> None:
    assert outcome(list(zip("ABC", votes, strict=False))) == sentence


def test_a_blocked_persons_poll_closes_without_a_word(
    alice: Person, bob: Person, talk: Conversation, lamps: tuple[Pin, Pin]
) -> None:
    poll = ask(talk, alice, *lamps)
    block(actor=bob, person=alice)
    pass_deadline(poll)
    close_polls()
    poll.refresh_from_db()
    assert poll.closed
    assert lines(talk) == []


def test_a_poll_outlives_the_membership_of_its_maker(
    alice: Person, bob: Person, charlie: Person, lamps: tuple[Pin, Pin]
) -> None:
    group = make_conversation(alice, bob, charlie)
    poll = ask(group, alice, *lamps)
    remove_person(actor=alice, conversation_id=group.pk, person=alice)
    pass_deadline(poll)
    close_polls()
    assert lines(group)[-1].startswith("The poll has closed")
    assert Member.objects.filter(conversation=group, left__isnull=True).count() == 2


def test_taking_the_message_back_takes_question_and_result_back(
    alice: Person, bob: Person, talk: Conversation, lamps: tuple[Pin, Pin]
) -> None:
    poll = ask(talk, alice, *lamps)
    choose(poll, bob, 0)
    pass_deadline(poll)
    close_polls()
    take_back(actor=alice, conversation_id=talk.pk, message_id=poll.message_id)
    assert lines(talk) == [polling.FORGOTTEN]
    assert not Poll.objects.exists()
    said = Message.objects.filter(conversation=talk)
    assert not any("lamp" in html.lower() for html in message_html(list(said)))
