"""The sheet everything is painted on: flat gouache shapes, grained shading, soft cast shadows.

Coordinates are picture units (one unit is one pixel of the finished picture). The sheet is
SCALE times larger inside, so that edges come out smooth when it is reduced at the end.
Light always comes from the upper left.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from pinboard.demo.art import grain
from pinboard.demo.art.colour import CREAM, DEEP, RGB, dark, lit
from pinboard.demo.art.curves import Path, Point, ellipse

SCALE = 2
SOFT = 8  # soft shadows are drawn this many times smaller: they are blurred anyway

Bounds = tuple[int, int, int, int]


class Canvas:
    """One picture in the making. w and h are its size; rng is its own chance, seeded by name."""

    def __init__(
        self,
        w: int,
        h: int,
        ground: RGB,
        rng: random.Random,
        *,
        sheet: Image.Image | None = None,
        origin: tuple[int, int] = (0, 0),
    ) -> None:
        self.w, self.h, self.rng = w, h, rng
        self.sheet = sheet or Image.new("RGB", (w * SCALE, h * SCALE), ground)
        self.origin = origin
        self.surface = "paper"
        self.pen = ImageDraw.Draw(self.sheet)

    def fill(self, path: Sequence[Point], colour: RGB, alpha: float = 1.0) -> None:
        """A flat shape, opaque or glazed over what is there."""
        if alpha >= 1.0:
            self.pen.polygon(self._inner(path), fill=colour)
            return
        bounds = self._bounds(path)
        if bounds:
            self.sheet.paste(colour, bounds, self._mask(path, bounds, round(255 * alpha)))

    def oval(
        self, x: float, y: float, rx: float, ry: float | None, colour: RGB, alpha: float = 1.0
    ) -> None:
        """A flat upright ellipse (a circle without ry)."""
        tall = rx if ry is None else ry
        if alpha < 1.0:
            self.fill(ellipse(x, y, rx, tall, steps=40), colour, alpha)
            return
        corners = self._inner([(x - rx, y - tall), (x + rx, y + tall)])
        self.pen.ellipse(corners, fill=colour)

    def stroke(
        self, path: Sequence[Point], width: float, colour: RGB, *, round_ends: bool = True
    ) -> None:
        """An even line with round joints."""
        inner = self._inner(path)
        thick = max(1, round(width * SCALE))
        self.pen.line(inner, fill=colour, width=thick, joint="curve")
        if round_ends and thick > 3:
            r = thick / 2 - 0.5
            for px, py in (inner[0], inner[-1]):
                self.pen.ellipse((px - r, py - r, px + r, py + r), fill=colour)

    def solid(
        self,
        path: Sequence[Point],
        colour: RGB,
        *,
        form: str = "column",
        shade: float = 0.5,
        light: float = 0.28,
        into: RGB = DEEP,
    ) -> None:
        """A shape with volume: flat colour, grained shade on its far side, light on the near.

        form: "column" (round, upright), "ball", "slab" (lit from above), "tilt" (diagonal),
        "bowl" (hollow: the near side is the dark one).
        """
        bounds = self._bounds(path)
        if not bounds:
            return
        mask = self._mask(path, bounds, 255)
        self.sheet.paste(colour, bounds, mask)
        whole = self._extent(path)
        for which, strength, tone in (
            ("shade", shade, dark(colour, 0.52) if into is DEEP else into),
            ("light", light, lit(colour, 0.8)),
        ):
            if strength > 0:
                veil = grain.veil(form, which, whole, bounds, strength)
                self.sheet.paste(tone, bounds, ImageChops.multiply(veil, mask))

    def cast(
        self,
        path: Sequence[Point],
        dx: float = 14,
        dy: float = 16,
        blur: float = 14,
        strength: float = 0.34,
        colour: RGB = DEEP,
    ) -> None:
        """The soft shadow of a shape, moved by (dx, dy)."""
        self.casts([path], dx, dy, blur, strength, colour)

    def casts(
        self,
        paths: Sequence[Sequence[Point]],
        dx: float = 14,
        dy: float = 16,
        blur: float = 14,
        strength: float = 0.34,
        colour: RGB = DEEP,
    ) -> None:
        """The common shadow of several shapes: no darker where they overlap."""
        moved = [[(px + dx, py + dy) for px, py in path] for path in paths]
        bounds = self._bounds([point for path in moved for point in path], blur * 2.2 + 8)
        if not bounds:
            return
        coarse = SOFT if blur > 5 else SOFT // 2
        small = (
            max(1, (bounds[2] - bounds[0]) // coarse),
            max(1, (bounds[3] - bounds[1]) // coarse),
        )
        soft = Image.new("L", small, 0)
        pen = ImageDraw.Draw(soft)
        left, top = bounds[0], bounds[1]
        for path in moved:
            inner = [((px - left) / coarse, (py - top) / coarse) for px, py in self._inner(path)]
            pen.polygon(inner, fill=round(255 * strength))
        soft = soft.filter(ImageFilter.GaussianBlur(blur * SCALE / coarse))
        size = (bounds[2] - bounds[0], bounds[3] - bounds[1])
        self.sheet.paste(colour, bounds, soft.resize(size, Image.Resampling.BILINEAR))

    def glow(
        self, path: Sequence[Point], blur: float = 24, strength: float = 0.5, colour: RGB = CREAM
    ) -> None:
        """Soft light in the shape of a path."""
        self.cast(path, 0, 0, blur, strength, colour)

    def fade(
        self, x0: float, y0: float, x1: float, y1: float, colour: RGB, form: str = "slab",
        strength: float = 0.6, which: str = "shade",
    ) -> None:  # fmt: skip
        """A grained gradient over a rectangle: skies, floors, the depth of a room."""
        area = [(x0, y0), (x1, y1)]
        bounds = self._bounds(area)
        if not bounds:
            return
        veil = grain.veil(form, which, self._extent(area), bounds, strength)
        self.sheet.paste(colour, bounds, veil)

    @contextmanager
    def inside(self, path: Sequence[Point]) -> Iterator[Canvas]:
        """A canvas that paints only within the path: patterns on pots, views in windows."""
        bounds = self._bounds(path)
        if not bounds:
            yield Canvas(self.w, self.h, CREAM, self.rng, sheet=Image.new("RGB", (1, 1)))
            return
        inner = Canvas(
            self.w, self.h, CREAM, self.rng,
            sheet=self.sheet.crop(bounds),
            origin=(self.origin[0] + bounds[0], self.origin[1] + bounds[1]),
        )  # fmt: skip
        yield inner
        self.sheet.paste(inner.sheet, bounds, self._mask(path, bounds, 255))

    def finish(self) -> Image.Image:
        """Reduce to the final size and lay the grain of paper or the threads of cloth over it."""
        return grain.surface(self.sheet.reduce(SCALE), self.surface)

    def jpeg(self) -> bytes:
        out = io.BytesIO()
        self.finish().save(out, "JPEG", quality=88, subsampling="4:2:0")
        return out.getvalue()

    def _inner(self, path: Sequence[Point]) -> Path:
        ox, oy = self.origin
        return [(px * SCALE - ox, py * SCALE - oy) for px, py in path]

    def _extent(self, path: Sequence[Point], spread: float = 0) -> Bounds:
        inner = self._inner(path)
        xs, ys = [p[0] for p in inner], [p[1] for p in inner]
        more = spread * SCALE
        left, top = int(min(xs) - more), int(min(ys) - more)
        return left, top, max(left + 1, int(max(xs) + more + 1)), max(top + 1,
            int(max(ys) + more + 1))  # fmt: skip

    def _bounds(self, path: Sequence[Point], spread: float = 0) -> Bounds | None:
        left, top, right, bottom = self._extent(path, spread)
        left, top = max(0, left), max(0, top)
        right, bottom = min(self.sheet.width, right), min(self.sheet.height, bottom)
        return (left, top, right, bottom) if right > left and bottom > top else None

    def _mask(self, path: Sequence[Point], bounds: Bounds, value: int) -> Image.Image:
        mask = Image.new("L", (bounds[2] - bounds[0], bounds[3] - bounds[1]), 0)
        inner = [(px - bounds[0], py - bounds[1]) for px, py in self._inner(path)]
        ImageDraw.Draw(mask).polygon(inner, fill=value)
        return mask
