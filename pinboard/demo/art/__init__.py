"""The pictures of the demo world, drawn by code: pure Pillow and the standard library.

Begin at `paint`: one JPEG per (interest, index), the same bytes at every run, so that several
processes may share the work. `scenes` holds one table per interest; a scene names its
proportions, palette and motif, and the motifs live in the modules beside it. `canvas` is the
sheet, `curves` gives outlines, `colour` the palettes, `grain` the texture; `side`, `table`,
`plants`, `food` and `furniture` are props shared by the motifs. May import nothing of the product.
"""

from __future__ import annotations

import importlib
import random
from typing import cast

from pinboard.demo.art import portraits
from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import PALETTES
from pinboard.demo.art.scene import HEIGHTS, WIDTH, Scene

INTERESTS = (
    "dinner",
    "baking",
    "weddings",
    "living_rooms",
    "ceramics",
    "textiles",
    "gardens",
    "travel",
    "posters",
    "type",
)
__all__ = [
    "HEIGHTS",
    "INTERESTS",
    "PORTRAITS",
    "WIDTH",
    "count",
    "paint",
    "portrait",
    "scenes_of",
]

PORTRAITS = (*portraits.LOOKS, "fable", "saltandrye")


def scenes_of(interest: str) -> tuple[Scene, ...]:
    """The scenes of an interest, in the order of its pins. Raises ValueError for an unknown one."""
    if interest not in INTERESTS:
        raise ValueError(f"no such interest: {interest}")
    module = importlib.import_module(f"pinboard.demo.art.scenes.{interest}")
    return cast(tuple[Scene, ...], module.SCENES)


def count(interest: str) -> int:
    return len(scenes_of(interest))


def paint(interest: str, index: int) -> bytes:
    """One picture as JPEG, 720 pixels wide. Raises IndexError past the last scene."""
    scene = scenes_of(interest)[index]
    palette = PALETTES[scene.palette]
    rng = random.Random(f"{interest}-{index}")
    canvas = Canvas(WIDTH, HEIGHTS[scene.ratio], palette.wall, rng)
    scene.draw(canvas, palette)
    return canvas.jpeg()


def portrait(username: str) -> bytes:
    """The face of a person or the mark of a brand, square, 400 pixels, JPEG."""
    return portraits.draw(username)
