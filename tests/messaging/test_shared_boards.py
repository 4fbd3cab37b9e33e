"""Boards in messages: a card of what is public, of a secret one nothing but the way to its door."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from messaging.models import Conversation, Message
from messaging.showing import message_html
from pinboard.live import publish as live
from pinboard.people.models import Person
from pinboard.pins.boards import change_board, delete_board
from pinboard.pins.models import Board
from tests.makers import make_board, make_conversation, make_pin

JSON = {"Accept": "application/json"}


@pytest.fixture
def talk(alice: Person, bob: Person) -> Conversation:
    return make_conversation(alice, bob)


def send(client: Client, talk: Conversation, board: Board | int) -> Any:
    number = board if isinstance(board, int) else board.pk
    body = {"client_id": str(uuid.uuid4()), "text": "", "board": number}
    return client.post(f"/messages/{talk.pk}/post/", body, headers=JSON)


def html_of(talk: Conversation) -> str:
    said = Message.objects.filter(conversation=talk, kind=Message.Kind.SAID)
    return "".join(message_html(list(said)))


def test_a_public_board_is_a_card_with_its_pictures_owner_and_count(
    client: Client, alice: Person, bob: Person, talk: Conversation
) -> None:
    board = make_board(bob, "Lamps")
    pins = [make_pin(bob, board=board) for _ in range(5)]
    client.force_login(alice)
    answer = send(client, talk, board)
    assert answer.status_code == 201
    html = answer.json()["html"]
    assert 'href="/@bob/lamps/"' in html
    assert "<b>Lamps</b><span>Bob · 5 pins</span>" in html
    assert html.count("<img") >= 4
    assert pins[-1].picture.src in html
    assert pins[0].picture.src not in html
    assert "You shared a board" in client.get("/messages/").content.decode()


def test_a_secret_board_tells_nothing_and_its_page_asks_who_comes(
    client: Client, alice: Person, bob: Person, talk: Conversation
) -> None:
    board = make_board(alice, "Canary wedding", is_secret=True)
    make_pin(alice, "Canary dress", board=board)
    client.force_login(alice)
    html = send(client, talk, board).json()["html"]
    assert "A private board" in html
    assert "anary" not in html
    assert "/media/" not in html
    way = f"/messages/boards/{board.pk}/"
    assert way in html
    assert client.get(way)["Location"] == board.get_absolute_url()
    client.force_login(bob)
    hidden, unknown = client.get(way), client.get(f"/messages/boards/{10**9}/")
    assert (hidden.status_code, unknown.status_code) == (404, 404)


def test_only_a_board_one_sees_can_be_sent(
    client: Client, alice: Person, bob: Person, talk: Conversation
) -> None:
    secret = make_board(alice, "Secrets", is_secret=True)
    client.force_login(bob)
    for board in (secret, 10**9, -1):
        answer = send(client, talk, board)
        assert answer.status_code == 400
        assert "board in this message is gone" in answer.json()["error"]
    assert html_of(talk) == ""


@pytest.mark.django_db(transaction=True)
def test_a_board_made_secret_loses_its_card_in_every_open_window(
    client: Client, alice: Person, bob: Person, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames: list[dict[str, Any]] = []

    def take(groups: list[str], message: dict[str, Any]) -> None:
        if "text" in message:
            frames.append(json.loads(message["text"]))

    board = make_board(alice, "Lamps")
    client.force_login(alice)
    send(client, talk, board)
    before = Conversation.objects.get(pk=talk.pk).counter
    monkeypatch.setattr(live, "deliver", take)
    change_board(board=board, name="Lamps", about="", is_secret=True)
    changed = [frame["html"] for frame in frames if frame["type"] == "message.changed"]
    assert changed
    assert all("A private board" in html and "Lamps" not in html for html in changed)
    client.force_login(bob)
    page = client.get(f"/messages/{talk.pk}/changes/?after={before}").json()
    assert "A private board" in page["messages"][0]["html"]


def test_a_deleted_board_leaves_a_word(client: Client, alice: Person, talk: Conversation) -> None:
    board = make_board(alice, "Lamps")
    client.force_login(alice)
    send(client, talk, board)
    delete_board(board=board)
    assert "This board is gone." in html_of(talk)


def test_a_conversation_begins_with_a_board(client: Client, alice: Person, bob: Person) -> None:
    board = make_board(alice, "Lamps")
    client.force_login(alice)
    page = client.get(f"{board.get_absolute_url()}").content.decode()
    assert f'href="/messages/new/?board={board.pk}"' in page
    form = client.get(f"/messages/new/?board={board.pk}").content.decode()
    assert f'name="board" value="{board.pk}"' in form
    assert "board-card" in form
    client.post("/messages/new/", {"people": [bob.pk], "text": "", "board": board.pk})
    assert Message.objects.get(kind=Message.Kind.SAID).board == board


def test_a_pasted_address_of_a_board_is_looked_up_at_the_same_door(
    client: Client, alice: Person, bob: Person
) -> None:
    board, secret = make_board(alice, "Lamps"), make_board(alice, "Secrets", is_secret=True)
    client.force_login(bob)
    found = client.get("/messages/boards/alice/lamps/").json()
    assert found == {"id": board.pk, "name": "Lamps", "picture": ""}
    assert client.get("/messages/boards/alice/secrets/").status_code == 404
    client.force_login(alice)
    assert client.get("/messages/boards/alice/secrets/").json()["id"] == secret.pk


def test_many_boards_cost_as_many_queries_as_one(
    client: Client, alice: Person, talk: Conversation
) -> None:
    client.force_login(alice)
    costs = []
    for more in (1, 5):
        for number in range(more):
            board = make_board(alice, f"Board {number}")
            make_pin(alice, board=board)
            send(client, talk, board)
        with CaptureQueriesContext(connection) as queries:
            html_of(talk)
        costs.append(len(queries))
    assert costs[0] == costs[1]
