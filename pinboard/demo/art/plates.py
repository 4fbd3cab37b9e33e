"""Dinner: plates of pasta, bowls, pans and baking dishes from above, and a table from the side."""

from __future__ import annotations

from pinboard.demo.art import food, table
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import RGB, Palette, dark, lit, mix, rgb
from pinboard.demo.art.curves import Path, arc, ellipse, rounded, turn

Toppings = tuple[tuple[str, int, float], ...]  # kind, how many, size as a share of the plate

RED, PALE, GREEN, WHITE = rgb("D9683B"), rgb("F6CB58"), rgb("B4BE62"), rgb("F8D87E")
PINK, DARK = rgb("E8A77A"), rgb("C99850")


def pasta(
    c: Canvas, p: Palette, *, shape: str, sauce: RGB, over: Toppings, cloth: str = "plain",
    china: str = "pale", side: str = "fork",
) -> None:  # fmt: skip
    """A plate of pasta on a table."""
    table.top(c, p, cloth)
    table.dapple(c)
    x, y = c.w * 0.5, c.h * (0.5 if c.h < 800 else 0.47)
    r = min(c.w * 0.41, c.h * 0.43)
    _beside(c, p, side, r, y)
    china_tone: RGB = {"pale": p.pale, "b": p.b, "d": p.d, "c": lit(p.c, 0.3)}[china]
    band = p.b if china == "pale" else lit(china_tone, 0.4)
    table.plate(c, x, y, r, china_tone, band=band, scallop=c.rng.random() < 0.3)
    if shape in ("spaghetti", "ribbons"):
        food.strands(c, x, y, r * 0.8, sauce, 7.5 if shape == "spaghetti" else 17)
    else:
        size = {"tubes": 0.19, "bows": 0.2, "pillows": 0.2, "gnocchi": 0.17, "shells": 0.16}[shape]
        count = {"tubes": 34, "bows": 26, "pillows": 15, "gnocchi": 34, "shells": 40}[shape]
        food.pieces(c, x, y, r * 0.76, shape, sauce, count, r * size)
    for kind, count, size in over:
        food.topping(c, kind, x, y, r * 0.48, count, r * size * 1.2)
    table.crumbs(c, x, y, r * 0.55, dark(sauce, 0.6), 26)


def _beside(c: Canvas, p: Palette, side: str, r: float, y: float) -> None:
    """What lies next to the plate, cut by the picture's edge."""
    w, h = c.w, c.h
    if side == "fork":
        table.napkin(c, w * 0.93, h * 0.86, r * 0.9, r * 0.8, 24, p.a)
        table.fork(c, w * 0.84, h * 0.68, r * 1.1, -28)
    elif side == "glass":
        table.glass(c, w * 0.88, h * 0.1, r * 0.27, p.c)
        table.fork(c, w * 0.05, y - r * 0.1, r * 1.2, -6)
    elif side == "lemons":
        for dx, dy in ((0.1, 0.07), (0.24, 0.03)):
            c.cast(ellipse(w * dx, h * dy, r * 0.22, r * 0.17), 12, 15, 12, 0.45)
            c.solid(ellipse(w * dx, h * dy, r * 0.22, r * 0.17, 30), food.LEMON, form="ball")
        table.fork(c, w * 0.93, h * 0.62, r * 1.1, 20)
    elif side == "wine":
        table.glass(c, w * 0.1, h * 0.09, r * 0.26, p.a)
        table.napkin(c, w * 0.04, h * 0.9, r * 0.8, r * 0.8, -18, p.c)
    elif side == "cheese":
        table.bowl(c, w * 0.9, h * 0.06, r * 0.3, p.b, food.CREAMY)
        table.spoon(c, w * 0.1, h * 0.72, r * 0.95, -30)


def soup(c: Canvas, p: Palette, *, liquid: RGB, over: Toppings, bowl: str = "b",
         cloth: str = "plain", swirl: bool = True, bread: bool = True) -> None:  # fmt: skip
    """A deep bowl from above with a swirl of cream."""
    table.top(c, p, cloth)
    table.dapple(c)
    x, y, r = c.w * 0.48, c.h * 0.47, min(c.w * 0.36, c.h * 0.38)
    if bread:
        _slices(c, c.w * 0.86, c.h * 0.84, r * 0.42)
    table.spoon(c, c.w * 0.93, c.h * 0.2, r * 1.25, 14)
    china: RGB = {"b": p.b, "d": p.d, "pale": p.pale, "a": p.a}[bowl]
    table.bowl(c, x, y, r, china, liquid)
    if swirl:
        for turn_at in range(3):
            reach = r * (0.26 + 0.15 * turn_at)
            curve = arc(x, y, reach, reach * 0.94, turn_at * 70, turn_at * 70 + 230)
            c.stroke(curve, r * 0.05, lit(liquid, 0.7))
    for kind, count, size in over:
        food.topping(c, kind, x, y, r * 0.52, count, r * size)
    table.crumbs(c, x, y, r * 0.7, dark(liquid, 0.6), 30)


def _slices(c: Canvas, x: float, y: float, u: float) -> None:
    for step, angle in ((0, -20), (1, 12)):
        px, py = x - step * u * 1.1, y + step * u * 0.5
        crust = turn(rounded(px - u, py - u * 0.7, px + u, py + u * 0.7, u * 0.6), px, py, angle)
        c.cast(crust, 8, 10, 9, 0.4)
        c.solid(crust, food.CRUST, form="tilt")
        crumb = turn(rounded(px - u * 0.86, py - u * 0.57, px + u * 0.86, py + u * 0.57, u * 0.5),
                     px, py, angle)  # fmt: skip
        c.solid(crumb, rgb("F0DCB2"), form="tilt", shade=0.25)
        for _ in range(12):
            ox, oy = c.rng.uniform(-0.6, 0.6) * u, c.rng.uniform(-0.36, 0.36) * u
            c.oval(px + ox, py + oy, u * 0.06, u * 0.04, rgb("D9BE8A"))


def baked(c: Canvas, p: Palette, *, crust: RGB, over: Toppings, dish: str = "a",
          cloth: str = "cloth") -> None:  # fmt: skip
    """A rectangular baking dish with something browned in it."""
    table.top(c, p, cloth)
    table.dapple(c)
    w, h = c.w, c.h
    x, y = w * 0.5, h * 0.5
    half, tall = w * 0.34, min(h * 0.36, w * 0.5)
    china: RGB = {"a": p.a, "b": p.b, "d": p.d, "pale": p.pale}[dish]
    angle = c.rng.uniform(-7, 7)
    table.napkin(c, w * 0.12, h * 0.88, w * 0.36, w * 0.3, -12, p.pale)
    for end in (-1, 1):
        ear = turn(rounded(x - half * 0.3, y + end * tall - 26, x + half * 0.3, y + end * tall + 26,
                           24), x, y, angle)  # fmt: skip
        c.cast(ear, 12, 14, 10, 0.4)
        c.solid(ear, dark(china, 0.08), form="slab")
    edge: Path = []
    for grow, tone, form in (
        (0, china, "tilt"),
        (-20, dark(china, 0.3), "bowl"),
        (-32, crust, "tilt"),
    ):
        edge = turn(rounded(x - half - grow, y - tall - grow, x + half + grow, y + tall + grow,
                            half * 0.24 + grow), x, y, angle)  # fmt: skip
        if grow == 0:
            c.cast(edge, 18, 24, 20, 0.5)
        c.solid(edge, tone, form=form, shade=0.35, light=0.3)
    with c.inside(edge) as d:
        for px, py in food.strewn(d, x, y, max(half, tall) * 1.1, 90):
            spot = d.rng.choice((lit(crust, 0.4), dark(crust, 0.25), mix(crust, food.TOMATO, 0.4)))
            d.fill(ellipse(px, py, d.rng.uniform(10, 34), d.rng.uniform(6, 18),
                d.rng.uniform(0, 180), 16), spot, 0.55)  # fmt: skip
    for kind, count, size in over:
        food.topping(c, kind, x, y, half * 0.74, count, half * size)
    table.spoon(c, w * 0.94, h * 0.44, h * 0.34, 16)


def pan(c: Canvas, p: Palette, *, inside: RGB, over: Toppings, cloth: str = "wood") -> None:
    """An iron pan with a handle."""
    table.top(c, p, cloth)
    table.dapple(c)
    w, h = c.w, c.h
    x, y, r = w * 0.47, h * 0.45, min(w * 0.38, h * 0.36)
    iron = rgb("3A3840")
    grip = turn(rounded(x - r * 0.1, y + r * 0.9, x + r * 0.1, y + r * 1.75, r * 0.1), x, y, -24)
    c.cast(grip, 14, 18, 12, 0.5)
    c.solid(grip, iron, form="column", shade=0.4, light=0.35)
    c.cast(ellipse(x, y, r), r * 0.14, r * 0.17, r * 0.12, 0.5)
    c.solid(ellipse(x, y, r), iron, form="ball", shade=0.4, light=0.4)
    c.solid(ellipse(x, y, r * 0.9), dark(iron, 0.3), form="bowl", shade=0.3, light=0.25)
    c.solid(ellipse(x, y, r * 0.82), inside, form="bowl", shade=0.4, light=0.3)
    for px, py in food.strewn(c, x, y, r * 0.76, 70):
        c.fill(ellipse(px, py, r * 0.05, r * 0.03, c.rng.uniform(0, 180), 12),
               c.rng.choice((lit(inside, 0.4), dark(inside, 0.3))), 0.6)  # fmt: skip
    for kind, count, size in over:
        food.topping(c, kind, x, y, r * 0.6, count, r * size)
    table.napkin(c, w * 0.9, h * 0.88, w * 0.34, w * 0.3, 16, p.pale)
