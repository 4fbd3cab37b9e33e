"""How far others have read: their small face under the last message they saw.

Only of people who let it be seen (Person.shows_read), only to members, and never across a block.
A person's receipt is one number, so it is no part of a message's HTML.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from messaging.blocking import is_silenced
from messaging.models import Conversation, Member
from pinboard.live.events import MessageRead
from pinboard.live.publish import publish
from pinboard.people.models import Person


@dataclass(frozen=True, slots=True)
class Receipt:
    """number: everything up to it was read."""

    person_id: int
    name: str
    face: str
    number: int


def receipts_among(members: Iterable[Member], *, viewer: Person) -> list[Receipt]:
    """Of members with their person__face, in a conversation the viewer sees and may write in."""
    return [
        Receipt(
            person_id=member.person_id,
            name=member.person.display_name,
            face=member.person.face_url,
            number=member.read,
        )
        for member in members
        if member.left is None
        and member.accepted
        and member.person.shows_read
        and member.person_id != viewer.pk
    ]


def receipts_in(conversation: Conversation, *, viewer: Person) -> list[Receipt]:
    """conversation: fetched through visible_to just now."""
    if is_silenced(conversation, viewer):
        return []
    members = Member.objects.filter(conversation=conversation, left__isnull=True)
    return receipts_among(members.select_related("person__face"), viewer=viewer)


def tell_seen(conversation: Conversation, *, person: Person, number: int) -> None:
    """The others see how far the person has read, if the person lets them."""
    if not person.shows_read or is_silenced(conversation, person):
        return
    others = Member.objects.filter(
        conversation=conversation, left__isnull=True, accepted=True
    ).exclude(person=person)
    event = MessageRead(conversation=conversation.pk, person=person.pk, number=number)
    publish(event, people=list(others.values_list("person_id", flat=True)))
