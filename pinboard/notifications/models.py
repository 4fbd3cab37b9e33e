"""Notification, Wishes, PushSubscription."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

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

    target: what it is about, as the kind understands it (a pin's or a person's id, a day). The
    sentence and the link are made when shown, through the doors of that moment, so that a
    notification never tells more than its reader may still see.
    """

    class Kind(models.TextChoices):
        FOLLOWED = "followed"
        PIN_SAVED = "pin_saved"
        BOARD_SHARED = "board_shared"
        ADDED = "added"
        ANSWERED = "answered"
        REPORTED = "reported"
        PRICES = "prices"

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


class Wishes(models.Model):
    """How somebody wants to be told of what they missed. Nobody has a row before they said so.

    Quiet hours run from quiet_from to quiet_to in the person's own time zone, over midnight
    when the first is the later one; equal or empty: none.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wishes"
    )
    mails = models.BooleanField("a letter a day, when I missed something", default=True)
    prices = models.BooleanField("what I keep got cheaper or is back in stock", default=True)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_to = models.TimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    mailed = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Wishes of {self.person_id}"

    def is_quiet(self, now: datetime) -> bool:
        """Whether now, an aware time, lies in the quiet hours."""
        if self.quiet_from is None or self.quiet_to is None:
            return False
        clock = now.astimezone(zone_of(self.time_zone)).time()
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= clock < self.quiet_to
        return clock >= self.quiet_from or clock < self.quiet_to


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its name; the site's own for an empty or unknown one."""
    try:
        return ZoneInfo(name or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)


class PushSubscription(models.Model):
    """A browser that asked to be woken. It ends with the session that asked.

    endpoint, p256dh, auth: what the browser's push manager gave; base64url without padding.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_subscriptions"
    )
    session_key = models.CharField(max_length=40)
    endpoint = models.URLField(max_length=1000)
    # sha256 of endpoint, hex: addresses are longer than an index likes.
    endpoint_digest = models.CharField(max_length=64, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    # In a row. After each it rests, twice as long as after the one before.
    failures = models.PositiveSmallIntegerField(default=0)
    rests_until = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Push subscription {self.pk}"
