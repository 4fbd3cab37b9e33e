"""Messages as HTML: drawn once, the same for every member, with a fixed number of queries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import parse_qs
from uuid import UUID

from django.template.loader import get_template
from django.utils.html import urlize
from django.utils.safestring import SafeString, mark_safe

from messaging.models import Decision, Member, Message, MessagePin, Verdict
from pinboard.people.models import Person
from pinboard.pins.cards import CARD_FIELDS, PinCard, card_of

REMEMBERED_TEXTS = 2_000


EMPTY_LINES = re.compile(r"\n{3,}")


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
    """A pin in a message; card is None when the pin is gone."""

    card: PinCard | None
    verdicts: tuple[VerdictTally, ...] = ()
    answered: bool = False
    waiting: str = ""
    decided_by: str = ""
    decided_because: str = ""


@dataclass(frozen=True, slots=True)
class SharedSearch:
    query: str
    guides: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """What messages/_message.html needs. number: of the last change; place: born with.

    A value through and through, by which the template remembers what it drew.
    """

    id: int
    client_id: UUID
    conversation_id: int
    number: int
    place: int
    kind: str
    sender_id: int
    sender_name: str
    sender_url: str
    sender_face: str
    time: datetime
    text_html: SafeString
    search: SharedSearch | None
    cards: tuple[SharedPin, ...] = ()


def everyone_in(conversation_id: int) -> dict[int, Member]:
    """By person, everybody who is or ever was a member, so all senders too. One query."""
    members = Member.objects.filter(conversation=conversation_id)
    return {
        member.person_id: member for member in members.select_related("person__face").order_by("pk")
    }


def show_messages(
    messages: Sequence[Message], *, members: Mapping[int, Member] | None = None
) -> list[ShownMessage]:
    """Messages of one conversation, ready for their template. At most four queries.

    members: everyone_in() the conversation, where that is known already.
    """
    if not messages:
        return []
    members = members or everyone_in(messages[0].conversation_id)
    shared = _shared_pins(messages, members)
    return [
        _shown(message, members[message.sender_id].person, shared[message.pk])
        for message in messages
    ]


def message_html(messages: Sequence[Message]) -> list[str]:
    """The HTML of each message, in the same order."""
    template = get_template("messaging/_message.html")
    return [template.render({"message": shown}) for shown in show_messages(messages)]


@lru_cache(maxsize=REMEMBERED_TEXTS)
def text_html(text: str) -> SafeString:
    """A person's words, escaped, with web and mail addresses made links that leave safely."""
    linked = urlize(EMPTY_LINES.sub("\n\n", text), nofollow=True, autoescape=True)
    return mark_safe(  # urlize has just escaped it
        linked.replace(' rel="nofollow"', ' rel="nofollow noopener" target="_blank"')
    )


def shared_search(query_string: str) -> SharedSearch | None:
    """A search as its card: "q=pasta&g=lemon" becomes query, guides and address."""
    if not query_string:
        return None
    parts = parse_qs(query_string)
    return SharedSearch(
        query=parts.get("q", [""])[0],
        guides=tuple(parts.get("g", ())),
        url=f"/search/?{query_string}",
    )


def _shown(message: Message, sender: Person, cards: Sequence[SharedPin]) -> ShownMessage:
    return ShownMessage(
        id=message.pk,
        client_id=message.client_id,
        conversation_id=message.conversation_id,
        number=message.changed,
        place=message.number,
        kind=message.kind,
        sender_id=message.sender_id,
        sender_name=sender.display_name,
        sender_url=sender.get_absolute_url(),
        sender_face=sender.face_url,
        time=message.created,
        text_html=text_html(message.text),
        search=shared_search(message.search),
        cards=tuple(cards),
    )


def _shared_pins(
    messages: Sequence[Message], members: Mapping[int, Member]
) -> dict[int, list[SharedPin]]:
    conversation_id = messages[0].conversation_id
    related = (f"pin__{name}" for name in CARD_FIELDS)
    shares = list(
        MessagePin.objects.filter(message__in=[message.pk for message in messages])
        .select_related(*related)
        .order_by("message", "position")
    )
    found: dict[int, list[SharedPin]] = defaultdict(list)
    if not shares:
        return found
    pin_ids = {share.pin_id for share in shares if share.pin_id}
    verdicts: dict[int, list[Verdict]] = defaultdict(list)
    # Whoever joined since the members were read is not among them; that change is told apart.
    for verdict in Verdict.objects.filter(conversation=conversation_id, pin__in=pin_ids):
        if verdict.person_id in members:
            verdicts[verdict.pin_id].append(verdict)
    decisions = {
        decision.pin_id: decision
        for decision in Decision.objects.filter(conversation=conversation_id, pin__in=pin_ids)
        if decision.person_id in members
    }
    for share in shares:
        decision = decisions.get(share.pin_id or 0)
        found[share.message_id].append(
            _shared_pin(share, verdicts[share.pin_id or 0], decision, members)
        )
    return found


def _shared_pin(
    share: MessagePin,
    verdicts: Sequence[Verdict],
    decision: Decision | None,
    members: Mapping[int, Member],
) -> SharedPin:
    if share.pin is None:
        return SharedPin(card=None)
    answered = {verdict.person_id for verdict in verdicts}
    waiting = [
        member.person.display_name
        for pk, member in members.items()
        if member.left is None and pk not in answered
    ]
    return SharedPin(
        card=card_of(share.pin),
        verdicts=tuple(
            _tally(value, label, verdicts, members) for value, label in Verdict.Value.choices
        ),
        answered=bool(verdicts),
        waiting=", ".join(waiting) if verdicts else "",
        decided_by=members[decision.person_id].person.display_name if decision else "",
        decided_because=decision.reason if decision else "",
    )


def _tally(
    value: str, label: str, verdicts: Sequence[Verdict], members: Mapping[int, Member]
) -> VerdictTally:
    given = [verdict.person_id for verdict in verdicts if verdict.value == value]
    return VerdictTally(
        value=value,
        label=str(label),
        names=", ".join(members[pk].person.display_name for pk in given),
        people_ids=" ".join(str(pk) for pk in given),
        count=len(given),
    )
