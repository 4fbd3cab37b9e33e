"""Notifications of the conversations: brought into a group, answered in particular."""

from __future__ import annotations

import uuid

from messaging.joining import add_people, remove_person
from messaging.models import Member, Message
from messaging.news import tell_added
from pinboard.notifications.models import Notification
from pinboard.people.relations import block, follow
from pinboard.pins.news import news_for
from tests.makers import make_conversation, say


def texts(person):
    return [line.text for line in news_for(person)]


def answer(talk, quoted, person):
    return say(talk, person, "I agree", quote=quoted.pk)


def test_an_answer_is_told_to_whom_it_answers_with_the_way_to_it(client, alice, bob):
    talk = make_conversation(alice, bob, is_group=True)
    given = answer(talk, say(talk, alice, "Blue or green?"), bob)
    (line,) = news_for(alice)
    assert line.text == "Bob answered you"
    assert line.url == f"/messages/{talk.pk}/?at={given.number}"
    assert texts(bob) == []


def test_an_answer_to_oneself_tells_nobody(alice, bob):
    talk = make_conversation(alice, bob, is_group=True)
    answer(talk, say(talk, alice, "Blue?"), alice)
    assert texts(alice) == []


def test_somebody_who_left_or_muted_or_blocked_is_not_told(alice, bob, charlie):
    talk = make_conversation(alice, bob, charlie, is_group=True)
    words = say(talk, alice, "Blue?")
    Member.objects.filter(conversation=talk, person=alice).update(muted=True)
    answer(talk, words, bob)
    assert texts(alice) == []
    Member.objects.filter(conversation=talk, person=alice).update(muted=False)
    block(actor=alice, person=bob)
    answer(talk, words, bob)
    assert texts(alice) == []
    remove_person(actor=alice, conversation_id=talk.pk, person=alice)
    answer(talk, words, charlie)
    assert not Notification.objects.filter(person=alice).exists()


def test_what_was_told_is_gone_with_the_message_and_with_the_membership(alice, bob):
    talk = make_conversation(alice, bob, is_group=True)
    given = answer(talk, say(talk, alice, "Blue?"), bob)
    Message.objects.filter(pk=given.pk).update(removed=given.created)
    assert texts(alice) == []
    Message.objects.filter(pk=given.pk).update(removed=None)
    assert texts(alice) == ["Bob answered you"]
    remove_person(actor=bob, conversation_id=talk.pk, person=alice)
    assert texts(alice) == []


def test_being_brought_into_a_group_is_told_unless_it_is_a_request(alice, bob, charlie):
    talk = make_conversation(alice, bob, is_group=True)
    add_people(actor=alice, conversation_id=talk.pk, people=[charlie])
    Notification.objects.all().delete()
    mine = Member.objects.filter(conversation=talk, person=charlie)
    mine.update(accepted=False)
    tell_added(talk, people=[charlie], actor=alice)
    assert texts(charlie) == []
    mine.update(accepted=True)
    tell_added(talk, people=[charlie], actor=alice)
    assert texts(charlie) == ["Alice brought you into a conversation"]


def test_whoever_knows_the_one_who_brings_them_is_told_at_once(alice, bob, charlie):
    follow(actor=charlie, person=alice)
    talk = make_conversation(alice, bob, is_group=True)
    add_people(actor=alice, conversation_id=talk.pk, people=[charlie])
    assert texts(charlie) == ["Alice brought you into a conversation"]


def test_a_retry_of_an_answer_notifies_nobody_again(alice, bob):
    talk = make_conversation(alice, bob, is_group=True)
    quoted, client_id = say(talk, alice, "Blue?"), uuid.uuid4()
    for _ in range(4):
        say(talk, bob, "Green", quote=quoted.pk, client_id=client_id)
    assert Notification.objects.get(person=alice).count == 1
