"""Whom a limit counts: the person, else the address, which nobody can make up."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory

from pinboard.people.models import Person
from pinboard.web.ratelimit import limited
from tests.makers import make_pin, make_source


@limited("tests", limit=2, seconds=600, reads=True)
def page(request: Any) -> HttpResponse:
    return HttpResponse("shown")


@pytest.fixture(autouse=True)
def _limits(settings: Any) -> None:
    settings.RATE_LIMITS = True


def ask(forwarded: str | None = None, *, address: str = "10.0.0.1") -> int:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory(REMOTE_ADDR=address).get("/", headers=headers)
    request.user = AnonymousUser()
    return page(request).status_code


def test_behind_a_proxy_each_client_has_limits_of_its_own(settings: Any):
    settings.BEHIND_PROXY = True
    assert [ask("203.0.113.1") for _ in range(3)] == [200, 200, 429]
    assert ask("203.0.113.2") == 200
    assert ask("2001:db8::1") == 200


def test_behind_a_proxy_made_up_addresses_evade_nothing(settings: Any):
    """A client's own header stands before what the proxy appends."""
    settings.BEHIND_PROXY = True
    assert [ask(f"198.51.100.{n}, 203.0.113.1") for n in range(3)] == [200, 200, 429]


def test_without_a_proxy_the_header_is_not_believed(settings: Any):
    settings.BEHIND_PROXY = False
    assert [ask(f"198.51.100.{n}") for n in range(3)] == [200, 200, 429]


def test_a_proxy_that_says_nothing_is_counted_itself(settings: Any):
    settings.BEHIND_PROXY = True
    assert [ask() for _ in range(3)] == [200, 200, 429]
    assert ask(address="10.0.0.2") == 200


def test_one_household_of_addresses_is_one_client(settings: Any):
    """Whoever has an IPv6 connection has 2**64 addresses."""
    settings.BEHIND_PROXY = True
    assert [ask(f"2001:db8::{n}") for n in range(3)] == [200, 200, 429]


def test_visits_are_counted_at_most_so_often(client: Client, alice: Person):
    """Each is a write that waits for the disk, and a GET, which anybody can have made."""
    pin = make_pin(alice, source=make_source())
    answers = [client.get(f"/pins/{pin.pk}/visit/").status_code for _ in range(61)]
    assert answers == [302] * 60 + [429]
    pin.refresh_from_db()
    assert pin.visit_count == 60


def test_a_forwarded_port_does_not_make_another_client(settings: Any):
    settings.BEHIND_PROXY = True
    assert [ask(f"203.0.113.1:{port}") for port in (1, 2, 3)] == [200, 200, 429]
