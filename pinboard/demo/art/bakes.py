"""Bakes from above: loaves, pies, biscuits, buns."""

from __future__ import annotations

import math

from pinboard.demo.art import food, plants, table
from pinboard.demo.art.cakes import (
    APRICOT,
    CHERRY,
    CHOCOLATE,
    CRUMB,
    CRUST,
    FRUITS,
    SUGAR,
    berry,
)
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import RGB, Palette, dark, lit, rgb
from pinboard.demo.art.curves import (
    Path,
    blob,
    box,
    ellipse,
    leaf,
    rounded,
    shift,
    smooth,
    spiked,
    turn,
)


def loaf(
    c: Canvas, p: Palette, *, form: str = "round", score: str = "cross", cloth: str = "wood"
) -> None:
    """Bread on a board from above: a round, a long loaf or a braid, dusted with flour."""
    table.top(c, p, cloth)
    table.dapple(c)
    w, h = c.w, c.h
    x, y = w * 0.5, h * 0.5
    if form != "braid":
        table.board(c, x, y + h * 0.03, w * 0.74, h * 0.56, c.rng.uniform(-8, 8), rgb("B98352"))
    else:
        table.napkin(c, x, y, w * 0.84, h * 0.5, 10, p.pale)
    angle = c.rng.uniform(-24, 24)
    if form == "braid":
        _braid(c, x, y, min(w, h) * 0.36, angle)
    else:
        rx = w * 0.3 if form == "round" else w * 0.19
        ry = w * 0.3 if form == "round" else min(w * 0.4, h * 0.34)
        path = turn(smooth([(x + rx * math.cos(t), y + ry * math.sin(t)) for t in
                            [k * math.pi / 5 for k in range(10)]]), x, y, angle)  # fmt: skip
        c.cast(path, 14, 18, 14, 0.5)
        c.solid(path, CRUST, form="ball", shade=0.6, light=0.4)
        with c.inside(path) as d:
            d.glow(turn(ellipse(x - rx * 0.1, y - ry * 0.1, rx * 0.6, ry * 0.7), x, y, angle), 22,
                0.5, SUGAR)  # fmt: skip
        _score(c, x, y, rx, ry, angle, score)
    for dx in (0.1, 0.17, 0.24):
        plants.sprig(c, w * dx, h * 1.02, h * 0.26, -100 + dx * 160, "wheat", rgb("C79A4B"))
    table.crumbs(c, x, y + h * 0.32, w * 0.4, SUGAR, 50)
    table.crumbs(c, w * 0.8, h * 0.12, w * 0.16, CRUST, 18)


def _score(c: Canvas, x: float, y: float, rx: float, ry: float, angle: float, kind: str) -> None:
    cuts: list[Path] = []
    if kind == "cross":
        cuts = [ellipse(x, y, rx * 0.66, rx * 0.06, turn_at) for turn_at in (0, 90)]
    elif kind == "leaf":
        cuts = [ellipse(x, y, ry * 0.06, ry * 0.7)]
        for step in range(5):
            for sideways in (-1, 1):
                cuts.append(leaf(x, y + ry * (0.46 - step * 0.2), rx * 0.62, rx * 0.11,
                    -90 + sideways * 52))  # fmt: skip
    else:
        for step in range(4):
            cuts.append(leaf(x - rx * 0.6, y + ry * (-0.46 + step * 0.3), rx * 1.2, rx * 0.24, -20))
    for cut in cuts:
        path = turn(cut, x, y, angle)
        c.fill(shift(path, 3, 4), dark(CRUST, 0.5))
        c.solid(path, CRUMB, form="bowl", shade=0.4, light=0.3)


def _braid(c: Canvas, x: float, y: float, long: float, angle: float) -> None:
    lumps: list[tuple[float, float, float, float]] = []
    for step in range(8):
        size = 0.25 + 0.15 * math.sin((step + 0.6) / 8 * math.pi)
        for sideways in (-1, 1):
            px = x - long + step * long * 0.285 + (0.14 * long if sideways > 0 else 0)
            lumps.append((px, y + sideways * long * size * 0.36, long * size, sideways * 34))
    outline = [turn(ellipse(px, py, u, u * 0.56, lean, 20), x, y, angle) for px, py, u,
        lean in lumps]  # fmt: skip
    c.casts(outline, 14, 18, 12, 0.5)
    for path in outline:
        c.solid(path, rgb("C98540"), form="ball", shade=0.6, light=0.6)
    for px, py, u, _ in lumps:
        spot = turn([(px, py)], x, y, angle)[0]
        table.crumbs(c, spot[0], spot[1], u * 0.6, SUGAR, 7)


def pie(
    c: Canvas, p: Palette, *, fruit: str = "cherries", lid: str = "lattice", cloth: str = "cloth"
) -> None:
    """A pie from above."""
    table.top(c, p, cloth)
    table.dapple(c)
    x, y, r = c.w * 0.5, c.h * 0.5, min(c.w * 0.41, c.h * 0.41)
    c.cast(ellipse(x, y, r), r * 0.08, r * 0.12, r * 0.1, 0.5)
    c.solid(ellipse(x, y, r), p.d, form="ball", shade=0.35, light=0.4)
    tone = FRUITS[fruit]
    for step in range(40):
        at = math.radians(step * 9)
        px, py = x + r * 0.87 * math.cos(at), y + r * 0.87 * math.sin(at)
        c.solid(ellipse(px, py, r * 0.09, r * 0.065, step * 9 + 60, 14), rgb("DDA45A"), form="ball",
            shade=0.5)  # fmt: skip
    inner = ellipse(x, y, r * 0.83)
    c.solid(inner, dark(tone, 0.25), form="bowl", shade=0.4, light=0.3)
    with c.inside(inner) as d:
        for px, py in food.strewn(d, x, y, r * 0.8, 60, 0.4):
            d.solid(ellipse(px, py, r * 0.09, steps=16), tone, form="ball", shade=0.5, light=0.6)
        if lid == "lattice":
            _lattice(d, x, y, r)
        elif lid == "leaves":
            for px, py in food.strewn(d, x, y, r * 0.6, 13, 0.2):
                path = leaf(px, py, r * 0.36, r * 0.2, d.rng.uniform(0, 360))
                d.cast(path, 4, 5, 4, 0.4)
                d.solid(path, rgb("E2AE66"), form="tilt", shade=0.4)
        elif lid == "stars":
            for px, py in food.strewn(d, x, y, r * 0.62, 12, 0.1):
                star = spiked(px, py, r * 0.17, r * 0.075, 5)
                d.cast(star, 4, 5, 4, 0.4)
                d.solid(star, rgb("E2AE66"), form="tilt", shade=0.4)
    table.crumbs(c, c.w * 0.5, c.h * 0.5, r * 0.9, SUGAR, 40)
    table.fork(c, c.w * 0.95, c.h * 0.74, r * 0.8, 20)
    for dx, dy in ((0.08, 0.06), (0.16, 0.1), (0.07, 0.13)):
        berry(c, c.w * dx, c.h * dy, c.w * 0.035, fruit)


def _lattice(c: Canvas, x: float, y: float, r: float) -> None:
    for step in range(-3, 4):
        at = step * r * 0.26
        for angle in (38, -52):
            strip = turn(box(x - r, y + at - r * 0.055, x + r, y + at + r * 0.055), x, y, angle)
            c.cast(strip, 3, 5, 4, 0.4)
            c.solid(strip, rgb("E3AF66"), form="tilt", shade=0.35, light=0.4)


def biscuits(
    c: Canvas, p: Palette, *, kind: str = "chip", tray: RGB | None = None, cloth: str = "plain"
) -> None:
    """Biscuits in rows on a baking tray."""
    table.top(c, p, cloth)
    w, h = c.w, c.h
    sheet = rounded(w * 0.08, h * 0.07, w * 0.92, h * 0.93, 26)
    c.cast(sheet, 14, 18, 16, 0.45)
    c.solid(sheet, tray or p.b, form="tilt", shade=0.3)
    c.solid(rounded(w * 0.11, h * 0.09, w * 0.89, h * 0.91, 18), p.pale, form="tilt", shade=0.16)
    columns = 3
    rows = max(3, round((h * 0.8) / (w * 0.26)))
    for row in range(rows):
        for column in range(columns):
            x = w * 0.24 + column * w * 0.26 + c.rng.uniform(-8, 8)
            y = h * 0.1 + (row + 0.5) * h * 0.8 / rows + c.rng.uniform(-8, 8)
            _biscuit(c, p, x, y, w * 0.105, kind, row + column)
    table.dapple(c, 0.14)


def _biscuit(c: Canvas, p: Palette, x: float, y: float, r: float, kind: str, index: int) -> None:
    tone = rgb("D9A05B") if kind != "chocolate" else CHOCOLATE
    path = blob(c.rng, x, y, r, wobble=0.05) if kind in ("chip", "chocolate") else ellipse(x, y, r)
    c.cast(path, 6, 8, 6, 0.45)
    c.solid(path, tone, form="ball", shade=0.45, light=0.4)
    if kind in ("chip", "chocolate"):
        for px, py in food.strewn(c, x, y, r * 0.74, 9, 0.4):
            c.solid(blob(c.rng, px, py, r * 0.15, r * 0.12, 0.2),
                CHOCOLATE if kind == "chip" else SUGAR, form="ball", shade=0.3,
                light=0.4)  # fmt: skip
    elif kind == "jam":
        for step in range(14):
            at = math.radians(step * 360 / 14)
            c.oval(x + r * 0.94 * math.cos(at), y + r * 0.94 * math.sin(at), r * 0.14, None, tone)
        c.solid(ellipse(x, y, r * 0.46), (CHERRY, APRICOT)[index % 2], form="ball", shade=0.4,
            light=0.8)  # fmt: skip
        table.crumbs(c, x, y, r * 0.9, SUGAR, 14)
    else:
        icing = (p.a, p.c, p.d, p.pale)[index % 4]
        c.solid(ellipse(x, y, r * 0.86), icing, form="ball", shade=0.25, light=0.4)
        for step in range(6):
            c.fill(leaf(x, y, r * 0.6, r * 0.22, step * 60 + index * 20),
                lit(icing, 0.6) if index % 4 != 3 else p.a)  # fmt: skip


def buns(c: Canvas, p: Palette, *, kind: str = "swirl", cloth: str = "wood") -> None:
    """Buns in a round tin or on a tray: swirls, knots or glazed domes."""
    table.top(c, p, cloth)
    table.dapple(c)
    x, y, r = c.w * 0.5, c.h * 0.48, min(c.w * 0.42, c.h * 0.42)
    c.cast(ellipse(x, y, r), 14, 18, 14, 0.5)
    c.solid(ellipse(x, y, r), p.ink, form="ball", shade=0.3, light=0.3)
    c.solid(ellipse(x, y, r * 0.94), dark(p.ink, 0.3), form="bowl", shade=0.3)
    places = [(x, y)] + [(x + r * 0.6 * math.cos(k * math.pi / 3),
        y + r * 0.6 * math.sin(k * math.pi / 3)) for k in range(6)]  # fmt: skip
    for px, py in places:
        u = r * 0.33
        path = blob(c.rng, px, py, u, wobble=0.04)
        c.cast(path, 6, 8, 7, 0.5)
        c.solid(path, rgb("D99A4F"), form="ball", shade=0.55, light=0.5)
        if kind == "swirl":
            coil = [(px + u * 0.9 * (1 - k / 60) * math.cos(k * 0.3),
                py + u * 0.9 * (1 - k / 60) * math.sin(k * 0.3)) for k in range(58)]  # fmt: skip
            c.stroke(coil, u * 0.1, rgb("7A4524"))
            for k in range(0, 52, 13):
                spot = coil[k]
                c.fill(blob(c.rng, spot[0], spot[1], u * 0.22, u * 0.12, 0.3), SUGAR, 0.85)
        elif kind == "seeds":
            table.crumbs(c, px, py - u * 0.1, u * 0.7, SUGAR, 26)
        else:
            for angle in (35, -35):
                knot = ellipse(px, py, u * 0.78, u * 0.26, angle)
                c.cast(knot, 3, 4, 4, 0.4)
                c.solid(knot, rgb("CE8B42"), form="ball", shade=0.5, light=0.6)
            table.crumbs(c, px, py, u * 0.8, SUGAR, 22)
    table.napkin(c, c.w * 0.9, c.h * 0.92, c.w * 0.4, c.w * 0.34, 18, p.a)
