"""What bombs and broken decoders do to the site: nothing. TRUST.md 75, 76, 79 and 81."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from pinboard import sandbox
from pinboard.images import press, storing
from pinboard.images.models import Picture, Upload
from pinboard.images.storing import (
    PictureTooLarge,
    PictureUnreadable,
    UploadsExhausted,
    store_picture,
)
from pinboard.pins.models import Draft
from tests.images.samples import (
    encoded,
    endless_gif,
    moving,
    png_header_only,
    quarters,
    webp_header_only,
)

REFUSED_SECONDS = 5.0
MEMORY_BYTES = 512 << 20
MOVING = {form: moving(form, 6) for form in ("GIF", "WEBP", "PNG", "AVIF")}


def spin_for_ever(data: bytes) -> press.Pressed:
    while True:
        pass


def die(data: bytes) -> press.Pressed:
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError


def endless_webp(frames: int) -> bytes:
    """A moving WebP whose one small frame is said again and again."""
    data = moving("WEBP", 2, size=(16, 16))
    at = data.index(b"ANMF")
    frame = data[at : at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")]
    body = data[8:at] + (frame + bytes(len(frame) % 2)) * frames
    return b"RIFF" + len(body).to_bytes(4, "little") + body


BOMBS = {
    "pixels": png_header_only(50_000, 50_000),
    "webp": webp_header_only(16_000, 16_000),
    "gif": endless_gif(10_000),
    "moving webp": endless_webp(10_000),
    "cut": encoded(Image.effect_noise((3000, 2000), 90).convert("RGB"), "JPEG")[:900_000],
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_little_time_and_memory_and_the_person_hears_why(
    client: Client, alice, monkeypatch, name
):
    monkeypatch.setattr(storing, "PRESS_SECONDS", REFUSED_SECONDS)
    monkeypatch.setattr(storing, "PRESS_MEMORY_BYTES", MEMORY_BYTES)
    client.force_login(alice)
    file = SimpleUploadedFile("holiday.jpg", BOMBS[name], "image/jpeg")
    began = time.monotonic()
    answer = client.post("/create/", {"way": "upload", "pictures": [file]})
    assert time.monotonic() - began < REFUSED_SECONDS + 2
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "holiday.jpg: This" in said
    assert "Please" in said
    assert not Draft.objects.exists()
    assert not Picture.objects.exists()


def test_the_largest_accepted_picture_of_one_colour_needs_no_more_than_is_given(db):
    honest = encoded(Image.new("RGBA", (7000, 7000), (10, 20, 30, 40)), "PNG", compress_level=1)
    assert store_picture(honest).width == 7000


@pytest.mark.parametrize(
    ("decode", "error"), [(spin_for_ever, PictureUnreadable), (die, PictureUnreadable)]
)
def test_a_decoder_that_hangs_or_dies_holds_up_nobody_and_the_next_one_works(
    client: Client, transactional_db, monkeypatch, decode, error
):
    monkeypatch.setattr(press, "press", decode)
    monkeypatch.setattr(storing, "PRESS_SECONDS", 2.0)
    with ThreadPoolExecutor(1) as pool:
        began = time.monotonic()
        stuck = pool.submit(sandbox.run, decode, b"", seconds=2.0)
        assert client.get("/accounts/login/").status_code == 200
        assert time.monotonic() - began < 2.0, "the page waited for the decoder"
        with pytest.raises(sandbox.SandboxFailed):
            stuck.result(10)
    with pytest.raises(error, match="Please"):
        store_picture(encoded(quarters(), "PNG"))
    monkeypatch.undo()
    began = time.monotonic()
    store_picture(encoded(quarters(), "PNG"))
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("form", MOVING)
def test_moving_pictures_cut_anywhere_or_mutated_are_pressed_or_refused(form):
    dice = Random(f"moving {form}")
    sound = MOVING[form]
    for _ in range(40):
        torn = bytearray(sound[: dice.randrange(12, len(sound))])
        for _ in range(dice.randint(0, 6)):
            torn[dice.randrange(len(torn))] = dice.randrange(256)
        result = press.press(bytes(torn))
        if isinstance(result, press.Refused):
            assert result.message.count(".") == 2 or "Please" in result.message
            assert result.message.endswith(".")
        else:
            assert not isinstance(press.make_renditions(result.original), press.Refused)


def test_deleting_a_picture_frees_what_it_took_of_the_day(db, alice, settings, monkeypatch):
    settings.RATE_LIMITS = True
    monkeypatch.setattr(storing, "MAX_BYTES_A_DAY", 10)
    first = store_picture(encoded(quarters(), "PNG"), owner_id=alice.pk)
    with pytest.raises(UploadsExhausted, match="tomorrow"):
        store_picture(encoded(quarters(), "JPEG"), owner_id=alice.pk)
    storing.release_picture(first.pk, owner_id=alice.pk)
    store_picture(encoded(quarters(), "JPEG"), owner_id=alice.pk)
    assert Upload.objects.filter(created__gte=timezone.now() - timedelta(days=1)).count() == 1


NAMES = (
    "../../../etc/passwd.jpg",
    "..\\..\\boot.jpg",
    "a\x00b.jpg",
    "photo\u202egpj.exe",
    "x" * 5000 + ".jpg",
    "<script>alert(1)</script>.jpg",
    ".htaccess",
    "con.jpg",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_files_name_decides_nothing(client: Client, alice, files, name):
    client.force_login(alice)
    good = SimpleUploadedFile("x.jpg", encoded(quarters(300, 300), "JPEG"), "text/html")
    good.name = name
    assert client.post("/create/", {"way": "upload", "pictures": [good]}).status_code == 302
    picture = Picture.objects.get()
    assert files() == sorted(picture.files)
    bad = SimpleUploadedFile("x.jpg", b"no picture", "image/jpeg")
    bad.name = name
    answer = client.post("/create/", {"way": "upload", "pictures": [bad]})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "This is not a picture we can show" in said
    assert "<script>alert" not in said
    assert "\u202e" not in said
    assert "x" * 500 not in said


def test_too_many_bytes_are_told_before_any_child_is_asked(db, monkeypatch):
    monkeypatch.setattr(sandbox, "run", None)
    with pytest.raises(PictureTooLarge, match="20 MB"):
        store_picture(b"\xff\xd8\xff" + bytes(press.MAX_BYTES))
