"""Boards in messages as values, the same for everybody.

A message's HTML is drawn once for all, so only a public board is drawn as a card. A secret one
is a plain link, and its page asks the door who may come in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count

from messaging.models import Message
from pinboard.images.cards import CardPicture
from pinboard.pins.covers import newest_covers
from pinboard.pins.models import Board

COVERS = 4


@dataclass(frozen=True, slots=True)
class SharedBoard:
    """name: "" for a secret board, of which nothing is told but where it lies."""

    url: str
    id: int = 0
    name: str = ""
    owner_name: str = ""
    pin_count: int = 0
    covers: tuple[CardPicture, ...] = ()


def shared_boards(messages: Sequence[Message]) -> dict[int, SharedBoard]:
    """By message, the board it carries. Two queries, none where there is no board."""
    ids = {message.board_id for message in messages if message.board_id}
    if not ids:
        return {}
    boards = {
        board.pk: board
        for board in Board.objects.filter(pk__in=ids)
        .select_related("owner")
        .annotate(pin_count=Count("saves"))
    }
    public = [board for board in boards.values() if not board.is_secret]
    covers = newest_covers(public, viewer=AnonymousUser(), each=COVERS) if public else {}
    return {
        message.pk: _shared(boards[message.board_id], covers.get(message.board_id, []))
        for message in messages
        if message.board_id in boards
    }


def board_card(board: Board) -> SharedBoard:
    """One board as its card in a form, where nothing was sent yet."""
    covers = {} if board.is_secret else newest_covers([board], viewer=AnonymousUser(), each=COVERS)
    board.pin_count = board.saves.count()  # type: ignore[attr-defined]  # as the annotation above
    return _shared(board, covers.get(board.pk, []))


def _shared(board: Board, covers: Sequence[CardPicture]) -> SharedBoard:
    if board.is_secret:
        # Not by its address: that is made of its name.
        return SharedBoard(url=f"/messages/boards/{board.pk}/", id=board.pk)
    return SharedBoard(
        url=board.get_absolute_url(),
        id=board.pk,
        name=board.name,
        owner_name=board.owner.display_name,
        pin_count=board.pin_count,  # type: ignore[attr-defined]  # annotated above
        covers=tuple(covers),
    )
