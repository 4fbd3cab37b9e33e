"""Guests: a link into one conversation, until it ends or is closed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from messaging.guests import come_as_guest, make_link, show_out_expired
from messaging.joining import add_people, remove_person, start_conversation
from messaging.models import Conversation, GuestLink, Member, Message
from messaging.numbers import NotAMember
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


# ---------------------------------------------------------------- coming in


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


# ---------------------------------------------------------------- links


def test_links_that_open_nothing_give_the_same_page(talk: Conversation, alice: Person) -> None:
    closed, ended = link_by(alice, talk), link_by(alice, talk)
    first, second = GuestLink.objects.order_by("pk")
    signed_in(alice).post(f"/messages/{talk.pk}/links/{first.pk}/close/")
    GuestLink.objects.filter(pk=second.pk).update(expires=timezone.now())
    unknown = Client().get("/join/never-made/")
    assert unknown.status_code == 404
    assert "Ask for a new one" in unknown.content.decode()
    for path in (closed, ended):
        assert comparable(Client().get(path)) == comparable(unknown)
        assert Client().post(path, {"name": "Greta"}).status_code == 404


def test_members_see_the_open_links_and_how_many_came(
    talk: Conversation, alice: Person, bob: Person
) -> None:
    path = link_by(alice, talk)
    come(path)
    come(path, "Tom")
    page = signed_in(bob).get(f"/messages/{talk.pk}/group/").content.decode()
    assert "By Alice" in page
    assert "2 people came by it" in page
    assert "Came by a link of Alice" in page


@pytest.mark.parametrize("days", ["", "0", "2", "365", "x", "-1"])
def test_a_link_lasts_one_of_three_times(talk: Conversation, alice: Person, days: str) -> None:
    answer = signed_in(alice).post(f"/messages/{talk.pk}/links/", {"days": days})
    assert answer.status_code == 422
    assert not GuestLink.objects.exists()


def test_a_talk_of_two_has_no_guests(alice: Person, bob: Person) -> None:
    pair = make_conversation(alice, bob)
    answer = signed_in(alice).post(f"/messages/{pair.pk}/links/", {"days": 1}, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "not_a_group")


def test_there_are_so_many_open_links_at_most(talk: Conversation, alice: Person) -> None:
    for _ in range(10):
        make_link(actor=alice, conversation_id=talk.pk, days=1)
    with pytest.raises(PinboardError, match="up to 10"):
        make_link(actor=alice, conversation_id=talk.pk, days=1)


def test_a_stranger_and_a_guest_neither_make_nor_close_links(
    talk: Conversation, alice: Person, charlie: Person
) -> None:
    client = come(link_by(alice, talk))
    link = GuestLink.objects.get()
    for other, status in ((client, 403), (signed_in(charlie), 404)):
        assert other.post(f"/messages/{talk.pk}/links/", {"days": 1}).status_code == status
        assert other.post(f"/messages/{talk.pk}/links/{link.pk}/close/").status_code == status
    link.refresh_from_db()
    assert link.revoked is None


def test_a_link_of_another_conversation_is_not_closed_here(
    talk: Conversation, alice: Person, bob: Person, charlie: Person
) -> None:
    other = make_conversation(charlie, bob, is_group=True)
    link, _ = make_link(actor=charlie, conversation_id=other.pk, days=1)
    answer = signed_in(alice).post(f"/messages/{talk.pk}/links/{link.pk}/close/")
    assert answer.status_code == 400
    link.refresh_from_db()
    assert link.revoked is None


# ---------------------------------------------------------------- going


def test_closing_a_link_puts_its_guests_out_at_that_moment(
    talk: Conversation, alice: Person, bob: Person
) -> None:
    client = come(link_by(alice, talk))
    stays = come(link_by(bob, talk), "Tom")
    link = GuestLink.objects.order_by("pk")[0]
    signed_in(bob).post(f"/messages/{talk.pk}/links/{link.pk}/close/")
    say(talk, alice, "Canary")
    for path in ("", "window/", "changes/?after=0"):
        answer = client.get(f"/messages/{talk.pk}/{path}", headers=JSON)
        assert answer.status_code == 401
        assert "Canary" not in answer.content.decode()
    assert (
        client.post(f"/messages/{talk.pk}/post/", {"text": "Hi"}, headers=JSON).status_code == 401
    )
    assert "Canary" in stays.get(f"/messages/{talk.pk}/").content.decode()
    assert "Greta is out" in lines(talk)[-1]


def test_who_was_a_guest_is_told_so_when_they_come_back(
    talk: Conversation, alice: Person, charlie: Person
) -> None:
    client = come(link_by(alice, talk))
    link = GuestLink.objects.get()
    signed_in(alice).post(f"/messages/{talk.pk}/links/{link.pk}/close/")
    for path in (f"/messages/{talk.pk}/", f"/messages/{talk.pk}/shelf/"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "Your time as a guest of this conversation is over" in answer.content.decode()
    client.force_login(charlie)
    assert client.get(f"/messages/{talk.pk}/").status_code == 404


def test_a_guest_whose_link_has_just_ended_changes_nothing(
    talk: Conversation, alice: Person
) -> None:
    """Also before the sweep came round, and were their session still good."""
    guest = make_guest(talk, alice)
    GuestLink.objects.update(expires=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotAMember):
        say(talk, guest, "Too late")


def test_a_session_of_a_guest_ends_with_the_link(talk: Conversation, alice: Person) -> None:
    client = come(link_by(alice, talk, days=1))
    link = GuestLink.objects.get()
    ends = client.session.get_expiry_date()
    assert abs(ends - link.expires) < timedelta(seconds=2)


def test_guests_of_ended_links_are_swept_out(talk: Conversation, alice: Person) -> None:
    guest = make_guest(talk, alice)
    stays = make_guest(talk, alice, "Tom")
    GuestLink.objects.filter(guests__person=guest).update(expires=timezone.now())
    show_out_expired()
    show_out_expired()
    guest.refresh_from_db()
    stays.refresh_from_db()
    assert (guest.is_active, stays.is_active) == (False, True)
    assert Member.objects.get(person=guest).left
    assert lines(talk)[-1] == "Greta is out: the link for guests has ended"
    assert lines(talk)[-2] != lines(talk)[-1]


def test_whoever_leaves_takes_their_links_along(
    talk: Conversation, alice: Person, bob: Person
) -> None:
    path = link_by(bob, talk)
    client = come(path)
    remove_person(actor=alice, conversation_id=talk.pk, person=bob)
    assert Client().get(path).status_code == 404
    assert client.get(f"/messages/{talk.pk}/", headers=JSON).status_code == 401


def test_a_guest_leaves_and_is_nobody_any_more(talk: Conversation, alice: Person) -> None:
    client = come(link_by(alice, talk))
    assert client.post(f"/messages/{talk.pk}/leave/")["Location"] == "/"
    assert client.get(f"/messages/{talk.pk}/").status_code == 403
    assert lines(talk)[-1] == "Greta left"


def test_a_guest_removed_is_out(talk: Conversation, alice: Person) -> None:
    client = come(link_by(alice, talk))
    guest = Person.objects.get(kind="guest")
    answer = signed_in(alice).post(f"/messages/{talk.pk}/members/{guest.pk}/remove/")
    assert answer.status_code == 302
    assert client.get(f"/messages/{talk.pk}/", headers=JSON).status_code == 401


def test_sockets_of_guests_are_proved_at_once_when_their_link_is_closed(
    talk: Conversation,
    alice: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What happens then is tests/live/test_revocation.py: they carry nothing, and close."""
    proved: list[int] = []
    monkeypatch.setattr("pinboard.live.revocation.recheck_person", proved.append)
    guest = make_guest(talk, alice)
    proved.clear()
    link = GuestLink.objects.get()
    signed_in(alice).post(f"/messages/{talk.pk}/links/{link.pk}/close/")
    assert proved == [guest.pk]


def test_a_guest_finds_the_way_back(talk: Conversation, alice: Person) -> None:
    client = come(link_by(alice, talk))
    home = client.get("/").content.decode()
    assert 'href="/messages/guest/"' in home
    assert client.get("/messages/guest/")["Location"] == talk.get_absolute_url()
    assert 'href="/messages/guest/"' not in Client().get("/").content.decode()


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
