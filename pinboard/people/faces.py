"""Faces are shown to everyone who sees a name, so their pictures are public."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef

from pinboard.images.access import admit
from pinboard.people.models import Person


@admit
def faces(viewer: AbstractBaseUser | None) -> Exists:
    return Exists(Person.objects.filter(face=OuterRef("pk"), is_active=True))
