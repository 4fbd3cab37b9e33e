"""Pins in messages as values: the card, who said what to it, what was decided.

The same for every member, in a fixed number of queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from messaging.marks import Mark, Marks
from messaging.models import Member, Message, MessagePin, Verdict
from pinboard.pins.cards import CARD_FIELDS, PinCard, card_of


@dataclass(frozen=True, slots=True)
class VerdictTally:
    """How often one verdict was given, and by whom. people_ids: "3 7", for the browser."""

    value: str
    label: str
    names: str
    people_ids: str
    count: int


@dataclass(frozen=True, slots=True)
class SharedPin:
    """A pin in a message; card is None when the pin is gone.

    is_folded: another pin was decided on after this one was shared, so it steps back.
    decided_by, decided_because: "" also when it was decided before somebody came who sees this.
    """

    card: PinCard | None
    verdicts: tuple[VerdictTally, ...] = ()
    answered: bool = False
    waiting: str = ""
    is_decided: bool = False
    decided_by: str = ""
    decided_because: str = ""
    is_folded: bool = False


def shared_pins(
    messages: Sequence[Message], members: Mapping[int, Member], marks: Marks
) -> defaultdict[int, list[SharedPin]]:
    """By message, the pins it carries in their order. One query.

    messages: of one conversation, at least one. marks: marks_on() them. Whoever joined since the
    members were read is not among them; that change is told apart.
    """
    related = (f"pin__{name}" for name in CARD_FIELDS)
    shares = (
        MessagePin.objects.filter(message__in=[message.pk for message in messages])
        .select_related(*related)
        .order_by("message", "position")
    )
    found = defaultdict[int, list[SharedPin]](list)
    places = {message.pk: message.number for message in messages}
    for share in shares:
        one = shared_pin(share, marks, members, place=places[share.message_id])
        found[share.message_id].append(one)
    return found


def shared_pin(
    share: MessagePin, marks: Marks, members: Mapping[int, Member], *, place: int
) -> SharedPin:
    """share: with its pin's card fields. marks: marks_on() its message. place: the message's.

    What is shown changes only together with the message's number: a tab is told, or it has not
    changed. So nothing here may depend on who came since, nor on any clock; but
    for the age of a price and its going, which a tab knows by itself (js/elements/read-time.js).
    """
    if share.pin is None:
        return SharedPin(card=None)
    verdicts = [
        mark
        for mark in marks.verdicts[share.pin.pk]
        if mark.person_id in members and mark.number > share.marks_after
    ]
    decisions = [mark for mark in marks.decisions[share.pin.pk] if mark.person_id in members]
    decided = next((one for one in decisions if one.number > share.marks_after), None)
    answered = {verdict.person_id for verdict in verdicts}
    return SharedPin(
        card=card_of(share.pin),
        verdicts=tuple(
            _tally(value, label, verdicts, members) for value, label in Verdict.Value.choices
        ),
        answered=bool(verdicts),
        waiting=still_to_answer(members, answered, place=place) if verdicts else "",
        is_decided=bool(decisions),
        decided_by=members[decided.person_id].person.display_name if decided else "",
        decided_because=decided.word if decided else "",
        is_folded=not decisions and place < marks.folded_before,
    )


def still_to_answer(members: Mapping[int, Member], answered: Collection[int], *, place: int) -> str:
    """The names of those who are here, see what stands at this place, and have not answered."""
    return ", ".join(
        member.person.display_name
        for pk, member in members.items()
        if member.left is None and member.since < place and pk not in answered
    )


def _tally(
    value: str, label: str, verdicts: Sequence[Mark], members: Mapping[int, Member]
) -> VerdictTally:
    given = [verdict.person_id for verdict in verdicts if verdict.word == value]
    return VerdictTally(
        value=value,
        label=str(label),
        names=", ".join(members[pk].person.display_name for pk in given),
        people_ids=" ".join(str(pk) for pk in given),
        count=len(given),
    )
