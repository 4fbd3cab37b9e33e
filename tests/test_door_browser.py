"""The ground under every browser test: the server, the windows, and nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pinboard.people.models import Person


def test_each_window_is_signed_in_as_its_own_person(
    open_window: Callable[..., Page], alice: Person, bob: Person
):
    for person in (alice, bob):
        page = open_window(person)
        page.goto("/me/")
        assert page.url.endswith("/me/")
        assert page.locator(f"[value='{person.display_name}']").count() == 1
    stranger = open_window(None)
    stranger.goto("/me/")
    assert "/accounts/login/" in stranger.url


def test_the_first_page_asks_nobody_else_for_anything(
    open_window: Callable[..., Page], pinboard_server: str
):
    page = open_window(None)
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.goto("/", wait_until="networkidle")
    assert len(asked) > 1
    assert all(url.startswith((f"{pinboard_server}/", "data:", "blob:")) for url in asked)
    assert not [line for line in said if line.startswith("error")]
