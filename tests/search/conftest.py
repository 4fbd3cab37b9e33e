from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from search.keeping import catch_up

CARD = re.compile(r'<pin-card class="pin-card[^>]*data-pin="(\d+)"')
GUIDE = re.compile(
    r'<a class="(?:guide|interest)" href="([^"]+)"[^>]*>(?:<img[^>]*>)?<span>([^<]+)</span>'
)
NEXT = re.compile(r'rel="next" href="([^"]+)"')


class Page:
    """What a person sees of a search."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.pins = [int(pk) for pk in CARD.findall(html)]
        self.guides = {unescape(text): unescape(url) for url, text in GUIDE.findall(html)}
        found = NEXT.search(html)
        self.next_url = unescape(found[1]) if found else ""


@pytest.fixture
def look(client: Client) -> Callable[..., Page]:
    """A function that brings the index up to date and opens a search page."""

    def open_page(url: str = "/search/", **parameters: str) -> Page:
        catch_up()
        response = client.get(url, parameters or None)
        assert response.status_code == 200
        return Page(response.content.decode())

    return open_page
