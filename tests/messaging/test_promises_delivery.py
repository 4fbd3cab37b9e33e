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

import psycopg
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


def another_line() -> Any:
    """A second connection to this run's PostgreSQL."""
    params = connection.get_connection_params()
    for ours in ("cursor_factory", "context", "prepare_threshold"):
        params.pop(ours, None)
    return psycopg.connect(**params)


@contextmanager
def locked_by_another(talk: Conversation) -> Iterator[None]:
    """Somebody else holds the lock that a post needs; ours waits a tenth of a second for it."""
    if connection.vendor == "sqlite":
        name, wait, patience = connection.settings_dict["NAME"], "PRAGMA busy_timeout=", (100, 5000)
        other: Any = sqlite3.connect(name, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        wait, patience = "SET lock_timeout=", (100, 0)
        other = another_line()
        other.execute(f"SELECT 1 FROM messaging_conversation WHERE id={talk.pk} FOR UPDATE")
    with closing(other), connection.cursor() as cursor:
        cursor.execute(f"{wait}{patience[0]}")
        try:
            yield
            other.rollback()
        finally:
            cursor.execute(f"{wait}{patience[1]}")


@pytest.mark.django_db(transaction=True)
def test_while_the_database_is_locked_one_is_asked_to_come_back_and_nothing_doubles(
    alice: Person, bob: Person
) -> None:
    """Check 16; `manage.py torture` holds SQLite's lock for ten seconds under load."""
    talk = make_conversation(alice, bob)
    client, client_id = patient_client(alice), str(uuid.uuid4())
    with locked_by_another(talk):
        locked = post(client, talk, "Once", client_id)
        assert (locked.status_code, locked.json()["code"]) == (503, "busy")
        assert int(locked.headers["Retry-After"]) > 0
        assert client.get(f"/messages/{talk.pk}/changes/?after=0").status_code == 200
    assert post(client, talk, "Once", client_id).status_code == 201
    assert post(client, talk, "Once", client_id).status_code == 200
    assert texts(talk) == ["Once"]


@contextmanager
def full_disk() -> Iterator[None]:
    """SQLite may not grow any more; PostgreSQL says what it says when it cannot write (53100)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")  # pages that earlier tests left free would be used up first
            cursor.execute("PRAGMA page_count")
            (pages,) = cursor.fetchone()
            cursor.execute(f"PRAGMA max_page_count={pages}")
            yield
            cursor.execute("PRAGMA max_page_count=1073741823")
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone() == ("ok",)
            return
        cursor.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE='53100'; END $$;"
            "CREATE TRIGGER full_disk BEFORE INSERT ON messaging_message"
            " FOR EACH ROW EXECUTE FUNCTION full_disk()"
        )
        try:
            yield
        finally:
            cursor.execute("DROP FUNCTION full_disk CASCADE")


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_told_and_passes(alice: Person, bob: Person) -> None:
    """Check 17."""
    talk = make_conversation(alice, bob)
    client, client_id = patient_client(alice), str(uuid.uuid4())
    long = "x" * 4000
    with full_disk():
        answers = [post(client, talk, long, client_id)]
        while answers[-1].status_code == 201 and len(answers) < 200:
            client_id = str(uuid.uuid4())
            answers.append(post(client, talk, long, client_id))
        full = answers[-1]
        assert (full.status_code, full.json()["code"]) == (503, "busy")
        assert len(texts(talk)) == len(answers) - 1
    assert post(client, talk, long, client_id).status_code == 201
    assert len(texts(talk)) == len(answers)


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
