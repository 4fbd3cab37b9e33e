"""What is offered of a page's pictures once they are here."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from pinboard.errors import PinboardError
from pinboard.ingest.reading import PageImage
from pinboard.people.models import Person
from pinboard.pins import offering
from tests.pins.test_before import scene, upside_down


def flat(size: tuple[int, int]) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, "PNG")
    return file.getvalue()


WEB = {
    "large": scene((900, 700)),
    "small": scene((450, 350), quality=60),
    "other": upside_down(),
    "stripe": flat((1200, 150)),
    "pixel": flat((1, 1)),
    "thumb": flat((140, 140)),
    "no-picture": b"<html>",
}


@pytest.fixture(autouse=True)
def _web(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(url: str, **_: object) -> bytes:
        if url not in WEB:
            raise PinboardError("gone", code="gone")
        return WEB[url]

    monkeypatch.setattr(offering, "fetch_picture", fetch)


def gathered(alice: Person, found: str, wanted: str = "") -> list[tuple[int, int]]:
    pictures = offering.gather(
        owner_id=alice.pk,
        wanted=[PageImage(url=one) for one in wanted.split()],
        found=[PageImage(url=one) for one in found.split()],
    )
    return [(picture.width, picture.height) for picture, _ in pictures]


@pytest.mark.parametrize(
    ("found", "wanted", "expected"),
    [
        ("small other large", "", [(900, 700), (900, 700)]),
        ("gone large no-picture", "", [(900, 700)]),
        ("pixel large", "", [(900, 700)]),
        ("stripe thumb large", "", [(900, 700), (1200, 150), (140, 140)]),
        ("large stripe", "stripe", [(1200, 150), (900, 700)]),
        ("large", "small", [(900, 700)]),
        ("pixel", "", [(1, 1)]),
        ("gone", "", []),
    ],
)
def test_the_best_come_first_without_doubles_and_specks(
    alice: Person, found: str, wanted: str, expected: list[tuple[int, int]]
) -> None:
    assert gathered(alice, found, wanted) == expected


def test_nobody_waits_for_the_last_picture_of_a_slow_page(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offering, "PATIENCE_SECONDS", 0.0)
    assert gathered(alice, "large other stripe") == [(900, 700)]


def test_the_page_tells_what_a_picture_shows_that_came_along(alice: Person) -> None:
    found = [PageImage(url="large", alt="A still life")]
    ((_, alt),) = offering.gather(owner_id=alice.pk, wanted=[PageImage(url="large")], found=found)
    assert alt == "A still life"
