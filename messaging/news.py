"""What of the conversations stands among the notifications: being brought in, being answered.

Messages themselves are counted on their own badge. The sentences are made when they are read, of
what their reader may see then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from messaging.models import Conversation, Member, Message, Report
from pinboard.notifications.models import Notification
from pinboard.notifications.telling import tell
from pinboard.people.models import Person
from pinboard.pins.news import News, about, describes

ADDED = Notification.Kind.ADDED
ANSWERED = Notification.Kind.ANSWERED
REPORTED = Notification.Kind.REPORTED


def tell_added(conversation: Conversation, *, people: Iterable[Person], actor: Person) -> None:
    """These people were brought into a group. A request says so itself, in its own place."""
    waiting = Member.objects.filter(conversation=conversation, accepted=False)
    requests = set(waiting.values_list("person_id", flat=True))
    for person in people:
        if person.pk not in requests:
            tell(person=person, kind=ADDED, target=conversation.pk, actor=actor)


def tell_answered(message: Message) -> None:
    """Somebody answered a message in particular: its sender hears of it, if still present."""
    quote = message.quote
    if quote is None or quote.removed:
        return
    present = Message.objects.visible_to(quote.sender).filter(pk=message.pk)
    if present.exists() and not _is_muted(quote.sender, message.conversation_id):
        tell(person=quote.sender, kind=ANSWERED, target=message.pk, actor=message.sender)


def tell_keepers(report: Report, *, actor: Person) -> None:
    """Whoever keeps this place hears that the actor asks them to look; not the accused."""
    for keeper in Person.objects.filter(is_staff=True, is_active=True):
        if keeper.pk != report.accused_id:
            tell(person=keeper, kind=REPORTED, target=report.pk, actor=actor)


def _is_muted(person: Person, conversation_id: int) -> bool:
    mine = Member.objects.filter(conversation=conversation_id, person=person)
    return mine.filter(muted=True).exists() or mine.filter(accepted=False).exists()


@describes(ADDED)
def added_lines(viewer: Person, rows: Sequence[Notification]) -> dict[int, News]:
    visible = Conversation.objects.visible_to(viewer).in_bulk([row.target for row in rows])
    lines: dict[int, News] = {}
    for row in rows:
        talk = visible.get(row.target)
        if talk is None or row.actor is None:
            continue
        where = talk.title or "a conversation"
        text = f"{row.actor.display_name} brought you into {where}"
        lines[row.pk] = News(text=text, url=talk.get_absolute_url(), **about(row, row.actor))
    return lines


@describes(ANSWERED)
def answered_lines(viewer: Person, rows: Sequence[Notification]) -> dict[int, News]:
    visible = (
        Message.objects.visible_to(viewer)
        .filter(removed__isnull=True)
        .select_related("conversation")
        .in_bulk([row.target for row in rows])
    )
    lines: dict[int, News] = {}
    for row in rows:
        message = visible.get(row.target)
        if message is None or row.actor is None:
            continue
        text = f"{row.actor.display_name} answered you"
        url = f"{message.conversation.get_absolute_url()}?at={message.number}"
        lines[row.pk] = News(text=text, url=url, **about(row, row.actor))
    return lines


@describes(REPORTED)
def reported_lines(viewer: Person, rows: Sequence[Notification]) -> dict[int, News]:
    """Nothing of the words themselves: those are behind the second factor."""
    if not viewer.is_staff:
        return {}
    waiting = Report.objects.filter(pk__in=[row.target for row in rows], closed=None)
    ids = set(waiting.values_list("pk", flat=True))
    return {
        row.pk: News(
            text=f"{row.actor.display_name} reported a message",
            url=reverse("keepers:report", args=[row.target]),
            **about(row, row.actor),
        )
        for row in rows
        if row.actor and row.target in ids
    }
