"""Glazes: how the surface of a pot is decorated."""

from __future__ import annotations

import math

from pinboard.demo.art import plants
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import RGB, dark, lit
from pinboard.demo.art.curves import Path, blob, box, ellipse, leaf, smooth

Band = tuple[float, float, float, float]  # left, top, right, bottom of the pot


def extent(path: Path) -> Band:
    xs, ys = [x for x, _ in path], [y for _, y in path]
    return min(xs), min(ys), max(xs), max(ys)


def decorate(c: Canvas, path: Path, kind: str, tone: RGB, second: RGB) -> None:
    """Paint a glaze over a pot: dip, drip, bands, speckle, leaves, waves, brush, checks, dots."""
    x0, y0, x1, y1 = extent(path)
    with c.inside(path) as d:
        _KINDS[kind](d, (x0, y0, x1, y1), tone, second)
        d.fade(x0, y0, x1, y1, dark(tone, 0.55), "column", 0.42)
        d.fade(x0, y0, x1, y1, lit(tone, 0.85), "column", 0.26, "light")


def _plain(c: Canvas, b: Band, tone: RGB, second: RGB) -> None:
    c.fill(box(*b), tone)


def _dip(c: Canvas, b: Band, tone: RGB, second: RGB) -> None:
    x0, y0, x1, y1 = b
    c.fill(box(*b), second)
    level = y0 + (y1 - y0) * c.rng.uniform(0.5, 0.66)
    slant = (x1 - x0) * c.rng.uniform(-0.14, 0.14)
    c.fill([(x0, y0), (x1, y0), (x1, level + slant), (x0, level - slant)], tone)
    c.stroke([(x0, level - slant), (x1, level + slant)], 3, lit(tone, 0.45))


def _drip(c: Canvas, b: Band, tone: RGB, second: RGB) -> None:
    x0, y0, x1, y1 = b
    c.fill(box(*b), second)
    edge = [(x0 - 10, y0 - 10)]
    count = 9
    for step in range(count + 1):
        x = x0 + (x1 - x0) * step / count
        deep = 0.3 + (c.rng.uniform(0.12, 0.36) if step % 2 else 0.0)
        edge.append((x, y0 + (y1 - y0) * deep))
    edge.append((x1 + 10, y0 - 10))
    c.fill(smooth(edge, steps=8), tone)


def _bands(c: Canvas, b: Band, tone: RGB, second: RGB) -> None:
    x0, y0, x1, y1 = b
    c.fill(box(*b), tone)
    for at, thick in (
        (0.2, 0.03),
        (0.26, 0.012),
        (0.52, 0.09),
        (0.66, 0.012),
        (0.72, 0.03),
        (0.9, 0.02),
    ):
        y, bow = y0 + (y1 - y0) * at, (y1 - y0) * 0.016
        line = smooth([(x0, y - bow), ((x0 + x1) / 2, y + bow), (x1, y - bow)], closed=False)
        c.stroke(line, (y1 - y0) * thick, second)


def _speckle(c: Canvas, b: Band, tone: RGB, second: RGB) -> None:
    x0, y0, x1, y1 = b
    c.fill(box(*b), tone)
    for _ in range(int((x1 - x0) * (y1 - y0) / 260)):
        size = c.rng.choice((1.2, 1.6, 2.2, 3.2))
        c.oval(c.rng.uniform(x0, x1), c.rng.uniform(y0, y1), size, size * 0.8, second)


def _leaves(c: Canvas, b: Band, tone: RGB, second: RGB) -> None:
    x0, y0, x1, y1 = b
    c.fill(box(*b), tone)
    for at in (0.24, 0.52, 0.8):
        plants.sprig(c, x0 + (x1 - x0) * at, y1 - (y1 - y0) * 0.1, (y1 - y0) * 0.74, -90,
                     "olive", second, c.rng.uniform(-16, 16))  # fmt: skip


def _waves(c: Canvas, b: Band, tone: RGB, second: RGB) -> None:
    x0, y0, x1, y1 = b
    c.fill(box(*b), tone)
    step = max(16.0, (y1 - y0) / 11)
    for row in range(int((y1 - y0) / step) + 1):
        level = y0 + row * step
        points = [
            (x0 + (x1 - x0) * k / 24, level + step * 0.26 * math.sin(k * 1.05 + row))
            for k in range(25)
        ]
        c.stroke(points, step * 0.2, second)


def _brush(c: Canvas, b: Band, tone: RGB, second: RGB) -> None:
    x0, y0, x1, y1 = b
    c.fill(box(*b), tone)
    w, h = x1 - x0, y1 - y0
    for _ in range(3):
        x, y = x0 + w * c.rng.uniform(0.15, 0.6), y0 + h * c.rng.uniform(0.25, 0.7)
        mark = leaf(x, y, w * c.rng.uniform(0.4, 0.7), h * 0.16, c.rng.uniform(-60, 20), h * 0.07)
        c.fill(mark, second)
    c.oval(x0 + w * 0.7, y0 + h * 0.3, w * 0.1, None, second)


def _checks(c: Canvas, b: Band, tone: RGB, second: RGB) -> None:
    x0, y0, x1, y1 = b
    c.fill(box(*b), tone)
    side = max(14.0, (x1 - x0) / 8)
    for row in range(int((y1 - y0) / side) + 1):
        for column in range(9):
            if (row + column) % 2:
                x, y = x0 + column * side, y0 + row * side
                c.fill(box(x, y, x + side, y + side), second)


def _dots(c: Canvas, b: Band, tone: RGB, second: RGB) -> None:
    x0, y0, x1, y1 = b
    c.fill(box(*b), tone)
    side = max(18.0, (x1 - x0) / 7)
    for row in range(int((y1 - y0) / side) + 1):
        for column in range(9):
            c.oval(x0 + (column + 0.5 * (row % 2)) * side, y0 + row * side, side * 0.24, None,
                second)  # fmt: skip


def _moon(c: Canvas, b: Band, tone: RGB, second: RGB) -> None:
    x0, y0, x1, y1 = b
    c.fill(box(*b), tone)
    w, h = x1 - x0, y1 - y0
    for _ in range(7):
        cloud = blob(c.rng, c.rng.uniform(x0, x1), c.rng.uniform(y0, y1), w * 0.16, h * 0.08, 0.3)
        c.fill(cloud, second, 0.14)
    c.fill(ellipse(x0 + w * 0.5, y1, w * 0.7, h * 0.16), second, 0.25)


_KINDS = {
    "plain": _plain, "dip": _dip, "drip": _drip, "bands": _bands, "speckle": _speckle,
    "leaves": _leaves, "waves": _waves, "brush": _brush, "checks": _checks, "dots": _dots,
    "moon": _moon,
}  # fmt: skip
