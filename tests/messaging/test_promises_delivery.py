"""Checks of TRUST.md about delivery that need the clock, the disk or the lock to misbehave."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from messaging.models import Conversation, Message
from messaging.reasons import typing_audience
from pinboard.database import database_settings
from pinboard.people.models import Person
from pinboard.services import NO_CRASH, POSTGRES_OPTIONS
from tests.makers import make_conversation, say

JSON = {"Accept": "application/json"}
sqlite_only = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a fault of SQLite's")


def post(client: Client, conversation: Conversation, text: str, client_id: str = "") -> Any:
    said = {"client_id": client_id or str(uuid.uuid4()), "text": text}
    return client.post(f"/messages/{conversation.pk}/post/", said, headers=JSON)


def texts(conversation: Conversation) -> list[str]:
    messages = Message.objects.filter(conversation=conversation, kind=Message.Kind.SAID)
    return list(messages.order_by("number").values_list("text", flat=True))


def patient_client(person: Person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def test_an_acknowledged_message_is_on_the_disk_before_the_answer() -> None:
    """Check 5. A power cut cannot be made here; what survives one is asked of the settings."""
    sqlite = database_settings("", Path("/somewhere"))["OPTIONS"]["init_command"]
    assert "PRAGMA synchronous=FULL" in sqlite
    assert "PRAGMA journal_mode=WAL" in sqlite
    postgres = database_settings("postgres://me@127.0.0.1/pins", Path("/somewhere"))
    assert "synchronous_commit" not in str(postgres), "PostgreSQL's default is on"
    # What the torture kills answers only for what survives it.
    assert "synchronous_commit" in NO_CRASH
    assert "synchronous_commit" not in POSTGRES_OPTIONS


def test_a_server_clock_that_jumps_changes_neither_order_nor_catch_up(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check 15."""
    talk = make_conversation(alice, bob)
    start = Conversation.objects.get(pk=talk.pk).counter
    client, now = patient_client(alice), timezone.now()
    for hours in (0, -1, 24, -24, 0):
        moment = now + timedelta(hours=hours)
        with monkeypatch.context() as wrong:
            wrong.setattr(timezone, "now", partial(_same, moment))
            wrong.setattr(Message._meta.get_field("created"), "_get_default", timezone.now)
            assert post(client, talk, f"at {hours}").status_code == 201
    created = list(Message.objects.filter(conversation=talk).values_list("created", flat=True))
    assert created != sorted(created), "the clock did jump"
    his = patient_client(bob)
    page = his.get(f"/messages/{talk.pk}/changes/?after={start}", headers=JSON).json()
    assert [message["place"] for message in page["messages"]] == list(range(start + 1, start + 6))
    shown = his.get(f"/messages/{talk.pk}/").content.decode()
    places = [shown.index(f"at {hours}</p>") for hours in (-1, 24, -24)]
    assert places == sorted(places)
    middle = his.get(f"/messages/{talk.pk}/changes/?after={start + 3}", headers=JSON).json()
    assert [message["place"] for message in middle["messages"]] == [start + 4, start + 5]


def _same(moment: datetime) -> datetime:
    return moment


@contextmanager
def impatient() -> Iterator[None]:
    """The connection waits for a lock a tenth of a second instead of five."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=100")
        try:
            yield
        finally:
            cursor.execute("PRAGMA busy_timeout=5000")


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_while_the_database_is_locked_one_is_asked_to_come_back_and_nothing_doubles(
    alice: Person, bob: Person
) -> None:
    """Check 16, on SQLite; `manage.py torture` holds the lock for ten seconds under load."""
    talk = make_conversation(alice, bob)
    client, client_id = patient_client(alice), str(uuid.uuid4())
    path = connection.settings_dict["NAME"]
    with impatient(), closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        locked = post(client, talk, "Once", client_id)
        assert (locked.status_code, locked.json()["code"]) == (503, "busy")
        assert int(locked.headers["Retry-After"]) > 0
        assert client.get(f"/messages/{talk.pk}/changes/?after=0").status_code == 200
        other.execute("ROLLBACK")
    assert post(client, talk, "Once", client_id).status_code == 201
    assert post(client, talk, "Once", client_id).status_code == 200
    assert texts(talk) == ["Once"]


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_told_and_passes(alice: Person, bob: Person) -> None:
    """Check 17, on SQLite: a database that may not grow says what a full disk says."""
    talk = make_conversation(alice, bob)
    client, client_id = patient_client(alice), str(uuid.uuid4())
    long = "x" * 4000
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages}")
        try:
            answers = [post(client, talk, long, client_id)]
            while answers[-1].status_code == 201 and len(answers) < 200:
                client_id = str(uuid.uuid4())
                answers.append(post(client, talk, long, client_id))
        finally:
            cursor.execute("PRAGMA max_page_count=1073741823")
        full = answers[-1]
        assert (full.status_code, full.json()["code"]) == (503, "busy")
        kept = len(answers) - 1
        assert len(texts(talk)) == kept
        assert post(client, talk, long, client_id).status_code == 201
        assert len(texts(talk)) == kept + 1
        assert cursor.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_typing_is_nobody_elses_and_leaves_nothing_behind(
    alice: Person, bob: Person, charlie: Person
) -> None:
    """Check 21: the six seconds are the browser's, see tests/browser/test_connection.py."""
    talk = make_conversation(alice, bob)
    say(talk, bob)
    say(talk, alice)
    heard = typing_audience(alice.pk, talk.pk)
    assert heard is not None
    assert bob.pk in set(heard[0])
    assert charlie.pk not in set(heard[0])
    assert typing_audience(charlie.pk, talk.pk) is None
    with CaptureQueriesContext(connection) as asked:
        typing_audience(alice.pk, talk.pk)
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)


def test_a_hundred_messages_written_offline_arrive_in_order_and_once(
    open_window: Any, alice: Person, bob: Person
) -> None:
    """Check 7."""
    from playwright.sync_api import expect

    from tests.browser.conftest import visit

    talk = make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, f"/messages/{talk.pk}/")
    box = page.locator("#page message-composer:defined textarea[data-text]")
    box.fill("online")
    box.press("Enter")
    expect(page.locator(".message[data-message]")).to_have_count(1)
    page.context.set_offline(True)
    for number in range(100):
        box.fill(f"{number}")
        box.press("Enter")
    expect(page.locator(".is-unsent")).to_have_count(100)
    page.context.set_offline(False)
    expect(page.locator(".is-unsent")).to_have_count(0, timeout=60_000)
    assert texts(talk) == ["online", *map(str, range(100))]
