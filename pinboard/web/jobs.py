"""Background work of the view craft: sessions that have ended are forgotten.

Django deletes a session when somebody signs out, never one that has merely expired.
"""

from __future__ import annotations

from datetime import timedelta

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from pinboard.jobs import periodic

# At most so many rows at a time: on SQLite a deletion holds up every other write.
BATCH = 500
# allauth notes a device beside its session; a sign-in may be writing the one without the other.
DEVICE_AGE = timedelta(days=1)


@periodic(minutes=30)
def forget_ended_sessions() -> None:
    """Delete expired sessions, and what is known of devices whose session is gone."""
    while _forget_expired():
        pass
    while _forget_devices():
        pass


def _forget_expired() -> int:
    expired = Session.objects.filter(expire_date__lt=timezone.now())
    keys = list(expired.values_list("pk", flat=True)[:BATCH])
    return Session.objects.filter(pk__in=keys).delete()[0] if keys else 0


def _forget_devices() -> int:
    devices = apps.get_model("usersessions", "UserSession")._default_manager
    session = Session.objects.filter(session_key=OuterRef("session_key"))
    old = devices.filter(~Exists(session), created_at__lt=timezone.now() - DEVICE_AGE)
    keys = list(old.values_list("pk", flat=True)[:BATCH])
    return devices.filter(pk__in=keys).delete()[0] if keys else 0
