"""Whoever missed something for hours gets one letter a day, without the words."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from messaging import missed
from messaging.changes import mark_read
from messaging.joining import remove_person
from messaging.models import Conversation, Member
from pinboard.notifications.models import Wishes
from pinboard.people.models import Person
from tests.makers import make_conversation, say
from tests.messaging.test_missed import last, long_ago


@pytest.fixture
def talk(alice: Person, bob: Person, charlie: Person) -> Conversation:
    for person in (alice, bob, charlie):
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return make_conversation(alice, bob, charlie, is_group=True)


def test_a_letter_says_where_and_from_whom_but_never_the_words(talk, alice, bob, charlie):
    long_ago(say(talk, alice, "canary-7531"))
    mark_read(person=charlie, conversation=last(talk).conversation, number=10)
    assert missed.write_letters() == 1
    (letter,) = mail.outbox
    assert letter.to == [bob.email]
    assert "Alice" in letter.body
    assert f"/messages/{talk.pk}/" in letter.body
    assert "canary" not in f"{letter.subject} {letter.body}"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nothing_is_written_about_twice_and_one_letter_comes_in_a_day(talk, alice, bob):
    long_ago(say(talk, alice, "one"))
    missed.write_letters()
    long_ago(say(talk, alice, "two"))
    before = len(mail.outbox)
    assert missed.write_letters() == 0
    Wishes.objects.update(mailed=timezone.now() - timedelta(days=1))
    missed.write_letters()
    missed.write_letters()
    (letter,) = [letter for letter in mail.outbox[before:] if letter.to == [bob.email]]
    assert "1 message " in letter.body


def test_words_said_just_now_wait_for_hours_however_old_the_talk_is(talk, alice, bob):
    first = long_ago(say(talk, alice, "one"))
    second = long_ago(say(talk, bob, "his own, which is no news to him"))
    Member.objects.update(read=second.number)
    Member.objects.filter(person=bob).update(read=first.number)
    new = say(talk, alice, "two")
    assert missed.write_letters() == 0
    long_ago(new)
    assert missed.write_letters() == 2


def test_an_address_that_nobody_confirmed_gets_no_letter(talk, alice, bob):
    EmailAddress.objects.filter(user=bob).update(verified=False)
    long_ago(say(talk, alice, "one"))
    missed.write_letters()
    assert not [letter for letter in mail.outbox if letter.to == [bob.email]]


def test_a_letter_that_fails_holds_up_nobody_and_is_tried_again(
    talk, alice, bob, charlie, monkeypatch
):
    long_ago(say(talk, alice, "one"))
    real = mail.EmailMessage.send

    def send(letter: Any, **more: Any) -> int:
        if letter.to == [bob.email]:
            raise smtplib.SMTPServerDisconnected("gone")
        return int(real(letter, **more))

    with monkeypatch.context() as patch:
        patch.setattr(mail.EmailMessage, "send", send)
        assert missed.write_letters() == 1
    assert [letter.to for letter in mail.outbox] == [[charlie.email]]
    assert missed.write_letters() == 1
    assert mail.outbox[-1].to == [bob.email]


def test_more_unread_than_is_counted_hides_no_later_words(talk, alice, bob, monkeypatch):
    monkeypatch.setattr(missed, "MOST_COUNTED", 2)
    for _ in range(3):
        long_ago(say(talk, alice, "old"))
    for _ in range(2):
        missed.write_letters()
        Wishes.objects.update(mailed=None)
    letters = [letter for letter in mail.outbox if letter.to == [bob.email]]
    assert len(letters) == 2


def test_one_press_without_signing_in_stops_the_letters(talk, alice, bob, charlie):
    long_ago(say(talk, alice, "one"))
    missed.write_letters()
    letter = next(one for one in mail.outbox if one.to == [bob.email])
    address = (
        letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    )
    program = Client(enforce_csrf_checks=True)
    assert program.get(address).status_code == 200
    assert not Wishes.objects.filter(person=bob, mails=False).exists()
    assert program.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Wishes.objects.get(person=bob).mails is False
    Wishes.objects.update(mailed=None)
    long_ago(say(talk, alice, "two"))
    missed.write_letters()
    assert len([one for one in mail.outbox if one.to == [bob.email]]) == 1


def test_a_forged_word_stops_nothing(client, bob):
    assert client.post("/notifications/no-letters/abc:def/").status_code == 404


def test_a_letter_skips_what_its_reader_may_not_see_any_more(talk, alice, bob):
    long_ago(say(talk, alice, "one"))
    remove_person(actor=alice, conversation_id=talk.pk, person=bob)
    missed.write_letters()
    assert not [one for one in mail.outbox if one.to == [bob.email]]
