"""Posters: circles, arcs, figures, objects, waves, modules and views, printed, pinned or framed."""

from __future__ import annotations

import math
from collections.abc import Callable

from pinboard.demo.art import furniture, side
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import RGB, Palette, dark, lit, mix
from pinboard.demo.art.curves import Path, arc, box, ellipse, rounded, smooth, turn, turned
from pinboard.demo.art.letters import write

Area = tuple[float, float, float, float]
Design = Callable[[Canvas, Palette, Area], None]


def show(c: Canvas, p: Palette, *, design: Design, hang: str = "full") -> None:
    """Print a design over the whole sheet, or pin or frame it on a wall."""
    w, h = c.w, c.h
    if hang == "full":
        design(c, p, (0, 0, w, h))
        c.fade(0, 0, w, h, p.ink, "tilt", 0.16)
        return
    c.fade(0, 0, w, h, lit(p.wall, 0.7), "tilt", 0.6, "light")
    c.fade(0, 0, w, h, dark(p.wall, 0.45), "tilt", 0.4)
    side.window_light(c, w * 0.02, h * 0.04, w * 0.5, h * 0.4, 0.36)
    wide = min(w * 0.72, h * 0.76 / 1.4)
    tall = wide * 1.4
    x0, y0 = (w - wide) / 2, (h - tall) * 0.46
    sheet = box(x0, y0, x0 + wide, y0 + tall)
    if hang == "frame":
        rim = box(x0 - 26, y0 - 26, x0 + wide + 26, y0 + tall + 26)
        c.cast(rim, 16, 22, 16, 0.42)
        c.solid(rim, furniture.OAK, form="tilt", shade=0.4)
    else:
        c.cast(sheet, 13, 18, 14, 0.4)
    with c.inside(sheet) as d:
        design(d, p, (x0, y0, x0 + wide, y0 + tall))
        d.fade(x0, y0, x0 + wide, y0 + tall, p.ink, "tilt", 0.2)
        d.fill([(x0, y0), (x0 + wide * 0.46, y0), (x0, y0 + tall * 0.5)], lit(p.pale, 0.5), 0.1)
    if hang == "clips":
        for at in (0.2, 0.8):
            c.solid(rounded(x0 + wide * at - 15, y0 - 20, x0 + wide * at + 15, y0 + 22, 5), p.ink,
                form="slab", light=0.4)  # fmt: skip


def _lines(
    c: Canvas,
    a: Area,
    rows: tuple[str, ...],
    size: float,
    colour: RGB,
    y: float,
    *,
    weight: float = 0.03,
    x: float = 0.08,
) -> None:
    """Lines of text; sizes and places are shares of the sheet."""
    wide, tall = a[2] - a[0], a[3] - a[1]
    for index, row in enumerate(rows):
        write(c, a[0] + wide * x, a[1] + tall * y + index * wide * size * 1.14, row, wide * size,
            colour, weight=weight)  # fmt: skip


def circles(
    c: Canvas, p: Palette, a: Area, *, title: str, small: tuple[str, ...], on: str = "pale"
) -> None:
    """Overlapping discs whose common parts change colour."""
    x0, y0, x1, y1 = a
    w, h = x1 - x0, y1 - y0
    ground = {"pale": p.pale, "a": p.a, "d": p.d, "c": p.c}[on]
    c.fill(box(*a), ground)
    one, two = (x0 + w * 0.38, y0 + h * 0.34), (x0 + w * 0.64, y0 + h * 0.5)
    r = w * 0.3
    first, second = (p.a, p.c) if on != "a" else (p.c, p.pale)
    c.fill(ellipse(*one, r), first)
    c.fill(ellipse(*two, r), second)
    with c.inside(ellipse(*one, r)) as d:
        d.fill(ellipse(*two, r), p.ink)
        d.fill(ellipse(one[0] - r * 0.4, one[1] - r * 0.3, r * 0.16), ground)
    c.fill(ellipse(x0 + w * 0.2, y0 + h * 0.62, w * 0.08), p.b)
    c.fill(box(x0 + w * 0.08, y0 + h * 0.755, x1 - w * 0.08, y0 + h * 0.76), p.ink)
    _lines(c, a, (title,), 0.135, p.ink, 0.86, weight=0.06)
    _lines(c, a, small, 0.034, p.ink, 0.905, weight=0.02)


def arcs(
    c: Canvas, p: Palette, a: Area, *, title: str, small: tuple[str, ...], on: str = "pale"
) -> None:
    """Rings that widen as they turn, after the concert posters of Zurich."""
    x0, y0, x1, y1 = a
    w, h = x1 - x0, y1 - y0
    ground = {"pale": p.pale, "a": p.a, "d": p.d, "ink": p.ink}[on]
    ink = p.ink if on == "pale" else p.pale
    c.fill(box(*a), ground)
    cx, cy = x0 + w * 0.44, y0 + h * 0.62
    tones = (ink, p.c, ink, p.a if on != "a" else p.d, ink, p.b)
    reach = w * 0.13
    for index in range(7):
        thick = w * 0.02 * 1.4**index
        start = -96 + index * 31
        path = arc(cx, cy, reach, reach, start, start + (200, 140, 250, 120, 170, 100, 86)[index])
        c.stroke(path, thick, tones[index % 6], round_ends=False)
        reach += thick * 1.05 + w * 0.018
    _lines(c, a, (title,), 0.115, ink, 0.13, weight=0.05)
    _lines(c, a, small, 0.036, ink, 0.18, weight=0.02)


def figure(c: Canvas, p: Palette, a: Area, *, title: str, small: tuple[str, ...]) -> None:
    """A face of half circles, bars and a triangle."""
    x0, y0, x1, y1 = a
    w, h = x1 - x0, y1 - y0
    c.fill(box(*a), lit(p.wall, 0.3))
    c.fill(box(x0 + w * 0.5, y0, x1, y0 + h * 0.76), p.a)
    cx, cy, r = x0 + w * 0.5, y0 + h * 0.38, w * 0.32
    c.fill([(cx, cy - r), *arc(cx, cy, r, r, -90, 90), (cx, cy + r)], p.pale)
    c.fill([(cx, cy - r), *arc(cx, cy, r, r, -90, -270), (cx, cy + r)], p.ink)
    c.fill([(cx, cy - r * 0.34), (cx + r * 0.42, cy + r * 0.3), (cx, cy + r * 0.3)], p.c)
    c.fill(ellipse(cx + r * 0.42, cy - r * 0.28, r * 0.13), p.ink)
    c.fill(ellipse(cx - r * 0.42, cy - r * 0.28, r * 0.2), p.pale)
    c.fill(ellipse(cx - r * 0.42, cy - r * 0.28, r * 0.1), p.a)
    c.fill(arc(cx, cy + r * 0.46, r * 0.36, r * 0.26, 0, 180), p.d)
    c.fill(box(cx - r * 0.22, cy + r * 0.94, cx + r * 0.22, y0 + h * 0.76), p.b)
    for step in range(5):
        c.fill(box(x0 + w * 0.06, y0 + h * (0.08 + step * 0.03), x0 + w * 0.26,
            y0 + h * (0.092 + step * 0.03)), p.ink)  # fmt: skip
    c.fill(box(x0, y0 + h * 0.76, x1, y1), p.c)
    _lines(c, a, (title,), 0.15, p.ink, 0.87, weight=0.07)
    _lines(c, a, small, 0.036, p.ink, 0.92, weight=0.02)


def _vase_shape(x: float, base: float, tall: float) -> Path:
    return turned(x, base, [(up * tall, half * tall) for up, half in side.PROFILES["amphora"]])


def thing(
    c: Canvas, p: Palette, a: Area, *, title: str, small: tuple[str, ...], what: str = "chair"
) -> None:
    """One object in silhouette on a bold ground, as for a museum."""
    x0, y0, x1, y1 = a
    w, h = x1 - x0, y1 - y0
    c.fill(box(*a), p.c)
    c.fill(ellipse(x0 + w * 0.56, y0 + h * 0.46, w * 0.36), p.pale)
    x, base = x0 + w * 0.54, y0 + h * 0.72
    if what == "chair":
        furniture.lounge(c, x, base, w * 0.66, p.a, p.ink)
    elif what == "vase":
        vase = _vase_shape(x, base, h * 0.46)
        c.fill(vase, p.ink)
        with c.inside(vase) as d:
            for step in range(6):
                y = base - h * (0.06 + step * 0.065)
                d.fill(box(x0, y, x1, y + h * 0.022), (p.a, p.pale, p.d)[step % 3])
    else:
        c.fill([(x - w * 0.26, base - h * 0.3), *arc(x, base - h * 0.3, w * 0.26, w * 0.26, 180,
            360), (x + w * 0.26, base - h * 0.3)], p.a)  # fmt: skip
        c.fill(box(x - w * 0.012, base - h * 0.3, x + w * 0.012, base), p.ink)
        c.fill(arc(x, base, w * 0.15, w * 0.07, 180, 360), p.ink)
    c.fill(box(x0, y0 + h * 0.72, x1, y0 + h * 0.735), p.ink)
    _lines(c, a, (title,), 0.12, p.ink, 0.13, weight=0.06)
    _lines(c, a, small, 0.036, p.ink, 0.79, weight=0.02)


def waves(
    c: Canvas, p: Palette, a: Area, *, title: str, small: tuple[str, ...], on: str = "d"
) -> None:
    """Parallel lines that swell: sound made visible."""
    x0, y0, x1, y1 = a
    w, h = x1 - x0, y1 - y0
    ground = {"d": p.d, "a": p.a, "ink": p.ink, "b": p.b}[on]
    c.fill(box(*a), ground)
    tones = (p.pale, p.c, p.pale, p.a if on != "a" else p.ink)
    for row in range(17):
        y = y0 + h * (0.26 + row * 0.036)
        line = []
        lift = 0.4 + 0.6 * abs(math.cos(row * 0.9))
        for step in range(61):
            t = step / 60
            swell = math.exp(-(((t - 0.5 - 0.1 * math.sin(row * 0.6)) / 0.17) ** 2))
            ripple = 0.55 + 0.45 * math.cos(t * 34 + row * 1.3)
            line.append((x0 + w * (0.08 + 0.84 * t), y - h * 0.115 * swell * lift * ripple))
        # Each line hides what is behind it, like ranges of hills.
        c.fill([*line, (x1 - w * 0.08, y + h * 0.03), (x0 + w * 0.08, y + h * 0.03)], ground)
        c.stroke(line, w * (0.007 + 0.004 * (row % 3)), tones[row % 4])
    _lines(c, a, (title,), 0.14, p.pale, 0.15, weight=0.06)
    _lines(c, a, small, 0.036, p.pale, 0.93, weight=0.02)


def grid(c: Canvas, p: Palette, a: Area, *, title: str, small: tuple[str, ...]) -> None:
    """Squares filled with quarters, halves, dots and stairs."""
    x0, y0, x1, y1 = a
    w, h = x1 - x0, y1 - y0
    c.fill(box(*a), p.pale)
    side_len = w * 0.84 / 4
    tones = (p.a, p.b, p.c, p.d, p.ink)
    rows = int(h * 0.74 / side_len)
    for row in range(rows):
        for column in range(4):
            x, y = x0 + w * 0.08 + column * side_len, y0 + w * 0.08 + row * side_len
            ground, main = tones[(row * 2 + column) % 5], tones[(row + column * 2 + 2) % 5]
            main = p.pale if main == ground else main
            c.fill(box(x, y, x + side_len, y + side_len), ground)
            _module(c, (row * 3 + column * 5) % 6, x, y, side_len, main)
    _lines(c, a, (title,), 0.1, p.ink, 0.9, weight=0.05)
    _lines(c, a, small, 0.034, p.ink, 0.94, weight=0.02)


def _module(c: Canvas, kind: int, x: float, y: float, s: float, tone: RGB) -> None:
    if kind == 0:
        c.fill([(x, y), *arc(x, y, s, s, 0, 90)], tone)
    elif kind == 1:
        c.fill(ellipse(x + s / 2, y + s / 2, s * 0.36), tone)
    elif kind == 2:
        c.fill([(x, y + s), *arc(x + s / 2, y + s, s / 2, s / 2, 180, 360), (x + s, y + s)], tone)
        c.fill([(x, y + s / 2), *arc(x + s / 2, y + s / 2, s / 2, s / 2, 180, 360),
            (x + s, y + s / 2)], tone)  # fmt: skip
    elif kind == 3:
        for step in range(4):
            c.fill(box(x, y + s * step / 4, x + s, y + s * (step / 4 + 0.125)), tone)
    elif kind == 4:
        c.fill([(x, y + s), (x + s, y), (x + s, y + s)], tone)
    else:
        for step in range(4):
            c.fill(box(x + s * step / 4, y + s * (3 - step) / 4, x + s, y + s * (4 - step) / 4),
                tone)  # fmt: skip


def view(
    c: Canvas, p: Palette, a: Area, *, title: str, small: tuple[str, ...], what: str = "sun"
) -> None:
    """A railway-poster view: sun, hills in flat layers, a road or a sail."""
    x0, y0, x1, y1 = a
    w, h = x1 - x0, y1 - y0
    c.fill(box(*a), p.pale)
    with c.inside(box(x0 + w * 0.06, y0 + w * 0.06, x1 - w * 0.06, y0 + h * 0.78)) as d:
        d.fill(box(*a), mix(p.wall, p.c, 0.3))
        for ring in range(4):
            d.fill(ellipse(x0 + w * 0.62, y0 + h * 0.26, w * (0.3 - ring * 0.06)),
                mix(p.c, p.a, ring / 4))  # fmt: skip
        for rank, tone in enumerate((mix(p.b, p.wall, 0.5), p.b, mix(p.d, p.b, 0.4), p.ink)):
            top = y0 + h * (0.38 + rank * 0.1)
            hill = smooth([(x0 - 40, top + h * 0.04), (x0 + w * (0.2 + 0.16 * rank),
                top - h * (0.07 - 0.01 * rank)), (x0 + w * 0.66, top + h * 0.05),
                (x1 + 40, top - h * 0.03)], closed=False, steps=10)  # fmt: skip
            d.fill([*hill, (x1 + 40, y1), (x0 - 40, y1)], tone)
        if what == "road":
            d.fill(smooth([(x0 + w * 0.52, y0 + h * 0.5), (x0 + w * 0.4, y0 + h * 0.58),
                (x0 + w * 0.6, y0 + h * 0.68), (x0 + w * 0.3, y0 + h * 0.84),
                (x0 + w * 0.56, y0 + h * 0.84), (x0 + w * 0.7, y0 + h * 0.68),
                (x0 + w * 0.46, y0 + h * 0.58)]), p.pale)  # fmt: skip
        else:
            for step in range(3):
                sx, u = x0 + w * (0.24 + step * 0.24), w * (0.13 - 0.025 * step)
                sy = y0 + h * (0.74 - step * 0.05)
                d.fill([(sx, sy - u * 1.5), (sx + u * 0.8, sy), (sx, sy)], p.pale)
                d.fill([(sx - 5, sy - u * 1.2), (sx - u * 0.6, sy), (sx - 5, sy)], p.a)
                d.fill(arc(sx + u * 0.05, sy + 4, u * 0.8, u * 0.3, 0, 180), p.c)
    _lines(c, a, (title,), 0.12, p.a, 0.88, weight=0.06, x=0.06)
    _lines(c, a, small, 0.036, p.ink, 0.93, weight=0.02, x=0.06)


def stairs(c: Canvas, p: Palette, a: Area, *, title: str, small: tuple[str, ...]) -> None:
    """Stairs, arches and a ball: rooms that cannot be."""
    x0, y0, x1, y1 = a
    w, h = x1 - x0, y1 - y0
    c.fill(box(*a), p.a)
    c.fill(box(x0 + w * 0.5, y0 + h * 0.2, x1, y1), lit(p.a, 0.3))
    for step in range(8):
        sx, sy = x0 + w * (0.08 + step * 0.075), y0 + h * (0.86 - step * 0.062)
        c.fill(box(sx, sy, x0 + w * 0.75, y0 + h * 0.86), mix(p.pale, p.c, step / 9))
        c.fill(box(sx, sy, x0 + w * 0.75, sy + 4), p.pale)
    for index, tone in enumerate((p.d, p.ink)):
        ax, half = x0 + w * (0.84 - index * 0.56), w * (0.11 + 0.03 * index)
        top = y0 + h * (0.56 - index * 0.24)
        c.fill([(ax - half, top + h * 0.3), *arc(ax, top, half, half, 180, 360),
            (ax + half, top + h * 0.3)], tone)  # fmt: skip
        c.fill([(ax - half * 0.3, top + h * 0.3), *arc(ax + half * 0.35, top, half * 0.65,
            half * 0.8, 180, 360), (ax + half, top + h * 0.3)], lit(tone, 0.2))  # fmt: skip
    c.cast(ellipse(x0 + w * 0.66, y0 + h * 0.39, w * 0.07), 14, 20, 10, 0.4)
    c.solid(ellipse(x0 + w * 0.66, y0 + h * 0.37, w * 0.075), p.c, form="ball", shade=0.5)
    c.fill(box(x0, y0 + h * 0.86, x1, y1), p.pale)
    _lines(c, a, (title,), 0.09, p.ink, 0.925, weight=0.05)
    _lines(c, a, small, 0.034, p.ink, 0.962, weight=0.02)
    c.fill(turn(box(x0 + w * 0.1, y0 + h * 0.1, x0 + w * 0.34, y0 + h * 0.104), x0, y0, 0), p.pale)
