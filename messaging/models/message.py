"""Message, MessagePin, Reaction, Report.

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
from django.utils import timezone

from messaging.models.conversation import Conversation, Member
from pinboard.pins.models import Board, Pin

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pinboard.people.models import Person

MAX_TEXT = 4000
MAX_PINS = 20


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, viewer: Person | AnonymousUser) -> MessageQuerySet:
        """Messages of one's conversations, from the moment one joined; never of a request."""
        if not viewer.is_authenticated:
            return self.none()
        membership = Member.objects.filter(
            conversation=OuterRef("conversation"),
            person=viewer,
            left__isnull=True,
            accepted=True,
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
    board = models.ForeignKey(
        Board, null=True, blank=True, on_delete=models.SET_NULL, related_name="shares"
    )
    # The message of the same conversation that this one answers.
    quote = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="answers"
    )
    created = models.DateTimeField(default=timezone.now)
    edited = models.DateTimeField(null=True, blank=True)
    # Taken back by its sender: its words, pins and the rest are deleted, its place stays.
    removed = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Message]] = MessageQuerySet.as_manager()

    # As it was drawn when it was told, for the answer to whoever said it. Not stored.
    html: str = ""

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
    # The message brought it here from outside: it made the pin, and takes it along when taken back.
    brought = models.BooleanField(default=False)
    # What was said to the pin under this number or a lower one this copy keeps to itself:
    # somebody who sees the copy was not there yet. Fixed when it is shared.
    marks_after = models.BigIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("message", "pin"), name="message_pin_once"),)
        indexes = (models.Index(fields=("conversation", "pin"), name="message_pin_shelf"),)


class Reaction(models.Model):
    """One member's emoji on a message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reactions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reactions"
    )
    emoji = models.CharField(max_length=16)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("message", "person", "emoji"), name="reaction_once"),
        )

    def __str__(self) -> str:
        return self.emoji


class Report(models.Model):
    """A message that somebody asks the keepers of this place to look at.

    evidence: what the message said and carried when it was reported; it outlives the message.
    """

    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="reports"
    )
    accused = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="accusations"
    )
    message = models.ForeignKey(
        Message, null=True, on_delete=models.SET_NULL, related_name="reports"
    )
    reason = models.CharField(max_length=20)
    words = models.CharField(max_length=500, blank=True)
    evidence = models.JSONField(default=dict)
    created = models.DateTimeField(default=timezone.now)
    closed = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # What was done about it, in words; part of the log of actions.
    action = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("reporter", "message"), name="report_once"),)
        indexes = (
            models.Index(fields=("created",), condition=Q(closed__isnull=True), name="report_open"),
        )

    def __str__(self) -> str:
        return f"Report {self.pk}"


class ReportEntry(models.Model):
    """A line of the log: which keeper did what about a report, and when. Never changed."""

    class Deed(models.TextChoices):
        OPENED = "opened", "Looked at it"
        DISMISSED = "dismissed", "Dismissed it"
        DEACTIVATED = "deactivated", "Deactivated the account"

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="entries")
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    deed = models.CharField(max_length=20, choices=Deed.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.deed} at {self.at:%Y-%m-%d %H:%M}"
