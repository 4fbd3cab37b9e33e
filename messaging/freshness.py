"""What a source says now, where its pins were shared: redrawn at once, told in one quiet line.

A pin whose price or page changed looks different, so the messages that carry it take the next
number, as with a verdict. That something got cheaper or is there again is worth a line too: one for
each conversation and day, whatever else changes in it; it wakes nobody, counts as nothing unread,
and the conversation keeps its place in the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.dispatch import receiver
from django.utils import timezone

from messaging.blocking import is_silenced
from messaging.models import Conversation, Member, MessagePin, PriceLine
from messaging.naming import BACK, CHEAPER
from messaging.posting import write_line
from messaging.touching import touch_pin
from messaging.unattended import unattended
from pinboard.people.models import Person
from pinboard.pins.facts import money
from pinboard.pins.models import SourceChange
from pinboard.pins.signals import facts_changed

LINES_APART = timedelta(hours=20)
# What is older was told in other ways, or is no news.
WORTH_TELLING = timedelta(days=2)


@receiver(facts_changed, dispatch_uid="messaging.facts_changed")
def sources_changed(sender: object, source_ids: Iterable[int], **_: Any) -> None:
    """As a job of its own: conversations are locked before pins, never after."""
    from messaging.jobs import redraw_source  # jobs call deeds; deeds enqueue them

    carried = MessagePin.objects.filter(pin__source__in=list(source_ids))
    for source_id in carried.values_list("pin__source", flat=True).order_by().distinct():
        redraw_source.enqueue(source_id)


def redraw_source(source_id: int) -> None:
    """Every message that carries a pin of this source looks different now. Safe to run twice."""
    carrying = MessagePin.objects.filter(pin__source=source_id).order_by()
    for pk, pin_id in carrying.values_list("conversation", "pin").distinct():
        if not Conversation.objects.filter(pk=pk).exists():
            continue
        with unattended(pk) as conversation:
            if MessagePin.objects.filter(conversation=pk, pin=pin_id).exists():
                touch_pin(conversation, pin_id)


def tell_prices() -> None:
    """Write the lines that are due."""
    now = timezone.now()
    lately = SourceChange.objects.filter(at__gt=now - WORTH_TELLING)
    quiet = PriceLine.objects.filter(
        conversation=OuterRef("conversation"), written__gt=now - LINES_APART
    )
    sources = list(lately.values_list("source", flat=True).distinct())
    shares = MessagePin.objects.filter(_of(sources)).exclude(Exists(quiet)).order_by()
    for pk in shares.values_list("conversation", flat=True).distinct():
        _tell(pk)


def _tell(conversation_id: int) -> None:
    if not Conversation.objects.filter(pk=conversation_id).exists():
        return
    with unattended(conversation_id) as conversation:
        now = timezone.now()
        known, _ = PriceLine.objects.get_or_create(conversation=conversation)
        if known.written and known.written > now - LINES_APART:
            return
        news = _untold(conversation, after=known.change_id)
        speaker = _speaker(conversation, news)
        if not news or speaker is None:
            return
        active = conversation.active
        about = news[0][1].message if len(news) == 1 else None
        write_line(conversation, actor=speaker, text=_words(news), about=about)
        conversation.active = active
        known.change_id = max(change.pk for change, _ in news)
        known.written = now
        known.save(update_fields=["change_id", "written"])


def _untold(conversation: Conversation, *, after: int) -> list[tuple[SourceChange, MessagePin]]:
    """What changed since, once for each pin, with its newest share before the change."""
    changes = SourceChange.objects.filter(
        pk__gt=after, at__gt=timezone.now() - WORTH_TELLING
    ).exclude(SourceChange.BYGONE)
    by_source: dict[int, SourceChange] = {}
    for change in changes.filter(source__in=_sources_of(conversation)).order_by("-pk"):
        by_source.setdefault(change.source_id, change)
    shares = (
        MessagePin.objects.filter(_of(list(by_source)), conversation=conversation)
        .select_related("pin__source", "message__sender")
        .order_by("-message__number")
    )
    found: dict[int, tuple[SourceChange, MessagePin]] = {}
    for share in shares:
        source = share.pin.source if share.pin else None
        news = by_source.get(source.corrected_from_id or source.pk) if source else None
        if news and share.pin_id and share.message.created < news.at:
            found.setdefault(share.pin_id, (news, share))
    return list(found.values())


def _sources_of(conversation: Conversation) -> set[int]:
    """The pages that pins of this conversation lead to."""
    pins = MessagePin.objects.filter(conversation=conversation, pin__source__isnull=False)
    rows = pins.values_list("pin__source", "pin__source__corrected_from").distinct()
    return {page or source for source, page in rows.order_by()}


def _of(sources: Sequence[int]) -> Q:
    return Q(pin__source__in=sources) | Q(pin__source__corrected_from__in=sources)


def _speaker(
    conversation: Conversation, news: Sequence[tuple[SourceChange, MessagePin]]
) -> Person | None:
    """In whose name the line stands, which nobody sees: who shared it, else somebody present.

    Nobody where a block or the end of an account closed a talk of two, or where it is a request.
    """
    present = Member.objects.filter(conversation=conversation, left__isnull=True, accepted=True)
    people = {member.person_id: member.person for member in present.select_related("person")}
    sharers = [share.message.sender_id for _, share in news]
    speaker = next((people[pk] for pk in sharers if pk in people), None)
    speaker = speaker or next(iter(people.values()), None)
    if speaker is None or is_silenced(conversation, speaker):
        return None
    return speaker if conversation.is_group or len(people) > 1 else None


def _words(news: Sequence[tuple[SourceChange, MessagePin]]) -> str:
    if len(news) > 1:
        cheaper = sum(change.kind == SourceChange.Kind.CHEAPER for change, _ in news)
        parts = (_count(cheaper, "cheaper"), _count(len(news) - cheaper, "back in stock"))
        return " and ".join(part for part in parts if part) + " here"
    change, share = news[0]
    title = _title(share)
    if change.kind == SourceChange.Kind.BACK:
        return f"{BACK}{title}"
    now, was = money(str(change.price), change.currency), money(str(change.was), change.currency)
    return f"{CHEAPER}{title}: {now} instead of {was}"


def _count(number: int, what: str) -> str:
    return f"{number} pin{'s are' if number > 1 else ' is'} {what}" if number else ""


def _title(share: MessagePin) -> str:
    """A line is read by everybody present, later comers too."""
    unaware: QuerySet[Member] = Member.objects.filter(
        conversation=share.conversation_id, left__isnull=True, since__gte=share.message.number
    )
    if not share.pin or not share.pin.title or unaware.exists():
        return "a pin"
    return share.pin.title
