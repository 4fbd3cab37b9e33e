"""Boards that several people keep: who else sees a board and saves to it.

Who is taken off sees nothing of it from the commit on: visible_to asks for the row at every
reading, and saving asks for it under the board's lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Left
from django.dispatch import receiver

from pinboard.errors import PinboardError
from pinboard.notifications.models import Notification
from pinboard.notifications.telling import tell
from pinboard.people.models import Follow, Person, any_block_between
from pinboard.people.relations import hold_people, person_blocked
from pinboard.pins.models import Board, BoardCollaborator, Pin, Save
from pinboard.pins.saving import hold_board
from pinboard.pins.signals import pin_changed
from pinboard.pins.visibility import strangers_to

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

MAX_COLLABORATORS = 60
BOARD_SHARED = Notification.Kind.BOARD_SHARED
Role = BoardCollaborator.Role


@transaction.atomic
def add_collaborators(
    *,
    actor: Person,
    board: Board,
    people: Sequence[Person],
    role: str = Role.EDITOR,
    is_told: bool = False,
) -> None:
    """Share a board with people, or give those who are there already another role.

    is_told: they hear of it in another way, as in the conversation it is made of.
    Raises PinboardError "not_yours", "unknown_role", "unknown_person", "too_many_people",
    "not_acquainted" when somebody neither follows the owner nor talks with them, and
    "private_pins_on_board" when a private pin that its maker did not show them lies there.
    """
    if role not in Role.values:
        raise PinboardError("A collaborator saves to it too, or only looks.", code="unknown_role")
    # A block waits for us, or is seen below: nobody stays on a board of whom they blocked.
    hold_people([actor.pk, *(person.pk for person in people)])
    held = hold_board(board)
    _only_owner(held, actor)
    others = [person for person in dict.fromkeys(people) if person.pk != held.owner_id]
    if any(person.is_guest for person in others) or any_block_between(
        actor, {person.pk for person in others}
    ):
        raise PinboardError("There is nobody by that username.", code="unknown_person")
    _only_acquainted(held, others)
    there = held.collaborators.exclude(person__in=others).count()
    if there + len(others) > MAX_COLLABORATORS:
        raise PinboardError(
            f"A board is shared with up to {MAX_COLLABORATORS} people.", code="too_many_people"
        )
    for person in others:
        _refuse_to_show_private_pins(held, person)
        _, is_new = BoardCollaborator.objects.update_or_create(
            board=held, person=person, defaults={"role": role}
        )
        if is_new and not is_told:
            tell(person=person, kind=BOARD_SHARED, target=held.pk, actor=actor)
    _announce(held)


@transaction.atomic
def remove_collaborator(*, actor: Person, board: Board, person: Person) -> None:
    """Take somebody off a board, or leave it oneself. Nobody who is not there: nothing happens.

    What they placed stays, in the owner's name: a mark, a feed or a search by the saver must
    not know a board that the saver no longer sees. Their words keep their name.
    """
    held = hold_board(board)
    if actor.pk != person.pk:
        _only_owner(held, actor)
    take_off(held, person)


def take_off(board: Board, person: Person) -> None:
    """The same, decided already; inside the board's lock."""
    gone, _ = BoardCollaborator.objects.filter(board=board, person=person).delete()
    if not gone:
        return
    placed = Save.objects.filter(board=board, saver=person)
    said = Concat(Value(f"{person.display_name}: "), F("note"))
    placed.exclude(note="").update(note=Left(said, 500))
    placed.update(saver=board.owner_id)
    _announce(board)


def people_of(board: Board, viewer: Person | AnonymousUser) -> list[dict[str, Any]]:
    """The collaborators whom the viewer may see, in the order in which they came. One query."""
    rows = BoardCollaborator.objects.filter(
        board=board, person__in=Person.objects.visible_to(viewer)
    )
    return [
        {
            "id": row.person_id,
            "name": row.person.display_name,
            "url": row.person.get_absolute_url(),
            "face": row.person.face_url,
            "role": row.get_role_display(),
            "is_self": row.person_id == viewer.pk,
        }
        for row in rows.select_related("person__face").order_by("pk")
    ]


def known_to(board: Board, *, limit: int = 100) -> list[dict[str, str]]:
    """Who follows the owner and is not there yet, to be offered by name. One query."""
    people = Person.objects.visible_to(board.owner).filter(follows__followed=board.owner)
    there = board.collaborators.values("person")
    rows = people.exclude(pk__in=there).order_by("display_name", "pk")[:limit]
    return [{"username": person.username, "name": person.display_name} for person in rows]


@receiver(person_blocked, dispatch_uid="pins.collaborators")
def part_boards(blocker: Person, blocked: Person, **_: object) -> None:
    """Inside the block's transaction: neither stays on a board of the other."""
    shared = BoardCollaborator.objects.filter(
        Q(person=blocker, board__owner=blocked) | Q(person=blocked, board__owner=blocker)
    )
    for row in shared.select_related("board", "person").order_by("board"):
        take_off(hold_board(row.board), row.person)


def _only_owner(board: Board, actor: Person) -> None:
    if board.owner_id != actor.pk:
        raise PinboardError(
            "Only its owner decides with whom a board is shared.", code="not_yours", status=403
        )


def _only_acquainted(board: Board, people: Sequence[Person]) -> None:
    """A board that one saves to is offered at every pin: no stranger puts theirs there."""
    there = board.collaborators.values_list("person_id", flat=True)
    newcomers = {person.pk for person in people} - set(there)
    following = Follow.objects.filter(followed=board.owner_id, follower__in=newcomers)
    unknown = newcomers - set(following.values_list("follower_id", flat=True))
    if strangers_to(board.owner, unknown):
        raise PinboardError(
            "They can be added once they follow you.", code="not_acquainted", status=403
        )


def _refuse_to_show_private_pins(board: Board, person: Person) -> None:
    """Sharing widens who may see a pin; with a private one that is its maker's to do."""
    foreign = Pin.objects.filter(saves__board=board, is_public=False).exclude(maker=board.owner_id)
    if foreign.exclude(pk__in=Pin.objects.visible_to(person).values("pk")).exists():
        raise PinboardError(
            "This board holds private pins of other people, which are not yours to show to "
            f"{person.display_name}.",
            code="private_pins_on_board",
            status=409,
        )


def _announce(board: Board) -> None:
    """Who finds the pins of a secret board by its words has changed."""
    if board.is_secret:
        pins = Save.objects.filter(board=board).values_list("pin_id", flat=True)
        pin_changed.send(Pin, pin_ids=list(pins))
