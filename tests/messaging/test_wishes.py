"""What one wants to be told: saved without undoing what happens at the same moment."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pinboard.notifications import views
from pinboard.notifications.forms import WishesForm
from pinboard.notifications.models import Wishes
from pinboard.people.models import Person


def meet(monkeypatch: pytest.MonkeyPatch, **fields: Any) -> None:
    """While the form is looked at, somebody else writes these fields of the person's row."""

    class MeetingForm(WishesForm):
        def clean(self) -> dict[str, Any]:
            Wishes.objects.update_or_create(person=self.instance.person, defaults=fields)
            return super().clean()

    monkeypatch.setattr(views, "WishesForm", MeetingForm)


def test_a_letter_written_meanwhile_is_not_forgotten(
    client: Client, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    Wishes.objects.create(person=bob)
    now = timezone.now()
    meet(monkeypatch, mailed=now)
    client.force_login(bob)
    whole = {"mails": "on", "quiet_from": "22:00", "quiet_to": "07:00"}
    assert client.post("/notifications/wishes/", whole).status_code == 302
    mine = Wishes.objects.get(person=bob)
    assert mine.mailed == now
    assert (mine.quiet_from, mine.quiet_to) != (None, None)


def test_two_first_saves_at_once_are_one_row(
    client: Client, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet(monkeypatch, mails=True)
    client.force_login(bob)
    assert client.post("/notifications/wishes/", {}).status_code == 302
    assert not Wishes.objects.get(person=bob).mails


def test_looking_at_the_page_writes_nothing(client: Client, bob: Person) -> None:
    client.force_login(bob)
    assert client.get("/notifications/wishes/").status_code == 200
    assert not Wishes.objects.exists()
