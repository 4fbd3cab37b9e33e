"""Type: single letters, specimens, alphabets, wood type, overprints, letters built of modules."""

from __future__ import annotations

import math

from pinboard.demo.art import letters, side, table
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import Palette, dark, lit, mix, rgb
from pinboard.demo.art.curves import box, rounded, smooth, turn
from pinboard.demo.art.letters import write
from pinboard.demo.art.patterns import PATTERNS

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def big(
    c: Canvas, p: Palette, *, letter: str, fill: str = "stripes", weight: float = 0.085
) -> None:
    """One letter as large as the sheet, filled with a pattern."""
    w, h = c.w, c.h
    c.fade(0, 0, w, h, lit(p.wall, 0.6), "tilt", 0.5, "light")
    c.fade(0, 0, w, h, dark(p.wall, 0.4), "tilt", 0.3)
    size = min(w * 1.06, h * 0.92)
    with letters.within(c, letter, w / 2 + 16, h / 2 + 20, size, weight) as d:
        d.fill(box(0, 0, w, h), dark(p.wall, 0.42))
    with letters.within(c, letter, w / 2, h / 2, size, weight) as d:
        d.fill(box(0, 0, w, h), p.a)
        if fill == "rays":
            for step in range(24):
                at = math.radians(step * 15)
                ray = [(w / 2, h * 0.62), (w / 2 + 1400 * math.cos(at),
                    h * 0.62 + 1400 * math.sin(at)), (w / 2 + 1400 * math.cos(at + 0.13),
                    h * 0.62 + 1400 * math.sin(at + 0.13))]  # fmt: skip
                d.fill(ray, (p.c, p.pale, p.d)[step % 3])
        elif fill == "hills":
            d.fill(box(0, 0, w, h), mix(p.c, p.pale, 0.3))
            d.oval(w * 0.6, h * 0.36, w * 0.14, None, p.a)
            for rank, tone in enumerate((p.b, p.d, p.ink)):
                top = h * (0.44 + rank * 0.13)
                hill = smooth([(-40, top), (w * 0.3, top - h * 0.06), (w * 0.7, top + h * 0.05),
                    (w + 40, top - h * 0.03)], closed=False)  # fmt: skip
                d.fill([*hill, (w + 40, h), (-40, h)], tone)
        else:
            PATTERNS[fill](d, p, (0, 0, w, h))
        d.fade(0, 0, w, h, p.ink, "tilt", 0.3)


def deep(c: Canvas, p: Palette, *, letter: str) -> None:
    """A letter with a long solid side."""
    w, h = c.w, c.h
    c.fade(0, 0, w, h, lit(p.wall, 0.6), "tilt", 0.5, "light")
    size = min(w * 0.9, h * 0.72) if len(letter) == 1 else w * 0.5
    letters.extrude(c, letter, w * 0.46, h * 0.46, size, p.d if p.d != p.wall else p.ink, 64, 0.13)
    letters.extrude(c, letter, w * 0.46, h * 0.46, size, p.a, 16, 0.13)
    with letters.within(c, letter, w * 0.46, h * 0.46, size, 0.13) as d:
        d.fill(box(0, 0, w, h), p.pale)
        d.fade(0, 0, w, h, p.c, "slab", 0.7)


def specimen(c: Canvas, p: Palette, *, name: str, word: str) -> None:
    """A founder's sheet: the name, two big letters, a waterfall of sizes, the alphabet."""
    w, h = c.w, c.h
    c.fade(0, 0, w, h, dark(p.wall, 0.4), "tilt", 0.3)
    sheet = box(w * 0.07, h * 0.05, w * 0.93, h * 0.95)
    c.cast(sheet, 12, 16, 14, 0.34)
    c.solid(sheet, p.pale, form="tilt", shade=0.1)
    x, right = w * 0.13, w * 0.87
    c.fill(box(x, h * 0.1, right, h * 0.1 + 5), p.ink)
    write(c, x, h * 0.15, name, w * 0.055, p.ink, weight=0.05)
    write(c, right, h * 0.15, "No. 12", w * 0.04, p.a, align="right")
    top = h * 0.18
    block = min(w * 0.74, h * 0.36)
    c.fill(box(x, top, right, top + block * 0.92), p.a)
    c.oval(right - block * 0.22, top + block * 0.24, block * 0.13, None, p.c)
    write(c, x + w * 0.04, top + block * 0.68, "Rg", block * 0.66, p.pale, weight=0.03)
    y = top + block * 0.92 + w * 0.095
    for index, size in enumerate((0.085, 0.062, 0.045, 0.032)):
        if y > h * 0.8:
            break
        fit = min(w * size, w * size * (right - x) / letters.width(word, w * size * 1.03))
        write(c, x, y, word, fit, (p.ink, p.b, p.d, p.ink)[index],
            weight=(0.0, 0.03, 0.06, 0.0)[index])  # fmt: skip
        y += w * size * 1.02 + 8
    c.fill(box(x, h * 0.84, right, h * 0.84 + 2), p.ink)
    write(c, x, h * 0.875, ALPHABET[:13], w * 0.042, p.ink, tracking=0.24)
    write(c, x, h * 0.918, ALPHABET[13:], w * 0.042, p.ink, tracking=0.22)


def tiles(c: Canvas, p: Palette, *, columns: int = 4) -> None:
    """The alphabet, one letter to a coloured tile."""
    w, h = c.w, c.h
    c.fill(box(0, 0, w, h), p.pale)
    side_len = w * 0.88 / columns
    rows = int((h - w * 0.1) / side_len)
    top = (h - rows * side_len) / 2
    tones = (p.a, p.b, p.c, p.d, p.ink, lit(p.a, 0.4), p.table)
    for row in range(rows):
        for column in range(columns):
            index = row * columns + column
            letter = (ALPHABET + "&?!.")[index % 30]
            x, y = w * 0.06 + column * side_len, top + row * side_len
            tone = tones[(index * 3 + row) % 7]
            ink = p.pale if sum(tone) < 420 else p.ink
            c.fill(rounded(x + 5, y + 5, x + side_len - 5, y + side_len - 5,
                side_len * (0.5 if (index + row) % 3 == 1 else 0.06)), tone)  # fmt: skip
            with c.inside(box(x + 5, y + 5, x + side_len - 5, y + side_len - 5)) as d:
                write(d, x + side_len / 2, y + side_len * 0.76, letter, side_len * 0.7, ink,
                    weight=(0.0, 0.1, 0.05)[index % 3], align="center")  # fmt: skip
    c.fade(0, 0, w, h, p.ink, "tilt", 0.14)


def overlap(c: Canvas, p: Palette, *, word: str) -> None:
    """Letters printed over one another in transparent inks."""
    w, h = c.w, c.h
    c.fill(box(0, 0, w, h), lit(p.pale, 0.3))
    inks = (lit(p.a, 0.12), lit(p.c, 0.1), lit(p.b, 0.25), lit(p.d, 0.25))
    count = len(word)
    size = min(w * 0.86, h * 0.62)
    for index, letter in enumerate(word):
        x = w * (0.5 + (index - (count - 1) / 2) * 0.2)
        y = h * (0.5 + (index - (count - 1) / 2) * (0.17 if count > 2 else 0.12))
        letters.overprint(c, letter, x, y, size, inks[index % 4], 0.14)
    for step in range(4):
        c.oval(w * 0.08 + step * 34, h * 0.95, 12, None, inks[step])
    c.fade(0, 0, w, h, p.table, "tilt", 0.24)


def wood(c: Canvas, p: Palette, *, word: str) -> None:
    """Inked wood type lying in a tray."""
    table.top(c, p, "wood")
    w, h = c.w, c.h
    columns = 3 if len(word) > 4 else 2
    rows = math.ceil(len(word) / columns)
    cell_w, cell_h = w * 0.84 / columns, h * 0.84 / rows
    tray = rounded(w * 0.05, h * 0.05, w * 0.95, h * 0.95, 12)
    c.cast(tray, 12, 16, 16, 0.45)
    c.solid(tray, rgb("6B4632"), form="tilt", shade=0.3)
    for index in range(rows * columns):
        letter = word[index % len(word)]
        x, y = w * 0.08 + (index % columns) * cell_w, h * 0.08 + (index // columns) * cell_h
        block = rounded(x + 7, y + 7, x + cell_w - 7, y + cell_h - 7, 6)
        tone = mix(rgb("C99B62"), (p.a, p.c, p.b)[index % 3], 0.14)
        c.cast(block, 9, 12, 8, 0.5)
        c.solid(block, tone, form="tilt", shade=0.35, light=0.35)
        with c.inside(block) as d:
            for step in range(9):
                gx = x + cell_w * (step + 0.4) / 9
                d.stroke([(gx, y), (gx + 8, y + cell_h)], 1.6, dark(tone, 0.14))
            size = min(cell_w * 0.92, cell_h * 0.86)
            ink = (p.ink, dark(p.a, 0.3), dark(p.d, 0.2))[index % 3]
            cx, low = x + cell_w / 2, y + cell_h / 2 + size * 0.36
            write(d, cx + 4, low + 5, letter, size, dark(tone, 0.5), weight=0.13, align="center")
            write(d, cx, low, letter, size, ink, weight=0.13, align="center")
            write(d, cx - 2, low - 2, letter, size, lit(ink, 0.12), weight=0.1, align="center")
    table.dapple(c, 0.14)


def built(c: Canvas, p: Palette, *, word: str, kind: str = "quarters") -> None:
    """Letters of five by seven modules."""
    w, h = c.w, c.h
    c.fade(0, 0, w, h, lit(p.wall, 0.6), "tilt", 0.5, "light")
    if len(word) == 1:
        unit = min(w * 0.8 / 5, h * 0.82 / 7)
        spots = [((w - unit * 5) / 2, (h - unit * 7) / 2)]
    else:
        unit = min(w * 0.86 / 11, h * 0.86 / (8 * math.ceil(len(word) / 2) - 1))
        rows = math.ceil(len(word) / 2)
        left, top = (w - unit * 11) / 2, (h - unit * (8 * rows - 1)) / 2
        spots = [(left + (k % 2) * unit * 6, top + (k // 2) * unit * 8) for k in range(len(word))]
    pairs = ((p.a, p.c), (p.d, p.b), (p.c, p.pale), (p.b, p.a))
    for index, letter in enumerate(word):
        x, y = spots[index]
        tones = pairs[index % 4] if len(word) > 1 else (p.a, p.c, p.d if p.d != p.wall else p.b,
            p.b)  # fmt: skip
        for row, line in enumerate(letters.GRID[letter].split()):
            for column, bit in enumerate(line):
                if bit == "0":
                    c.oval(x + (column + 0.5) * unit, y + (row + 0.5) * unit, unit * 0.06, None,
                        dark(p.wall, 0.2))  # fmt: skip
        letters.modules(c, letter, x, y, unit, kind, tones)
    c.fade(0, 0, w, h, p.ink, "tilt", 0.2)


def sign(c: Canvas, p: Palette, *, word: str) -> None:
    """Enamel letters fixed to a wall, each with its shadow."""
    w, h = c.w, c.h
    c.fade(0, 0, w, h, lit(p.wall, 0.7), "tilt", 0.6, "light")
    c.fade(0, 0, w, h, dark(p.wall, 0.45), "tilt", 0.4)
    side.window_light(c, w * 0.04, h * 0.04, w * 0.6, h * 0.5, 0.4)
    size = min(h * 0.86 / len(word), w * 0.62)
    for index, letter in enumerate(word):
        y = h * (index + 0.5) / len(word) * 0.9 + h * 0.05
        x = w * (0.42 if index % 2 else 0.58)
        plate = turn(rounded(x - size * 0.5, y - size * 0.5, x + size * 0.5, y + size * 0.5,
            size * (0.5 if index % 2 else 0.1)), x, y, (-4, 3, -2, 5)[index % 4])  # fmt: skip
        tone = (p.a, p.d, p.c, p.b)[index % 4]
        c.cast(plate, 16, 20, 12, 0.42)
        c.solid(plate, tone, form="tilt", shade=0.35, light=0.4)
        c.stroke([*[(x + (px - x) * 0.9, y + (py - y) * 0.9) for px, py in plate]], 5,
            lit(tone, 0.5))  # fmt: skip
        write(c, x, y + size * 0.27, letter, size * 0.74, p.pale if sum(tone) < 480 else p.ink,
            weight=0.12, align="center")  # fmt: skip
        for dx in (-0.36, 0.36):
            c.oval(x + size * dx, y - size * 0.36 if index % 2 == 0 else y, 6, None,
                dark(tone, 0.4))  # fmt: skip
