"""A group's name, picture and people."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from messaging.joining import start_conversation
from messaging.models import MAX_MEMBERS, Conversation, Member, Message
from pinboard.people.models import Block, Person
from tests.makers import make_conversation, say

JSON = {"Accept": "application/json"}


@pytest.fixture
def talk(alice: Person, bob: Person) -> Conversation:
    return make_conversation(alice, bob, is_group=True)


def last_line(talk: Conversation) -> str:
    said = Message.objects.filter(conversation=talk, kind=Message.Kind.LINE)
    return said.order_by("-number").values_list("text", flat=True)[0]


def picture(colour: str = "teal") -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(data, "PNG")
    return SimpleUploadedFile("picture.png", data.getvalue(), "image/png")


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


# ---------------------------------------------------------------- its name


def test_any_member_names_the_group_and_a_line_says_so(talk: Conversation, bob: Person) -> None:
    client = signed_in(bob)
    client.post(f"/messages/{talk.pk}/rename/", {"title": "  Dinner   on Friday "})
    talk.refresh_from_db()
    assert talk.title == "Dinner on Friday"
    assert last_line(talk) == "Bob named this “Dinner on Friday”"
    assert "Dinner on Friday" in client.get("/messages/").content.decode()
    client.post(f"/messages/{talk.pk}/rename/", {"title": ""})
    assert last_line(talk) == "Bob took its name away"


def test_the_same_name_again_says_nothing(talk: Conversation, bob: Person) -> None:
    for _ in range(2):
        signed_in(bob).post(f"/messages/{talk.pk}/rename/", {"title": "Dinner"})
    assert Message.objects.filter(conversation=talk, text__contains="Dinner").count() == 1


def test_a_name_too_long_is_refused_in_words(talk: Conversation, bob: Person) -> None:
    answer = signed_in(bob).post(f"/messages/{talk.pk}/rename/", {"title": "x" * 81})
    assert answer.status_code == 422
    assert "up to 80 characters" in answer.content.decode()


def test_a_talk_of_two_has_neither_page_nor_name(alice: Person, bob: Person) -> None:
    pair = make_conversation(alice, bob)
    client = signed_in(alice)
    assert client.get(f"/messages/{pair.pk}/group/").status_code == 404
    assert client.post(f"/messages/{pair.pk}/rename/", {"title": "x"}).status_code == 404


def test_who_asked_strangers_changes_neither_name_nor_picture_before_they_answer(
    alice: Person, bob: Person, charlie: Person
) -> None:
    asked = start_conversation(actor=alice, people=[bob, charlie])
    client = signed_in(alice)
    for path, fields in (
        ("rename/", {"title": "canary"}),
        ("picture/", {"picture": picture()}),
    ):
        answer = client.post(f"/messages/{asked.pk}/{path}", fields, headers=JSON)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_accepted_yet"), path
    asked.refresh_from_db()
    assert (asked.title, asked.picture) == ("", None)


# ---------------------------------------------------------------- its picture


def test_the_picture_is_the_members_and_nobody_elses(
    talk: Conversation, alice: Person, bob: Person, charlie: Person
) -> None:
    answer = signed_in(bob).post(f"/messages/{talk.pk}/picture/", {"picture": picture()})
    assert answer.status_code == 302
    talk.refresh_from_db()
    assert talk.picture
    assert last_line(talk) == "Bob changed the picture"
    src = talk.picture.src
    assert src in signed_in(alice).get("/messages/").content.decode()
    seen = signed_in(alice).get(src)
    assert seen.status_code == 200
    assert "no-store" in seen["Cache-Control"]
    assert signed_in(charlie).get(src).status_code == 404
    assert Client().get(src).status_code == 404
    Member.objects.filter(conversation=talk, person=alice).delete()
    assert signed_in(alice).get(src).status_code == 404


def test_a_picture_is_exchanged_and_taken_away(talk: Conversation, bob: Person) -> None:
    client = signed_in(bob)
    client.post(f"/messages/{talk.pk}/picture/", {"picture": picture("teal")})
    talk.refresh_from_db()
    earlier = talk.picture_id
    client.post(f"/messages/{talk.pk}/picture/", {"picture": picture("plum")})
    talk.refresh_from_db()
    assert talk.picture_id != earlier
    client.post(f"/messages/{talk.pk}/picture/", {"away": "1"})
    talk.refresh_from_db()
    assert talk.picture is None
    assert last_line(talk) == "Bob took the picture away"


@pytest.mark.parametrize(
    ("file", "status"), [(b"<svg xmlns='http://www.w3.org/2000/svg'/>", 422), (b"", 422)]
)
def test_what_is_no_picture_is_refused_in_words(
    talk: Conversation, bob: Person, file: bytes, status: int
) -> None:
    upload = SimpleUploadedFile("picture.png", file, "image/png")
    answer = signed_in(bob).post(f"/messages/{talk.pk}/picture/", {"picture": upload})
    assert answer.status_code == status
    assert 'role="alert"' in answer.content.decode()
    talk.refresh_from_db()
    assert talk.picture is None


# ---------------------------------------------------------------- its people


def test_several_people_are_added_at_once_and_it_says_by_whom(
    talk: Conversation, alice: Person, charlie: Person
) -> None:
    dora = Person.objects.create_user("dora", display_name="Dora")
    client = signed_in(alice)
    data = {"people": [charlie.pk, dora.pk], "next": f"/messages/{talk.pk}/group/"}
    answer = client.post(f"/messages/{talk.pk}/members/add/", data)
    assert answer["Location"] == f"/messages/{talk.pk}/group/"
    assert last_line(talk) in ("Alice added Charlie, Dora", "Alice added Dora, Charlie")
    page = client.get(answer["Location"]).content.decode()
    assert page.count("Added by Alice") == 2
    assert page.count("Here from the beginning") == 2


def test_a_name_is_looked_up_without_a_script(
    talk: Conversation, alice: Person, charlie: Person
) -> None:
    data = {"find": "Ch", "look": "1"}
    page = signed_in(alice).post(f"/messages/{talk.pk}/members/add/", data).content.decode()
    assert f'value="{charlie.pk}"' in page
    assert not Member.objects.filter(conversation=talk, person=charlie).exists()


@pytest.mark.parametrize("data", [{}, {"people": "x"}, {"people": "0"}, {"username": "nobody"}])
def test_adding_nobody_is_answered_in_words(
    talk: Conversation, alice: Person, data: dict[str, Any]
) -> None:
    client = signed_in(alice)
    assert client.post(f"/messages/{talk.pk}/members/add/", data).status_code == 422
    answer = client.post(f"/messages/{talk.pk}/members/add/", data, headers=JSON)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_of_several_people_with_one_blocked_nobody_is_added(
    talk: Conversation, alice: Person, charlie: Person
) -> None:
    dora = Person.objects.create_user("dora", display_name="Dora")
    Block.objects.create(blocker=dora, blocked=alice)
    data = {"people": [charlie.pk, dora.pk]}
    answer = signed_in(alice).post(f"/messages/{talk.pk}/members/add/", data, headers=JSON)
    assert answer.status_code == 400
    assert Member.objects.filter(conversation=talk).count() == 2


def test_a_group_is_full_with_fifty(talk: Conversation, alice: Person) -> None:
    crowd = [
        Person.objects.create_user(f"p{number}", display_name=f"P {number}")
        for number in range(MAX_MEMBERS - 1)
    ]
    client = signed_in(alice)
    path = f"/messages/{talk.pk}/members/add/"
    answer = client.post(path, {"people": [one.pk for one in crowd]}, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "too_many_people")
    assert "up to 50" in answer.json()["error"]
    assert client.post(path, {"people": [one.pk for one in crowd[1:]]}).status_code == 302
    assert "is full" in client.get(f"/messages/{talk.pk}/group/").content.decode()


def test_a_group_page_asks_as_much_for_two_as_for_twenty(
    talk: Conversation, alice: Person, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(alice)
    say(talk, alice)
    client.get(f"/messages/{talk.pk}/group/")
    people = [Person.objects.create_user(f"p{n}", display_name=f"P {n}") for n in range(20)]
    client.post(f"/messages/{talk.pk}/members/add/", {"people": [one.pk for one in people]})
    with django_assert_max_num_queries(22):
        client.get(f"/messages/{talk.pk}/group/")
