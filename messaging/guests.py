"""Guests: people without an account who came by a link into one conversation.

A link has an end and can be closed before it. Only the digest of its secret is kept. Whoever
comes by it is a person of the kind "guest": no password, no profile, one conversation; what they
may call at all is decided in pinboard/web/access.py. With their link they go: their membership
ends, and their account with it, so that no session and no socket of theirs carries anything.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from messaging.models import MAX_MEMBERS, Conversation, Guest, GuestLink, Member
from messaging.numbers import NotAMember, with_lock
from messaging.posting import write_line
from messaging.telling import tell_membership
from messaging.touching import touch_waiting
from pinboard.errors import PinboardError
from pinboard.people.models import Person, any_block_between
from pinboard.people.names import fold

# How long a link may last, in days.
LASTS = (1, 7, 30)
MAX_LINKS = 10


class LinkGone(PinboardError):
    """No such link, or it ended or was closed: nobody is told which."""

    code = "link_gone"
    status = 404

    def __init__(self) -> None:
        super().__init__("This invitation is no longer open. Ask for a new one.")


# ---------------------------------------------------------------- links


def make_link(*, actor: Person, conversation_id: int, days: int) -> tuple[GuestLink, str]:
    """A new link and its secret, which nobody can read again afterwards."""
    if days not in LASTS:
        raise PinboardError("A link lasts 1, 7 or 30 days.", code="bad_days")
    secret = secrets.token_urlsafe(24)
    with with_lock(conversation_id, actor=actor) as conversation:
        if not conversation.is_group:
            raise PinboardError(
                "A talk between two stays between two. Start a group to invite guests.",
                code="not_a_group",
            )
        if open_links(conversation).count() >= MAX_LINKS:
            raise PinboardError(
                f"A conversation has up to {MAX_LINKS} open links. Close one first.",
                code="too_many_links",
            )
        now = timezone.now()
        link = GuestLink.objects.create(
            conversation=conversation,
            made_by=actor,
            secret_digest=_digest(secret),
            created=now,
            expires=now + timedelta(days=days),
        )
        lasts = "1 day" if days == 1 else f"{days} days"
        text = f"{actor.display_name} made a link for guests, open for {lasts}"
        write_line(conversation, actor=actor, text=text)
    return link, secret


def open_links(conversation: Conversation) -> QuerySet[GuestLink]:
    """The links by which people may still come, the newest first; came: how many did."""
    return (
        GuestLink.objects.filter(
            conversation=conversation, revoked__isnull=True, expires__gt=timezone.now()
        )
        .select_related("made_by")
        .annotate(came=Count("members"))
        .order_by("-pk")
    )


def find_link(secret: str) -> GuestLink:
    """The open link of an address. Raises LinkGone."""
    open_now = GuestLink.objects.filter(
        revoked__isnull=True, expires__gt=timezone.now(), made_by__is_active=True
    )
    found = open_now.filter(secret_digest=_digest(secret))
    link = found.select_related("conversation", "made_by__face").first()
    if link is None:
        raise LinkGone
    return link


def close_link(*, actor: Person, conversation_id: int, link_id: int) -> None:
    """Revoke it: nobody comes by it any more, and the guests who did are out."""
    with with_lock(conversation_id, actor=actor) as conversation:
        links = GuestLink.objects.filter(
            pk=link_id, conversation=conversation, revoked__isnull=True
        )
        if not links.update(revoked=timezone.now()):
            raise PinboardError("This link is closed already.", code="link_closed")
        out = show_out(conversation, guests_of(conversation).filter(guest__link=link_id))
        text = f"{actor.display_name} closed a link for guests"
        write_line(conversation, actor=actor, text=text + _who_is_out(out))


def close_links_of(conversation: Conversation, maker: Person) -> None:
    """When its maker goes, a link goes too; inside the lock. Guests are there on their word."""
    links = GuestLink.objects.filter(conversation=conversation, made_by=maker, revoked__isnull=True)
    ids = list(links.values_list("pk", flat=True))
    if ids:
        links.filter(pk__in=ids).update(revoked=timezone.now())
        show_out(conversation, guests_of(conversation).filter(guest__link__in=ids))


def close_all_links_of(maker: Person) -> None:
    """Everywhere, when their account ends; inside a transaction."""
    links = GuestLink.objects.filter(made_by=maker, revoked__isnull=True)
    there = Conversation.objects.filter(pk__in=links.values("conversation"))
    for conversation in there.select_for_update().order_by("pk"):
        close_links_of(conversation, maker)
        conversation.save(update_fields=["counter"])


# ---------------------------------------------------------------- coming


def come_as_guest(*, secret: str, name: str) -> Person:
    """Somebody new in the conversation of a link. They see what is said from now on."""
    name = _visible(name)
    if not fold(name):
        raise PinboardError("Say what you are called.", code="no_name")
    if len(name) > 60:
        raise PinboardError("A name has up to 60 characters.", code="long_name")
    with _let_in_by(secret) as (conversation, link):
        there = Member.objects.filter(conversation=conversation, left__isnull=True)
        names = there.values_list("person__display_name", flat=True)
        if fold(name) in {fold(_visible(taken)) for taken in names}:
            raise PinboardError(
                "Somebody there has this name already. Add something to yours.", code="name_taken"
            )
        guest = Person.objects.create_user(
            f"guest-{secrets.token_hex(10)}", display_name=name, kind=Person.Kind.GUEST
        )
        Guest.objects.create(person=guest, link=link)
        _join(conversation, guest, link)
        text = f"{name} joined as a guest of {link.made_by.display_name}"
        write_line(conversation, actor=guest, text=text)
    return guest


def _visible(name: str) -> str:
    """Without what nobody sees, by which two names could look the same; words parted by a blank."""
    seen = (
        letter
        for letter in name
        if letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cf")
    )
    return " ".join("".join(seen).split())


def come_as_oneself(*, actor: Person, secret: str) -> Conversation:
    """Somebody with an account, by a link. Twice is as good as once.

    Raises LinkGone for whoever was removed or left after it was made: they need a newer one.
    """
    with _let_in_by(secret, actor=actor) as (conversation, link):
        mine = Member.objects.filter(conversation=conversation, person=actor)
        if mine.filter(left__gt=link.created).exists():
            raise LinkGone
        if not mine.filter(left__isnull=True, accepted=True).exists():
            _join(conversation, actor, link)
            text = f"{actor.display_name} joined by a link of {link.made_by.display_name}"
            write_line(conversation, actor=actor, text=text)
    return conversation


@contextmanager
def _let_in_by(
    secret: str, *, actor: Person | None = None
) -> Iterator[tuple[Conversation, GuestLink]]:
    """The locked conversation of a link that is open under the lock, with a place left in it."""
    link = find_link(secret)
    if actor and any_block_between(actor, {link.made_by_id}):
        raise LinkGone
    try:
        with with_lock(link.conversation_id, actor=link.made_by) as conversation:
            find_link(secret)  # it may have been closed while we waited
            there = Member.objects.filter(conversation=conversation, left__isnull=True)
            if there.exclude(person=actor).count() >= MAX_MEMBERS:
                raise PinboardError(
                    f"This conversation is full: it holds up to {MAX_MEMBERS} people.",
                    code="too_many_people",
                )
            yield conversation, link
    except NotAMember:  # whoever made the link is not there any more
        raise LinkGone from None


def _join(conversation: Conversation, person: Person, link: GuestLink) -> None:
    Member.objects.update_or_create(
        conversation=conversation,
        person=person,
        defaults={
            "since": conversation.counter,
            "read": conversation.counter,
            "left": None,
            "accepted": True,
            "archived": None,
            "joined": timezone.now(),
            "added_by": link.made_by,
            "came_by": link,
        },
    )
    tell_membership(conversation, people=[person.pk])


# ---------------------------------------------------------------- going


def guests_of(conversation: Conversation) -> QuerySet[Person]:
    """The guests present in a conversation."""
    return Person.objects.filter(
        kind=Person.Kind.GUEST,
        memberships__conversation=conversation,
        memberships__left__isnull=True,
    )


def show_out(conversation: Conversation, guests: QuerySet[Person]) -> list[Person]:
    """End the guests' part in it, inside the lock: from the commit on they hear nothing."""
    out = list(guests)
    Member.objects.filter(conversation=conversation, person__in=out).update(left=timezone.now())
    for guest in out:
        end_guest(guest)
    if out:
        touch_waiting(conversation)
        tell_membership(conversation, people=[guest.pk for guest in out])
    return out


def end_guest(guest: Person) -> None:
    """They have no other place here: their sessions and sockets end (live/revocation.py)."""
    guest.is_active = False
    guest.save(update_fields=["is_active"])


def show_out_expired() -> None:
    """The guests of links that have ended, for a periodic job. Their sessions ended with them."""
    ended = Guest.objects.filter(person__is_active=True, link__expires__lte=timezone.now())
    for conversation_id in set(ended.values_list("link__conversation", flat=True)):
        with transaction.atomic():
            conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
            due = guests_of(conversation).filter(guest__link__expires__lte=timezone.now())
            for guest in show_out(conversation, due):
                text = f"{guest.display_name} is out: the link for guests has ended"
                write_line(conversation, actor=guest, text=text)
            conversation.save(update_fields=["counter", "active"])


def _who_is_out(out: Sequence[Person]) -> str:
    if not out:
        return ""
    names = ", ".join(guest.display_name for guest in out)
    return f"; {names} {'is' if len(out) == 1 else 'are'} out"


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
