"""What press() does with bytes that mean harm, and what stays of what bytes tell."""

from __future__ import annotations

import random
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pinboard.images.formats import gif_frames, kind_of
from pinboard.images.press import (
    MAX_BYTES,
    MAX_FRAMES,
    Pressed,
    Reason,
    Refused,
    make_renditions,
    press,
)
from tests.images.samples import (
    SECRETS,
    corners,
    decoded,
    encoded,
    endless_gif,
    laid,
    moving,
    png_header_only,
    quarters,
    talkative,
    webp_header_only,
)

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
SMALL = {form: encoded(quarters(24, 16), form) for form in FORMATS}
HTML = b"<html><script>alert(1)</script></html>"


def refusal(data: bytes) -> Reason:
    result = press(data)
    assert isinstance(result, Refused), result
    assert result.message.endswith(".")
    return result.reason


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8",
        b"hello",
        HTML,
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"\xef\xbb\xbf<svg/>",
        b"%PDF-1.7\n" + HTML,
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage",
        b"8BPS\x00\x01" + bytes(40),
        b"II*\x00" + bytes(40),
        b"PK\x03\x04" + bytes(40),
        b"\x00\x00\x00\x18ftypmp42" + bytes(40),
        encoded(quarters(), "TIFF"),
        encoded(quarters(), "BMP"),
        encoded(quarters(), "EPS"),
        encoded(quarters(), "ICO"),
        encoded(quarters(), "PDF"),
        encoded(quarters(), "PPM"),
        encoded(quarters(), "JPEG2000"),
    ],
)
def test_what_is_no_picture_of_ours_is_refused_by_its_bytes(data):
    assert refusal(data) == Reason.UNSUPPORTED


def test_heic_without_its_library_is_refused_with_advice(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pillow_heif", None)
    result = press(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(60))
    assert isinstance(result, Refused)
    assert result.reason == Reason.UNSUPPORTED
    assert "JPEG" in result.message


@pytest.mark.parametrize(
    "data",
    [
        png_header_only(50_000, 50_000),
        png_header_only(2**31 - 1, 2**31 - 1),
        webp_header_only(16_000_000, 16_000_000),
        b"GIF89a\xff\xff\xff\xff\x00\x00\x00" + endless_gif(1)[13:],
        bytes(SMALL["JPEG"]).replace(b"\x00\x10\x00\x18\x03", b"\xff\xff\xff\xff\x03"),
    ],
    ids=["png", "largest-png", "webp", "gif", "jpeg"],
)
def test_a_picture_that_promises_too_many_pixels_is_refused_before_decoding(data):
    assert refusal(data) == Reason.TOO_LARGE


def test_too_many_bytes_are_refused_unread():
    assert refusal(b"\xff\xd8\xff" + bytes(MAX_BYTES)) == Reason.TOO_LARGE


@pytest.mark.parametrize("form", ["WEBP", "PNG"])
def test_too_many_frames_are_refused(form):
    assert refusal(moving(form, MAX_FRAMES + 1, size=(20, 16))) == Reason.TOO_LARGE


@pytest.mark.parametrize("frames", [MAX_FRAMES + 1, 10_000, 1_000_000])
def test_a_gif_of_endless_frames_is_refused_without_walking_them_all(frames):
    data = endless_gif(frames)
    assert gif_frames(data, at_most=MAX_FRAMES) == MAX_FRAMES + 1
    assert refusal(data) == Reason.TOO_LARGE


def test_few_large_frames_are_too_many_pixels_together():
    big = b"GIF89a" + b"\x00\x18\x00\x18\x80\x00\x00" + b"\0\0\0\xff\xff\xff"  # 6144 squared
    assert refusal(big + endless_gif(40)[19:]) == Reason.TOO_LARGE


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 0.9])
def test_a_truncated_picture_is_refused_with_a_sentence(form, share):
    data = encoded(Image.effect_noise((200, 150), 80).convert("RGB"), form)
    assert refusal(data[: int(len(data) * share)]) == Reason.UNREADABLE


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_hidden_behind_a_picture_does_not_survive(form):
    result = press(SMALL[form] + b"PK\x03\x04" + HTML)
    assert isinstance(result, Pressed)
    assert b"script" not in result.original
    assert b"PK\x03\x04" not in result.original


def test_a_script_in_a_comment_and_in_the_palette_does_not_survive():
    commented = encoded(quarters(), "JPEG", comment=b"*/=1;" + HTML)
    disguised = encoded(quarters(mode="P"), "GIF", comment=HTML)
    for data in (commented, disguised):
        assert HTML in data
        result = press(data)
        assert isinstance(result, Pressed)
        assert b"script" not in result.original


def test_a_file_that_is_two_formats_is_only_its_first():
    result = press(SMALL["PNG"] + SMALL["JPEG"] + SMALL["GIF"])
    assert isinstance(result, Pressed)
    assert (result.format, kind_of(result.original)) == ("png", "PNG")


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_but_pixels_survives(form):
    data = talkative(form, laid(quarters(1200, 900), 6), orientation=6)
    if form != "GIF":
        assert decoded(data).getexif().get_ifd(0x8825), "the sample should know where it was"
    assert any(secret in data for secret in SECRETS)
    result = press(data)
    assert isinstance(result, Pressed)
    renditions = make_renditions(result.original)
    assert not isinstance(renditions, Refused)
    for variant in (result.original, *(rendition.data for rendition in renditions)):
        assert not any(secret in variant for secret in SECRETS)
        assert not any(
            mark in variant for mark in (b"Exif", b"EXIF", b"XMP", b"ICC_PROFILE", b"8BIM")
        )
        picture = Image.open(BytesIO(variant))
        assert not dict(picture.getexif())
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(picture.info)
        if form != "GIF":
            assert corners(picture) == "rgbw"
            assert picture.width > picture.height


def test_an_embedded_exif_thumbnail_does_not_survive():
    thumbnail = encoded(Image.new("RGB", (32, 24), (255, 0, 255)), "JPEG")
    exif = Image.Exif()
    block = exif.get_ifd(0x0001)
    block[0x0201], block[0x0202] = 0, len(thumbnail)
    data = encoded(quarters(), "JPEG", exif=exif.tobytes() + thumbnail)
    assert data.count(b"\xff\xd8\xff") == 2
    result = press(data)
    assert isinstance(result, Pressed)
    assert result.original.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize("form", FORMATS)
def test_mutated_pictures_are_pressed_or_refused_and_never_raise(form):
    dice = random.Random(f"pinboard {form}")
    sound = bytearray(SMALL[form])
    for _ in range(150):
        mutated = bytearray(sound)
        for _ in range(dice.randint(1, 12)):
            mutated[dice.randrange(len(mutated))] = dice.randrange(256)
        check_answer(press(bytes(mutated)))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(start=st.sampled_from([SMALL[form][:12] for form in FORMATS]), rest=st.binary(max_size=400))
def test_random_bytes_behind_a_true_beginning_never_raise(start, rest):
    check_answer(press(start + rest))


def check_answer(result: Pressed | Refused) -> None:
    if isinstance(result, Refused):
        assert result.reason in Reason
        return
    assert decoded(result.original).size == (result.width, result.height)
    assert not isinstance(make_renditions(result.original), Refused)


@pytest.mark.parametrize("data", [b"", HTML, SMALL["PNG"][:60], endless_gif(3)[:10]])
def test_renditions_of_a_damaged_original_are_refused_not_raised(data):
    assert isinstance(make_renditions(data), Refused)
