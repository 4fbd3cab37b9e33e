"""Pictures made for the tests: small, of known colours, some with all that phones hide in them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

# Strings that must be in no file we keep.
SECRETS = (
    b"SERIAL-4711-CANARY",
    b"XMP-CANARY",
    b"COMMENT-CANARY",
    b"MAKER-CANARY",
    b"THUMB-CANARY",
)
GPS_LATITUDE = (48.0, 51.0, 29.6)


def encoded(picture: Image.Image, form: str, **options: Any) -> bytes:
    file = BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def decoded(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def quarters(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """Red top left, green top right, blue bottom left, white bottom right."""
    picture = Image.new("RGB", (width, height), "white")
    across, down = width // 2, height // 2
    picture.paste((210, 30, 30), (0, 0, across, down))
    picture.paste((30, 160, 60), (across, 0, width, down))
    picture.paste((30, 60, 190), (0, down, across, height))
    return picture.convert(mode)


def corners(picture: Image.Image) -> str:
    """The colours of the four corners as letters, reading order: "rgbw" is upright."""
    rgb = picture.convert("RGB")
    right, bottom = rgb.width - 3, rgb.height - 3
    return "".join(
        _letter(rgb.getpixel(place))  # type: ignore[arg-type]  # a triple in RGB
        for place in ((2, 2), (right, 2), (2, bottom), (right, bottom))
    )


def _letter(pixel: tuple[int, int, int]) -> str:
    return "w" if min(pixel) > 150 else "rgb"[pixel.index(max(pixel))]


# What has to be done to an upright picture so that a file with this orientation shows it upright.
LAID = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def laid(picture: Image.Image, orientation: int) -> Image.Image:
    turn = LAID[orientation]
    return picture if turn is None else picture.transpose(turn)


def talkative_exif(orientation: int = 1) -> Image.Exif:
    """EXIF with a position, a serial number, an owner and the orientation."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "MAKER-CANARY"
    camera = exif.get_ifd(0x8769)
    camera[0xA431] = "SERIAL-4711-CANARY"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", GPS_LATITUDE, "E", (2.0, 17.0, 40.2)
    return exif


def talkative(form: str, picture: Image.Image, orientation: int = 1) -> bytes:
    """A file in which EXIF, XMP, comments, profile and an embedded thumbnail all speak."""
    exif = talkative_exif(orientation).tobytes()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>XMP-CANARY</x:xmpmeta>"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if form == "PNG":
        notes = PngInfo()
        notes.add_text("Comment", "COMMENT-CANARY")
        notes.add_itxt("XML:com.adobe.xmp", xmp.decode())
        return encoded(picture, form, exif=exif, pnginfo=notes, icc_profile=profile)
    if form == "GIF":
        return encoded(picture, form, comment=b"COMMENT-CANARY")
    options: dict[str, Any] = {"exif": exif, "xmp": xmp, "icc_profile": profile}
    if form == "JPEG":
        options["comment"] = b"COMMENT-CANARY"
        # Photoshop's thumbnail resource lives in an APP13 segment of its own.
        thumbnail = b"Photoshop 3.0\x008BIM\x04\x0c THUMB-CANARY"
        options["extra"] = b"\xff\xed" + struct.pack(">H", len(thumbnail) + 2) + thumbnail
    return encoded(picture, form, **options)


def png_header_only(width: int, height: int) -> bytes:
    """A PNG that promises so many pixels and carries a few bytes of them."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 100_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def webp_header_only(width: int, height: int) -> bytes:
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + canvas
    return b"RIFF" + struct.pack("<I", len(body)) + body


def moving(form: str, frames: int, size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """A square that walks to the right over a warm ground, 50 ms a frame."""
    pictures = []
    for number in range(frames):
        picture = Image.new("RGB", size, (240, 200, 160))
        place = number % max(1, size[0] - 8)
        ImageDraw.Draw(picture).rectangle((place, 4, place + 8, 12), fill=(20, 90, number % 250))
        pictures.append(picture)
    options = {"duration": 50, "save_all": True, "append_images": pictures[1:], **options}
    return encoded(pictures[0], form, **options)


def endless_gif(frames: int) -> bytes:
    """A tiny GIF of very many frames, written by hand because no encoder would."""
    header = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return header + frame * frames + b";"
