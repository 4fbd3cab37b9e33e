"""Thirty-two pieces of type. pinboard.demo.world.type tells of them in the same order."""

from __future__ import annotations

from functools import partial

from pinboard.demo.art.scene import Scene
from pinboard.demo.art.type import big, built, deep, overlap, sign, specimen, tiles, wood

SCENES: tuple[Scene, ...] = (
    Scene("3:4", "linen", partial(big, letter="R", fill="stripes")),
    Scene("2:3", "sky", partial(specimen, name="Harbour Grotesk", word="Quay lights after rain")),
    Scene("4:5", "clay", partial(tiles, columns=5)),
    Scene("3:4", "dusk", partial(deep, letter="A")),
    Scene("1:1", "snow", partial(overlap, word="oui")),
    Scene("3:4", "oat", partial(wood, word="PRESS&")),
    Scene("2:3", "mustard", partial(built, word="R", kind="quarters")),
    Scene("3:4", "blush", partial(big, letter="&", fill="leaves")),
    Scene("4:5", "sea", partial(sign, word="BAR")),
    Scene("3:4", "teal", partial(specimen, name="Fern Sans", word="Green thoughts in green shade")),
    Scene("3:4", "peach", partial(overlap, word="abc")),
    Scene("2:3", "forest", partial(deep, letter="S")),
    Scene("1:1", "brick", partial(built, word="KG", kind="dots")),
    Scene("3:4", "lilac", partial(tiles, columns=4)),
    Scene("4:5", "plum", partial(big, letter="g", fill="rays")),
    Scene("3:4", "stone", partial(wood, word="AB2?")),
    Scene("9:16", "rust", partial(specimen, name="Oven Display", word="Warm bread at seven")),
    Scene("3:4", "sage", partial(built, word="BASE", kind="squares")),
    Scene("2:3", "linen", partial(sign, word="KIOSK")),
    Scene("3:4", "mustard", partial(deep, letter="8")),
    Scene("4:3", "sky", partial(overlap, word="x&y")),
    Scene("3:4", "dusk", partial(big, letter="Q", fill="hills")),
    Scene("4:5", "snow", partial(specimen, name="Plain Text", word="Read this twice, slowly")),
    Scene("2:3", "clay", partial(built, word="28", kind="quarters")),
    Scene("3:4", "forest", partial(tiles, columns=3)),
    Scene("3:4", "blush", partial(deep, letter="k")),
    Scene("1:1", "sea", partial(big, letter="a", fill="arches")),
    Scene("3:4", "plum", partial(wood, word="NIGHT!")),
    Scene("2:3", "snow", partial(overlap, word="Rag")),
    Scene("4:5", "peach", partial(sign, word="CIAO")),
    Scene("3:4", "teal", partial(built, word="M", kind="dots")),
    Scene("3:4", "oat", partial(big, letter="5", fill="plaid")),
)
