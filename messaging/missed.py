"""Telling people of what they missed: a push a few seconds after the words, a letter a day.

Nothing of it is decided when the words are said: who is present, who has read, who muted, blocked
or wants quiet is asked at the moment of telling (TRUST 32). A push, and the day of a letter, are
noted before they are sent, so that a job that dies or runs twice is silent, not a nuisance.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.mail import EmailMessage
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest
from django.template.loader import render_to_string
from django.utils import timezone

from messaging.blocking import is_silenced
from messaging.models import Member, Message
from pinboard.notifications.letters import site_url, stopping_url
from pinboard.notifications.models import Wishes
from pinboard.notifications.pushing import Push, anybody_listens, push
from pinboard.people.models import Person, blocked_ids

logger = logging.getLogger(__name__)

# So long a tab has to show the words and say that they were read.
PUSH_SECONDS = 8
LETTER_AFTER = timedelta(hours=4)
LETTERS_APART = timedelta(hours=20)
EXCERPT = 120
MOST_COUNTED = 1_000


def tell_later(message: Message) -> None:
    """Something was said: whoever has not seen it in a moment is woken, if anybody wants that."""
    from messaging.jobs import push_missed  # jobs call deeds; deeds enqueue them

    if message.kind == Message.Kind.SAID and anybody_listens():
        push_missed.enqueue_in(PUSH_SECONDS, message.pk)


def push_about(message_id: int) -> int:
    """Wake those who have not read this message, once each. Returns how many browsers took it."""
    message = _said(message_id)
    if message is None:
        return 0
    members = list(_waiting(message).values_list("pk", flat=True))
    return sum(_push_to(pk, message_id) for pk in members)


def _said(message_id: int) -> Message | None:
    """The message, unless it was taken back or its talk was silenced."""
    messages = Message.objects.filter(pk=message_id, removed__isnull=True)
    message = messages.select_related("conversation", "sender").first()
    if message is None or is_silenced(message.conversation, message.sender):
        return None
    return message


def _push_to(member_id: int, message_id: int) -> int:
    """Asked again for each: while another's browser was woken, much may have changed."""
    message = _said(message_id)
    member = _waiting(message).filter(pk=member_id).first() if message else None
    if message is None or member is None or _is_quiet(member.person):
        return 0
    mine = Member.objects.filter(pk=member.pk, pushed__lt=message.number)
    return push(member.person, _push_of(message)) if mine.update(pushed=message.number) else 0


def _waiting(message: Message) -> QuerySet[Member]:
    """Present members who may see the message, want to hear of it, and have not read it."""
    return (
        _attentive()
        .filter(
            conversation=message.conversation_id,
            since__lt=message.number,
            read__lt=message.number,
            pushed__lt=message.number,
            person__push_subscriptions__isnull=False,
        )
        .exclude(person=message.sender_id)
        .exclude(person__in=blocked_ids(message.sender))
        .select_related("person__wishes")
        .distinct()
    )


def _attentive() -> QuerySet[Member]:
    """Present, accepted, not muted, with an account that works."""
    return Member.objects.filter(
        left__isnull=True, accepted=True, muted=False, person__is_active=True
    )


def _is_quiet(person: Person) -> bool:
    wishes: Wishes | None = getattr(person, "wishes", None)
    return wishes is not None and wishes.is_quiet(timezone.now())


def _push_of(message: Message) -> Push:
    talk, name = message.conversation, message.sender.display_name
    words = " ".join(message.text.split())[:EXCERPT]
    return Push(
        title=f"{name} in {talk.title}" if talk.title else name,
        body=words or "shared something with you",
        url=talk.get_absolute_url(),
        tag=f"conversation-{talk.pk}",
    )


# ---------------------------------------------------------------- letters


@dataclass(frozen=True, slots=True)
class Missed:
    """What a letter says of one conversation: never the words, which mail does not keep.

    member: the id of the membership. number: of the newest message it is about.
    """

    member: int
    number: int
    title: str
    url: str
    count: int
    senders: str


def write_letters() -> int:
    """Write to everybody who missed something for hours and wants to know. Returns how many."""
    # One and the same message: unread, not written about, of somebody else, and hours old.
    waiting = Message.objects.filter(
        conversation=OuterRef("conversation"),
        kind=Message.Kind.SAID,
        removed__isnull=True,
        created__lt=timezone.now() - LETTER_AFTER,
        number__gt=Greatest(OuterRef("read"), OuterRef("mailed"), OuterRef("since")),
    ).exclude(sender=OuterRef("person"))
    behind = _attentive().filter(Exists(waiting), conversation__counter__gt=F("read"))
    # Only to an address that its owner has confirmed: anybody may type in somebody else's.
    people = Person.objects.filter(
        pk__in=behind.values("person"), emailaddress__primary=True, emailaddress__verified=True
    ).annotate(letters_to=F("emailaddress__email"))
    return sum(_write_letter(person, person.letters_to) for person in people)


def _write_letter(person: Person, address: str) -> bool:
    """One that cannot be sent holds up nobody else's, and is tried again next time."""
    now = timezone.now()
    wishes, _ = Wishes.objects.get_or_create(person=person)
    if not wishes.mails or wishes.is_quiet(now):
        return False
    missed = _missed(person)
    mine = Wishes.objects.filter(pk=wishes.pk)
    earlier = Q(mailed__isnull=True) | Q(mailed__lt=now - LETTERS_APART)
    if not missed or not mine.filter(earlier).update(mailed=now):
        return False
    try:
        _letter(person, missed, address).send()
    except OSError:  # smtplib's errors are of this kind too
        logger.warning("a letter could not be sent", exc_info=True)
        mine.update(mailed=wishes.mailed)
        return False
    for one in missed:
        Member.objects.filter(pk=one.member).update(mailed=one.number)
    return True


def _letter(person: Person, missed: Sequence[Missed], address: str) -> EmailMessage:
    stop = stopping_url(person)
    count = sum(one.count for one in missed)
    return EmailMessage(
        f"You missed {count} message{'' if count == 1 else 's'} on Pinboard",
        render_to_string(
            "messaging/letter.txt", {"person": person, "missed": missed, "stop": stop}
        ),
        to=[address],
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def _missed(person: Person) -> list[Missed]:
    """What this person may see at this moment, has not read and was not written about."""
    members = {
        member.conversation_id: member
        for member in _attentive().filter(person=person).select_related("conversation")
    }
    unread: dict[int, list[Message]] = defaultdict(list)
    messages = (
        Message.objects.visible_to(person)
        .filter(conversation__in=members, kind=Message.Kind.SAID, removed__isnull=True)
        .exclude(sender=person)
        .exclude(sender__in=blocked_ids(person))
        .filter(
            conversation__members__person=person,
            number__gt=Greatest(
                F("conversation__members__read"), F("conversation__members__mailed")
            ),
        )
        .select_related("sender")
        .order_by("number")
    )
    for message in messages[:MOST_COUNTED]:
        unread[message.conversation_id].append(message)
    return [_line(members[pk], new) for pk, new in unread.items()]


def _line(member: Member, messages: Sequence[Message]) -> Missed:
    talk = member.conversation
    senders = list(dict.fromkeys(message.sender.display_name for message in messages))
    return Missed(
        member=member.pk,
        number=messages[-1].number,
        title=talk.title,
        url=site_url(talk.get_absolute_url()),
        count=len(messages),
        senders=", ".join(senders[:3]) + (" and others" if len(senders) > 3 else ""),
    )
