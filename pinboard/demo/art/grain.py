"""Grain and gradients: what makes flat shapes look painted on paper."""

from __future__ import annotations

import random
from functools import lru_cache

from PIL import Image, ImageChops, ImageFilter

TILE = 512
Bounds = tuple[int, int, int, int]


def _smoothstep(low: float, high: float, value: float) -> float:
    t = min(1.0, max(0.0, (value - low) / (high - low)))
    return t * t * (3 - 2 * t)


@lru_cache(maxsize=1)
def _noise() -> Image.Image:
    """Soft speckles about one finished pixel wide, mean 128, the same at every run."""
    raw = Image.frombytes("L", (TILE, TILE), random.Random("grain").randbytes(TILE * TILE))
    tile = raw.filter(ImageFilter.GaussianBlur(0.45))
    sheet = Image.new("L", (TILE * 2, TILE * 3))
    for top in range(0, sheet.height, TILE):
        for left in range(0, sheet.width, TILE):
            sheet.paste(tile, (left, top))
    return sheet


@lru_cache(maxsize=1)
def _paper_tile() -> Image.Image:
    fibres = _noise().transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    soft = fibres.filter(ImageFilter.GaussianBlur(0.5))
    return soft.point([round(128 + (value - 128) * 0.085) for value in range(256)])


@lru_cache(maxsize=1)
def _cloth_tile() -> Image.Image:
    """Plain weave, four pixels to a pair of threads, a little uneven."""
    paper = _paper_tile()
    over = bytes((134, 130, 120, 128, 122, 130, 136, 126, 118, 128, 132, 124, 130, 122, 126, 134))
    cell = Image.frombytes("L", (4, 4), over)
    tile = Image.new("L", paper.size)
    row = Image.new("L", (paper.width, 4))
    for left in range(0, paper.width, 4):
        row.paste(cell, (left, 0))
    for top in range(0, paper.height, 4):
        tile.paste(row, (0, top))
    return ImageChops.add(tile, paper, 1, -128)


def surface(image: Image.Image, kind: str) -> Image.Image:
    """Lay a faint grain over a finished picture: "paper" or "cloth"."""
    whole = _cloth_tile() if kind == "cloth" else _paper_tile()
    tile = whole.crop((0, 0, *image.size))
    return ImageChops.add(image, Image.merge("RGB", (tile, tile, tile)), 1, -128)


def _shade_at(form: str, x: float, y: float) -> float:
    """Depth of shade, 0 to 1, at a place in the unit square."""
    if form == "column":
        return _smoothstep(0.42, 1.05, x) + 0.25 * _smoothstep(0.14, 0.0, x)
    if form == "ball":
        far = ((x - 0.36) ** 2 + (y - 0.32) ** 2) ** 0.5
        return _smoothstep(0.3, 0.86, far)
    if form == "bowl":
        near = ((x - 0.64) ** 2 + (y - 0.68) ** 2) ** 0.5
        return _smoothstep(0.34, 0.9, near)
    if form == "tilt":
        return _smoothstep(0.35, 1.0, (x + y) / 2)
    return _smoothstep(0.25, 1.0, y)


def _light_at(form: str, x: float, y: float) -> float:
    """Strength of light, 0 to 1, at a place in the unit square."""
    if form == "column":
        return _smoothstep(0.2, 0.0, abs(x - 0.24))
    if form == "ball":
        near = ((x - 0.33) ** 2 + (y - 0.28) ** 2) ** 0.5
        return _smoothstep(0.28, 0.0, near)
    if form == "bowl":
        far = ((x - 0.74) ** 2 + (y - 0.76) ** 2) ** 0.5
        return _smoothstep(0.4, 0.0, far)
    if form == "tilt":
        return _smoothstep(0.4, 0.0, (x + y) / 2)
    return _smoothstep(0.45, 0.0, y)


@lru_cache(maxsize=16)
def _field(form: str, which: str) -> Image.Image:
    side = 64
    at = _shade_at if which == "shade" else _light_at
    values = bytes(
        min(255, round(255 * at(form, (column + 0.5) / side, (row + 0.5) / side)))
        for row in range(side)
        for column in range(side)
    )
    return Image.frombytes("L", (side, side), values)


@lru_cache(maxsize=64)
def _rough(strength: float) -> list[int]:
    """Speckle at full contrast would look like sand: a part of the gradient stays smooth."""
    return [round(min(255, max(0, (value - 96) * 1.6)) * strength * 0.55) for value in range(256)]


@lru_cache(maxsize=64)
def _calm(strength: float) -> list[int]:
    return [round(value * strength * 0.45) for value in range(256)]


def veil(form: str, which: str, whole: Bounds, part: Bounds, strength: float) -> Image.Image:
    """The grained gradient of a form stretched over whole, cut to part, as a mask.

    strength is the cover where the gradient is deepest. Worked out at half size: the sheet
    is twice as large as the picture, and grain finer than a finished pixel would be lost.
    """
    size = (part[2] - part[0], part[3] - part[1])
    half = ((size[0] + 1) // 2, (size[1] + 1) // 2)
    field = _field(form, which)
    side_x, side_y = field.width / (whole[2] - whole[0]), field.height / (whole[3] - whole[1])
    window = (
        (part[0] - whole[0]) * side_x,
        (part[1] - whole[1]) * side_y,
        (part[2] - whole[0]) * side_x,
        (part[3] - whole[1]) * side_y,
    )
    gradient = field.resize(half, Image.Resampling.BILINEAR, box=window)
    grained = ImageChops.add(gradient, _noise().crop((0, 0, *half)), 1, -128)
    mask = ImageChops.add(grained.point(_rough(strength)), gradient.point(_calm(strength)))
    return mask.resize(size, Image.Resampling.NEAREST)
