"""What browser tests see: pins with real pictures, and the moves a person makes."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.makers import make_board, make_pin, make_source

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from pinboard.images.models import Picture
    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

SIZES = ((600, 480), (600, 800), (600, 640), (600, 900))
TITLES = ("Lemon pasta", "Ochre lamp", "Blue tiles", "Sourdough", "Harbour hotel", "Oak chair")
# Pressed once per run: the files stay where they are, only the rows end with each test.
_pressed: list[dict[str, Any]] = []


def draw(number: int, size: tuple[int, int]) -> bytes:
    """A JPEG like no other of this run."""
    picture = Image.new("RGB", size, (210 - number * 20, 190, 150 + number * 20))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((120, 90, 120 + 60 * (number + 3), 90 + 60 * (number + 3)), fill=(60, 110, 90))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=85)
    return file.getvalue()


def stored_pictures() -> list[Picture]:
    """One ready picture, with its files, for each of SIZES."""
    from pinboard.images.models import Picture
    from pinboard.images.rendering import render
    from pinboard.images.storing import store_picture

    if not _pressed:
        for number, size in enumerate(SIZES):
            picture = store_picture(draw(number, size))
            render(picture.pk)
            picture.refresh_from_db()
            fields = {
                field.attname: getattr(picture, field.attname) for field in picture._meta.fields
            }
            del fields["id"]
            _pressed.append(fields)
        Picture.objects.all().delete()
    return [Picture.objects.create(**fields) for fields in _pressed]


@pytest.fixture
def pictures(transactional_db: None) -> list[Picture]:
    return stored_pictures()


@pytest.fixture
def pins(alice: Person, pictures: Sequence[Picture]) -> list[Pin]:
    """Twelve public pins of Alice's, newest first as the feed shows them; each leads somewhere."""
    board = make_board(alice, "Ideas")
    made = [
        make_pin(
            alice,
            TITLES[number % len(TITLES)],
            board=board,
            picture=pictures[number % len(pictures)],
            source=make_source(),
            alt=f"Drawing number {number}",
        )
        for number in range(12)
    ]
    return made[::-1]


# ---------------------------------------------------------------- moves


def visit(page: Page, address: str) -> None:
    """Go there and wait until the scripts are awake; before that, plain links do their work."""
    page.goto(address)
    page.locator("pin-tray:defined").wait_for(state="attached")
    expect(page.locator("#page :not(:defined)")).to_have_count(0)


def card_of(page: Page, pin: Pin) -> Locator:
    """The pin's card in the page's grid."""
    return page.locator(f'pin-grid pin-card[data-pin="{pin.pk}"]')


def middle(element: Locator) -> tuple[float, float]:
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, from_: Locator, to: Callable[[], Locator]) -> None:
    """With the mouse, in steps, as a hand does it. to: looked up once the drag has begun."""
    x, y = middle(from_)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y + 12, steps=3)
    page.locator(".drag-ghost").wait_for()
    page.mouse.move(*middle(to()), steps=12)
    page.mouse.up()


def open_talk(page: Page, name: str) -> Locator:
    """Open the conversation with somebody from the launcher; its window in the dock."""
    page.get_by_role("button", name="Conversations").click()
    page.locator(".tray-row", has_text=name).first.click()
    window = page.locator("#dock conversation-window:defined", has_text=name)
    window.locator("message-composer:defined textarea[data-text]").wait_for()
    return window


def write(window: Locator, text: str) -> None:
    box = window.locator("message-composer:defined textarea[data-text]")
    box.click()
    box.press_sequentially(text)
    box.press("Enter")


def said(window: Locator, text: str) -> Locator:
    """A message that the server has acknowledged or sent."""
    return window.locator(".message[data-message]", has_text=text)


def choose_board(page: Page, name: str) -> None:
    """Type a board's name where one is chosen; without scripts it is a plain select."""
    field = page.get_by_label("Board", exact=True)
    if field.evaluate("(field) => field.localName") == "select":
        field.select_option(name)
        return
    field.fill(name)
    field.press("Enter")
