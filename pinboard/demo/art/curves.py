"""Outlines: every function gives a path, a list of (x, y) in picture units (1 unit = 1 pixel)."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from functools import lru_cache

Point = tuple[float, float]
Path = list[Point]


def ellipse(
    x: float, y: float, rx: float, ry: float | None = None, angle: float = 0, steps: int = 64
) -> Path:
    """A closed ellipse, turned by angle degrees; a circle without ry."""
    return arc(x, y, rx, rx if ry is None else ry, 0, 360, angle, steps)


def arc(
    x: float,
    y: float,
    rx: float,
    ry: float,
    start: float,
    end: float,
    angle: float = 0,
    steps: int = 32,
) -> Path:
    """Part of an ellipse from start to end degrees, clockwise on the screen, 0 at the right."""
    turn_cos, turn_sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    path = []
    for step in range(steps + 1):
        at = math.radians(start + (end - start) * step / steps)
        px, py = rx * math.cos(at), ry * math.sin(at)
        path.append((x + px * turn_cos - py * turn_sin, y + px * turn_sin + py * turn_cos))
    return path


def box(x0: float, y0: float, x1: float, y1: float) -> Path:
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def rounded(x0: float, y0: float, x1: float, y1: float, radius: float) -> Path:
    """A rectangle with rounded corners."""
    r = min(radius, abs(x1 - x0) / 2, abs(y1 - y0) / 2)
    return [
        *arc(x1 - r, y0 + r, r, r, -90, 0, steps=8),
        *arc(x1 - r, y1 - r, r, r, 0, 90, steps=8),
        *arc(x0 + r, y1 - r, r, r, 90, 180, steps=8),
        *arc(x0 + r, y0 + r, r, r, 180, 270, steps=8),
    ]


def smooth(points: Sequence[Point], *, closed: bool = True, steps: int = 7) -> Path:
    """A Catmull-Rom curve through the points."""
    count = len(points)
    weights = _weights(steps)
    path: Path = []
    for index in range(count if closed else count - 1):
        (bx, by), (cx, cy) = points[index], points[(index + 1) % count]
        if closed:
            (ax, ay), (dx, dy) = points[index - 1], points[(index + 2) % count]
        else:
            (ax, ay), (dx, dy) = points[max(index - 1, 0)], points[min(index + 2, count - 1)]
        path += [
            (ax * a + bx * b + cx * c + dx * d, ay * a + by * b + cy * c + dy * d)
            for a, b, c, d in weights
        ]
    if not closed:
        path.append(points[-1])
    return path


@lru_cache(maxsize=16)
def _weights(steps: int) -> list[tuple[float, float, float, float]]:
    """The Catmull-Rom basis at the steps of one segment."""
    at = [step / steps for step in range(steps)]
    return [
        (
            0.5 * (-t + 2 * t**2 - t**3),
            0.5 * (2 - 5 * t**2 + 3 * t**3),
            0.5 * (t + 4 * t**2 - 3 * t**3),
            0.5 * (-(t**2) + t**3),
        )
        for t in at
    ]


def spiked(x: float, y: float, far: float, near: float, tips: int) -> Path:
    """A star: points that lie in turn near and far from (x, y)."""
    step = math.pi / tips
    return [
        (
            x + (far if k % 2 else near) * math.cos(k * step),
            y + (far if k % 2 else near) * math.sin(k * step),
        )
        for k in range(2 * tips)
    ]


def blob(
    rng: random.Random, x: float, y: float, rx: float, ry: float | None = None, wobble: float = 0.1
) -> Path:
    """A hand-cut round shape."""
    tall = rx if ry is None else ry
    count = 9
    first = rng.random()
    points = []
    for index in range(count):
        at = (index + first) * 2 * math.pi / count
        reach = 1 + rng.uniform(-wobble, wobble)
        points.append((x + rx * reach * math.cos(at), y + tall * reach * math.sin(at)))
    return smooth(points, steps=4)


def turn(path: Sequence[Point], x: float, y: float, angle: float) -> Path:
    """The path turned clockwise about (x, y), degrees."""
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return [(x + (px - x) * c - (py - y) * s, y + (px - x) * s + (py - y) * c) for px, py in path]


def shift(path: Sequence[Point], dx: float, dy: float) -> Path:
    return [(px + dx, py + dy) for px, py in path]


def flip(path: Sequence[Point], x: float) -> Path:
    """The mirror image about the vertical line at x."""
    return [(2 * x - px, py) for px, py in path]


def turned(x: float, base: float, profile: Sequence[Point], steps: int = 8) -> Path:
    """What a potter's wheel gives: profile is (height above base, half width), bottom first."""
    right = smooth([(x + half, base - up) for up, half in profile], closed=False, steps=steps)
    return right + flip(right, x)[::-1]


def leaf(x: float, y: float, length: float, width: float, angle: float, bend: float = 0) -> Path:
    """A pointed leaf growing from (x, y) in the direction angle; bend shifts its belly sideways."""
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    path = []
    for far, out, lean in _leaf_shape():
        px, py = far * length, out * width + lean * bend
        path.append((x + px * c - py * s, y + px * s + py * c))
    return path


@lru_cache(maxsize=1)
def _leaf_shape() -> list[tuple[float, float, float]]:
    """Per point: shares of length, width and bend."""
    edge = [(0, 0), (0.3, -0.5), (0.62, -0.42), (1, 0), (0.62, 0.42), (0.3, 0.5)]
    lean = [(0.0, 0.0), (0.3, 0.6), (0.62, 1.0), (1.0, 0.3), (0.62, 1.0), (0.3, 0.6)]
    outline, belly = smooth(edge, steps=4), smooth(lean, steps=4)
    return [(far, out, push) for (far, out), (_, push) in zip(outline, belly, strict=True)]


def along(
    x: float, y: float, length: float, angle: float, curl: float = 0, steps: int = 12
) -> Path:
    """A stem from (x, y): starts in the direction angle and curls by curl degrees on its way."""
    path = [(x, y)]
    for step in range(steps):
        at = math.radians(angle + curl * step / steps)
        x += length / steps * math.cos(at)
        y += length / steps * math.sin(at)
        path.append((x, y))
    return path


def direction(path: Sequence[Point], index: int) -> float:
    """The way the path runs at a point, degrees."""
    before, after = path[max(index - 1, 0)], path[min(index + 1, len(path) - 1)]
    return math.degrees(math.atan2(after[1] - before[1], after[0] - before[0]))
