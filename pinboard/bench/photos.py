"""Photos for measurements: as many megapixels, and as much detail, as a telephone's."""

from __future__ import annotations

import io
from secrets import token_bytes
from typing import Final

from PIL import Image, ImageChops

MEGAPIXELS_12: Final = (4000, 3000)
MEGAPIXELS_50: Final = (8160, 6120)
# Side of a blotch in pixels, and how far it strays: from clouds down to the grain of a sensor.
_DETAIL: Final = ((128, 90), (32, 60), (8, 40), (2, 22), (1, 7))
_COLOURS: Final = (64, 40)


def detailed_photo(size: tuple[int, int] = MEGAPIXELS_12) -> bytes:
    """A JPEG of about 4.7 MB for 12 megapixels."""
    light = Image.new("L", size, 128)
    for side, strength in _DETAIL:
        light = ImageChops.add(light, _blotches(size, side, strength), offset=-128)
    tints = [_blotches(size, *_COLOURS) for _ in range(2)]
    file = io.BytesIO()
    Image.merge("YCbCr", [light, *tints]).save(file, "JPEG", quality=88)
    return file.getvalue()


def _blotches(size: tuple[int, int], side: int, strength: int) -> Image.Image:
    small = Image.effect_noise((size[0] // side + 1, size[1] // side + 1), strength)
    return small.resize(size, Image.Resampling.BICUBIC)


def unseen(photo: bytes) -> bytes:
    """The same pixels in a file nobody has stored: bytes behind a JPEG's end are no part of it."""
    return photo + token_bytes(16)
