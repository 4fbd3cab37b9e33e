"""Thirty-two living rooms. pinboard.demo.world.living_rooms tells of them in the same order."""

from __future__ import annotations

from functools import partial

from pinboard.demo.art import furniture as f
from pinboard.demo.art.living_rooms import credenza, dining, easy, hearth, library, sofa
from pinboard.demo.art.scene import Scene

SCENES: tuple[Scene, ...] = (
    Scene("3:4", "linen", partial(sofa, fabric="b", seats=2)),
    Scene("2:3", "clay", partial(easy, fabric="pale", view="print")),
    Scene("4:5", "forest", partial(library, rows=4, chair="a")),
    Scene("3:4", "sky", partial(dining, lamp="a")),
    Scene("4:5", "plum", partial(hearth, fabric="a")),
    Scene("3:4", "sage", partial(credenza, art="sun")),
    Scene("1:1", "blush", partial(sofa, fabric="a", view="prints", plant="fern")),
    Scene("2:3", "sea", partial(easy, fabric="a", view="arch", wood=f.WALNUT, plant="monstera")),
    Scene("3:4", "mustard", partial(library, rows=3, chair="b")),
    Scene("4:5", "stone", partial(sofa, fabric="d", seats=3, view="arch", plant="tree")),
    Scene("3:4", "rust", partial(credenza, art="arches", wood=f.WALNUT, plant="monstera")),
    Scene("2:3", "oat", partial(dining, lamp="d", vase="eucalyptus")),
    Scene("3:4", "teal", partial(sofa, fabric="a", view="prints")),
    Scene("4:5", "peach", partial(easy, fabric="b", plant="monstera")),
    Scene("3:4", "snow", partial(hearth, fabric="d")),
    Scene("1:1", "dusk", partial(credenza, art="stripes", plant="fern")),
    Scene("2:3", "lilac", partial(sofa, fabric="b", seats=2, view="arch", plant="fern")),
    Scene("3:4", "brick", partial(dining, lamp="a", vase="wheat")),
    Scene("9:16", "linen", partial(library, rows=6, chair="a")),
    Scene("3:4", "forest", partial(easy, fabric="c", view="arch", plant="tree")),
    Scene("4:5", "sea", partial(credenza, art="leaf", plant="monstera")),
    Scene("3:4", "clay", partial(sofa, fabric="b", seats=3, view="window", plant="tree")),
    Scene("4:3", "sage", partial(sofa, fabric="a", seats=3, view="prints", plant="monstera")),
    Scene("2:3", "stone", partial(hearth, fabric="a")),
    Scene("3:4", "sky", partial(library, rows=4, chair="")),
    Scene("4:5", "mustard", partial(easy, fabric="a", wood=f.WALNUT, plant="fern")),
    Scene("3:4", "plum", partial(sofa, fabric="b", view="arch", plant="monstera")),
    Scene("2:3", "snow", partial(credenza, art="arches", plant="tree")),
    Scene("3:4", "peach", partial(dining, lamp="b", vase="fern")),
    Scene("1:1", "teal", partial(library, rows=3, chair="a")),
    Scene("3:4", "oat", partial(sofa, fabric="pale", seats=2, view="window", plant="fern")),
    Scene("4:5", "lilac", partial(easy, fabric="d", view="arch", plant="tree")),
)
