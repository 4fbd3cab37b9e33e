"""Whoever may see a pin may see its picture. (Of a draft: whoever stored it, say the images.)"""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef

from pinboard.images.access import admit
from pinboard.people.models import Person
from pinboard.pins.models import Pin


@admit
def pictures_of_pins(viewer: AbstractBaseUser | None) -> Exists:
    pins = Pin.objects.visible_to(viewer) if isinstance(viewer, Person) else Pin.objects.public()
    return Exists(pins.filter(picture=OuterRef("pk")))
