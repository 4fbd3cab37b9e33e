"""What press() and make_renditions() do with honest pictures."""

from __future__ import annotations

from base64 import b64decode

import pytest
from PIL import Image, ImageCms, ImageDraw

from pinboard.images.press import Pressed, Refused, Rendition, make_renditions, press
from tests.images.samples import corners, decoded, encoded, laid, moving, quarters


def pressed(data: bytes) -> Pressed:
    result = press(data)
    assert isinstance(result, Pressed), result
    return result


def rendered(data: bytes) -> tuple[Rendition, ...]:
    result = make_renditions(data)
    assert not isinstance(result, Refused), result
    return result


@pytest.mark.parametrize(
    ("form", "mode", "kept_as"),
    [
        ("JPEG", "RGB", "jpeg"),
        ("JPEG", "L", "jpeg"),
        ("JPEG", "CMYK", "jpeg"),
        ("PNG", "RGB", "png"),
        ("PNG", "P", "png"),
        ("PNG", "1", "png"),
        ("PNG", "LA", "png"),
        ("PNG", "RGBA", "png"),
        ("WEBP", "RGB", "webp"),
        ("WEBP", "RGBA", "webp"),
        ("GIF", "P", "png"),
        ("AVIF", "RGB", "webp"),
        ("AVIF", "RGBA", "webp"),
    ],
)
def test_every_format_and_mode_becomes_a_clean_original(form, mode, kept_as):
    result = pressed(encoded(quarters(mode=mode), form))
    original = decoded(result.original)
    assert result.format == kept_as == (original.format or "").lower()
    assert (result.width, result.height) == original.size == (64, 48)
    assert result.animated is False
    if mode not in ("L", "LA", "1"):
        assert corners(original) == "rgbw"


def test_sixteen_bit_greys_are_scaled_not_clipped():
    grey = Image.new("I;16", (20, 20), 32768)
    original = decoded(pressed(encoded(grey, "PNG")).original).convert("L")
    assert original.getpixel((5, 5)) == 128


def test_transparency_is_kept_and_an_opaque_alpha_channel_is_dropped():
    opaque = quarters(mode="RGBA")
    assert decoded(pressed(encoded(opaque, "PNG")).original).mode == "RGB"
    opaque.putpixel((0, 0), (1, 2, 3, 0))
    kept = decoded(pressed(encoded(opaque, "PNG")).original)
    assert kept.mode == "RGBA"
    assert kept.getchannel("A").getpixel((0, 0)) == 0


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_stand_upright_in_original_and_renditions(form, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(laid(quarters(320, 240), orientation), form, exif=exif.tobytes())
    result = pressed(data)
    assert (result.width, result.height) == (320, 240)
    assert corners(decoded(result.original)) == "rgbw"
    for rendition in rendered(result.original):
        assert corners(decoded(rendition.data)) == "rgbw"


def test_a_phone_picture_with_a_second_view_inside_is_its_first_view():
    data = encoded(quarters(), "MPO", save_all=True, append_images=[quarters().rotate(180)])
    result = pressed(data)
    assert (result.format, result.animated) == ("jpeg", False)
    assert corners(decoded(result.original)) == "rgbw"


def test_colours_are_brought_to_srgb_by_the_embedded_profile():
    grey = Image.new("L", (8, 8), 128)
    linear = _linear_grey_profile()
    with_profile = decoded(pressed(encoded(grey, "PNG", icc_profile=linear)).original)
    without = decoded(pressed(encoded(grey, "PNG")).original)
    assert without.convert("L").getpixel((4, 4)) == 128
    assert abs(int(with_profile.convert("L").getpixel((4, 4))) - 188) <= 3  # type: ignore[arg-type]  # a number in L


def _linear_grey_profile() -> bytes:
    """A minimal ICC profile for grey with gamma 1: half the light is 188 in sRGB, not 128."""
    import struct

    curve = b"curv" + bytes(4) + struct.pack(">I", 0)
    white = b"XYZ " + bytes(4) + struct.pack(">iii", 63190, 65536, 54061)
    name = b"desc" + bytes(4) + struct.pack(">I", 7) + b"linear\0" + bytes(79)
    bodies = [(b"desc", name), (b"wtpt", white), (b"kTRC", curve)]
    offset = 128 + 4 + 12 * len(bodies)
    table, data = struct.pack(">I", len(bodies)), b""
    for tag, body in bodies:
        table += tag + struct.pack(">II", offset + len(data), len(body))
        data += body + bytes(-len(body) % 4)
    header = struct.pack(
        ">I4sI4s4s4s12s4sI4sIIQIiiiI16s28s",
        offset + len(data), b"lcms", 0x02100000, b"mntr", b"GRAY", b"XYZ ", bytes(12), b"acsp",
        0, bytes(4), 0, 0, 0, 0, 63190, 65536, 54061, 0, bytes(16), bytes(28),
    )  # fmt: skip
    return header + table + data


def test_a_broken_profile_is_no_reason_to_refuse():
    result = pressed(encoded(quarters(), "PNG", icc_profile=b"nonsense" * 40))
    assert corners(decoded(result.original)) == "rgbw"


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "AVIF"])
def test_moving_pictures_keep_moving(form):
    result = pressed(moving(form, frames=6))
    original = decoded(result.original)
    assert (result.format, result.animated) == ("webp", True)
    assert getattr(original, "n_frames", 1) == 6
    assert original.info["duration"] == 50
    assert (result.width, result.height) == (40, 30)


def test_a_gif_without_a_loop_block_still_plays_once_and_an_endless_one_for_ever():
    assert decoded(pressed(moving("GIF", 3)).original).info["loop"] == 1
    assert decoded(pressed(moving("GIF", 3, loop=0)).original).info["loop"] == 0
    assert decoded(pressed(moving("GIF", 3, loop=4)).original).info["loop"] == 5


def test_frames_without_a_duration_are_shown_as_browsers_would():
    original = decoded(pressed(moving("GIF", 3, duration=0)).original)
    assert original.info["duration"] == 100


def test_renditions_of_a_moving_picture_are_its_first_frame():
    (only,) = rendered(pressed(moving("GIF", frames=5)).original)
    assert getattr(decoded(only.data), "n_frames", 1) == 1


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((2000, 1000), [(240, 120), (480, 240), (960, 480)]),
        ((960, 1440), [(240, 360), (480, 720), (960, 1440)]),
        ((700, 350), [(240, 120), (480, 240), (700, 350)]),
        ((240, 100), [(240, 100)]),
        ((100, 300), [(100, 300)]),
        ((1, 1), [(1, 1)]),
        ((3000, 1), [(240, 1), (480, 1), (960, 1)]),
    ],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_renditions_have_the_wanted_widths_and_are_never_scaled_up(form, size, expected):
    made = rendered(encoded(quarters(*size), form))
    assert [(one.width, one.height) for one in made] == expected
    for one in made:
        picture = decoded(one.data)
        assert (picture.format, picture.size) == ("WEBP", (one.width, one.height))


def test_a_very_long_picture_is_scaled_to_what_webp_can_hold():
    result = pressed(encoded(Image.new("RGB", (100, 20_000), "teal"), "PNG"))
    assert (result.width, result.height) == (82, 16_383)
    assert [one.height for one in rendered(result.original)] == [16_383]


def _scene(ground: str, accent: str, share: float) -> Image.Image:
    picture = Image.new("RGB", (200, 200), ground)
    ImageDraw.Draw(picture).rectangle((0, 0, 199, int(200 * share) - 1), fill=accent)
    return picture


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (_scene("#808080", "#c0392b", 0.3), "#c0392b"),  # a red bicycle before a grey wall
        (_scene("#ffffff", "#1f6f8b", 0.25), "#1f6f8b"),  # a product shot on white
        (_scene("#2e8b57", "#d2691e", 0.4), "#2e8b57"),  # two colours: the larger
        (_scene("#e8e0d5", "#e8e0d5", 0.5), "#e8e0d5"),  # one calm colour stays itself
        (_scene("#ffffff", "#ffffff", 0.5), "#ffffff"),
        (_scene("#000000", "#000000", 0.5), "#000000"),
    ],
)
def test_the_dominant_colour_is_the_one_a_person_would_name(picture, expected):
    found = pressed(encoded(picture, "PNG")).colour
    distance = max(
        abs(int(found[at : at + 2], 16) - int(expected[at : at + 2], 16)) for at in (1, 3, 5)
    )
    assert distance <= 6, found


def test_transparent_pixels_have_no_say_in_the_colour():
    picture = Image.new("RGBA", (100, 100), (255, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((40, 40, 60, 60), fill=(20, 120, 200, 255))
    assert pressed(encoded(picture, "PNG")).colour == "#1478c8"


def test_the_preview_is_a_tiny_webp_of_the_same_proportions():
    result = pressed(encoded(quarters(640, 320), "JPEG"))
    head, _, body = result.preview.partition(",")
    preview = decoded(b64decode(body))
    assert head == "data:image/webp;base64"
    assert (preview.format, preview.size) == ("WEBP", (16, 8))
    assert len(result.preview) < 400


def _distance(one: int, other: int) -> int:
    return ((one ^ other) & (2**64 - 1)).bit_count()


def test_the_perceptual_hash_knows_a_picture_again_and_tells_others_apart():
    scene = Image.linear_gradient("L").rotate(30).resize((400, 300))
    ImageDraw.Draw(scene).ellipse((60, 60, 200, 220), fill=230)
    first = pressed(encoded(scene, "PNG")).perceptual_hash
    smaller = pressed(encoded(scene.resize((120, 90)), "JPEG", quality=60)).perceptual_hash
    other = pressed(encoded(quarters(400, 300), "PNG")).perceptual_hash
    assert -(2**63) <= first < 2**63
    assert _distance(first, smaller) <= 6
    assert _distance(first, other) > 12


def test_srgb_profiles_change_nothing():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = decoded(pressed(encoded(quarters(), "PNG")).original)
    tagged = decoded(pressed(encoded(quarters(), "PNG", icc_profile=profile)).original)
    assert plain.tobytes() == tagged.tobytes()
