"""The best results as guides and facts look at them: read once, in one bounded query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.fields import BigIntegerField

from pinboard.people.models import Person
from pinboard.pins.models import Save
from pinboard.web.prepared import Prepared, Row, as_list, values_in
from search.models import PinFacts, PublicEntry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

SAMPLE = 200
COLUMNS = ("kind", "colour", "shape", "site", "site_name", "currency", "price", "minutes")


@dataclass(frozen=True, slots=True)
class Sample:
    """facts: COLUMNS of each pin. lines: the terms of public pins, by id. boards: (id, name) of
    the viewer's board on which a pin lies, the newest one; once for each pin that has one."""

    size: int = 0
    facts: Sequence[tuple[Any, ...]] = ()
    lines: Mapping[int, str] = field(default_factory=dict)
    boards: Sequence[tuple[int, str]] = ()


def sample_of(
    pin_ids: Sequence[int], *, viewer: Person | AnonymousUser, terms: Mapping[int, str]
) -> Sample:
    """pin_ids: results the viewer may see, best first; the first SAMPLE count. terms: of public
    pins, as far as they were read. One query, and another if none were."""
    looked_at = list(pin_ids[:SAMPLE])
    if not looked_at:
        return Sample()
    pins = as_list(looked_at)
    if isinstance(viewer, Person) and not viewer.is_guest:
        read = WITH_BOARDS.rows(pins=pins, viewer=viewer.pk)
    else:
        read = PLAIN.rows(pins=pins)
    return Sample(
        size=len(looked_at),
        facts=[row[3:] for row in read],
        lines=terms or dict(TERMS.rows(pins=pins)),
        boards=[(row[1], row[2]) for row in read if row[1]],
    )


def _facts(pins: str, **boards: Any) -> QuerySet[PinFacts, Row]:
    marked = PinFacts.objects.filter(pin_id__in=values_in(pins)).annotate(**boards)
    return marked.values_list("pin_id", "board", "board_name", *COLUMNS)


def _terms(pins: str) -> QuerySet[PublicEntry, Row]:
    return PublicEntry.objects.filter(pin_id__in=values_in(pins)).values_list("pin_id", "terms")


def _plain(pins: str) -> QuerySet[PinFacts, Row]:
    return _facts(pins, board=Value(None, BigIntegerField()), board_name=Value(""))


def _with_boards(pins: str, viewer: int) -> QuerySet[PinFacts, Row]:
    saves = Save.objects.filter(saver_id=viewer, board__owner_id=viewer, pin=OuterRef("pin_id"))
    kept = saves.order_by("-board")
    return _facts(
        pins,
        board=Subquery(kept.values("board")[:1]),
        board_name=Subquery(kept.values("board__name")[:1]),
    )


PLAIN, WITH_BOARDS, TERMS = Prepared(_plain), Prepared(_with_boards), Prepared(_terms)
