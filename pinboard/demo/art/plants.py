"""Flowers, leaves and the ways they are put together: stems, sprigs, bouquets, potted plants."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import RGB, Palette, dark, lit, mix, rgb
from pinboard.demo.art.curves import along, blob, direction, ellipse, leaf, smooth, turn

GREEN, MOSS, GREY = rgb("5E7D4B"), rgb("3F5B3E"), rgb("8FA692")
POLLEN = rgb("E2A93B")


def rose(c: Canvas, x: float, y: float, r: float, colour: RGB) -> None:
    """A full flower: rings of petals from the edge inwards."""
    c.cast(ellipse(x, y, r * 0.95, steps=24), r * 0.1, r * 0.14, r * 0.14, 0.36)
    spin = c.rng.uniform(0, 360)
    for ring, (far, size, count) in enumerate(
        ((0.6, 0.5, 7), (0.4, 0.44, 6), (0.2, 0.36, 5), (0, 0.2, 1))
    ):
        for step in range(count):
            at = math.radians(spin + ring * 31 + step * 360 / count)
            px, py = x + r * far * math.cos(at), y + r * far * math.sin(at)
            sun = 0.5 - 0.5 * (math.cos(at) + math.sin(at)) * far
            tone = mix(dark(colour, 0.2), lit(colour, 0.45), sun * 0.75 + ring * 0.03)
            petal = blob(c.rng, px, py, r * size, wobble=0.07)
            c.fill([(qx + r * 0.025, qy + r * 0.04) for qx, qy in petal], dark(tone, 0.26))
            c.fill(petal, tone)
    c.oval(x, y, r * 0.09, None, dark(colour, 0.36))


def dahlia(c: Canvas, x: float, y: float, r: float, colour: RGB) -> None:
    """Pointed petals in rings, brighter towards the middle."""
    c.cast(ellipse(x, y, r * 0.9, steps=24), r * 0.1, r * 0.14, r * 0.14, 0.36)
    for ring in range(4):
        reach, count = r * (1 - ring * 0.23), 15 - ring * 3
        for step in range(count):
            angle = step * 360 / count + ring * 13
            sun = 0.5 - 0.35 * (math.cos(math.radians(angle)) + math.sin(math.radians(angle)))
            tone = mix(dark(colour, 0.28), lit(colour, 0.4), 0.5 * sun + 0.13 * ring)
            c.fill(leaf(x, y, reach, r * 0.34, angle), dark(tone, 0.2))
            c.fill(leaf(x, y, reach * 0.95, r * 0.26, angle), tone)
    c.oval(x, y, r * 0.12, None, dark(colour, 0.25))


def daisy(c: Canvas, x: float, y: float, r: float, colour: RGB, heart: RGB = POLLEN) -> None:
    """An open flower with a visible heart: anemones, cosmos, daisies."""
    c.cast(ellipse(x, y, r * 0.8, steps=24), r * 0.1, r * 0.14, r * 0.14, 0.3)
    spin, count = c.rng.uniform(0, 360), c.rng.choice((6, 7, 8))
    for step in range(count):
        angle = spin + step * 360 / count
        petal = leaf(x, y, r * c.rng.uniform(0.92, 1.04), r * 0.72, angle)
        sun = 0.5 - 0.4 * (math.cos(math.radians(angle)) + math.sin(math.radians(angle)))
        c.fill(petal, dark(colour, 0.22))
        c.fill(leaf(x, y, r * 0.95, r * 0.6, angle), mix(dark(colour, 0.1), lit(colour, 0.5), sun))
        c.stroke(turn([(x + r * 0.2, y), (x + r * 0.66, y)], x, y, angle), r * 0.02,
            dark(colour, 0.2))  # fmt: skip
    c.solid(ellipse(x, y, r * 0.25), heart, form="ball", shade=0.5, light=0.5)
    for step in range(10):
        at = math.radians(step * 36)
        c.oval(x + r * 0.3 * math.cos(at), y + r * 0.3 * math.sin(at), r * 0.03, None,
            dark(heart, 0.3))  # fmt: skip


def tulip(c: Canvas, x: float, y: float, r: float, colour: RGB, angle: float = -90) -> None:
    """A closed cup seen from the side, opening in the direction angle."""
    lean = angle + 90
    for dx, tone in (
        (-0.42, dark(colour, 0.12)),
        (0.42, dark(colour, 0.3)),
        (0.0, lit(colour, 0.12)),
    ):
        petal = [(x - r * 0.05, y + r), (x + (dx - 0.42) * r, y + r * 0.3),
            (x + dx * 1.25 * r, y - r * 1.05), (x + (dx + 0.42) * r, y + r * 0.3)]  # fmt: skip
        c.solid(turn(smooth(petal, steps=5), x, y, lean), tone, shade=0.3, light=0.3)


FLOWERS = {"rose": rose, "dahlia": dahlia, "daisy": daisy, "tulip": tulip}


def sprig(c: Canvas, x: float, y: float, length: float, angle: float, kind: str = "olive",
          tone: RGB = GREEN, curl: float = 14) -> None:  # fmt: skip
    """A branch of foliage: olive, eucalyptus, fern, wheat, lavender or berries."""
    stem = along(x, y, length, angle, curl, 14)
    sparse = length < 170  # a short branch has fewer, fuller leaves
    c.stroke(stem, max(2.0, length * 0.011), dark(tone, 0.2))
    for index in range(3, 15):
        px, py = stem[index]
        ahead = direction(stem, index)
        late = index / 14
        for side in (-1, 1):
            shade = dark(tone, 0.16) if side > 0 else lit(tone, 0.14)
            if kind == "olive" and (not sparse or index % 3 == 0):
                broad = 0.13 if sparse else 0.062
                c.fill(leaf(px, py, length * 0.26, length * broad, ahead + side * 40), shade)
            elif kind == "eucalyptus" and index % 2:
                out = turn([(px + length * 0.07, py)], px, py, ahead + side * 70)[0]
                c.fill(ellipse(*out, length * 0.075 * (1.25 - late * 0.6), length * 0.06, ahead,
                    18), shade)  # fmt: skip
            elif kind == "fern":
                c.fill(leaf(px, py, length * 0.3 * (1.15 - late), length * 0.045,
                    ahead + side * 58), shade)  # fmt: skip
            elif kind == "wheat" and index > 7:
                c.fill(leaf(px, py, length * 0.12, length * 0.035, ahead + side * 26), shade)
            elif kind == "lavender" and index > 6:
                c.fill(ellipse(px + side * length * 0.016, py, length * 0.02, length * 0.024, 0,
                    10), shade)  # fmt: skip
            elif kind == "berries" and index % 2:
                out = turn([(px + length * 0.09, py)], px, py, ahead + side * 50)[0]
                c.stroke([(px, py), out], max(1.5, length * 0.006), dark(tone, 0.3))
                c.oval(*out, length * 0.028, None, shade)
                c.oval(out[0] - length * 0.008, out[1] - length * 0.01, length * 0.008, None,
                    lit(tone, 0.7))  # fmt: skip


def bouquet(c: Canvas, x: float, y: float, spread: float, flowers: Sequence[tuple[str, RGB]], *,
            greens: Sequence[str] = ("olive", "eucalyptus"), tone: RGB = GREEN, tall: float = 1.0,
            count: int = 11, size: float = 0.24) -> None:  # fmt: skip
    """Flowers gathered at (x, y) and opening upwards; spread is the radius of the round."""
    cy = y - spread * (0.62 + 0.42 * tall)
    for step in range(16):
        angle = -90 + (step - 7.5) * 15 + c.rng.uniform(-7, 7)
        kind = greens[step % len(greens)]
        leaf_tone = mix(tone, c.rng.choice((GREY, MOSS)), c.rng.uniform(0, 0.6))
        reach = spread * c.rng.uniform(1.25,
            1.7) * (0.8 + 0.3 * tall * abs(math.cos(math.radians(angle + 90))))  # fmt: skip
        sprig(c, x, y - spread * 0.2, reach, angle, kind, leaf_tone, c.rng.uniform(-20, 20))
    c.cast(ellipse(x, cy, spread * 0.62, spread * 0.6 * tall), spread * 0.04, spread * 0.1,
        spread * 0.1, 0.5)  # fmt: skip
    spin = c.rng.uniform(0, 6)
    for index in range(count, 0, -1):
        far = math.sqrt((index - 0.5) / count)
        at = spin + index * 2.39996
        px = x + spread * 0.82 * far * math.cos(at)
        py = cy + spread * 0.74 * tall * far * math.sin(at)
        kind, colour = flowers[index % len(flowers)]
        r = spread * size * c.rng.uniform(0.8, 1.2)
        if kind == "tulip":
            tulip(c, px, py, r * 0.9, colour, math.degrees(math.atan2(py - y, px - x)))
        else:
            FLOWERS[kind](c, px, py, r, colour)
        if index % 3 == 0:
            sprig(c, px, py + r * 0.4, r * 2.2, c.rng.uniform(-150, -30), "berries", tone)


def monstera(c: Canvas, x: float, y: float, r: float, angle: float, colour: RGB) -> None:
    """A cut leaf whose stalk meets it at (x, y)."""
    outline = []
    for step in range(-165, 166, 5):
        at = math.radians(step)
        notch = 0.62 if step % 30 == 15 and 20 < abs(step) < 150 else 1.0
        reach = r * (0.78 + 0.32 * math.cos(at) - 0.12 * math.cos(2 * at)) * notch
        outline.append((x + r * 0.3 + reach * math.cos(at), y + reach * 0.95 * math.sin(at)))
    path = turn([(x, y), *outline], x, y, angle)
    c.cast(path, r * 0.07, r * 0.1, r * 0.1, 0.28)
    c.solid(path, colour, form="tilt", shade=0.45, light=0.35)
    c.stroke(turn([(x, y), (x + r * 1.2, y)], x, y, angle), r * 0.03, lit(colour, 0.35))
    for step in (-1, 1):
        for far in (0.3, 0.55, 0.8):
            vein = [(x + r * far, y), (x + r * (far + 0.18), y + step * r * (0.62 - far * 0.34))]
            c.stroke(turn(vein, x, y, angle), r * 0.014, lit(colour, 0.25))


def grass(c: Canvas, x: float, base: float, tall: float, count: int, colour: RGB) -> None:
    """A tuft of blades."""
    for _ in range(count):
        angle = -90 + c.rng.uniform(-34, 34)
        length = tall * c.rng.uniform(0.6, 1)
        tone = mix(dark(colour, 0.25), lit(colour, 0.3), c.rng.random())
        c.fill(leaf(x + c.rng.uniform(-0.1, 0.1) * tall, base, length, tall * 0.07, angle,
                    c.rng.uniform(-0.06, 0.06) * tall), tone)  # fmt: skip


def shrub(c: Canvas, x: float, y: float, rx: float, ry: float, colour: RGB, *,
          dots: Palette | None = None, count: int = 40) -> None:  # fmt: skip
    """A round bush of leaf dabs, with flowers if a palette is given."""
    c.solid(blob(c.rng, x, y, rx, ry, 0.08), dark(colour, 0.2), form="ball", shade=0.5, light=0.3)
    for index in range(count):
        far, at = math.sqrt((index + 0.5) / count), index * 2.39996
        px, py = x + rx * far * math.cos(at), y + ry * far * math.sin(at)
        sun = 0.5 - ((px - x) / rx + (py - y) / ry) * 0.32
        tone = mix(dark(colour, 0.34), lit(colour, 0.34),
            min(1, max(0, sun + c.rng.uniform(-0.2, 0.2))))  # fmt: skip
        size = min(rx, ry) * c.rng.uniform(0.14, 0.24)
        c.fill(leaf(px, py, size * 1.6, size, c.rng.uniform(0, 360)), tone)
    if dots:
        for index in range(count // 3):
            far, at = math.sqrt((index + 0.5) / count * 3) * 0.9, index * 2.39996 + 1
            px, py = x + rx * far * math.cos(at), y + ry * far * math.sin(at)
            size = min(rx, ry) * c.rng.uniform(0.08, 0.14)
            tone = c.rng.choice((dots.a, dots.c, dots.pale))
            c.oval(px + 1, py + 2, size, None, dark(tone, 0.3))
            c.oval(px, py, size * 0.94, None, tone)
            c.oval(px, py, size * 0.3, None, lit(tone, 0.5))
