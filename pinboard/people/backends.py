"""The viewer, with their face, in one query."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from pinboard.people.models import Person


class PersonBackend(ModelBackend):
    """Django's own backend; the face comes along because every page shows it."""

    def get_user(self, user_id: Any) -> Person | None:
        person = Person.objects.select_related("face").filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None
