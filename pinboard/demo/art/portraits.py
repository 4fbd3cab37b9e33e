"""Faces of the demo world's people, and the marks of its two brands."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from pinboard.demo.art import plants, side
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import PALETTES, RGB, dark, lit, mix, rgb
from pinboard.demo.art.curves import arc, box, ellipse, leaf, rounded, smooth, turn

SIDE = 400


@dataclass(frozen=True, slots=True)
class Look:
    """How one person is drawn. Colours are six hexadecimal digits."""

    ground: str
    skin: str
    hair: str
    clothes: str
    accent: str
    style: str  # bob, crop, curls, bun, beard, waves, long, cap
    glasses: bool = False
    earrings: bool = False


LOOKS: dict[str, Look] = {
    "ana": Look("E9B949", "D99B74", "33231F", "2F5D62", "F2D5CA", "bob", earrings=True),
    "ben": Look("9BBFC3", "F0C8A6", "B5623A", "E8DCC4", "D2553A", "beard"),
    "chloe": Look("D9694A", "7A4A35", "241A1E", "F2D9B8", "EBC56B", "curls", earrings=True),
    "dev": Look("CFD6BE", "A8703F", "221C22", "7A4A5E", "F7F4E8", "crop", glasses=True),
    "ema": Look("BCAECB", "F5D3B8", "E0B45E", "3F5C48", "FAF5F4", "bun"),
    "finn": Look("34503F", "F2CBAE", "D8893F", "E8C468", "F3ECDC", "cap"),
    "gia": Look("F2C9B4", "C98A5E", "5B3328", "B64B4B", "FBF5EA", "waves", glasses=True),
    "hugo": Look("35425A", "E2AE86", "8F8A88", "F4E9DA", "E58A5C", "moustache"),
}  # fmt: skip


def _behind(c: Canvas, look: Look, hair: RGB) -> None:
    """Hair that falls behind the head and shoulders."""
    if look.style == "bob":
        c.solid(smooth([(200, 66), (108, 100), (92, 190), (104, 262), (150, 268), (250, 268),
            (296, 262), (308, 190), (292, 100)]), hair, shade=0.4)  # fmt: skip
    elif look.style == "curls":
        for x, y, r in (
            (128, 130, 60),
            (200, 96, 72),
            (272, 130, 60),
            (108, 196, 54),
            (292, 196, 54),
            (128, 250, 46),
            (272, 250, 46),
        ):
            c.solid(ellipse(x, y, r), hair, form="ball", shade=0.35, light=0.25)
    elif look.style == "waves":
        c.solid(smooth([(200, 62), (112, 92), (88, 170), (104, 230), (78, 300), (120, 350),
            (280, 350), (322, 300), (296, 230), (312, 170), (288, 92)]), hair,
            shade=0.4)  # fmt: skip
    elif look.style == "bun":
        c.solid(ellipse(200, 62, 40, 36), hair, form="ball", shade=0.4)


def _front(c: Canvas, look: Look, hair: RGB) -> None:
    """Hair over the forehead."""
    if look.style == "bob":
        c.solid(smooth([(200, 70), (126, 92), (112, 172), (140, 142), (200, 132), (262, 142),
            (288, 172), (274, 92)]), hair, form="ball", shade=0.3)  # fmt: skip
    elif look.style == "curls":
        for x, y, r in ((150, 112, 34), (200, 98, 38), (250, 112, 34)):
            c.solid(ellipse(x, y, r), hair, form="ball", shade=0.35, light=0.25)
    elif look.style == "waves":
        c.solid(smooth([(220, 72), (140, 84), (112, 160), (116, 214), (134, 160), (190, 118),
            (252, 132), (276, 170), (286, 214), (292, 150), (272, 92)]), hair, form="ball",
            shade=0.3)  # fmt: skip
    elif look.style == "bun":
        c.solid(smooth([(200, 78), (132, 98), (118, 168), (150, 124), (200, 116), (250, 124),
            (282, 168), (268, 98)]), hair, form="ball", shade=0.3)  # fmt: skip
    elif look.style == "crop":
        c.solid(smooth([(210, 66), (138, 82), (114, 150), (130, 160), (148, 122), (200, 128),
            (262, 112), (274, 160), (288, 148), (276, 88)]), hair, form="ball",
            shade=0.3)  # fmt: skip
    elif look.style == "beard":
        c.solid(smooth([(196, 68), (134, 88), (116, 156), (132, 160), (146, 118), (210, 108),
            (262, 124), (270, 160), (284, 156), (268, 84)]), hair, form="ball",
            shade=0.3)  # fmt: skip
    elif look.style == "cap":
        cap = rgb(look.clothes)
        c.solid(smooth([(120, 170), (118, 186), (136, 200), (142, 166)]), hair)
        c.solid(smooth([(258, 166), (266, 200), (282, 186), (280, 170)]), hair)
        c.solid([(112, 158), *arc(200, 158, 88, 92, 180, 360), (288, 158)], cap, form="ball",
            shade=0.4)  # fmt: skip
        c.solid(rounded(108, 142, 292, 172, 14), dark(cap, 0.16), form="slab", shade=0.3)
        c.solid(ellipse(200, 66, 13), dark(cap, 0.1), form="ball")
    else:
        for x0, flip in ((118, 1), (282, -1)):
            c.solid(smooth([(x0, 130), (x0 - flip * 8, 180), (x0 + flip * 6, 216),
                (x0 + flip * 18, 170)]), hair)  # fmt: skip
        c.solid(smooth([(190, 76), (136, 94), (120, 142), (150, 122), (200, 104), (250, 120),
            (280, 142), (264, 94)]), hair, form="ball", shade=0.3)  # fmt: skip


def _beard(c: Canvas, look: Look, hair: RGB, skin: RGB) -> None:
    if look.style == "beard":
        c.solid(smooth([(118, 176), (124, 240), (160, 292), (200, 304), (240, 292), (276, 240),
            (282, 176), (262, 212), (230, 222), (200, 216), (170, 222), (138, 212)]), hair,
            shade=0.35)  # fmt: skip
        c.fill(arc(200, 240, 25, 13, 0, 180), rgb("F7E4D2"))
    elif look.style == "moustache":
        c.solid(smooth([(200, 220), (168, 224), (146, 242), (176, 244), (200, 234), (224, 244),
            (254, 242), (232, 224)]), hair, shade=0.3)  # fmt: skip


def _face(c: Canvas, look: Look, skin: RGB, hair: RGB) -> None:
    c.solid(rounded(164, 230, 236, 330, 30), dark(skin, 0.16), shade=0.4)
    for x in (116, 284):
        c.solid(ellipse(x, 194, 17, 24), dark(skin, 0.06), form="ball")
    head = smooth([(200, 84), (136, 108), (116, 176), (128, 236), (164, 280), (200, 290),
        (236, 280), (272, 236), (284, 176), (264, 108)])  # fmt: skip
    c.cast(head, 0, 14, 12, 0.3)
    c.solid(head, skin, form="ball", shade=0.42, light=0.3)
    for x in (150, 250):
        c.glow(ellipse(x, 224, 17, 12), 9, 0.4, mix(skin, rgb("E0533F"), 0.55))
    for x in (166, 234):
        c.oval(x, 188, 9, 11, dark(skin, 0.85) if look.skin != "7A4A35" else rgb("1B1216"))
        c.oval(x - 3, 184, 3, None, rgb("FFF6E8"))
        c.stroke(arc(x, 176, 20, 12, 205, 335), 6, mix(hair, dark(skin, 0.6), 0.4))
    nose = smooth([(200, 186), (206, 208), (214, 222), (200, 228), (192, 224)], closed=False)
    c.stroke(nose, 5, dark(skin, 0.34))
    _beard(c, look, hair, skin)
    if look.style != "beard":
        low = 252 if look.style == "moustache" else 246
        c.stroke(arc(200, low - 8, 26, 17, 25, 155), 7, mix(rgb("B5483F"), skin, 0.15))
    if look.glasses:
        for x in (164, 236):
            c.stroke(ellipse(x, 190, 31, 28), 6, rgb("2E2A33"))
        c.stroke([(195, 187), (205, 187)], 6, rgb("2E2A33"))
    if look.earrings:
        for x in (114, 286):
            c.solid(ellipse(x, 232, 10, 15), rgb(look.accent), form="ball")


def _person(c: Canvas, look: Look) -> None:
    ground, skin, hair, clothes = (
        rgb(look.ground),
        rgb(look.skin),
        rgb(look.hair),
        rgb(look.clothes),
    )
    c.fade(0, 0, SIDE, SIDE, lit(ground, 0.6), "tilt", 0.6, "light")
    c.fade(0, 0, SIDE, SIDE, dark(ground, 0.5), "tilt", 0.4)
    c.fill(ellipse(282, 150, 150), lit(ground, 0.16), 0.6)
    _behind(c, look, hair)
    body = smooth([(40, 420), (60, 340), (130, 304), (200, 312), (270, 304), (340, 340),
        (360, 420)])  # fmt: skip
    c.cast(body, 0, -6, 12, 0.22)
    c.solid(body, clothes, form="tilt", shade=0.45)
    if look.style in ("beard", "bob", "bun"):
        with c.inside(body) as d:
            for row in range(5):
                y = 334 + row * 22
                d.stroke(smooth([(30, y + 12), (200, y), (370, y + 12)], closed=False), 8,
                    rgb(look.accent))  # fmt: skip
    _face(c, look, skin, hair)
    collar = arc(200, 308, 62, 34, 0, 180)
    c.stroke(collar, 12, lit(clothes, 0.25) if look.style not in ("beard", "bob",
        "bun") else rgb(look.accent))  # fmt: skip
    _front(c, look, hair)


def _fable(c: Canvas) -> None:
    """A jug that holds a sprig: the homeware shop."""
    p = PALETTES["clay"]
    c.fade(0, 0, SIDE, SIDE, lit(p.b, 0.4), "tilt", 0.6, "light")
    c.fill(ellipse(200, 200, 164), lit(p.b, 0.12))
    for angle in (-122, -92, -60):
        plants.sprig(c, 196, 176, 128, angle, "olive", rgb("E9D9A8"), 10)
    side.handle(c, 258, 242, 44, 50, 22, p.pale)
    path = side.vessel(c, 196, 344, 190, "jug", p.pale, shadow=False)
    with c.inside(path) as d:
        d.fill(box(0, 262, SIDE, 286), p.a)
        d.fill(box(0, 296, SIDE, 304), p.a)


def _bakery(c: Canvas) -> None:
    """A scored loaf and grains of salt: the bakery."""
    c.fade(0, 0, SIDE, SIDE, rgb("FFF6E0"), "tilt", 0.6, "light")
    loaf = turn(smooth([(76, 200), (110, 120), (200, 98), (290, 120), (324, 200), (290, 280),
        (200, 302), (110, 280)]), 200, 200, -14)  # fmt: skip
    c.cast(loaf, 10, 16, 14, 0.4)
    c.solid(loaf, rgb("B5652F"), form="ball", shade=0.55, light=0.4)
    for step in range(3):
        cut = turn(leaf(128 + step * 56, 250, 118, 40, -66), 200, 200, -14)
        c.fill([(x + 4, y + 5) for x, y in cut], rgb("7A3D1E"))
        c.solid(cut, rgb("F3DCAF"), form="bowl", shade=0.35)
    for step in range(26):
        x, y = c.rng.uniform(40, 360), c.rng.choice((c.rng.uniform(24, 84),
            c.rng.uniform(320, 376)))  # fmt: skip
        c.fill(turn(box(x - 5, y - 5, x + 5, y + 5), x, y, step * 19), rgb("FFFDF6"))


_MARKS: dict[str, tuple[str, Callable[[Canvas], None]]] = {
    "fable": ("4E6E6A", _fable),
    "saltandrye": ("E3AC41", _bakery),
}


def draw(username: str) -> bytes:
    """A square JPEG of a person or brand of the demo world. Raises KeyError for anyone else."""
    rng = random.Random(f"portrait {username}")
    if username in _MARKS:
        ground, mark = _MARKS[username]
        c = Canvas(SIDE, SIDE, rgb(ground), rng)
        mark(c)
    else:
        look = LOOKS[username]
        c = Canvas(SIDE, SIDE, rgb(look.ground), rng)
        _person(c, look)
    return c.jpeg()
