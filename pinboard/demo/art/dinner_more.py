"""More dinners: pizza, a cheese board, a salad, noodle bowls, and the table before the guests."""

from __future__ import annotations

import math

from pinboard.demo.art import food, side, table
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import RGB, Palette, dark, lit, mix, rgb
from pinboard.demo.art.curves import arc, blob, box, ellipse, leaf, rounded, smooth, turn

Toppings = tuple[tuple[str, int, float], ...]


def pizza(c: Canvas, p: Palette, *, sauce: RGB, over: Toppings, cloth: str = "wood") -> None:
    """A pizza with a slice pulled out."""
    table.top(c, p, cloth)
    table.dapple(c)
    x, y, r = c.w * 0.5, c.h * 0.48, min(c.w * 0.42, c.h * 0.42)
    base = ellipse(x, y, r * 1.08)
    c.cast(base, r * 0.08, r * 0.1, r * 0.08, 0.45)
    c.solid(base, rgb("C99A5F") if cloth != "wood" else p.pale, form="tilt", shade=0.25, light=0.3)
    crust = blob(c.rng, x, y, r, wobble=0.02)
    c.cast(crust, 8, 10, 8, 0.45)
    c.solid(crust, rgb("E2B06A"), form="ball", shade=0.45, light=0.5)
    for _ in range(26):
        at = c.rng.uniform(0, 6.3)
        px, py = x + r * 0.93 * math.cos(at), y + r * 0.93 * math.sin(at)
        c.fill(blob(c.rng, px, py, r * 0.05, r * 0.04, 0.3), dark(rgb("A8652F"), 0.2), 0.6)
    c.solid(blob(c.rng, x, y, r * 0.85, wobble=0.025), sauce, form="ball", shade=0.3, light=0.2)
    for px, py in food.strewn(c, x, y, r * 0.74, 15, 0.5):
        cheese = blob(c.rng, px, py, r * c.rng.uniform(0.08, 0.15), wobble=0.25)
        c.solid(cheese, rgb("F7E3B0"), form="ball", shade=0.25, light=0.6)
    for kind, count, size in over:
        food.topping(c, kind, x, y, r * 0.66, count, r * size)
    for step in range(4):
        at = math.radians(20 + step * 45)
        dx, dy = r * math.cos(at), r * math.sin(at)
        c.stroke([(x - dx, y - dy), (x + dx, y + dy)], r * 0.014, dark(sauce, 0.35))
    table.crumbs(c, x, y + r * 1.1, r * 0.5, rgb("B98A52"), 14)


def cheese(c: Canvas, p: Palette, *, cloth: str = "plain") -> None:
    """A board with cheese, figs, grapes and crackers."""
    table.top(c, p, cloth)
    table.dapple(c)
    x, y = c.w * 0.5, c.h * 0.54
    w, h = c.w * 0.66, c.h * 0.58
    table.board(c, x, y, w, h, c.rng.uniform(-8, 8), rgb("B98352"))
    wedge = [(x - w * 0.36, y - h * 0.1), (x - w * 0.02, y - h * 0.4), (x + w * 0.06, y - h * 0.12)]
    c.cast(wedge, 9, 11, 8, 0.45)
    c.solid(wedge, rgb("F3CF6E"), form="tilt", shade=0.35)
    for px, py in food.strewn(c, x - w * 0.1, y - h * 0.2, w * 0.12, 5):
        c.oval(px, py, w * 0.018, w * 0.014, rgb("C99B3E"))
    wheel = ellipse(x + w * 0.24, y - h * 0.26, w * 0.19)
    c.cast(wheel, 9, 11, 8, 0.45)
    c.solid(wheel, food.CREAMY, form="ball", shade=0.25, light=0.5)
    c.fill([(x + w * 0.24, y - h * 0.26), *arc(x + w * 0.24, y - h * 0.26, w * 0.18, w * 0.18, 20,
        70)], rgb("F4E2A6"))  # fmt: skip
    for px, py in food.strewn(c, x - w * 0.2, y + h * 0.24, w * 0.17, 17):
        c.cast(ellipse(px, py, w * 0.05), 4, 5, 4, 0.5)
        c.solid(ellipse(px, py, w * 0.052), p.d, form="ball", shade=0.4, light=0.7)
    for dx, dy in ((0.16, 0.06), (0.32, 0.12), (0.02, 0.06)):
        _fig(c, x + w * dx, y + h * dy, w * 0.08)
    for step in range(4):
        px, py = x + w * (0.08 + step * 0.08), y + h * (0.3 + step * 0.02)
        cracker = turn(rounded(px - 34, py - 34, px + 34, py + 34, 12), px, py, step * 17)
        c.cast(cracker, 6, 8, 6, 0.4)
        c.solid(cracker, rgb("DDB06C"), form="tilt", shade=0.3)
    table.glass(c, c.w * 0.14, c.h * 0.1, c.w * 0.1, p.a)


def _fig(c: Canvas, x: float, y: float, r: float) -> None:
    c.cast(ellipse(x, y, r), 5, 6, 5, 0.45)
    c.solid(ellipse(x, y, r), rgb("5B3A55"), form="ball", shade=0.3)
    c.solid(ellipse(x, y, r * 0.84), rgb("EBC9A8"), form="ball", shade=0.2)
    c.solid(ellipse(x, y, r * 0.62), rgb("B34A52"), form="bowl", shade=0.4)
    for px, py in food.strewn(c, x, y, r * 0.5, 14):
        c.oval(px, py, r * 0.05, None, rgb("F2D58C"))


def salad(c: Canvas, p: Palette, *, over: Toppings, cloth: str = "plain", china: RGB | None = None,
          leaves: RGB = food.PEA) -> None:  # fmt: skip
    """A wide bowl of leaves."""
    table.top(c, p, cloth)
    table.dapple(c)
    x, y, r = c.w * 0.5, c.h * 0.48, min(c.w * 0.42, c.h * 0.42)
    table.bowl(c, x, y, r, china or p.d, dark(leaves, 0.4))
    for px, py in food.strewn(c, x, y, r * 0.68, 46, 0.6):
        tone = mix(leaves, c.rng.choice((food.BASIL, food.CREAMY, p.d)), c.rng.uniform(0, 0.5))
        size = r * c.rng.uniform(0.26, 0.4)
        angle = c.rng.uniform(0, 360)
        path = leaf(px, py, size, size * 0.7, angle, size * 0.12)
        c.cast(path, 4, 5, 4, 0.35)
        c.solid(path, tone, form="ball", shade=0.4, light=0.4)
        c.stroke(turn([(px, py), (px + size * 0.8, py)], px, py, angle), r * 0.012, lit(tone, 0.4))
    for kind, count, size in over:
        food.topping(c, kind, x, y, r * 0.58, count, r * size)
    table.fork(c, c.w * 0.93, c.h * 0.7, r * 0.9, 14)


def noodles(c: Canvas, p: Palette, *, broth: RGB, over: Toppings, cloth: str = "plain") -> None:
    """A bowl of noodles in broth with chopsticks."""
    table.top(c, p, cloth)
    table.dapple(c)
    x, y, r = c.w * 0.47, c.h * 0.5, min(c.w * 0.4, c.h * 0.42)
    table.bowl(c, x, y, r, p.ink, broth)
    food.strands(c, x - r * 0.14, y + r * 0.1, r * 0.6, food.WHEAT, 8)
    for kind, count, size in over:
        food.topping(c, kind, x + r * 0.08, y - r * 0.06, r * 0.56, count, r * size)
    for offset in (0, 26):
        stick = [(c.w * 0.76 + offset, -20), (c.w * 0.86 + offset, -20),
            (c.w * 0.98 + offset * 0.6, c.h * 0.94), (c.w * 0.955 + offset * 0.6,
            c.h * 0.94)]  # fmt: skip
        stick = [(stick[0][0], -20), (stick[0][0] + 13, -20), (stick[2][0], stick[2][1]),
                 (stick[2][0] - 7, stick[2][1])]  # fmt: skip
        c.cast(stick, 10, 14, 7, 0.4)
        c.solid(stick, p.a, form="column", shade=0.3, light=0.4)


def evening(c: Canvas, p: Palette, *, shapes: str = "wine lemon") -> None:
    """The table from the side: a bottle, glasses, candles, a bowl of fruit."""
    y = side.room(c, p, 0.62, edge=True)
    side.window_light(c, c.w * 0.08, c.h * 0.08, c.w * 0.42, c.h * 0.3, 0.34)
    w, base = c.w, y + (c.h - y) * 0.34
    tall = min(c.h * 0.5, w * 0.74)
    bottle = side.vessel(c, w * 0.3, base - 14, tall, "wine", p.b, mouth=False)
    with c.inside(bottle) as d:
        d.fill(box(0, base - tall * 0.42, w, base - tall * 0.16), p.pale)
        d.fill(box(0, base - tall * 0.34, w, base - tall * 0.31), p.a)
        d.oval(w * 0.3, base - tall * 0.24, tall * 0.04, None, p.c)
        d.fade(w * 0.3 - tall * 0.14, base - tall, w * 0.3 + tall * 0.14, base, p.ink, "column",
            0.5)  # fmt: skip
    side.candle(c, w * 0.12, base + 10, tall * 0.62, p.pale, p.c)
    side.wineglass(c, w * 0.47, base + 8, tall * 0.52, p.a)
    bowl_tone = p.pale
    bx, by = w * 0.74, base + (c.h - y) * 0.1
    tone = {"lemon": food.LEMON, "pear": rgb("B9B45A"), "round": p.a}
    kind = shapes.split()[1]
    for dx, dy in ((-0.1, 0.11), (0.09, 0.12), (0.0, 0.16)):
        side.fruit(c, bx + w * dx, by - w * dy, w * 0.065, tone[kind], kind)
    path = side.vessel(c, bx, by, w * 0.17, "bowl", bowl_tone, mouth=False)
    with c.inside(path) as d:
        d.fill(box(0, by - w * 0.07, w, by - w * 0.05), p.d)
        d.fill(box(0, by - w * 0.04, w, by - w * 0.033), p.d)
    side.fruit(c, w * 0.42, c.h * 0.86, w * 0.06, tone[kind], kind)
    cloth = smooth([(0, c.h * 0.84), (w * 0.2, c.h * 0.81), (w * 0.3, c.h * 0.9), (w * 0.26, c.h),
                    (0, c.h)])  # fmt: skip
    c.cast(cloth, 6, 6, 8, 0.3)
    c.solid(cloth, p.d, form="tilt", shade=0.4)
