"""Small worlds for tests: a picture, a pin, a board, a conversation."""

from __future__ import annotations

import hashlib
import uuid
from itertools import count
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from messaging.guests import come_as_guest, make_link
from messaging.joining import add_people, start_conversation
from messaging.models import Conversation, Message
from messaging.posting import post_message, words
from pinboard.images.models import Picture
from pinboard.people.models import Person
from pinboard.pins.boards import make_board as make_board_deed
from pinboard.pins.models import Board, Pin, Source
from pinboard.pins.saving import make_pin as make_pin_deed

numbers = count(1)


def make_picture(**fields: Any) -> Picture:
    """A ready picture's row; its files do not exist."""
    number = next(numbers)
    return Picture.objects.create(
        **{
            "digest": hashlib.sha256(f"picture {number}".encode()).hexdigest(),
            "original_format": "jpeg",
            "width": 600,
            "height": 800,
            "colour": "#aabbcc",
            "preview": "data:image/webp;base64,UklGRg==",
            "byte_size": 1000,
            "renditions": [[240, 320], [480, 640]],
            "rendition_token": "0123456789abcdef",
            "state": Picture.State.READY,
            "perceptual_hash": number,
            **fields,
        }
    )


def make_board(owner: Person, name: str = "Dinner", *, is_secret: bool = False) -> Board:
    return make_board_deed(owner=owner, name=name, is_secret=is_secret)


def make_source(**fields: Any) -> Source:
    url = fields.pop("url", f"https://shop.example/{next(numbers)}")
    defaults = {
        "url": url,
        "url_digest": hashlib.sha256(url.encode()).hexdigest(),
        "site_name": "Shop",
        "read_at": timezone.now(),
    }
    return Source.objects.create(**{**defaults, **fields})


def make_pin(
    owner: Person, title: str = "Lemon pasta", *, is_public: bool = True, **fields: Any
) -> Pin:
    """A pin on a board of its owner, public or secret."""
    board = fields.pop("board", None)
    if board is None:
        name = "Dinner" if is_public else "Secrets"
        board = Board.objects.filter(owner=owner, name=name).first()
        board = board or make_board(owner, name, is_secret=not is_public)
    picture = fields.pop("picture", None) or make_picture()
    pin = make_pin_deed(owner=owner, picture=picture, board=board, title=title, **fields)
    pin.refresh_from_db()
    return pin


def make_conversation(owner: Person, *others: Person, is_group: bool = False) -> Conversation:
    """Everybody has accepted it: to nobody it is a request."""
    conversation = start_conversation(actor=owner, people=others, is_group=is_group)
    conversation.members.update(accepted=True)
    conversation.refresh_from_db()
    return conversation


def make_keeper(person: Person, *, has_second_factor: bool = True) -> Person:
    """Staff, who by the rules of the house sign in with two-factor codes."""
    person.is_staff = True
    person.save(update_fields=["is_staff"])
    if has_second_factor:
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    return person


def make_guest(conversation: Conversation, host: Person, name: str = "Greta") -> Person:
    """Somebody who came into a group by a link of its member host."""
    _, secret = make_link(actor=host, conversation_id=conversation.pk, days=7)
    return come_as_guest(secret=secret, name=name)


def bring_in(conversation: Conversation, person: Person) -> None:
    """Added by its first member, and accepted: they see what is said from now on."""
    first = conversation.members.order_by("pk")[0].person
    add_people(actor=first, conversation_id=conversation.pk, people=[person])
    conversation.members.filter(person=person).update(accepted=True)


def say(
    conversation: Conversation,
    sender: Person,
    text: str = "Hello",
    *,
    pins: tuple[Pin, ...] = (),
    client_id: uuid.UUID | None = None,
    quote: int | None = None,
) -> Message:
    message, _ = post_message(
        actor=sender,
        conversation_id=conversation.pk,
        client_id=client_id or uuid.uuid4(),
        said=words(text=text, pins=[pin.pk for pin in pins], quote=quote),
    )
    return message
