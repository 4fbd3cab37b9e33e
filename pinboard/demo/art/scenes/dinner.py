"""Thirty-two dinners. pinboard.demo.world.dinner tells of them in the same order."""

from __future__ import annotations

from functools import partial

from pinboard.demo.art.colour import rgb
from pinboard.demo.art.dinner_more import cheese, evening, noodles, pizza, salad
from pinboard.demo.art.plates import DARK, GREEN, PALE, PINK, RED, WHITE, baked, pan, pasta, soup
from pinboard.demo.art.scene import Scene

SCENES: tuple[Scene, ...] = (
    Scene(
        "3:4",
        "linen",
        partial(
            pasta,
            shape="spaghetti",
            sauce=PALE,
            side="lemons",
            cloth="cloth",
            over=(("lemon", 3, 0.13), ("ricotta", 7, 0.09), ("basil", 2, 0.1)),
        ),
    ),
    Scene(
        "2:3",
        "forest",
        partial(
            pasta,
            shape="ribbons",
            sauce=DARK,
            side="wine",
            over=(("mushroom", 11, 0.12), ("herbs", 3, 0.11), ("parmesan", 5, 0.09)),
        ),
    ),
    Scene(
        "4:5",
        "mustard",
        partial(
            pasta,
            shape="tubes",
            sauce=RED,
            side="fork",
            over=(("basil", 3, 0.1), ("parmesan", 6, 0.08)),
        ),
    ),
    Scene("3:4", "clay", partial(baked, crust=rgb("E3A34C"), over=(("basil", 4, 0.12),))),
    Scene(
        "1:1",
        "sage",
        partial(
            pasta,
            shape="bows",
            sauce=rgb("EBCB72"),
            side="glass",
            cloth="split",
            over=(("peas", 22, 0.12), ("ricotta", 5, 0.08)),
        ),
    ),
    Scene(
        "2:3",
        "sea",
        partial(
            pasta,
            shape="spaghetti",
            sauce=WHITE,
            side="glass",
            china="b",
            over=(("prawns", 5, 0.12), ("chilli", 16, 0.1), ("lemon", 1, 0.14)),
        ),
    ),
    Scene(
        "3:4",
        "brick",
        partial(
            pasta,
            shape="pillows",
            sauce=PALE,
            side="cheese",
            over=(("herbs", 5, 0.13), ("parmesan", 4, 0.08)),
        ),
    ),
    Scene(
        "4:5",
        "stone",
        partial(
            pasta,
            shape="gnocchi",
            sauce=PINK,
            side="fork",
            cloth="stone",
            over=(("tomato", 6, 0.09), ("basil", 2, 0.1)),
        ),
    ),
    Scene(
        "3:4",
        "teal",
        partial(
            pasta,
            shape="shells",
            sauce=GREEN,
            side="cheese",
            china="c",
            over=(("herbs", 4, 0.12), ("chilli", 22, 0.1), ("parmesan", 4, 0.08)),
        ),
    ),
    Scene(
        "3:4", "peach", partial(soup, liquid=rgb("E58A2E"), bowl="b", over=(("herbs", 2, 0.13),))
    ),
    Scene(
        "4:5",
        "oat",
        partial(pan, inside=rgb("C24A2C"), over=(("eggs", 4, 0.21), ("herbs", 4, 0.12))),
    ),
    Scene(
        "1:1",
        "dusk",
        partial(pizza, sauce=rgb("C6492F"), cloth="plain", over=(("basil", 6, 0.08),)),
    ),
    Scene("2:3", "plum", partial(evening, shapes="wine pear")),
    Scene(
        "3:4",
        "snow",
        partial(
            pasta,
            shape="spaghetti",
            sauce=WHITE,
            side="lemons",
            cloth="gingham",
            over=(("courgette", 7, 0.12), ("lemon", 2, 0.12), ("basil", 1, 0.1)),
        ),
    ),
    Scene(
        "4:3",
        "rust",
        partial(
            baked,
            crust=rgb("C9552F"),
            dish="b",
            cloth="plain",
            over=(("ricotta", 9, 0.1), ("basil", 3, 0.1)),
        ),
    ),
    Scene(
        "3:4",
        "sky",
        partial(
            soup,
            liquid=rgb("C8553A"),
            bowl="pale",
            swirl=False,
            cloth="plain",
            over=(("chickpeas", 26, 0.12), ("herbs", 3, 0.13)),
        ),
    ),
    Scene(
        "4:5",
        "blush",
        partial(
            pasta,
            shape="tubes",
            sauce=rgb("DB7445"),
            side="wine",
            cloth="plain",
            over=(("olives", 13, 0.1), ("tomato", 4, 0.09), ("herbs", 2, 0.1)),
        ),
    ),
    Scene(
        "1:1",
        "linen",
        partial(
            soup,
            liquid=rgb("9DB35A"),
            bowl="d",
            cloth="cloth",
            over=(("peas", 14, 0.12), ("ricotta", 3, 0.1)),
        ),
    ),
    Scene("2:3", "stone", partial(cheese, cloth="plain")),
    Scene(
        "9:16",
        "peach",
        partial(
            pasta,
            shape="spaghetti",
            sauce=rgb("E0723A"),
            side="glass",
            cloth="split",
            over=(("tomato", 5, 0.1), ("basil", 3, 0.11)),
        ),
    ),
    Scene(
        "1:1",
        "sea",
        partial(
            pan,
            inside=rgb("E2A93C"),
            cloth="tiles",
            over=(("peas", 26, 0.1), ("prawns", 6, 0.12), ("lemon", 3, 0.13)),
        ),
    ),
    Scene(
        "3:4",
        "oat",
        partial(
            pasta,
            shape="pillows",
            sauce=rgb("E6BE72"),
            side="fork",
            china="d",
            over=(("mushroom", 6, 0.12), ("parmesan", 6, 0.08)),
        ),
    ),
    Scene(
        "4:5",
        "sage",
        partial(
            pizza,
            sauce=rgb("D8913F"),
            cloth="wood",
            over=(("mushroom", 7, 0.11), ("olives", 9, 0.08)),
        ),
    ),
    Scene(
        "3:4",
        "dusk",
        partial(
            pasta,
            shape="ribbons",
            sauce=rgb("CF6B3C"),
            side="cheese",
            over=(("parmesan", 8, 0.1), ("basil", 1, 0.1)),
        ),
    ),
    Scene(
        "3:4",
        "mustard",
        partial(
            salad,
            cloth="plain",
            over=(("tomato", 6, 0.11), ("olives", 8, 0.08), ("ricotta", 6, 0.08)),
        ),
    ),
    Scene(
        "4:5",
        "linen",
        partial(
            pan,
            inside=rgb("C9583A"),
            cloth="cloth",
            over=(("ricotta", 16, 0.12), ("basil", 3, 0.11)),
        ),
    ),
    Scene(
        "2:3",
        "brick",
        partial(
            noodles,
            broth=rgb("B9783A"),
            over=(("eggs", 2, 0.19), ("mushroom", 4, 0.14), ("herbs", 2, 0.13)),
        ),
    ),
    Scene(
        "4:5",
        "forest",
        partial(soup, liquid=rgb("CC4A30"), bowl="pale", cloth="plain", over=(("basil", 2, 0.12),)),
    ),
    Scene("3:4", "sky", partial(evening, shapes="wine lemon")),
    Scene(
        "1:1",
        "teal",
        partial(
            pan,
            inside=rgb("E9C35A"),
            cloth="plain",
            over=(("courgette", 11, 0.13), ("ricotta", 7, 0.09)),
        ),
    ),
    Scene(
        "3:4",
        "lilac",
        partial(
            pasta,
            shape="bows",
            sauce=PALE,
            side="glass",
            cloth="plain",
            over=(("tomato", 7, 0.1), ("olives", 8, 0.08), ("basil", 2, 0.09)),
        ),
    ),
    Scene(
        "3:4",
        "snow",
        partial(baked, crust=rgb("E6BE6A"), dish="d", cloth="wood", over=(("herbs", 8, 0.15),)),
    ),
)
