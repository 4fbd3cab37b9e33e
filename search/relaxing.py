"""What to ask for when too few pins have everything that was asked for.

Any of the words, and the order says who has more and rarer ones. Where that would be more pins
than an engine looks at, only of the rarest words, and besides whatever has all words but one or
two: so a question is not answered with whatever is new and shares its most common word.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from search.index.wanted import All, Any, Either, Wanted

# Every engine looks at so many entries and more.
MOST_USES = 4000
# From so many words on, the most common are not needed for a near miss.
MOST_COMBINED = 6


def relaxed(parts: tuple[Any, ...]) -> Iterator[list[Wanted]]:
    """Less than all of these parts, at least two of them, step by step.

    All of a step is to be asked for, and the next one if that was too little.
    """
    telling = sorted(parts, key=lambda part: part.uses)
    rare = list(_rare(telling))
    some = telling[:MOST_COMBINED]
    if len(rare) < len(parts):
        sizes = range(len(some) - 1, max(1, len(some) - 3), -1)
        combined = [Either(tuple(All(few) for few in combinations(some, size))) for size in sizes]
        yield [_any(rare), *combined]
    yield [_any(telling)]


def _any(parts: list[Any]) -> Any:
    return Any(tuple(phrase for part in parts for phrase in part.parts))


def _rare(telling: list[Any]) -> Iterator[Any]:
    """The rarest part that is known to stand anywhere, any that are not, and others as long as
    the engine looks at every entry with one of them."""
    uses = 0
    for part in telling:
        if not uses or uses + part.uses <= MOST_USES:
            yield part
        uses += part.uses
