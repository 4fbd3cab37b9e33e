"""Conversation, Member, Message, MessagePin, Verdict, Decision.

Numbers: a conversation has one counter. Every change takes the next number while the
conversation's row is locked. A message keeps the number it was born with (its place) and the
number of its last change, so "everything after n" is one walk along an index, and that is how
a tab catches up after silence, sleep or a lost socket.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from pinboard.pins.models import Pin

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pinboard.people.models import Person

MAX_MEMBERS = 50
MAX_TEXT = 4000
MAX_PINS = 20


def pair_of(one: Person, other: Person) -> str:
    """The name of the one talk between two people: "7:12", the lower id first."""
    low, high = sorted((one.pk, other.pk))
    return f"{low}:{high}"


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, viewer: Person | AnonymousUser) -> ConversationQuerySet:
        """Conversations the viewer is a member of at this moment."""
        if not viewer.is_authenticated:
            return self.none()
        membership = Member.objects.filter(
            conversation=OuterRef("pk"), person=viewer, left__isnull=True
        )
        return self.filter(Exists(membership))


class Conversation(models.Model):
    """A thread between people."""

    title = models.CharField(max_length=80, blank=True)
    is_group = models.BooleanField(default=False)
    # "7:12" for the one conversation between two people, null for groups: at most one per pair.
    pair = models.CharField(max_length=50, null=True, unique=True)  # noqa: DJ001  # see above
    # The number of the last change; only ever raised under the row's lock (numbers.py).
    counter = models.BigIntegerField(default=0)
    created = models.DateTimeField(default=timezone.now)
    # When something was last said; orders the list.
    active = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[Conversation]] = ConversationQuerySet.as_manager()

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

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("conversation", "person"), name="member_once"),
        )
        indexes = (
            models.Index(fields=("person",), condition=Q(left__isnull=True), name="member_present"),
        )


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, viewer: Person | AnonymousUser) -> MessageQuerySet:
        """Messages of one's conversations, from the moment one joined."""
        if not viewer.is_authenticated:
            return self.none()
        membership = Member.objects.filter(
            conversation=OuterRef("conversation"),
            person=viewer,
            left__isnull=True,
            since__lt=OuterRef("number"),
        )
        return self.filter(Exists(membership))


class Message(models.Model):
    """Something said in a conversation, or a line about it (who joined, what was decided)."""

    class Kind(models.TextChoices):
        SAID = "said"
        LINE = "line"

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages"
    )
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="messages"
    )
    # Made in the sender's browser; a retry with the same id is the same message.
    client_id = models.UUIDField()
    # sha256 of everything that was posted, hex: the same client_id with another body is refused.
    body_digest = models.CharField(max_length=64)
    number = models.BigIntegerField()
    changed = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SAID)
    text = models.TextField(max_length=MAX_TEXT, blank=True)
    # A search shared as a live card: the query string of its address, e.g. "q=pasta&g=lemon".
    search = models.CharField(max_length=500, blank=True)
    created = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[Message]] = MessageQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("conversation", "number"), name="message_place"),
            models.UniqueConstraint(
                fields=("conversation", "sender", "client_id"), name="message_once"
            ),
            models.CheckConstraint(
                condition=Q(changed__gte=F("number")), name="message_changed_not_before_born"
            ),
        )
        indexes = (models.Index(fields=("conversation", "changed"), name="message_changes"),)

    def __str__(self) -> str:
        return f"Message {self.number} of conversation {self.conversation_id}"


class MessagePin(models.Model):
    """A pin carried by a message. pin is None once the pin is gone; its place stays."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="pins")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="pins")
    pin = models.ForeignKey(Pin, null=True, on_delete=models.SET_NULL, related_name="shares")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("message", "pin"), name="message_pin_once"),)
        indexes = (models.Index(fields=("conversation", "pin"), name="message_pin_shelf"),)


class Verdict(models.Model):
    """One member's yes, maybe, no or question on a pin in a conversation."""

    class Value(models.TextChoices):
        YES = "yes", "Yes"
        MAYBE = "maybe", "Maybe"
        NO = "no", "No"
        QUESTION = "question", "Question"

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="verdicts"
    )
    pin = models.ForeignKey(Pin, on_delete=models.CASCADE, related_name="verdicts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="verdicts"
    )
    value = models.CharField(max_length=10, choices=Value.choices)
    given = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("conversation", "pin", "person"), name="verdict_once"),
            models.CheckConstraint(
                condition=Q(value__in=("yes", "maybe", "no", "question")),
                name="verdict_value_known",
            ),
        )


class Decision(models.Model):
    """What a conversation settled on, by whom, when and why. One per conversation and pin."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="decisions"
    )
    pin = models.ForeignKey(Pin, on_delete=models.CASCADE, related_name="decisions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="decisions"
    )
    reason = models.CharField(max_length=300, blank=True)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("conversation", "pin"), name="decision_once"),
        )
