"""Open shelves with books, bowls and small plants."""

from __future__ import annotations

from pinboard.demo.art import plants, side
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import RGB, Palette, dark, lit, mix
from pinboard.demo.art.curves import box
from pinboard.demo.art.furniture import OAK


def bookcase(
    c: Canvas, p: Palette, x: float, y: float, w: float, h: float, rows: int, wood: RGB = OAK
) -> None:
    """A bookcase with its left top at (x, y)."""
    body = box(x, y, x + w, y + h)
    c.cast(body, 14, 12, 14, 0.35)
    c.solid(body, dark(wood, 0.42), form="tilt", shade=0.3, light=0.1)
    gap = h / rows
    tones = (*p.accents, p.pale, p.ink, p.b, mix(p.a, p.pale, 0.5))
    for row in range(rows):
        floor = y + gap * (row + 1) - 12
        at = x + 20
        while at < x + w - 50:
            kind = c.rng.random()
            end = x + w - 18
            if kind < 0.6:
                at = _books(c, at, floor, gap, end, tones)
            else:
                after = _ornament(c, at, floor, gap, end, tones, plant=kind > 0.84)
                if after is None:
                    break
                at = after
        c.solid(box(x, floor, x + w, floor + 13), wood, form="slab", shade=0.3)
    for edge in (x, x + w - 13):
        c.solid(box(edge, y, edge + 13, y + h), wood, shade=0.3)
    c.solid(box(x - 6, y - 10, x + w + 6, y + 6), lit(wood, 0.1), form="slab", shade=0.2)


def _books(
    c: Canvas, at: float, floor: float, gap: float, end: float, tones: tuple[RGB, ...]
) -> float:
    """A run of upright books from at; gives where the next thing may stand."""
    for _ in range(c.rng.randrange(3, 7)):
        thick, tall = c.rng.uniform(13, 28), gap * c.rng.uniform(0.52, 0.78)
        if at + thick > end:
            break
        tone = c.rng.choice(tones)
        c.solid(box(at, floor - tall, at + thick, floor), tone, shade=0.4, light=0.2)
        c.fill(box(at + 3, floor - tall * 0.8, at + thick - 3, floor - tall * 0.72), lit(tone, 0.5))
        at += thick + 1.5
    return at + 14


def _ornament(
    c: Canvas,
    at: float,
    floor: float,
    gap: float,
    end: float,
    tones: tuple[RGB, ...],
    *,
    plant: bool,
) -> float | None:
    """A vase or a small plant; None if there is no room left for it."""
    tall = gap * c.rng.uniform(0.4, 0.6)
    shape = c.rng.choice(("belly", "jug", "tulip", "moon"))
    half = tall * max(s for _, s in side.PROFILES[shape])
    if at + 2 * half > end:
        return None
    if plant:
        plants.shrub(
            c, at + half, floor - tall * 0.85, half * 1.1, tall * 0.34, plants.GREEN, count=20
        )
        side.vessel(c, at + half, floor, tall * 0.5, "pot", c.rng.choice(tones), shadow=False)
    else:
        side.vessel(c, at + half, floor, tall, shape, c.rng.choice(tones), shadow=False)
    return at + 2 * half + 16
