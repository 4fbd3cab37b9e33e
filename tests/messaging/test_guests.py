"""Guests: who comes by a link, what they may do, and that they are nowhere else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from messaging.guests import come_as_guest, make_link
from messaging.joining import add_people, remove_person, start_conversation
from messaging.models import Conversation, GuestLink, Member, Message
from messaging.people_near import near_people
from messaging.posting import post_message, words
from pinboard.errors import PinboardError
from pinboard.people.models import Block, Person
from tests.makers import make_conversation, make_guest, make_pin, say
from tests.test_access import comparable

JSON = {"Accept": "application/json"}


@pytest.fixture
def talk(alice: Person, bob: Person) -> Conversation:
    conversation = make_conversation(alice, bob, is_group=True)
    Conversation.objects.filter(pk=conversation.pk).update(title="Dinner on Friday")
    conversation.refresh_from_db()
    return conversation


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def link_by(person: Person, talk: Conversation, days: int = 7) -> str:
    """The link's path, made as people make it."""
    answer = signed_in(person).post(f"/messages/{talk.pk}/links/", {"days": days}, headers=JSON)
    assert answer.status_code == 200, answer.content
    found = re.search(r"/join/[\w-]+/$", answer.json()["url"])
    assert found
    return found.group()


def come(path: str, name: str = "Greta") -> Client:
    client = Client()
    answer = client.post(path, {"name": name})
    assert answer.status_code == 302, answer.content
    return client


def lines(talk: Conversation) -> list[str]:
    said = Message.objects.filter(conversation=talk, kind=Message.Kind.LINE)
    return list(said.order_by("number").values_list("text", flat=True))


def test_a_visitor_sees_the_invitation_gives_a_name_and_is_in(
    talk: Conversation, alice: Person
) -> None:
    say(talk, alice, "Before anybody came")
    path = link_by(alice, talk)
    page = Client().get(path).content.decode()
    assert "Dinner on Friday" in page
    assert "Alice" in page
    assert "Before anybody" not in page
    client = come(path)
    say(talk, alice, "Welcome, whoever you are")
    shown = client.get(f"/messages/{talk.pk}/").content.decode()
    assert "Welcome, whoever you are" in shown
    assert "Before anybody" not in shown
    assert lines(talk)[-1] == "Greta joined as a guest of Alice"


def test_a_guest_talks_and_gives_verdicts_and_is_marked_as_one(
    talk: Conversation, alice: Person
) -> None:
    pin = make_pin(alice)
    client = come(link_by(alice, talk))
    say(talk, alice, pins=(pin,))
    answer = client.post(f"/messages/{talk.pk}/post/", {"text": "Lovely"}, headers=JSON)
    assert answer.status_code == 201
    assert "guest-mark" in answer.json()["html"]
    assert "/@guest-" not in answer.json()["html"]
    data = {"pin": pin.pk, "value": "yes"}
    assert client.post(f"/messages/{talk.pk}/verdict/", data, headers=JSON).status_code == 200
    assert client.get(pin.get_absolute_url()).status_code == 200


def test_a_guest_sees_private_pins_of_the_conversation_and_their_pictures_only(
    talk: Conversation, alice: Person
) -> None:
    shared, hidden = make_pin(alice, is_public=False), make_pin(alice, is_public=False)
    client = come(link_by(alice, talk))
    say(talk, alice, pins=(shared,))
    assert client.get(shared.get_absolute_url()).status_code == 200
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert client.get(shared.picture.src).content == client.get(hidden.picture.src).content


def test_the_secret_is_shown_once_and_never_kept(talk: Conversation, alice: Person) -> None:
    client = signed_in(alice)
    made = client.post(f"/messages/{talk.pk}/links/", {"days": 1})
    secret = re.search(r"/join/([\w-]+)/", made.content.decode())
    assert secret
    assert "no-store" in made["Cache-Control"]
    assert secret.group(1) not in client.get(f"/messages/{talk.pk}/group/").content.decode()
    assert not GuestLink.objects.filter(secret_digest__contains=secret.group(1)).exists()
    assert all(secret.group(1) not in line for line in lines(talk))


def test_somebody_with_an_account_joins_as_themselves(
    talk: Conversation, alice: Person, charlie: Person
) -> None:
    path = link_by(alice, talk)
    client = signed_in(charlie)
    assert "Join as Charlie" in client.get(path).content.decode()
    for _ in range(2):
        assert client.post(path)["Location"] == talk.get_absolute_url()
    assert not charlie.is_guest
    assert lines(talk)[-1] == "Charlie joined by a link of Alice"
    member = Member.objects.get(conversation=talk, person=charlie)
    assert member.added_by == alice
    assert client.get(path)["Location"] == talk.get_absolute_url()


def test_somebody_blocked_by_the_maker_finds_nothing(
    talk: Conversation, alice: Person, charlie: Person
) -> None:
    path = link_by(alice, talk)
    Block.objects.create(blocker=alice, blocked=charlie)
    assert signed_in(charlie).post(path).status_code == 404
    assert not Member.objects.filter(conversation=talk, person=charlie).exists()


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "alice", "ALICE ", "x" * 61])
def test_a_name_that_does_not_do_is_answered_in_words(
    talk: Conversation, alice: Person, name: str
) -> None:
    answer = Client().post(link_by(alice, talk), {"name": name})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Person.objects.filter(kind="guest").exists()


def test_a_full_conversation_lets_nobody_in(
    talk: Conversation, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = link_by(alice, talk)
    monkeypatch.setattr("messaging.guests.MAX_MEMBERS", 2)
    answer = Client().post(path, {"name": "Greta"})
    assert answer.status_code == 422
    assert "full" in answer.content.decode()


def test_many_tries_have_to_wait(talk: Conversation, alice: Person, settings: Any) -> None:
    path = link_by(alice, talk)
    settings.RATE_LIMITS = True
    answers = [Client().post(path, {"name": f"Greta {number}"}) for number in range(21)]
    assert [answer.status_code for answer in answers] == [302] * 20 + [429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_whoever_was_removed_needs_a_link_made_afterwards(
    talk: Conversation, alice: Person, charlie: Person
) -> None:
    path = link_by(alice, talk)
    client = signed_in(charlie)
    assert client.post(path)["Location"] == talk.get_absolute_url()
    remove_person(actor=alice, conversation_id=talk.pk, person=charlie)
    assert client.post(path).status_code == 404
    assert client.get(talk.get_absolute_url()).status_code == 404
    assert client.post(link_by(alice, talk))["Location"] == talk.get_absolute_url()
    assert client.get(talk.get_absolute_url()).status_code == 200


def test_a_link_opens_nothing_once_its_makers_account_is_closed(
    talk: Conversation, alice: Person, charlie: Person
) -> None:
    path = link_by(alice, talk)
    alice.is_active = False
    alice.save(update_fields=["is_active"])
    assert comparable(Client().get(path)) == comparable(Client().get("/join/never-made/"))
    assert Client().post(path, {"name": "Greta"}).status_code == 404
    assert signed_in(charlie).post(path).status_code == 404


# ---------------------------------------------------------------- nowhere else


def test_nobody_finds_a_guest(talk: Conversation, alice: Person, client: Client) -> None:
    guest = make_guest(talk, alice)
    assert all(row.id != guest.pk for row in near_people(alice))
    assert near_people(alice, "Greta") == []
    client.force_login(alice)
    assert client.get(f"/@{guest.username}/").status_code == 404
    assert client.post(f"/@{guest.username}/follow/").status_code == 404
    suggested = client.get("/search/suggest/?q=greta").json()["suggestions"]
    assert all(one["kind"] != "person" for one in suggested)


def test_nobody_begins_another_talk_with_a_guest(
    talk: Conversation, alice: Person, bob: Person
) -> None:
    guest = make_guest(talk, alice)
    other = make_conversation(alice, bob, is_group=True)
    with pytest.raises(PinboardError, match="one conversation only"):
        start_conversation(actor=alice, people=[guest])
    with pytest.raises(PinboardError, match="one conversation only"):
        add_people(actor=alice, conversation_id=other.pk, people=[guest])
    answer = signed_in(alice).post("/messages/new/", {"people": guest.pk}, headers=JSON)
    assert answer.status_code == 422


def test_a_guest_cannot_be_signed_in_to(talk: Conversation, alice: Person) -> None:
    guest = make_guest(talk, alice)
    assert not guest.has_usable_password()
    assert guest.email == ""


def test_signing_in_ends_being_a_guest(talk: Conversation, alice: Person, charlie: Person) -> None:
    charlie.set_password("a long walk home")
    charlie.save()
    client = come(link_by(alice, talk))
    data = {"login": "charlie", "password": "a long walk home"}
    assert client.post("/accounts/login/", data).status_code == 302
    assert client.get(f"/messages/{talk.pk}/").status_code == 404


def test_a_guest_of_one_conversation_comes_into_another_as_somebody_new(
    talk: Conversation, alice: Person, bob: Person
) -> None:
    other = make_conversation(alice, bob, is_group=True)
    client = come(link_by(alice, talk))
    path = link_by(alice, other)
    assert "Your name" in client.get(path).content.decode()
    assert client.post(path, {"name": "Greta"}).status_code == 302
    assert Person.objects.filter(kind="guest").count() == 2
    assert client.get(f"/messages/{talk.pk}/").status_code == 404


def test_two_come_by_one_name_only_once(talk: Conversation, alice: Person) -> None:
    _, secret = make_link(actor=alice, conversation_id=talk.pk, days=1)
    guest = come_as_guest(secret=secret, name="  Greta   Garbo ")
    assert guest.display_name == "Greta Garbo"
    with pytest.raises(PinboardError, match="this name"):
        come_as_guest(secret=secret, name="gréta garbo")


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u200d", "\u202e", "\u2066", "\u00ad", "\x07", "\x00"]
)
def test_a_name_is_what_one_sees_of_it(talk: Conversation, alice: Person, hidden: str) -> None:
    _, secret = make_link(actor=alice, conversation_id=talk.pk, days=1)
    with pytest.raises(PinboardError, match="this name"):
        come_as_guest(secret=secret, name=f"Al{hidden}ice")
    guest = come_as_guest(secret=secret, name=f"{hidden}Gre{hidden}ta {hidden} Garbo\n")
    assert guest.display_name == "Greta Garbo"
    Person.objects.filter(pk=guest.pk).update(display_name=f"Gre{hidden}ta".replace("\x00", ""))
    with pytest.raises(PinboardError, match="this name"):
        come_as_guest(secret=secret, name="Greta")


def test_a_guest_posts_once_for_each_client_id(talk: Conversation, alice: Person) -> None:
    guest = make_guest(talk, alice)
    message = say(talk, guest, "Hello")
    again, is_new = post_message(
        actor=guest,
        conversation_id=talk.pk,
        client_id=message.client_id,
        said=words(text="Hello"),
    )
    assert (again.pk, is_new) == (message.pk, False)
