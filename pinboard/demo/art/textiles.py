"""Textiles: close, hung from a rod, folded in a pile, on cushions; wool, bolts and embroidery."""

from __future__ import annotations

import math

from pinboard.demo.art import furniture, plants, side, table
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import Palette, dark, lit, mix, rgb
from pinboard.demo.art.curves import Path, box, ellipse, rounded, shift, smooth, turn
from pinboard.demo.art.patterns import PATTERNS


def close(c: Canvas, p: Palette, *, pattern: str, folds: bool = True) -> None:
    """Cloth that fills the picture, with soft folds and stitches."""
    c.surface = "cloth"
    w, h = c.w, c.h
    PATTERNS[pattern](c, p, (0, 0, w, h))
    if pattern in ("star", "cabin", "geese", "drunkard"):
        for step in range(-8, 16):
            for k in range(26):
                left, low = step * 90 + k * 40, k * 40
                if 0 < left < w and low < h:
                    c.stroke([(left, low), (left + 13, low + 13)], 2, dark(p.wall, 0.3))
    if folds:
        ridges: list[Path] = []
        for step in range(3):
            x = w * (0.1 + 0.36 * step) + c.rng.uniform(-40, 40)
            line = smooth([(x, -20), (x + w * 0.12, h * 0.36), (x + w * 0.02, h * 0.7),
                (x + w * 0.16, h + 20)], closed=False)  # fmt: skip
            ridges.append([*line, *[(px + w * 0.07, py) for px, py in reversed(line)]])
        c.casts(ridges, 0, 0, 18, 0.26)
        c.casts([shift(ridge, -w * 0.08, 0) for ridge in ridges], 0, 0, 16, 0.26, lit(p.pale, 0.5))
    c.fade(0, 0, w, h, dark(p.wall, 0.6), "tilt", 0.3)


def hung(c: Canvas, p: Palette, *, pattern: str, tassels: bool = True) -> None:
    """A weaving on a rod against a wall, its fringe hanging free."""
    w, h = c.w, c.h
    c.fade(0, 0, w, h, lit(p.wall, 0.7), "tilt", 0.6, "light")
    c.fade(0, 0, w, h, dark(p.wall, 0.45), "tilt", 0.36)
    side.window_light(c, w * 0.02, h * 0.06, w * 0.5, h * 0.4, 0.36)
    x0, x1, y0, y1 = w * 0.18, w * 0.82, h * 0.17, h * 0.78
    c.stroke([(w / 2, h * 0.05), (x0 + 10, y0 - 8)], 3, dark(p.table, 0.4))
    c.stroke([(w / 2, h * 0.05), (x1 - 10, y0 - 8)], 3, dark(p.table, 0.4))
    cloth = [(x0, y0), (x1, y0), (x1 + 4, y1), (w / 2, y1 + 8), (x0 - 4, y1)]
    c.cast(cloth, 16, 20, 16, 0.42)
    with c.inside(cloth) as d:
        PATTERNS[pattern](d, p, (x0 - 4, y0, x1 + 4, y1 + 10))
        for step in range(4):
            left = x0 + (x1 - x0) * step / 4
            d.fade(left, y0, left + (x1 - x0) / 4, y1 + 10, dark(p.wall, 0.7), "column", 0.18)
        d.fade(x0, y0, x1, y1 + 10, dark(p.ink, 0.1), "tilt", 0.22)
    if tassels:
        for step in range(30):
            x = x0 + (x1 - x0) * (step + 0.5) / 30
            tone = (p.pale, p.a, p.c)[step % 3] if pattern == "kilim" else p.pale
            end = (x + c.rng.uniform(-6, 6), y1 + h * c.rng.uniform(0.08, 0.11))
            c.stroke([(x + 5, y1 + 6), (end[0] + 5, end[1] + 6)], 5, dark(p.wall, 0.3))
            c.stroke([(x, y1 + 2), end], 5, tone)
            c.oval(x, y1 + 14, 5, None, dark(tone, 0.2))
    c.solid(rounded(x0 - 40, y0 - 14, x1 + 40, y0 + 8, 11), furniture.OAK, form="slab", shade=0.4)


def pile(c: Canvas, p: Palette, *, patterns: tuple[str, ...], seat: str = "stool") -> None:
    """Folded blankets in a pile."""
    w, h = c.w, c.h
    y = side.room(c, p, 0.76)
    side.window_light(c, w * 0.06, h * 0.06, w * 0.5, h * 0.36, 0.4)
    base = y + (h - y) * 0.4
    low = base
    if seat == "stool":
        top = base - h * 0.2
        for dx in (-0.25, 0.25):
            c.stroke([(w * (0.5 + dx * 0.84), top), (w * (0.5 + dx), base)], 17, furniture.OAK)
        c.stroke([(w * 0.29, base - h * 0.07), (w * 0.71, base - h * 0.07)], 11,
            dark(furniture.OAK, 0.2))  # fmt: skip
        c.cast(ellipse(w * 0.52, base, w * 0.32, 16), 0, 0, 9, 0.4)
        c.solid(rounded(w * 0.18, top - 20, w * 0.82, top + 8, 12), furniture.OAK, form="slab",
            shade=0.3)  # fmt: skip
        low = top - 20
    else:
        side.ground(c, w * 0.5, base, w * 0.3, h * 0.2)
    tall = min((low - h * 0.2) / len(patterns), h * 0.13)
    for index, name in enumerate(patterns):
        half = w * (0.3 - 0.008 * index)
        shift_x = c.rng.uniform(-9, 9)
        left, right = w / 2 - half + shift_x, w / 2 + half + shift_x
        body = rounded(left, low - tall, right, low, tall * 0.46)
        c.cast(body, 4, 8, 7, 0.32)
        shifted = p.turned(index)
        with c.inside(body) as d:
            PATTERNS[name](d, shifted, (left, low - tall, right, low))
            d.fade(left, low - tall, right, low, dark(p.ink, 0.1), "slab", 0.5)
            d.fade(left, low - tall, right, low, p.pale, "slab", 0.4, "light")
            d.stroke([(left + 26, low - tall * 0.5), (right, low - tall * 0.5)], 5,
                dark(shifted.a, 0.45))  # fmt: skip
        for step in range(9):
            fx = right - 8 - step * 2
            c.stroke([(fx, low - tall * 0.42 + step * tall * 0.09),
                (fx + 22, low - tall * 0.36 + step * tall * 0.1)], 3, p.pale)  # fmt: skip
        low -= tall - 2
    plants.sprig(c, w * 0.42, low + 4, w * 0.34, -8, "olive", plants.GREEN)


def cushions(c: Canvas, p: Palette, *, patterns: tuple[str, ...]) -> None:
    """Cushions leaning on a bench."""
    w, h = c.w, c.h
    y = furniture.room(c, p, 0.72)
    side.window_light(c, w * 0.08, h * 0.07, w * 0.5, h * 0.36, 0.4)
    seat = y + (h - y) * 0.06
    for dx in (0.14, 0.86):
        c.solid(box(w * dx - 14, seat, w * dx + 14, seat + h * 0.16), furniture.OAK, shade=0.4)
    c.cast(ellipse(w * 0.5, seat + h * 0.16, w * 0.42, 12), 0, 0, 10, 0.35)
    c.solid(rounded(w * 0.06, seat - 16, w * 0.94, seat + 18, 9), furniture.OAK, form="slab",
        shade=0.35)  # fmt: skip
    count = len(patterns)
    u = w * (0.2 if count > 2 else 0.25)
    for index, name in enumerate(patterns):
        x = w * (0.5 + (index - (count - 1) / 2) * (0.62 / count))
        cy = seat - 16 - u * 0.96
        lean = (-9, 7, -5, 10)[index % 4]
        pillow = turn(smooth([(x - u, cy - u), (x, cy - u * 0.9), (x + u, cy - u),
            (x + u * 0.92, cy), (x + u, cy + u), (x, cy + u * 0.94), (x - u, cy + u),
            (x - u * 0.92, cy)], steps=8), x, cy, lean)  # fmt: skip
        c.cast(pillow, 14, 10, 12, 0.42)
        shifted = p.turned(index)
        with c.inside(pillow) as d:
            PATTERNS[name](d, shifted, (x - u * 1.2, cy - u * 1.2, x + u * 1.2, cy + u * 1.2))
            d.fade(x - u, cy - u, x + u, cy + u, dark(p.ink, 0.1), "ball", 0.4)
            d.fade(x - u, cy - u, x + u, cy + u, p.pale, "ball", 0.45, "light")
        c.stroke([*pillow, pillow[0]], 4, dark(shifted.a, 0.35))


def skeins(c: Canvas, p: Palette, *, rows: int = 3) -> None:
    """Skeins of dyed wool in rows, seen from above."""
    table.top(c, p, "plain")
    w, h = c.w, c.h
    tones = (p.a, p.c, p.d, p.b, lit(p.a, 0.4), p.pale, mix(p.b, p.c, 0.5), dark(p.d, 0.2))
    for row in range(rows):
        for column in range(3):
            x, y = w * (0.2 + column * 0.3), h * (row + 0.5) / rows
            rx, ry = w * 0.1, min(h / rows * 0.4, w * 0.24)
            tone = tones[(row * 3 + column) % 8]
            lean = c.rng.uniform(-9, 9)
            body = turn(rounded(x - rx, y - ry, x + rx, y + ry, rx * 0.9), x, y, lean)
            c.cast(body, 10, 13, 10, 0.42)
            c.solid(body, tone, shade=0.5, light=0.3)
            for step in range(15):
                at = (step - 7) / 7.5
                twist = [
                    (
                        x + rx * 0.96 * math.sin(at * 1.4 + k * 0.42) * (0.96 - abs(k - 3) * 0.02),
                        y - ry * 0.9 + ry * 0.3 * k,
                    )
                    for k in range(7)
                ]
                c.stroke(turn(smooth(twist, closed=False, steps=4), x, y, lean), 2.4,
                    (lit if step % 2 else dark)(tone, 0.24))  # fmt: skip
            band = turn(box(x - rx * 1.02, y - ry * 0.2, x + rx * 1.02, y + ry * 0.2), x, y, lean)
            c.solid(band, lit(p.pale, 0.3), shade=0.3)
            c.fill(turn(box(x - rx * 0.5, y - 3, x + rx * 0.5, y + 3), x, y, lean), tone)
    table.dapple(c, 0.14)


def bolts(c: Canvas, p: Palette, *, patterns: tuple[str, ...]) -> None:
    """Rolls of cloth standing on end, loose ends hanging over a table."""
    w, h = c.w, c.h
    y = side.room(c, p, 0.6, edge=True)
    side.window_light(c, w * 0.3, h * 0.05, w * 0.5, h * 0.34, 0.4)
    count = len(patterns)
    wide = w * 0.8 / count
    for index, name in enumerate(patterns):
        left = w * 0.1 + index * wide
        shifted = p.turned(index)
        low, top = y + (h - y) * (0.8 + 0.06 * (index % 2)), y - h * (0.12 + 0.07 * (index % 3))
        fall = smooth([(left + 6, y - 10), (left + wide - 6, y - 10), (left + wide - 2, low - 14),
            (left + wide * 0.5, low + 8), (left + 2, low - 10)], steps=3)  # fmt: skip
        fall = [(left + 8, y - 30), (left + wide - 8, y - 30), (left + wide - 4, low),
            (left + 4, low)]  # fmt: skip
        c.cast(fall, 10, 10, 10, 0.35)
        with c.inside(fall) as d:
            PATTERNS[name](d, shifted, (left, y - 30, left + wide, low))
            d.fade(left, y - 30, left + wide, low, dark(p.ink, 0.1), "column", 0.4)
        roll = rounded(left + 4, top, left + wide - 4, y + 8, wide * 0.2)
        c.cast(roll, 16, 8, 12, 0.36)
        with c.inside(roll) as d:
            PATTERNS[name](d, shifted, (left, top, left + wide, y + 8))
            d.fade(left, top, left + wide, y + 8, dark(p.ink, 0.1), "column", 0.6)
            d.fade(left, top, left + wide, y + 8, p.pale, "column", 0.4, "light")
        for ring in (0.44, 0.3, 0.16):
            c.stroke(ellipse(left + wide / 2, top + 10, wide * ring, wide * ring * 0.28), 5,
                lit(shifted.a, 0.3 if ring != 0.3 else 0.7))  # fmt: skip


def thread(c: Canvas, p: Palette) -> None:
    """An embroidery hoop, spools and a needle."""
    table.top(c, p, "plain")
    table.dapple(c, 0.14)
    w, h = c.w, c.h
    x, y, r = w * 0.48, h * 0.44, min(w * 0.36, h * 0.34)
    cloth = smooth([(x - r * 1.3, y - r * 1.2), (x, y - r * 1.32), (x + r * 1.3, y - r * 1.16),
        (x + r * 1.36, y), (x + r * 1.24, y + r * 1.26), (x, y + r * 1.3),
        (x - r * 1.3, y + r * 1.2), (x - r * 1.34, y)])  # fmt: skip
    c.cast(cloth, 10, 14, 12, 0.36)
    c.solid(cloth, p.pale, form="tilt", shade=0.3)
    c.stroke(shift(ellipse(x, y, r), 5, 7), r * 0.09, dark(p.pale, 0.4))
    c.stroke(ellipse(x, y, r), r * 0.09, furniture.OAK)
    c.stroke(ellipse(x, y, r * 1.01), r * 0.02, lit(furniture.OAK, 0.5))
    c.solid(rounded(x - 22, y - r * 1.16, x + 22, y - r * 1.0, 6), rgb("C9A04E"), form="slab")
    for angle, size in ((-90, 1.1), (-130, 0.8), (-50, 0.8)):
        plants.sprig(c, x, y + r * 0.66, r * size, angle, "olive", p.b, 8)
    for dx, dy, tone in ((-0.36, -0.12, p.a), (0.34, -0.2, p.c), (0, -0.4, p.d), (0.1, 0.12, p.a)):
        plants.dahlia(c, x + r * dx, y + r * dy, r * 0.2, tone)
    for index, tone in enumerate((p.a, p.c, p.d)):
        sx, sy = w * (0.2 + index * 0.24), h * 0.88
        spool = rounded(sx - 34, sy - 44, sx + 34, sy + 44, 8)
        c.cast(spool, 12, 14, 10, 0.42)
        c.solid(spool, furniture.OAK, shade=0.4)
        c.solid(rounded(sx - 29, sy - 30, sx + 29, sy + 30, 5), tone, shade=0.5, light=0.4)
        for row in range(9):
            c.stroke([(sx - 29, sy - 27 + row * 6.6), (sx + 29, sy - 25 + row * 6.6)], 1.6,
                dark(tone, 0.24))  # fmt: skip
    tail = smooth([(w * 0.68, h * 0.88), (w * 0.86, h * 0.8), (w * 0.8, h * 0.68),
        (w * 0.92, h * 0.6)], closed=False)  # fmt: skip
    c.stroke(tail, 3, p.d)
    c.stroke([(w * 0.92, h * 0.6), (w * 0.86, h * 0.5)], 4, rgb("B9B2A6"))
