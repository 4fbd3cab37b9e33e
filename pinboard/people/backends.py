"""The viewer, with their face, in one query."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from pinboard.images.models import Picture
from pinboard.people.models import Person
from pinboard.web.prepared import Prepared

PERSON = tuple(field.attname for field in Person._meta.concrete_fields)
# What Person.face_url asks for.
FACE = ("id", "key", "original_format", "renditions")


class _WithFace(ModelBackend):
    """The face comes along because every page shows it."""

    def get_user(self, user_id: Any) -> Person | None:
        row = VIEWER.row(pk=int(user_id))
        if row is None:
            return None
        person = Person.from_db("default", PERSON, row[: len(PERSON)])
        face = row[len(PERSON) :]
        person.face = Picture.from_db("default", FACE, face) if face[0] else None
        return person if self.user_can_authenticate(person) else None


class PersonBackend(_WithFace):
    """Django's own backend."""


class AccountBackend(_WithFace, AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Allauth's backend, which stays in the session of whoever signed in through it."""


def _viewer(pk: int) -> QuerySet[Person, Any]:
    return Person.objects.filter(pk=pk).values_list(*PERSON, *(f"face__{name}" for name in FACE))


VIEWER = Prepared(_viewer)
