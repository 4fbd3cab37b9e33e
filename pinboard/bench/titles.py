"""Titles as people write them, for as many pins as are wanted: Zipf's law, phrases, interests.

An interest has some words everybody knows, a long tail that hardly anybody uses (made up of
syllables, always the same), and phrases of two or three. How often the word of a rank is drawn
follows Zipf and Mandelbrot: 1 / (rank + 2.7). Between them stand the words of any title, with
the same law: "with" in half of all, "ideas" in a quarter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Final

FLATTENED: Final = 2.7
TAIL: Final = 12_000  # words of an interest that hardly anybody uses
PHRASES: Final = 4_000
# What stands at a place of a title: a phrase, a word of any title, else a word of the interest.
PHRASE, ANY = 0.22, 0.34
LENGTHS: Final = ((2, 3, 4, 5, 6, 7, 8), (5, 14, 24, 24, 17, 10, 6))
SYLLABLES: Final = (
    "ba be bo bra ca ce cho co da de dra du el en fa fe fi fo ga ge gri ha he ho ja ka ke ki la le"
    " li lo lu ma me mi mo na ne ni no or pa pe pi pla ra re ri ro sa se sha si so sta ta te ti to"
    " tri va ve vi wa we za ze"
)
ANYWHERE: Final = (
    "with for ideas and the in of easy best diy a home how to new simple small modern vintage"
    " beautiful guide handmade from little summer winter big spring classic minimal cozy autumn"
    " weekend family gift creative budget favourite outdoor fresh bright quick natural elegant"
    " colourful rustic party holiday morning inspired perfect tutorial room style design"
)
INTERESTS: Final = {
    "food": "recipe pasta chicken lemon cake soup salad bread chocolate garlic cheese tomato dinner"
    " cookies rice curry salmon potato butter mushroom apple pumpkin noodles tart basil coconut",
    "rooms": "living kitchen bedroom sofa lamp shelf rug oak table chair storage wall linen mirror"
    " bathroom curtain hallway brass plant desk cabinet tile vase cushion wardrobe",
    "garden": "garden roses raised balcony pots herbs lawn tomato hedge shade soil seeds perennial"
    " lavender pond path fence greenhouse tulips succulent climbing compost bench",
    "clothes": "dress jacket wool jeans linen shoes coat outfit scarf boots skirt knit shirt"
    " sandals bag denim silk sweater hat leather belt cotton trousers blouse",
    "travel": "lisbon island beach hotel train kyoto mountains hike market museum harbour coast"
    " camping village road lake norway food terrace sunset tower canal bridge iceland",
    "craft": "crochet paper pattern wool yarn quilt pottery clay candle embroidery wood knitting"
    " weaving print origami felt jewellery beads stamp macrame basket sewing blanket",
    "art": "painting watercolour portrait sketch poster illustration abstract print ink landscape"
    " photography sculpture oil flowers line drawing colour gouache collage ceramic",
    "fitness": "yoga stretch workout running strength core legs pilates balance breathing morning"
    " back hips bike swim mobility plank recovery shoulder marathon",
    "children": "baby nursery toys birthday reading wooden blocks lunch school play crib books"
    " puzzle sensory costume bunk teddy stroller alphabet dinosaur",
    "tools": "phone headset keyboard camera desk monitor charger speaker drone laptop lens printer"
    " wireless tablet router watch microphone tripod battery",
}
FINISHES: Final = ("oak", "white", "green", "blue", "black", "brass", "woven", "round", "large")


@dataclass(frozen=True, slots=True)
class Field:
    """Words or phrases with how often each is drawn, added up."""

    words: Sequence[str]
    weights: Sequence[float]

    @classmethod
    def of(cls, words: Sequence[str]) -> Field:
        return cls(words, list(accumulate(1 / (rank + FLATTENED) for rank in range(len(words)))))

    def draw(self, dice: Random) -> str:
        return dice.choices(self.words, cum_weights=self.weights)[0]


@dataclass(frozen=True, slots=True)
class Interest:
    name: str
    words: Field
    phrases: Field


def interests() -> list[Interest]:
    """All of them, the most common first; the same every time."""
    dice = Random(11)
    return [_interest(name, known.split(), dice) for name, known in INTERESTS.items()]


def _interest(name: str, known: list[str], dice: Random) -> Interest:
    tail = dict.fromkeys(_made_up(dice) for _ in range(TAIL))
    words = Field.of([*known, *(word for word in tail if word not in known)])
    phrases = dict.fromkeys(
        " ".join(words.draw(dice) for _ in range(dice.choice((2, 2, 2, 3)))) for _ in range(PHRASES)
    )
    # Nobody says a word twice in a row.
    whole = [phrase for phrase in phrases if len(set(phrase.split())) == phrase.count(" ") + 1]
    return Interest(name, words, Field.of(whole))


def _made_up(dice: Random) -> str:
    return "".join(dice.choices(SYLLABLES.split(), k=dice.choice((2, 3, 3, 4))))


class Titles:
    """Draws what people write. Interests themselves are drawn by the same law."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.interests = interests()
        self.anywhere = Field.of(ANYWHERE.split())
        self._chances = Field.of([each.name for each in self.interests]).weights

    def interest(self) -> Interest:
        return self.dice.choices(self.interests, cum_weights=self._chances)[0]

    def title(self, about: Interest) -> str:
        """Two to about ten words, the first with a capital letter."""
        length = self.dice.choices(LENGTHS[0], LENGTHS[1])[0]
        return " ".join(dict.fromkeys(self._words(about, length))).capitalize()[:200]

    def _words(self, about: Interest, length: int) -> Iterator[str]:
        for _ in range(length):
            chance = self.dice.random()
            if chance < PHRASE:
                yield about.phrases.draw(self.dice)
            elif chance < PHRASE + ANY:
                yield self.anywhere.draw(self.dice)
            else:
                yield about.words.draw(self.dice)

    def board(self, about: Interest) -> str:
        return about.phrases.draw(self.dice).capitalize()[:80]
