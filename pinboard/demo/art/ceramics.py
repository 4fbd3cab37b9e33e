"""Ceramics: one pot on a plinth, families of pots, shelves, stacks, tea things, painted plates."""

from __future__ import annotations

import math

from pinboard.demo.art import glaze, plants, side
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import RGB, Palette, dark, lit, rgb
from pinboard.demo.art.curves import arc, box, ellipse, smooth

CELADON, COBALT, CLAY, TENMOKU = rgb("A9C2AC"), rgb("2F4F86"), rgb("C67F55"), rgb("4A342E")
BONE, SAND, OCHRE, SLATE = rgb("F4ECDD"), rgb("DCC39B"), rgb("D59A3A"), rgb("68788A")

GLAZES: dict[str, RGB] = {
    "celadon": CELADON, "cobalt": COBALT, "clay": CLAY, "tenmoku": TENMOKU, "bone": BONE,
    "sand": SAND, "ochre": OCHRE, "slate": SLATE,
}  # fmt: skip
Look = tuple[str, str, str]  # decoration, first glaze, second glaze


def _pot(
    c: Canvas, x: float, base: float, tall: float, shape: str, look: Look, gloss: bool = True
) -> None:
    kind, first, second = look
    if shape == "mug":
        side.handle(c, x + tall * 0.46, base - tall * 0.5, tall * 0.26, tall * 0.28, tall * 0.1,
            GLAZES[first])  # fmt: skip
    path = side.vessel(c, x, base, tall, shape, GLAZES[first], mouth=False)
    foot = side.PROFILES[shape][0][1] * tall
    body = [*path, *arc(x, base, foot, foot * 0.2, 0, 180, steps=12)]
    glaze.decorate(c, body, kind, GLAZES[first], GLAZES[second])
    profile = side.PROFILES[shape]
    lip = profile[-1][1] * tall
    if gloss:
        side.shine(c, path, x, base, tall, max(half for _, half in profile) * tall)
    rim = GLAZES[first]
    c.solid(ellipse(x, base - tall, lip, lip * 0.2), lit(rim, 0.2), form="slab", shade=0.2)
    c.fill(ellipse(x, base - tall + lip * 0.02, lip * 0.84, lip * 0.14), dark(rim, 0.6))


def _plinth(c: Canvas, p: Palette, x: float, y: float, half: float) -> None:
    front = box(x - half, y, x + half, c.h)
    c.cast(front, 30, 14, 16, 0.36)
    c.solid(front, lit(p.table, 0.3), form="column", shade=0.45, light=0.25)
    c.solid([(x - half, y), (x - half * 0.8, y - 34), (x + half * 0.8, y - 34), (x + half, y)],
            lit(p.table, 0.55), form="tilt", shade=0.2)  # fmt: skip


def solo(c: Canvas, p: Palette, *, shape: str, look: Look, ears: str = "", branch: str = "",
         plinth: bool = True) -> None:  # fmt: skip
    """One vessel, given room."""
    w, h = c.w, c.h
    if plinth:
        side.room(c, p, 0.86, table=dark(p.table, 0.12))
    else:
        side.room(c, p, 0.7)
    side.window_light(c, w * 0.05, h * 0.07, w * 0.56, h * 0.4, 0.42)
    base = h * (0.78 if plinth else 0.82)
    if plinth:
        _plinth(c, p, w / 2, base + 14, w * 0.36)
    tall = min(h * 0.5, w * 0.74)
    if side.PROFILES[shape][-1][1] > 0.8:
        tall = w * 0.3
    if branch:
        for step in range(4):
            plants.sprig(c, w / 2, base - tall, h * c.rng.uniform(0.24, 0.36),
                -90 + (step - 1.5) * 24, branch,
                plants.GREEN if branch != "wheat" else rgb("B98F4A"), 20)  # fmt: skip
    if "r" in ears:
        side.handle(c, w / 2 + tall * 0.27, base - tall * 0.62, tall * 0.2, tall * 0.24,
            tall * 0.07, GLAZES[look[1]])  # fmt: skip
    if "l" in ears:
        side.handle(c, w / 2 - tall * 0.27, base - tall * 0.62, tall * 0.2, tall * 0.24,
            tall * 0.07, GLAZES[look[1]], left=True)  # fmt: skip
    if "s" in ears:
        lip = [(w / 2 - tall * 0.14, base - tall * 0.99), (w / 2 - tall * 0.36, base - tall * 1.02),
               (w / 2 - tall * 0.2, base - tall * 0.82)]  # fmt: skip
        c.solid(smooth(lip, steps=6), GLAZES[look[1]], shade=0.2)
    _pot(c, w / 2, base, tall, shape, look)


def family(c: Canvas, p: Palette, *, pots: tuple[tuple[str, float, Look], ...]) -> None:
    """Several vessels standing together on a table."""
    w, h = c.w, c.h
    y = side.room(c, p, 0.66, edge=h < 1000)
    side.window_light(c, w * 0.3, h * 0.05, w * 0.5, h * 0.36, 0.36)
    count = len(pots)
    order = sorted(range(count), key=lambda index: -pots[index][1])
    for place, index in enumerate(order):
        shape, size, look = pots[index]
        x = w * (0.5 + (index - (count - 1) / 2) * (0.76 / count))
        base = y + (h - y) * (0.26 + 0.34 * place / count)
        tall = size * min(h * 0.62, w * 0.8)
        _pot(c, x, base, tall, shape, look)
    leaf_at = (w * 0.16, h * 0.9)
    plants.sprig(c, *leaf_at, w * 0.26, -12, "olive", plants.GREEN)


def shelf(c: Canvas, p: Palette, *, rows: int, looks: tuple[Look, ...]) -> None:
    """Shelves of pots against a wall."""
    w, h = c.w, c.h
    c.fade(0, 0, w, h, lit(p.wall, 0.7), "tilt", 0.5, "light")
    c.fade(0, 0, w, h, dark(p.wall, 0.45), "tilt", 0.4)
    names = ("jug", "mug", "moon", "bowl", "gourd", "belly", "tulip", "cup", "bottle", "amphora")
    index = c.rng.randrange(10)
    gap = h / (rows + 0.22)
    for row in range(rows):
        y = gap * (row + 1) - gap * 0.06
        board = box(w * 0.06, y, w * 0.94, y + 18)
        c.cast(board, 10, 22, 12, 0.4)
        c.solid(board, rgb("C09363"), form="slab", shade=0.3)
        x = w * 0.14
        while x < w * 0.84:
            shape = names[index % 10]
            look = looks[index % len(looks)]
            widest = max(half for _, half in side.PROFILES[shape])
            tall = min(gap * c.rng.uniform(0.56, 0.72), w * 0.34)
            if widest > 0.9:
                tall *= 0.42
            elif widest > 0.42:
                tall *= 0.66
            half = widest * tall
            if x + 2 * half > w * 0.92:
                break
            _pot(c, x + half, y, tall, shape, look)
            x += 2 * half + w * 0.045 + (tall * 0.24 if shape == "mug" else 0)
            index += 1


def stack(c: Canvas, p: Palette, *, looks: tuple[Look, ...], cup: bool = True) -> None:
    """A pile of bowls, a cup beside it."""
    w, h = c.w, c.h
    y = side.room(c, p, 0.68)
    side.window_light(c, w * 0.06, h * 0.06, w * 0.5, h * 0.38, 0.4)
    base = y + (h - y) * 0.46
    x, tall = w * (0.42 if cup else 0.5), w * 0.2
    side.ground(c, x, base, w * 0.11, w * 0.5)
    rise = 0.0
    places = []
    for index, look in enumerate(looks):
        size = tall * (1 - index * 0.045)
        places.append((x + c.rng.uniform(-7, 7), base - rise, size, look))
        rise += size * 0.42
    for index, (px, foot, size, look) in enumerate(reversed(places)):
        # From the top down: each bowl hides the foot of the one it holds.
        path = side.vessel(c, px, foot, size, "bowl", GLAZES[look[1]], mouth=False, shadow=False)
        body = [*path, *arc(px, foot, size * 0.36, size * 0.07, 0, 180, steps=12)]
        glaze.decorate(c, body, look[0], GLAZES[look[1]], GLAZES[look[2]])
        side.shine(c, path, px, foot, size, size)
        lip = ellipse(px, foot - size, size * 1.1, size * 0.1)
        if index == 0:
            c.fill(lip, lit(GLAZES[look[1]], 0.35))
            c.fill(ellipse(px, foot - size + 3, size * 1.04, size * 0.075),
                dark(GLAZES[look[1]], 0.5))  # fmt: skip
        else:
            c.stroke(arc(px, foot - size, size * 1.1, size * 0.1, 0, 180), 6,
                lit(GLAZES[look[1]], 0.4))  # fmt: skip
    if cup:
        look = looks[0]
        cx, cy = w * 0.8, y + (h - y) * 0.62
        _pot(c, cx, cy, w * 0.18, "mug", (look[0], look[2], look[1]))


def tea(c: Canvas, p: Palette, *, look: Look, cups: int = 2) -> None:
    """A teapot, its cups, and steam."""
    w, h = c.w, c.h
    y = side.room(c, p, 0.6, edge=True)
    side.window_light(c, w * 0.5, h * 0.06, w * 0.44, h * 0.34, 0.4)
    base, tall, x = y + (h - y) * 0.3, w * 0.32, w * 0.42
    tone = GLAZES[look[1]]
    spout = smooth([(x - tall * 0.5, base - tall * 0.34), (x - tall * 0.86, base - tall * 0.5),
        (x - tall * 1.02, base - tall * 0.88), (x - tall * 0.86, base - tall * 0.86),
        (x - tall * 0.68, base - tall * 0.66), (x - tall * 0.4, base - tall * 0.6)],
        steps=8)  # fmt: skip
    c.solid(spout, tone, form="slab", shade=0.4)
    loop = arc(x, base - tall * 0.74, tall * 0.47, tall * 0.8, 176, 364)
    c.stroke(loop, 15, dark(rgb("9C6B3F"), 0.35))
    c.stroke([(px - 2, py - 2) for px, py in loop], 10, rgb("B98352"))
    _pot(c, x, base, tall, "teapot", look)
    c.solid(arc(x, base - tall, tall * 0.28, tall * 0.17, 180, 360), lit(tone, 0.1), form="ball")
    c.solid(ellipse(x, base - tall * 1.2, tall * 0.06), lit(tone, 0.1), form="ball")
    for step in range(cups):
        cx, cy = w * (0.72 + 0.02 * step) - step * w * 0.34, base + (h - base) * (0.3 + 0.26 * step)
        _pot(c, cx, cy, w * 0.15, "cup", look)
        c.fill(ellipse(cx, cy - w * 0.15 + 2, w * 0.06, w * 0.011), rgb("B9793A"))
        steam = [(cx + 9 * math.sin(k * 0.8), cy - w * 0.19 - k * 13) for k in range(9)]
        c.casts([[*steam, *[(px + 10, py) for px, py in reversed(steam)]]], 0, 0, 5, 0.5, p.pale)
