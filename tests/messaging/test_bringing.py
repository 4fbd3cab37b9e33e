"""Pictures and links brought into a conversation: private pins, once the message is sent."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from messaging.amending import take_back
from messaging.models import Conversation, Message, MessagePin
from pinboard.errors import PinboardError
from pinboard.images.models import Picture
from pinboard.people.models import Person
from pinboard.pins import drafting
from pinboard.pins.models import Draft, DraftPicture, Pin
from pinboard.pins.saving import save_to_board
from tests.makers import make_board, make_conversation, make_picture, make_pin, make_source, say
from tests.pins.test_create import picture as draw

JSON = {"Accept": "application/json"}


@pytest.fixture
def talk(alice: Person, bob: Person) -> Conversation:
    return make_conversation(alice, bob)


def picture(name: str, colour: str = "teal") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, draw(colour), content_type="image/jpeg")


def bring(client: Client, talk: Conversation, *files: SimpleUploadedFile) -> list[dict[str, Any]]:
    answer = client.post(f"/messages/{talk.pk}/bring/", {"pictures": files}, headers=JSON)
    assert answer.status_code == 200, answer.content
    drafts: list[dict[str, Any]] = answer.json()["drafts"]
    return drafts


def offered(person: Person, pictures: int = 1, **fields: Any) -> list[DraftPicture]:
    draft = Draft.objects.create(person=person, state=Draft.State.READY, **fields)
    return [
        DraftPicture.objects.create(draft=draft, picture=make_picture()) for _ in range(pictures)
    ]


def post(client: Client, talk: Conversation, *pins: str, **fields: Any) -> Any:
    body = {"client_id": str(uuid.uuid4()), "text": "", "pin": pins, **fields}
    return client.post(f"/messages/{talk.pk}/post/", body, headers=JSON)


def test_a_picture_becomes_a_private_pin_that_the_members_see_and_nobody_else(
    client: Client, alice: Person, bob: Person, charlie: Person, talk: Conversation
) -> None:
    client.force_login(alice)
    (draft,) = bring(client, talk, picture("lamp.jpg"))
    assert not Pin.objects.exists()
    (offer,) = draft["offers"]
    assert post(client, talk, offer["id"]).status_code == 201
    pin = Pin.objects.get()
    assert (pin.maker, pin.is_public, pin.saves.count()) == (alice, False, 0)
    assert not Draft.objects.exists()
    media = pin.picture.src
    for person, status in ((alice, 200), (bob, 200), (charlie, 404)):
        client.force_login(person)
        assert client.get(f"/pins/{pin.pk}/").status_code == status
        assert client.get(media).status_code == status
    client.force_login(bob)
    shown = client.get(f"/messages/{talk.pk}/").content.decode()
    assert f'data-shared="{pin.pk}"' in shown
    assert "Alice’s picture</a>" in shown


def test_who_saves_it_on_a_secret_board_keeps_it_and_only_its_maker_makes_it_public(
    client: Client, alice: Person, bob: Person, talk: Conversation
) -> None:
    (offer,) = offered(alice)
    client.force_login(alice)
    post(client, talk, f"o{offer.pk}")
    pin = Pin.objects.get()
    with pytest.raises(PinboardError, match="private"):
        save_to_board(actor=bob, pin=pin, board=make_board(bob, "Open"))
    save_to_board(actor=bob, pin=pin, board=make_board(bob, "Mine", is_secret=True))
    message = Message.objects.get(pins__pin=pin)
    take_back(actor=alice, conversation_id=talk.pk, message_id=message.pk)
    assert Pin.objects.visible_to(bob).filter(pk=pin.pk).exists()
    save_to_board(actor=alice, pin=pin, board=make_board(alice, "Open"))
    pin.refresh_from_db()
    assert pin.is_public


def test_taking_the_message_back_takes_along_what_it_brought_and_nothing_else(
    client: Client, alice: Person, bob: Person, talk: Conversation
) -> None:
    one, shared_twice = offered(alice, 2)
    own = make_pin(alice, "Kept", is_public=False)
    client.force_login(alice)
    post(client, talk, f"o{one.pk}", f"o{shared_twice.pk}", str(own.pk))
    brought = list(MessagePin.objects.filter(brought=True).order_by("position"))
    assert len(brought) == 2
    again = Pin.objects.get(shares=brought[1])
    say(talk, bob, pins=(again,))
    fields = {"message": brought[0].message_id}
    answer = client.post(f"/messages/{talk.pk}/take-back/", fields, headers=JSON)
    assert answer.json()["gone"] == [brought[0].pin_id]
    assert set(Pin.objects.values_list("pk", flat=True)) == {own.pk, again.pk}


def test_a_retry_makes_no_second_pin(client: Client, alice: Person, talk: Conversation) -> None:
    (offer,) = offered(alice)
    client.force_login(alice)
    client_id = str(uuid.uuid4())
    first = post(client, talk, f"o{offer.pk}", client_id=client_id)
    second = post(client, talk, f"o{offer.pk}", client_id=client_id)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert Pin.objects.count() == 1


def test_what_is_not_ones_own_or_no_longer_there_cannot_be_sent(
    client: Client, alice: Person, bob: Person, talk: Conversation
) -> None:
    (hers,) = offered(alice)
    client.force_login(bob)
    for pin in (f"o{hers.pk}", f"o{10**9}"):
        answer = post(client, talk, pin, text="Look")
        assert answer.status_code == 400
        assert "no longer there" in answer.json()["error"]
    for pin in ("o", "ox", "o-1", "o1.5"):
        assert "A pin in this message is gone" in post(client, talk, pin).json()["error"]
    assert not Message.objects.filter(kind=Message.Kind.SAID).exists()
    assert not Pin.objects.exists()


def test_a_refused_message_leaves_the_draft_as_it_was(
    client: Client, alice: Person, talk: Conversation
) -> None:
    (offer,) = offered(alice)
    client.force_login(alice)
    assert post(client, talk, f"o{offer.pk}", str(10**9)).status_code == 400
    assert DraftPicture.objects.filter(pk=offer.pk).exists()
    assert not Pin.objects.exists()


def test_what_is_no_picture_is_refused_with_a_sentence_and_the_others_stay(
    client: Client, alice: Person, talk: Conversation
) -> None:
    client.force_login(alice)
    address = f"/messages/{talk.pk}/bring/"
    text = SimpleUploadedFile("notes.txt", b"not a picture")
    refused = client.post(address, {"pictures": [text]}, headers=JSON)
    assert refused.status_code == 422
    assert refused.json()["error"].startswith("notes.txt: ")
    nothing = client.post(address, {}, headers=JSON)
    assert nothing.json()["error"] == "Choose at least one picture."
    text.seek(0)
    page = client.post(address, {"pictures": [text, picture("lamp.jpg")]})
    assert page.status_code == 422
    assert "data-again" not in page.content.decode()  # what was taken is not offered again
    assert "notes.txt" in page.content.decode()
    onward = re.search(rf'href="(/messages/{talk.pk}/\?pin=o\d+)"', page.content.decode())
    assert onward
    assert 'name="pin" value="o' in client.get(onward[1]).content.decode()


def test_without_scripts_pictures_wait_in_the_composer_and_stay_there_when_refused(
    client: Client, alice: Person, talk: Conversation
) -> None:
    client.force_login(alice)
    files = {"pictures": [picture("one.jpg"), picture("two.jpg", "brown")]}
    onward = client.post(f"/messages/{talk.pk}/bring/", files)
    assert onward.status_code == 302
    page = client.get(onward["Location"]).content.decode()
    waiting = re.findall(r'name="pin" value="(o\d+)"', page)
    assert len(waiting) == 2
    body = {"client_id": str(uuid.uuid4()), "pin": waiting, "text": "x" * 4001}
    refused = client.post(f"/messages/{talk.pk}/post/", body).content.decode()
    assert re.findall(r'name="pin" value="(o\d+)"', refused) == waiting
    client.post(f"/messages/{talk.pk}/post/", {**body, "text": "Which?"})
    assert MessagePin.objects.filter(message__text="Which?").count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_link_is_read_and_its_best_picture_becomes_a_pin_that_leads_there(
    client: Client, alice: Person, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(draft: Draft) -> None:
        source = make_source(reading={"title": "Ochre lamp", "description": "Warm light"})
        Draft.objects.filter(pk=draft.pk).update(state=Draft.State.READY, source=source)
        for number in range(3):
            drafting.offer(draft, [(make_picture(), f"Picture {number}")])

    monkeypatch.setattr(drafting, "read", read)
    client.force_login(alice)
    address = f"/messages/{talk.pk}/bring/"
    answer = client.post(address, {"link": "https://shop.example/lamp"}, headers=JSON)
    draft = client.get(f"/messages/brought/{answer.json()['drafts'][0]['id']}/").json()
    assert draft["state"] == "ready"
    (offer,) = draft["offers"]
    assert offer["title"] == "Ochre lamp"
    post(client, talk, offer["id"])
    pin = Pin.objects.select_related("source").get()
    assert (pin.title, pin.alt, pin.description) == ("Ochre lamp", "Picture 0", "Warm light")
    assert pin.source
    assert not Draft.objects.exists()
    bad = client.post(address, {"link": "javascript:alert(1)"}, headers=JSON)
    assert bad.status_code == 422
    assert "web address" in bad.json()["error"]


@pytest.mark.django_db(transaction=True)
def test_a_page_that_cannot_be_read_says_why(
    client: Client, alice: Person, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PinboardError("This page does not answer.")

    monkeypatch.setattr(drafting, "read_link", refuse)
    client.force_login(alice)
    link = {"link": "https://shop.example/lamp"}
    draft = client.post(f"/messages/{talk.pk}/bring/", link, headers=JSON).json()["drafts"][0]
    state = client.get(f"/messages/brought/{draft['id']}/").json()
    assert (state["state"], state["error"]) == ("failed", "This page does not answer.")


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_away_leaves_nothing_behind(
    client: Client, alice: Person, bob: Person, talk: Conversation
) -> None:
    client.force_login(alice)
    (draft,) = bring(client, talk, picture("lamp.jpg"))
    assert Picture.objects.exists()
    client.force_login(bob)
    away = f"/messages/brought/{draft['id']}/away/"
    assert client.post(away).status_code == 404
    assert client.get(f"/messages/brought/{draft['id']}/").status_code == 404
    client.force_login(alice)
    assert client.post(away, headers=JSON).json() == {"ok": True}
    assert not Draft.objects.exists()
    assert not Picture.objects.exists()


def test_a_message_holds_twenty_pins_however_they_came(
    client: Client, alice: Person, talk: Conversation
) -> None:
    client.force_login(alice)
    offers = [f"o{one.pk}" for one in offered(alice, 15)]
    pins = [str(make_pin(alice).pk) for _ in range(6)]
    answer = post(client, talk, *pins, *offers)
    assert answer.json()["error"] == "One message carries up to 20 pins."
    assert post(client, talk, *pins[:5], *offers).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_one_picture_sent_to_two_conversations_at_once_is_one_pin(
    alice: Person, bob: Person, charlie: Person
) -> None:
    from messaging.posting import post_message, words
    from tests.together import meanwhile

    talks = [make_conversation(alice, bob), make_conversation(alice, charlie)]
    (offer,) = offered(alice)

    def send(talk: Conversation) -> Callable[[], object]:
        said = words(offers=[offer.pk])
        return lambda: post_message(
            actor=alice, conversation_id=talk.pk, client_id=uuid.uuid4(), said=said
        )

    with pytest.raises(PinboardError, match="no longer there"), meanwhile(send(talks[1])):
        send(talks[0])()
    assert Pin.objects.count() == 1


def test_links_are_brought_at_twenty_a_minute_and_pictures_go_on(
    client: Client, alice: Person, talk: Conversation, settings: Any, monkeypatch: Any
) -> None:
    (offer,) = offered(alice)
    monkeypatch.setattr(drafting, "draft_from_link", lambda **_: offer.draft)
    settings.RATE_LIMITS = True
    client.force_login(alice)
    url, link = f"/messages/{talk.pk}/bring/", {"link": "https://shop.example/lamp"}
    answers = [client.post(url, link, headers=JSON).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]
    assert client.post(url, {}, headers=JSON).status_code == 422
