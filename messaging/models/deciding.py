"""Verdict, Decision, Poll, PollChoice, PollVote."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from messaging.models.conversation import Conversation
from messaging.models.message import Message
from pinboard.pins.models import Pin


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
    # Of the change that gave it.
    number = models.BigIntegerField()

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
    # The place of the line that tells of it: what was shared before folds away. 0: nothing does.
    place = models.BigIntegerField(default=0)
    # Of the change that settled it, or that gave its reason.
    number = models.BigIntegerField()
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("conversation", "pin"), name="decision_once"),
        )


class Poll(models.Model):
    """A question with a deadline, carried by a message: which of these pins?"""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="poll")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="polls")
    question = models.CharField(max_length=200)
    closes = models.DateTimeField()
    closed = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("closes",), condition=Q(closed__isnull=True), name="poll_open"),
        )

    def __str__(self) -> str:
        return self.question


class PollChoice(models.Model):
    """A pin one may vote for. pin is None once it is gone; what was voted stays."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="choices")
    pin = models.ForeignKey(Pin, null=True, on_delete=models.SET_NULL, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("poll", "position"), name="poll_choice_once"),
        )

    def __str__(self) -> str:
        return f"Choice {self.position}"


class PollVote(models.Model):
    """One member's choice; one each, changeable until the poll closes."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="votes")
    choice = models.ForeignKey(PollChoice, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    given = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("poll", "person"), name="poll_vote_once"),)

    def __str__(self) -> str:
        return f"Vote {self.pk}"
