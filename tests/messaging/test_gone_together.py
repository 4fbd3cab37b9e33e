"""Somebody deletes, blocks or shares while others write: nobody waits for ever."""

from __future__ import annotations

from messaging.amending import amend
from messaging.models import MessageWords
from messaging.numbers import with_lock
from pinboard.people.models import Person
from pinboard.pins.saving import delete_pin
from tests.makers import make_conversation, make_pin, say
from tests.together import meanwhile


def test_amending_a_message_whose_pin_is_being_deleted_does_not_get_stuck(
    transactional_db: None, alice: Person, bob: Person
) -> None:
    talk, pin = make_conversation(alice, bob), make_pin(alice, "Lemon pasta")
    message = say(talk, bob, "look", pins=(pin,))

    def change() -> None:
        amend(actor=bob, conversation_id=talk.pk, message_id=message.pk, text="see")

    with meanwhile(lambda: delete_pin(pin=pin), then=change), with_lock(talk.pk, actor=bob):
        pass
    assert MessageWords.objects.get(message=message).words.split() == ["see"]
