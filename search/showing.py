"""Cards of results: whatever numbers come from the index, through the pins' door, in one query."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from pinboard.people.models import Person
from pinboard.pins.cards import PinCard, card_columns, card_of_row, mark_columns
from pinboard.pins.models import Pin
from pinboard.web.prepared import Prepared, Row, as_list, values_in
from search.results import visible_pins


def cards_of(pin_ids: Iterable[int], *, viewer: Person | AnonymousUser) -> dict[int, PinCard]:
    """Cards with the viewer's marks, by pin; none for a pin that is not for them to see."""
    pins = as_list(pin_ids)
    if isinstance(viewer, Person):
        rows = MARKED.rows(pins=pins, viewer=viewer.pk)
    else:
        rows = [(False, False, *row) for row in PLAIN.rows(pins=pins)]
    return {
        card[0]: card_of_row(tuple(card), saved=saved, favourite=favourite)
        for saved, favourite, *card in rows
    }


def _plain(pins: str) -> QuerySet[Pin, Row]:
    found = visible_pins(AnonymousUser()).filter(pk__in=values_in(pins))
    return found.values_list(*card_columns())


def _marked(pins: str, viewer: int) -> QuerySet[Pin, Row]:
    person = Person(pk=viewer)
    found = visible_pins(person).filter(pk__in=values_in(pins))
    return found.values_list(*mark_columns(person), *card_columns())


PLAIN, MARKED = Prepared(_plain), Prepared(_marked)
