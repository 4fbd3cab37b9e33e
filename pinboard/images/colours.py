"""What a picture looks like before it has loaded, and what it resembles. No Django here.

All functions take a small picture (colours and previews need no detail) in mode RGB or RGBA.
"""

from __future__ import annotations

import colorsys
from base64 import b64encode
from io import BytesIO

from PIL import Image

# Longest side of the inline preview and of the picture all the figures are taken from, pixels.
PREVIEW_SIDE = 16
STUDY_SIDE = 64
# So many colours are told apart. Fewer melt accents into mud, more split one wall into many.
_CLUSTERS = 12


def study_of(picture: Image.Image) -> Image.Image:
    """A copy at most STUDY_SIDE pixels a side, RGB or RGBA, that the functions below look at."""
    scale = min(1.0, STUDY_SIDE / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    small = picture.resize(size, Image.Resampling.BOX, reducing_gap=2.0)
    return small if small.mode == "RGBA" else small.convert("RGB")


def dominant_colour(study: Image.Image) -> str:
    """The colour one would name when asked, as #rrggbb: a real one of the picture, not its mean.

    Colours are clustered; a cluster weighs its area, times how much it is a colour at all:
    a red bicycle before a grey wall is red. What is nearly black or nearly white counts less,
    and wins when there is little else.
    """
    pixels = _visible_pixels(study)
    clustered = pixels.quantize(_CLUSTERS, method=Image.Quantize.MEDIANCUT)
    palette = clustered.getpalette() or []
    heaviest, colour = -1.0, (128, 128, 128)
    for count, index in clustered.getcolors() or []:
        assert isinstance(index, int)
        red, green, blue = palette[3 * index : 3 * index + 3]
        weight = count * _appeal(red, green, blue)
        if weight > heaviest:
            heaviest, colour = weight, (red, green, blue)
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _visible_pixels(study: Image.Image) -> Image.Image:
    """The pixels that are more than half opaque, as one row; all of them if there are none."""
    if study.mode != "RGBA":
        return study
    opaque = study.getchannel("A").point(lambda alpha: 255 if alpha > 127 else 0)
    raw, mask = study.convert("RGB").tobytes(), opaque.tobytes()
    kept = b"".join(raw[3 * at : 3 * at + 3] for at, shown in enumerate(mask) if shown)
    if not kept:
        return study.convert("RGB")
    return Image.frombytes("RGB", (len(kept) // 3, 1), kept)


def _appeal(red: int, green: int, blue: int) -> float:
    _, lightness, saturation = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    chroma = saturation * (1 - abs(2 * lightness - 1))
    extreme = lightness < 0.08 or lightness > 0.94
    return (0.25 if extreme else 0.6) + 2.0 * chroma


def preview_of(study: Image.Image, *, on: str) -> str:
    """A data URI of a WebP at most PREVIEW_SIDE pixels a side, about 150 characters long.

    on: #rrggbb, what shines through where the picture is transparent.
    """
    flat = _flattened(study, on)
    flat.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.BOX)
    flat.info.clear()
    file = BytesIO()
    flat.save(file, "WEBP", quality=40, method=6)
    return "data:image/webp;base64," + b64encode(file.getvalue()).decode()


def perceptual_hash(study: Image.Image) -> int:
    """A difference hash: 64 bits, one per pair of neighbours in a 9 by 8 grey miniature.

    Returned as a signed 64-bit number, which is what databases have. Pictures that look alike
    differ in few bits (Hamming distance up to about 10). Source: Krawetz, "Kind of like that".
    """
    grey = _flattened(study, "#ffffff").convert("L").resize((9, 8), Image.Resampling.BOX)
    shades = grey.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (shades[at] < shades[at + 1])
    return bits - (1 << 64) if bits >> 63 else bits


def _flattened(study: Image.Image, on: str) -> Image.Image:
    if study.mode != "RGBA":
        return study.copy()
    ground = Image.new("RGB", study.size, on)
    ground.paste(study, mask=study.getchannel("A"))
    return ground
