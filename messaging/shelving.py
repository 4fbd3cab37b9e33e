"""What one does with a whole shelf: save it to a board, take that back, make a board together."""

from __future__ import annotations

import time
import uuid
from collections.abc import MutableMapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from messaging.models import Conversation, ConversationBoard, Member, Message
from messaging.numbers import with_lock
from messaging.posting import Words, post_message
from messaging.shelf import MOST_SAVED, shares_of
from messaging.shelf_filters import ShelfFilter
from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.people.relations import hold_people
from pinboard.pins.boards import delete_board, make_board
from pinboard.pins.collaborating import add_collaborators
from pinboard.pins.models import Board
from pinboard.pins.saving import Gathered, save_all_to_board, unsave_all

SESSION_KEY = "shelved"
UNDO_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Shelved:
    """What "save all" did, kept in the session so that it can be taken back.

    pins: those that were not on the board before. left_out: private pins of others. is_new: the
    board was made for it.
    """

    board_id: int
    board_name: str
    board_url: str
    pins: list[int]
    left_out: int
    is_new: bool

    @property
    def count(self) -> int:
        return len(self.pins)


def save_shelf(
    *, actor: Person, conversation: Conversation, wanted: ShelfFilter, board: Board, is_new: bool
) -> Shelved:
    """Place what the filter shows on a board, in the order of the shelf.

    Raises PinboardError "empty_shelf", and what save_all_to_board raises.
    """
    gathered = _gather(actor, conversation, wanted, board)
    return Shelved(
        board_id=board.pk,
        board_name=board.name,
        board_url=board.get_absolute_url(),
        pins=gathered.placed,
        left_out=gathered.left_out,
        is_new=is_new,
    )


def _gather(
    actor: Person, conversation: Conversation, wanted: ShelfFilter, board: Board
) -> Gathered:
    shares = shares_of(conversation, viewer=actor, wanted=wanted)
    pins = [pk for pk in shares.values_list("pin_id", flat=True)[:MOST_SAVED] if pk]
    if not pins:
        raise PinboardError("There is nothing on the shelf to save.", code="empty_shelf")
    return save_all_to_board(actor=actor, pins=pins, board=board)


def remember(session: MutableMapping[str, Any], conversation_id: int, shelved: Shelved) -> None:
    """Only the last one can be taken back, and not for ever."""
    kept = {"conversation": conversation_id, "at": int(time.time()), **asdict(shelved)}
    session[SESSION_KEY] = kept


def undoable(session: MutableMapping[str, Any], conversation_id: int) -> Shelved | None:
    """What was just saved from this conversation's shelf."""
    kept = dict(session.get(SESSION_KEY) or {})
    is_fresh = kept.pop("at", 0) > time.time() - UNDO_SECONDS
    if kept.pop("conversation", None) != conversation_id or not is_fresh:
        return None
    return Shelved(**kept)


@transaction.atomic
def undo(*, actor: Person, session: MutableMapping[str, Any], conversation_id: int) -> None:
    """Nothing happens when there is nothing to take back, or the board is gone by now."""
    shelved = undoable(session, conversation_id)
    if shelved is None:
        return
    del session[SESSION_KEY]
    board = Board.objects.of(actor).filter(pk=shelved.board_id).first()
    if board is None:
        return
    unsave_all(actor=actor, pins=shelved.pins, board=board)
    if shelved.is_new and board.owner_id == actor.pk and not board.saves.exists():
        delete_board(board=board)


def make_shared_board(*, actor: Person, conversation: Conversation, wanted: ShelfFilter) -> Board:
    """A secret board of the actor's with the shelf's pins, kept together by everybody present.

    Guests and people with a block between them and the actor stay outside. The conversation
    gets it as a message, whose link asks at the door who may come in.
    """
    # People are locked before conversations, and these before boards and pins, as everywhere.
    with transaction.atomic():
        here = Member.objects.filter(conversation=conversation).values_list("person_id", flat=True)
        held = hold_people([actor.pk, *here])
        return _make_board_with(held, actor, conversation, wanted)


def _make_board_with(
    held: list[int], actor: Person, conversation: Conversation, wanted: ShelfFilter
) -> Board:
    """held: people locked by now; whoever joined after that stays outside."""
    with with_lock(conversation.pk, actor=actor):
        others = [person for person in _others_in(conversation, actor) if person.pk in held]
        if not others:
            raise PinboardError("There is nobody here to share a board with.", code="nobody")
        names = ", ".join(person.display_name for person in others[:3])
        name = conversation.title or f"With {names}"
        board = make_board(owner=actor, name=name[:80], is_secret=True)
        ConversationBoard.objects.create(conversation=conversation, board=board)
        add_collaborators(actor=actor, board=board, people=others, is_told=True)
        _gather(actor, conversation, wanted, board)
        said = Words(text="I made a board of our pins. You can all save to it.", board=board.pk)
        post_message(
            actor=actor, conversation_id=conversation.pk, client_id=uuid.uuid4(), said=said
        )
    return board


def _others_in(conversation: Conversation, actor: Person) -> list[Person]:
    present = Member.objects.filter(conversation=conversation, left__isnull=True, accepted=True)
    people = Person.objects.visible_to(actor).filter(pk__in=present.values("person"))
    return list(people.exclude(pk=actor.pk).exclude(kind=Person.Kind.GUEST).order_by("pk"))


def boards_of(conversation: Conversation, *, viewer: Person) -> list[Board]:
    """Boards that were shared here and that the viewer may open, newest first. One query."""
    seen = Message.objects.visible_to(viewer).filter(
        conversation=conversation, board=OuterRef("pk")
    )
    boards = Board.objects.visible_to(viewer).filter(Exists(seen))
    return list(boards.select_related("owner").order_by("-pk")[:12])
