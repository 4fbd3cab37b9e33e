"""What a picture is before it is painted: proportions, a palette and a motif."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pinboard.demo.art.canvas import Canvas
from pinboard.demo.art.colour import Palette

WIDTH = 720
HEIGHTS = {"9:16": 1280, "2:3": 1080, "3:4": 960, "4:5": 900, "1:1": 720, "4:3": 540}

Motif = Callable[[Canvas, Palette], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """ratio is a key of HEIGHTS, palette a key of PALETTES."""

    ratio: str
    palette: str
    draw: Motif
