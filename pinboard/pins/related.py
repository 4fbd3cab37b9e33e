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

from pinboard.people.models import unblocked
from pinboard.pins.cards import with_card_fields
from pinboard.pins.models import Pin, Save

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pinboard.people.models import Person

RELATED = 24
# Bounds on the work: the boards that kept the pin last vote, and so many saves are read from
# them together. A few more pins than needed, because some may be of people who are blocked.
MAX_BOARDS = 40
MAX_SAVES = 2000
MAX_FOUND = 2 * RELATED


def related_pins(pin: Pin, *, viewer: Person | AnonymousUser) -> list[Pin]:
    """Up to 24 related public pins with their card fields, best first. At most four queries."""
    weights = _weights(pin)
    neighbours = (
        Save.objects.filter(board__in=list(weights), is_public=True)
        .exclude(pin=pin)
        .order_by("-pk")
        .values_list("pin_id", "board_id")[:MAX_SAVES]
    )
    votes: Counter[int] = Counter()
    for pin_id, board_id in neighbours:
        votes[pin_id] += weights[board_id]  # type: ignore[assignment]  # Counter adds floats well
    best = [pin_id for pin_id, _ in votes.most_common(MAX_FOUND)]
    shown = with_card_fields(Pin.objects.public().filter(unblocked(viewer, "maker")))
    found = shown.in_bulk(best)
    pins = [found[pin_id] for pin_id in best if pin_id in found][:RELATED]
    if len(pins) < RELATED:
        more = shown.filter(maker=pin.maker_id).exclude(pk__in=[pin.pk, *best])
        pins += more.order_by("-pk")[: RELATED - len(pins)]
    return pins


def _weights(pin: Pin) -> dict[int, float]:
    """The boards that vote, with the weight of their votes."""
    holders = Save.objects.filter(pin=pin, is_public=True).order_by("-pk").values("board")
    sizes = (
        Save.objects.filter(board__in=holders[:MAX_BOARDS])
        .order_by()
        .values_list("board")
        .annotate(size=Count("pk"))
    )
    return {board: 1 / math.log(size + 1) for board, size in sizes}
