"""Conversation, Member, GuestLink."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pinboard.people.models import Person

MAX_MEMBERS = 50


def pair_of(one: Person, other: Person) -> str:
    """The name of the one talk between two people: "7:12", the lower id first."""
    return name_of_pair(one.pk, other.pk)


def name_of_pair(one: int, other: int) -> str:
    """The same from their ids."""
    low, high = sorted((one, other))
    return f"{low}:{high}"


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, viewer: Person | AnonymousUser) -> ConversationQuerySet:
        """Conversations the viewer is a member of at this moment; requests are none yet."""
        if not viewer.is_authenticated:
            return self.none()
        membership = Member.objects.filter(
            conversation=OuterRef("pk"), person=viewer, left__isnull=True, accepted=True
        )
        return self.filter(Exists(membership))


class Conversation(models.Model):
    """A thread between people."""

    title = models.CharField(max_length=80, blank=True)
    # Of a group; a talk of two shows the other's face.
    picture = models.ForeignKey(
        "images.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_group = models.BooleanField(default=False)
    # "7:12" for the one conversation between two people, null for groups: at most one per pair.
    pair = models.CharField(max_length=50, null=True, unique=True)  # noqa: DJ001  # see above
    # The number of the last change; only ever raised under the row's lock (numbers.py).
    counter = models.BigIntegerField(default=0)
    created = models.DateTimeField(default=timezone.now)
    # When something was last said; orders the list.
    active = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[Conversation]] = ConversationQuerySet.as_manager()

    # Under the lock (numbers.py): the ids of who is present, and whether they accepted. Not stored.
    present: dict[int, bool]

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(is_group=True, pair__isnull=True)
                | Q(is_group=False, pair__isnull=False),
                name="conversation_pair_or_group",
            ),
        )
        indexes = (models.Index(fields=("-active",), name="conversation_active"),)

    def __str__(self) -> str:
        return self.title or f"Conversation {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("messaging:conversation", args=[self.pk])


class Member(models.Model):
    """Somebody's place in a conversation.

    left: when they left or were removed; the row stays so that a gap stays hidden should they
    be added again. since: nothing with a number at or below it is shown to them.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    since = models.BigIntegerField(default=0)
    # Read up to and including this number; only ever rises.
    read = models.BigIntegerField(default=0)
    joined = models.DateTimeField(default=timezone.now)
    left = models.DateTimeField(null=True, blank=True)
    # Who brought them in; nobody for those who were there when it began.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The link they came in by, if they did.
    came_by = models.ForeignKey(
        "GuestLink", null=True, blank=True, on_delete=models.SET_NULL, related_name="members"
    )
    # False while it is a request: they were written to by somebody they do not know.
    accepted = models.BooleanField(default=True)
    muted = models.BooleanField(default=False)
    # Put away up to this number: out of the list until something is said after it.
    archived = models.BigIntegerField(null=True, blank=True)
    # What was told by push and by mail up to these numbers, so that nothing is told twice.
    pushed = models.BigIntegerField(default=0)
    mailed = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("conversation", "person"), name="member_once"),
        )
        indexes = (
            models.Index(fields=("person",), condition=Q(left__isnull=True), name="member_present"),
        )


class ConversationBoard(models.Model):
    """A board that was made of a conversation: whoever goes from the one goes from the other."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="boards_made"
    )
    board = models.OneToOneField("pins.Board", on_delete=models.CASCADE, related_name="made_of")

    def __str__(self) -> str:
        return f"Board {self.board_id} of conversation {self.conversation_id}"


class PriceLine(models.Model):
    """Up to which change of a price a conversation was told, and when it was last."""

    conversation = models.OneToOneField(
        Conversation, on_delete=models.CASCADE, primary_key=True, related_name="price_line"
    )
    # The number of the last SourceChange that a line told of.
    change_id = models.BigIntegerField(default=0)
    written = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Prices told in conversation {self.conversation_id}"


class GuestLink(models.Model):
    """A way in for people without an account: into this conversation, until it ends.

    Only the digest of its secret is kept; the link itself is shown once, when it is made.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="guest_links"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="guest_links"
    )
    # sha256 of the secret in the address, hex.
    secret_digest = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Guest link {self.pk}"


class Guest(models.Model):
    """A person who came by a guest link: they have a name, and this conversation only."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="guest"
    )
    link = models.ForeignKey(GuestLink, on_delete=models.CASCADE, related_name="guests")

    def __str__(self) -> str:
        return f"Guest {self.person_id}"
