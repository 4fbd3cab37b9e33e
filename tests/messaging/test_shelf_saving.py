"""The shelf as a whole: saved to a board, taken back, kept together."""

from __future__ import annotations

import pytest
from django.test import Client

from messaging import shelving
from messaging.deciding import give_verdict
from messaging.joining import remove_person
from messaging.models import Conversation
from pinboard.people.models import Person
from pinboard.pins.models import Board, Save
from tests.makers import (
    bring_in,
    make_board,
    make_conversation,
    make_pin,
    say,
)
from tests.messaging.test_shelf import JSON, text


@pytest.fixture
def talk(alice: Person, bob: Person) -> Conversation:
    return make_conversation(alice, bob, is_group=True)


def test_the_shelf_is_saved_as_it_is_filtered_and_taken_back(
    client: Client, talk: Conversation, alice: Person, bob: Person
) -> None:
    lamp, vase = make_pin(alice, "Lamp"), make_pin(alice, "Vase")
    say(talk, alice, pins=(lamp, vase))
    give_verdict(actor=alice, conversation_id=talk.pk, pin_id=vase.pk, value="yes")
    client.force_login(bob)
    url = f"/messages/{talk.pk}/shelf/"
    answer = client.post(f"{url}save/?verdict=yes", {"new_board": "Flat"})
    assert answer["Location"] == url
    board = Board.objects.get(owner=bob)
    assert list(board.saves.values_list("pin", flat=True)) == [vase.pk]
    assert "1 pin saved to" in text(client.get(url))
    saved = client.post(f"{url}save/", {"board": board.pk}, headers=JSON).json()
    assert (saved["saved"], saved["board"]["name"]) == (1, "Flat")
    client.post(f"{url}undo/")
    assert list(board.saves.values_list("pin", flat=True)) == [vase.pk]
    client.post(f"{url}undo/")  # only once
    assert board.saves.count() == 1
    client.post(f"{url}save/", {"new_board": "Again"})
    client.post(f"{url}undo/")
    assert list(Board.objects.filter(owner=bob)) == [board]


def test_what_was_saved_long_ago_is_no_longer_offered_back(
    client: Client, talk: Conversation, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(talk, alice, pins=(make_pin(alice, "Lamp"),))
    client.force_login(alice)
    url = f"/messages/{talk.pk}/shelf/"
    client.post(f"{url}save/", {"new_board": "Flat"})
    monkeypatch.setattr(shelving, "UNDO_SECONDS", -1)
    assert "saved to" not in text(client.get(url))
    client.post(f"{url}undo/")
    assert Save.objects.filter(board__name="Flat").exists()


def test_saving_all_to_nowhere_says_so(client: Client, talk: Conversation, alice: Person) -> None:
    client.force_login(alice)
    url = f"/messages/{talk.pk}/shelf/save/"
    assert "nothing on the shelf" in text(client.post(url, {"new_board": "Empty"}, headers=JSON))
    assert not Board.objects.filter(name="Empty").exists()
    say(talk, alice, pins=(make_pin(alice, "Lamp"),))
    refused = client.post(url, {})
    assert refused.status_code == 422
    assert "Choose a board" in text(refused)


def test_private_pins_of_others_stay_out_of_public_boards(
    client: Client, talk: Conversation, alice: Person, bob: Person
) -> None:
    say(talk, alice, pins=(make_pin(alice, "Mine", is_public=False), make_pin(alice, "Open")))
    client.force_login(bob)
    board = make_board(bob, "Open")
    url = f"/messages/{talk.pk}/shelf/"
    client.post(f"{url}save/", {"board": board.pk})
    assert list(board.saves.values_list("pin__title", flat=True)) == ["Open"]
    assert "1 private pin of others stayed out" in text(client.get(url))


def test_a_shared_board_of_the_conversation_is_kept_by_those_present(
    client: Client, talk: Conversation, alice: Person, bob: Person, charlie: Person
) -> None:
    bring_in(talk, charlie)
    pin, secret = make_pin(alice, "Lamp"), make_pin(bob, "Own", is_public=False)
    say(talk, alice, pins=(pin,))
    say(talk, bob, pins=(secret,))
    remove_person(actor=alice, conversation_id=talk.pk, person=charlie)
    client.force_login(alice)
    made = client.post(f"/messages/{talk.pk}/shelf/board/", headers=JSON).json()["board"]
    board = Board.objects.get(pk=made["id"])
    assert (board.owner, board.is_secret, board.name) == (alice, True, "With Bob")
    assert list(board.collaborators.values_list("person", "role")) == [(bob.pk, "editor")]
    assert set(board.saves.values_list("pin", flat=True)) == {pin.pk, secret.pk}
    for person, status in ((bob, 200), (charlie, 404)):
        client.force_login(person)
        assert client.get(made["url"]).status_code == status
    client.force_login(bob)
    assert "With Bob" in text(client.get(f"/messages/{talk.pk}/shelf/"))
    assert "I made a board" in text(client.get(f"/messages/{talk.pk}/"))
