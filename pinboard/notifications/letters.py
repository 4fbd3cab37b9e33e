"""The way out of letters: a signed word that stops them, without signing in."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

from pinboard.notifications.models import Wishes
from pinboard.people.models import Person

SALT = "pinboard.letters"
HERE = "http://127.0.0.1:8000"


def site_url(path: str) -> str:
    """A whole address of ours, as letters need it; without PINBOARD_ORIGIN this machine's."""
    return f"{settings.ORIGIN or HERE}{path}"


def stopping_url(person: Person) -> str:
    """The whole address that stops letters to this person."""
    token = signing.dumps(person.pk, salt=SALT)
    return site_url(reverse("notifications:no_letters", args=[token]))


def person_of(token: str) -> Person | None:
    """Whose letters a word stops; None for a word that is not ours."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Person.objects.filter(pk=pk).first()


def stop_letters(person: Person) -> None:
    Wishes.objects.update_or_create(person=person, defaults={"mails": False})
