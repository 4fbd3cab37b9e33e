"""What somebody is shown who looks for words in their conversations. A fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from messaging.finding.engine import matching
from messaging.finding.keeping import pin_texts, texts_of
from messaging.finding.words import Part, excerpt, has_all, has_any
from messaging.lists import conversation_row
from messaging.models import Member, Message, MessagePin
from pinboard.people.models import Person
from pinboard.pins.cards import CARD_FIELDS, PinCard, card_of
from pinboard.pins.models import Pin

PAGE_SIZE = 20
# Candidates at a time, and how often at most: of a conversation joined late, what is older than
# that is in the index but not for this person.
CANDIDATES = 40
ROUNDS = 10
# The most active ones of somebody who has more.
MAX_CONVERSATIONS = 1000
HIGHEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class FoundPin:
    card: PinCard
    title: tuple[Part, ...]
    words: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class FoundMessage:
    """url: the place in the conversation. pins: those in which a word was found."""

    id: int
    url: str
    conversation: str
    sender_name: str
    sender_face: str
    time: datetime
    words: tuple[Part, ...]
    pins: tuple[FoundPin, ...]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """after: the cursor of the next page, None at the end."""

    results: list[FoundMessage]
    after: int | None


def find_messages(
    viewer: Person,
    words: Sequence[str],
    *,
    conversation_id: int | None = None,
    below: int | None = None,
) -> FoundPage:
    """Messages in which each word begins a word, newest first.

    words: folded (query_words). conversation_id: only in this one; visible to the viewer.
    below: the cursor. A request that was not accepted yet is not looked into.
    """
    within = [conversation_id] if conversation_id else _conversations_of(viewer)
    if not words or not within:
        return FoundPage([], None)
    kept: list[Message] = []
    reached = below or HIGHEST_ID
    for _ in range(ROUNDS):
        ids = matching(words, conversations=within, below=reached, limit=CANDIDATES)
        kept += _seen(viewer, ids, words)
        if len(kept) > PAGE_SIZE:
            page = kept[:PAGE_SIZE]
            return FoundPage(_results(viewer, page, words), page[-1].pk)
        if len(ids) < CANDIDATES:
            return FoundPage(_results(viewer, kept, words), None)
        reached = ids[-1]
    return FoundPage(_results(viewer, kept, words), reached)


def _conversations_of(viewer: Person) -> list[int]:
    mine = Member.objects.filter(person=viewer, left__isnull=True, accepted=True)
    recent = mine.order_by("-conversation__active").values_list("conversation_id", flat=True)
    return list(recent[:MAX_CONVERSATIONS])


def _seen(viewer: Person, ids: Sequence[int], words: Sequence[str]) -> list[Message]:
    """Those of the candidates that the viewer may see and that still say what is looked for."""
    if not ids:
        return []
    related = (f"pin__{name}" for name in CARD_FIELDS)
    shares = MessagePin.objects.filter(pin__isnull=False).select_related(*related)
    messages = (
        Message.objects.visible_to(viewer)
        .filter(pk__in=ids, kind=Message.Kind.SAID, removed__isnull=True)
        .select_related("sender__face", "conversation", "poll")
        .prefetch_related(Prefetch("pins", queryset=shares, to_attr="shown_pins"))
        .order_by("-pk")
    )
    return [each for each in messages if has_all(words, texts_of(each, _pins_of(each)))]


def _pins_of(message: Message) -> list[Pin]:
    return [share.pin for share in message.shown_pins]  # type: ignore[attr-defined]  # prefetched


def _said(message: Message) -> str:
    """What it says in words of its own, or the search or poll it brings."""
    return next((text for text in texts_of(message, ()) if text), "")


def _results(viewer: Person, page: Sequence[Message], words: Sequence[str]) -> list[FoundMessage]:
    members: dict[int, list[Member]] = defaultdict(list)
    here = Member.objects.filter(conversation__in={message.conversation_id for message in page})
    for member in here.select_related("person__face").order_by("pk") if page else ():
        members[member.conversation_id].append(member)
    titles = {
        message.conversation_id: conversation_row(
            message.conversation, viewer, members[message.conversation_id]
        ).title
        for message in page
    }
    return [_result(message, titles[message.conversation_id], words) for message in page]


def _result(message: Message, conversation: str, words: Sequence[str]) -> FoundMessage:
    return FoundMessage(
        id=message.pk,
        url=f"{message.conversation.get_absolute_url()}?at={message.number}#at",
        conversation=conversation,
        sender_name=message.sender.display_name,
        sender_face=message.sender.face_url,
        time=message.created,
        words=excerpt(_said(message), words),
        pins=tuple(
            FoundPin(
                card=card_of(pin),
                title=excerpt(pin.title or "A pin", words),
                words=excerpt(pin.description, words) if has_any(words, pin.description) else (),
            )
            for pin in _pins_of(message)
            if has_any(words, " ".join(pin_texts(pin)))
        ),
    )
