"""The book-keeping of delivery: what is lost, doubled, misdirected or missing is found."""

from __future__ import annotations

import pytest

from pinboard.bench.receipts import Receipts

MEMBERS = (1, 2, 3)


@pytest.fixture
def receipts() -> Receipts:
    """Two messages to three people, acknowledged and heard by all."""
    account = Receipts()
    for word, due in (("one", 10.0), ("two", 20.0)):
        account.sent(word, audience=MEMBERS, at=due)
        account.acknowledged(word, at=due + 0.5)
        for person in MEMBERS:
            account.heard(word, person=person, at=due + person / 10)
    return account


def test_when_everybody_heard_everything_once_the_account_is_sound(receipts):
    tally = receipts.tally(["one", "two"])
    assert tally.is_sound
    assert (tally.sent, tally.acknowledged, tally.delivered) == (2, 2, 6)
    assert sorted(tally.acknowledgements) == [0.5, 0.5]
    assert [round(each, 3) for each in sorted(tally.deliveries)] == [0.1, 0.1, 0.2, 0.2, 0.3, 0.3]
    assert receipts.is_complete()


def test_a_member_who_heard_nothing_is_a_loss(receipts):
    receipts.sent("three", audience=MEMBERS, at=30.0)
    receipts.acknowledged("three", at=30.1)
    receipts.heard("three", person=1, at=30.1)
    assert not receipts.is_complete()
    tally = receipts.tally(["one", "two", "three"])
    assert (tally.lost, tally.is_sound) == (2, False)


def test_hearing_twice_is_a_duplicate_and_counts_from_the_first_time(receipts):
    receipts.heard("one", person=1, at=99.0)
    tally = receipts.tally(["one", "two"])
    assert (tally.duplicated, tally.delivered, tally.is_sound) == (1, 6, False)
    assert max(tally.deliveries) < 1


def test_a_stranger_who_hears_a_message_is_found(receipts):
    receipts.heard("one", person=9, at=10.1)
    assert receipts.tally(["one", "two"]).foreign == 1


def test_a_refused_message_is_not_a_loss_but_not_sound_either(receipts):
    receipts.sent("three", audience=MEMBERS, at=30.0)
    tally = receipts.tally(["one", "two"])
    assert (tally.refused, tally.lost, tally.missing, tally.is_sound) == (1, 0, 0, False)


@pytest.mark.parametrize(
    ("stored", "missing", "repeated"),
    [(["one"], 1, 0), (["one", "two", "two"], 0, 1), ([], 2, 0), (["one", "two", "other"], 0, 0)],
)
def test_what_the_conversation_holds_is_held_against_it(receipts, stored, missing, repeated):
    tally = receipts.tally(stored)
    assert (tally.missing, tally.repeated) == (missing, repeated)


def test_a_delivery_before_its_acknowledgement_counts_too():
    account = Receipts()
    account.sent("one", audience=[1], at=1.0)
    account.heard("one", person=1, at=1.1)
    account.acknowledged("one", at=1.2)
    assert account.tally(["one"]).is_sound
