"""One pin's way to its source."""

from __future__ import annotations

from django.test import Client

from pinboard.people.models import Person
from tests.makers import make_pin, make_source


def test_a_visit_is_counted_and_asking_where_it_leads_is_not(client: Client, alice: Person) -> None:
    pin = make_pin(alice, source=make_source(url="https://shop.example/lamp"))
    address = f"/pins/{pin.pk}/visit/"
    assert client.head(address)["Location"] == "https://shop.example/lamp"
    pin.refresh_from_db()
    assert pin.visit_count == 0
    client.get(address)
    pin.refresh_from_db()
    assert pin.visit_count == 1
