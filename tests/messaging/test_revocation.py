"""Who leaves, is removed or was never there sees and hears nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from messaging.joining import remove_person
from messaging.models import Member, Message
from messaging.showing import everyone_in
from pinboard.live import publish as live
from pinboard.people.models import Person
from pinboard.people.relations import block
from tests.makers import bring_in, make_conversation, make_pin, say

JSON = {"Accept": "application/json"}


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[tuple[str, ...], str]]:
    """What leaves towards sockets: (groups, frame)."""
    frames: list[tuple[tuple[str, ...], str]] = []
    monkeypatch.setattr(
        live, "deliver", lambda groups, message: frames.append((tuple(groups), str(message)))
    )
    return frames


@pytest.mark.django_db(transaction=True)
def test_a_removed_member_hears_and_finds_nothing_that_comes_later(
    client: Client,
    alice: Person,
    bob: Person,
    charlie: Person,
    heard: list[tuple[tuple[str, ...], str]],
) -> None:
    group = make_conversation(alice, bob, charlie)
    say(group, alice, "before")
    remove_person(actor=alice, conversation_id=group.pk, person=bob)
    heard.clear()
    say(group, alice, "canary-5b1f")
    told = {name for groups, frame in heard if "canary-5b1f" in frame for name in groups}
    assert told == {f"person-{alice.pk}", f"person-{charlie.pk}"}
    client.force_login(bob)
    unknown = client.get("/messages/999999/", headers=JSON)
    for path in ("", "changes/?after=0", "window/"):
        answer = client.get(f"/messages/{group.pk}/{path}", headers=JSON)
        assert (answer.status_code, answer.content) == (404, unknown.content)
    assert "canary" not in client.get("/messages/").content.decode()
    answer = client.post(f"/messages/{group.pk}/post/", {"text": "still here?"}, headers=JSON)
    assert answer.status_code == 404
    assert client.get("/messages/unread/").json()["total"] == 0


def test_who_joins_later_sees_nothing_from_before(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    pin = make_pin(alice, is_public=False)
    old = say(group, alice, "canary-old", pins=(pin,))
    bring_in(group, charlie)
    client.force_login(charlie)
    page = client.get(f"/messages/{group.pk}/").content.decode()
    assert "canary-old" not in page
    assert "Alice added Charlie" in page
    client.force_login(alice)
    client.post(f"/messages/{group.pk}/verdict/", {"pin": pin.pk, "value": "yes"}, headers=JSON)
    client.force_login(charlie)
    missed = client.get(f"/messages/{group.pk}/changes/?after=0").json()["messages"]
    assert old.number not in [message["place"] for message in missed]
    assert client.get(pin.get_absolute_url()).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_change_to_an_old_message_is_not_told_to_who_joined_after_it(
    alice: Person,
    bob: Person,
    charlie: Person,
    heard: list[tuple[tuple[str, ...], str]],
) -> None:
    from messaging.deciding import give_verdict

    group = make_conversation(alice, bob, is_group=True)
    pin = make_pin(alice)
    say(group, alice, "canary-old", pins=(pin,))
    bring_in(group, charlie)
    heard.clear()
    give_verdict(actor=alice, conversation_id=group.pk, pin_id=pin.pk, value="yes")
    told = {name for groups, frame in heard if "canary-old" in frame for name in groups}
    assert told == {f"person-{alice.pk}", f"person-{bob.pk}"}


def test_remove_send_and_add_again_keeps_the_gap_hidden(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, charlie)
    remove_person(actor=alice, conversation_id=group.pk, person=bob)
    say(group, alice, "canary-gap")
    bring_in(group, bob)
    client.force_login(bob)
    assert "canary-gap" not in client.get(f"/messages/{group.pk}/").content.decode()


def test_leaving_is_final_at_once(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, charlie)
    client.force_login(bob)
    answer = client.post(f"/messages/{group.pk}/leave/")
    assert answer.status_code == 302
    assert client.get(f"/messages/{group.pk}/").status_code == 404
    assert Message.objects.filter(conversation=group).latest("number").text == "Bob left"


def test_between_two_people_a_block_ends_talking_in_both_directions(
    client: Client, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    block(actor=alice, person=bob)
    for person in (alice, bob):
        client.force_login(person)
        answer = client.post(f"/messages/{talk.pk}/post/", {"text": "hm"}, headers=JSON)
        assert (answer.status_code, answer.json()["code"]) == (403, "blocked")
    answer = client.post("/messages/new/", {"people": [alice.pk], "text": "hi"}, headers=JSON)
    assert answer.status_code == 422


def test_a_pin_shared_here_is_visible_to_members_and_hidden_again_from_who_left(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    group = make_conversation(alice, bob, charlie)
    pin = make_pin(alice, is_public=False)
    client.force_login(bob)
    assert client.get(pin.get_absolute_url()).status_code == 404
    say(group, alice, pins=(pin,))
    assert client.get(pin.get_absolute_url()).status_code == 200
    remove_person(actor=bob, conversation_id=group.pk, person=bob)
    assert client.get(pin.get_absolute_url()).status_code == 404


def test_a_private_pin_is_shared_further_only_by_its_maker(
    client: Client, alice: Person, bob: Person, charlie: Person
) -> None:
    talk, other = make_conversation(alice, bob), make_conversation(bob, charlie)
    pin = make_pin(alice, is_public=False)
    say(talk, alice, pins=(pin,))
    client.force_login(bob)
    data = {"pin": pin.pk, "text": "look"}
    assert client.post(f"/messages/{talk.pk}/post/", data, headers=JSON).status_code == 201
    answer = client.post(f"/messages/{other.pk}/post/", data, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (403, "private_pin")


@pytest.mark.parametrize("path", ["", "window/"])
def test_whoever_is_put_out_while_a_page_is_made_finds_nothing(
    path: str, client: Client, alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    say(group, alice, "canary-4711")

    def put_out_first(conversation_id: int) -> dict[int, Member]:
        remove_person(actor=alice, conversation_id=conversation_id, person=bob)
        return everyone_in(conversation_id)

    monkeypatch.setattr("messaging.views.shown.everyone_in", put_out_first)
    client.force_login(bob)
    answer = client.get(f"/messages/{group.pk}/{path}")
    assert answer.status_code == 404
    assert b"canary" not in answer.content
