"""Checks 24 to 26 of TRUST.md: who was removed receives nothing, by whatever way they try."""

from __future__ import annotations

import asyncio
import http.client
import json
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from messaging.changes import changes_after
from messaging.joining import remove_person
from messaging.models import Conversation
from messaging.views import reading
from pinboard.people.models import Person
from tests import services
from tests.conftest import ROOT, answers, server_environment, session_cookie
from tests.makers import make_conversation, make_pin, say

JSON = {"Accept": "application/json"}
CANARY = "canary-7d2f9a"


def addresses_of_a_conversation(conversation: int, person: int) -> list[str]:
    """Every address below /messages/<id>/ that needs nothing but numbers."""
    found = []
    for part in get_resolver().url_patterns:
        if str(part.pattern) == "messages/":
            for route in part.url_patterns:  # type: ignore[union-attr]  # it includes others
                path = str(route.pattern)
                if isinstance(route, URLPattern) and path.startswith("<int:conversation_id>/"):
                    path = path.replace("<int:conversation_id>", str(conversation))
                    path = path.replace("<int:person_id>", str(person))
                    found.append(f"/messages/{path.replace('<int:link_id>', '1')}")
    assert len(found) > 12, "the addresses moved"
    return [path for path in found if "<" not in path]


def test_whoever_was_removed_finds_at_no_address_what_is_not_there_for_a_stranger(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    """Check 24, over HTTP; and 26: the old cursor opens nothing."""
    group = make_conversation(alice, bob, charlie)
    pin = make_pin(alice, f"{CANARY} pin", is_public=False)
    say(group, alice, f"{CANARY} before", pins=(pin,))
    client.force_login(bob)
    before = client.get(f"/messages/{group.pk}/changes/?after=0", headers=JSON).json()
    assert CANARY in str(before)
    remove_person(actor=alice, conversation_id=group.pk, person=bob)
    say(group, alice, f"{CANARY} after", pins=(pin,))
    here = addresses_of_a_conversation(group.pk, bob.pk)
    nowhere = addresses_of_a_conversation(10**9, bob.pk)
    after = f"?after={before['number']}"
    for mine, unknown in zip(here, nowhere, strict=True):
        for ask in (client.get, client.post):
            got, expected = ask(mine + after, headers=JSON), ask(unknown + after, headers=JSON)
            assert (got.status_code, got.content) == (expected.status_code, expected.content), mine
            assert CANARY not in got.content.decode()
    for path in (
        "/messages/",
        "/messages/tray/",
        "/messages/tray/?find=canary",
        "/messages/unread/",
        "/messages/search/?q=canary",
        "/search/?q=canary",
        "/notifications/",
        "/",
    ):
        assert CANARY not in client.get(path).content.decode(), path
    assert client.get(pin.get_absolute_url()).status_code == 404


def test_whoever_is_removed_while_they_ask_is_not_told_that_nothing_is_all(
    client: Client, alice: Person, bob: Person, charlie: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by torture: the removal came between the counter and the messages (I4)."""
    group = make_conversation(alice, bob, charlie)
    say(group, alice, "hello")
    client.force_login(bob)
    address = f"/messages/{group.pk}/changes/?after=0"
    assert len(client.get(address, headers=JSON).json()["messages"]) == 2

    def removed_meanwhile(conversation: Conversation, **more: Any) -> Any:
        remove_person(actor=alice, conversation_id=group.pk, person=bob)
        return changes_after(conversation, **more)

    monkeypatch.setattr(reading, "changes_after", removed_meanwhile)
    assert client.get(address, headers=JSON).status_code == 404


# ---------------------------------------------------------------- with and without Redis


@pytest.fixture
def redis() -> Iterator[services.Service]:
    with services.start_redis() as service:
        yield service


@contextmanager
def two_servers(folder: Path, redis: services.Service) -> Iterator[list[int]]:
    """Two web processes over this run's database, hearing each other through a Redis."""
    environment = server_environment(
        REDIS_URL=redis.url,
        PINBOARD_JOBS="worker",
        PINBOARD_DATA=str(folder / "data"),
        PINBOARD_SECRET_KEY=django_settings.SECRET_KEY,
    )
    ports = [services.free_port(), services.free_port()]
    started = []
    try:
        for port in ports:
            log = folder / f"{port}.txt"
            command = [sys.executable, "manage.py", "start", "--empty", "--port", str(port)]
            with log.open("wb") as output:
                process = subprocess.Popen(
                    command, cwd=ROOT, env=environment, stdout=output, stderr=output
                )
            started.append(process)
            services.wait_until(lambda at=port: answers(at), process, log)  # type: ignore[misc]  # mypy knows no default here
        yield ports
    finally:
        for process in started:
            process.terminate()
        for process in started:
            try:
                process.wait(timeout=30)
            finally:
                process.kill()


async def heard_meanwhile(line: ClientConnection, heard: list[str]) -> None:
    try:
        while True:
            heard.append(str(await line.recv()))
    except ConnectionClosed:
        return


async def until(heard: Sequence[str], word: str, seconds: float = 40) -> None:
    async with asyncio.timeout(seconds):
        while not any(word in frame for frame in heard):  # noqa: ASYNC110  # frames come in a list
            await asyncio.sleep(0.05)


def line_of(person: Person, port: int) -> connect:
    address = f"http://127.0.0.1:{port}"
    cookie = session_cookie(person, address)
    return connect(
        f"ws://127.0.0.1:{port}/live/",
        origin=address,  # type: ignore[arg-type]  # a NewType of str
        additional_headers={"Cookie": f"{cookie['name']}={cookie['value']}"},
        proxy=None,
    )


@pytest.mark.slow
@pytest.mark.parametrize("redis_is_away", [False, True], ids=["with redis", "redis stopped"])
def test_an_open_socket_of_whoever_was_removed_hears_nothing_more(
    transactional_db: None,
    tmp_path: Path,
    redis: services.Service,
    alice: Person,
    bob: Person,
    charlie: Person,
    redis_is_away: bool,
) -> None:
    """Checks 24 and 25: his socket is at one process, what happens happens at the other."""
    group = make_conversation(alice, bob, charlie)
    with two_servers(tmp_path, redis) as (near, far):
        lines = (line_of(bob, far), line_of(charlie, far))
        talk = _remove_and_talk(group, alice, bob, lines, near, redis, redis_is_away)
        # Not in this thread: where browser tests run too, a loop of theirs runs here already.
        with ThreadPoolExecutor(max_workers=1) as elsewhere:
            elsewhere.submit(asyncio.run, talk).result()


async def _remove_and_talk(
    group: Conversation,
    alice: Person,
    bob: Person,
    lines: tuple[connect, connect],
    near: int,
    redis: services.Service,
    redis_is_away: bool,
) -> None:
    heard: dict[str, list[str]] = {"bob": [], "charlie": []}
    async with lines[0] as his, lines[1] as theirs:
        hearing = [
            asyncio.create_task(heard_meanwhile(his, heard["bob"])),
            asyncio.create_task(heard_meanwhile(theirs, heard["charlie"])),
        ]
        await asyncio.to_thread(ask, near, alice, group, "post/", text="before")
        await until(heard["bob"], "before")
        if redis_is_away:
            redis.end(signal.SIGKILL)
        gone = f"members/{bob.pk}/remove/"
        assert await asyncio.to_thread(ask, near, alice, group, gone) == 200
        assert await asyncio.to_thread(ask, near, alice, group, "post/", text=CANARY) == 201
        if redis_is_away:
            redis.begin_again()
            await until(heard["charlie"], '"gap"')
            assert await asyncio.to_thread(ask, near, alice, group, "post/", text=CANARY) == 201
        await until(heard["charlie"], CANARY)
        for task in hearing:
            task.cancel()
    assert not [frame for frame in heard["bob"] if CANARY in frame]
    types = [json.loads(frame)["type"] for frame in heard["bob"]]
    assert ("membership.changed" in types) is not redis_is_away or "gap" in types


def ask(port: int, person: Person, group: Conversation, path: str, **fields: str) -> int:
    """The status of a deed over HTTP. In a thread of its own, with its own connection."""
    try:
        cookie = session_cookie(person, f"http://127.0.0.1:{port}")
    finally:
        connection.close()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    token = "b" * 32
    headers = {
        **JSON,
        "Cookie": f"{cookie['name']}={cookie['value']}; pinboard_csrf={token}",
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    said = urlencode({"client_id": str(uuid.uuid4()), **fields})
    line.request("POST", f"/messages/{group.pk}/{path}", said, headers)
    status = line.getresponse().status
    line.close()
    return status
