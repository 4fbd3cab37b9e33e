"""The feed's prepared rows: the same cards as from pins, and nothing lost among repeats."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pinboard.people.models import Person
from pinboard.people.relations import follow
from pinboard.pins import feed
from pinboard.pins.cards import (
    PinCard,
    card_columns,
    card_of,
    card_of_row,
    mark_columns,
    with_card_fields,
)
from pinboard.pins.feed import feed_page
from pinboard.pins.models import Pin
from pinboard.pins.saving import favourite, save_to_board
from pinboard.web.prepared import Prepared
from tests.makers import make_board, make_picture, make_pin, make_source

RECIPE = {"kind": "recipe", "recipe": {"total_minutes": 35, "servings": 4}}


@pytest.fixture
def dinner(alice: Person) -> Pin:
    source = make_source(kind="recipe", reading=RECIPE, site_name="Serious Soup")
    return make_pin(alice, "Soup", source=source, picture=make_picture(renditions=[[240, 320]]))


def one_row() -> PinCard:
    row = Prepared(lambda: Pin.objects.values_list(*card_columns())).row()
    assert row
    return card_of_row(row)


def test_a_card_from_a_row_is_the_card_from_the_pin(dinner: Pin) -> None:
    assert one_row() == card_of(with_card_fields(Pin.objects.all()).get())
    assert [fact.text for fact in one_row().facts] == ["35 min", "4 servings"]


def test_a_pin_without_a_source_is_a_card_too(alice: Person) -> None:
    make_pin(alice, "Plain")
    assert one_row() == card_of(with_card_fields(Pin.objects.all()).get())
    assert (one_row().kind, one_row().visit_url) == ("plain", "")


@pytest.mark.parametrize(
    ("table", "fields"),
    [
        ("source", {"reading": {"recipe": {"total_minutes": 50}}}),
        ("source", {"site_name": "Another"}),
        ("picture", {"renditions": [[240, 320], [480, 640]]}),
        ("maker", {"display_name": "Alice the second"}),
    ],
)
def test_a_remembered_card_changes_with_whatever_it_shows(
    dinner: Pin, table: str, fields: dict[str, Any]
) -> None:
    before = one_row()
    changed = getattr(dinner, table)
    for name, value in fields.items():
        setattr(changed, name, value)
    changed.save()
    after = one_row()
    assert after != before
    assert after == card_of(with_card_fields(Pin.objects.all()).get())


def test_marks_in_a_row_are_the_viewers_own(alice: Person, bob: Person) -> None:
    pin = make_pin(alice, "Soup")
    save_to_board(actor=bob, pin=pin, board=make_board(bob, "Mine"))
    favourite(actor=alice, pin=pin)
    assert list(Pin.objects.values_list(*mark_columns(alice))) == [(True, True)]
    assert list(Pin.objects.values_list(*mark_columns(bob))) == [(True, False)]


def walk(viewer: Person) -> list[int]:
    shown: list[int] = []
    cursor = ""
    while True:
        page = feed_page(viewer=viewer, cursor=cursor)
        shown += [card.id for card in page.cards]
        if not page.next_cursor:
            return shown
        cursor = page.next_cursor


@pytest.mark.parametrize("size", [1, 2, 5, 30])
def test_however_often_friends_repeat_a_pin_it_comes_once_and_none_is_lost(
    alice: Person, bob: Person, charlie: Person, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More repeats in a row than are looked at together, in the middle and at the end."""
    monkeypatch.setattr(feed, "PAGE_SIZE", size)
    looks = (feed.look_at(max(2, size // 2)), feed.look_at(3))
    monkeypatch.setattr(feed, "LOOKS", looks)
    monkeypatch.setattr(feed, "EVERYTHING_ELSE", Prepared(feed.EVERYTHING_ELSE._build))
    follow(actor=alice, person=bob)
    follow(actor=alice, person=charlie)
    boards = [make_board(owner, str(n)) for n in range(6) for owner in (bob, charlie)]
    first, second, *rest = [make_pin(bob, f"Pin {index}", board=boards[0]) for index in range(6)]
    for repeated in (second, first):
        for board in boards[1:]:
            save_to_board(actor=board.owner, pin=repeated, board=board)
    stranger = Person.objects.create_user("dora")
    other = make_pin(stranger, "Elsewhere")
    newest_first = [first, second, *reversed(rest), other]
    assert walk(alice) == [pin.pk for pin in newest_first]


def test_json_columns_come_as_text(dinner: Pin) -> None:
    *_, reading, _read_at = Pin.objects.values_list(*card_columns()).get()
    assert json.loads(reading) == RECIPE
