"""Letterforms: set in the font Pillow carries, or built of modules on a five by seven grid."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from pinboard.demo.art.canvas import SCALE, Canvas
from pinboard.demo.art.colour import RGB
from pinboard.demo.art.curves import arc, box, ellipse

GRID = {"A": "01110 10001 10001 11111 10001 10001 10001",
    "B": "11110 10001 10001 11110 10001 10001 11110",
    "E": "11111 10000 10000 11110 10000 10000 11111",
    "G": "01111 10000 10000 10011 10001 10001 01110",
    "K": "10001 10010 10100 11000 10100 10010 10001",
    "M": "10001 11011 10101 10101 10001 10001 10001",
    "Q": "01110 10001 10001 10001 10101 10010 01101",
    "R": "11110 10001 10001 11110 10100 10010 10001",
    "S": "01111 10000 10000 01110 00001 00001 11110",
    "2": "01110 10001 00001 00110 01000 10000 11111",
    "8": "01110 10001 10001 01110 10001 10001 01110",
    "&": "01100 10010 10100 01000 10101 10010 01101"}  # fmt: skip


@lru_cache(maxsize=64)
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # Pillow is built with FreeType
    return font


def width(text: str, size: float, tracking: float = 0.0) -> float:
    """Set width in picture units; tracking is a share of the size."""
    font = _font(round(size * SCALE))
    return sum(font.getlength(letter) for letter in text) / SCALE + tracking * size * (
        len(text) - 1
    )


def write(
    c: Canvas, x: float, y: float, text: str, size: float, colour: RGB, *, weight: float = 0.0,
    align: str = "left", tracking: float = 0.0,
) -> None:  # fmt: skip
    """One line whose baseline starts at (x, y); weight thickens it by a share of the size."""
    font = _font(round(size * SCALE))
    if align != "left":
        x -= width(text, size, tracking) * (1.0 if align == "right" else 0.5)
    for letter in text:
        spot = (x * SCALE - c.origin[0], y * SCALE - c.origin[1])
        c.pen.text(spot, letter, colour, font, anchor="ls", stroke_width=weight * size * SCALE / 2)
        x += font.getlength(letter) / SCALE + tracking * size


def _mask(c: Canvas, text: str, x: float, y: float, size: float, weight: float) -> Image.Image:
    """The letters as a mask of the whole sheet, the middle of their ink at (x, y)."""
    mask = Image.new("L", c.sheet.size, 0)
    pen, font, stroke = ImageDraw.Draw(mask), _font(round(size * SCALE)), weight * size * SCALE / 2
    left, top, right, bottom = pen.textbbox((0, 0), text, font, anchor="ls", stroke_width=stroke)
    spot = (x * SCALE - (left + right) / 2, y * SCALE - (top + bottom) / 2)
    pen.text(spot, text, 255, font, anchor="ls", stroke_width=stroke)
    return mask


@contextmanager
def within(
    c: Canvas, text: str, x: float, y: float, size: float, weight: float = 0.0
) -> Iterator[Canvas]:
    """A canvas that paints only inside large letters whose middle is (x, y)."""
    mask = _mask(c, text, x, y, size, weight)
    layer = Canvas(c.w, c.h, (0, 0, 0), c.rng, sheet=c.sheet.copy())
    yield layer
    c.sheet.paste(layer.sheet, (0, 0), mask)


def overprint(
    c: Canvas, text: str, x: float, y: float, size: float, ink: RGB, weight: float = 0.0
) -> None:
    """Letters in a transparent ink: where inks meet, they darken each other."""
    mask = _mask(c, text, x, y, size, weight)
    bounds = mask.getbbox()
    if not bounds:
        return
    under = c.sheet.crop(bounds)
    inked = ImageChops.multiply(under, Image.new("RGB", under.size, ink))
    c.sheet.paste(inked, bounds, mask.crop(bounds))


def extrude(c: Canvas, text: str, x: float, y: float, size: float, side: RGB, deep: int,
            weight: float = 0.0) -> None:  # fmt: skip
    """The solid side of letters, running to the lower right; deep is a power of two."""
    mask = _mask(c, text, x, y, size, weight)
    reach = 1
    while reach < deep * SCALE:
        # Each round doubles the length of the smear.
        mask = ImageChops.lighter(mask, ImageChops.offset(mask, reach, reach))
        reach *= 2
    c.sheet.paste(side, (0, 0), mask)


def modules(
    c: Canvas, letter: str, x: float, y: float, unit: float, kind: str, tones: tuple[RGB, ...]
) -> None:
    """A letter of five by seven modules (dots, squares or quarters), its left top at (x, y)."""
    for row, line in enumerate(GRID[letter].split()):
        for column, bit in enumerate(line):
            if bit == "0":
                continue
            x0, y0 = x + column * unit, y + row * unit
            tone = tones[(row + column) % len(tones)]
            if kind == "dots":
                c.fill(ellipse(x0 + unit / 2, y0 + unit / 2, unit * 0.46), tone)
            elif kind == "squares":
                c.fill(box(x0 + 2, y0 + 2, x0 + unit - 2, y0 + unit - 2), tone)
            else:
                c.fill(box(x0, y0, x0 + unit, y0 + unit), tones[(row + column + 1) % len(tones)])
                corner = (row * 3 + column) % 4
                cx, cy = x0 + unit * (corner in (1, 2)), y0 + unit * (corner in (2, 3))
                c.fill([(cx, cy), *arc(cx, cy, unit, unit, corner * 90, corner * 90 + 90,
                    steps=16)], tone)  # fmt: skip
