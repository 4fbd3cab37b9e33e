"""Thirty-two journeys. pinboard.demo.world.travel tells of them in the same order."""

from __future__ import annotations

from functools import partial

from pinboard.demo.art.scene import Scene
from pinboard.demo.art.travel import bridge, cabin, dunes, hilltown, street
from pinboard.demo.art.waters import coast, harbour, lake

SCENES: tuple[Scene, ...] = (
    Scene("3:4", "sky", partial(street, ride=True)),
    Scene("2:3", "sea", partial(lake)),
    Scene("4:5", "peach", partial(harbour, boats=3)),
    Scene("3:4", "linen", partial(hilltown, dome=True)),
    Scene("2:3", "dusk", partial(coast, night=True)),
    Scene("3:4", "clay", partial(dunes)),
    Scene("4:5", "forest", partial(cabin, snow=True)),
    Scene("3:4", "mustard", partial(street, ride=False, hill=0.06)),
    Scene("1:1", "blush", partial(bridge)),
    Scene("3:4", "plum", partial(lake, sail=True, hut=False)),
    Scene("2:3", "sky", partial(hilltown, dome=True)),
    Scene("4:5", "rust", partial(harbour, boats=4)),
    Scene("3:4", "teal", partial(street, ride=True, washing=False)),
    Scene("9:16", "blush", partial(street, ride=True)),
    Scene("3:4", "lilac", partial(cabin, snow=True)),
    Scene("4:3", "sea", partial(coast)),
    Scene("2:3", "peach", partial(dunes)),
    Scene("3:4", "stone", partial(lake, sail=True)),
    Scene("4:5", "brick", partial(hilltown, dome=False)),
    Scene("3:4", "dusk", partial(bridge)),
    Scene("2:3", "sage", partial(cabin, snow=False)),
    Scene("1:1", "snow", partial(street, ride=True)),
    Scene("3:4", "sea", partial(harbour, boats=2)),
    Scene("4:5", "linen", partial(coast)),
    Scene("2:3", "plum", partial(dunes)),
    Scene("3:4", "sage", partial(street, ride=False, hill=0.05)),
    Scene("4:5", "lilac", partial(lake, sail=True, hut=True)),
    Scene("3:4", "oat", partial(bridge)),
    Scene("2:3", "mustard", partial(harbour, boats=3)),
    Scene("3:4", "blush", partial(cabin, snow=False)),
    Scene("4:5", "snow", partial(hilltown, dome=True)),
    Scene("3:4", "clay", partial(coast)),
)
