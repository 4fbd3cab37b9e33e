"""By the water: lakes under mountains, harbours, lighthouses; skies, boats and pines."""

from __future__ import annotations

from pinboard.demo.art import plants
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import RGB, Palette, dark, lit, mix, rgb
from pinboard.demo.art.curves import Path, arc, box, ellipse, rounded, smooth, turned
from pinboard.demo.art.houses import windows

SNOW, PINE, SAND = rgb("F6F1E7"), rgb("3F5F52"), rgb("E8CFA4")


def sky(
    c: Canvas, p: Palette, low: float, *, sun: tuple[float, float] | None = None, warm: float = 0.7
) -> None:
    """A graded sky with a disc and a few flat clouds."""
    c.fill(box(0, 0, c.w, c.h), p.wall)
    c.fade(0, 0, c.w, low, lit(mix(p.wall, p.c, 0.22), 0.5), "slab", warm)
    if sun:
        x, y = c.w * sun[0], c.h * sun[1]
        disc = p.pale if sum(p.wall) < 380 else mix(p.c, p.a, 0.25)
        c.glow(ellipse(x, y, c.w * 0.13), 40, 0.4, lit(disc, 0.4))
        c.oval(x, y, c.w * 0.085, None, disc)
    for _ in range(3):
        x, y = c.rng.uniform(0.05, 0.9) * c.w, c.rng.uniform(0.06, 0.3) * c.h
        wide = c.w * c.rng.uniform(0.1, 0.2)
        cloud = [(x - wide, y), *arc(x - wide * 0.4, y, wide * 0.4, wide * 0.24, 180, 360),
            *arc(x + wide * 0.25, y, wide * 0.5, wide * 0.4, 200, 350),
            (x + wide, y)]  # fmt: skip
        c.fill(cloud, lit(p.wall, 0.6), 0.7)


def water(c: Canvas, p: Palette, top: float, tone: RGB, *, gleam: float = 0.3) -> None:
    """A sheet of water with lines of light."""
    c.fill(box(0, top, c.w, c.h), tone)
    c.fade(0, top, c.w, c.h, dark(tone, 0.5), "slab", 0.6)
    for _ in range(46):
        t = c.rng.random() ** 1.4
        y, long = top + (c.h - top) * t, c.w * (0.03 + 0.13 * t) * c.rng.uniform(0.5, 1.3)
        x = c.rng.uniform(0, c.w)
        c.fill(ellipse(x, y, long, 1.3 + 2.6 * t, steps=14), lit(tone, 0.55), gleam + 0.3 * t)


def lake(c: Canvas, p: Palette, *, sail: bool = False, hut: bool = True) -> None:
    """Mountains mirrored in a lake, pines on the shore."""
    w, h = c.w, c.h
    shore = h * 0.58
    sky(c, p, shore, sun=(0.72, 0.16))
    tone = mix(p.b, p.d, 0.3)
    peaks = _range(c, p, shore, tone)
    water(c, p, shore, mix(p.b, p.wall, 0.42))
    for ridge in peaks:
        c.fill([(px, shore + (shore - py) * 0.62) for px, py in ridge], dark(tone, 0.1), 0.22)
    for index in range(30):
        x = w * index / 29
        if abs(x - w * 0.5) > w * 0.14:
            pine(c, x, shore + c.rng.uniform(0, 10), h * c.rng.uniform(0.05, 0.1),
                mix(PINE, p.b, 0.3))  # fmt: skip
    if hut:
        house_tone = p.a if p.a != p.wall else p.c
        c.solid(box(w * 0.76, shore - 34, w * 0.86, shore + 8), house_tone, shade=0.4)
        c.solid([(w * 0.74, shore - 32), (w * 0.81, shore - 74), (w * 0.88, shore - 32)], p.ink,
            form="tilt")  # fmt: skip
        c.fill(box(w * 0.8, shore - 22, w * 0.825, shore - 4), rgb("FFE2A0"))
    if sail:
        boat(c, w * 0.4, h * 0.76, w * 0.2, p)
    bank = smooth([(-20, h * 0.9), (w * 0.25, h * 0.87), (w * 0.5, h * 0.95), (w * 0.8, h * 1.02)],
        closed=False)  # fmt: skip
    c.solid([*bank, (w * 0.8, h + 20), (-20, h + 20)], mix(PINE, p.b, 0.4), form="slab")
    for dx in (0.04, 0.14, 0.25):
        pine(c, w * dx, h * 0.94, h * (0.34 - dx * 0.6), dark(PINE, 0.2))


def _range(c: Canvas, p: Palette, shore: float, tone: RGB) -> list[Path]:
    """Three snow-capped peaks rising from the shore; gives their outlines."""
    w, h = c.w, c.h
    peaks: list[Path] = []
    for rank, (x, top, half) in enumerate(((0.74, 0.26, 0.5), (0.2, 0.3, 0.46), (0.5, 0.18, 0.42))):
        px, py, wide = w * x, h * top, w * half
        ridge = [(px - wide, shore), (px - wide * 0.5, py + (shore - py) * 0.5),
            (px - wide * 0.22, py + (shore - py) * 0.26), (px, py),
            (px + wide * 0.2, py + (shore - py) * 0.24),
            (px + wide * 0.55, py + (shore - py) * 0.6), (px + wide, shore)]  # fmt: skip
        colour = mix(tone, p.wall, 0.5 - rank * 0.17)
        c.solid(ridge, colour, form="slab", shade=0.0, light=0.2)
        c.fill([(px, py), *ridge[4:], (px + wide * 0.14, shore),
            (px - wide * 0.04, py + (shore - py) * 0.5)], dark(colour, 0.22))  # fmt: skip
        cap = [(px, py), (px + wide * 0.2, py + (shore - py) * 0.24),
            (px + wide * 0.1, py + (shore - py) * 0.22),
            (px + wide * 0.03, py + (shore - py) * 0.33),
            (px - wide * 0.07, py + (shore - py) * 0.22),
            (px - wide * 0.2, py + (shore - py) * 0.3), (px - wide * 0.22,
            py + (shore - py) * 0.26)]  # fmt: skip
        c.fill(cap, SNOW)
        c.fill([cap[0], cap[1], cap[2], cap[3]], mix(SNOW, tone, 0.25))
        peaks.append(ridge)
    return peaks


def pine(c: Canvas, x: float, base: float, tall: float, colour: RGB) -> None:
    """A conifer in three tiers."""
    c.fill(box(x - tall * 0.02, base - tall * 0.12, x + tall * 0.02, base), rgb("5B4334"))
    for step in range(4):
        low, half = base - tall * (0.1 + step * 0.2), tall * (0.2 - step * 0.04)
        tier = [(x - half, low), (x, low - tall * 0.34), (x + half, low), (x, low + tall * 0.03)]
        c.fill(tier, mix(colour, lit(colour, 0.25), step / 4))
        c.fill([(x, low - tall * 0.34), (x + half, low), (x, low + tall * 0.03)],
            dark(colour, 0.22 - step * 0.04))  # fmt: skip


def boat(c: Canvas, x: float, base: float, u: float, p: Palette, *, sails: bool = True) -> None:
    """A sailing or rowing boat and its reflection."""
    for row in range(4):
        c.fill(ellipse(x, base + 8 + row * u * 0.12, u * (0.5 - row * 0.09), 4), p.pale, 0.5)
    if sails:
        c.stroke([(x, base - u * 0.1), (x, base - u * 1.5)], 5, rgb("7A4E36"))
        c.solid([(x + 6, base - u * 1.46), (x + u * 0.66, base - u * 0.28),
            (x + 6, base - u * 0.26)], p.pale, form="tilt", shade=0.3)  # fmt: skip
        c.solid([(x - 6, base - u * 1.3), (x - u * 0.46, base - u * 0.3), (x - 6, base - u * 0.26)],
            p.a, form="tilt", shade=0.3)  # fmt: skip
    hull = smooth([(x - u * 0.62, base - u * 0.2), (x, base - u * 0.14),
        (x + u * 0.66, base - u * 0.24), (x + u * 0.44, base + u * 0.04), (x, base + u * 0.08),
        (x - u * 0.42, base + u * 0.04)], steps=6)  # fmt: skip
    c.cast(hull, 0, 10, 8, 0.35)
    c.solid(hull, p.d if sails else p.a, form="slab", shade=0.5)
    c.stroke([(x - u * 0.58, base - u * 0.15), (x + u * 0.6, base - u * 0.17)], u * 0.035,
        lit(p.d, 0.6))  # fmt: skip


def harbour(c: Canvas, p: Palette, *, boats: int = 3) -> None:
    """Sailing boats in a bay under a low sun."""
    w, h = c.w, c.h
    low = h * 0.46
    sky(c, p, low, sun=(0.34, 0.3), warm=0.9)
    for rank, tone in enumerate((mix(p.b, p.wall, 0.6), mix(p.b, p.wall, 0.3))):
        cape = smooth([(w * (0.3 + 0.2 * rank), low + 2), (w * (0.5 + 0.2 * rank), low - h * 0.07),
            (w * 0.8, low - h * (0.12 - 0.03 * rank)), (w * 1.1, low - h * 0.1)],
            closed=False)  # fmt: skip
        c.solid([*cape, (w * 1.1, low + 2)], tone, form="slab", shade=0.2)
    water(c, p, low, mix(p.b, p.wall, 0.25), gleam=0.4)
    for step in range(9):
        c.fill(ellipse(w * 0.34 + c.rng.uniform(-16, 16), low + 10 + step * h * 0.03,
            w * (0.05 + 0.006 * step), 3), lit(p.c, 0.4), 0.75)  # fmt: skip
    spots = ((0.82, 0.58, 0.11), (0.25, 0.67, 0.17), (0.6, 0.89, 0.28), (0.54, 0.54, 0.07))
    for x, y, size in spots[:boats]:
        boat(c, w * x, h * y, w * size * 1.15, p)
    for _ in range(5):
        x, y = w * c.rng.uniform(0.1, 0.9), h * c.rng.uniform(0.06, 0.24)
        c.stroke([*arc(x - 12, y, 12, 9, 200, 350, steps=6),
            *arc(x + 12, y, 12, 9, 190, 340, steps=6)], 3, dark(p.wall, 0.5))  # fmt: skip


def coast(c: Canvas, p: Palette, *, night: bool = False) -> None:
    """A lighthouse on a headland."""
    w, h = c.w, c.h
    low = h * 0.66
    sky(c, p, low, sun=(0.24, 0.22))
    water(c, p, low, mix(p.b, p.wall, 0.3))
    head = smooth([(w * 0.3, h * 1.02), (w * 0.42, h * 0.76), (w * 0.52, h * 0.66),
        (w * 0.7, h * 0.6), (w * 1.1, h * 0.58)], closed=False)  # fmt: skip
    c.solid([*head, (w * 1.1, h * 1.02)], mix(plants.GREEN, p.b, 0.3), form="tilt", shade=0.5)
    x, base, tall = w * 0.68, h * 0.62, h * 0.42
    if night:
        beam = [(x, base - tall * 0.93), (-20, h * 0.04), (-20, h * 0.22)]
        c.glow(beam, 10, 0.5, rgb("FFE9B0"))
    tower = turned(x, base, [(0, w * 0.075), (tall * 0.86, w * 0.05)], 2)
    c.cast(tower, 14, 6, 12, 0.3)
    c.fill(tower, SNOW)
    with c.inside(tower) as d:
        for row in range(3):
            y = base - tall * (0.24 + row * 0.28)
            d.fill(box(0, y, w, y + tall * 0.13), p.a)
        d.fade(x - w * 0.075, base - tall, x + w * 0.075, base, dark(p.a, 0.5), "column", 0.6)
    c.solid(rounded(x - w * 0.07, base - tall * 0.9, x + w * 0.07, base - tall * 0.86, 4), p.ink)
    c.solid(box(x - w * 0.038, base - tall * 0.99, x + w * 0.038, base - tall * 0.9), rgb("FFE2A0"),
        shade=0.2)  # fmt: skip
    c.solid([(x - w * 0.05, base - tall * 0.985), *arc(x, base - tall * 0.985, w * 0.05, w * 0.055,
        180, 360)], p.a, form="ball")  # fmt: skip
    c.solid(box(w * 0.8, base - 60, w * 0.94, base + 6), SNOW, shade=0.4)
    c.solid([(w * 0.78, base - 58), (w * 0.87, base - 104), (w * 0.96, base - 58)], p.a,
        form="tilt")  # fmt: skip
    windows(c, w * 0.8, base - 60, w * 0.14, 60, 2, 1, rgb("FFE2A0") if night else dark(p.b, 0.4))
    for _ in range(16):
        gx, gy = w * c.rng.uniform(0.5, 1), h * c.rng.uniform(0.7, 1)
        plants.grass(c, gx, gy, 44, 7, mix(plants.GREEN, p.c, 0.3))
    boat(c, w * 0.2, h * 0.8, w * 0.13, p)
