"""Words that carry no interest: never a guide, and left out of a question that has others."""

from __future__ import annotations

from functools import lru_cache

from search.stem import stem

_GRAMMAR = """
a about above across after again against all also am an and any are around as at be because been
before being below between both but by can could did do does doing down during each either else
ever every few for from further get gets getting go going gone got had has have having he her here
hers him his how i if in into is it its itself just let like made make makes making may me might
more most much must my near no nor not now of off on once one only onto or other our ours out over
own per perhaps same she should so some such than that the their theirs them then there these they
this those though through to too under until up upon us very via was way we were what when where
which while who whom whose why will with within without would yes yet you your yours
"""
# Words that stand on any pin and lead nowhere.
_PINS = """
best better big board cute day different easy everyday favorite favourite favourites find free
fresh good great happy idea ideas image inspiration inspo item items kind lot lovely love
loved new nice old our perfect photo photos pic picture pictures pin pinboard pinned pins post
really save saved saves simple small stuff super thing things tip tips today top try use used using
want week work year years
one two three four five six seven eight nine ten twelve pair
"""
# What stands beside an ingredient or a measure without being one.
_MEASURES = """
about approx bag bags bunch can cans cl clove cloves cm cup cups dash diced chopped dl dozen drained
extra finely g gr gram grams grated ground half handful heaped inch jar kg kilo large lb lbs
level litre litres liter m medium melted min mins minute minutes ml mm ounce ounces oz peeled pack
packet piece pieces pinch pint plus quart quarter roughly serve serving servings sliced slice slices
small softened splash sprig sprigs stick sticks tablespoon tablespoons taste tbsp teaspoon teaspoons
temperature tin tins tsp x
"""
GRAMMAR = frozenset(_GRAMMAR.split())
# These lead nowhere alone, but belong to names: "old town", "new york", "small space".
NAMING_ROOTS = frozenset(stem(word) for word in _PINS.split()) - frozenset(
    stem(word) for word in (_GRAMMAR + _MEASURES).split() if word != "small"
)
STOP_ROOTS = frozenset(stem(word) for word in (_GRAMMAR + _PINS + _MEASURES).split())


# Letters that stand alone for a word of grammar, a measure or an ending ("w/ lid", "2 x", "n").
# Others say something: usb c, l shaped, v neck; so does every number.
_LETTERS = frozenset("adegimnostwxy")


def is_grammar(folded: str) -> bool:
    """Whether a question loses nothing without this word."""
    return folded in GRAMMAR or folded in _LETTERS


@lru_cache(maxsize=20_000)
def may_guide(folded: str, root: str) -> bool:
    """Whether a word may be part of a guide: not a stop word, a number or a single letter."""
    return (
        root not in STOP_ROOTS
        and not any(letter.isdigit() for letter in folded)
        and (len(folded) > 2 or not folded.isascii())
    )


def may_name(folded: str, root: str) -> bool:
    """Whether a word may be one of the two words of a guide."""
    return root in NAMING_ROOTS or may_guide(folded, root)
