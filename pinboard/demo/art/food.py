"""What lies on plates, seen from above: pasta in its shapes, and everything strewn over it."""

from __future__ import annotations

import math

from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import RGB, dark, lit, mix, rgb
from pinboard.demo.art.curves import Path, Point, arc, blob, ellipse, leaf, rounded, smooth, turn

WHEAT, LEMON, TOMATO = rgb("E8C377"), rgb("F0CB45"), rgb("C9432F")
BASIL, CREAMY, MUSHROOM = rgb("4F7A3F"), rgb("FBF3E0"), rgb("B98E68")
CHILLI, OLIVE, PEA, CRUST = rgb("B5301F"), rgb("3B3540"), rgb("8DAF4E"), rgb("B9753A")


def strewn(c: Canvas, x: float, y: float, r: float, count: int, loose: float = 0.3) -> list[Point]:
    """Evenly scattered places in a disc, from the edge to the middle."""
    spin = c.rng.uniform(0, 6)
    places = []
    for index in range(count, 0, -1):
        far = r * math.sqrt((index - 0.5) / count)
        at = spin + index * 2.39996
        jitter = r / math.sqrt(count) * loose
        places.append(
            (x + far * math.cos(at) + c.rng.uniform(-jitter, jitter),
             y + far * math.sin(at) + c.rng.uniform(-jitter, jitter))
        )  # fmt: skip
    return places


def strands(c: Canvas, x: float, y: float, r: float, colour: RGB, width: float = 7) -> None:
    """A nest of spaghetti (width about 7) or ribbons (14 and more)."""
    c.cast(ellipse(x, y, r * 0.9), r * 0.06, r * 0.08, r * 0.08, 0.4)
    c.solid(blob(c.rng, x, y, r * 0.8, wobble=0.05), dark(colour, 0.42), form="ball")
    count = int(125 * 7 / max(width, 6))
    for index in range(count):
        rise = index / count
        off = r * 0.34 * (1 - rise * 0.7)
        at = c.rng.uniform(0, 6.3)
        cx, cy = x + off * math.cos(at), y + off * math.sin(at)
        reach = r * c.rng.uniform(0.28, 0.78) * (1 - 0.3 * rise)
        start = c.rng.uniform(0, 360)
        bend = arc(cx, cy, reach, reach * c.rng.uniform(0.62, 1), start,
                   start + c.rng.uniform(110, 240), c.rng.uniform(0, 180), 20)  # fmt: skip
        middle = bend[10]
        sun = 0.5 - ((middle[0] - x) + (middle[1] - y)) / (r * 2.6)
        tone = mix(dark(colour, 0.2), lit(colour, 0.3), min(1, max(0, sun * 0.6 + rise * 0.4)))
        c.stroke(bend, width + 3.4, dark(tone, 0.28))
        c.stroke(bend, width, tone)
        if width > 10:
            c.stroke([(px - 1.5, py - 1.5) for px, py in bend], width * 0.24, lit(tone, 0.35))


def _tube(c: Canvas, x: float, y: float, u: float, colour: RGB, angle: float) -> None:
    body = turn(rounded(x - u, y - u * 0.36, x + u, y + u * 0.36, u * 0.12), x, y, angle)
    c.solid(body, colour, form="tilt", shade=0.45, light=0.5)
    for step in (-0.18, 0.0, 0.18):
        line = turn([(x - u * 0.9, y + u * step), (x + u * 0.8, y + u * step)], x, y, angle)
        c.stroke(line, u * 0.045, dark(colour, 0.2))
    mouth = turn(ellipse(x + u * 0.96, y, u * 0.16, u * 0.36, steps=16), x, y, angle)
    c.fill(mouth, dark(colour, 0.5))


def _bow(c: Canvas, x: float, y: float, u: float, colour: RGB, angle: float) -> None:
    wing = [(0.0, -0.14), (0.85, -0.6), (0.78, -0.3), (0.92, 0), (0.78, 0.3), (0.85, 0.6),
        (0.0, 0.14), (-0.85, 0.6), (-0.78, 0.3), (-0.92, 0), (-0.78, -0.3),
        (-0.85, -0.6)]  # fmt: skip
    body = turn([(x + px * u, y + py * u) for px, py in wing], x, y, angle)
    c.solid(body, colour, form="tilt", shade=0.4, light=0.45)
    for side in (-1, 1):
        for end in (-0.3, 0.3):
            fold = turn([(x, y), (x + side * u * 0.7, y + end * u)], x, y, angle)
            c.stroke(fold, u * 0.05, dark(colour, 0.22))
    c.fill(turn(ellipse(x, y, u * 0.15, u * 0.2, steps=16), x, y, angle), dark(colour, 0.16))


def _pillow(c: Canvas, x: float, y: float, u: float, colour: RGB, angle: float) -> None:
    edge = turn(rounded(x - u * 0.8, y - u * 0.8, x + u * 0.8, y + u * 0.8, u * 0.16), x, y, angle)
    c.solid(edge, colour, form="tilt", shade=0.4, light=0.3)
    inner = turn(rounded(x - u * 0.5, y - u * 0.5, x + u * 0.5, y + u * 0.5, u * 0.3), x, y, angle)
    c.solid(inner, lit(colour, 0.15), form="ball", shade=0.5, light=0.7)
    for step in range(-3, 4):
        for side in (-0.72, 0.72):
            notch = turn([(x + step * u * 0.22, y + side * u)], x, y, angle)[0]
            c.oval(*notch, u * 0.04, None, dark(colour, 0.35))


def _dumpling(c: Canvas, x: float, y: float, u: float, colour: RGB, angle: float) -> None:
    c.solid(ellipse(x, y, u * 0.66, u * 0.5, angle, 24), colour, form="ball", shade=0.55, light=0.7)
    for step in (-0.2, 0.0, 0.2):
        groove = turn(arc(x + step * u, y, u * 0.1, u * 0.36, 110, 250, steps=8), x, y, angle)
        c.stroke(groove, u * 0.05, dark(colour, 0.25))


def _shell(c: Canvas, x: float, y: float, u: float, colour: RGB, angle: float) -> None:
    c.solid(ellipse(x, y, u * 0.62, u * 0.56, angle, 24), colour, form="ball", shade=0.4, light=0.5)
    inner = ellipse(x + u * 0.08, y + u * 0.06, u * 0.42, u * 0.34, angle, 20)
    c.solid(inner, dark(colour, 0.22), form="bowl", shade=0.6, light=0.4)


_SHAPES = {"tubes": _tube, "bows": _bow, "pillows": _pillow, "gnocchi": _dumpling, "shells": _shell}


def pieces(
    c: Canvas, x: float, y: float, r: float, kind: str, colour: RGB, count: int, u: float
) -> None:
    """A heap of short pasta: tubes, bows, pillows (ravioli), gnocchi or shells."""
    c.cast(ellipse(x, y, r * 0.86), r * 0.06, r * 0.08, r * 0.08, 0.35)
    for px, py in strewn(c, x, y, r * 0.84, count):
        sun = 0.5 - ((px - x) + (py - y)) / (r * 2.8)
        tone = mix(dark(colour, 0.2), lit(colour, 0.32), min(1, max(0, sun)))
        angle = c.rng.uniform(0, 360)
        c.cast(ellipse(px, py, u * 0.7, u * 0.5, angle, 16), 4, 6, 5, 0.5)
        _SHAPES[kind](c, px, py, u, tone, angle)


def _lemon(c: Canvas, x: float, y: float, u: float, angle: float) -> None:
    c.cast(ellipse(x, y, u), 4, 5, 5, 0.4)
    c.solid(ellipse(x, y, u), LEMON, form="ball", shade=0.3, light=0.2)
    c.oval(x, y, u * 0.87, None, CREAMY)
    for step in range(8):
        at = angle + step * 45
        wedge = [(x, y), *arc(x, y, u * 0.78, u * 0.78, at + 4, at + 41, steps=6)]
        c.solid(wedge, lit(LEMON, 0.25), form="ball", shade=0.2, light=0.3)
    c.oval(x, y, u * 0.09, None, CREAMY)


def _mushroom(c: Canvas, x: float, y: float, u: float, angle: float) -> None:
    cap = [(-0.2, 0.9), (-0.22, 0.2), (-0.9, 0.12), (-0.8, -0.5), (0, -0.86), (0.8, -0.5),
           (0.9, 0.12), (0.22, 0.2), (0.2, 0.9)]  # fmt: skip
    path = turn(smooth([(x + px * u, y + py * u) for px, py in cap], steps=4), x, y, angle)
    c.cast(path, 3, 5, 5, 0.45)
    c.solid(path, lit(MUSHROOM, 0.45), form="tilt", shade=0.4, light=0.4)
    rim = turn(arc(x, y + u * 0.1, u * 0.82, u * 0.9, 195, 345, steps=14), x, y, angle)
    c.stroke(rim, u * 0.16, MUSHROOM)
    gills = turn(arc(x, y + u * 0.16, u * 0.5, u * 0.3, 190, 350, steps=10), x, y, angle)
    c.stroke(gills, u * 0.12, dark(MUSHROOM, 0.3))


def _tomato(c: Canvas, x: float, y: float, u: float, angle: float) -> None:
    c.cast(ellipse(x, y, u * 0.8), 4, 5, 5, 0.45)
    c.solid(ellipse(x, y, u * 0.82), TOMATO, form="ball", shade=0.4, light=0.5)
    for step in range(3):
        at = math.radians(angle + step * 120)
        px, py = x + u * 0.36 * math.cos(at), y + u * 0.36 * math.sin(at)
        c.solid(ellipse(px, py, u * 0.27, u * 0.18, angle + step * 120 + 90, 16),
                mix(TOMATO, LEMON, 0.3), form="bowl", shade=0.4, light=0.2)  # fmt: skip
        c.oval(px, py, u * 0.06, None, rgb("F3D98B"))


def _basil(c: Canvas, x: float, y: float, u: float, angle: float) -> None:
    for step in (0, 130, 235):
        path = leaf(x, y, u * 1.5, u * 0.95, angle + step, u * 0.1)
        c.cast(path, 3, 5, 4, 0.4)
        c.solid(path, mix(BASIL, PEA, c.rng.uniform(0, 0.4)), form="ball", shade=0.45, light=0.5)
        vein = turn([(x, y), (x + u * 1.2, y)], x, y, angle + step)
        c.stroke(vein, u * 0.06, lit(BASIL, 0.35))


def _dollop(c: Canvas, x: float, y: float, u: float, angle: float) -> None:
    path = blob(c.rng, x, y, u * 0.8, u * 0.66, 0.2)
    c.cast(path, 4, 5, 5, 0.36)
    c.solid(path, CREAMY, form="ball", shade=0.24, light=0.8)


def _pea(c: Canvas, x: float, y: float, u: float, angle: float) -> None:
    c.cast(ellipse(x, y, u * 0.36), 2, 3, 3, 0.5)
    c.solid(ellipse(x, y, u * 0.38, steps=20), PEA, form="ball", shade=0.5, light=0.8)


def _olive(c: Canvas, x: float, y: float, u: float, angle: float) -> None:
    c.solid(ellipse(x, y, u * 0.5, u * 0.42, angle, 20), OLIVE, form="ball", shade=0.3, light=0.7)
    c.oval(x, y, u * 0.16, u * 0.13, dark(OLIVE, 0.6))


def _shaving(c: Canvas, x: float, y: float, u: float, angle: float) -> None:
    path = turn(smooth([(x - u, y), (x, y - u * 0.35), (x + u, y - u * 0.1), (x, y + u * 0.25)]),
                x, y, angle)  # fmt: skip
    c.cast(path, 3, 4, 3, 0.35)
    c.solid(path, mix(CREAMY, LEMON, 0.22), form="tilt", shade=0.3, light=0.6)


def _prawn(c: Canvas, x: float, y: float, u: float, angle: float) -> None:
    path: Path = turn(arc(x, y, u * 0.75, u * 0.75, 10, 250, steps=18), x, y, angle)
    c.stroke([(px + 3, py + 5) for px, py in path], u * 0.62, dark(TOMATO, 0.5))
    c.stroke(path, u * 0.6, rgb("EE9A76"))
    c.stroke([(px - 2, py - 2) for px, py in path], u * 0.22, rgb("F8C6A6"))
    for px, py in path[2::4]:
        c.oval(px, py, u * 0.09, None, rgb("D86F4E"))
    c.fill(turn(leaf(x + u * 0.75, y, u * 0.8, u * 0.6, -60), x, y, angle), rgb("D4573A"))


def _egg(c: Canvas, x: float, y: float, u: float, angle: float) -> None:
    c.solid(blob(c.rng, x, y, u, u * 0.92, 0.12), CREAMY, form="ball", shade=0.2, light=0.7)
    c.cast(ellipse(x, y, u * 0.42), 2, 4, 4, 0.3)
    c.solid(ellipse(x, y, u * 0.43), rgb("F1AE32"), form="ball", shade=0.35, light=0.9)


def _chickpea(c: Canvas, x: float, y: float, u: float, angle: float) -> None:
    c.solid(ellipse(x, y, u * 0.42, u * 0.38, angle, 18), WHEAT, form="ball", shade=0.5, light=0.7)
    c.oval(x + u * 0.1, y + u * 0.12, u * 0.07, None, dark(WHEAT, 0.35))


def _flake(c: Canvas, x: float, y: float, u: float, angle: float) -> None:
    c.fill(ellipse(x, y, u * 0.18, u * 0.1, angle, 10), CHILLI)


def _slice(c: Canvas, x: float, y: float, u: float, angle: float) -> None:
    c.cast(ellipse(x, y, u * 0.7), 3, 4, 4, 0.4)
    c.solid(ellipse(x, y, u * 0.72), BASIL, form="ball", shade=0.3, light=0.2)
    c.solid(ellipse(x, y, u * 0.6), mix(PEA, CREAMY, 0.62), form="ball", shade=0.25, light=0.4)
    for step in range(7):
        at = math.radians(angle + step * 51)
        c.oval(x + u * 0.3 * math.cos(at), y + u * 0.3 * math.sin(at), u * 0.06, None, CREAMY)


def _sprig(c: Canvas, x: float, y: float, u: float, angle: float) -> None:
    stem = turn([(x - u, y), (x, y - u * 0.12), (x + u, y)], x, y, angle)
    c.stroke(stem, u * 0.09, BASIL)
    for step in range(-4, 5):
        for side in (-60, 60):
            px, py = turn([(x + step * u * 0.23, y - u * 0.08)], x, y, angle)[0]
            c.fill(leaf(px, py, u * 0.42, u * 0.2, angle + side), mix(BASIL, PEA, 0.35))


_TOPPINGS = {
    "lemon": _lemon, "mushroom": _mushroom, "tomato": _tomato, "basil": _basil, "ricotta": _dollop,
    "peas": _pea, "olives": _olive, "parmesan": _shaving, "prawns": _prawn, "eggs": _egg,
    "chickpeas": _chickpea, "chilli": _flake, "courgette": _slice, "herbs": _sprig,
}  # fmt: skip


def topping(c: Canvas, kind: str, x: float, y: float, r: float, count: int, u: float) -> None:
    """Strew count pieces of about the radius u over a disc."""
    for px, py in strewn(c, x, y, r, count, 0.45):
        _TOPPINGS[kind](c, px, py, u * c.rng.uniform(0.88, 1.12), c.rng.uniform(0, 360))
