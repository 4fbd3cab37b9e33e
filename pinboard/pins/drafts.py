"""Draft and DraftPicture: what is on its way to becoming pins."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pinboard.people.models import Person


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, viewer: Person | AnonymousUser) -> DraftQuerySet:
        """A person's own, nobody else's."""
        return self.filter(person=viewer) if viewer.is_authenticated else self.none()


class Draft(models.Model):
    """Pictures on their way to becoming pins: uploaded, or offered by a page being read.

    A reading is begun by counting up attempts and setting retry_at, after which it counts as
    dead and somebody else may begin it again. link is kept exactly as it was pasted. pictures: ids
    in the order in which they are offered. led_to: the address of what it became, for whoever
    sends the form again; such a draft offers nothing any more.

    wanted: {"url", "alt"} of pictures that came with the link, absolute http(s): offered before
    the page's own. title, description: words that came with it, better than the page's.
    is_small: it is shown in the small window that save buttons and the bookmarklet open.
    """

    class State(models.TextChoices):
        READING = "reading"
        READY = "ready"
        FAILED = "failed"
        PINNED = "pinned"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    link = models.CharField(max_length=2000, blank=True)
    source = models.ForeignKey(
        "pins.Source", null=True, blank=True, on_delete=models.SET_NULL, related_name="drafts"
    )
    state = models.CharField(max_length=10, choices=State.choices)
    # Why reading failed, in a sentence for the person.
    error = models.CharField(max_length=400, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(default=timezone.now)
    led_to = models.CharField(max_length=200, blank=True)
    wanted = models.JSONField(default=list, blank=True)
    title = models.CharField(max_length=200, blank=True)
    description = models.TextField(max_length=2000, blank=True)
    is_small = models.BooleanField(default=False)
    pictures = models.ManyToManyField("images.Picture", through="DraftPicture", related_name="+")
    created = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[Draft]] = DraftQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("reading", "ready", "failed", "pinned")),
                name="draft_state_known",
            ),
        )
        indexes = (
            models.Index(fields=("retry_at",), condition=Q(state="reading"), name="draft_unread"),
        )

    def __str__(self) -> str:
        return self.link or f"Draft {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("pins:draft", args=[self.pk])


class DraftPicture(models.Model):
    """A picture offered by a draft, best first."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="offers")
    picture = models.ForeignKey("images.Picture", on_delete=models.CASCADE, related_name="+")
    alt = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("draft", "picture"), name="draft_picture_once"),
        )
