"""When something is cheaper or there again: told once, whatever flutters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from pinboard.pins.freshness.prices import Base, Change, Seen, observe, seen_in

START = datetime(2026, 11, 23, 8, tzinfo=UTC)


def told(*days: tuple[float, str, str], currency: str = "EUR") -> list[tuple[float, str]]:
    """What is told of (day, price, stock): (day, "cheaper 149.00" or "back")."""
    base, heard = Base(), []
    for day, price, stock in days:
        seen = Seen(Decimal(price) if price else None, currency, stock)
        base, changes = observe(base, seen, now=START + timedelta(days=day))
        heard += [(day, f"{one.kind} {one.was}" if one.was else one.kind) for one in changes]
    return heard


def prices(*each: str) -> list[tuple[float, str, str]]:
    return [(day, price, "in_stock") for day, price in enumerate(each)]


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (prices("149", "129"), [(1, "cheaper 149")]),
        (prices("149", "129", "129"), [(1, "cheaper 149")]),
        (prices("149", "129", "109"), [(1, "cheaper 149"), (2, "cheaper 129")]),
        (prices("149", "145"), []),
        (prices("149", "169"), []),
        # Steps too small to tell are a drop together.
        (prices("100", "98", "96", "94"), [(3, "cheaper 100")]),
        # A sale that pauses for a day is the same sale.
        (prices("149", "129", "149", "129", "149", "129"), [(1, "cheaper 149")]),
        # A price of some cents has no drop worth a word.
        (prices("2.00", "1.60"), []),
        # A page that is silent about it for once changes nothing.
        (prices("149", "", "149", "129"), [(3, "cheaper 149")]),
    ],
)
def test_a_drop_is_told_once(seen: list[tuple[float, str, str]], expected: object) -> None:
    assert told(*seen) == expected


def test_a_higher_price_that_holds_for_a_week_is_what_it_costs() -> None:
    held = [(day, "149", "") for day in range(2, 10)]
    assert told((0, "149", ""), (1, "129", ""), *held, (11, "129", "")) == [
        (1, "cheaper 149"),
        (11, "cheaper 149"),
    ]


def test_other_money_is_another_price() -> None:
    base, _ = observe(Base(), Seen(Decimal(149), "EUR"), now=START)
    base, changes = observe(base, Seen(Decimal(99), "USD"), now=START)
    assert not changes
    assert (base.price, base.currency) == (Decimal(99), "USD")


def test_money_without_cents_has_larger_steps() -> None:
    assert told((0, "900", ""), (1, "855", ""), currency="JPY") == []
    assert told((0, "3200", ""), (1, "2900", ""), currency="JPY") == [(1, "cheaper 3200")]


def test_something_that_is_there_again_is_told_once_a_week_at_most() -> None:
    seen = [(0, "9", "out_of_stock"), (1, "9", "in_stock"), (2, "9", "out_of_stock")]
    again = [(3, "9", "in_stock"), (4, "9", "out_of_stock"), (12, "9", "in_stock")]
    assert told(*seen, *again) == [(1, "back"), (12, "back")]


def test_only_what_was_known_to_be_gone_can_be_back() -> None:
    assert told((0, "9", ""), (1, "9", "in_stock")) == []
    assert told((0, "9", "preorder"), (1, "9", "in_stock")) == []
    assert told((0, "9", "out_of_stock"), (1, "9", ""), (2, "9", "in_stock")) == [(2, "back")]


def test_a_drop_of_what_is_sold_out_is_told_when_it_can_be_had() -> None:
    assert told((0, "149", "in_stock"), (1, "99", "out_of_stock"), (2, "99", "in_stock")) == [
        (2, "cheaper 149"),
        (2, "back"),
    ]


@pytest.mark.parametrize(
    ("price", "expected"),
    [("24.00", Decimal("24.00")), ("24.999", Decimal("25.00")), ("", None), ("free", None)]
    + [(odd, None) for odd in ("NaN", "Infinity", "-3", "0", "9" * 40)],
)
def test_a_price_is_a_number_that_can_be_kept(price: str, expected: Decimal | None) -> None:
    reading = {"kind": "product", "product": {"price": price, "currency": "EUR"}}
    assert seen_in(reading).price == expected


def test_only_products_have_a_price() -> None:
    reading = {"kind": "recipe", "product": {"price": "3.00", "currency": "EUR"}}
    assert seen_in(reading) == Seen()
    assert observe(Base(), Seen(), now=START) == (Base(), [])
    assert Change("back").was is None
