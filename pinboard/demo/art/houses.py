"""Facades and trams: the parts of a street."""

from __future__ import annotations

import math

from pinboard.demo.art import plants
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import RGB, Palette, dark, lit, mix, rgb
from pinboard.demo.art.curves import arc, box, ellipse, leaf, rounded

ROOF = rgb("B5573A")


def windows(
    c: Canvas, x: float, y: float, w: float, h: float, columns: int, rows: int, glass: RGB
) -> None:
    """Small plain windows over a wall."""
    for row in range(rows):
        for column in range(columns):
            cx = x + w * (column + 0.5) / columns
            cy = y + h * (row + 0.5) / rows
            u, v = w / columns * 0.22, h / rows * 0.26
            c.fill(box(cx - u, cy - v, cx + u, cy + v), glass)


def house(
    c: Canvas, p: Palette, x: float, base: float, w: float, tall: float, tone: RGB, kind: int
) -> None:
    """A narrow town house: tiles or plaster, shutters, balconies, a shop or a door below."""
    wall = box(x, base - tall, x + w, base)
    c.solid(wall, tone, shade=0.34, light=0.25)
    if kind % 3 == 0:
        _tiles(c, x, base - tall, w, tall, tone)
    roof = [(x - 8, base - tall), (x + w * 0.12, base - tall - w * 0.24),
        (x + w * 0.88, base - tall - w * 0.24), (x + w + 8, base - tall)]  # fmt: skip
    if kind % 4 == 2:
        roof = [(x - 8, base - tall), (x + w / 2, base - tall - w * 0.42), (x + w + 8, base - tall)]
    c.solid(roof, mix(ROOF, p.a, 0.3), form="slab", shade=0.4)
    for step in range(6):
        rx = x + w * (0.15 + step * 0.14)
        c.stroke([(rx, base - tall - w * 0.2), (rx, base - tall - 4)], 2,
            dark(ROOF, 0.25)) if kind % 4 != 2 else None  # fmt: skip
    c.fill(box(x, base - tall, x + w, base - tall + 10), lit(tone, 0.5))
    floors = max(3, round(tall / (w * 0.72)))
    floor = tall / floors
    for level in range(floors - 1):
        for column in range(2):
            cx = x + w * (0.29 + column * 0.42)
            _window(c, p, cx, base - tall + floor * level + floor * 0.16, w * 0.24, floor * 0.64,
                tone, kind + level)  # fmt: skip
    _ground_floor(c, p, x, base, w, floor, kind)


def _tiles(c: Canvas, x: float, y: float, w: float, tall: float, tone: RGB) -> None:
    side = w / 9
    ink, light = dark(tone, 0.2), lit(tone, 0.35)
    for row in range(int(tall / side)):
        for column in range(9):
            cx, cy = x + (column + 0.5) * side, y + (row + 0.5) * side
            if (row + column) % 2:
                c.fill([(cx, cy - side * 0.4), (cx + side * 0.4, cy), (cx, cy + side * 0.4),
                    (cx - side * 0.4, cy)], ink)  # fmt: skip
            else:
                c.oval(cx, cy, side * 0.2, None, light)


def _window(
    c: Canvas, p: Palette, x: float, y: float, w: float, h: float, tone: RGB, kind: int
) -> None:
    trim = lit(tone, 0.75)
    shape = box(x - w * 0.56, y - 5, x + w * 0.56, y + h)
    if kind % 3 == 1:
        shape = [(x - w * 0.56, y + h), *arc(x, y + w * 0.4, w * 0.56, w * 0.5, 180, 360, steps=14),
            (x + w * 0.56, y + h)]  # fmt: skip
    c.fill(shape, trim)
    glass = mix(rgb("5E7A86"), p.b, 0.3) if kind % 5 else rgb("F8DFA6")
    inset = [(x + (px - x) * 0.8, y + h * 0.53 + (py - y - h * 0.53) * 0.86) for px, py in shape]
    c.solid(inset, glass, form="tilt", shade=0.4, light=0.4)
    c.stroke([(x, y), (x, y + h * 0.96)], w * 0.07, trim)
    c.stroke([(x - w * 0.44, y + h * 0.42), (x + w * 0.44, y + h * 0.42)], w * 0.07, trim)
    if kind % 4 == 0:
        for sideways in (-1, 1):
            shutter = box(x + sideways * w * 0.56, y - 3, x + sideways * w * 0.92, y + h)
            c.solid(shutter, p.d if p.d != tone else p.b, shade=0.3)
            for slat in range(6):
                sy = y + h * (0.08 + slat * 0.155)
                c.stroke([(x + sideways * w * 0.6, sy), (x + sideways * w * 0.88, sy)], 2,
                    dark(p.d, 0.3))  # fmt: skip
    if kind % 2:
        low = y + h
        c.cast(box(x - w * 0.8, low - 4, x + w * 0.8, low + 6), 4, 10, 5, 0.35)
        c.fill(box(x - w * 0.8, low - 3, x + w * 0.8, low + 6), dark(tone, 0.4))
        for step in range(9):
            bx = x - w * 0.76 + step * w * 0.19
            c.stroke([(bx, low), (bx, low - h * 0.36)], 2.4, p.ink)
        c.stroke([(x - w * 0.8, low - h * 0.37), (x + w * 0.8, low - h * 0.37)], 4, p.ink)
        if kind % 3 == 0:
            plants.shrub(c, x - w * 0.2, low - h * 0.38, w * 0.34, w * 0.14, plants.GREEN, dots=p,
                count=16)  # fmt: skip


def _ground_floor(
    c: Canvas, p: Palette, x: float, base: float, w: float, floor: float, kind: int
) -> None:
    door = p.b if kind % 2 else p.ink
    top = base - floor * 0.72
    if kind % 2:
        c.solid(box(x + w * 0.1, top, x + w * 0.58, base - floor * 0.1),
            mix(rgb("5E7A86"), p.b, 0.4), form="tilt")  # fmt: skip
        for step in range(7):
            stripe = [(x + w * (0.06 + step * 0.08), top - 12),
                (x + w * (0.14 + step * 0.08), top - 12), (x + w * (0.13 + step * 0.083),
                top + 30), (x + w * (0.05 + step * 0.083), top + 30)]  # fmt: skip
            c.fill(stripe, p.a if step % 2 else p.pale)
        c.solid(box(x + w * 0.68, top, x + w * 0.9, base), door, shade=0.4)
    else:
        arch = [(x + w * 0.34, base), *arc(x + w * 0.5, top + w * 0.16, w * 0.16, w * 0.16, 180,
            360), (x + w * 0.66, base)]  # fmt: skip
        c.fill([(x + w * 0.5 + (px - x - w * 0.5) * 1.24, base + (py - base) * 1.08) for px,
            py in arch], p.pale)  # fmt: skip
        c.solid(arch, door, shade=0.4)
        c.oval(x + w * 0.6, base - floor * 0.3, 4, None, rgb("E3B85A"))


def tram(c: Canvas, x: float, base: float, w: float, body: RGB, trim: RGB) -> None:
    """A small old tram from the side."""
    tall = w * 0.52
    ink = rgb("2E2A33")
    c.cast(rounded(x - w / 2, base - tall * 0.2, x + w / 2, base + 8, 8), 10, 6, 10, 0.5)
    for dx in (-0.26, 0.26):
        c.oval(x + w * dx, base - 6, w * 0.055, None, ink)
        c.oval(x + w * dx, base - 6, w * 0.025, None, lit(ink, 0.4))
    c.solid(rounded(x - w * 0.5, base - tall * 0.5, x + w * 0.5, base - tall * 0.07, w * 0.04),
        body, form="slab", shade=0.4)  # fmt: skip
    c.solid(rounded(x - w * 0.47, base - tall * 0.92, x + w * 0.47, base - tall * 0.44, w * 0.05),
        trim, form="slab", shade=0.3)  # fmt: skip
    for step in range(6):
        left = x - w * 0.435 + step * w * 0.148
        c.solid(rounded(left, base - tall * 0.85, left + w * 0.125, base - tall * 0.52, 8),
            mix(rgb("7FA0A8"), trim, 0.2), form="tilt")  # fmt: skip
    c.fill(box(x - w * 0.5, base - tall * 0.47, x + w * 0.5, base - tall * 0.43), dark(body, 0.3))
    c.fill(box(x - w * 0.5, base - tall * 0.2, x + w * 0.5, base - tall * 0.17), trim)
    c.solid(rounded(x - w * 0.5, base - tall, x + w * 0.5, base - tall * 0.9, w * 0.03),
        dark(body, 0.1), form="slab")  # fmt: skip
    c.oval(x - w * 0.45, base - tall * 0.33, w * 0.03, None, rgb("FFF1C4"))
    c.stroke([(x + w * 0.05, base - tall), (x - w * 0.06, base - tall * 1.16),
        (x + w * 0.05, base - tall * 1.3)], 4, ink)  # fmt: skip
    c.stroke([(x - w * 0.02, base - tall * 1.3), (x + w * 0.12, base - tall * 1.3)], 4, ink)
    c.fill(leaf(x + w * 0.46, base - tall * 0.33, 1, 1, 0), trim)
    c.fill(ellipse(x, base - tall * 0.31, w * 0.06, w * 0.035), trim)
    c.stroke([(x - w * 0.03, base - tall * 0.31), (x + w * 0.03, base - tall * 0.31 + math.sin(1))],
        3, body)  # fmt: skip
