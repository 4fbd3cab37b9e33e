"""You already saved this: the same page, picture, or look; told to whose it is alone."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image, ImageDraw

from pinboard.images.likeness import BITS, SAME_BITS, distance, like
from pinboard.images.models import Picture
from pinboard.images.storing import store_picture
from pinboard.ingest.links import page_key
from pinboard.people.models import Person
from pinboard.pins.before import page_digest, saved_of_page, saved_of_pictures
from pinboard.pins.models import BoardCollaborator, Save
from tests.makers import make_board, make_picture, make_pin, make_source
from tests.pins.test_create import paste, shop, signed_in

__all__ = ["shop", "signed_in"]

TELLING = 0x0F1E_2D3C_4B5A_6978


def scene(size: tuple[int, int] = (900, 700), quality: int = 90, kind: str = "JPEG") -> bytes:
    """The same still life at any size."""
    picture = Image.new("RGB", (900, 700), "linen")
    pen = ImageDraw.Draw(picture)
    for at in range(7):
        box = (at * 120, 90 + at * 40 % 200, at * 120 + 100, 300 + at * 70 % 350)
        pen.ellipse(box, fill=(40 * at % 255, 90 + 20 * at, 200 - 25 * at))
    file = BytesIO()
    picture.resize(size, Image.Resampling.LANCZOS).save(file, kind, quality=quality)
    return file.getvalue()


def signed(number: int) -> int:
    return number - (1 << 64) if number >> 63 else number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.shop.example/lamp/", "http://shop.example/lamp"),
        ("https://shop.example/lamp?utm_source=x#top", "https://shop.example/lamp"),
        ("https://shop.example/lamp?b=2&a=1", "https://m.shop.example/lamp?a=1&b=2"),
        ("https://shop.example/index.html", "https://shop.example/"),
        ("https://shop.example:443/lamp", "https://shop.example/lamp"),
    ],
)
def test_spellings_of_one_page_are_one_page(one: str, other: str) -> None:
    assert page_key(one) == page_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://shop.example/lamp?id=1", "https://shop.example/lamp?id=2"),
        ("https://shop.example/lamp", "https://shop.example/vase"),
        ("https://shop.example:8443/lamp", "https://shop.example/lamp"),
        ("https://shop.example:99999/lamp", "https://shop.example/lamp"),
    ],
)
def test_other_pages_are_other_pages(one: str, other: str) -> None:
    assert page_key(one) != page_key(other)


def test_a_front_page_as_canonical_address_of_everything_tells_nothing() -> None:
    front = "https://shop.example/"
    assert page_digest(f"{front}lamp", front) != page_digest(f"{front}vase", front)


@pytest.mark.parametrize("bits", range(SAME_BITS + 1))
def test_every_hash_so_near_is_found_and_none_farther(db: None, bits: int) -> None:
    """Whatever bits differ: spread over the quarters, or all in one."""
    mine = make_picture(perceptual_hash=TELLING)
    for places in (
        range(bits),
        [at * 9 % 64 for at in range(bits)],
        [63 - at for at in range(bits)],
    ):
        near = make_picture(
            perceptual_hash=signed(TELLING ^ sum(1 << at for at in places)), width=600
        )
        assert distance(mine.perceptual_hash, near.perceptual_hash) == bits
        assert near in like(mine)
    far = make_picture(perceptual_hash=signed(TELLING ^ (1 << SAME_BITS + 1) - 1 << 20 & BITS))
    assert far not in like(mine)


def test_the_same_picture_smaller_and_in_another_format_is_known_again(alice: Person) -> None:
    large, small = store_picture(scene()), store_picture(scene((450, 350), 70, "WEBP"))
    other = store_picture(scene()[:0] + upside_down())
    make_pin(alice, "Still life", picture=large)
    found = saved_of_pictures(alice, [small, other])
    assert found[small.pk].title == "Still life"
    assert other.pk not in found


def upside_down() -> bytes:
    file = BytesIO()
    Image.open(BytesIO(scene())).rotate(180).save(file, "JPEG")
    return file.getvalue()


def test_flat_pictures_are_not_all_alike(alice: Person) -> None:
    one, other = make_picture(perceptual_hash=0), make_picture(perceptual_hash=1)
    make_pin(alice, picture=one)
    assert saved_of_pictures(alice, [other]) == {}


def test_a_page_is_known_again_under_another_spelling(alice: Person) -> None:
    url = "https://shop.example/lamp"
    make_pin(alice, "Lamp", source=make_source(url=url, page_digest=page_digest(url)))
    (before,) = saved_of_page(alice, f"{url}/?utm_medium=mail")
    assert (before.title, before.board) == ("Lamp", "Dinner")


def test_what_others_keep_is_never_told(alice: Person, bob: Person, charlie: Person) -> None:
    url = "https://shop.example/ring"
    source = make_source(url=url, page_digest=page_digest(url))
    pin = make_pin(alice, "Ring", is_public=False, source=source)
    make_pin(alice, "Ring again", source=source)
    for stranger in (bob, charlie):
        assert saved_of_page(stranger, url) == []
        assert saved_of_pictures(stranger, [pin.picture]) == {}


def test_a_save_on_a_board_one_had_to_leave_is_not_told(alice: Person, bob: Person) -> None:
    board = make_board(alice, "Plans", is_secret=True)
    member = BoardCollaborator.objects.create(board=board, person=bob)
    pin = make_pin(alice, "Ring", board=board)
    Save.objects.filter(pin=pin).update(saver=bob)
    assert pin.picture.pk in saved_of_pictures(bob, [pin.picture])
    member.delete()
    assert saved_of_pictures(bob, [pin.picture]) == {}


@pytest.mark.django_db(transaction=True)
def test_the_draft_and_the_button_say_so_and_where(
    signed_in: Client, alice: Person, shop: str
) -> None:
    url = f"{shop}/pasta"
    make_pin(alice, "The first time", source=make_source(url=url, page_digest=page_digest(url)))
    button = signed_in.get("/pin/create/button/", {"url": f"{url}?utm_source=x"})
    for page in (button, paste(signed_in, url)):
        html = page.content.decode()
        assert "You already saved this page" in html
        assert "The first time" in html
        assert "on Dinner" in html
    assert "You already saved" not in str(paste(signed_in, f"{shop}/plain").content)


def test_the_last_picture_of_a_draft_is_known_by_its_look_too(alice: Person) -> None:
    """Only the first twelve were compared; a page offers two dozen."""
    make_pin(alice, picture=make_picture(perceptual_hash=TELLING))
    others = [make_picture(perceptual_hash=TELLING ^ (0xFF << 40) + at) for at in range(29)]
    same = make_picture(perceptual_hash=TELLING ^ 1)
    assert list(saved_of_pictures(alice, [*others, same])) == [same.pk]


def test_asking_takes_the_same_number_of_queries_whatever_is_stored(
    alice: Person, django_assert_max_num_queries: Any
) -> None:
    pictures = [make_picture(perceptual_hash=TELLING + at) for at in range(3)]
    for picture in pictures:
        make_pin(alice, picture=picture)
    with django_assert_max_num_queries(1 + 3 + 3):
        saved_of_pictures(alice, Picture.objects.filter(pk__in=[one.pk for one in pictures]))  # type: ignore[arg-type]  # a sequence to it
