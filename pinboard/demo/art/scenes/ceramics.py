"""Thirty-two pieces of pottery. pinboard.demo.world.ceramics tells of them in the same order."""

from __future__ import annotations

from functools import partial

from pinboard.demo.art.ceramics import family, shelf, solo, stack, tea
from pinboard.demo.art.platework import plates
from pinboard.demo.art.scene import Scene

SCENES: tuple[Scene, ...] = (
    Scene("3:4", "linen", partial(solo, shape="jug", look=("moon", "celadon", "bone"), ears="rs")),
    Scene(
        "1:1",
        "clay",
        partial(
            stack,
            looks=(
                ("dip", "bone", "clay"),
                ("dip", "ochre", "bone"),
                ("dip", "celadon", "bone"),
                ("speckle", "bone", "tenmoku"),
            ),
        ),
    ),
    Scene("2:3", "dusk", partial(solo, shape="moon", look=("moon", "bone", "sand"))),
    Scene(
        "3:4",
        "sage",
        partial(
            shelf,
            rows=3,
            looks=(
                ("dip", "bone", "clay"),
                ("plain", "ochre", "bone"),
                ("bands", "bone", "cobalt"),
                ("speckle", "sand", "tenmoku"),
                ("drip", "celadon", "clay"),
            ),
        ),
    ),
    Scene(
        "4:5",
        "blush",
        partial(
            family,
            pots=(
                ("bottle", 0.9, ("plain", "cobalt", "bone")),
                ("belly", 0.56, ("bands", "bone", "cobalt")),
                ("cup", 0.3, ("dots", "cobalt", "bone")),
            ),
        ),
    ),
    Scene("3:4", "sky", partial(plates, looks=("flower", "sun", "fish", "branch"))),
    Scene("4:5", "mustard", partial(tea, look=("speckle", "bone", "tenmoku"))),
    Scene(
        "2:3", "teal", partial(solo, shape="gourd", look=("drip", "ochre", "clay"), branch="wheat")
    ),
    Scene(
        "3:4",
        "oat",
        partial(
            family,
            pots=(
                ("mug", 0.4, ("waves", "bone", "slate")),
                ("jug", 0.72, ("waves", "slate", "bone")),
                ("mug", 0.4, ("dip", "slate", "bone")),
            ),
        ),
    ),
    Scene("1:1", "forest", partial(plates, looks=("branch",), cloth="wood")),
    Scene(
        "3:4", "snow", partial(solo, shape="amphora", look=("brush", "bone", "tenmoku"), ears="rl")
    ),
    Scene(
        "9:16",
        "peach",
        partial(
            shelf,
            rows=4,
            looks=(
                ("plain", "clay", "bone"),
                ("dip", "bone", "clay"),
                ("checks", "bone", "clay"),
                ("drip", "sand", "clay"),
            ),
        ),
    ),
    Scene(
        "4:5",
        "stone",
        partial(
            stack,
            looks=(
                ("speckle", "slate", "bone"),
                ("speckle", "bone", "slate"),
                ("speckle", "celadon", "tenmoku"),
            ),
            cup=True,
        ),
    ),
    Scene(
        "3:4",
        "plum",
        partial(solo, shape="tulip", look=("leaves", "celadon", "tenmoku"), branch="olive"),
    ),
    Scene(
        "2:3",
        "sea",
        partial(
            family,
            pots=(
                ("amphora", 0.86, ("leaves", "bone", "cobalt")),
                ("moon", 0.44, ("waves", "cobalt", "bone")),
            ),
        ),
    ),
    Scene("4:3", "brick", partial(tea, look=("plain", "tenmoku", "clay"))),
    Scene(
        "3:4",
        "lilac",
        partial(
            solo, shape="belly", look=("checks", "bone", "cobalt"), plinth=False, branch="lavender"
        ),
    ),
    Scene("1:1", "rust", partial(plates, looks=("sun", "rings", "flower", "fish"), cloth="plain")),
    Scene("3:4", "clay", partial(solo, shape="bowl", look=("drip", "celadon", "bone"))),
    Scene(
        "4:5",
        "linen",
        partial(
            family,
            pots=(
                ("gourd", 0.6, ("dip", "clay", "bone")),
                ("column", 0.84, ("bands", "sand", "tenmoku")),
                ("tulip", 0.5, ("speckle", "bone", "tenmoku")),
                ("bottle", 0.72, ("drip", "bone", "clay")),
            ),
        ),
    ),
    Scene(
        "2:3",
        "mustard",
        partial(solo, shape="bottle", look=("bands", "cobalt", "bone"), branch="olive"),
    ),
    Scene(
        "3:4",
        "sea",
        partial(
            stack,
            looks=(
                ("waves", "cobalt", "bone"),
                ("plain", "bone", "sand"),
                ("waves", "bone", "cobalt"),
                ("plain", "celadon", "bone"),
                ("dots", "bone", "cobalt"),
            ),
            cup=False,
        ),
    ),
    Scene(
        "4:5",
        "dusk",
        partial(
            shelf,
            rows=2,
            looks=(
                ("drip", "bone", "slate"),
                ("plain", "slate", "bone"),
                ("speckle", "sand", "tenmoku"),
                ("plain", "ochre", "bone"),
            ),
        ),
    ),
    Scene(
        "3:4",
        "peach",
        partial(solo, shape="jug", look=("dots", "bone", "clay"), ears="rs", plinth=False),
    ),
    Scene("1:1", "sage", partial(tea, look=("leaves", "bone", "celadon"))),
    Scene("2:3", "brick", partial(solo, shape="moon", look=("drip", "tenmoku", "ochre"))),
    Scene(
        "3:4",
        "stone",
        partial(
            family,
            pots=(
                ("bottle", 0.8, ("plain", "bone", "sand")),
                ("bottle", 0.66, ("speckle", "sand", "tenmoku")),
                ("bottle", 0.92, ("plain", "sand", "bone")),
            ),
        ),
    ),
    Scene(
        "4:5", "forest", partial(solo, shape="pot", look=("waves", "clay", "bone"), branch="fern")
    ),
    Scene("3:4", "oat", partial(plates, looks=("rings", "branch"), cloth="cloth")),
    Scene(
        "4:5",
        "sky",
        partial(
            family,
            pots=(
                ("mug", 0.4, ("dip", "ochre", "bone")),
                ("mug", 0.4, ("checks", "bone", "slate")),
                ("mug", 0.4, ("dip", "clay", "bone")),
            ),
        ),
    ),
    Scene(
        "2:3",
        "snow",
        partial(
            shelf,
            rows=3,
            looks=(
                ("plain", "bone", "sand"),
                ("speckle", "bone", "tenmoku"),
                ("dip", "sand", "bone"),
                ("plain", "celadon", "bone"),
            ),
        ),
    ),
    Scene(
        "3:4",
        "blush",
        partial(solo, shape="column", look=("brush", "clay", "bone"), branch="eucalyptus"),
    ),
)
