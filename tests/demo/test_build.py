"""The demo world comes to be through the product's own deeds, whole."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.test import Client

from messaging.models import Conversation, Decision, Verdict
from pinboard.demo import build
from pinboard.demo.mode import SIGN_INS, is_demo
from pinboard.demo.world import WORLD
from pinboard.people.models import Person
from pinboard.pins.models import Pin
from tests.makers import make_picture


@pytest.fixture
def world(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Any, settings: Any
) -> None:
    """The world with pictures that were not drawn: drawing has tests of its own."""

    def blank(paintings: Any, usernames: Any, stdout: Any) -> Any:
        return {name: make_picture() for name in [*((u, -1) for u in usernames), *paintings]}

    monkeypatch.setattr(build, "_store_all", blank)
    monkeypatch.setattr("pinboard.demo.mode._marker", tmp_path / "demo-world")
    settings.DEMO = True
    build.build_world(StringIO())


def test_everybody_and_everything_is_there_and_can_be_walked(world: None, client: Client) -> None:
    assert set(Person.objects.values_list("username", flat=True)) == set(SIGN_INS)
    assert Pin.objects.public().count() >= 300
    assert Verdict.objects.exists()
    assert Decision.objects.exists()
    assert is_demo()
    page = client.get("/accounts/login/").content.decode()
    assert 'value="ana"' in page
    client.post("/accounts/login/", {"login": "ana", "password": "pinboard"})
    home = client.get("/").content.decode()
    assert 'data-unread-messages="1"' in home
    assert "saved this" in home
    for conversation in Conversation.objects.visible_to(Person.objects.get(username="ana")):
        assert client.get(conversation.get_absolute_url()).status_code == 200
    for board in WORLD.boards[:5]:
        person = client.get(f"/@{board.owner}/")
        assert person.status_code == 200
    found = client.get("/search/?q=pasta").content.decode()
    assert found.count("<pin-card") >= 12
    assert "guide" in found


def test_a_real_place_never_offers_the_known_passwords(client: Client, alice: Person) -> None:
    assert not is_demo()
    assert "demo-person" not in client.get("/accounts/login/").content.decode()
