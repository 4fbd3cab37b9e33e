"""Which pictures look alike: by their perceptual hash (colours.py) and their shape.

Found by bands: two hashes of 64 bits that differ in at most SAME_BITS = 7 of them differ in at
most one bit of one of their four quarters. So a look-up asks the indexes of the four quarters
for 17 values each (the quarter itself, and with one bit flipped) and counts bits only in what
these find: nothing grows with the number of pictures but that.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, Func, IntegerField, Q, QuerySet, Value

from pinboard.images.models import Picture

# Bits in which the hashes of two copies of one picture may differ: other sizes, other encoders.
SAME_BITS = 7
# Fewer bits than that say "nearly one flat colour", which many unlike pictures share.
FEWEST_EDGES = 6
# Two copies of one picture have the same shape, but for what rounding and a trim did.
SAME_SHAPE = 0.08
BITS = (1 << 64) - 1
QUARTERS = ("likeness_0", "likeness_1", "likeness_2", "likeness_3")


class BitsApart(Func):
    """In how many bits two numbers differ. On SQLite a function of ours (pinboard/sqlite)."""

    function = "bits_apart"
    arity = 2
    output_field = IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "bit_count((%(expressions)s)::bit(64))"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" # ", **context)


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


def like(picture: Picture) -> QuerySet[Picture]:
    """Other pictures that may be copies of this one, the nearest first, whoever may see them: ask
    looks_like.

    Not through the door (visible_to): the caller asks what of them its viewer may know.
    """
    if not is_telling(picture.perceptual_hash):
        return Picture.objects.none()
    near = Q()
    for number, name in enumerate(QUARTERS):
        near |= Q((f"{name}__in", _near(picture.perceptual_hash >> 16 * number & 0xFFFF)))
    apart = BitsApart(F("perceptual_hash"), Value(picture.perceptual_hash))
    found = Picture.objects.filter(near).annotate(apart=apart)
    return found.filter(apart__lte=SAME_BITS).exclude(pk=picture.pk).order_by("apart", "-pk")


def _near(quarter: int) -> list[int]:
    return [quarter, *(quarter ^ 1 << bit for bit in range(16))]
