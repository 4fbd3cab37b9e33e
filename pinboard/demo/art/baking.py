"""A baker's goods: tarts in rows, and the counter from the side."""

from __future__ import annotations

import math

from pinboard.demo.art import side, table
from pinboard.demo.art.cakes import (
    CRUMB,
    CRUST,
    FRUITS,
    SUGAR,
)
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import Palette, dark, lit, rgb
from pinboard.demo.art.curves import arc, box, ellipse, leaf, rounded, smooth, spiked, turned


def tarts(c: Canvas, p: Palette, *, fruits: tuple[str, ...], cloth: str = "plain") -> None:
    """Small tarts in rows, each filled and crowned with fruit."""
    table.top(c, p, cloth)
    w, h = c.w, c.h
    columns = 2
    rows = max(2, round(h / (w * 0.46)))
    r = min(w / columns, h / rows) * 0.39
    for row in range(rows):
        for column in range(columns):
            x, y = w * (column + 0.5) / columns, h * (row + 0.5) / rows
            fruit = fruits[(row + column) % len(fruits)]
            shell = spiked(x, y, r * 1.035, r, 30)
            c.cast(shell, 12, 15, 11, 0.45)
            c.solid(shell, rgb("D9A052"), form="ball", shade=0.5, light=0.4)
            c.solid(ellipse(x, y, r * 0.86), rgb("F6DE9A"), form="bowl", shade=0.3)
            _crown(c, x, y, r * 0.8, fruit)
            table.crumbs(c, x, y, r, SUGAR, 22)
    table.dapple(c, 0.14)


def _crown(c: Canvas, x: float, y: float, r: float, fruit: str) -> None:
    tone = FRUITS[fruit]
    if fruit in ("apricots", "plums", "figs"):
        for ring, count in ((0.7, 9), (0.34, 5)):
            for step in range(count):
                angle = step * 360 / count
                px, py = (
                    x + r * ring * math.cos(math.radians(angle)),
                    y + r * ring * math.sin(math.radians(angle)),
                )
                path = ellipse(px, py, r * 0.3, r * 0.17, angle + 70, 20)
                c.cast(path, 3, 4, 4, 0.4)
                c.solid(path, tone, form="ball", shade=0.4, light=0.7)
        return
    for ring, count in ((0.74, 11), (0.42, 6), (0, 1)):
        for step in range(count):
            at = math.radians(step * 360 / count + ring * 50)
            px, py = x + r * ring * math.cos(at), y + r * ring * math.sin(at)
            c.cast(ellipse(px, py, r * 0.19), 3, 4, 4, 0.45)
            c.solid(ellipse(px, py, r * 0.2), tone, form="ball", shade=0.45, light=0.7)
    for angle in (20, 140, 260):
        c.fill(leaf(x, y, r * 0.36, r * 0.17, angle), rgb("5F8A45"))


def counter(c: Canvas, p: Palette, *, goods: str) -> None:
    """A baker's counter from the side: baguettes in a jar, a bundt, a pie dish, a jar of flour."""
    w, h = c.w, c.h
    y = side.room(c, p, 0.66, edge=True)
    side.window_light(c, w * 0.08, h * 0.06, w * 0.5, h * 0.34, 0.4)
    base = y + (h - y) * 0.4
    if "baguettes" in goods:
        _baguettes(c, p, w * 0.27, base - 16, w * 0.3)
    if "jar" in goods:
        _jar(c, p, w * 0.78, base - 26, w * 0.17)
    if "bundt" in goods:
        _bundt(c, p, w * 0.56, base + (h - y) * 0.12, w * 0.27)
    if "croissants" in goods:
        for dx, dy in ((0.23, 0.0), (0.52, 0.04), (0.36, 0.3)):
            _croissant(c, w * dx, base + (h - y) * dy, w * 0.165)
    if "eggs" in goods:
        for step in range(3):
            left = {"croissants": 0.64, "baguettes": 0.46, "bundt": 0.08}[goods.split()[0]]
            x, low = w * (left + step * 0.09), h * (0.86 + 0.01 * (step % 2))
            side.ground(c, x, low, w * 0.03, w * 0.05)
            c.solid(ellipse(x, low - w * 0.045, w * 0.037, w * 0.047),
                lit(rgb("D9A27C"), 0.2 * step), form="ball")  # fmt: skip


def _baguettes(c: Canvas, p: Palette, x: float, base: float, u: float) -> None:
    for lean in (-13, 2, 15):
        top_x = x + math.sin(math.radians(lean)) * u * 2.5
        low, high = base - u * 0.3, base - u * 2.1
        body = [(x - u * 0.17, low), (top_x - u * 0.15, high), (top_x, base - u * 2.42)]
        body += [(top_x + u * 0.17, high), (x + u * 0.19, low)]
        c.solid(smooth(body, steps=6), CRUST, shade=0.5, light=0.4)
        for step in range(4):
            at = 0.46 + step * 0.14
            px, py = x + (top_x - x) * at, base - u * 2.3 * at
            c.fill(leaf(px - u * 0.12, py + u * 0.06, u * 0.26, u * 0.09, -28), CRUMB)
    crock = side.vessel(c, x, base, u * 0.95, "mug", p.pale, mouth=False)
    with c.inside(crock) as d:
        d.fill(box(x - u, base - u * 0.62, x + u, base - u * 0.52), p.d)
        d.fill(box(x - u, base - u * 0.47, x + u, base - u * 0.43), p.d)


def _jar(c: Canvas, p: Palette, x: float, base: float, u: float) -> None:
    side.ground(c, x, base, u * 0.6, u * 1.5)
    body = rounded(x - u * 0.62, base - u * 1.6, x + u * 0.62, base, u * 0.2)
    c.fill(body, lit(p.wall, 0.6))
    c.solid(rounded(x - u * 0.57, base - u * 1.1, x + u * 0.57, base - u * 0.05, u * 0.16), SUGAR,
        shade=0.3)  # fmt: skip
    c.fill(rounded(x - u * 0.46, base - u * 1.45, x - u * 0.36, base - u * 0.2, 6), SUGAR, 0.7)
    c.solid(rounded(x - u * 0.56, base - u * 1.86, x + u * 0.56, base - u * 1.56, 10),
        rgb("B98352"))  # fmt: skip


def _bundt(c: Canvas, p: Palette, x: float, base: float, u: float) -> None:
    side.ground(c, x, base, u, u * 0.6)
    c.solid(ellipse(x, base - 6, u * 1.2, u * 0.16), p.pale, form="slab", shade=0.3)
    for step in (-3, 3, -2, 2, -1, 1, 0):
        half = u * (0.3 - abs(step) * 0.03)
        path = turned(x + step * u * 0.26, base - 12, [(0, half), (u * 0.36, half * 1.1),
            (u * 0.62, half * 0.7), (u * 0.68, half * 0.2)])  # fmt: skip
        c.solid(path, rgb("B9743A"), shade=0.6, light=0.35)
    edge = [(x - u * 0.8, base - u * 0.62)]
    edge += [
        (x - u * 0.86 + step * u * 0.172, base - u * (0.5 if step % 2 else 0.28))
        for step in range(11)
    ]
    edge += [(x + u * 0.8, base - u * 0.64), (x, base - u * 0.78)]
    c.solid(smooth(edge, steps=6), SUGAR, shade=0.25)


def _croissant(c: Canvas, x: float, base: float, u: float) -> None:
    """A crescent in seven rolls, the ends bent forward."""
    side.ground(c, x, base, u * 0.8, u * 0.4)
    for step in (-3, 3, -2, 2, -1, 1, 0):
        out = abs(step)
        tall = u * (0.44 - 0.075 * out)
        px = x + step * u * (0.26 - 0.012 * out)
        py = base - tall * 0.86 + out**2 * u * 0.024
        tone = dark(rgb("D6954A"), 0.05 * out)
        roll = ellipse(px, py, u * (0.25 - 0.028 * out), tall, step * 17, 30)
        c.cast(roll, 2, 4, 5, 0.4)
        c.solid(roll, tone, form="ball", shade=0.55, light=0.35)
        for edge in (0.55, 0.86):
            fold = arc(px, py, u * (0.25 - 0.028 * out) * edge, tall * 0.9, 110, 250, step * 17, 14)
            c.stroke(fold, u * 0.018, dark(tone, 0.3))
