"""Polls in messages as values: the choices, who voted for which, who is still to answer.

The same for every member; whose vote is whose the browser finds in people_ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from messaging.models import Member, Message, Poll, PollChoice, PollVote
from messaging.shown_pins import SharedPin, still_to_answer
from pinboard.pins.cards import PinCard


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """card is None when the pin is gone. people_ids: "3 7", for the browser."""

    id: int
    card: PinCard | None
    count: int
    names: str
    people_ids: str
    leads: bool


@dataclass(frozen=True, slots=True)
class ShownPoll:
    """is_open: votes are still taken, as far as anybody has noticed (polling.py)."""

    id: int
    question: str
    closes: datetime
    is_open: bool
    choices: tuple[ShownChoice, ...]
    total: int
    waiting: str


def shown_polls(
    messages: Sequence[Message],
    members: Mapping[int, Member],
    shared: Mapping[int, Sequence[SharedPin]],
) -> dict[int, ShownPoll]:
    """By message, its poll. At most one query, two more where there are polls.

    shared: the pins of these messages (shown_pins.py); a poll's choices are among its message's.
    """
    with_pins = [message.pk for message in messages if message.pk in shared]
    polls = _polls_of(messages, with_pins)
    if not polls:
        return {}
    choices: dict[int, list[PollChoice]] = defaultdict(list)
    for choice in PollChoice.objects.filter(poll__in=polls).order_by("poll", "position"):
        choices[choice.poll_id].append(choice)
    votes: dict[int, list[PollVote]] = defaultdict(list)
    for vote in PollVote.objects.filter(poll__in=polls).order_by("given", "pk"):
        if vote.person_id in members:
            votes[vote.poll_id].append(vote)
    cards = {pin.card.id: pin.card for message in with_pins for pin in shared[message] if pin.card}
    places = {message.pk: message.number for message in messages}
    return {
        poll.message_id: _shown_poll(
            poll, choices[poll.pk], votes[poll.pk], members, cards, places[poll.message_id]
        )
        for poll in polls
    }


def _polls_of(messages: Sequence[Message], with_pins: Sequence[int]) -> list[Poll]:
    """Without a query where they came along with their messages (places.py)."""
    came_along = Message._meta.get_field("poll")
    if all(came_along.is_cached(message) for message in messages):
        return [poll for message in messages if (poll := getattr(message, "poll", None))]
    return list(Poll.objects.filter(message__in=with_pins)) if with_pins else []


def _shown_poll(
    poll: Poll,
    choices: Sequence[PollChoice],
    votes: Sequence[PollVote],
    members: Mapping[int, Member],
    cards: Mapping[int, PinCard],
    place: int,
) -> ShownPoll:
    by_choice: dict[int, list[int]] = defaultdict(list)
    for vote in votes:
        by_choice[vote.choice_id].append(vote.person_id)
    most = max((len(people) for people in by_choice.values()), default=0)
    return ShownPoll(
        id=poll.pk,
        question=poll.question,
        closes=poll.closed or poll.closes,
        is_open=poll.closed is None,
        choices=tuple(
            _shown_choice(choice, by_choice[choice.pk], most, members, cards) for choice in choices
        ),
        total=len(votes),
        waiting=still_to_answer(members, {vote.person_id for vote in votes}, place=place),
    )


def _shown_choice(
    choice: PollChoice,
    people: Sequence[int],
    most: int,
    members: Mapping[int, Member],
    cards: Mapping[int, PinCard],
) -> ShownChoice:
    return ShownChoice(
        id=choice.pk,
        card=cards.get(choice.pin_id or 0),
        count=len(people),
        names=", ".join(members[pk].person.display_name for pk in people),
        people_ids=" ".join(str(pk) for pk in people),
        leads=bool(people) and len(people) == most,
    )
