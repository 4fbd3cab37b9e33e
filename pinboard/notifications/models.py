"""Notification."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from pinboard.people.models import Person


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, viewer: Person) -> NotificationQuerySet:
        """A person's own, nobody else's."""
        return self.filter(person=viewer)


class Notification(models.Model):
    """Something happened to something of yours, count times since you last looked.

    target: what it is about, as the kind understands it (a pin's or a person's id). The
    sentence and the link are made when shown, through the doors of that moment, so that a
    notification never tells more than its reader may still see.
    """

    class Kind(models.TextChoices):
        FOLLOWED = "followed"
        PIN_SAVED = "pin_saved"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    target = models.BigIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    count = models.PositiveIntegerField(default=1)
    seen = models.BooleanField(default=False)
    changed = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[Notification]] = NotificationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "kind", "target"), name="notification_once_per_target"
            ),
        )
        indexes = (models.Index(fields=("person", "-changed"), name="notification_newest"),)
