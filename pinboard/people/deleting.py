"""Deleting an account: at once what makes it somebody's, then everything that was theirs.

The row stays, without a name, an address or a way in, because others' conversations refer to it:
what was said there keeps a sender, "Deleted user". One transaction ends the account; a job then
goes through the rooms (empty), each of which registers what it takes away:

    @takes_away(turn=2)
    def leave_conversations(deletion: Deletion) -> None: ...

Every such function may run twice, or again after it died half-way.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from pinboard.errors import PinboardError
from pinboard.images.models import Upload
from pinboard.images.storing import release_picture
from pinboard.people.models import (
    DELETED_NAME,
    DELETED_SIGN,
    Block,
    Deletion,
    Follow,
    FormerName,
    Person,
)

# As long as letters, links and memories of a name are about.
KEPT_BACK = timedelta(days=90)
# A request that began before the deletion may write for so long after it.
ON_ITS_WAY = timedelta(minutes=2)

Part = Callable[[Deletion], None]
_parts: list[tuple[int, Part]] = []


def takes_away(*, turn: int) -> Callable[[Part], Part]:
    """Register what a room takes away. Turn 1 comes first: what a later one relies on."""

    def register(part: Part) -> Part:
        _parts.append((turn, part))
        return part

    return register


def delete_account(*, person: Person, takes_back: bool = False) -> None:
    """End the account now; what it left behind goes right after the commit. Twice is once.

    takes_back: its messages too, which otherwise stay for those they were written to.
    Raises PinboardError "only_keeper": somebody has to be there to read reports.
    """
    from pinboard.people.jobs import empty_account  # jobs call deeds; deeds enqueue them

    with transaction.atomic():
        # Two keepers who go at once wait for each other here, and always in one order.
        keepers = Q(is_staff=True, is_active=True)
        rows = Person.objects.filter(keepers | Q(pk=person.pk)).order_by("pk")
        people = {one.pk: one for one in rows.select_for_update()}
        held = people.pop(person.pk)
        if held.is_deleted:
            return
        if held.is_staff and not people:
            raise PinboardError(
                "You are the only keeper of this place. Make somebody else a keeper first.",
                code="only_keeper",
                status=409,
            )
        Deletion.objects.create(
            person=held, takes_back=takes_back, username=held.username, name=held.display_name
        )
        keep_back(held.username)
        face = held.face_id
        _end_ways_in(held)
        _make_nobody(held)
        Follow.objects.filter(Q(follower=held) | Q(followed=held)).delete()
        Block.objects.filter(Q(blocker=held) | Q(blocked=held)).delete()
        if face:
            release_picture(face, owner_id=held.pk)
        empty_account.enqueue(held.pk)


def empty(person_id: int) -> None:
    """Take away what an account that was deleted left behind."""
    deletion = Deletion.objects.select_related("person").filter(person=person_id).first()
    if deletion is None or deletion.settled:
        return
    for _, part in sorted(_parts, key=lambda one: one[0]):
        part(deletion)
    _give_up_pictures(deletion.person)
    now = timezone.now()
    Deletion.objects.filter(pk=deletion.pk).update(
        username="",
        name="",
        emptied=deletion.emptied or now,
        settled=now - deletion.asked > ON_ITS_WAY,
    )


def unfinished() -> list[int]:
    """People whose emptying never came to its end, or whose second round is due."""
    due = Q(emptied__isnull=True) | Q(asked__lt=timezone.now() - ON_ITS_WAY)
    return list(Deletion.objects.filter(due, settled=False).values_list("person", flat=True))


# ---------------------------------------------------------------- names


def keep_back(username: str) -> None:
    until = timezone.now() + KEPT_BACK
    FormerName.objects.update_or_create(digest=_digest(username), defaults={"until": until})


def is_kept_back(username: str) -> bool:
    """Whether somebody who is gone had this username until a while ago, in whatever case."""
    kept = FormerName.objects.filter(digest=_digest(username), until__gt=timezone.now())
    return kept.exists()


def forget_former_names() -> None:
    FormerName.objects.filter(until__lte=timezone.now()).delete()


def _digest(username: str) -> str:
    """Compared as sign-up compares names: in lower case."""
    return salted_hmac("people.former", username.lower(), algorithm="sha256").hexdigest()


# ---------------------------------------------------------------- the account itself


def _end_ways_in(person: Person) -> None:
    """Addresses, second factors and sessions; each session's end closes its sockets and pushes."""
    from allauth.account.models import EmailAddress  # app models: only once apps are ready
    from allauth.mfa.models import Authenticator
    from allauth.usersessions.models import UserSession

    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    known = UserSession.objects.filter(user=person)
    keys = list(known.values_list("session_key", flat=True))
    known.delete()
    sessions: Any = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()
    sessions.objects.filter(session_key__in=keys).delete()
    person.groups.clear()
    person.user_permissions.clear()


def _make_nobody(person: Person) -> None:
    """With the new password every session that is not on any list ends too (live/revocation)."""
    person.username = DELETED_SIGN + secrets.token_hex(12)
    person.display_name = DELETED_NAME
    person.email = person.about = ""
    person.face = None
    person.kind = Person.Kind.PERSON
    person.shows_read = person.shows_typing = False
    person.is_staff = person.is_superuser = person.is_active = False
    person.last_login = None
    person.set_unusable_password()
    person.save()


def _give_up_pictures(person: Person) -> None:
    for picture_id in list(Upload.objects.filter(person=person).values_list("picture", flat=True)):
        with transaction.atomic():
            release_picture(picture_id, owner_id=person.pk)
