"""Living rooms: sofas by windows, easy chairs, shelves, dining corners, hearths, sideboards."""

from __future__ import annotations

from pinboard.demo.art import furniture as f
from pinboard.demo.art import plants, side
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import RGB, Palette, dark, lit, mix, rgb
from pinboard.demo.art.curves import arc, box, ellipse, rounded, smooth, turned
from pinboard.demo.art.shelves import bookcase


def _tone(p: Palette, name: str) -> RGB:
    return {"a": p.a, "b": p.b, "c": p.c, "d": p.d, "pale": p.pale, "table": p.table}[name]


def sofa(
    c: Canvas,
    p: Palette,
    *,
    fabric: str,
    seats: int = 2,
    view: str = "window",
    plant: str = "monstera",
) -> None:
    """A sofa below a window or a print, a rug before it."""
    w, h = c.w, c.h
    y = f.room(c, p, 0.68)
    base = y + (h - y) * 0.42
    if view == "window":
        f.window(c, p, w * 0.3, h * 0.1, w * 0.4, h * 0.36)
        f.curtain(c, w * 0.13, h * 0.06, w * 0.13, y - h * 0.1, mix(p.pale, p.wall, 0.3))
        f.curtain(c, w * 0.74, h * 0.06, w * 0.13, y - h * 0.1, mix(p.pale, p.wall, 0.3))
    elif view == "arch":
        f.window(c, p, w * 0.34, h * 0.08, w * 0.32, h * 0.4, arched=True)
    else:
        side.window_light(c, w * 0.52, h * 0.05, w * 0.4, h * 0.36, 0.4)
        kinds = ("sun", "leaf", "arches", "stripes")
        first = c.rng.randrange(4)
        f.art_on_wall(c, p, w * 0.2, h * 0.13, w * 0.24, w * 0.32, kinds[first])
        f.art_on_wall(c, p, w * 0.5, h * 0.17, w * 0.18, w * 0.23, kinds[(first + 1) % 4])
    f.rug(c, w * 0.5, y + (h - y) * 0.68, w * 0.42, (h - y) * 0.22, p)
    f.potted(c, w * 0.9, y + (h - y) * 0.2, h * 0.34, p.pale, plant)
    f.sofa(c, w * 0.48, base, min(w * 0.74, h * 0.86), _tone(p, fabric), p, seats=seats)
    f.floor_lamp(c, w * 0.09, base - 10, h * 0.46, p.pale)
    tx, ty = w * 0.56, y + (h - y) * 0.84
    c.cast(ellipse(tx, ty, w * 0.14, w * 0.02), 0, 0, 8, 0.45)
    for dx in (-0.1, 0, 0.1):
        c.stroke([(tx + w * dx, ty - w * 0.11), (tx + w * dx * 1.2, ty)], 6, f.WALNUT)
    c.solid(ellipse(tx, ty - w * 0.115, w * 0.16, w * 0.034), dark(f.OAK, 0.25), form="slab")
    c.solid(ellipse(tx, ty - w * 0.125, w * 0.16, w * 0.034), f.OAK, form="tilt", shade=0.3)
    side.vessel(c, tx - w * 0.05, ty - w * 0.12, w * 0.08, "moon", p.d)
    side.books(c, tx + w * 0.06, ty - w * 0.115, w * 0.1, (p.a, p.pale))


def easy(
    c: Canvas,
    p: Palette,
    *,
    fabric: str,
    wood: RGB = f.OAK,
    view: str = "print",
    plant: str = "fern",
) -> None:
    """One easy chair with a lamp and something to read."""
    w, h = c.w, c.h
    y = f.room(c, p, 0.74, floor="boards" if view != "arch" else "checks")
    base = y + (h - y) * 0.46
    if view == "arch":
        f.window(c, p, w * 0.14, h * 0.1, w * 0.34, h * 0.44, arched=True)
    else:
        side.window_light(c, w * 0.06, h * 0.07, w * 0.42, h * 0.38, 0.42)
        f.art_on_wall(c, p, w * 0.5, h * 0.14, w * 0.28, w * 0.36,
            c.rng.choice(("sun", "arches", "leaf")))  # fmt: skip
    f.rug(c, w * 0.48, base + 6, w * 0.42, (h - y) * 0.2, p, round_=True)
    f.floor_lamp(c, w * 0.16, base - 26, h * 0.56, _tone(p, "c"), bow=False)
    f.potted(c, w * 0.88, base - 14, h * 0.32, p.pale, plant)
    f.lounge(c, w * 0.5, base, min(w * 0.56, h * 0.42), _tone(p, fabric), wood)
    side.books(c, w * 0.82, base + 46, w * 0.17, (p.d, p.pale, p.a))


def library(c: Canvas, p: Palette, *, rows: int = 4, chair: str = "a") -> None:
    """A wall of shelves with a chair before it."""
    w, h = c.w, c.h
    y = f.room(c, p, 0.82)
    bookcase(c, p, w * 0.1, h * 0.07, w * 0.8, y - h * 0.08, rows,
        f.OAK if sum(p.wall) > 380 else f.WALNUT)  # fmt: skip
    if chair:
        f.rug(c, w * 0.58, y + (h - y) * 0.55, w * 0.36, (h - y) * 0.3, p, round_=True)
        f.lounge(c, w * 0.6, y + (h - y) * 0.6, w * 0.44, _tone(p, chair), f.WALNUT)
    f.floor_lamp(c, w * 0.92, y + (h - y) * 0.3, h * 0.5, p.pale, bow=True)


def dining(c: Canvas, p: Palette, *, lamp: str = "a", vase: str = "olive") -> None:
    """A round table under a hanging lamp."""
    w, h = c.w, c.h
    y = f.room(c, p, 0.7, floor="checks")
    f.window(c, p, w * 0.56, h * 0.16, w * 0.3, h * 0.3)
    f.art_on_wall(c, p, w * 0.1, h * 0.24, w * 0.2, w * 0.26, "arches")
    base, x = y + (h - y) * 0.6, w * 0.5
    top = base - w * 0.36
    for sideways in (-1, 1):
        sx = x + sideways * w * 0.34
        wood = f.OAK
        c.cast(ellipse(sx, base, w * 0.12, w * 0.018), 0, 0, 7, 0.4)
        for dx in (-0.085, 0.085):
            c.stroke([(sx + w * dx * 0.8, top + w * 0.12), (sx + w * dx, base)], 9,
                dark(wood, 0.15))  # fmt: skip
        c.solid(rounded(sx - w * 0.11, top + w * 0.09, sx + w * 0.11, top + w * 0.14, 10),
            _tone(p, "d"), form="slab")  # fmt: skip
        bx = sx + sideways * w * 0.09
        c.stroke([(bx, top + w * 0.12), (bx + sideways * w * 0.03, top - w * 0.17)], 11, wood)
        c.stroke(arc(bx + sideways * w * 0.01, top - w * 0.17, w * 0.05, w * 0.035, 150, 390), 13,
            wood)  # fmt: skip
    c.solid(turned(x, base, [(0, w * 0.13), (8, w * 0.11), (24, 16), (w * 0.3, 13),
        (w * 0.34, w * 0.06)]), f.WALNUT)  # fmt: skip
    c.cast(ellipse(x, top + 26, w * 0.3, w * 0.03), 0, 8, 10, 0.3)
    c.solid(ellipse(x, top + 9, w * 0.33, w * 0.045), dark(f.OAK, 0.3), form="slab")
    c.solid(ellipse(x, top, w * 0.33, w * 0.045), f.OAK, form="tilt", shade=0.3)
    for step in range(4):
        plants.sprig(c, x - w * 0.07, top - w * 0.13, w * 0.26, -90 + (step - 1.5) * 26, vase,
            plants.GREEN)  # fmt: skip
    side.vessel(c, x - w * 0.07, top + 4, w * 0.15, "jug", p.pale)
    for dx, kind in ((0.09, "lemon"), (0.15, "round")):
        side.fruit(c, x + w * dx, top + 10, w * 0.03, p.c if kind == "lemon" else p.a, kind)
    f.pendant(c, x, h * 0.22, w * 0.15, _tone(p, lamp))


def hearth(c: Canvas, p: Palette, *, fabric: str = "a") -> None:
    """A fireplace with a mirror and candles, a chair drawn up."""
    w, h = c.w, c.h
    y = f.room(c, p, 0.76)
    x, half = w * 0.44, w * 0.27
    stone = lit(p.wall, 0.6)
    chimney = box(x - half * 1.14, 0, x + half * 1.14, y)
    c.solid(chimney, lit(p.wall, 0.16), shade=0.25)
    mantel = y - h * 0.34
    c.cast(box(x - half, mantel, x + half, y), 8, 8, 12, 0.3)
    c.solid(box(x - half, mantel, x + half, y + 6), stone, form="tilt", shade=0.25)
    mouth = [(x - half * 0.62, y + 6), (x - half * 0.62, mantel + h * 0.13),
        *arc(x, mantel + h * 0.16, half * 0.62, h * 0.08, 180, 360),
        (x + half * 0.62, y + 6)]  # fmt: skip
    c.solid(mouth, rgb("2B2226"), form="slab", shade=0.2)
    _fire(c, x, y, half)
    c.solid(rounded(x - half * 1.2, mantel - 24, x + half * 1.2, mantel, 5), stone, form="slab",
        shade=0.35)  # fmt: skip
    c.cast(ellipse(x, h * 0.22, w * 0.15), 6, 10, 10, 0.3)
    c.solid(ellipse(x, h * 0.22, w * 0.16), f.BRASS, form="ball")
    c.solid(ellipse(x, h * 0.22, w * 0.145), mix(rgb("D7E2E2"), p.wall, 0.35), form="bowl",
        shade=0.3, light=0.6)  # fmt: skip
    for dx, size in ((-0.86, 0.16), (-0.66, 0.12)):
        side.candle(c, x + half * dx, mantel - 24, h * size, p.pale, f.BRASS)
    side.vessel(c, x + half * 0.76, mantel - 24, h * 0.09, "moon", p.d, shadow=False)
    base = y + (h - y) * 0.62
    f.rug(c, w * 0.55, base, w * 0.4, (h - y) * 0.22, p)
    f.lounge(c, w * 0.78, base + 10, w * 0.4, _tone(p, fabric))
    side.books(c, w * 0.14, base, w * 0.18, (p.b, p.c, p.pale))


def _fire(c: Canvas, x: float, y: float, half: float) -> None:
    """Flames over three logs; half is half the width of the hearth."""
    h = c.h
    c.glow(ellipse(x, y - h * 0.04, half * 0.5, h * 0.07), 22, 0.75, rgb("F08A3C"))
    for dx, size, tone in (
        (-0.18, 0.6, "E8642C"),
        (0.16, 0.7, "EF8A34"),
        (0, 1.0, "F6B347"),
        (0.02, 0.55, "FFE49A"),
    ):
        fx, u = x + half * dx, h * 0.11 * size
        flame = smooth([(fx - u * 0.4, y - 12), (fx - u * 0.34, y - u * 0.6), (fx, y - u * 1.25),
            (fx + u * 0.34, y - u * 0.55), (fx + u * 0.4, y - 12)])  # fmt: skip
        c.fill(flame, rgb(tone))
    for dx, lean in ((-0.2, -8), (0.2, 8), (0, 0)):
        c.solid(ellipse(x + half * dx, y - 8 - (10 if dx == 0 else 0), half * 0.3, 12, lean),
            f.WALNUT, form="slab")  # fmt: skip


def credenza(
    c: Canvas, p: Palette, *, wood: RGB = f.OAK, art: str = "sun", plant: str = "tree"
) -> None:
    """A sideboard with a lamp, books and a print above it."""
    w, h = c.w, c.h
    y = f.room(c, p, 0.76)
    side.window_light(c, w * 0.08, h * 0.05, w * 0.5, h * 0.4, 0.42)
    base = y + (h - y) * 0.36
    f.potted(c, w * 0.91, base, h * 0.46, p.a, plant)
    top = f.sideboard(c, w * 0.44, base, w * 0.72, wood)
    tall = min(h * 0.36, top - h * 0.1)
    f.art_on_wall(c, p, w * 0.34, top - tall - h * 0.05, tall * 0.76, tall, art)
    lamp_x = w * 0.2
    side.vessel(c, lamp_x, top, h * 0.1, "belly", p.d, shadow=False)
    c.glow(ellipse(lamp_x, top - h * 0.15, w * 0.12), 34, 0.5, rgb("FFE2A0"))
    c.solid([(lamp_x - w * 0.05, top - h * 0.2), (lamp_x + w * 0.05, top - h * 0.2),
        (lamp_x + w * 0.095, top - h * 0.095), (lamp_x - w * 0.095, top - h * 0.095)], p.pale,
        light=0.6)  # fmt: skip
    level = side.books(c, w * 0.66, top, w * 0.18, (p.a, p.pale, p.b))
    side.vessel(c, w * 0.66, level, h * 0.06, "cup", p.c, shadow=False)
    f.rug(c, w * 0.5, y + (h - y) * 0.82, w * 0.44, (h - y) * 0.13, p)
