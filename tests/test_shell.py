"""What every page shows around itself."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import Http404
from django.test import Client, RequestFactory

from pinboard.people.models import Person
from pinboard.web.errors import not_found


@pytest.mark.parametrize(
    ("address", "top", "bottom"),
    [
        ("/", "/", "/"),
        ("/create/", "/create/", "/create/"),
        ("/messages/", "/messages/", "/messages/"),
        ("/notifications/", "/notifications/", ""),
        ("/favourites/", "", "/favourites/"),
        ("/@alice/", "", "/@alice/"),
        ("/search/", "", ""),
    ],
)
def test_the_bars_say_where_one_is(
    client: Client, alice: Person, address: str, top: str, bottom: str
) -> None:
    client.force_login(alice)
    for _ in range(2):  # the bars are remembered
        html = client.get(address).content.decode()
        current = [
            re.findall(r'href="([^"]*)"[^>]* aria-current="page"', bar)
            for bar in (
                html.split('class="topbar"')[1].split("</header>")[0],
                html.split('class="bottombar"')[1].split("</nav>")[0],
            )
        ]
        assert current == [[top] if top else [], [bottom] if bottom else []]
        client.get("/")


def test_an_account_that_went_while_its_page_was_made_breaks_no_page(
    rf: RequestFactory, alice: Person
) -> None:
    request = rf.get("/messages/1/window/")
    request.user = Person.objects.get(pk=alice.pk)
    request.session = SessionStore()
    Person.objects.all().delete()
    assert not_found(request, Http404()).status_code == 404
