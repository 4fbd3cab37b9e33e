"""Related pins: who keeps what together.

Boards are baskets. Every public board that holds the pin votes for the pins beside it, and a
board's vote counts less the more it holds (1 / log of its size): a board of twelve says more
about likeness than one of two thousand. Ties and gaps are filled from the same maker.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Count

from pinboard.pins.cards import PinCard, cards_for, with_card_fields
from pinboard.pins.models import Pin, Save

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pinboard.people.models import Person

RELATED = 24
# Bounds on the work: boards that vote, and saves that are read from each of them together.
MAX_BOARDS = 40
MAX_SAVES = 2000


def related_cards(pin: Pin, *, viewer: Person | AnonymousUser) -> list[PinCard]:
    """Cards of up to 24 related public pins, best first. Four queries."""
    boards = (
        Save.objects.filter(board__saves__pin=pin, board__is_secret=False)
        .values("board")
        .annotate(size=Count("pk"))
        .order_by("size")[:MAX_BOARDS]
    )
    weights = {row["board"]: 1 / math.log(row["size"] + 1) for row in boards}
    neighbours = (
        Save.objects.filter(board__in=list(weights), is_public=True)
        .exclude(pin=pin)
        .order_by("-pk")
        .values_list("pin_id", "board_id")[:MAX_SAVES]
    )
    votes: Counter[int] = Counter()
    for pin_id, board_id in neighbours:
        votes[pin_id] += weights[board_id]  # type: ignore[assignment]  # Counter adds floats well
    best = [pin_id for pin_id, _ in votes.most_common(RELATED)]
    found = with_card_fields(Pin.objects.public()).in_bulk(best)
    pins = [found[pin_id] for pin_id in best if pin_id in found]
    if len(pins) < RELATED:
        more = Pin.objects.public().filter(maker=pin.maker_id).exclude(pk__in=[pin.pk, *best])
        pins += with_card_fields(more).order_by("-pk")[: RELATED - len(pins)]
    return cards_for(pins, viewer=viewer)
