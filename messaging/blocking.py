"""Blocks in a talk of two: neither writes to the other any more, in whatever way.

A block and a change of the talk wait for each other at the conversation's row: the change is
committed before block() returns, or it finds the block and is refused.
"""

from __future__ import annotations

from django.dispatch import receiver

from messaging.models import Conversation, pair_of
from pinboard.errors import PinboardError
from pinboard.people.models import Person, any_block_between
from pinboard.people.relations import person_blocked


class Blocked(PinboardError):
    code = "blocked"
    status = 403

    def __init__(self) -> None:
        super().__init__("You can no longer write to each other.")


def is_silenced(conversation: Conversation, person: Person) -> bool:
    """Whether a block ended this talk of two. In a group everybody talks with everybody."""
    if conversation.is_group:
        return False
    both = {int(word) for word in (conversation.pair or "").split(":")}
    return any_block_between(person, both - {person.pk})


@receiver(person_blocked, dispatch_uid="messaging.block")
def wait_for_the_talk(blocker: Person, blocked: Person, **_: object) -> None:
    """Inside the block's transaction: let what is being said end, hold back what comes next.

    The people are locked first, because a talk of two may be beginning (joining.py) and
    have no row yet that we could see.
    """
    people = Person.objects.filter(pk__in=(blocker.pk, blocked.pk)).order_by("pk")
    list(people.select_for_update(no_key=True).values_list("pk"))
    talk = Conversation.objects.filter(pair=pair_of(blocker, blocked))
    list(talk.select_for_update().values_list("pk"))
