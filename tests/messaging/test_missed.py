"""Whoever missed something is told by a push that only their browser can read."""

from __future__ import annotations

import http.server
import json
import socket
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

import http_ece
import pytest
from allauth.account.models import EmailAddress
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.utils import timezone

from messaging import missed
from messaging.changes import mark_read
from messaging.joining import remove_person
from messaging.models import Conversation, Member, Message
from pinboard.notifications.models import PushSubscription, Wishes
from pinboard.people.models import Person
from pinboard.people.relations import block
from tests.makers import make_conversation, say

SECRET = b"sixteen bytes !!"


def base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class PushService:
    """What stands between us and a browser: takes what is sent to it, and answers as it is told."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.status = 201
        self.headers: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                service.headers.append(dict(self.headers))
                service.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(service.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, name: str) -> str:
        return f"http://{self.host}/{name}"

    @property
    def fields(self) -> dict[str, str]:
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {
            "endpoint": self.url("one"),
            "p256dh": base64url(point),
            "auth": base64url(SECRET),
        }

    @property
    def told(self) -> list[dict[str, str]]:
        """What the browser reads, decrypted with its own key."""
        return [
            json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=SECRET))
            for body in self.bodies
        ]


@pytest.fixture
def service(settings: Any) -> Iterator[PushService]:
    running = PushService()
    settings.FETCH_ALLOW = (running.host,)
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture
def bobs(client: Client, bob: Person, service: PushService) -> Client:
    """Bob's browser, which wants to be woken."""
    client.force_login(bob)
    assert client.post("/notifications/subscribe/", service.fields).status_code == 302
    return client


@pytest.fixture
def talk(alice: Person, bob: Person, charlie: Person) -> Conversation:
    for person in (alice, bob, charlie):
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return make_conversation(alice, bob, charlie, is_group=True)


def last(talk: Conversation) -> Message:
    return Message.objects.filter(conversation=talk).latest("number")


def test_a_browser_is_woken_once_with_words_only_it_can_read(bobs, talk, alice, service):
    message = say(talk, alice, "Shall we take the blue one?")
    assert missed.push_about(message.pk) == 1
    assert missed.push_about(message.pk) == 0
    (told,) = service.told
    assert told["title"] == "Alice"
    assert told["body"] == "Shall we take the blue one?"
    assert told["url"] == talk.get_absolute_url()
    assert b"blue" not in service.bodies[0]
    assert service.headers[0]["Authorization"].startswith("vapid t=")


@pytest.mark.parametrize("why", ["read", "muted", "request", "removed", "quiet", "unsent", "out"])
def test_nobody_is_woken_who_does_not_want_or_may_not_hear(why, bobs, talk, alice, bob, service):
    message = say(talk, alice, "Hello")
    mine = Member.objects.filter(conversation=talk, person=bob)
    if why == "read":
        mark_read(person=bob, conversation=last(talk).conversation, number=message.number)
    elif why == "muted":
        mine.update(muted=True)
    elif why == "request":
        mine.update(accepted=False)
    elif why == "removed":
        remove_person(actor=alice, conversation_id=talk.pk, person=bob)
    elif why == "quiet":
        Wishes.objects.create(person=bob, quiet_from=time(0, 0), quiet_to=time(23, 59, 59))
    elif why == "unsent":
        Message.objects.filter(pk=message.pk).update(removed=timezone.now())
    else:
        bobs.post("/accounts/logout/")
    assert missed.push_about(message.pk) == 0
    assert service.bodies == []


def test_a_block_silences_pushes(bobs, talk, alice, bob, service):
    message = say(talk, alice, "Hello")
    block(actor=bob, person=alice)
    assert missed.push_about(message.pk) == 0


def test_a_browser_that_took_its_leave_is_forgotten(bobs, talk, alice, service):
    service.status = 410
    assert missed.push_about(say(talk, alice, "Hello").pk) == 0
    assert not PushSubscription.objects.exists()


def test_a_service_that_stumbles_rests_and_is_tried_again_later(bobs, talk, alice, service):
    service.status = 503
    assert missed.push_about(say(talk, alice, "Hello").pk) == 0
    service.status = 201
    assert missed.push_about(say(talk, alice, "It rests").pk) == 0
    PushSubscription.objects.update(rests_until=timezone.now())
    assert missed.push_about(say(talk, alice, "Hello again").pk) == 1
    assert PushSubscription.objects.get().failures == 0


def test_the_first_dead_address_ends_the_round_for_its_owner(bobs, bob, talk, alice, service):
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        dead = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
    for number in range(3):
        fields = {**service.fields, "endpoint": f"{dead}{number}"}
        bobs.post("/notifications/subscribe/", fields)
    PushSubscription.objects.filter(endpoint__startswith=f"http://{service.host}").delete()
    assert missed.push_about(say(talk, alice, "Hello").pk) == 0
    assert PushSubscription.objects.filter(failures=1).count() == 1


def test_what_changed_while_another_was_woken_counts(
    bobs, talk, alice, bob, charlie, service, monkeypatch
):
    other = Client()
    other.force_login(charlie)
    other.post("/notifications/subscribe/", {**service.fields, "endpoint": service.url("two")})
    message = say(talk, alice, "Soon taken back")
    told: list[Person] = []

    def wake(person: Person, _: Any) -> int:
        told.append(person)
        Message.objects.filter(pk=message.pk).update(removed=timezone.now())
        return 1

    monkeypatch.setattr(missed, "push", wake)
    assert missed.push_about(message.pk) == 1
    assert len(told) == 1


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:1/", "https://10.0.0.1/x", "file:///etc"])
def test_a_push_address_inside_our_network_is_never_reached(
    endpoint, client, talk, alice, bob, service, settings
):
    settings.FETCH_ALLOW = ()
    client.force_login(bob)
    client.post("/notifications/subscribe/", {**service.fields, "endpoint": endpoint})
    assert missed.push_about(say(talk, alice, "Hello").pk) == 0
    assert service.bodies == []


@pytest.mark.parametrize(
    "broken", [{"p256dh": "x"}, {"p256dh": ""}, {"auth": "AAAA"}, {"endpoint": "nonsense"}]
)
def test_a_subscription_that_is_none_is_refused(broken, client, bob, service):
    client.force_login(bob)
    answer = client.post(
        "/notifications/subscribe/",
        {**service.fields, **broken},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 400
    assert answer.json()["code"] == "bad_subscription"


def long_ago(message: Message) -> Message:
    Message.objects.filter(pk=message.pk).update(created=timezone.now() - timedelta(hours=5))
    return message


def test_quiet_hours_run_over_midnight_in_ones_own_zone():
    wishes = Wishes(quiet_from=time(22), quiet_to=time(7), time_zone="America/New_York")
    night = timezone.now().replace(hour=5, minute=0)  # 00:00 or 01:00 in New York
    assert wishes.is_quiet(night)
    assert not wishes.is_quiet(night.replace(hour=15))


def test_wishes_are_kept_and_half_of_the_quiet_hours_is_refused(client, bob):
    client.force_login(bob)
    whole = {"mails": "on", "quiet_from": "22:00", "quiet_to": "07:00", "time_zone": "Mars/Moon"}
    assert client.post("/notifications/wishes/", whole).status_code == 302
    assert Wishes.objects.get(person=bob).time_zone == ""
    half = client.post("/notifications/wishes/", {"quiet_from": "22:00"})
    assert half.status_code == 422
    assert "when they end" in half.content.decode()
