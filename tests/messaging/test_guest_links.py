"""Links for guests: made, listed and closed by members, and who is out when they end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from messaging.guests import make_link, show_out_expired
from messaging.joining import remove_person
from messaging.models import Conversation, GuestLink, Member
from messaging.numbers import NotAMember
from pinboard.errors import PinboardError
from pinboard.people.models import Person
from tests.makers import make_conversation, make_guest, say
from tests.messaging.test_guests import JSON, come, lines, link_by, signed_in
from tests.test_access import comparable


@pytest.fixture
def talk(alice: Person, bob: Person) -> Conversation:
    conversation = make_conversation(alice, bob, is_group=True)
    Conversation.objects.filter(pk=conversation.pk).update(title="Dinner on Friday")
    conversation.refresh_from_db()
    return conversation


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
