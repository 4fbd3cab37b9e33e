"""Why a member of a conversation may see a pin: because it was shared there.

And why they may be brought to a board: because they accepted to talk with its owner.

Registered with the pins' one door when the house is opened. From the moment somebody leaves,
what was only shared there is out of their sight again.
"""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef

from messaging.blocking import is_silenced
from messaging.models import Member, MessagePin
from pinboard.live.hearing import Audience, on_typing
from pinboard.people.models import Person
from pinboard.pins.visibility import acquaint, admit


@admit
def shared_in_a_conversation(viewer: Person) -> Exists:
    """Shared in a message that the viewer may see (MessageQuerySet.visible_to)."""
    return Exists(
        MessagePin.objects.filter(
            pin=OuterRef("pk"),
            conversation__members__person=viewer,
            conversation__members__left__isnull=True,
            conversation__members__accepted=True,
            message__number__gt=F("conversation__members__since"),
        )
    )


@acquaint
def who_talks_with(person: Person, ids: set[int]) -> set[int]:
    """Those of these people who accepted a conversation in which the person is present, too."""
    present = Member.objects.filter(left__isnull=True, accepted=True)
    theirs = present.filter(person=person).values("conversation")
    talking = present.filter(person__in=ids, conversation__in=theirs)
    return set(talking.values_list("person_id", flat=True))


@on_typing
def typing_audience(person_id: int, conversation_id: int) -> Audience | None:
    """The other present members hear that somebody types, unless that is nobody's business.

    Outsiders, blocked, whoever has not accepted yet and whoever keeps it to themselves are not
    heard.
    """
    present = Member.objects.filter(conversation=conversation_id, left__isnull=True, accepted=True)
    members = {
        member.person_id: member for member in present.select_related("person", "conversation")
    }
    typist = members.pop(person_id, None)
    if typist is None or not typist.person.shows_typing:
        return None
    if is_silenced(typist.conversation, typist.person):
        return None
    return Audience(people=list(members), name=typist.person.display_name)
