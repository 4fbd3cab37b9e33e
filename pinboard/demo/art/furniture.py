"""Furniture and what stands about a room, seen straight on. (x, base) is where a thing stands."""

from __future__ import annotations

from pinboard.demo.art import plants, side
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import CREAM, RGB, Palette, dark, lit, mix, rgb
from pinboard.demo.art.curves import Path, arc, box, ellipse, rounded, shift, smooth, turn, turned

OAK, WALNUT, BRASS = rgb("C4975F"), rgb("7A4E36"), rgb("C9A04E")


def room(c: Canvas, p: Palette, horizon: float, *, floor: str = "boards") -> float:
    """A wall, a skirting and a floor. Gives the height where they meet."""
    y = c.h * horizon
    c.fill(box(0, 0, c.w, y), p.wall)
    c.fade(0, 0, c.w, y, lit(p.wall, 0.7), "tilt", 0.6, "light")
    c.fade(0, 0, c.w, y, dark(p.wall, 0.5), "tilt", 0.4)
    tone = mix(p.table, OAK, 0.5)
    c.fill(box(0, y, c.w, c.h), tone)
    if floor == "boards":
        for step in range(-7, 8):
            c.stroke([(c.w / 2 + step * c.w * 0.11, y), (c.w / 2 + step * c.w * 0.2, c.h)], 2,
                dark(tone, 0.2))  # fmt: skip
    elif floor == "checks":
        rows = 5
        for row in range(rows):
            near, far = (
                y + (c.h - y) * ((row + 1) / rows) ** 1.4,
                y + (c.h - y) * (row / rows) ** 1.4,
            )
            for column in range(-8, 8):
                if (row + column) % 2:
                    a, b = (
                        0.13 + 0.05 * (row / rows) ** 1.4,
                        0.13 + 0.05 * ((row + 1) / rows) ** 1.4,
                    )
                    c.fill([(c.w * (0.5 + column * a), far), (c.w * (0.5 + (column + 1) * a), far),
                        (c.w * (0.5 + (column + 1) * b), near), (c.w * (0.5 + column * b), near)],
                        lit(tone, 0.4))  # fmt: skip
    c.fade(0, y, c.w, c.h, dark(tone, 0.5), "tilt", 0.45)
    c.fill(box(0, y - 16, c.w, y), lit(p.wall, 0.45))
    c.fill(box(0, y - 2, c.w, y + 2), dark(tone, 0.4))
    return y


def window(
    c: Canvas, p: Palette, x: float, y: float, w: float, h: float, *, arched: bool = False
) -> None:
    """A window with a view of sky, hills and a tree."""
    outline: Path = box(x, y, x + w, y + h)
    if arched:
        outline = [(x, y + h), *arc(x + w / 2, y + w / 2, w / 2, w / 2, 180, 360), (x + w, y + h)]
    frame = lit(p.wall, 0.75)
    c.cast(outline, 6, 8, 12, 0.25)
    c.stroke([*outline, outline[0]], 26, frame)
    with c.inside(outline) as d:
        sky = mix(rgb("C8DDE6"), p.pale, 0.2)
        d.fill(outline, sky)
        d.fade(x, y, x + w, y + h, rgb("FBE3C0"), "slab", 0.7)
        for step, tone in enumerate((mix(rgb("9DB7A4"), sky, 0.4), rgb("8BA883"), rgb("6C8F66"))):
            low = y + h * (0.56 + step * 0.12)
            hill = smooth([(x - 40, low), (x + w * 0.3, low - h * 0.09 * (step + 1) / 2),
                (x + w * 0.7, low + h * 0.03), (x + w + 40, low - h * 0.05)],
                closed=False)  # fmt: skip
            d.solid([*hill, (x + w + 40, y + h), (x - 40, y + h)], tone, form="slab", shade=0.25)
        d.stroke([(x + w * 0.8, y + h), (x + w * 0.8, y + h * 0.6)], 9, WALNUT)
        plants.shrub(d, x + w * 0.8, y + h * 0.56, w * 0.17, h * 0.19, rgb("5F8157"), count=26)
    for line in ([(x + w / 2, y), (x + w / 2, y + h)], [(x, y + h * 0.45), (x + w, y + h * 0.45)]):
        c.stroke(line, 11, frame)
    c.solid(box(x - 22, y + h, x + w + 22, y + h + 20), frame, form="slab", shade=0.3)


def curtain(c: Canvas, x: float, y: float, w: float, h: float, colour: RGB) -> None:
    """A hanging curtain in soft pleats."""
    path = smooth([(x, y), (x + w, y), (x + w * 1.08, y + h * 0.5), (x + w * 0.94, y + h),
        (x + w * 0.5, y + h + 6), (x, y + h), (x - w * 0.04, y + h * 0.5)], steps=5)  # fmt: skip
    c.cast(path, 10, 6, 12, 0.25)
    c.solid(path, colour, shade=0.3)
    with c.inside(path) as d:
        for step in range(5):
            left = x + w * step / 5
            d.fade(left, y - 10, left + w / 5, y + h + 10, dark(colour, 0.5), "column", 0.5)


def rug(
    c: Canvas, x: float, y: float, rx: float, ry: float, p: Palette, *, round_: bool = False
) -> None:
    """A rug lying in perspective."""
    outline = ellipse(x, y, rx, ry) if round_ else [(x - rx * 0.8, y - ry), (x + rx * 0.8, y - ry),
        (x + rx, y + ry), (x - rx, y + ry)]  # fmt: skip
    c.cast(outline, 4, 7, 6, 0.3)
    c.solid(outline, p.pale, form="tilt", shade=0.2)
    for share, tone in ((0.86, p.a), (0.76, p.pale), (0.62, p.c), (0.5, p.pale)):
        ring = [((px - x) * share + x, (py - y) * share + y) for px, py in outline]
        c.stroke([*ring, ring[0]], ry * 0.1, mix(tone, p.pale, 0.25))


def sofa(
    c: Canvas, x: float, base: float, w: float, colour: RGB, p: Palette, *, seats: int = 2
) -> None:
    """A sofa w wide with cushions and slender legs."""
    tall = w * 0.42
    foot = base - w * 0.06
    c.cast(ellipse(x + w * 0.04, base, w * 0.54, w * 0.035), 0, 0, 10, 0.5)
    for dx in (-0.42, 0.42):
        c.solid(turned(x + w * dx, base, [(0, 5), (w * 0.09, 9)]), WALNUT)
    c.solid(rounded(x - w * 0.46, foot - tall, x + w * 0.46, foot - tall * 0.2, w * 0.06),
        dark(colour, 0.06), form="slab")  # fmt: skip
    wide = w * 0.8 / seats
    for seat in range(seats):
        left = x - w * 0.4 + seat * wide
        back = rounded(left + 3, foot - tall * 0.9, left + wide - 3, foot - tall * 0.4, w * 0.04)
        c.cast(back, 0, 6, 6, 0.3)
        c.solid(back, lit(colour, 0.08), form="tilt", shade=0.45)
    for seat in range(seats):
        left = x - w * 0.4 + seat * wide
        cushion = rounded(left, foot - tall * 0.48, left + wide - 2, foot - tall * 0.22, w * 0.035)
        c.cast(cushion, 0, 6, 6, 0.35)
        c.solid(cushion, lit(colour, 0.16), form="slab", shade=0.4)
    c.solid(rounded(x - w * 0.44, foot - tall * 0.24, x + w * 0.44, foot, w * 0.02), colour,
        form="slab", shade=0.4)  # fmt: skip
    for sideways in (-1, 1):
        arm = rounded(x + sideways * w * 0.44 - w * 0.06, foot - tall * 0.66,
            x + sideways * w * 0.44 + w * 0.06, foot, w * 0.05)  # fmt: skip
        c.cast(arm, 5, 4, 7, 0.3)
        c.solid(arm, lit(colour, 0.05), shade=0.5)
    for dx, tone, lean in ((-0.28, p.c, -12), (0.25, p.pale, 14), (0.13, p.a, 6)):
        u = w * 0.085
        px, py = x + w * dx, foot - tall * 0.62
        pillow = turn(smooth([(px - u, py - u), (px, py - u * 0.88), (px + u, py - u),
            (px + u * 0.9, py), (px + u, py + u), (px, py + u * 0.9), (px - u, py + u),
            (px - u * 0.9, py)]), px, py, lean)  # fmt: skip
        c.cast(pillow, 5, 6, 6, 0.4)
        c.solid(pillow, tone, form="tilt", shade=0.45)
        for line in (-0.3, 0.3):
            c.stroke(turn([(px - u * 0.8, py + u * line), (px + u * 0.8, py + u * line)], px, py,
                lean), 3, dark(tone, 0.22))  # fmt: skip


def lounge(c: Canvas, x: float, base: float, u: float, fabric: RGB, wood: RGB = OAK) -> None:
    """An easy chair from the side: bent wood, a slung seat. u is its height."""
    c.cast(ellipse(x + u * 0.05, base, u * 0.5, u * 0.045), 0, 0, 9, 0.5)
    back_leg = [(x - u * 0.3, base - u * 0.3), (x - u * 0.44, base)]
    c.stroke(back_leg, u * 0.045, dark(wood, 0.25))
    seat = smooth([(x + u * 0.4, base - u * 0.44), (x + u * 0.1, base - u * 0.38),
        (x - u * 0.16, base - u * 0.34), (x - u * 0.28, base - u * 0.6), (x - u * 0.44, base - u),
        (x - u * 0.54, base - u * 0.98), (x - u * 0.42, base - u * 0.56),
        (x - u * 0.26, base - u * 0.24), (x, base - u * 0.24), (x + u * 0.38, base - u * 0.32)],
        steps=9)  # fmt: skip
    c.cast(seat, 8, 8, 8, 0.35)
    c.solid(seat, fabric, form="tilt", shade=0.45)
    for step in range(3):
        at = 0.5 + step * 0.14
        c.stroke([(x - u * (0.2 + step * 0.075), base - u * at),
            (x - u * (0.36 + step * 0.06), base - u * (at - 0.03))], 4,
            dark(fabric, 0.22))  # fmt: skip
    arm = smooth([(x - u * 0.36, base - u * 0.56), (x, base - u * 0.58),
        (x + u * 0.36, base - u * 0.6), (x + u * 0.42, base - u * 0.5), (x + u * 0.38, base)],
        closed=False, steps=9)  # fmt: skip
    c.stroke(shift(arm, 2, 4), u * 0.06, dark(wood, 0.45))
    c.stroke(arm, u * 0.055, wood)
    c.stroke(shift(arm, -1, -3), u * 0.015, lit(wood, 0.5))
    c.stroke([(x + u * 0.4, base - u * 0.26), (x - u * 0.34, base - u * 0.18)], u * 0.04,
        dark(wood, 0.12))  # fmt: skip


def floor_lamp(
    c: Canvas, x: float, base: float, tall: float, shade: RGB, *, bow: bool = False
) -> None:
    """A standing lamp, lit."""
    u = tall / 100
    top = base - tall
    hx = x
    c.cast(ellipse(x, base, 15 * u, 3 * u), 0, 0, 6, 0.4)
    if bow:
        hx = x - 34 * u
        c.stroke([(x, base), (x, base - 70 * u), *arc(x - 17 * u, base - 70 * u, 17 * u, 22 * u, 0,
            -180)], 2 * u, BRASS)  # fmt: skip
        top = base - 76 * u
    else:
        c.stroke([(x, base), (x, top)], 1.8 * u, BRASS)
    c.solid(ellipse(x, base - u, 12 * u, 2.6 * u), BRASS)
    c.glow(ellipse(hx, top + 14 * u, 26 * u, 24 * u), 18 * u, 0.5, rgb("FFE2A0"))
    cone = [(hx - 8 * u, top - 4 * u), (hx + 8 * u, top - 4 * u), (hx + 15 * u, top + 16 * u),
        (hx - 15 * u, top + 16 * u)]  # fmt: skip
    c.solid(cone, shade, shade=0.35, light=0.6)
    c.fill(ellipse(hx, top + 16 * u, 15 * u, 2.2 * u), rgb("FFF1CC"))


def pendant(c: Canvas, x: float, drop: float, r: float, colour: RGB) -> None:
    """A hanging dome."""
    c.stroke([(x, 0), (x, drop - r * 0.8)], 3, dark(colour, 0.5))
    c.glow(ellipse(x, drop + r * 0.5, r * 1.3, r), r * 0.5, 0.45, rgb("FFE2A0"))
    c.solid([(x - r, drop), *arc(x, drop, r, r * 0.84, 180, 360), (x + r, drop)], colour, shade=0.5,
        light=0.4)  # fmt: skip
    c.fill(ellipse(x, drop, r, r * 0.1), rgb("FFF1CC"))


def sideboard(
    c: Canvas, x: float, base: float, w: float, wood: RGB = OAK, *, doors: int = 3
) -> float:
    """A low cupboard on legs; gives the height of its top."""
    tall = w * 0.36
    c.cast(ellipse(x + w * 0.03, base, w * 0.5, w * 0.03), 0, 0, 9, 0.5)
    for dx in (-0.44, 0.44):
        c.solid(turned(x + w * dx, base, [(0, 5), (w * 0.11, 8)]), dark(wood, 0.3))
    body = rounded(x - w / 2, base - w * 0.1 - tall, x + w / 2, base - w * 0.1, 10)
    c.cast(body, 8, 8, 10, 0.3)
    c.solid(body, wood, form="tilt", shade=0.4)
    wide = w * 0.95 / doors
    for door in range(doors):
        left = x - w * 0.475 + door * wide
        panel = rounded(left + 5, base - w * 0.085 - tall, left + wide - 5, base - w * 0.115, 5)
        c.solid(panel, lit(wood, 0.08), form="tilt", shade=0.35)
        for slat in range(9):
            sx = left + 12 + slat * (wide - 24) / 8
            c.stroke([(sx, base - w * 0.07 - tall), (sx, base - w * 0.13)], 1.6, dark(wood, 0.2))
        c.oval(left + wide - 18, base - w * 0.1 - tall * 0.5, 6, None, BRASS)
    return base - w * 0.1 - tall


def potted(c: Canvas, x: float, base: float, tall: float, pot: RGB, kind: str = "monstera") -> None:
    """A house plant in a pot."""
    size = tall * 0.3
    if kind == "monstera":
        for angle, far in ((-140, 0.5), (-50, 0.62), (-108, 0.72), (-74, 0.5), (-20, 0.4)):
            stem = [(x, base - size), *turn([(x + tall * far * 0.75, base - size)], x, base - size,
                angle)]  # fmt: skip
            c.stroke(stem, 5, plants.MOSS)
            plants.monstera(c, *stem[1], tall * 0.19, angle + 14,
                mix(plants.GREEN, plants.MOSS, c.rng.random()))  # fmt: skip
    elif kind == "tree":
        c.stroke([(x, base - size), (x + 4, base - tall * 0.72)], 9, WALNUT)
        plants.shrub(c, x, base - tall * 0.8, tall * 0.24, tall * 0.24, plants.GREEN, count=50)
    else:
        for step in range(11):
            plants.sprig(c, x, base - size * 0.9, tall * c.rng.uniform(0.5, 0.74),
                -90 + (step - 5) * 13, kind, mix(plants.GREEN, plants.GREY, c.rng.random() * 0.6),
                (step - 5) * 8)  # fmt: skip
    side.vessel(c, x, base, size, "pot", pot)


def art_on_wall(c: Canvas, p: Palette, x: float, y: float, w: float, h: float, kind: str) -> None:
    """A framed print: sun, arches, leaf or stripes."""
    sheet = side.frame(c, x, y, w, h, OAK, p.pale)
    with c.inside(sheet) as d:
        cx = x + w / 2
        if kind == "sun":
            d.oval(cx, y + h * 0.38, w * 0.2, None, p.a)
            for step, tone in enumerate((p.c, p.b, p.d)):
                d.fill(ellipse(cx + (step - 1) * w * 0.26, y + h * (0.98 + 0.03 * step), w * 0.5,
                    h * 0.34), tone)  # fmt: skip
        elif kind == "arches":
            for step, tone in enumerate((p.a, p.c, p.b, p.pale)):
                r = w * (0.36 - step * 0.085)
                d.fill([(cx - r, y + h * 0.8), *arc(cx, y + h * 0.46, r, r, 180, 360),
                    (cx + r, y + h * 0.8)], tone)  # fmt: skip
        elif kind == "leaf":
            plants.sprig(d, cx - w * 0.1, y + h * 0.86, h * 0.66, -84, "olive", p.b)
        else:
            for step in range(5):
                d.fill(box(x + w * 0.2, y + h * (0.2 + step * 0.13), x + w * 0.8,
                    y + h * (0.27 + step * 0.13)), (p.a, p.b, p.c)[step % 3])  # fmt: skip
        d.fill([(x, y), (x + w * 0.5, y), (x, y + h * 0.6)], CREAM, 0.12)
