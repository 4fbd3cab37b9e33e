"""Repeats that cover a rectangle of cloth: quilt blocks, stripes, lozenges, prints, weaves."""

from __future__ import annotations

import math
from collections.abc import Callable

from pinboard.demo.art import plants
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import Palette, dark, lit, mix
from pinboard.demo.art.curves import arc, box, leaf

Area = tuple[float, float, float, float]  # left, top, right, bottom
Pattern = Callable[[Canvas, Palette, Area], None]


def _grid(area: Area, across: int) -> tuple[float, list[tuple[int, int, float, float]]]:
    x0, y0, x1, y1 = area
    side = (x1 - x0) / across
    down = math.ceil((y1 - y0) / side)
    return side, [(r, k, x0 + k * side, y0 + r * side) for r in range(down) for k in range(across)]


def star(c: Canvas, p: Palette, area: Area) -> None:
    """Eight-pointed stars, each block in its own two colours."""
    side, cells = _grid(area, 3)
    tones = (p.a, p.b, p.c, p.d)
    for row, column, x, y in cells:
        ground = p.pale if (row + column) % 2 else lit(p.wall, 0.3)
        main, second = tones[(row * 2 + column) % 4], tones[(row + column * 3 + 1) % 4]
        c.fill(box(x, y, x + side, y + side), ground)
        q, h = side / 4, side / 2
        corners = ((q, q), (3 * q, q), (3 * q, 3 * q), (q, 3 * q))
        tips = ((h, 0.0), (side, h), (h, side), (0.0, h))
        inner = ((h, q), (3 * q, h), (h, 3 * q), (q, h))
        points = [(corners[k], tips[k], inner[k]) for k in range(4)]
        points += [(corners[k], tips[k - 1], inner[k - 1]) for k in range(4)]
        for a, b, d in points:
            c.fill([(x + px, y + py) for px, py in (a, b, d)], main)
        c.fill(box(x + q, y + q, x + 3 * q, y + 3 * q), second)
        c.fill([(x + h, y + q), (x + 3 * q, y + h), (x + h, y + 3 * q), (x + q, y + h)], ground)


def cabin(c: Canvas, p: Palette, area: Area) -> None:
    """Log cabin: strips laid round a small square, light on two sides, dark on two."""
    side, cells = _grid(area, 3)
    for row, column, x, y in cells:
        light, deep = (p.pale, lit(p.c, 0.4), mix(p.wall, p.pale, 0.5)), (p.b, p.d, p.a)
        turn_at = (row + column) % 4
        step = side / 9
        for ring in range(4):
            x0, y0 = x + ring * step, y + ring * step
            x1, y1 = x + side - ring * step, y + side - ring * step
            sides = [box(x0, y0, x1, y0 + step), box(x1 - step, y0, x1, y1),
                box(x0, y1 - step, x1, y1), box(x0, y0, x0 + step, y1)]  # fmt: skip
            for index in range(4):
                bright = (index + turn_at) % 4 < 2
                c.fill(sides[index], (light if bright else deep)[ring % 3])
        c.fill(box(x + 4 * step, y + 4 * step, x + 5 * step, y + 5 * step), p.a)


def geese(c: Canvas, p: Palette, area: Area) -> None:
    """Flying geese: columns of triangles pointing the same way."""
    x0, y0, x1, y1 = area
    wide, tones = (x1 - x0) / 5, (p.a, p.c, p.b, p.d)
    for column in range(5):
        x = x0 + column * wide
        if column % 2:
            c.fill(box(x, y0, x + wide, y1), lit(p.wall, 0.35))
            c.fill(box(x + wide * 0.4, y0, x + wide * 0.6, y1), tones[column % 4])
            continue
        for row in range(math.ceil((y1 - y0) / (wide * 0.5))):
            y = y0 + row * wide * 0.5
            c.fill(box(x, y, x + wide, y + wide * 0.5), p.pale)
            c.fill([(x, y + wide * 0.5), (x + wide / 2, y), (x + wide, y + wide * 0.5)],
                tones[(row + column) % 4])  # fmt: skip


def drunkard(c: Canvas, p: Palette, area: Area) -> None:
    """Quarter circles that turn from block to block."""
    side, cells = _grid(area, 6)
    pairs = ((p.a, p.pale), (p.b, lit(p.wall, 0.4)), (p.c, p.pale), (p.d, lit(p.wall, 0.4)))
    for row, column, x, y in cells:
        main, ground = pairs[(row * 3 + column) % 4]
        if (row + column) % 2:
            main, ground = ground, main
        c.fill(box(x, y, x + side, y + side), ground)
        corner = (row + 2 * column) % 4
        cx, cy = x + side * (corner in (1, 2)), y + side * (corner in (2, 3))
        c.fill([(cx, cy), *arc(cx, cy, side * 0.8, side * 0.8, corner * 90, corner * 90 + 90,
            steps=12)], main)  # fmt: skip


def ikat(c: Canvas, p: Palette, area: Area) -> None:
    """Lozenges with the feathered edges of yarn that was dyed before it was woven."""
    x0, y0, x1, y1 = area
    c.fill(box(*area), p.d)
    across = 4
    wide = (x1 - x0) / across
    tall = wide * 1.6
    thread = 5.0
    for column in range(across * int((x1 - x0) / across / thread) + 1):
        x = x0 + column * thread
        at = ((x - x0) % wide) / wide
        reach = 1 - abs(at - 0.5) * 2
        for row in range(-1, math.ceil((y1 - y0) / tall) + 1):
            cy = y0 + (row + (0.5 if int((x - x0) / wide) % 2 else 0)) * tall
            for share, tone in ((1.0, p.pale), (0.74, p.a), (0.46, p.c), (0.22, p.d)):
                half = tall * 0.5 * (reach - (1 - share))
                if half > 0:
                    slip = c.rng.uniform(-9, 9)
                    c.fill(box(x, cy - half + slip, x + thread - 0.4,
                        cy + half + slip + c.rng.uniform(-6, 6)), tone)  # fmt: skip


def kilim(c: Canvas, p: Palette, area: Area) -> None:
    """Stepped diamonds in bands."""
    x0, y0, x1, y1 = area
    c.fill(box(*area), p.a)
    tones = (p.pale, p.c, p.d, p.b)
    bands = 5
    tall = (y1 - y0) / bands
    for band in range(bands):
        top = y0 + band * tall
        c.fill(box(x0, top, x1, top + tall), (p.a, mix(p.d, p.ink, 0.3), p.pale, p.b, p.a)[band])
        for edge in (0.0, 0.92):
            for step in range(24):
                if step % 2:
                    left = x0 + (x1 - x0) * step / 24
                    c.fill(box(left, top + tall * edge, left + (x1 - x0) / 24,
                        top + tall * (edge + 0.08)), p.c)  # fmt: skip
        across = 3 if band % 2 == 0 else 4
        for column in range(across):
            cx, cy = x0 + (x1 - x0) * (column + 0.5) / across, top + tall / 2
            unit = tall / 22
            for size in range(8, 0, -1):
                tone = tones[(size // 2 + band) % 4]
                c.fill(box(cx - size * unit * 1.5, cy - (9 - size) * unit, cx + size * unit * 1.5,
                    cy + (9 - size) * unit), tone)  # fmt: skip


def stripes(c: Canvas, p: Palette, area: Area) -> None:
    """Uneven stripes, as on a mattress or a beach towel."""
    x0, y0, x1, y1 = area
    c.fill(box(*area), p.pale)
    y, index = y0, 0
    widths = (46, 8, 8, 70, 14, 34, 8, 8, 100, 20)
    tones = (p.a, p.pale, p.b, p.pale, p.c, p.d, p.pale, p.a, p.pale, p.b)
    while y < y1:
        tall = widths[index % 10]
        c.fill(box(x0, y, x1, min(y + tall, y1)), tones[index % 10])
        y, index = y + tall, index + 1


def plaid(c: Canvas, p: Palette, area: Area) -> None:
    """A big woollen check."""
    x0, y0, x1, y1 = area
    c.fill(box(*area), p.b)
    for start, thick, tone, alpha in (
        (0, 80, p.d, 0.55),
        (100, 12, p.pale, 0.6),
        (126, 40, p.a, 0.5),
        (184, 6, p.c, 0.8),
    ):
        for at in range(0, int(max(x1 - x0, y1 - y0)), 220):
            c.fill(box(x0 + at + start, y0, x0 + at + start + thick, y1), tone, alpha)
            c.fill(box(x0, y0 + at + start, x1, y0 + at + start + thick), tone, alpha)


def leaves(c: Canvas, p: Palette, area: Area) -> None:
    """A block print of sprigs and small flowers."""
    c.fill(box(*area), p.pale)
    side, cells = _grid(area, 4)
    for row, column, x, y in cells:
        cx, cy = x + side * (0.5 if row % 2 else 0.3), y + side / 2
        if (row + column) % 2:
            plants.sprig(c, cx - side * 0.2, cy + side * 0.3, side * 0.8, -60, "olive", p.b, 0)
        else:
            for step in range(6):
                c.fill(leaf(cx, cy, side * 0.3, side * 0.16, step * 60), p.a)
            c.oval(cx, cy, side * 0.08, None, p.c)


def arches(c: Canvas, p: Palette, area: Area) -> None:
    """Overlapping scales."""
    x0, y0, x1, y1 = area
    across = 5
    wide = (x1 - x0) / across
    tones = (p.a, p.b, p.c, p.d)
    c.fill(box(*area), p.pale)
    for row in range(math.ceil((y1 - y0) / (wide * 0.5)) + 1, -1, -1):
        for column in range(-1, across + 1):
            cx = x0 + wide * (column + (1.0 if row % 2 else 0.5))
            cy = y0 + row * wide * 0.5
            for ring, share in enumerate((0.5, 0.38, 0.24, 0.1)):
                tone = p.pale if ring % 2 else tones[(row + column + ring) % 4]
                c.fill([(cx - wide * share, cy), *arc(cx, cy, wide * share, wide * share, 180, 360,
                    steps=16)], tone)  # fmt: skip


def basket(c: Canvas, p: Palette, area: Area) -> None:
    """Broad strips going over and under."""
    side, cells = _grid(area, 7)
    for row, column, x, y in cells:
        over = (row + column) % 2 == 0
        tone = (p.a, p.c, p.pale)[column % 3] if over else (p.b, p.d,
            mix(p.wall, p.pale, 0.5))[row % 3]  # fmt: skip
        c.fill(box(x, y, x + side + 1, y + side + 1), dark(tone, 0.3))
        strip = box(x + side * 0.06, y - 1, x + side * 0.94, y + side + 1) if over else box(x - 1,
            y + side * 0.06, x + side + 1, y + side * 0.94)  # fmt: skip
        c.solid(strip, tone, form="column" if over else "slab", shade=0.36, light=0.3)


def dotted(c: Canvas, p: Palette, area: Area) -> None:
    """Indigo with tied white rings."""
    c.fill(box(*area), p.d if sum(p.d) < 400 else p.b)
    side, cells = _grid(area, 6)
    for row, column, x, y in cells:
        cx, cy = x + side * (0.5 + 0.04 * math.sin(row * 7 + column)), y + side * 0.5
        for step in range(14):
            at = math.radians(step * 360 / 14)
            reach = side * (0.3 + c.rng.uniform(-0.03, 0.05))
            c.oval(cx + reach * math.cos(at), cy + reach * math.sin(at), side * 0.06, None, p.pale)
        c.oval(cx, cy, side * 0.08, None, p.pale)


PATTERNS: dict[str, Pattern] = {"star": star, "cabin": cabin, "geese": geese, "drunkard": drunkard,
    "ikat": ikat, "kilim": kilim, "stripes": stripes, "plaid": plaid, "leaves": leaves,
    "arches": arches, "basket": basket, "dotted": dotted}  # fmt: skip
