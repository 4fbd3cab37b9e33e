"""Which pictures look alike: by their perceptual hash (colours.py) and their shape."""

from __future__ import annotations

from pinboard.images.models import Picture

# Bits in which the hashes of two copies of one picture may differ: other sizes, other encoders.
SAME_BITS = 7
# Fewer bits than that say "nearly one flat colour", which many unlike pictures share.
FEWEST_EDGES = 6
# Two copies of one picture have the same shape, but for what rounding and a trim did.
SAME_SHAPE = 0.08
BITS = (1 << 64) - 1


def distance(one: int, other: int) -> int:
    """In how many of their 64 bits two hashes differ."""
    return ((one ^ other) & BITS).bit_count()


def is_telling(perceptual_hash: int) -> bool:
    """Whether the picture has enough in it to be known again by its hash."""
    return FEWEST_EDGES <= (perceptual_hash & BITS).bit_count() <= 64 - FEWEST_EDGES


def looks_like(one: Picture, other: Picture) -> bool:
    """Whether one is another copy of the other, as far as one can see."""
    return (
        is_telling(one.perceptual_hash)
        and distance(one.perceptual_hash, other.perceptual_hash) <= SAME_BITS
        and abs(one.width * other.height / (one.height * other.width) - 1) <= SAME_SHAPE
    )
