"""Sessions and devices end up forgotten, the living ones stay."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from pinboard.people.models import Person
from pinboard.web import jobs

NOW = timezone.now()
LONG_AGO = NOW - timedelta(days=30)


def make_session(key: str, expires: Any) -> None:
    Session.objects.create(session_key=key, session_data="", expire_date=expires)


def make_device(person: Person, key: str, made: Any) -> None:
    UserSession.objects.create(
        user=person, ip="127.0.0.1", session_key=key, user_agent="Browser", created_at=made
    )


def test_expired_sessions_are_forgotten_in_batches(db: None, monkeypatch: Any):
    monkeypatch.setattr(jobs, "BATCH", 2)
    for number in range(5):
        make_session(f"old-{number}", LONG_AGO)
    make_session("living", NOW + timedelta(hours=1))
    jobs.forget_ended_sessions()
    assert [session.pk for session in Session.objects.all()] == ["living"]


def test_a_device_is_forgotten_after_its_session(alice: Person):
    make_session("expired", LONG_AGO)
    make_session("living", NOW + timedelta(hours=1))
    make_device(alice, "expired", LONG_AGO)
    make_device(alice, "signed-out", LONG_AGO)
    make_device(alice, "living", LONG_AGO)
    make_device(alice, "being-made", NOW)
    jobs.forget_ended_sessions()
    left = UserSession.objects.values_list("session_key", flat=True)
    assert sorted(left) == ["being-made", "living"]
