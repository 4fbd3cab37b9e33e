"""What people write, keep secret and sign in with stands in no log and on no error page (90)."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from messaging import posting
from pinboard.people.models import Person
from tests.conftest import make_person
from tests.makers import make_board, make_conversation, make_pin

CANARY = "canary-5f1c"
JSON = {"Accept": "application/json"}


@pytest.fixture
def logged() -> Iterator[Callable[[], str]]:
    """Reads everything our own handler writes when every logger is at its most talkative."""
    root, ours = logging.getLogger(), logging.getLogger("pinboard")
    (handler,) = (one for one in root.handlers if one.get_name() == "console")
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(io.StringIO()), root.level, ours.level
    root.setLevel(logging.INFO)
    ours.setLevel(logging.DEBUG)
    yield lambda: str(handler.stream.getvalue())
    handler.setStream(before[0])
    root.setLevel(before[1])
    ours.setLevel(before[2])


def test_a_canary_stands_in_no_log_and_on_no_error_page(
    alice: Person,
    bob: Person,
    logged: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> None:
    client = Client(raise_request_exception=False)
    pages: list[str] = []

    def post(path: str, **fields: object) -> int:
        answer = client.post(path, fields, headers=JSON)
        if answer.status_code >= 400:
            pages.append(answer.content.decode())
        return answer.status_code

    talk = make_conversation(alice, bob)
    client.force_login(alice)
    send = f"/messages/{talk.pk}/post/"
    assert post(send, text=f"{CANARY} said") == 201
    assert post(send, text=f"{CANARY} " + "x" * 5000) == 422
    assert post("/messages/999/post/", text=f"{CANARY} nowhere") == 404
    board = make_board(alice, f"{CANARY} board", is_secret=True)
    make_pin(alice, f"{CANARY} pin", board=board)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("something broke")

    with monkeypatch.context() as broken:
        broken.setattr(posting, "tell_message", fail)
        assert post(send, text=f"{CANARY} broken") == 500
    settings.RATE_LIMITS = True
    assert 429 in [post(send, text=f"{CANARY} {number}") for number in range(40)]
    client.force_login(bob)
    assert client.get(f"{board.get_absolute_url()}?canary").status_code == 404
    assert "Too Many Requests: " + send in logged()
    assert "something broke" in logged()
    assert CANARY not in logged()
    assert not [page for page in pages if CANARY in page]


def test_passwords_and_links_that_open_doors_stand_in_no_log(
    db: None, logged: Callable[[], str]
) -> None:
    dora = make_person("Dora")
    dora.email = "dora@example.org"
    dora.set_password("the right one 71")
    dora.save()
    client = Client(raise_request_exception=False)
    client.post("/accounts/login/", {"login": "dora", "password": f"{CANARY} wrong"})
    client.post("/accounts/password/reset/", {"email": dora.email})
    (sent,) = mail.outbox
    found = re.search(r"http://testserver(/accounts/password/reset/key/(\S+?)/)", str(sent.body))
    assert found
    asked = client.get(found[1], follow=True)
    client.post(asked.request["PATH_INFO"], {"password1": f"{CANARY} new", "password2": "another"})
    client.get(found[1].replace("key/", "key/x"))
    secret = "s3cret-of-a-link-for-guests-0123456789"
    for _ in range(25):
        client.get(f"/join/{secret}/")
    assert "/join/<str:secret>/" in logged()
    assert CANARY not in logged()
    assert found[2] not in logged()
    assert secret not in logged()
