"""Gardens seen from the ground: paths, pots on steps, doors with climbers, glasshouses."""

from __future__ import annotations

import math

from pinboard.demo.art import plants, side, table
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import CREAM, RGB, Palette, dark, lit, mix, rgb
from pinboard.demo.art.curves import (
    Path,
    arc,
    box,
    ellipse,
    leaf,
    rounded,
    smooth,
)

Frame = tuple[float, float, float, float]  # left, right, eaves, ridge

LAWN, HEDGE, STONE, EARTH = rgb("8FA85E"), rgb("4E6F47"), rgb("D8CBB4"), rgb("6B4A38")


def _sky(c: Canvas, p: Palette, low: float) -> None:
    c.fill(box(0, 0, c.w, low), p.wall)
    c.fade(0, 0, c.w, low, lit(p.wall, 0.75), "slab", 0.8)
    c.glow(ellipse(c.w * 0.2, c.h * 0.12, c.w * 0.12), 40, 0.5)


def path(c: Canvas, p: Palette, *, gate: str = "arch", paving: str = "gravel") -> None:
    """A winding path between borders, leading to a gate."""
    w, h = c.w, c.h
    low = h * 0.44
    _sky(c, p, low)
    for step in range(7):
        plants.shrub(c, w * (step / 6), low - h * 0.05 + c.rng.uniform(-20, 20), w * 0.14, h * 0.12,
                     mix(HEDGE, p.wall, 0.34), count=24)  # fmt: skip
    c.solid(box(0, low, w, h), mix(LAWN, p.b, 0.25), form="slab", shade=0.4)
    left = smooth([(w * 0.47, low), (w * 0.4, h * 0.56), (w * 0.5, h * 0.7), (w * 0.24, h * 1.03)],
        closed=False)  # fmt: skip
    right = smooth([(w * 0.53, low), (w * 0.5, h * 0.56), (w * 0.68, h * 0.7),
        (w * 0.72, h * 1.03)], closed=False)  # fmt: skip
    way = [*left, *reversed(right)]
    tone = lit(STONE, 0.2) if paving == "gravel" else mix(p.a, STONE, 0.5)
    c.solid(way, tone, form="tilt", shade=0.3, light=0.3)
    with c.inside(way) as d:
        _pave(d, paving, tone, low)
    _gate(c, p, gate, w * 0.5, low + 6, h * 0.2)
    for step in range(11):
        t = (step / 10) ** 1.5
        y = low + (h - low) * (0.04 + 0.98 * t)
        size = 26 + 96 * t
        at = min(len(left) - 1, int(len(left) * (y - low) / (h - low)))
        for edge, sideways in ((left, -1), (right, 1)):
            x = edge[at][0] + sideways * size * 0.95
            green = mix(HEDGE, c.rng.choice((LAWN, plants.GREY, p.b)), c.rng.uniform(0, 0.7))
            plants.shrub(c, x + sideways * size * 1.3, y - size * 0.3, size * 1.2, size, green,
                dots=p, count=26)  # fmt: skip
            plants.shrub(c, x, y, size * 0.8, size * 0.6, lit(green, 0.16), dots=p, count=18)
            if step % 2:
                for _ in range(3):
                    plants.sprig(c, x + sideways * size * c.rng.uniform(0, 1.4), y, size * 2,
                        -90 + c.rng.uniform(-16, 16), "lavender", p.d)  # fmt: skip


def _pave(c: Canvas, paving: str, tone: RGB, low: float) -> None:
    w, h = c.w, c.h
    if paving == "gravel":
        for _ in range(260):
            y = low + (h - low) * c.rng.random() ** 0.7
            size = 1 + 5 * (y - low) / (h - low)
            c.oval(c.rng.uniform(w * 0.2, w * 0.8), y, size, size * 0.5,
                c.rng.choice((dark(tone, 0.2), lit(tone, 0.4))))  # fmt: skip
        return
    for row in range(13):
        t = (row / 12) ** 1.7
        y, tall = low + (h - low) * t, 10 + 60 * t
        for column in range(7):
            x = w * 0.14 + column * w * 0.11 * (0.6 + 0.4 * t) + (row % 2) * 30
            slab = rounded(x, y, x + w * 0.1, y + tall * 0.84, 8)
            c.solid(slab, mix(tone, STONE, c.rng.uniform(0, 0.6)), form="tilt", shade=0.2)


def _gate(c: Canvas, p: Palette, kind: str, x: float, base: float, tall: float) -> None:
    if kind == "arch":
        outline = [(x - tall * 0.34, base), *arc(x, base - tall * 0.66, tall * 0.34, tall * 0.34,
            180, 360), (x + tall * 0.34, base)]  # fmt: skip
        c.stroke(outline, 9, p.pale)
        for index, (px, py) in enumerate(outline[::2]):
            plants.shrub(c, px, py, tall * 0.12, tall * 0.1, HEDGE, dots=p, count=14 + index % 3)
    elif kind == "gate":
        for step in range(9):
            px = x - tall * 0.36 + step * tall * 0.09
            c.solid(rounded(px, base - tall * (0.42 + 0.12 * math.sin(step / 8 * math.pi)),
                px + tall * 0.06, base, 4), p.pale, shade=0.3)  # fmt: skip
        for y in (0.14, 0.34):
            c.fill(box(x - tall * 0.38, base - tall * y, x + tall * 0.44, base - tall * y + 6),
                lit(p.pale, 0.2))  # fmt: skip
    else:
        c.solid([(x - tall * 0.5, base - tall * 0.66), (x, base - tall * 1.16),
            (x + tall * 0.5, base - tall * 0.66)], p.a, form="tilt")  # fmt: skip
        c.solid(box(x - tall * 0.42, base - tall * 0.66, x + tall * 0.42, base), p.pale, shade=0.3)
        c.solid(box(x - tall * 0.11, base - tall * 0.42, x + tall * 0.11, base), p.d)
        for dx in (-0.28, 0.28):
            c.fill(box(x + tall * (dx - 0.08), base - tall * 0.46, x + tall * (dx + 0.08),
                base - tall * 0.26), p.b)  # fmt: skip


def steps(c: Canvas, p: Palette, *, kinds: str, wall: str = "plain") -> None:
    """Pots on garden steps against a sunlit wall."""
    w, h = c.w, c.h
    c.fade(0, 0, w, h, lit(p.wall, 0.7), "tilt", 0.6, "light")
    c.fade(0, 0, w, h, dark(p.wall, 0.45), "tilt", 0.36)
    if wall == "brick":
        for row in range(int(h / 44)):
            for column in range(-1, 8):
                left = column * 104 + (row % 2) * 52
                tone = mix(p.wall, p.a, c.rng.uniform(0.08, 0.26))
                c.fill(box(left + 3, row * 44 + 3, left + 101, row * 44 + 41), tone, 0.7)
    table.dapple(c, 0.16)
    names = kinds.split()
    pots = (rgb("C9744A"), p.pale, p.d, rgb("B5633F"), p.b, p.c)
    for level in range(3):
        y = h * (0.46 + level * 0.2)
        inset = w * (0.2 - level * 0.14)
        slab = box(inset, y, w - inset if level < 2 else w, h)
        c.cast(box(inset, y, w - inset, y + h * 0.1), 10, 10, 16, 0.3)
        c.solid(slab, mix(STONE, p.table, 0.35), form="slab", shade=0.36, light=0.5)
        c.fill(box(inset, y, w - inset if level < 2 else w, y + 9), lit(STONE, 0.5))
        count = 2 + level % 2
        for index in range(count):
            x = inset + (w - 2 * inset) * (index + 0.5) / count + c.rng.uniform(-20, 20)
            number = level * 3 + index
            _plant(c, p, x, y + 6, h * c.rng.uniform(0.26, 0.32), pots[number % 6],
                names[number % len(names)])  # fmt: skip


def _plant(c: Canvas, p: Palette, x: float, base: float, tall: float, pot: RGB, kind: str) -> None:
    size = tall * 0.42
    top = base - size
    if kind in ("rose", "daisy", "dahlia", "tulip"):
        plants.shrub(c, x, top - tall * 0.14, tall * 0.3, tall * 0.24, plants.GREEN, count=26)
        for step in range(7):
            at = step * 2.4
            px, py = x + tall * 0.2 * math.cos(at), top - tall * 0.18 + tall * 0.17 * math.sin(at)
            plants.FLOWERS[kind](c, px, py, tall * 0.085, (p.a, p.c, p.pale)[step % 3])
    elif kind == "ball":
        c.stroke([(x, top + 10), (x, top - tall * 0.3)], 9, EARTH)
        plants.shrub(c, x, top - tall * 0.44, tall * 0.27, tall * 0.27, HEDGE, count=46)
    elif kind == "cactus":
        for dx, up in ((0, 0.5), (-0.13, 0.3), (0.14, 0.36)):
            body = rounded(x + tall * (dx - 0.07), top - tall * up, x + tall * (dx + 0.07),
                top + 20, tall * 0.07)  # fmt: skip
            c.solid(body, mix(HEDGE, p.b, 0.3), shade=0.5, light=0.4)
            for row in range(6):
                c.oval(x + tall * dx, top - tall * up * (0.14 + row * 0.15), 2.5, None, CREAM)
    elif kind == "agave":
        for step in range(13):
            angle = -90 + (step - 6) * 15
            tone = mix(plants.GREY, HEDGE, 0.5 + 0.04 * step)
            c.solid(leaf(x, top + 8, tall * 0.5, tall * 0.1, angle), tone, shade=0.4, light=0.4)
    else:
        for step in range(9):
            plants.sprig(c, x, top + 10, tall * c.rng.uniform(0.42, 0.6), -90 + (step - 4) * 17,
                kind, mix(plants.GREEN, p.b, c.rng.random() * 0.5), (step - 4) * 9)  # fmt: skip
    side.vessel(c, x, base, size, "pot", pot)


def glasshouse(c: Canvas, p: Palette, *, roof: str = "gable") -> None:
    """A glasshouse full of green."""
    w, h = c.w, c.h
    low = h * 0.8
    _sky(c, p, low)
    for step in range(6):
        plants.shrub(c, w * step / 5, low - h * 0.1, w * 0.16, h * 0.2, mix(HEDGE, p.wall, 0.4),
            count=30)  # fmt: skip
    c.solid(box(0, low, w, h), mix(LAWN, p.b, 0.2), form="slab", shade=0.4)
    x0, x1, eave, ridge = w * 0.12, w * 0.88, h * 0.38, h * 0.14
    shell: Path = [(x0, low), (x0, eave), (w / 2, ridge), (x1, eave), (x1, low)]
    if roof == "round":
        shell = [(x0, low), (x0, eave), *arc(w / 2, eave, (x1 - x0) / 2, eave - ridge, 180, 360),
            (x1, eave), (x1, low)]  # fmt: skip
    _under_glass(c, p, shell, (x0, x1, eave, ridge), low)
    _glazing(c, p, shell, (x0, x1, eave, ridge), low, roof)
    for share in (0.1, 0.24, 0.76, 0.9):
        plants.shrub(c, w * share, low + h * 0.05, w * 0.1, h * 0.045, HEDGE, dots=p, count=22)


def door(c: Canvas, p: Palette, *, climb: str = "rose") -> None:
    """A house door with climbers and pots on either side."""
    w, h = c.w, c.h
    c.fade(0, 0, w, h, lit(p.wall, 0.6), "tilt", 0.6, "light")
    c.fade(0, 0, w, h, dark(p.wall, 0.4), "tilt", 0.36)
    low = h * 0.88
    c.solid(box(0, low, w, h), STONE, form="slab", shade=0.4)
    half, top = w * 0.2, h * 0.3
    frame = [(w / 2 - half * 1.2, low), *arc(w / 2, top, half * 1.2, half * 1.2, 180, 360),
        (w / 2 + half * 1.2, low)]  # fmt: skip
    c.cast(frame, 8, 8, 14, 0.3)
    c.solid(frame, p.pale, form="tilt", shade=0.3)
    leafed = [(w / 2 - half, low), *arc(w / 2, top, half, half, 180, 360), (w / 2 + half, low)]
    c.solid(leafed, p.d if p.d != p.wall else p.a, form="tilt", shade=0.35)
    with c.inside(leafed) as d:
        for step in range(1, 6):
            d.stroke([(w / 2 - half + step * half / 3, 0), (w / 2 - half + step * half / 3, low)],
                3, dark(p.d, 0.25))  # fmt: skip
        d.fill(box(w / 2 - half * 0.5, h * 0.34, w / 2 + half * 0.5, h * 0.5),
            mix(rgb("CFE0E0"), p.pale, 0.4))  # fmt: skip
        d.stroke([(w / 2, h * 0.34), (w / 2, h * 0.5)], 6, p.d)
    c.oval(w / 2 + half * 0.76, h * 0.62, 10, None, rgb("C9A04E"))
    c.solid(box(w / 2 - half * 1.4, low - 8, w / 2 + half * 1.4, low + 22), lit(STONE, 0.4),
        form="slab")  # fmt: skip
    outline = [(w * 0.2, low - t * (low - h * 0.2) / 12) for t in range(13)]
    outline += arc(w / 2, h * 0.27, w * 0.31, h * 0.18, 180, 330, steps=14)
    for px, py in outline:
        plants.shrub(c, px + c.rng.uniform(-14, 14), py, w * 0.075, w * 0.06, HEDGE, count=18)
    for index, (px, py) in enumerate(outline * 2):
        tone = (p.a, lit(p.a, 0.4), p.pale)[index % 3]
        plants.FLOWERS[climb](c, px + c.rng.uniform(-40, 40), py + c.rng.uniform(-24, 24),
            w * c.rng.uniform(0.02, 0.036), tone)  # fmt: skip
    _plant(c, p, w * 0.86, low + 30, h * 0.3, rgb("C9744A"), "ball")
    _plant(c, p, w * 0.11, low + 40, h * 0.2, p.c, "daisy")


def _under_glass(c: Canvas, p: Palette, shell: Path, frame: Frame, low: float) -> None:
    """Ferns, small trees and big leaves behind the panes."""
    w, h = c.w, c.h
    x0, x1, eave, ridge = frame
    c.cast(shell, 18, 8, 20, 0.3)
    c.fill(shell, mix(rgb("DCEBE4"), p.wall, 0.3))
    with c.inside(shell) as d:
        for step in range(8):
            px = x0 + (x1 - x0) * (step + 0.5) / 8
            if step % 3 == 0:
                for k in range(7):
                    plants.sprig(d, px, low - 10, h * d.rng.uniform(0.26, 0.42), -90 + (k - 3) * 14,
                        "fern", plants.GREEN, (k - 3) * 8)  # fmt: skip
            elif step % 3 == 1:
                d.stroke([(px, low), (px, low - h * 0.24)], 8, EARTH)
                plants.shrub(d, px, low - h * 0.3, w * 0.08, h * 0.08, HEDGE, dots=p, count=30)
            else:
                plants.monstera(d, px, low - h * 0.12, w * 0.1, -100 + d.rng.uniform(-30, 30),
                    plants.MOSS)  # fmt: skip
                plants.monstera(d, px, low - h * 0.04, w * 0.1, -60 + d.rng.uniform(-30, 30),
                    plants.GREEN)  # fmt: skip
        d.fill(box(x0, low - h * 0.08, x1, low), mix(p.a, STONE, 0.5))
        d.fill([(x0, eave), (x0 + w * 0.3, ridge), (x0 + w * 0.46, ridge), (x0, low * 0.9)], CREAM,
            0.25)  # fmt: skip


def _glazing(c: Canvas, p: Palette, shell: Path, frame: Frame, low: float, roof: str) -> None:
    """White bars and a double door."""
    w, h = c.w, c.h
    x0, x1, eave, ridge = frame
    white = lit(p.pale, 0.3)
    for step in range(9):
        px = x0 + (x1 - x0) * step / 8
        aside = abs(px - w / 2) / ((x1 - x0) / 2)
        rise = 1 - aside if roof == "gable" else math.sqrt(max(0.0, 1 - aside**2))
        edge = eave - (eave - ridge) * rise
        c.stroke([(px, edge), (px, low)], 6 if step % 4 else 10, white)
    for y in (eave, h * 0.56, low - h * 0.08):
        c.stroke([(x0, y), (x1, y)], 8, white)
    c.stroke([*shell, shell[0]], 13, white)
    c.solid(box(w * 0.43, h * 0.5, w * 0.57, low), white, shade=0.2)
    for column in range(2):
        c.fill(box(w * (0.445 + column * 0.06), h * 0.52, w * (0.495 + column * 0.06),
            low - h * 0.1), mix(HEDGE, rgb("DCEBE4"), 0.5))  # fmt: skip
