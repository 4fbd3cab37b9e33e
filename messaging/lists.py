"""Conversations as rows: the list, the tray, the faces; a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from messaging.changes import with_unread
from messaging.models import Conversation, Member, Message, MessagePin
from messaging.people_near import PersonRow, person_row
from pinboard.people.models import Person

RECENT = 8
LISTED = 100


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """people: the present members without the viewer, who are also the faces."""

    id: int
    title: str
    url: str
    is_group: bool
    people: Sequence[PersonRow]
    faces: Sequence[PersonRow]
    # Address of a group's own picture, or "".
    picture: str = ""
    unread: int = 0
    last_line: str = ""
    last_time: datetime | None = None
    muted: bool = False


def conversation_rows(
    viewer: Person, *, limit: int = LISTED, archived: bool = False
) -> list[ConversationRow]:
    """The viewer's conversations, last active first. Four queries.

    A talk of two in which nothing was said yet is left out: somebody only opened its window.
    archived: those put away, instead of the others.
    """
    newest = (
        Message.objects.visible_to(viewer)
        .filter(conversation=OuterRef("pk"))
        .order_by("-number")
        .values("pk")[:1]
    )
    conversations = list(
        with_unread(_listed(viewer, archived), viewer)
        .select_related("picture")
        .annotate(newest=Subquery(newest))
        .order_by("-active", "-pk")[:limit]
    )
    people = _people_of(conversations)
    messages = _last_lines([row.newest for row in conversations])
    return [
        _row(conversation, viewer, people[conversation.pk], messages.get(conversation.newest))
        for conversation in conversations
    ]


def _listed(viewer: Person, archived: bool) -> QuerySet[Conversation]:
    """With muted and put_away (a number or None) of the viewer's own membership."""
    own = FilteredRelation("members", condition=Q(members__person=viewer))
    said_since = Message.objects.filter(
        conversation=OuterRef("pk"), kind=Message.Kind.SAID, number__gt=OuterRef("put_away")
    )
    is_away = Q(put_away__isnull=False) & ~Exists(said_since)
    return (
        Conversation.objects.visible_to(viewer)
        .filter(counter__gt=0)
        .annotate(own=own, muted=F("own__muted"), put_away=F("own__archived"))
        .filter(is_away if archived else ~is_away)
    )


def conversation_row(
    conversation: Conversation, viewer: Person, members: Iterable[Member]
) -> ConversationRow:
    """One conversation's head: title, people, faces; of members with their person__face."""
    present = [person_row(member.person) for member in members if member.left is None]
    return _row(conversation, viewer, present, None)


def _people_of(conversations: Sequence[Conversation]) -> dict[int, list[PersonRow]]:
    people: dict[int, list[PersonRow]] = defaultdict(list)
    members = (
        Member.objects.filter(conversation__in=conversations, left__isnull=True)
        .select_related("person__face")
        .order_by("pk")
    )
    for member in members:
        people[member.conversation_id].append(person_row(member.person))
    return people


def _last_lines(message_ids: Sequence[int | None]) -> dict[int | None, Message]:
    messages = Message.objects.filter(pk__in=[pk for pk in message_ids if pk])
    with_pins = Exists(MessagePin.objects.filter(message=OuterRef("pk")))
    messages = messages.annotate(has_pins=with_pins, asked=F("poll__question"))
    return {message.pk: message for message in messages}


def _row(
    conversation: Conversation,
    viewer: Person,
    people: Sequence[PersonRow],
    last: Message | None,
) -> ConversationRow:
    others = [person for person in people if person.id != viewer.pk]
    names = ", ".join(person.name for person in others) or "Just you"
    return ConversationRow(
        id=conversation.pk,
        title=conversation.title or names,
        url=conversation.get_absolute_url(),
        is_group=conversation.is_group,
        people=people,
        faces=others,
        picture=conversation.picture.src if conversation.picture else "",
        unread=getattr(conversation, "unread", 0) or 0,
        last_line=_line(last, viewer, people, conversation.is_group) if last else "",
        last_time=last.created if last else None,
        muted=bool(getattr(conversation, "muted", False)),
    )


def _line(message: Message, viewer: Person, people: Sequence[PersonRow], is_group: bool) -> str:
    if message.kind == Message.Kind.LINE:
        return message.text
    names = {person.id: person.name for person in people}
    if message.removed:
        return "A message was taken back"
    who = "You" if message.sender_id == viewer.pk else names.get(message.sender_id, "")
    if message.text:
        # The row of a talk of two bears the other's name already.
        is_said = who and (who == "You" or is_group)
        return (f"{who}: {message.text}" if is_said else message.text)[:140]
    if message.asked:  # type: ignore[attr-defined]  # annotated by _last_lines
        return f"{who} asked: {message.asked}"[:140]  # type: ignore[attr-defined]  # as above
    if message.has_pins:  # type: ignore[attr-defined]  # as above
        return f"{who} sent a pin"
    return f"{who} shared a {'board' if message.board_id else 'search'}"
