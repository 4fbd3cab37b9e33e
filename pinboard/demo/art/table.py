"""Things on a table seen from above: cloth, plates, cutlery, glasses."""

from __future__ import annotations

import math

from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import RGB, Palette, dark, lit, mix
from pinboard.demo.art.curves import Path, arc, blob, box, ellipse, rounded, shift, smooth, turn


def top(c: Canvas, p: Palette, kind: str) -> None:
    """Cover the whole sheet with a table: plain, wood, cloth, gingham, tiles, split or stone."""
    w, h = c.w, c.h
    c.fill(box(0, 0, w, h), p.table)
    if kind != "plain":
        _TOPS[kind](c, p)
    c.fade(0, 0, w, h, lit(p.wall, 0.6), "tilt", 0.5, "light")
    c.fade(0, 0, w, h, dark(p.table, 0.5), "tilt", 0.34)


def _striped(c: Canvas, p: Palette) -> None:
    c.fill(box(0, 0, c.w, c.h), p.wall)
    for x in range(-20, c.w, 90):
        c.fill(box(x + 36, 0, x + 42, c.h), p.d, 0.5)
        c.fill(box(x + 50, 0, x + 52, c.h), p.d, 0.5)


def _gingham(c: Canvas, p: Palette) -> None:
    c.fill(box(0, 0, c.w, c.h), p.pale)
    for at in range(0, max(c.w, c.h), 96):
        c.fill(box(at, 0, at + 48, c.h), p.a, 0.34)
        c.fill(box(0, at, c.w, at + 48), p.a, 0.34)


def _tiled(c: Canvas, p: Palette) -> None:
    c.fill(box(0, 0, c.w, c.h), p.pale)
    for row, y in enumerate(range(-30, c.h, 120)):
        for column, x in enumerate(range(-30, c.w, 120)):
            tone = mix(p.wall, p.b, 0.16 + 0.1 * ((row * 3 + column * 5) % 4))
            c.fill(box(x + 3, y + 3, x + 117, y + 117), tone)


def _split(c: Canvas, p: Palette) -> None:
    c.fill([(0, 0), (c.w, 0), (c.w, c.h * 0.34), (0, c.h * 0.6)], p.wall)


def _stone(c: Canvas, p: Palette) -> None:
    c.fill(box(0, 0, c.w, c.h), p.wall)
    for _ in range(90):
        x, y = c.rng.uniform(0, c.w), c.rng.uniform(0, c.h)
        chip = blob(c.rng, x, y, c.rng.uniform(3, 11), c.rng.uniform(3, 8), 0.3)
        c.fill(chip, c.rng.choice((p.table, p.b, p.pale, p.a)), 0.6)


def _planks(c: Canvas, p: Palette) -> None:
    y = -c.rng.uniform(0, 60)
    while y < c.h:
        tall = c.rng.uniform(110, 150)
        tone = mix(p.table, dark(p.table, 0.3), c.rng.uniform(0, 0.45))
        c.fill(box(0, y, c.w, y + tall), tone)
        for _ in range(7):
            line = y + c.rng.uniform(6, tall - 6)
            start = c.rng.uniform(-100, c.w * 0.7)
            grain = [(start + step * 45, line + c.rng.uniform(-2, 2)) for step in range(9)]
            c.stroke(smooth(grain, closed=False, steps=3), 1.6, dark(tone, 0.13))
        c.fill(box(0, y + tall - 3, c.w, y + tall), dark(tone, 0.34))
        y += tall


_TOPS = {
    "wood": _planks,
    "cloth": _striped,
    "gingham": _gingham,
    "tiles": _tiled,
    "split": _split,
    "stone": _stone,
}


def dapple(c: Canvas, strength: float = 0.17) -> None:
    """The shadow of a window and of leaves falling across the picture."""
    w, h = c.w, c.h
    paths: list[Path] = []
    if c.rng.random() < 0.55:
        lean = h * 0.22
        for step in (0.02, 0.3, 0.72):
            y = h * step + c.rng.uniform(-20, 20)
            low = y + h * 0.035
            paths.append([(0, y + lean), (w, y - lean), (w, low - lean), (0, low + lean)])
        x = w * c.rng.uniform(0.5, 0.8)
        paths.append([(x, 0), (x + 26, 0), (x + 26 + w * 0.16, h), (x + w * 0.16, h)])
    else:
        for _ in range(9):
            x, y = c.rng.uniform(-0.1, 1.1) * w, c.rng.choice((0.06, 0.12, 0.9, 0.98)) * h
            long, wide = c.rng.uniform(70, 130), c.rng.uniform(16, 30)
            paths.append(ellipse(x, y, long, wide, c.rng.uniform(10, 70)))
    c.casts(paths, 0, 0, 9, strength)


def plate(
    c: Canvas, x: float, y: float, r: float, colour: RGB, *, band: RGB | None = None,
    scallop: bool = False,
) -> None:  # fmt: skip
    """A plate with a rim; its well has the radius 0.72 r."""
    edge = _scalloped(x, y, r) if scallop else ellipse(x, y, r, steps=90)
    c.cast(edge, r * 0.1, r * 0.12, r * 0.1, 0.45)
    c.solid(edge, colour, form="ball", shade=0.3, light=0.5)
    if band:
        c.stroke(ellipse(x, y, r * 0.93, steps=90), r * 0.025, band)
    c.solid(ellipse(x, y, r * 0.74), dark(colour, 0.1), form="bowl", shade=0.36, light=0.5)
    c.solid(ellipse(x, y, r * 0.7), lit(colour, 0.15), form="bowl", shade=0.2, light=0.2)


def _scalloped(x: float, y: float, r: float) -> Path:
    path = []
    for step in range(180):
        at = math.radians(step * 2)
        reach = r * (1 + 0.022 * math.cos(at * 22))
        path.append((x + reach * math.cos(at), y + reach * math.sin(at)))
    return path


def bowl(c: Canvas, x: float, y: float, r: float, colour: RGB, liquid: RGB) -> None:
    """A deep bowl from above, filled to the radius 0.82 r."""
    edge = ellipse(x, y, r, steps=90)
    c.cast(edge, r * 0.16, r * 0.2, r * 0.14, 0.5)
    c.solid(edge, colour, form="ball", shade=0.35, light=0.6)
    c.solid(ellipse(x, y, r * 0.92), dark(colour, 0.16), form="bowl", shade=0.55, light=0.3)
    c.solid(ellipse(x, y, r * 0.82), liquid, form="bowl", shade=0.4, light=0.3)


METAL: RGB = (196, 186, 172)


def fork(c: Canvas, x: float, y: float, length: float, angle: float, metal: RGB = METAL) -> None:
    """A fork whose tip is at (x, y) and whose handle runs down."""
    u = length / 100
    neck = [(-2, 34), (-7.5, 24), (-8, 0), (-5.6, 0), (-5, 17), (-3.4, 17), (-3, 0), (-1, 0),
            (-0.7, 17), (0.7, 17), (1, 0), (3, 0), (3.4, 17), (5, 17), (5.6, 0), (8, 0), (7.5, 24),
            (2, 34), (2, 60), (3.6, 96), (2, 100), (-2, 100), (-3.6, 96), (-2, 60)]  # fmt: skip
    _cutlery(c, [(x + px * u, y + py * u) for px, py in neck], x, y, angle, metal)


def knife(c: Canvas, x: float, y: float, length: float, angle: float, metal: RGB = METAL) -> None:
    u = length / 100
    outline = [(-3, 4), (0, 0), (3.4, 8), (4.4, 40), (4, 50), (2.6, 52), (3.6, 96), (1, 100),
               (-2.4, 97), (-2.6, 52), (-3.2, 40)]  # fmt: skip
    path = smooth([(x + px * u, y + py * u) for px, py in outline], steps=4)
    _cutlery(c, path, x, y, angle, metal)


def spoon(c: Canvas, x: float, y: float, length: float, angle: float, metal: RGB = METAL) -> None:
    u = length / 100
    outline = [(0, 0), (7.5, 9), (8, 20), (3, 32), (2, 60), (3.4, 96), (0, 100), (-3.4, 96),
               (-2, 60), (-3, 32), (-8, 20), (-7.5, 9)]  # fmt: skip
    path = smooth([(x + px * u, y + py * u) for px, py in outline], steps=4)
    _cutlery(c, path, x, y, angle, metal)
    well = turn(ellipse(x, y + 16 * u, 5.6 * u, 12 * u), x, y, angle)
    c.solid(well, dark(metal, 0.14), form="bowl", shade=0.4, light=0.6)


def _cutlery(c: Canvas, path: Path, x: float, y: float, angle: float, metal: RGB) -> None:
    turned = turn(path, x, y, angle)
    c.cast(turned, 6, 8, 5, 0.45)
    c.solid(turned, metal, form="tilt", shade=0.4, light=0.7)


def napkin(c: Canvas, x: float, y: float, w: float, h: float, angle: float, colour: RGB) -> None:
    """A folded cloth with a stripe, its middle at (x, y)."""
    outer = turn(
        smooth([(x - w / 2, y - h / 2), (x, y - h / 2 - 4), (x + w / 2, y - h / 2 + 3),
                (x + w / 2 + 4, y), (x + w / 2 - 3, y + h / 2), (x, y + h / 2 + 5),
                (x - w / 2 + 2, y + h / 2), (x - w / 2 - 3, y)], steps=5),
        x, y, angle,
    )  # fmt: skip
    c.cast(outer, 9, 11, 9, 0.36)
    c.solid(outer, colour, form="tilt", shade=0.3, light=0.35)
    for offset in (0.36, 0.41):
        line = [(x - w / 2, y + h * offset), (x + w / 2, y + h * offset)]
        c.stroke(turn(line, x, y, angle), 3, dark(colour, 0.3))
    fold = turn([(x + w * 0.06, y - h / 2), (x + w * 0.04, y + h / 2)], x, y, angle)
    c.stroke(fold, 3, dark(colour, 0.2))


def glass(c: Canvas, x: float, y: float, r: float, drink: RGB) -> None:
    """A tumbler from above."""
    edge = ellipse(x, y, r)
    c.cast(edge, r * 0.5, r * 0.55, r * 0.3, 0.3)
    c.glow(ellipse(x + r * 0.7, y + r * 0.75, r * 0.4), r * 0.2, 0.4, lit(drink, 0.5))
    c.fill(edge, lit(drink, 0.75), 0.75)
    c.solid(ellipse(x, y, r * 0.82), drink, form="bowl", shade=0.4, light=0.6)
    c.stroke(arc(x, y, r * 0.95, r * 0.95, 160, 290), r * 0.06, lit(drink, 0.95))
    c.oval(x - r * 0.3, y - r * 0.3, r * 0.16, r * 0.1, lit(drink, 0.9))


def board(c: Canvas, x: float, y: float, w: float, h: float, angle: float, wood: RGB) -> None:
    """A chopping board with a handle, its middle at (x, y)."""
    body = rounded(x - w / 2, y - h / 2, x + w / 2, y + h / 2, w * 0.14)
    grip = rounded(x - w * 0.11, y - h / 2 - h * 0.22, x + w * 0.11, y - h / 2 + 20, w * 0.1)
    for part in (grip, body):
        c.cast(turn(part, x, y, angle), 14, 18, 14, 0.4)
    for part in (grip, body):
        c.solid(turn(part, x, y, angle), wood, form="tilt", shade=0.3, light=0.25)
    for step in range(-4, 5):
        line = [(x + step * w * 0.1, y - h * 0.44), (x + step * w * 0.1 + 6, y + h * 0.44)]
        c.stroke(turn(line, x, y, angle), 1.6, dark(wood, 0.16))
    c.fill(turn(ellipse(x, y - h / 2 - h * 0.13, w * 0.035), x, y, angle), dark(wood, 0.5))


def crumbs(c: Canvas, x: float, y: float, r: float, colour: RGB, count: int = 30) -> None:
    """A loose scatter of specks: pepper, crumbs, salt."""
    for _ in range(count):
        at, far = c.rng.uniform(0, 2 * math.pi), r * c.rng.random() ** 0.6
        px, py = x + far * math.cos(at), y + far * math.sin(at)
        speck = shift(ellipse(0, 0, c.rng.uniform(1.2, 3), c.rng.uniform(1, 2), steps=8), px, py)
        c.fill(speck, colour)
