"""Boards that several people keep: who sees them, who saves to them, and when that ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from django.test import Client

from messaging.joining import start_conversation
from pinboard.errors import PinboardError
from pinboard.images.models import Picture
from pinboard.notifications.models import Notification
from pinboard.people.models import Person
from pinboard.people.relations import block, follow, unfollow
from pinboard.pins.boards import change_board
from pinboard.pins.collaborating import add_collaborators, remove_collaborator
from pinboard.pins.models import Board, BoardCollaborator, Pin, Save
from pinboard.pins.saving import save_all_to_board, save_to_board, unsave
from search.keeping import catch_up
from tests.makers import make_board, make_conversation, make_pin, say

JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _they_know_each_other(alice: Person, bob: Person, charlie: Person) -> None:
    for actor, person in permutations((alice, bob, charlie), 2):
        follow(actor=actor, person=person)


@pytest.fixture
def shared(alice: Person, bob: Person) -> Board:
    """A secret board of Alice's that Bob keeps with her."""
    board = make_board(alice, "Wedding", is_secret=True)
    add_collaborators(actor=alice, board=board, people=[bob])
    return board


def pins_in(answer: Any) -> list[int]:
    pattern = r'<pin-card class="pin-card"[^>]*data-pin="(\d+)"'
    return [int(pk) for pk in re.findall(pattern, answer.content.decode())]


def test_a_collaborator_sees_the_board_its_pins_and_their_pictures(
    client: Client, shared: Board, alice: Person, bob: Person, charlie: Person
) -> None:
    pin = make_pin(alice, board=shared)
    for person, status in ((bob, 200), (charlie, 404)):
        client.force_login(person)
        assert client.get(shared.get_absolute_url()).status_code == status
        assert client.get(f"/pins/{pin.pk}/").status_code == status
        assert client.get(f"/pins/{pin.pk}/save/").status_code == status
        seen = Picture.objects.visible_to(person).filter(pk=pin.picture_id).exists()
        assert seen is (status == 200)
    client.force_login(bob)
    assert "Wedding" in client.get("/@bob/").content.decode()
    client.force_login(charlie)
    assert "Wedding" not in client.get("/@alice/").content.decode()


def test_an_editor_saves_to_the_board_and_a_viewer_only_looks(
    client: Client, shared: Board, alice: Person, bob: Person, charlie: Person
) -> None:
    add_collaborators(actor=alice, board=shared, people=[charlie], role="viewer")
    pin = make_pin(alice)
    client.force_login(bob)
    assert "Wedding" in client.get(f"/pins/{pin.pk}/save/").content.decode()
    answer = client.post(f"/pins/{pin.pk}/save/", {"board": shared.pk, "note": "Yes"}, headers=JSON)
    assert answer.json()["board"]["url"] == shared.get_absolute_url()
    save = Save.objects.get(board=shared)
    assert (save.saver, save.note, save.is_public) == (bob, "Yes", False)
    client.force_login(charlie)
    assert "Wedding" not in client.get(f"/pins/{pin.pk}/save/").content.decode()
    refused = client.post(f"/pins/{pin.pk}/save/", {"board": shared.pk}, headers=JSON)
    assert refused.status_code == 422
    with pytest.raises(PinboardError, match="collaborators"):
        save_to_board(actor=charlie, pin=pin, board=shared)
    assert client.get(shared.get_absolute_url()).status_code == 200


def test_once_taken_off_nothing_of_the_board_arrives_on_any_path(
    client: Client, shared: Board, alice: Person, bob: Person
) -> None:
    """TRUST 36: the page is open, more pins are asked for, and everything else is asked too."""
    pins = [make_pin(alice, f"canary {number}", board=shared) for number in range(40)]
    client.force_login(bob)
    first = client.get(shared.get_absolute_url())
    more = re.search(r'rel="next" href="([^"]+)"', first.content.decode())
    assert more
    assert len(pins_in(first)) == 30
    catch_up()
    assert pins_in(client.get("/search/?q=wedding"))
    client.post(f"/pins/{pins[0].pk}/favourite/")
    remove_collaborator(actor=alice, board=shared, person=bob)
    new = make_pin(alice, "canary new", board=shared)
    catch_up()
    assert client.get(more[1]).status_code == 404
    assert client.get(shared.get_absolute_url()).status_code == 404
    for pin in (pins[0], new):
        for tail in ("", "card/", "save/", "visit/"):
            assert client.get(f"/pins/{pin.pk}/{tail}").status_code == 404
        assert client.post(f"/pins/{pin.pk}/favourite/").status_code == 404
        assert not Picture.objects.visible_to(bob).filter(pk=pin.picture_id).exists()
    for url in ("/favourites/", "/@bob/", "/", "/search/?q=canary", "/search/suggest/?q=wed"):
        body = client.get(url).content.decode().lower()
        assert "canary 0" not in body
        assert "canary new" not in body
        assert "wedding" not in body.replace("wedding with", "")
    mine = make_pin(bob)
    assert "Wedding" not in client.get(f"/pins/{mine.pk}/save/").content.decode()
    with pytest.raises(PinboardError, match="collaborators"):
        save_to_board(actor=bob, pin=mine, board=shared)


def test_what_somebody_placed_stays_without_telling_them_of_the_board_any_more(
    client: Client, shared: Board, alice: Person, bob: Person
) -> None:
    pin = make_pin(alice)
    save_to_board(actor=bob, pin=pin, board=shared, note="For the garden")
    remove_collaborator(actor=bob, board=shared, person=bob)
    save = Save.objects.get(board=shared)
    assert (save.saver, save.note) == (alice, "Bob: For the garden")
    client.force_login(bob)
    marks = client.get(f"/pins/marks/?pin={pin.pk}").json()
    assert marks == {"saved": [], "favourites": []}


def test_only_the_owner_brings_people_in_and_takes_them_off(
    client: Client, shared: Board, alice: Person, bob: Person, charlie: Person
) -> None:
    url = shared.get_absolute_url()
    client.force_login(bob)
    assert client.post(f"{url}people/add/", {"username": "charlie"}).status_code == 403
    assert client.post(f"{url}people/{bob.pk}/remove/").status_code == 403
    assert client.get(f"{url}edit/").status_code == 403
    client.force_login(alice)
    added = client.post(f"{url}people/add/", {"username": "@Charlie", "role": "viewer"})
    assert added["Location"] == f"{url}edit/"
    assert "Charlie" in client.get(f"{url}edit/").content.decode()
    assert client.post(f"{url}people/add/", {"username": "nobody"}).status_code == 400
    assert client.post(f"{url}people/add/", {"username": "bob", "role": "boss"}).status_code == 400
    client.post(f"{url}people/{charlie.pk}/remove/")
    assert list(shared.collaborators.values_list("person", "role")) == [(bob.pk, "editor")]
    client.force_login(bob)
    client.post(f"{url}leave/")
    assert not BoardCollaborator.objects.exists()


def test_a_block_parts_the_boards_in_both_directions(
    shared: Board, alice: Person, bob: Person
) -> None:
    theirs = make_board(bob, "Trip")
    add_collaborators(actor=bob, board=theirs, people=[alice])
    block(actor=bob, person=alice)
    assert not BoardCollaborator.objects.exists()
    with pytest.raises(PinboardError, match="nobody"):
        add_collaborators(actor=alice, board=shared, people=[bob])


def test_a_private_pin_of_somebody_else_is_not_shown_to_the_others_of_a_board(
    alice: Person, bob: Person, charlie: Person
) -> None:
    pin = make_pin(alice, is_public=False)
    say(make_conversation(alice, bob), alice, pins=(pin,))
    board = make_board(bob, "Ours", is_secret=True)
    save_to_board(actor=bob, pin=pin, board=board)  # for Bob alone
    with pytest.raises(PinboardError, match="not yours to show"):
        add_collaborators(actor=bob, board=board, people=[charlie])
    unsave(actor=bob, pin=pin, board=board)
    add_collaborators(actor=bob, board=board, people=[charlie])
    with pytest.raises(PinboardError, match="private"):
        save_to_board(actor=bob, pin=pin, board=board)
    assert save_all_to_board(actor=bob, pins=[pin.pk], board=board).left_out == 1
    assert not Pin.objects.visible_to(charlie).filter(pk=pin.pk).exists()


def test_the_owner_cannot_make_a_collaborators_private_pin_public(
    shared: Board, alice: Person, bob: Person
) -> None:
    make_pin(bob, board=shared)
    with pytest.raises(PinboardError, match="stay secret"):
        change_board(board=shared, name="Wedding", about="", is_secret=False)


def test_somebody_elses_words_and_place_stay_when_a_pin_is_saved_again(
    shared: Board, alice: Person, bob: Person
) -> None:
    pin = make_pin(alice)
    save_to_board(actor=alice, pin=pin, board=shared, note="Mine")
    save_to_board(actor=bob, pin=pin, board=shared, note="Bob's")
    assert Save.objects.filter(board=shared).values_list("saver", "note").get() == (
        alice.pk,
        "Mine",
    )
    with pytest.raises(PinboardError, match="owner of the board"):
        unsave(actor=bob, pin=pin, board=shared)


def test_the_board_offered_first_is_the_one_this_person_used_last(
    shared: Board, alice: Person, bob: Person
) -> None:
    own = make_board(bob, "Own")
    assert list(Board.objects.of(bob)) == [own, shared]
    save_to_board(actor=alice, pin=make_pin(alice), board=shared)
    assert Board.objects.of(alice).first() == shared
    assert Board.objects.of(bob).first() == own
    save_to_board(actor=bob, pin=make_pin(bob, board=own), board=shared)
    assert list(Board.objects.of(bob)) == [shared, own]


def test_a_board_that_somebody_put_there_is_not_where_a_press_on_save_goes(
    client: Client, alice: Person, bob: Person
) -> None:
    client.force_login(bob)
    theirs = make_board(alice, "Theirs")
    add_collaborators(actor=alice, board=theirs, people=[bob])
    assert "data-board=" not in client.get("/").content.decode()
    own = make_board(bob, "Own")
    add_collaborators(actor=alice, board=make_board(alice, "Another"), people=[bob])
    assert f'data-board="{own.pk}"' in client.get("/").content.decode()
    client.post(f"/pins/{make_pin(alice).pk}/save/", {"board": theirs.pk})
    assert f'data-board="{theirs.pk}"' in client.get("/").content.decode()
    remove_collaborator(actor=alice, board=theirs, person=bob)
    add_collaborators(actor=alice, board=theirs, people=[bob])
    assert f'data-board="{own.pk}"' in client.get("/").content.decode()


def test_a_stranger_is_brought_to_no_board_until_they_follow_or_talk(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    for person in (bob, charlie):
        unfollow(actor=person, person=alice)  # Alice still follows them
    board = make_board(alice, "Trap", is_secret=True)
    url = f"{board.get_absolute_url()}people/add/"
    client.force_login(alice)
    start_conversation(actor=alice, people=[bob])  # asked, not accepted
    refused = client.post(url, {"username": "bob"}, headers=JSON)
    assert refused.status_code == 403
    assert refused.json()["error"] == "They can be added once they follow you."
    assert not board.collaborators.exists()
    make_conversation(alice, bob)
    assert client.post(url, {"username": "bob"}).status_code == 302
    follow(actor=charlie, person=alice)
    assert client.post(url, {"username": "charlie"}).status_code == 302
    unfollow(actor=charlie, person=alice)
    assert client.post(url, {"username": "charlie", "role": "viewer"}).status_code == 302
    assert list(board.collaborators.order_by("pk").values_list("person", "role")) == [
        (bob.pk, "editor"),
        (charlie.pk, "viewer"),
    ]


def test_words_of_a_secret_board_are_found_by_its_people_alone(
    look: Callable[..., Any],
    client: Client,
    shared: Board,
    alice: Person,
    bob: Person,
    charlie: Person,
) -> None:
    pin = make_pin(alice)
    save_to_board(actor=bob, pin=pin, board=shared, note="zanzibar")
    for person, found in ((alice, [pin.pk]), (bob, [pin.pk]), (charlie, [])):
        client.force_login(person)
        assert look(q="zanzibar").pins == found


@pytest.fixture
def look(client: Client) -> Callable[..., Any]:
    from tests.search.conftest import Page

    def open_page(**parameters: str) -> Page:
        catch_up()
        return Page(client.get("/search/", parameters).content.decode())

    return open_page


def test_whoever_is_brought_to_a_board_is_told_once_and_only_while_they_are_on_it(
    client: Client, shared: Board, alice: Person, bob: Person
) -> None:
    add_collaborators(actor=alice, board=shared, people=[bob], role="viewer")
    assert Notification.objects.get(person=bob, kind="board_shared").count == 1
    line = f"keeps the board {shared.name} with you"
    client.force_login(bob)
    assert line in client.get("/notifications/").content.decode()
    remove_collaborator(actor=alice, board=shared, person=bob)
    assert line not in client.get("/notifications/").content.decode()


def test_the_owner_is_offered_who_follows_them_and_is_not_there_yet(
    client: Client, shared: Board, alice: Person
) -> None:
    client.force_login(alice)
    page = client.get(f"{shared.get_absolute_url()}edit/").content.decode()
    assert re.findall(r'<option value="(\w+)">Charlie', page) == ["charlie"]
    assert '<option value="bob">' not in page
