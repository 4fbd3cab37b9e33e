"""A video is a still until it is pressed, and then its provider's player, alone on its page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pinboard.people.models import Person
from pinboard.pins.models import Pin
from tests.makers import make_pin, make_source


def film(owner: Person, embed_url: str, **fields: Any) -> Pin:
    reading = {"video": {"embed_url": embed_url, "provider": "Vimeo", "minutes": 4}}
    source = make_source(kind="plain", reading=reading, url="https://vimeo.example/7")
    return make_pin(owner, "How to fold", source=source, **fields)


def test_the_page_of_the_pin_asks_the_provider_nothing(client: Client, alice: Person) -> None:
    pin = film(alice, "https://player.vimeo.com/video/7?h=abc")
    answer = client.get(f"/pins/{pin.pk}/")
    page = answer.content.decode()
    assert "player.vimeo.com" not in page
    assert "<iframe" not in page
    assert "frame-src" not in answer["Content-Security-Policy"]
    # Without a script it is a link to where it came from.
    assert f'class="video-play" href="/pins/{pin.pk}/visit/"' in page
    assert "Vimeo, 4 min" in page


def test_the_player_stands_on_a_page_that_allows_only_it(client: Client, alice: Person) -> None:
    pin = film(alice, "https://player.vimeo.com/video/7?h=abc")
    answer = client.get(f"/pins/{pin.pk}/player/")
    assert 'src="https://player.vimeo.com/video/7?h=abc&amp;autoplay=1"' in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-src https://player.vimeo.com;" in policy
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_the_player_that_keeps_no_cookies_is_preferred(client: Client, alice: Person) -> None:
    pin = film(alice, "https://www.youtube.com/embed/abc")
    page = client.get(f"/pins/{pin.pk}/player/").content.decode()
    assert "https://www.youtube-nocookie.com/embed/abc?autoplay=1" in page


@pytest.mark.parametrize(
    "address",
    [
        "http://player.vimeo.com/video/7",
        "javascript:alert(1)",
        "data:text/html,hello",
        "https://testserver/pins/1/",
        "https://TESTSERVER/",
        "https://user@player.vimeo.com/7",
        "https://player.vimeo.com:8443/7",
        "https://a.example;script-src *//x",
        "https://a.example 'unsafe-inline'/",
        "https://[::1]/",
        "https://localhost/",
        "//player.vimeo.com/7",
        "https://[bad",
        "",
    ],
)
def test_any_other_address_is_no_player(client: Client, alice: Person, address: str) -> None:
    pin = film(alice, address)
    assert client.get(f"/pins/{pin.pk}/player/").status_code == 404
    assert "video-still" not in client.get(f"/pins/{pin.pk}/").content.decode()


def test_a_stranger_plays_nothing_of_a_private_pin(
    client: Client, alice: Person, charlie: Person
) -> None:
    pin = film(alice, "https://player.vimeo.com/video/7", is_public=False)
    client.force_login(charlie)
    assert client.get(f"/pins/{pin.pk}/player/").status_code == 404
    client.force_login(alice)
    assert client.get(f"/pins/{pin.pk}/player/").status_code == 200
