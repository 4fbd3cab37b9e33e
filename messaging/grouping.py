"""A group's name and picture: any present member's to change, and everybody is told who did."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Exists, OuterRef

from messaging.models import Conversation
from messaging.numbers import with_lock
from messaging.posting import write_line
from messaging.requesting import refuse_unanswered
from messaging.telling import tell_membership
from pinboard.errors import PinboardError
from pinboard.images.access import admit
from pinboard.images.models import Picture
from pinboard.images.storing import release_picture
from pinboard.people.models import Person
from pinboard.people.uploads import place, store_upload

LONGEST_TITLE = 80


@admit
def group_pictures(viewer: AbstractBaseUser | None) -> Exists | None:
    """A group's picture is its members'."""
    if viewer is None:
        return None
    mine = Conversation.objects.all().visible_to(cast(Person, viewer))
    return Exists(mine.filter(picture=OuterRef("pk")))


def rename(*, actor: Person, conversation_id: int, title: str) -> None:
    """title: "" for none; the members' names stand in its place then."""
    title = " ".join(title.replace("\x00", "").split())
    if len(title) > LONGEST_TITLE:
        raise PinboardError(
            f"The name of a group has up to {LONGEST_TITLE} characters.", code="too_long"
        )
    with with_lock(conversation_id, actor=actor) as conversation:
        _only_groups(conversation)
        refuse_unanswered(conversation, actor=actor)
        if conversation.title == title:
            return
        conversation.title = title
        conversation.save(update_fields=["title"])
        who = actor.display_name
        _tell(
            conversation,
            actor,
            f"{who} named this “{title}”" if title else f"{who} took its name away",
        )


def change_picture(*, actor: Person, conversation_id: int, file: UploadedFile[Any]) -> None:
    """Raises as store_picture does, and "uploads_busy"."""
    with place():
        picture = store_upload(file, owner_id=actor.pk)
    _set_picture(actor, conversation_id, picture, "changed the picture")


def remove_picture(*, actor: Person, conversation_id: int) -> None:
    _set_picture(actor, conversation_id, None, "took the picture away")


def _set_picture(actor: Person, conversation_id: int, picture: Picture | None, what: str) -> None:
    with with_lock(conversation_id, actor=actor) as conversation:
        _only_groups(conversation)
        refuse_unanswered(conversation, actor=actor)
        earlier = conversation.picture_id
        if earlier == (picture.pk if picture else None):
            return
        conversation.picture = picture
        conversation.save(update_fields=["picture"])
        if earlier:
            release_picture(earlier, owner_id=actor.pk)
        _tell(conversation, actor, f"{actor.display_name} {what}")


def _tell(conversation: Conversation, actor: Person, text: str) -> None:
    """A line in the thread; and every window asks for its head anew."""
    write_line(conversation, actor=actor, text=text)
    tell_membership(conversation, people=[actor.pk])


def _only_groups(conversation: Conversation) -> None:
    if not conversation.is_group:
        raise PinboardError("A talk between two has the other's name and face.", code="not_a_group")
