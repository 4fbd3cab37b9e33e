"""Layered cakes, whole and cut, and the berries on top."""

from __future__ import annotations

import math

from pinboard.demo.art import food, side
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import RGB, Palette, dark, lit, rgb
from pinboard.demo.art.curves import (
    Point,
    arc,
    ellipse,
    leaf,
    rounded,
    smooth,
    turned,
)

CRUST, CRUMB, SUGAR, CHOCOLATE = rgb("C07A3A"), rgb("EBCF9E"), rgb("FBF5EA"), rgb("5A3428")
BERRY, CHERRY, APRICOT, PLUM = rgb("4C4F86"), rgb("B23645"), rgb("E99A45"), rgb("7A3F5E")
FRUITS: dict[str, RGB] = {
    "berries": BERRY, "cherries": CHERRY, "apricots": APRICOT, "plums": PLUM,
    "strawberries": rgb("D2413F"), "figs": rgb("6A3F5A"), "lemons": food.LEMON,
}  # fmt: skip


def berry(c: Canvas, x: float, y: float, r: float, kind: str) -> None:
    tone = FRUITS[kind]
    c.cast(ellipse(x, y, r, steps=20), r * 0.2, r * 0.25, r * 0.25, 0.4)
    if kind == "strawberries":
        body = turned(x, y + r, [(0, r * 0.1), (r * 0.7, r * 0.8), (r * 1.5, r * 0.9),
            (r * 2, r * 0.3)], 5)  # fmt: skip
        c.solid(body, tone, form="ball", shade=0.4)
        for step in range(5):
            c.oval(x + r * (step - 2) * 0.3, y + r * (0.1 + 0.3 * (step % 2)), r * 0.07, None,
                rgb("F6D98B"))  # fmt: skip
        for angle in (-150, -90, -30):
            c.fill(leaf(x, y - r * 0.8, r * 0.6, r * 0.3, angle), food.BASIL)
    elif kind == "lemons":
        food.topping(c, "lemon", x, y, 0.1, 1, r)
    else:
        c.solid(ellipse(x, y, r, steps=24), tone, form="ball", shade=0.45, light=0.7)
        if kind == "cherries":
            c.stroke(arc(x + r * 1.1, y - r * 0.4, r * 1.1, r * 1.8, 190, 250), r * 0.1, food.BASIL)
        elif kind == "berries":
            c.oval(x + r * 0.1, y - r * 0.3, r * 0.24, r * 0.16, dark(tone, 0.4))


def cake(
    c: Canvas,
    p: Palette,
    *,
    sponge: RGB = CRUMB,
    cream: RGB = SUGAR,
    fruit: str = "strawberries",
    layers: int = 3,
    drip: RGB | None = None,
    cut: bool = False,
) -> None:
    """A layered cake on a stand."""
    w, h = c.w, c.h
    y = side.room(c, p, 0.72)
    side.window_light(c, w * 0.05, h * 0.06, w * 0.46, h * 0.34, 0.4)
    x, base = w / 2, y + (h - y) * 0.5
    stand = turned(x, base, [(0, w * 0.15), (10, w * 0.13), (50, 24), (84, 28), (92, w * 0.38),
        (108, w * 0.39)])  # fmt: skip
    side.ground(c, x, base, w * 0.17, h * 0.3)
    c.solid(stand, lit(p.d, 0.1))
    top, half = base - 106, w * 0.3
    tall = min(w * 0.5, (top - h * 0.2) * 0.86) / layers
    _sponge(c, (x, top), half, tall, layers, sponge, cream)
    level = top - layers * tall
    if drip:
        edge = [(x - half - 4, level)]
        drops = [0.16 if step % 2 else c.rng.uniform(0.4, 0.9) for step in range(15)]
        edge += [(x - half + k * half / 7, level + tall * drop) for k, drop in enumerate(drops)]
        edge += [(x + half + 4, level), (x, level - 18)]
        c.solid(smooth(edge, steps=6), drip, shade=0.35, light=0.4)
    c.solid(ellipse(x, level, half, half * 0.13), lit(drip or cream, 0.12), form="slab", shade=0.1)
    for step in range(9):
        at = step / 8
        py = level - 10 + math.sin(at * math.pi) * half * 0.06 - (step % 2) * 16
        berry(c, x + half * (-0.78 + 1.56 * at), py, w * 0.036, fruit)
    for sideways in (-0.4, 0.1, 0.5):
        c.fill(leaf(x + half * sideways, level - 24, 40, 20, -60 + sideways * 60), food.BASIL)
    if cut:
        _wedge(c, p, w * 0.2, base + (h - base) * 0.42, w * 0.16, sponge, cream, fruit)


def _wedge(
    c: Canvas, p: Palette, x: float, y: float, u: float, sponge: RGB, cream: RGB, fruit: str
) -> None:
    c.cast(ellipse(x, y, u * 1.2, u * 0.3), 10, 8, 8, 0.4)
    c.solid(ellipse(x, y, u * 1.2, u * 0.28), p.pale, form="slab", shade=0.3)
    for row, tone in enumerate((sponge, cream, sponge, cream)):
        low = y - 4 - row * u * 0.22
        c.solid([(x - u * 0.7, low), (x + u * 0.6, low), (x + u * 0.6, low - u * 0.22),
            (x - u * 0.7, low - u * 0.22)], tone, form="tilt", shade=0.3)  # fmt: skip
    berry(c, x + u * 0.2, y - u * 1.02, u * 0.18, fruit)


def _sponge(
    c: Canvas, foot: Point, half: float, tall: float, layers: int, sponge: RGB, cream: RGB
) -> None:
    """Layers of sponge with a wavy ribbon of cream on each."""
    x, top = foot
    for layer in range(layers):
        low = top - layer * tall
        c.solid(rounded(x - half, low - tall * 0.72, x + half, low, 8), sponge, shade=0.45)
        for _ in range(26):
            c.oval(x + c.rng.uniform(-0.95, 0.95) * half, low - c.rng.uniform(0.1, 0.62) * tall,
                3.4, 2.2, dark(sponge, 0.2))  # fmt: skip
        wavy = [(x - half - 5 + step * (2 * half + 10) / 12,
            low - tall * (0.72 + 0.07 * (step % 2))) for step in range(13)]  # fmt: skip
        ribbon = [*smooth(wavy, closed=False, steps=4),
            *smooth([(px, py - tall * 0.24) for px, py in reversed(wavy)], closed=False,
            steps=4)]  # fmt: skip
        c.solid(ribbon, cream, shade=0.35, light=0.5)
