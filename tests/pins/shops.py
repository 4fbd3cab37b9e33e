"""A shop of one's own on this machine whose pages change over time, and a clock to move."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from pinboard.ingest.page import read_link
from pinboard.people.models import Person
from pinboard.pins.drafting import keep_source
from pinboard.pins.freshness import schedule
from pinboard.pins.freshness.models import Site as KnownSite
from pinboard.pins.jobs import visit_due_source
from pinboard.pins.models import Pin, Source
from tests.ingest.sites import Request, Site, reply, site
from tests.makers import make_pin

OFFER = """<!doctype html><title>{name}</title><script type="application/ld+json">
{{"@context": "https://schema.org", "@type": "Product", "name": "{name}",
"offers": {{"@type": "Offer", "price": "{price}", "priceCurrency": "{currency}",
"availability": "https://schema.org/{stock}"}}}}
</script><p>{name}"""


class Shop:
    """What it answers: a product's page, with whatever the test set last."""

    def __init__(self) -> None:
        self.name = "Oak lamp"
        self.price: str = "149.00"
        self.currency = "EUR"
        self.stock = "InStock"
        self.status = "200 OK"
        self.headers: list[str] = []
        self.robots = ""
        self.body: str | None = None
        self.etag = ""
        self.server: Site

    def answer(self, request: Request, channel: socket.socket) -> None:
        if request.path == "/robots.txt":
            status = "200 OK" if self.robots else "404 Not Found"
            reply(channel, self.robots.encode(), status=status, content_type="text/plain")
        elif self.etag and request.headers.get("If-None-Match") == self.etag:
            reply(channel, b"", status="304 Not Modified")
        else:
            headers = [*self.headers, f"ETag: {self.etag}"] if self.etag else self.headers
            reply(channel, self.page(), *headers, status=self.status)

    def page(self) -> bytes:
        if self.body is not None:
            return self.body.encode()
        return OFFER.format(**vars(self)).encode()

    def visits(self, path: str = "") -> int:
        """How often pages were asked for; robots.txt is none."""
        paths = [request.path for request in self.server.requests]
        return sum(1 for one in paths if (one == path if path else one != "/robots.txt"))

    def url(self, path: str = "/lamp") -> str:
        return self.server.url(path)


@contextmanager
def open_shop(settings: Any) -> Iterator[Shop]:
    shop = Shop()
    with site(shop.answer) as server:
        shop.server = server
        settings.FETCH_ALLOW = (*settings.FETCH_ALLOW, server.host)
        yield shop


class Clock:
    """Time as the site sees it, moved by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead = timedelta()
        real = timezone.now
        monkeypatch.setattr(timezone, "now", lambda: real() + self.ahead)

    def pass_by(self, **span: float) -> None:
        self.ahead += timedelta(**span)


def pin_from(shop: Shop, owner: Person, path: str = "/lamp", **fields: Any) -> Pin:
    """A pin whose page was read the way a pasted link is."""
    link = shop.url(path)
    visit = read_link(link, allow=[shop.server.host])
    return make_pin(owner, "Oak lamp", source=keep_source(link=link, visit=visit), **fields)


def sweep() -> int:
    """What a minute's sweep and its jobs do, without waiting. Returns how many were handed out."""
    handed = schedule.hand_out()
    for one in handed:
        visit_due_source(one.source_id)
    return len(handed)


def read_now(clock: Clock, **span: float) -> None:
    """Let time pass, and everything that is due by then be read."""
    clock.pass_by(**(span or {"hours": 27}))
    while sweep():
        clock.pass_by(minutes=2)


def page_of(pin: Pin) -> Source:
    source = Source.objects.get(pins=pin)
    return Source.objects.get(pk=source.page.pk)


def let_site_rest() -> None:
    KnownSite.objects.update(free_at=timezone.now())
