"""Gardens from above, and plants on paper: studies, kitchen beds, ponds."""

from __future__ import annotations

import math

from pinboard.demo.art import plants, table
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import Palette, dark, lit, mix, rgb
from pinboard.demo.art.curves import (
    along,
    arc,
    blob,
    box,
    direction,
    ellipse,
    leaf,
    rounded,
    smooth,
    turn,
)
from pinboard.demo.art.gardens import EARTH, HEDGE, STONE


def study(c: Canvas, p: Palette, *, kind: str = "monstera") -> None:
    """One plant on paper, like a plate in a botanist's book."""
    w, h = c.w, c.h
    c.fade(0, 0, w, h, lit(p.wall, 0.7), "tilt", 0.6, "light")
    c.fade(0, 0, w, h, dark(p.wall, 0.4), "tilt", 0.3)
    sheet = turn(box(w * 0.1, h * 0.08, w * 0.9, h * 0.92), w / 2, h / 2, c.rng.uniform(-2, 2))
    c.cast(sheet, 10, 14, 14, 0.3)
    c.solid(sheet, p.pale, form="tilt", shade=0.12)
    x, base = w * 0.5, h * 0.86
    _STUDIES.get(kind, _stems)(c, p, kind, x, base)


def beds(c: Canvas, p: Palette, *, rows: int = 3) -> None:
    """A kitchen garden from above: rows of lettuce, cabbage, carrots and marigolds."""
    w, h = c.w, c.h
    c.fill(box(0, 0, w, h), mix(STONE, p.wall, 0.4))
    c.fade(0, 0, w, h, dark(STONE, 0.4), "tilt", 0.3)
    for row in range(rows):
        for column in range(2):
            x0, y0 = w * (0.07 + column * 0.46), h * (0.04 + row * 0.96 / rows)
            x1, y1 = x0 + w * 0.4, y0 + h * 0.86 / rows
            c.cast(box(x0, y0, x1, y1), 12, 14, 10, 0.45)
            c.solid(rounded(x0, y0, x1, y1, 6), rgb("A97B4F"), form="tilt", shade=0.3)
            c.solid(box(x0 + 14, y0 + 14, x1 - 14, y1 - 14), EARTH, form="bowl", shade=0.3)
            lines = max(2, round((y1 - y0) / 78))
            for line in range(lines):
                y = y0 + 14 + (y1 - y0 - 28) * (line + 0.5) / lines
                kind = (row * 2 + column + line) % 4
                for step in range(4):
                    _vegetable(c, p, x0 + (x1 - x0) * (0.16 + step * 0.225), y, 42, kind)
    table.dapple(c, 0.16)


def _vegetable(c: Canvas, p: Palette, x: float, y: float, u: float, kind: int) -> None:
    c.cast(ellipse(x, y, u), 5, 6, 5, 0.4)
    if kind == 3:
        plants.shrub(c, x, y, u * 0.9, u * 0.9, HEDGE, count=18)
        for step in range(3):
            plants.dahlia(c, x + u * 0.45 * math.cos(step * 2.1),
                y + u * 0.45 * math.sin(step * 2.1), u * 0.42, p.c)  # fmt: skip
        return
    base = (rgb("9DBB5A"), rgb("7FA08A"), rgb("7A9B4A"))[kind]
    for ring in range(3):
        for step in range(8 - ring * 2):
            tone = mix(dark(base, 0.25), lit(base, 0.4), ring / 3 + c.rng.uniform(0, 0.25))
            size = u * (1.05 - ring * 0.28)
            wide = 0.7 if kind < 2 else 0.3
            c.fill(leaf(x, y, size, size * wide, step * 360 / (8 - ring * 2) + ring * 22), tone)


def pond(c: Canvas, p: Palette) -> None:
    """Water lilies and fish from above."""
    w, h = c.w, c.h
    water = mix(p.d, rgb("2F5F66"), 0.55) if sum(p.wall) > 380 else p.wall
    c.fill(box(0, 0, w, h), water)
    c.fade(0, 0, w, h, lit(water, 0.4), "tilt", 0.6, "light")
    for _ in range(5):
        y = c.rng.uniform(0, h)
        c.stroke(smooth([(0, y), (w * 0.3, y + 14), (w * 0.6, y - 10), (w, y + 8)], closed=False),
            2, lit(water, 0.2))  # fmt: skip
    for index in range(4):
        x, y, angle = w * c.rng.uniform(0.2, 0.8), h * (0.14 + index * 0.24), c.rng.uniform(0, 360)
        fish = turn(smooth([(x - 60, y), (x, y - 20), (x + 52, y), (x, y + 20)]), x, y, angle)
        c.cast(fish, 10, 14, 8, 0.3)
        c.fill(turn([(x - 50, y), (x - 96, y - 26), (x - 80, y), (x - 96, y + 26)], x, y, angle),
            lit(p.a, 0.3))  # fmt: skip
        c.solid(fish, p.a if index % 2 else p.pale, form="ball", shade=0.3)
        c.fill(turn(blob(c.rng, x + 6, y - 4, 18, 9, 0.3), x, y, angle),
            p.pale if index % 2 else p.a)  # fmt: skip
    for index in range(13):
        x, y, r = c.rng.uniform(0, w), c.rng.uniform(0, h), w * c.rng.uniform(0.07, 0.15)
        turn_at = c.rng.uniform(0, 360)
        pad = [(x, y), *arc(x, y, r, r, turn_at + 14, turn_at + 346)]
        c.cast(pad, 9, 12, 8, 0.4)
        tone = mix(rgb("7FA35A"), HEDGE, c.rng.random() * 0.7)
        c.solid(pad, tone, form="ball", shade=0.35, light=0.4)
        for step in range(9):
            c.stroke(turn([(x + r * 0.1, y), (x + r * 0.86, y)], x, y, turn_at + 30 + step * 37),
                1.8, lit(tone, 0.24))  # fmt: skip
        if index % 4 == 0:
            plants.dahlia(c, x, y, r * 0.62, (p.pale, lit(p.a, 0.4))[index % 8 // 4])
            c.oval(x, y, r * 0.13, None, p.c)


def _leaves(c: Canvas, p: Palette, kind: str, x: float, base: float) -> None:
    green = mix(plants.GREEN, p.b, 0.35)
    stalks = ((-118, 0.5, 0.2), (-64, 0.46, 0.19), (-92, 0.66, 0.22), (-140, 0.3, 0.13))
    for angle, far, size in (*stalks, (-36, 0.3, 0.14)):
        stem = along(x, base, c.h * far * 0.78, angle, 8)
        c.stroke(stem, 8, dark(green, 0.2))
        tone = mix(green, plants.MOSS, c.rng.random() * 0.6)
        plants.monstera(c, *stem[-1], c.w * size, angle + 10, tone)


def _fronds(c: Canvas, p: Palette, kind: str, x: float, base: float) -> None:
    green = mix(plants.GREEN, p.b, 0.35)
    for angle, size in ((-90, 0.68), (-116, 0.56), (-64, 0.56), (-140, 0.4), (-42, 0.4)):
        tone = mix(green, plants.MOSS, c.rng.random() * 0.5)
        plants.sprig(c, x, base, c.h * size, angle, "fern", tone, (angle + 90) * 0.5)


def _poppies(c: Canvas, p: Palette, kind: str, x: float, base: float) -> None:
    green = mix(plants.GREEN, p.b, 0.35)
    blooms = ((-0.14, 0.56, p.a), (0.02, 0.68, p.c), (0.15, 0.5, p.a), (0.09, 0.36, p.pale))
    for dx, up, tone in blooms:
        stem = along(x, base, c.h * up, -90 + dx * 110, dx * -70)
        c.stroke(stem, 5, dark(green, 0.2))
        for index, lean in ((3, 50), (6, -50)):
            ahead = direction(stem, index) + lean
            plants.sprig(c, *stem[index], c.w * 0.2, ahead, "fern", green)
        plants.daisy(c, *stem[-1], c.w * 0.125, tone, p.ink)


def _stems(c: Canvas, p: Palette, kind: str, x: float, base: float) -> None:
    tone = p.d if kind == "lavender" else rgb("BE9244")
    for dx, up in ((-0.2, 0.52), (-0.07, 0.64), (0.07, 0.6), (0.2, 0.48)):
        plants.sprig(c, x + c.w * dx * 0.3, base, c.h * up, -90 + dx * 90, kind, tone, dx * 60)


_STUDIES = {"monstera": _leaves, "fern": _fronds, "poppy": _poppies}
