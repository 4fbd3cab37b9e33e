"""What the words of a question are there for: the thing itself, what it is like, what it is for.

"gray leather sofa for a small flat" asks for a sofa. Whoever finds only a part of it would rather
see another sofa than another gray leather thing.
"""

from __future__ import annotations

from collections.abc import Sequence

from search.stem import stem
from search.text import sides, words

# What stands after one of these says what a thing is for, with or made of.
BEYOND = frozenset(
    ["for", "with", "from", "by", "without", "against", "in", "on", "under", "over", "near"]
)
# How much a word matters: the thing, what it is like, what it is for, mere measures.
THING, LIKE, EXTRA, MEASURE = 2.0, 1.0, 0.85, 0.7
# So few words are the name of a thing with what it is like; so many are a sentence, in which the
# last noun is nothing in particular.
PHRASE, SENTENCE = 4, 7
# Words that say what a thing is like and hardly ever name one.
_LIKE = """
black white gray silver red orange yellow green blue navy purple pink brown gold golden beige cream
ivory turquoise teal burgundy maroon clear multicolor natural dark light bright pastel
wood wooden oak walnut pine bamboo metal steel stainless brass iron glass ceramic porcelain plastic
leather velvet linen cotton wool silk polyester rattan wicker marble acrylic silicone rubber
small large big mini tall short long wide narrow slim round square oval rectangular king queen twin
full size sized medium xl xxl extra oversized adjustable foldable folding portable waterproof
modern vintage rustic boho farmhouse industrial classic traditional scandinavian minimalist
women woman men man kid child girl boy baby toddler adult unisex teen
cheap clearance sale discount deal new used best set piece pack pair count inch foot pound ounce
quart gallon cm mm kg ml volt watt
"""
LIKE_ROOTS = frozenset(stem(word) for word in _LIKE.split())
_MEASURES = "inch foot pound ounce quart gallon cm mm kg ml volt watt piece pack count set pair"
MEASURE_ROOTS = frozenset(stem(word) for word in _MEASURES.split())


def names_thing(root: str) -> bool:
    """Whether a word may be the thing that is asked for."""
    return root not in LIKE_ROOTS and not root[:1].isdigit() and not sides(root)


def matters(text: str, roots: Sequence[str], known: Sequence[bool]) -> tuple[list[float], int]:
    """How much each word of a question matters, and the place of the thing; -1 for none.

    roots: stems of the words of the text that count, in its order. known: whether any pin has
    them; what nobody knows is hardly the thing.
    """
    beyond = _beyond(text, roots)
    main = [place for place in range(len(roots)) if place < beyond and known[place]]
    things = [place for place in main if names_thing(roots[place])]
    thing = things[-1] if things else -1
    weights = [
        MEASURE if root in MEASURE_ROOTS else EXTRA if place >= beyond else LIKE
        for place, root in enumerate(roots)
    ]
    if thing >= 0:
        weights[thing] = THING
    surely = max(0.0, min(1.0, (SENTENCE - len(roots)) / (SENTENCE - PHRASE)))
    faded = [LIKE + surely * (weight - LIKE) for weight in weights]
    return faded, thing if surely else -1


def _beyond(text: str, roots: Sequence[str]) -> int:
    """The place in roots where it no longer says what the thing is."""
    waiting = list(roots)
    for word in words(text):
        if word.folded in BEYOND and len(waiting) < len(roots):
            break
        if waiting and word.stem == waiting[0]:
            waiting.pop(0)
    return len(roots) - len(waiting)
