"""Answering one message in particular: which one may be answered, and how much of it is shown.

The excerpt is drawn inside the answer, which is the same for every member. It is left out as
long as somebody who sees the answer joined after what it answers (Member.since).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet

from messaging.models import Conversation, Member, Message, MessagePin
from pinboard.errors import PinboardError
from pinboard.people.models import Person

EXCERPT = 140  # characters


class QuoteGone(PinboardError):
    """Unknown, from elsewhere, from before one joined, taken back: all the same."""

    code = "quote_gone"
    status = 404

    def __init__(self) -> None:
        super().__init__("The message you answer is gone. Take it out and send the rest.")


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """What is answered. url and author are "" when nothing may be shown or nothing is left."""

    id: int
    place: int
    author: str
    words: str
    url: str


def quotable(conversation: Conversation, viewer: Person) -> QuerySet[Message]:
    """Messages of the conversation that the viewer may answer."""
    seen = Message.objects.visible_to(viewer).filter(conversation=conversation)
    return seen.filter(kind=Message.Kind.SAID, removed__isnull=True)


def refuse_unquotable(conversation: Conversation, actor: Person, message_id: int | None) -> None:
    """Raises QuoteGone unless the actor may answer that message here; None answers nothing."""
    if message_id is None:
        return
    if not quotable(conversation, actor).filter(pk=message_id).exists():
        raise QuoteGone


def show_quotes(
    messages: Sequence[Message], members: Mapping[int, Member]
) -> dict[int, ShownQuote]:
    """By message, what it answers. One query, none if nothing is answered."""
    answers = [message for message in messages if message.kind == Message.Kind.SAID]
    wanted = {message.quote_id for message in answers if message.quote_id}
    if not wanted:
        return {}
    originals = {original.pk: original for original in _whole(Message.objects.all(), wanted)}
    return {
        message.pk: _shown(original, message, members)
        for message in answers
        if (original := originals.get(message.quote_id or 0))
    }


def quote_in_composer(
    conversation: Conversation, viewer: Person, message_id: int | None
) -> ShownQuote | None:
    """What the viewer is about to answer, as it stands in their composer; None if it is gone."""
    if not message_id:
        return None
    found = _whole(quotable(conversation, viewer), {message_id}).select_related("sender")
    original = found.first()
    if original is None:
        return None
    return _drawn(original, original.sender.display_name)


def _whole(messages: QuerySet[Message], ids: set[int]) -> QuerySet[Message]:
    carried = MessagePin.objects.filter(message=OuterRef("pk"))
    found = messages.filter(pk__in=ids)
    return found.annotate(has_pins=Exists(carried), asked=F("poll__question"))


def _shown(original: Message, answer: Message, members: Mapping[int, Member]) -> ShownQuote:
    if any(
        member.left is None
        and member.accepted  # whoever put a request away is not told of by what others see
        and original.number <= member.since < answer.number
        for member in members.values()
    ):
        return ShownQuote(id=0, place=0, author="", words="An earlier message", url="")
    if original.removed or original.sender_id not in members:
        return ShownQuote(id=0, place=0, author="", words="A message that was taken back", url="")
    return _drawn(original, members[original.sender_id].person.display_name)


def _drawn(original: Message, author: str) -> ShownQuote:
    return ShownQuote(
        id=original.pk,
        place=original.number,
        author=author,
        words=excerpt(original),
        url=f"/messages/{original.conversation_id}/?at={original.number}",
    )


def excerpt(message: Message) -> str:
    """One line of what a message says, or what it carries."""
    line = " ".join((message.text or getattr(message, "asked", None) or "").split())
    if len(line) > EXCERPT:
        return f"{line[: EXCERPT - 1].rstrip()}…"
    if line:
        return line
    if getattr(message, "has_pins", False):
        return "a pin"
    return "a search" if message.search else "a board" if message.board_id else "a message"
