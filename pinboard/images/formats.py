"""What kind of file bytes are, and how big, before any decoder sees them. No Django here.

Names and suffixes are never looked at: only the bytes say what a file is. The size of a WebP and
the frames of a GIF are read here because Pillow allocates the canvas (WebP) or walks every frame
in Python (GIF) before it can tell.
"""

from __future__ import annotations

from typing import Literal

Kind = Literal["JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF"]

# Brands of ISO base media files (ISO/IEC 14496-12), as registered at mp4ra.org.
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_GENERIC_BRANDS = {b"mif1", b"msf1"}


def kind_of(data: bytes) -> Kind | None:
    """Name the format of a picture by its first bytes, or None if it is none we accept."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        return _kind_by_brands(data)
    return None


def _kind_by_brands(data: bytes) -> Kind | None:
    length = min(int.from_bytes(data[:4], "big"), 256)
    major = data[8:12]
    brands = {major, *(data[at : at + 4] for at in range(16, length - 3, 4))}
    if major not in _AVIF_BRANDS | _HEIF_BRANDS | _GENERIC_BRANDS:
        return None
    if brands & _AVIF_BRANDS:
        return "AVIF"
    return "HEIF" if brands & _HEIF_BRANDS else None


def webp_size(data: bytes) -> tuple[int, int] | None:
    """Canvas width and height of a WebP in pixels; None if its header makes no sense."""
    chunk, body = data[12:16], data[20:30]
    if len(body) < 10:
        return None
    if chunk == b"VP8X":
        return _little(body[4:7]) + 1, _little(body[7:10]) + 1
    if chunk == b"VP8L" and body[0] == 0x2F:
        bits = _little(body[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        return _little(body[6:8]) & 0x3FFF, _little(body[8:10]) & 0x3FFF
    return None


def gif_frames(data: bytes, *, at_most: int) -> int:
    """Count the frames of a GIF by walking its blocks, stopping at at_most + 1.

    Broken structure ends the count; the decoder will then say what it thinks of it.
    """
    frames = 0
    at = 13 + _colour_table_bytes(data[10:11])
    while at < len(data) and frames <= at_most:
        introducer = data[at]
        if introducer == 0x21:  # an extension: label, then sub-blocks
            at = _after_sub_blocks(data, at + 2)
        elif introducer == 0x2C:  # a frame: 9 bytes, its colours, code size, then sub-blocks
            frames += 1
            at += 10 + _colour_table_bytes(data[at + 9 : at + 10]) + 1
            at = _after_sub_blocks(data, at)
        else:  # the trailer, or nonsense
            break
    return frames


def _after_sub_blocks(data: bytes, at: int) -> int:
    end = len(data)
    while at < end and (length := data[at]):
        at += length + 1
    return at + 1


def _colour_table_bytes(flags: bytes) -> int:
    if not flags or not flags[0] & 0x80:
        return 0
    return 3 << ((flags[0] & 7) + 1)


def _little(raw: bytes) -> int:
    return int.from_bytes(raw, "little")
