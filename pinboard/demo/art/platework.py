"""Painted plates from above."""

from __future__ import annotations

import math

from pinboard.demo.art import plants, table
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import RGB, Palette, lit
from pinboard.demo.art.curves import arc, ellipse, leaf, smooth, turn


def plates(c: Canvas, p: Palette, *, looks: tuple[str, ...], cloth: str = "plain") -> None:
    """Painted plates from above, laid in a loose grid."""
    table.top(c, p, cloth)
    w, h = c.w, c.h
    columns = 2 if len(looks) > 2 else 1
    rows = (len(looks) + columns - 1) // columns
    r = min(w / columns, h / rows) * 0.43
    for index, name in enumerate(looks):
        x = w * ((index % columns) + 0.5) / columns + c.rng.uniform(-8, 8)
        y = h * ((index // columns) + 0.5) / rows + c.rng.uniform(-8, 8)
        tone = (p.pale, lit(p.c, 0.3), p.d, p.b)[index % 4]
        ink = (p.d, p.a, p.pale, p.pale)[index % 4]
        table.plate(c, x, y, r, tone, scallop=index % 3 == 1)
        _paint_plate(c, x, y, r, name, ink, p.a)
    table.dapple(c, 0.14)


def _paint_plate(c: Canvas, x: float, y: float, r: float, name: str, ink: RGB, accent: RGB) -> None:
    for step in range(40 if name != "fish" else 0):
        at = math.radians(step * 9)
        px, py = x + r * 0.86 * math.cos(at), y + r * 0.86 * math.sin(at)
        if name == "flower":
            c.fill(leaf(px, py, r * 0.14, r * 0.06, step * 9 + 60), ink)
        elif name == "sun" and step % 2:
            c.fill(
                leaf(x + (px - x) * 0.92, y + (py - y) * 0.92, r * 0.16, r * 0.07, step * 9), accent
            )
        elif step % 2:
            c.oval(px, py, r * 0.026, None, ink)
    _MIDDLES[name](c, x, y, r, ink, accent)


def _flower(c: Canvas, x: float, y: float, r: float, ink: RGB, accent: RGB) -> None:
    for step in range(8):
        c.fill(leaf(x, y, r * 0.52, r * 0.24, step * 45), ink)
        vein = turn([(x + r * 0.12, y), (x + r * 0.4, y)], x, y, step * 45)
        c.stroke(vein, r * 0.014, lit(ink, 0.5))
    c.oval(x, y, r * 0.12, None, accent)


def _sun(c: Canvas, x: float, y: float, r: float, ink: RGB, accent: RGB) -> None:
    c.oval(x, y, r * 0.3, None, accent)
    for step in range(16):
        c.stroke(turn([(x + r * 0.36, y), (x + r * 0.54, y)], x, y, step * 22.5), r * 0.03, ink)


def _fish(c: Canvas, x: float, y: float, r: float, ink: RGB, accent: RGB) -> None:
    for row in (-0.24, 0.24):
        my = y + r * row
        body = [(x - r * 0.4, my), (x, my - r * 0.15), (x + r * 0.3, my), (x, my + r * 0.15)]
        c.fill(smooth(body), ink)
        tail = [(x + r * 0.24, my), (x + r * 0.46, my - r * 0.12), (x + r * 0.46, my + r * 0.12)]
        c.fill(tail, ink)
        c.oval(x - r * 0.26, my - r * 0.02, r * 0.028, None, lit(ink, 0.9))
        for step in range(3):
            scale = arc(x + step * r * 0.12 - r * 0.06, my, r * 0.05, r * 0.1, 120, 240)
            c.stroke(scale, r * 0.016, lit(ink, 0.7))
    for reach in (0.82, 0.92):
        c.stroke(ellipse(x, y, r * reach), r * 0.02, ink)


def _rings(c: Canvas, x: float, y: float, r: float, ink: RGB, accent: RGB) -> None:
    for step in range(5):
        c.stroke(ellipse(x, y, r * (0.1 + step * 0.12)), r * 0.026, ink if step % 2 else accent)


def _branch(c: Canvas, x: float, y: float, r: float, ink: RGB, accent: RGB) -> None:
    plants.sprig(c, x - r * 0.32, y + r * 0.36, r * 1.0, -48, "olive", ink, 0)
    for dx, dy in ((0.2, 0.12), (-0.06, 0.36)):
        c.oval(x + r * dx, y + r * dy, r * 0.09, None, accent)


_MIDDLES = {"flower": _flower, "sun": _sun, "fish": _fish, "rings": _rings, "branch": _branch}
