"""From a row to what a template shows."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from django.urls import reverse

from pinboard.images import jobs
from pinboard.images.cards import card_fields, card_picture
from pinboard.images.models import Picture
from pinboard.images.storing import store_picture
from tests.images.samples import encoded, quarters


@pytest.fixture
def picture(db):
    return store_picture(encoded(quarters(1600, 1200), "JPEG"))


def test_a_fresh_picture_shows_its_original(picture):
    assert picture.src == reverse("images:media", args=[picture.key, "original.jpg"])
    assert picture.original_url == picture.src
    assert picture.srcset == ""


def test_a_ready_picture_shows_its_renditions(picture):
    jobs.make_renditions(picture.pk)
    picture.refresh_from_db()
    at = [reverse("images:media", args=[picture.key, f"{width}.webp"]) for width in (240, 480, 960)]
    assert picture.src == at[1]
    assert picture.srcset == f"{at[0]} 240w, {at[1]} 480w, {at[2]} 960w"
    assert picture.original_url.endswith("/original.jpg")


def test_a_row_and_an_instance_make_the_same_card_without_a_question(
    picture, django_assert_num_queries
):
    jobs.make_renditions(picture.pk)
    picture.refresh_from_db()
    row = Picture.objects.values(*card_fields()).get()
    prefixed = {f"picture__{name}": value for name, value in row.items()}
    with django_assert_num_queries(0):
        card = card_picture(row)
        assert card == picture.card_picture == card_picture(prefixed, "picture__")
    assert card is not None
    assert (card.width, card.height, card.colour) == (1600, 1200, picture.colour)


def test_a_row_without_a_picture_has_no_card():
    assert card_picture(dict.fromkeys(card_fields("picture__")), "picture__") is None


def test_a_card_is_a_value(picture):
    card = picture.card_picture
    assert hash(card) == hash(Picture.objects.get().card_picture)
    with pytest.raises(FrozenInstanceError):
        card.src = "elsewhere"
