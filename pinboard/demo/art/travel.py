"""Travel: streets of facades, hill towns, dunes, cabins, bridges."""

from __future__ import annotations

import math

from pinboard.demo.art import plants, side
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import CREAM, Palette, dark, lit, mix, rgb
from pinboard.demo.art.curves import Path, arc, blob, box, ellipse, smooth
from pinboard.demo.art.houses import house, tram, windows
from pinboard.demo.art.waters import PINE, SAND, SNOW, boat, pine, sky, water


def street(
    c: Canvas, p: Palette, *, ride: bool = True, washing: bool = True, hill: float = 0.0
) -> None:
    """Narrow houses side by side, tiled and balconied, washing between them, a tram below."""
    w, h = c.w, c.h
    sky(c, p, h * 0.7, sun=(0.8, 0.14))
    low = h * 0.84
    tones = [p.a, p.pale, p.c, p.b, p.d, lit(p.a, 0.45), lit(p.b, 0.4)]
    x, index = -w * 0.05, c.rng.randrange(7)
    while x < w:
        wide = w * c.rng.uniform(0.2, 0.27)
        tall = h * c.rng.uniform(0.44, 0.66)
        base = low - hill * h * (x / w)
        house(c, p, x, base, wide, tall, tones[index % 7], index)
        x, index = x + wide, index + 1
    road = [(0, low - 2), (w, low - hill * h), (w, h), (0, h)]
    c.solid(road, mix(p.table, rgb("BCB0A2"), 0.5), form="slab", shade=0.35)
    c.fill([(0, low - 2), (w, low - hill * h), (w, low - hill * h + 16), (0, low + 14)],
        lit(p.table, 0.5))  # fmt: skip
    for step in (0.3, 0.62):
        c.stroke([(0, low + (h - low) * step), (w, low - hill * h * (1 - step) + (h - low) * step)],
            3, dark(p.table, 0.4))  # fmt: skip
    if washing:
        for y in (0.42, 0.54):
            _washing(c, p, h * y)
    if ride:
        tram(c, w * 0.5, low + (h - low) * 0.5, w * 0.52, p.c if p.c != p.wall else p.a, p.pale)


def _washing(c: Canvas, p: Palette, y: float) -> None:
    rope = smooth([(-10, y), (c.w * 0.5, y + 34), (c.w + 10, y - 12)], closed=False, steps=12)
    c.stroke(rope, 2, dark(p.wall, 0.5))
    for index in range(3, len(rope) - 3, 3):
        px, py = rope[index]
        tone = (p.pale, p.a, p.d, lit(p.c, 0.4))[index // 3 % 4]
        tall = c.rng.uniform(48, 80)
        cloth = [(px - 20, py), (px + 20, py), (px + 18, py + tall), (px - 18, py + tall * 0.94)]
        c.cast(cloth, 6, 8, 6, 0.25)
        c.solid(cloth, tone, form="tilt", shade=0.25)


def hilltown(c: Canvas, p: Palette, *, dome: bool = True) -> None:
    """White and coloured cubes climbing a cliff above the sea."""
    w, h = c.w, c.h
    sky(c, p, h * 0.6, sun=(0.2, 0.14))
    water(c, p, h * 0.72, mix(p.b, p.wall, 0.2))
    cliff = smooth([(w * 0.12, h), (w * 0.2, h * 0.8), (w * 0.3, h * 0.6), (w * 0.46, h * 0.42),
        (w * 0.66, h * 0.28), (w * 1.1, h * 0.22)], closed=False)  # fmt: skip
    c.solid([*cliff, (w * 1.1, h)], mix(p.table, rgb("B98A66"), 0.5), form="tilt", shade=0.45)
    spots = []
    for row in range(8):
        y = h * (0.32 + row * 0.085)
        left = w * (0.68 - row * 0.066)
        x = left
        while x < w * 1.02:
            spots.append((x, y + c.rng.uniform(-14, 14)))
            x += w * c.rng.uniform(0.1, 0.15)
    tones = (p.pale, SNOW, p.pale, lit(p.a, 0.5), SNOW, lit(p.c, 0.45), lit(p.b, 0.6))
    for index, (x, y) in enumerate(spots):
        wide, tall = w * c.rng.uniform(0.11, 0.16), h * c.rng.uniform(0.08, 0.12)
        tone = tones[index % 7]
        c.solid(box(x, y - tall, x + wide, y + 24), tone, shade=0.42, light=0.2)
        if dome and index % 9 == 4:
            c.solid([(x + 4, y - tall), *arc(x + wide / 2, y - tall, wide * 0.46, wide * 0.44, 180,
                360)], p.b, form="ball")  # fmt: skip
            c.stroke([(x + wide / 2, y - tall - wide * 0.44),
                (x + wide / 2, y - tall - wide * 0.66)], 4, SNOW)  # fmt: skip
        elif index % 3 == 0:
            c.fill([(x - 5, y - tall), (x + wide / 2, y - tall - 30), (x + wide + 5, y - tall)],
                p.a)  # fmt: skip
        windows(c, x, y - tall, wide, tall, 2, 1, dark(p.b, 0.3))
        if index % 4 == 1:
            plants.shrub(c, x + wide * 0.9, y + 8, 26, 22, plants.GREEN, dots=p, count=16)
    boat(c, w * 0.18, h * 0.9, w * 0.15, p)


def dunes(c: Canvas, p: Palette) -> None:
    """Dunes under a big sun, a camp of three tents."""
    w, h = c.w, c.h
    sky(c, p, h * 0.6, sun=(0.5, 0.3), warm=0.9)
    for rank in range(5):
        top = h * (0.46 + rank * 0.1)
        tone = mix(mix(SAND, p.a, 0.16 + rank * 0.13), p.wall, max(0.0, 0.4 - rank * 0.13))
        crest_x = w * c.rng.uniform(0.2, 0.8)
        crest = smooth([(-60, top + h * 0.06), (crest_x - w * 0.3, top + h * 0.035),
            (crest_x, top - h * 0.03), (crest_x + w * 0.34, top + h * 0.03),
            (w + 60, top + h * 0.05)], closed=False, steps=10)  # fmt: skip
        c.solid([*crest, (w + 60, h + 20), (-60, h + 20)], tone, form="slab", shade=0.2, light=0.3)
        shade = smooth([(crest_x, top - h * 0.03), (crest_x + w * 0.05, top + h * 0.04),
            (crest_x - w * 0.06, top + h * 0.12), (crest_x + w * 0.1, top + h * 0.26)],
            closed=False, steps=8)  # fmt: skip
        c.fill([*shade, (w + 60, top + h * 0.3),
            *[pt for pt in reversed(crest) if pt[0] > crest_x]], dark(tone, 0.24),
            0.8)  # fmt: skip
        if rank == 3:
            for step in range(3):
                x, u = w * (0.2 + step * 0.14), w * (0.1 - 0.012 * step)
                base = top + h * 0.05
                side.ground(c, x, base, u * 0.7, u)
                c.solid([(x - u * 0.8, base), (x, base - u * 0.95), (x + u * 0.8, base)], p.pale,
                    form="tilt", shade=0.2)  # fmt: skip
                c.fill([(x, base - u * 0.95), (x + u * 0.8, base), (x + u * 0.16, base)],
                    dark(p.pale, 0.25))  # fmt: skip
                c.fill([(x - u * 0.18, base), (x, base - u * 0.5), (x + u * 0.1, base)], p.ink)
                c.stroke([(x, base - u * 0.95), (x, base - u * 1.15)], 3, p.a)
                c.fill([(x, base - u * 1.15), (x + u * 0.2, base - u * 1.09), (x, base - u * 1.02)],
                    p.a)  # fmt: skip


def cabin(c: Canvas, p: Palette, *, snow: bool = True) -> None:
    """A cabin between pines, its windows lit."""
    w, h = c.w, c.h
    low = h * 0.68
    sky(c, p, low, sun=(0.76, 0.16))
    ground = SNOW if snow else mix(plants.GREEN, p.b, 0.3)
    for rank, tone in enumerate((mix(p.b, p.wall, 0.55), mix(p.b, p.wall, 0.25))):
        top = h * (0.36 + rank * 0.1)
        ridge = smooth([(-40, top + h * 0.1), (w * 0.24, top), (w * 0.5, top + h * 0.09),
            (w * 0.78, top - h * 0.04), (w + 40, top + h * 0.08)], closed=False)  # fmt: skip
        c.solid([*ridge, (w + 40, h), (-40, h)], tone, form="slab", shade=0.2)
        for index in range(16):
            x = w * (index + 0.5 * rank) / 15
            pine(c, x, low - h * (0.08 - 0.05 * rank), h * c.rng.uniform(0.1, 0.17),
                mix(PINE, tone, 0.45 - rank * 0.25))  # fmt: skip
    field = smooth([(-40, low), (w * 0.3, low - h * 0.03), (w * 0.7, low + h * 0.02),
        (w + 40, low - h * 0.02)], closed=False)  # fmt: skip
    c.solid([*field, (w + 40, h), (-40, h)], ground, form="slab", shade=0.3,
        into=mix(p.b, p.wall, 0.4) if snow else dark(ground, 0.4))  # fmt: skip
    x, base, u = w * 0.52, low + h * 0.1, w * 0.32
    _log_house(c, p, x, base, u, snow=snow)
    for dx, size, drop in (
        (0.06, 0.46, 0.2),
        (0.18, 0.32, 0.12),
        (0.93, 0.5, 0.22),
        (0.82, 0.3, 0.1),
    ):
        pine(c, w * dx, low + h * drop, h * size, mix(PINE, p.b, 0.15))
    if snow:
        for _ in range(90):
            c.oval(c.rng.uniform(0, w), c.rng.uniform(0, h), c.rng.uniform(1.5, 4), None, SNOW)
    for step in range(6):
        blob_path = blob(c.rng, w * 0.5 + (step % 2) * 20, base + 16 + step * h * 0.03,
            16 + step * 3, 6 + step, 0.2)  # fmt: skip
        c.fill(blob_path, dark(ground, 0.16), 0.7)


def _log_house(c: Canvas, p: Palette, x: float, base: float, u: float, *, snow: bool) -> None:
    """Logs, a deep roof, two lit windows, a smoking chimney; u is about half its width."""
    side.ground(c, x, base, u * 0.9, u * 0.7)
    wood = p.a if not snow else rgb("8A4F34")
    c.solid(box(x - u * 0.7, base - u * 0.62, x + u * 0.7, base), wood, shade=0.5)
    for row in range(6):
        c.stroke([(x - u * 0.7, base - u * 0.1 * (row + 0.5)),
            (x + u * 0.7, base - u * 0.1 * (row + 0.5))], 3, dark(wood, 0.3))  # fmt: skip
    c.solid([(x - u * 0.88, base - u * 0.56), (x, base - u * 1.22),
        (x + u * 0.88, base - u * 0.56)], SNOW if snow else p.ink, form="tilt",
        shade=0.4)  # fmt: skip
    c.fill([(x - u * 0.62, base - u * 0.6), (x, base - u * 1.05), (x + u * 0.62, base - u * 0.6)],
        dark(wood, 0.12))  # fmt: skip
    for dx in (-0.4, 0.4):
        pane = box(x + u * (dx - 0.14), base - u * 0.44, x + u * (dx + 0.14), base - u * 0.16)
        c.glow(pane, 16, 0.6, rgb("FFD88A"))
        c.fill(pane, rgb("FFE2A0"))
        c.stroke([(x + u * dx, base - u * 0.44), (x + u * dx, base - u * 0.16)], 4, dark(wood, 0.4))
    c.solid(box(x - u * 0.12, base - u * 0.42, x + u * 0.12, base), p.d, shade=0.4)
    c.solid(box(x + u * 0.34, base - u * 1.2, x + u * 0.48, base - u * 0.8), rgb("8F7F78"))
    smoke = [(x + u * (0.41 + 0.09 * math.sin(k * 0.7) + 0.02 * k),
        base - u * (1.24 + k * 0.1)) for k in range(9)]  # fmt: skip
    c.casts([[*smoke, *[(px + 16, py) for px, py in reversed(smoke)]]], 0, 0, 7, 0.5, CREAM)


def bridge(c: Canvas, p: Palette) -> None:
    """A river bridge with arches, the old town behind it."""
    w, h = c.w, c.h
    low = h * 0.62
    sky(c, p, low, sun=(0.74, 0.16))
    tones = [lit(p.a, 0.3), p.pale, p.c, lit(p.b, 0.3), p.d]
    for index in range(9):
        x, tall = w * (index / 8.4 - 0.04), h * c.rng.uniform(0.14, 0.26)
        tone = mix(tones[index % 5], p.wall, 0.25)
        c.solid(box(x, low - tall, x + w * 0.125, low), tone, shade=0.35)
        c.solid([(x - 5, low - tall), (x + w * 0.062, low - tall - 46), (x + w * 0.13, low - tall)],
            mix(p.a, p.ink, 0.3), form="tilt")  # fmt: skip
        windows(c, x, low - tall, w * 0.125, tall, 2, 3,
            dark(p.b, 0.3) if sum(p.wall) > 380 else rgb("FFDD94"))  # fmt: skip
    tower = w * 0.3
    c.solid(box(tower - 34, low - h * 0.4, tower + 34, low), mix(p.pale, p.table, 0.3), shade=0.4)
    c.solid([(tower - 42, low - h * 0.4), (tower, low - h * 0.56), (tower + 42, low - h * 0.4)],
        p.b, form="tilt")  # fmt: skip
    c.oval(tower, low - h * 0.34, 17, None, p.pale)
    water(c, p, low, mix(p.b, p.wall, 0.3), gleam=0.35)
    deck = smooth([(-40, low + h * 0.06), (w * 0.5, low - h * 0.04), (w + 40, low + h * 0.06)],
        closed=False, steps=14)  # fmt: skip
    stone = mix(p.table, rgb("C8AD8C"), 0.6)
    under: Path = []
    for arch_at in range(2, -1, -1):
        cx = w * (0.17 + arch_at * 0.33)
        under += arc(cx, low + h * 0.2, w * 0.125, h * 0.14, 0, -180, steps=16)
    body = [*deck, (w + 40, low + h * 0.22), *under, (-40, low + h * 0.22)]
    c.cast(body, 6, 18, 14, 0.35)
    c.solid(body, stone, form="slab", shade=0.4)
    c.stroke(deck, 12, lit(stone, 0.4))
    for px, py in deck[::4]:
        c.stroke([(px, py), (px, py - 46)], 4, p.ink)
        c.glow(ellipse(px, py - 50, 12), 9, 0.6, rgb("FFE2A0"))
        c.oval(px, py - 50, 7, None, rgb("FFF1C4"))
    boat(c, w * 0.62, h * 0.94, w * 0.2, p, sails=False)
