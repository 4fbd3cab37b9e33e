"""The newest pictures of boards, for tiles and menus: one query whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from pinboard.images.cards import CardPicture
from pinboard.pins.models import Board, Pin, Save

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pinboard.people.models import Person


def newest_covers(
    boards: Sequence[Board], *, viewer: Person | AnonymousUser, each: int
) -> dict[int, list[CardPicture]]:
    """By board id, up to `each` pictures of its newest pins that the viewer may see."""
    covers: dict[int, list[CardPicture]] = defaultdict(list)
    newest = Window(RowNumber(), partition_by=F("board"), order_by=F("pk").desc())
    saves = (
        Save.objects.filter(
            board__in=[board.pk for board in boards], pin__in=Pin.objects.visible_to(viewer)
        )
        .annotate(rank=newest)
        .filter(rank__lte=each)
        .select_related("pin__picture")
        .order_by("board", "rank")
    )
    for save in saves:
        covers[save.board_id].append(save.pin.picture.card_picture)
    return covers
