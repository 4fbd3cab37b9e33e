"""Rooms and still lifes seen from the side: walls, tables, vessels, candles, glasses, fruit."""

from __future__ import annotations

from collections.abc import Sequence

from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import CREAM, RGB, Palette, dark, lit, mix, rgb
from pinboard.demo.art.curves import (
    Path,
    Point,
    arc,
    box,
    ellipse,
    leaf,
    rounded,
    shift,
    smooth,
    turned,
)

Profile = Sequence[Point]

# (height, half width) as shares of the vessel's height; bottom first.
PROFILES: dict[str, Profile] = {
    name: tuple((float(up), float(half)) for up, half in (pair.split() for pair in text.split(",")))
    for name, text in {
        "jug": "0 0.2, 0.04 0.25, 0.3 0.36, 0.55 0.31, 0.78 0.19, 0.93 0.2, 1 0.24",
        "bottle": "0 0.18, 0.04 0.21, 0.45 0.22, 0.6 0.17, 0.72 0.075, 0.97 0.07, 1 0.085",
        "wine": "0 0.12, 0.02 0.135, 0.56 0.135, 0.66 0.1, 0.73 0.048, 0.97 0.044, 1 0.055",
        "moon": "0 0.2, 0.03 0.22, 0.25 0.44, 0.5 0.52, 0.75 0.43, 0.94 0.22, 1 0.22",
        "tulip": "0 0.16, 0.05 0.2, 0.3 0.3, 0.6 0.24, 0.85 0.2, 1 0.28",
        "column": "0 0.22, 0.02 0.24, 0.5 0.22, 0.98 0.24, 1 0.25",
        "gourd": "0 0.2, 0.05 0.27, 0.28 0.35, 0.5 0.2, 0.66 0.22, 0.84 0.12, 1 0.15",
        "amphora": "0 0.12, 0.04 0.14, 0.3 0.3, 0.6 0.37, 0.8 0.2, 0.93 0.13, 1 0.19",
        "bowl": "0 0.36, 0.08 0.4, 0.14 0.44, 0.5 0.85, 0.85 1.06, 1 1.12",
        "cup": "0 0.32, 0.05 0.38, 0.3 0.48, 0.7 0.5, 1 0.5",
        "mug": "0 0.38, 0.04 0.43, 0.5 0.45, 0.96 0.43, 1 0.44",
        "pot": "0 0.34, 0.03 0.36, 0.8 0.5, 0.81 0.56, 1 0.57",
        "belly": "0 0.24, 0.04 0.3, 0.35 0.46, 0.6 0.4, 0.8 0.24, 0.9 0.22, 1 0.27",
        "teapot": "0 0.36, 0.05 0.44, 0.35 0.68, 0.65 0.6, 0.88 0.3, 1 0.28",
        "dish": "0 0.6, 0.15 0.7, 0.6 1.5, 1 2",
    }.items()
}


def room(c: Canvas, p: Palette, horizon: float, *, wall: RGB | None = None,
         table: RGB | None = None, edge: bool = False) -> float:  # fmt: skip
    """A wall and a tabletop that meet at horizon (share of the height). Gives that height."""
    y = c.h * horizon
    wall_tone, table_tone = wall or p.wall, table or p.table
    c.fill(box(0, 0, c.w, y), wall_tone)
    c.fade(0, 0, c.w, y, lit(wall_tone, 0.7), "tilt", 0.55, "light")
    c.fade(0, 0, c.w, y, dark(wall_tone, 0.45), "tilt", 0.4)
    c.fill(box(0, y, c.w, c.h), table_tone)
    c.fade(0, y, c.w, c.h, lit(table_tone, 0.5), "slab", 0.4, "light")
    c.fade(0, y, c.w, c.h, dark(table_tone, 0.4), "tilt", 0.45)
    if edge:
        front = c.h * 0.93
        c.fill(box(0, front, c.w, c.h), dark(table_tone, 0.35))
        c.fill(box(0, front, c.w, front + 5), lit(table_tone, 0.35))
    return y


def window_light(c: Canvas, x: float, y: float, w: float, h: float, strength: float = 0.4) -> None:
    """Sun through a window: four slanted panes on the wall."""
    lean = h * 0.18
    panes: list[Path] = []
    for column in range(2):
        for row in range(2):
            x0, y0 = x + column * w * 0.53, y + row * h * 0.53 + column * lean * 0.53
            x1, y1 = x0 + w * 0.47, y0 + h * 0.47
            panes.append([(x0, y0), (x1, y0 + lean * 0.47), (x1, y1 + lean * 0.47), (x0, y1)])
    c.casts(panes, 0, 0, 5, strength, mix(CREAM, rgb("FFE2A8"), 0.5))


def vessel(c: Canvas, x: float, base: float, tall: float, shape: str, colour: RGB, *,
           mouth: bool = True, shadow: bool = True) -> Path:  # fmt: skip
    """A thrown pot standing at (x, base). Gives its outline."""
    profile = PROFILES[shape]
    path = turned(x, base, [(up * tall, half * tall) for up, half in profile])
    foot, lip = profile[0][1] * tall, profile[-1][1] * tall
    widest = max(half for _, half in profile) * tall
    if shadow:
        ground(c, x, base, widest * 0.9, tall)
    c.solid([*path, *arc(x, base, foot, foot * 0.2, 0, 180, steps=12)], colour)
    if mouth:
        c.solid(ellipse(x, base - tall, lip, lip * 0.22), dark(colour, 0.12), form="slab",
            shade=0.2)  # fmt: skip
        c.fill(ellipse(x, base - tall + lip * 0.02, lip * 0.84, lip * 0.15), dark(colour, 0.62))
    return path


def ground(
    c: Canvas, x: float, base: float, half: float, tall: float, strength: float = 0.42
) -> None:
    """The shadow a standing thing throws on the table, to the right."""
    reach = min(tall * 0.8, half * 3.2)
    long = [(x - half * 0.8, base), (x + half * 0.5, base - half * 0.16),
            (x + half + reach, base - half * 0.1), (x + half + reach, base + half * 0.3),
            (x, base + half * 0.3)]  # fmt: skip
    c.cast(long, 0, 2, max(6, half * 0.13), strength * 0.75)
    c.cast(ellipse(x + half * 0.06, base + 2, half * 0.95, half * 0.2), 0, 0, 5, strength)


def shine(c: Canvas, path: Path, x: float, base: float, tall: float, half: float) -> None:
    """A window's reflection in a glaze."""
    with c.inside(path) as d:
        streak = smooth([(x - half * 0.56, base - tall * 0.34),
            (x - half * 0.66, base - tall * 0.55), (x - half * 0.5, base - tall * 0.72),
            (x - half * 0.44, base - tall * 0.6), (x - half * 0.5,
            base - tall * 0.45)])  # fmt: skip
        d.fill(streak, CREAM, 0.62)


def handle(c: Canvas, x: float, y: float, rx: float, ry: float, thick: float, colour: RGB,
           left: bool = False) -> None:  # fmt: skip
    """An ear of clay; draw it before the vessel."""
    loop = arc(x, y, rx, ry, 80, 280) if left else arc(x, y, rx, ry, -100, 100)
    c.stroke(loop, thick, dark(colour, 0.32))
    c.stroke(shift(loop, -thick * 0.12, -thick * 0.14), thick * 0.66, colour)
    c.stroke(shift(loop, -thick * 0.2, -thick * 0.24), thick * 0.2, lit(colour, 0.4))


def candle(c: Canvas, x: float, base: float, tall: float, wax: RGB, holder: RGB) -> None:
    """A burning taper in a low holder."""
    u = tall / 100
    ground(c, x, base, 12 * u, tall * 0.5)
    c.glow(ellipse(x, base - 108 * u, 26 * u), 16 * u, 0.6, rgb("FFE3A1"))
    c.solid(rounded(x - 3.6 * u, base - 96 * u, x + 3.6 * u, base - 6 * u, 2 * u), wax)
    c.stroke([(x, base - 96 * u), (x, base - 100 * u)], 1.2 * u, rgb("3A2A2A"))
    flame = smooth([(x, base - 99 * u), (x - 3 * u, base - 104 * u), (x, base - 115 * u),
                    (x + 3 * u, base - 104 * u)])  # fmt: skip
    c.fill(flame, rgb("F7B84A"))
    c.oval(x, base - 103.5 * u, 1.5 * u, 3 * u, rgb("FFF3C9"))
    c.solid(turned(x, base, [(0, 11 * u), (2 * u, 11.5 * u), (4 * u, 5 * u), (9 * u, 5 * u)]),
        holder)  # fmt: skip


def wineglass(c: Canvas, x: float, base: float, tall: float, drink: RGB, full: float = 0.5) -> None:
    """A stemmed glass; full is how much of its bowl holds drink."""
    u = tall / 100
    ground(c, x, base, 15 * u, tall * 0.5, 0.26)
    cup = turned(x, base - 46 * u, [(0, 2 * u), (6 * u, 14 * u), (22 * u, 20 * u),
        (40 * u, 18.5 * u), (54 * u, 15.5 * u)])  # fmt: skip
    c.fill(cup, CREAM, 0.36)
    with c.inside(cup) as d:
        level = base - 46 * u - 48 * u * full
        d.solid(box(x - 22 * u, level, x + 22 * u, base - 44 * u), drink, shade=0.45, light=0.4)
        d.fill(ellipse(x, level, 20 * u, 3.4 * u), lit(drink, 0.3))
        d.fill(smooth([(x - 13 * u, base - 60 * u), (x - 15 * u, base - 76 * u),
            (x - 11 * u, base - 90 * u), (x - 10 * u, base - 74 * u)]), CREAM, 0.5)  # fmt: skip
    c.fill(ellipse(x, base - 100 * u, 15.5 * u, 2.6 * u), CREAM, 0.4)
    c.stroke([(x, base - 46 * u), (x, base - 2 * u)], 2.4 * u, mix(CREAM, drink, 0.25))
    c.fill(ellipse(x, base - 1 * u, 13 * u, 2.6 * u), mix(CREAM, drink, 0.2))


def fruit(c: Canvas, x: float, base: float, r: float, colour: RGB, kind: str = "round") -> None:
    """A lemon, pear or round fruit standing at (x, base)."""
    ground(c, x, base, r * 0.8, r * 1.2)
    if kind == "pear":
        path = turned(x, base, [(0, r * 0.4), (r * 0.1, r * 0.7), (r * 0.7, r * 0.98),
            (r * 1.5, r * 0.56), (r * 2.1, r * 0.34), (r * 2.3, r * 0.12)])  # fmt: skip
        c.solid(path, colour, form="ball", shade=0.5, light=0.5)
        c.stroke([(x, base - r * 2.25), (x + r * 0.15, base - r * 2.7)], r * 0.12, rgb("5A3A28"))
        return
    wide = r * 1.16 if kind == "lemon" else r
    c.solid(ellipse(x, base - r, wide, r, -12), colour, form="ball", shade=0.5, light=0.5)
    if kind == "lemon":
        c.solid(ellipse(x + wide * 0.98, base - r * 1.2, r * 0.17, r * 0.13, -12), colour,
            form="ball")  # fmt: skip
    else:
        c.stroke([(x, base - r * 1.9), (x + r * 0.1, base - r * 2.3)], r * 0.1, rgb("5A3A28"))
        c.fill(leaf(x + r * 0.08, base - r * 2.1, r * 0.8, r * 0.36, -24), rgb("6E8450"))


def books(c: Canvas, x: float, base: float, wide: float, tones: Sequence[RGB]) -> float:
    """A lying pile; gives the height of its top."""
    y = base
    ground(c, x, base, wide * 0.5, wide * 0.5)
    for index, tone in enumerate(tones):
        tall = wide * (0.12 + 0.03 * (index % 2))
        left = x - wide / 2 + c.rng.uniform(-0.05, 0.05) * wide
        c.solid(rounded(left, y - tall, left + wide * (1 - index * 0.06), y, 4), tone,
            form="column", shade=0.3, light=0.2)  # fmt: skip
        c.fill(box(left + wide * 0.08, y - tall * 0.62, left + wide * 0.2, y - tall * 0.4),
            lit(tone, 0.5))  # fmt: skip
        y -= tall
    return y


def frame(c: Canvas, x: float, y: float, w: float, h: float, wood: RGB, paper: RGB) -> Path:
    """A picture frame on a wall; gives the sheet inside, to be painted on."""
    outer = box(x, y, x + w, y + h)
    c.cast(outer, 8, 12, 10, 0.3)
    c.solid(outer, wood, form="tilt", shade=0.3, light=0.3)
    edge = w * 0.05
    sheet = box(x + edge, y + edge, x + w - edge, y + h - edge)
    c.fill(sheet, paper)
    return sheet
