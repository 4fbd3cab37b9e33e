"""Sockets end with the session they were opened in, however it ended.

Django deletes the session's row on logout, on a change of key and when a person ends another
of their sessions, and each deletion says so with a signal; hearing that one signal covers
them all. A new password or a deactivation leaves rows behind that no longer open anything:
then every socket of that person proves its session again.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from pinboard.live.publish import close_session, recheck_person

# A save that names its fields and none of these cannot end a session.
TELLING_FIELDS = {"password", "is_active"}


def connect() -> None:
    """Hear the signals; called once, when the apps are ready."""
    person = get_user_model()
    post_save.connect(_person_saved, sender=person, dispatch_uid="live.person")
    store = import_module(settings.SESSION_ENGINE).SessionStore
    if hasattr(store, "get_model_class"):  # sessions kept elsewhere have no rows to delete
        sessions = store.get_model_class()
        post_delete.connect(_session_deleted, sender=sessions, dispatch_uid="live.session")


def _session_deleted(instance: Any, **_: object) -> None:
    # Expired rows are swept by the thousand and their sockets have closed by themselves.
    if instance.expire_date > timezone.now():
        close_session(instance.session_key)


def _person_saved(
    instance: Any, created: bool, update_fields: frozenset[str] | None, **_: object
) -> None:
    if not created and (update_fields is None or TELLING_FIELDS & update_fields):
        recheck_person(instance.pk)
