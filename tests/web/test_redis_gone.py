"""Redis stops or stands still: people go on, limits go on, and nobody waits for it (I11)."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from redis.exceptions import RedisError

from pinboard import jobs
from pinboard.people.models import Person
from pinboard.web import cache as cache_module
from pinboard.web.ratelimit import count_up
from tests import services
from tests.conftest import ROOT, answers, server_environment, session_cookie
from tests.makers import make_conversation


@pytest.fixture
def redis() -> Iterator[services.Service]:
    with services.start_redis() as service:
        yield service


@pytest.fixture
def with_redis(redis: services.Service, settings: Any) -> services.Service:
    """The cache and the limits as they are on a grown site."""
    settings.CACHES = {
        "default": {"BACKEND": "pinboard.web.cache.SteadyCache", "LOCATION": redis.url}
    }
    settings.RATE_LIMITS = True
    return redis


def pause(service: services.Service) -> None:
    """It still accepts connections, and answers none: worse than being gone."""
    os.kill(service.process.pid, signal.SIGSTOP)


def go_on(service: services.Service) -> None:
    os.kill(service.process.pid, signal.SIGCONT)


def send(client: Client, conversation_id: int) -> int:
    said = {"client_id": str(uuid.uuid4()), "text": "still here"}
    address = f"/messages/{conversation_id}/post/"
    return client.post(address, said, headers={"Accept": "application/json"}).status_code


def test_a_message_is_taken_while_redis_is_gone(
    with_redis: services.Service, client: Client, alice: Person, bob: Person
):
    conversation = make_conversation(alice, bob)
    client.force_login(alice)
    assert send(client, conversation.pk) == 201
    with_redis.stop()
    assert send(client, conversation.pk) == 201


def test_limits_hold_while_redis_is_gone(with_redis: services.Service):
    with_redis.stop()
    waits = [count_up("send", "person-1", limit=3, seconds=600) for _ in range(5)]
    assert [wait > 0 for wait in waits] == [False, False, False, True, True]


def test_signing_in_goes_on_while_redis_is_gone(
    with_redis: services.Service, client: Client, settings: Any, alice: Person
):
    """allauth's limits take a lock in the cache, and refuse whoever does not get it."""
    settings.ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "2/5m/key"}
    alice.set_password("a long enough secret")
    alice.save()
    with_redis.stop()
    wrong = {"login": "alice", "password": "not this one"}
    right = {"login": "alice", "password": "a long enough secret"}
    assert client.post("/accounts/login/", wrong).status_code == 200
    assert client.post("/accounts/login/", right).status_code == 302


def test_after_a_failure_redis_is_left_alone_for_a_while(
    with_redis: services.Service, monkeypatch: pytest.MonkeyPatch
):
    cache.set("a", 1)
    pause(with_redis)
    assert cache.get("a") is None, "a question that takes too long is a miss"
    go_on(with_redis)
    assert cache.get("a") is None, "and nobody else is made to wait"
    cache.set("a", 2)
    assert cache.get("a") == 2
    monkeypatch.setattr(cache_module, "_rests_until", {})
    assert cache.get("a") == 1, "then it is asked again"


def test_every_question_has_an_answer_without_redis(with_redis: services.Service):
    with_redis.stop()
    assert cache.add("n", 1)
    assert cache.incr("n") == 2
    assert cache.touch("n", 60)
    assert cache.has_key("n")
    cache.set_many({"a": 1, "b": 2})
    assert cache.get_many(["a", "b", "c"]) == {"a": 1, "b": 2}
    cache.delete_many(["a"])
    assert cache.delete("b")
    cache.clear()
    assert cache.get("n") is None
    with pytest.raises(ValueError, match="not found"):
        cache.incr("n")


def test_a_job_is_put_or_left_to_the_sweep_but_never_waited_for(redis: services.Service):
    storage = jobs._QuickStorage("pinboard", url=redis.url)
    storage.enqueue(b"one")
    assert storage.dequeue() == b"one"
    pause(redis)
    for _ in range(50):  # a failure is remembered: together they would take 15 s
        with pytest.raises(RedisError):
            storage.enqueue(b"two")
    go_on(redis)


@pytest.mark.slow
def test_a_site_whose_redis_stands_still_takes_messages(
    transactional_db: None, redis: services.Service, tmp_path: Path, alice: Person, bob: Person
):
    conversation = make_conversation(alice, bob)
    port = services.free_port()
    address = f"http://127.0.0.1:{port}"
    log = tmp_path / "log.txt"
    environment = server_environment(
        REDIS_URL=redis.url,
        PINBOARD_JOBS="worker",
        PINBOARD_RATE_LIMITS="on",
        PINBOARD_DATA=str(tmp_path / "data"),
        PINBOARD_SECRET_KEY=django_settings.SECRET_KEY,
    )
    command = [sys.executable, "manage.py", "start", "--empty", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        services.wait_until(lambda: answers(port), process, log)
        session = session_cookie(alice, address)
        pause(redis)
        assert post_words(port, session, conversation.pk) == 201
        redis.process.kill()
        assert post_words(port, session, conversation.pk) == 201
    finally:
        process.terminate()
        process.wait(timeout=30)
    assert "Traceback" not in log.read_text()


def post_words(port: int, session: dict[str, Any], conversation_id: int) -> int:
    token = "t" * 32
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        line.request(
            "POST",
            f"/messages/{conversation_id}/post/",
            urlencode({"client_id": str(uuid.uuid4()), "text": "still here"}),
            {
                "Accept": "application/json",
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": f"{session['name']}={session['value']}; pinboard_csrf={token}",
                "X-CSRFToken": token,
            },
        )
        answer = line.getresponse()
        said = answer.read()
        assert json.loads(said)["ok"], said
        return answer.status
    finally:
        line.close()
