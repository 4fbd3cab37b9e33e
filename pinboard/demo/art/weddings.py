"""Weddings: bouquets, arches, laid tables, tiered cakes, invitations and rings."""

from __future__ import annotations

import math

from pinboard.demo.art import plants, side, table
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import RGB, Palette, dark, lit, mix, rgb
from pinboard.demo.art.curves import along, arc, box, ellipse, rounded, shift, smooth, turn, turned

GOLD, IVORY = rgb("C79A4B"), rgb("F7EEDF")


def _flowers(p: Palette, kinds: str) -> list[tuple[str, RGB]]:
    tones = (p.a, p.pale, p.c, p.d, lit(p.a, 0.45), p.b)
    return [(kind, tones[index % len(tones)]) for index, kind in enumerate(kinds.split())]


def tied(
    c: Canvas, p: Palette, *, kinds: str, greens: str = "olive eucalyptus", tall: float = 1.0
) -> None:
    """A hand-tied bouquet lying on paper, with a ribbon."""
    w, h = c.w, c.h
    c.fade(0, 0, w, h, lit(p.wall, 0.7), "tilt", 0.6, "light")
    c.fade(0, 0, w, h, dark(p.wall, 0.4), "tilt", 0.36)
    table.dapple(c, 0.14)
    x, knot = w * 0.5, h * 0.72
    for step in range(-4, 5):
        foot = (x + step * w * 0.035, h * 0.95 - abs(step) * 6)
        c.stroke([(x - step * w * 0.012, knot - 40), foot], 7,
            mix(plants.GREEN, plants.MOSS, abs(step) / 5))  # fmt: skip
    plants.bouquet(c, x, knot, min(w * 0.4, h * 0.34), _flowers(p, kinds), greens=greens.split(),
                   tall=tall, count=13)  # fmt: skip
    for sideways in (-1, 1):
        tail = along(x, knot, h * 0.2, 90 - sideways * 24, sideways * 36)
        c.stroke(shift(tail, 3, 5), 13, dark(p.d, 0.4))
        c.stroke(tail, 13, p.d)
        bow = smooth([(x, knot), (x + sideways * w * 0.1, knot - w * 0.06),
            (x + sideways * w * 0.13, knot + w * 0.01), (x + sideways * w * 0.05,
            knot + w * 0.03)])  # fmt: skip
        c.cast(bow, 3, 5, 4, 0.3)
        c.solid(bow, p.d, form="tilt", shade=0.4)
    c.solid(rounded(x - w * 0.045, knot - w * 0.028, x + w * 0.045, knot + w * 0.034, 10),
        lit(p.d, 0.12))  # fmt: skip


def vase(
    c: Canvas, p: Palette, *, kinds: str, shape: str = "jug", greens: str = "olive fern"
) -> None:
    """Flowers in a vase on a table by the window."""
    y = side.room(c, p, 0.74)
    side.window_light(c, c.w * 0.06, c.h * 0.06, c.w * 0.5, c.h * 0.36, 0.4)
    base = y + (c.h - y) * 0.42
    tall = c.h * 0.3
    side.vessel(c, c.w * 0.5, base, tall, shape, p.pale)
    plants.bouquet(c, c.w * 0.5, base - tall * 0.98, min(c.w * 0.36, c.h * 0.3), _flowers(p, kinds),
                   greens=greens.split(), count=12)  # fmt: skip
    for step in range(3):
        plants.daisy(c, c.w * (0.2 + step * 0.07), base + 20 + step * 9, c.w * 0.025, lit(p.a, 0.3))


def arch(c: Canvas, p: Palette, *, form: str = "round", kinds: str = "rose daisy") -> None:
    """A ceremony arch in a meadow, flowers climbing one side."""
    w, h = c.w, c.h
    c.fade(0, 0, w, h * 0.7, lit(p.wall, 0.7), "slab", 0.7)
    ground = h * 0.74
    for step, tone in enumerate((mix(p.b, p.wall, 0.55), mix(p.b, p.wall, 0.3))):
        hill = smooth([(-60, ground - h * (0.12 - 0.05 * step)),
            (w * 0.3, ground - h * (0.18 - 0.12 * step)),
            (w * 0.7, ground - h * (0.1 - 0.02 * step)),
            (w + 60, ground - h * (0.17 - 0.1 * step))], closed=False)  # fmt: skip
        c.solid([*hill, (w + 60, h), (-60, h)], tone, form="slab", shade=0.2)
    c.solid([(0, ground), (w, ground - 8), (w, h), (0, h)], mix(p.b, p.c, 0.2), form="slab",
        shade=0.4)  # fmt: skip
    aisle = [(w * 0.44, ground), (w * 0.56, ground), (w * 0.8, h), (w * 0.2, h)]
    c.solid(aisle, mix(p.pale, p.table, 0.3), form="slab", light=0.3, shade=0.2)
    half, top = w * 0.27, h * 0.2
    foot = ground + h * 0.04
    if form == "round":
        outline = [(w / 2 - half, foot), *arc(w / 2, top + half, half, half, 180, 360),
            (w / 2 + half, foot)]  # fmt: skip
    elif form == "ring":
        outline = ellipse(w / 2, foot - half * 1.25, half * 1.25, steps=80)
    else:
        outline = [(w / 2 - half, foot), (w / 2 - half, top), (w / 2 + half, top),
            (w / 2 + half, foot)]  # fmt: skip
    c.stroke(shift(outline, 10, 4), 14, dark(p.table, 0.4))
    c.stroke(outline, 14, GOLD if form == "ring" else p.pale)
    _climb(c, p, outline, kinds)
    for step in range(5):
        near = ground + (h - ground) * (0.14 + step * 0.2)
        out = w * (0.07 + step * 0.065)
        for sideways in (-1, 1):
            plants.shrub(c, w / 2 + sideways * (out + w * 0.1), near, 28 + step * 9, 20 + step * 7,
                         plants.GREEN, dots=p, count=24)  # fmt: skip


def _climb(c: Canvas, p: Palette, outline: list[tuple[float, float]], kinds: str) -> None:
    """Foliage, then flowers, over the first half of the arch and a corner of its end."""
    count = len(outline)
    dense = [outline[int(count * (0.06 + 0.62 * step / 26))] for step in range(27)]
    dense += [outline[int(count * 0.96)]] * 4
    if count == 4:
        a, b, d = outline[0], outline[1], outline[2]
        dense = [(a[0], a[1] + (b[1] - a[1]) * t / 13) for t in range(14)]
        dense += [(b[0] + (d[0] - b[0]) * t / 14, b[1]) for t in range(15)]
    for px, py in dense:
        for _ in range(2):
            plants.sprig(c, px, py, c.w * c.rng.uniform(0.1, 0.17), c.rng.uniform(0, 360),
                c.rng.choice(("olive", "fern")), mix(plants.GREEN, plants.GREY,
                c.rng.random() * 0.6))  # fmt: skip
    blooms = _flowers(p, kinds)
    for index, (px, py) in enumerate(dense):
        if index % 4 == 3:
            continue
        kind, tone = blooms[index % len(blooms)]
        size = c.w * c.rng.uniform(0.035, 0.062)
        plants.FLOWERS[kind](c, px + c.rng.uniform(-24, 24), py + c.rng.uniform(-24, 24), size,
            tone)  # fmt: skip


def setting(c: Canvas, p: Palette, *, kinds: str = "rose daisy", cloth: str = "plain") -> None:
    """One place laid for dinner, from above: plate, napkin with a sprig, glasses, flowers."""
    table.top(c, p, cloth)
    table.dapple(c, 0.14)
    w, h = c.w, c.h
    x, y, r = w * 0.5, h * 0.56, w * 0.33
    for step in range(9):
        kind, tone = _flowers(p, kinds)[step % len(kinds.split())]
        px, py = w * (0.02 + step * 0.12), h * 0.07 + c.rng.uniform(-24, 30)
        for _ in range(2):
            plants.sprig(c, px, py, w * 0.2, c.rng.uniform(20, 160), "olive", plants.GREEN)
        plants.FLOWERS[kind](c, px, py, w * c.rng.uniform(0.05, 0.085), tone)
    table.plate(c, x, y, r, mix(p.table, p.pale, 0.5), band=GOLD)
    table.plate(c, x, y, r * 0.76, p.pale, scallop=True)
    cloth_path = turn(rounded(x - r * 0.24, y - r * 0.66, x + r * 0.24, y + r * 0.66, 8), x, y, 6)
    c.cast(cloth_path, 6, 8, 7, 0.35)
    c.solid(cloth_path, p.d, form="tilt", shade=0.35)
    c.stroke(turn([(x - r * 0.24, y + r * 0.06), (x + r * 0.24, y + r * 0.06)], x, y, 6), 9, GOLD)
    plants.sprig(c, x - r * 0.1, y + r * 0.4, r * 0.8, -80, "olive", plants.GREEN)
    plants.daisy(c, x, y + r * 0.06, r * 0.1, p.pale)
    for dx in (-1.3, -1.12):
        table.fork(c, x + r * dx, y - r * 0.56, r * 1.15, 0, GOLD)
    table.knife(c, x + r * 1.14, y - r * 0.56, r * 1.15, 0, GOLD)
    table.spoon(c, x + r * 1.3, y - r * 0.5, r * 1.1, 0, GOLD)
    table.glass(c, w * 0.84, h * 0.25, w * 0.075, mix(p.pale, p.c, 0.25))
    table.glass(c, w * 0.68, h * 0.22, w * 0.06, p.a)


def tiers(
    c: Canvas, p: Palette, *, floors: int = 3, kinds: str = "rose daisy", icing: str = "smooth"
) -> None:
    """A tiered cake on a stand."""
    y = side.room(c, p, 0.78)
    side.window_light(c, c.w * 0.04, c.h * 0.05, c.w * 0.4, c.h * 0.34, 0.34)
    x, base = c.w / 2, y + (c.h - y) * 0.42
    stand = turned(x, base, [(0, c.w * 0.13), (8, c.w * 0.12), (40, 22), (66, 26), (74, c.w * 0.3),
        (88, c.w * 0.31)])  # fmt: skip
    side.ground(c, x, base, c.w * 0.14, c.h * 0.4)
    c.solid(stand, GOLD)
    level, half = base - 86, c.w * 0.25
    tall = (level - c.h * 0.16) / (floors + 0.3)
    for floor in range(floors):
        tone = lit(mix(p.pale, p.a, 0.1 * floor), 0.2)
        body = rounded(x - half, level - tall, x + half, level, 12)
        c.solid(body, tone, shade=0.42, light=0.5)
        _ice(c, p, x, level, half, tall, icing, tone)
        c.fill(ellipse(x, level - tall + 5, half - 4, half * 0.09), lit(tone, 0.6))
        for step in range(7 - floor):
            side_at = -0.9 + step * 0.22 if floor % 2 == 0 else 0.9 - step * 0.2
            kind, bloom = _flowers(p, kinds)[step % len(kinds.split())]
            px, py = x + half * side_at, level - tall + c.rng.uniform(-8, 22)
            plants.sprig(c, px, py, half * 0.42, c.rng.uniform(-170, 20), "olive", plants.GREEN)
            plants.FLOWERS[kind](c, px, py, half * c.rng.uniform(0.12, 0.2), bloom)
        level, half = level - tall, half * 0.74


def _ice(
    c: Canvas, p: Palette, x: float, level: float, half: float, tall: float, icing: str, tone: RGB
) -> None:
    with c.inside(rounded(x - half, level - tall, x + half, level, 12)) as d:
        if icing == "waves":
            for row in range(5):
                for step in range(14):
                    px, py = x - half + step * half / 6.5, level - tall * (0.1 + row * 0.2)
                    d.stroke(arc(px, py, half / 13, tall * 0.07, 0, 180, steps=10), 4,
                        dark(tone, 0.14))  # fmt: skip
        elif icing == "naked":
            for row in range(1, 4):
                d.fill(box(x - half, level - tall * row / 4 - 9, x + half,
                    level - tall * row / 4 + 9), rgb("D9A764"), 0.6)  # fmt: skip
        elif icing == "pleats":
            for step in range(15):
                px = x - half + step * half / 7
                d.stroke([(px, level), (px + 3, level - tall)], 3, dark(tone, 0.13))
    for step in range(int(half / 9)):
        d_x = x - half + 9 + step * 18.4
        if d_x < x + half:
            c.oval(d_x, level - 5, 7, None, lit(tone, 0.5))


def paper(c: Canvas, p: Palette, *, kinds: str = "rose daisy", envelope: str = "d") -> None:
    """An invitation with an envelope, a wax seal and a branch: no words, only the paper."""
    table.top(c, p, "plain")
    table.dapple(c, 0.15)
    w, h = c.w, c.h
    tone = {"d": p.d, "b": p.b, "a": p.a}[envelope]
    x, y = w * 0.56, h * 0.62
    cover = turn(rounded(x - w * 0.36, y - w * 0.25, x + w * 0.36, y + w * 0.25, 5), x, y, -9)
    c.cast(cover, 12, 16, 14, 0.4)
    c.solid(cover, tone, form="tilt", shade=0.25)
    flap = turn([(x - w * 0.36, y - w * 0.25), (x, y + w * 0.06), (x + w * 0.36, y - w * 0.25)], x,
        y, -9)  # fmt: skip
    c.cast(flap, 4, 6, 5, 0.3)
    c.solid(flap, lit(tone, 0.1), form="slab", shade=0.3)
    sx, sy = turn([(x, y + w * 0.04)], x, y, -9)[0]
    c.cast(ellipse(sx, sy, w * 0.06), 4, 5, 4, 0.4)
    c.solid(ellipse(sx, sy, w * 0.062), p.a, form="ball", shade=0.4)
    c.stroke(ellipse(sx, sy, w * 0.042), 3, dark(p.a, 0.25))
    plants.sprig(c, sx, sy + w * 0.03, w * 0.07, -90, "olive", dark(p.a, 0.3), 0)
    cx, cy = w * 0.4, h * 0.34
    card = turn(rounded(cx - w * 0.24, cy - w * 0.34, cx + w * 0.24, cy + w * 0.34, 4), cx, cy, 7)
    c.cast(card, 10, 14, 12, 0.38)
    c.solid(card, IVORY, form="tilt", shade=0.14)
    c.stroke(turn(rounded(cx - w * 0.21, cy - w * 0.31, cx + w * 0.21, cy + w * 0.31, 3), cx, cy,
        7), 2.4, GOLD)  # fmt: skip
    for index, (kind, bloom) in enumerate(_flowers(p, kinds + " " + kinds)):
        at = -140 + index * 32
        px, py = (
            cx + w * 0.1 * math.cos(math.radians(at)),
            cy + w * 0.1 + w * 0.08 * math.sin(math.radians(at)),
        )
        plants.sprig(c, px, py, w * 0.16, at, "olive", plants.GREEN)
        plants.FLOWERS[kind](c, px, py, w * 0.04, bloom)
    for row in range(3):
        rule = [(cx - w * (0.1 - row * 0.02), cy - w * (0.22 - row * 0.035)),
                (cx + w * (0.1 - row * 0.02), cy - w * (0.22 - row * 0.035))]  # fmt: skip
        c.stroke(turn(rule, cx, cy, 7), 3, mix(p.ink, IVORY, 0.5))
    _rings(c, w * 0.8, h * 0.26, w * 0.06)
    plants.sprig(c, w * 0.05, h * 0.98, w * 0.5, -38, "eucalyptus", plants.GREY)


def _rings(c: Canvas, x: float, y: float, r: float) -> None:
    for dx, dy in ((0, 0), (r * 0.9, r * 0.5)):
        ring = ellipse(x + dx, y + dy, r)
        c.stroke(shift(ring, 5, 7), r * 0.2, dark(GOLD, 0.5))
        c.stroke(ring, r * 0.24, dark(GOLD, 0.16))
        c.stroke(shift(ring, -1.5, -1.5), r * 0.12, lit(GOLD, 0.4))


def feast(c: Canvas, p: Palette, *, kinds: str = "rose daisy") -> None:
    """A long table in the garden at dusk under strings of lights."""
    w, h = c.w, c.h
    c.fade(0, 0, w, h * 0.6, lit(p.wall, 0.55), "slab", 0.6)
    for step in range(9):
        plants.shrub(c, w * step / 8, h * 0.44 + c.rng.uniform(-20, 20), w * 0.12, h * 0.13,
                     mix(plants.MOSS, p.wall, 0.3), count=30)  # fmt: skip
    c.solid(box(0, h * 0.5, w, h), mix(plants.MOSS, p.b, 0.4), form="slab", shade=0.4)
    for strand in range(3):
        rope = smooth([(-20, h * (0.05 + strand * 0.09)), (w * 0.5, h * (0.16 + strand * 0.08)),
                       (w + 20, h * (0.03 + strand * 0.1))], closed=False, steps=9)  # fmt: skip
        c.stroke(rope, 2, dark(p.wall, 0.5))
        bulbs = [ellipse(px, py + 8, 9, steps=12) for px, py in rope[1::2]]
        c.casts(bulbs, 0, 0, 9, 0.8, rgb("FFDE8F"))
        for px, py in rope[1::2]:
            c.oval(px, py + 8, 6, None, rgb("FFF1C4"))
    far, near = h * 0.52, h * 1.02
    top = [(w * 0.4, far), (w * 0.6, far), (w * 1.02, near), (w * -0.02, near)]
    c.cast(top, 10, 26, 20, 0.5)
    c.solid(top, p.pale, form="slab", shade=0.2, light=0.2)
    runner = [(w * 0.475, far), (w * 0.525, far), (w * 0.66, near), (w * 0.34, near)]
    c.solid(runner, mix(p.a, p.pale, 0.4), form="slab", shade=0.2)
    blooms = _flowers(p, kinds)
    for step in range(6):
        t = (step / 5) ** 1.6
        y, size = far + (near - far) * (0.05 + 0.8 * t), 0.2 + 0.8 * t
        for sideways in (-1, 1):
            x = w / 2 + sideways * w * (0.075 + 0.29 * t)
            c.cast(ellipse(x, y, 62 * size, 22 * size), 5, 6, 5, 0.35)
            c.solid(ellipse(x, y, 62 * size, 21 * size), IVORY, form="ball", shade=0.3)
            c.fill(ellipse(x, y, 40 * size, 12 * size), dark(IVORY, 0.1))
            side.wineglass(c, x - sideways * 70 * size, y - 6, 120 * size, p.a)
        for index in range(5):
            kind, tone = blooms[index % len(blooms)]
            px, py = w / 2 + c.rng.uniform(-70, 70) * size, y + c.rng.uniform(-22, 16) * size
            plants.sprig(c, px, py, 90 * size, c.rng.uniform(-170, -10), "olive", plants.GREEN)
            plants.FLOWERS[kind](c, px, py, 30 * size, tone)
