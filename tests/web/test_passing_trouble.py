"""A database that is locked or away is told as trouble that passes, never as a mistake of ours."""

from __future__ import annotations

import sqlite3
import uuid

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from messaging.models import Message
from messaging.views import writing
from pinboard.people.models import Person
from pinboard.web.errors import is_passing
from tests.makers import make_conversation

JSON = {"Accept": "application/json"}


def of_sqlite(words: str) -> OperationalError:
    error = OperationalError(words)
    error.__cause__ = sqlite3.OperationalError(words)
    return error


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (of_sqlite("database is locked"), True),
        (of_sqlite("database or disk is full"), True),
        (of_sqlite("no such column: place"), False),
        (OperationalError("server closed the connection unexpectedly"), True),
        (OperationalError("deadlock detected"), True),
        (InterfaceError("connection already closed"), True),
        (ValueError("database is locked"), False),
    ],
)
def test_what_passes_and_what_is_a_mistake(error: Exception, passes: bool) -> None:
    assert is_passing(error) is passes


def test_a_locked_database_asks_to_come_back_and_the_retry_arrives(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = make_conversation(alice, bob)
    client = Client(raise_request_exception=False)
    client.force_login(alice)
    said = {"client_id": str(uuid.uuid4()), "text": "Are you there?"}
    address = f"/messages/{talk.pk}/post/"

    def locked(**_: object) -> None:
        raise of_sqlite("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(writing, "post_message", locked)
        answer = client.post(address, said, headers=JSON)
        assert (answer.status_code, answer.json()["code"]) == (503, "busy")
        assert int(answer.headers["Retry-After"]) > 0
        page = client.post(address, said)
        assert (page.status_code, "One moment, please" in page.content.decode()) == (503, True)
        assert page.headers["Retry-After"]
    assert client.post(address, said, headers=JSON).status_code == 201
    assert Message.objects.filter(conversation=talk, text="Are you there?").count() == 1


def test_a_mistake_of_ours_stays_one(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = make_conversation(alice, bob)
    client = Client(raise_request_exception=False)
    client.force_login(alice)

    def broken(**_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(writing, "post_message", broken)
    answer = client.post(f"/messages/{talk.pk}/post/", {"text": "x"})
    assert (answer.status_code, "Retry-After" in answer.headers) == (500, False)
    assert "Something broke on our side" in answer.content.decode()
