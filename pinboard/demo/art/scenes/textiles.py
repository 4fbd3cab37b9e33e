"""Thirty-two textiles. pinboard.demo.world.textiles tells of them in the same order."""

from __future__ import annotations

from functools import partial

from pinboard.demo.art.scene import Scene
from pinboard.demo.art.textiles import bolts, close, cushions, hung, pile, skeins, thread

SCENES: tuple[Scene, ...] = (
    Scene("3:4", "linen", partial(close, pattern="star")),
    Scene("2:3", "clay", partial(hung, pattern="kilim")),
    Scene("4:5", "sea", partial(pile, patterns=("stripes", "plaid", "stripes", "plaid"))),
    Scene("3:4", "blush", partial(cushions, patterns=("ikat", "stripes", "leaves"))),
    Scene("1:1", "dusk", partial(close, pattern="dotted")),
    Scene("3:4", "mustard", partial(skeins, rows=3)),
    Scene("2:3", "peach", partial(close, pattern="ikat")),
    Scene("3:4", "sage", partial(bolts, patterns=("leaves", "stripes", "arches", "plaid"))),
    Scene("4:5", "snow", partial(thread)),
    Scene("3:4", "teal", partial(hung, pattern="arches")),
    Scene("3:4", "oat", partial(close, pattern="cabin")),
    Scene(
        "2:3",
        "plum",
        partial(pile, patterns=("plaid", "stripes", "leaves", "stripes", "plaid"), seat="floor"),
    ),
    Scene("1:1", "sky", partial(close, pattern="leaves")),
    Scene("3:4", "forest", partial(cushions, patterns=("kilim", "stripes"))),
    Scene("4:5", "rust", partial(hung, pattern="geese", tassels=False)),
    Scene("9:16", "lilac", partial(close, pattern="stripes")),
    Scene("3:4", "stone", partial(skeins, rows=3)),
    Scene("4:3", "clay", partial(close, pattern="kilim", folds=False)),
    Scene("2:3", "linen", partial(bolts, patterns=("stripes", "dotted", "leaves"))),
    Scene("3:4", "brick", partial(close, pattern="arches")),
    Scene("4:5", "peach", partial(thread)),
    Scene("3:4", "sea", partial(close, pattern="geese")),
    Scene("2:3", "oat", partial(pile, patterns=("plaid", "plaid", "stripes"))),
    Scene("3:4", "dusk", partial(cushions, patterns=("star", "dotted", "stripes"))),
    Scene("3:4", "mustard", partial(close, pattern="plaid")),
    Scene("1:1", "blush", partial(close, pattern="drunkard")),
    Scene("2:3", "snow", partial(hung, pattern="stripes")),
    Scene("3:4", "plum", partial(close, pattern="basket", folds=False)),
    Scene("4:5", "sky", partial(skeins, rows=2)),
    Scene("3:4", "lilac", partial(hung, pattern="star", tassels=False)),
    Scene("3:4", "teal", partial(thread)),
    Scene("2:3", "sage", partial(close, pattern="drunkard")),
)
