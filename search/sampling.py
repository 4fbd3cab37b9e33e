"""The best results as guides and facts look at them: read once, in one bounded query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.fields import BigIntegerField

from pinboard.people.models import Person
from pinboard.pins.models import Save
from search.models import PinFacts, PublicEntry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

SAMPLE = 400
COLUMNS = ("kind", "colour", "shape", "site", "site_name", "currency", "price", "minutes")


@dataclass(frozen=True, slots=True)
class Sample:
    """facts: COLUMNS of each pin. lines: the terms of public pins, by id. boards: (id, name) of
    the viewer's board on which a pin lies, the newest one; once for each pin that has one."""

    size: int = 0
    facts: Sequence[tuple[Any, ...]] = ()
    lines: Mapping[int, str] = field(default_factory=dict)
    boards: Sequence[tuple[int, str]] = ()


def sample_of(pin_ids: Sequence[int], *, viewer: Person | AnonymousUser) -> Sample:
    """pin_ids: results the viewer may see, best first; the first SAMPLE count. One query."""
    looked_at = list(pin_ids[:SAMPLE])
    if not looked_at:
        return Sample()
    terms = PublicEntry.objects.filter(pin_id=OuterRef("pin_id")).values("terms")
    rows = (
        PinFacts.objects.filter(pin_id__in=looked_at)
        .annotate(terms=Subquery(terms), **_own_board(viewer))
        .values_list("pin_id", "terms", "board", "board_name", *COLUMNS)
    )
    read = list(rows)
    return Sample(
        size=len(looked_at),
        facts=[row[4:] for row in read],
        lines={row[0]: row[1] for row in read if row[1]},
        boards=[(row[2], row[3]) for row in read if row[2]],
    )


def _own_board(viewer: Person | AnonymousUser) -> dict[str, Any]:
    if not isinstance(viewer, Person) or viewer.is_guest:
        return {"board": Value(None, BigIntegerField()), "board_name": Value("")}
    kept: QuerySet[Save] = Save.objects.filter(
        saver=viewer, board__owner=viewer, pin=OuterRef("pin_id")
    ).order_by("-board")
    return {
        "board": Subquery(kept.values("board")[:1]),
        "board_name": Subquery(kept.values("board__name")[:1]),
    }
