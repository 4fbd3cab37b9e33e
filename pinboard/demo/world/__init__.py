"""The demo world as data: people, pins, boards, follows, favourites and conversations.

Begin at `WORLD`. The texts are tables (TOML) beside this file, one per interest, in the order of
the pictures in `pinboard.demo.art.scenes`; `reading` turns them into the frozen classes of
`model`. May import nothing of the product.
"""

from __future__ import annotations

from pinboard.demo.world.model import World
from pinboard.demo.world.reading import world

WORLD: World = world()

__all__ = ["WORLD", "World"]
