"""Boards in messages: who may send one, and messages redrawn when what a board shows changes.

Boards made of a conversation: kept by those who are in it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver

from messaging.models import Conversation, Message
from messaging.touching import touch_board
from messaging.unattended import unattended
from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.pins.collaborating import remove_collaborator
from pinboard.pins.models import Board


def refuse_unseen_board(actor: Person, board_id: int) -> None:
    """A message carries only a board its sender may open."""
    if not Board.objects.visible_to(actor).filter(pk=board_id).exists():
        raise PinboardError(
            "The board in this message is gone. Take it out and send the rest.", code="board_gone"
        )


def part_boards(conversation: Conversation, person: Person) -> None:
    """Whoever goes from a conversation sees nothing more of the boards that were made of it.

    Inside the lock. What they placed there stays; a board of their own stays theirs.
    """
    for board in boards_made(conversation).filter(collaborators__person=person):
        remove_collaborator(actor=person, board=board, person=person)


def boards_made(conversation: Conversation) -> QuerySet[Board]:
    made = Board.objects.filter(made_of__conversation=conversation)
    return made.select_related("owner").order_by("pk")


def redraw(board_id: int) -> None:
    """Every message that carries the board looks different now. Safe to run twice."""
    carrying = Message.objects.filter(board=board_id).order_by().values("conversation").distinct()
    for pk in Conversation.objects.filter(pk__in=carrying).values_list("pk", flat=True):
        with unattended(pk) as conversation:
            if Message.objects.filter(conversation=pk, board=board_id).exists():
                touch_board(conversation, board_id)


@receiver(post_save, sender=Board, dispatch_uid="messaging.redraw_board")
def board_changed(
    instance: Board, created: bool, update_fields: frozenset[str] | None = None, **_: Any
) -> None:
    """A new name, or public made secret: open windows must not go on showing the old card.

    As a job of its own: conversations are locked before boards and pins, never after.
    """
    from messaging.jobs import redraw_board  # jobs call deeds; deeds enqueue them

    if created or (update_fields is not None and not update_fields & {"name", "is_secret"}):
        return
    if Message.objects.filter(board=instance.pk).exists():
        redraw_board.enqueue(instance.pk)
