"""A price that changes reaches a window that is open, without a reload."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from messaging import freshness
from pinboard.ingest.page import PageVisit
from pinboard.ingest.reading import Product, Reading
from pinboard.people.models import Person
from pinboard.pins.freshness.visiting import keep_pasted
from tests.makers import make_conversation, make_pin, make_source, say

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenWindow = Callable[..., "Page"]


def lamp_for(price: str) -> Reading:
    return Reading(
        kind="product",
        title="Oak lamp",
        site_name="Shop",
        product=Product(price=price, currency="EUR", availability="in_stock"),
    )


@pytest.mark.django_db(transaction=True)
def test_an_open_conversation_shows_the_new_price_and_one_quiet_line(
    open_window: OpenWindow, alice: Person, bob: Person
) -> None:
    source = make_source(
        kind="product", reading=lamp_for("149.00").to_json(), read_at=timezone.now()
    )
    talk = make_conversation(alice, bob, is_group=True)
    say(talk, alice, pins=(make_pin(alice, "Oak lamp", source=source),))
    page = open_window(bob)
    page.goto(f"/messages/{talk.pk}/")
    pin = page.locator(".message-pin")
    pin.get_by_text("€149.00").wait_for()
    visit = PageVisit(lamp_for("129.00"), source.url)
    keep_pasted(source_id=source.pk, visit=visit)
    # The test process says it to nobody's socket; the window finds out as after a lost hint.
    pin.get_by_text("€129.00").wait_for(timeout=30_000)
    pin.get_by_text("down from €149.00").wait_for()
    freshness.tell_prices()
    line = page.locator(".message-line", has_text="Cheaper now")
    line.wait_for(timeout=30_000)
    assert "Oak lamp: €129.00 instead of €149.00" in line.inner_text()
    assert Decimal("149.00") == source.changes.get().was
