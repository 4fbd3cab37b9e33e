"""When a price has dropped, and when something is back: told once, however often it flutters.

A drop is measured from the *base*: the price that was last told, or first read. It falls with every
drop that is told, so the same drop is not told twice; it rises only once a higher price has held
for a week, so that a sale that ends for a night is no new one. Small steps down leave it, so that
many of them are a drop in the end. Pure; the base is kept in `Upkeep`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from pinboard.pins.facts import WITHOUT_CENTS

# Lower by a twentieth, and by at least this much: below, it is a shop's rounding.
DROP = Decimal("0.95")
SMALLEST = Decimal("0.50")
SMALLEST_WITHOUT_CENTS = Decimal(50)
# How long a higher price must hold to be what it costs.
RISE_HOLDS = timedelta(days=7)
# Out and in again within this time is one coming back.
BACK_APART = timedelta(days=7)
HIGHEST = Decimal("1e11")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page says now. price: None where it does not say. stock: as `Availability`."""

    price: Decimal | None = None
    currency: str = ""
    stock: str = ""


@dataclass(frozen=True, slots=True)
class Base:
    """What the next visit is measured by. risen_at: since when it costs more than the base."""

    price: Decimal | None = None
    currency: str = ""
    stock: str = ""
    risen_at: datetime | None = None
    back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """kind: cheaper (with both prices) or back."""

    kind: Literal["cheaper", "back"]
    was: Decimal | None = None
    price: Decimal | None = None
    currency: str = ""


def seen_in(reading: Mapping[str, Any]) -> Seen:
    """From a stored reading (Reading.to_json)."""
    is_product = reading.get("kind", "product") == "product"
    product = reading.get("product", {}) if is_product else {}
    try:
        price = Decimal(product.get("price") or "NaN")
    except InvalidOperation:
        price = Decimal("NaN")
    is_price = price.is_finite() and 0 < price < HIGHEST
    return Seen(
        price=price.quantize(Decimal("0.01")) if is_price else None,
        currency=str(product.get("currency", ""))[:3],
        stock=str(product.get("availability", ""))[:20],
    )


def observe(base: Base, seen: Seen, *, now: datetime) -> tuple[Base, list[Change]]:
    """The base from now on, and what there is to tell."""
    base, dropped = _observe_price(base, seen, now)
    base, returned = _observe_stock(base, seen, now)
    return base, dropped + returned


def _observe_price(base: Base, seen: Seen, now: datetime) -> tuple[Base, list[Change]]:
    if seen.price is None:
        return base, []
    fresh = replace(base, price=seen.price, currency=seen.currency, risen_at=None)
    if base.price is None or base.currency != seen.currency:
        return fresh, []
    if is_drop(base.price, seen.price, seen.currency):
        if seen.stock == "out_of_stock":
            return base, []  # nobody can have it; told when somebody can
        return fresh, [Change("cheaper", base.price, seen.price, seen.currency)]
    if seen.price <= base.price:
        return replace(base, risen_at=None), []
    if base.risen_at is None:
        return replace(base, risen_at=now), []
    return (fresh if now - base.risen_at >= RISE_HOLDS else base), []


def is_drop(before: Decimal, now: Decimal, currency: str) -> bool:
    smallest = SMALLEST_WITHOUT_CENTS if currency in WITHOUT_CENTS else SMALLEST
    return now <= before * DROP and before - now >= smallest


def _observe_stock(base: Base, seen: Seen, now: datetime) -> tuple[Base, list[Change]]:
    """A page that says nothing of it for once has not run out."""
    if not seen.stock:
        return base, []
    is_back = base.stock == "out_of_stock" and seen.stock == "in_stock"
    base = replace(base, stock=seen.stock)
    if not is_back or (base.back_at and now - base.back_at < BACK_APART):
        return base, []
    return replace(base, back_at=now), [Change("back")]
