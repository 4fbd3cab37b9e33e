"""Thirty-two bakes. pinboard.demo.world.baking tells of them in the same order."""

from __future__ import annotations

from functools import partial

from pinboard.demo.art.bakes import biscuits, buns, loaf, pie
from pinboard.demo.art.baking import counter, tarts
from pinboard.demo.art.cakes import CHOCOLATE, cake
from pinboard.demo.art.colour import rgb
from pinboard.demo.art.scene import Scene

SCENES: tuple[Scene, ...] = (
    Scene("3:4", "blush", partial(cake, fruit="strawberries", cut=True)),
    Scene("2:3", "oat", partial(loaf, form="round", score="leaf")),
    Scene("4:5", "sky", partial(pie, fruit="cherries", lid="lattice")),
    Scene("3:4", "teal", partial(biscuits, kind="chip")),
    Scene("1:1", "linen", partial(buns, kind="swirl", cloth="cloth")),
    Scene("2:3", "mustard", partial(counter, goods="baguettes jar eggs")),
    Scene(
        "3:4",
        "plum",
        partial(cake, sponge=CHOCOLATE, fruit="cherries", drip=CHOCOLATE, cream=rgb("EBD3C4")),
    ),
    Scene("4:5", "peach", partial(tarts, fruits=("apricots", "berries"))),
    Scene("3:4", "sage", partial(loaf, form="braid", cloth="plain")),
    Scene("1:1", "forest", partial(pie, fruit="plums", lid="leaves", cloth="plain")),
    Scene("3:4", "sea", partial(counter, goods="croissants jar eggs")),
    Scene("2:3", "lilac", partial(cake, fruit="berries", layers=4)),
    Scene("3:4", "brick", partial(biscuits, kind="jam")),
    Scene("4:5", "stone", partial(loaf, form="long", score="slash")),
    Scene("3:4", "rust", partial(buns, kind="knots", cloth="plain")),
    Scene("9:16", "snow", partial(cake, fruit="figs", layers=4, drip=rgb("B9743A"))),
    Scene("3:4", "mustard", partial(pie, fruit="berries", lid="stars", cloth="plain")),
    Scene("4:3", "dusk", partial(tarts, fruits=("strawberries",))),
    Scene("3:4", "clay", partial(counter, goods="bundt jar eggs")),
    Scene("2:3", "blush", partial(biscuits, kind="iced")),
    Scene("1:1", "teal", partial(loaf, form="round", score="cross", cloth="plain")),
    Scene("3:4", "linen", partial(tarts, fruits=("plums", "apricots", "berries"), cloth="cloth")),
    Scene("4:5", "sage", partial(cake, fruit="lemons", layers=2, sponge=rgb("F0D588"), cut=True)),
    Scene("3:4", "dusk", partial(buns, kind="swirl", cloth="plain")),
    Scene("2:3", "sky", partial(counter, goods="baguettes bundt")),
    Scene("3:4", "peach", partial(pie, fruit="apricots", lid="lattice", cloth="plain")),
    Scene("4:5", "oat", partial(biscuits, kind="chocolate")),
    Scene("1:1", "plum", partial(tarts, fruits=("figs", "berries"))),
    Scene("3:4", "forest", partial(loaf, form="long", score="leaf", cloth="wood")),
    Scene("3:4", "stone", partial(buns, kind="seeds", cloth="stone")),
    Scene(
        "2:3",
        "clay",
        partial(cake, fruit="apricots", layers=3, sponge=rgb("C98B4B"), cream=rgb("F6E6C8")),
    ),
    Scene("4:5", "snow", partial(pie, fruit="strawberries", lid="lattice", cloth="gingham")),
)
