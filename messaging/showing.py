"""Messages as HTML: drawn once, the same for every member, with a fixed number of queries."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.http import QueryDict
from django.template.loader import get_template
from django.utils.html import urlize
from django.utils.safestring import SafeString, mark_safe

from messaging.emoji import is_few_emoji
from messaging.marks import Mark, marks_on
from messaging.models import Member, Message
from messaging.quoting import ShownQuote, show_quotes
from messaging.shown_boards import SharedBoard, shared_boards
from messaging.shown_pins import SharedPin, shared_pins
from messaging.shown_polls import ShownPoll, shown_polls
from pinboard.people.models import Person
from pinboard.pins.narrowing import Narrowing

REMEMBERED_TEXTS = 2_000
EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")


@dataclass(frozen=True, slots=True)
class SharedSearch:
    """query, guides and facts (words such as "Recipes") as one chain. pairs: for a form."""

    words: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    url: str


@dataclass(frozen=True, slots=True)
class ShownReaction:
    """One emoji on a message, by whom. people_ids: "3 7", for the browser."""

    emoji: str
    names: str
    people_ids: str
    count: int


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """What messages/_message.html needs. number: of the last change; place: born with.

    is_few: nothing but a few emoji. is_removed: taken back; nothing of it is left to show. A poll
    shows its message's pins as its choices, so they are not among the cards.
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
    quote: ShownQuote | None = None
    reactions: tuple[ShownReaction, ...] = ()
    is_few: bool = False
    is_edited: bool = False
    is_removed: bool = False
    board: SharedBoard | None = None
    poll: ShownPoll | None = None
    is_from_guest: bool = False

    @property
    def is_bare(self) -> bool:
        """A board it carried is gone, and it says nothing else."""
        carries = self.text_html or self.search or self.cards or self.board or self.poll
        return not (carries or self.is_removed)


def everyone_in(conversation_id: int) -> dict[int, Member]:
    """By person, everybody who is or ever was a member, so all senders too. One query."""
    members = Member.objects.filter(conversation=conversation_id)
    return {
        member.person_id: member for member in members.select_related("person__face").order_by("pk")
    }


def show_messages(
    messages: Sequence[Message], *, members: Mapping[int, Member] | None = None
) -> list[ShownMessage]:
    """Messages of one conversation, ready for their template. A fixed number of queries.

    members: everyone_in() the conversation, where that is known already.
    """
    if not messages:
        return []
    conversation_id = messages[0].conversation_id
    members = members or everyone_in(conversation_id)
    marks = marks_on(conversation_id, [message.pk for message in messages])
    shared = shared_pins(messages, members, marks)
    quotes = show_quotes(messages, members)
    boards, polls = shared_boards(messages), shown_polls(messages, members, shared)
    return [
        replace(
            _shown(message, members[message.sender_id].person),
            cards=() if message.pk in polls else tuple(shared[message.pk]),
            board=boards.get(message.pk),
            poll=polls.get(message.pk),
            quote=quotes.get(message.pk),
            reactions=_reactions(marks.reactions[message.pk], members),
        )
        for message in messages
    ]


def message_html(
    messages: Sequence[Message], *, members: Mapping[int, Member] | None = None
) -> list[str]:
    """The HTML of each message, in the same order; members as for show_messages."""
    template = get_template("messaging/_message.html")
    shown = show_messages(messages, members=members)
    return [template.render({"message": message}) for message in shown]


def plain_html(message: Message) -> str:
    """The HTML of a message that was said just now and is nothing but words. No queries."""
    template = get_template("messaging/_message.html")
    return template.render({"message": _shown(message, message.sender)})


@lru_cache(maxsize=REMEMBERED_TEXTS)
def text_html(text: str) -> SafeString:
    """A person's words, escaped, with web and mail addresses made links that leave safely."""
    linked = urlize(EMPTY_LINES.sub("\n\n", text), nofollow=True, autoescape=True)
    return mark_safe(  # urlize has just escaped it
        linked.replace(' rel="nofollow"', ' rel="nofollow noopener" target="_blank"')
    )


def shared_search(query_string: str) -> SharedSearch | None:
    """A search as its card: "q=pasta&g=lemon" becomes words and an address."""
    if not query_string:
        return None
    asked = QueryDict(query_string)
    facts = Narrowing.of(asked)
    words = (asked.get("q", ""), *asked.getlist("g"), *facts.labels().values())
    return SharedSearch(
        words=tuple(word for word in words if word) or (("A board",) if facts.board else ()),
        pairs=tuple((name, value) for name in asked for value in asked.getlist(name)),
        url=f"/search/?{query_string}",
    )


def _shown(message: Message, sender: Person) -> ShownMessage:
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
        is_few=is_few_emoji(message.text),
        is_edited=message.edited is not None,
        is_removed=message.removed is not None,
        is_from_guest=sender.is_guest,
    )


def _reactions(marks: Sequence[Mark], members: Mapping[int, Member]) -> tuple[ShownReaction, ...]:
    """Kinds in the order in which each was first given, people likewise."""
    people: dict[str, list[int]] = {}
    for mark in marks:
        if mark.person_id in members:
            people.setdefault(mark.word, []).append(mark.person_id)
    return tuple(
        ShownReaction(
            emoji=emoji,
            names=", ".join(members[pk].person.display_name for pk in ids),
            people_ids=" ".join(str(pk) for pk in ids),
            count=len(ids),
        )
        for emoji, ids in people.items()
    )
