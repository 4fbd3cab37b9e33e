"""The pins: a hidden subject each, and what somebody happened to write about it.

Drawn by seeded dice, the same at every run. Half of what a picture shows is said in some form,
in the title, the description or the rich data, and the other half is not; some of what is said
is about something else ("pairs well with …", "also comes in …"); there are accessories, typos,
terse titles and titles that say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from pinboard.bench.words import NAMES, SITES
from pinboard.quality.interests import Concept, Interest, interests

SEED: Final = 4
ACCESSORIES: Final = 0.06
TRAIT_KNOWN: Final = 0.9
TYPOS: Final = 0.04
# How many times likelier the first form of a concept is than the second, and so on.
FORM_WEIGHTS: Final = (6, 3, 2, 1)
ROOMS: Final = "the living room|the bedroom|the hall|a small flat|the kitchen|the guest room"
MODELS: Final = (
    "Alden|Brisa|Corvo|Delia|Esker|Fjell|Halden|Isola|Juno|Kerava|Lund|Marlo|Nordby|Orla"
)
STAPLES: Final = (
    "olive oil|salt|garlic|onion|butter|flour|eggs|sugar|milk|black pepper|rice|parsley"
)
_GAP: Final = re.compile(r"{(\w+)}")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a picture shows. type: "" for an accessory. traits: value by facet."""

    interest: str
    type: str
    traits: dict[str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A pin to be. reading: like Reading.to_json(). boards: the maker's, then other people's."""

    subject: Subject
    title: str
    description: str
    kind: str
    site: str
    reading: dict[str, Any]
    boards: tuple[str, ...]

    @property
    def facts(self) -> list[str]:
        """The words of the reading that somebody may look for, for engines that know no fields."""
        recipe, product = self.reading.get("recipe", {}), self.reading.get("product", {})
        place, article = self.reading.get("place", {}), self.reading.get("article", {})
        found = [recipe.get("cuisine"), product.get("brand"), place.get("address")]
        return [
            *filter(None, [*found, article.get("section")]),
            *recipe.get("ingredients", ()),
        ]


def draw(count: int, *, seed: int = SEED) -> list[Drawn]:
    """count pins of all interests in turn, mixed."""
    dice = Random(seed)
    every = list(interests().values())
    drawn = [_pin(every[number % len(every)], dice) for number in range(count)]
    dice.shuffle(drawn)
    return drawn


def _pin(interest: Interest, dice: Random) -> Drawn:
    kind_of_thing = dice.choice(interest.types)
    traits = {
        facet: dice.choice(values)
        for facet, values in interest.traits.items()
        if dice.random() < TRAIT_KNOWN
    }
    is_extra = dice.random() < ACCESSORIES
    words = _words(interest, kind_of_thing, traits, dice)
    title = _filled(interest.extras if is_extra else interest.titles, words, dice)
    said = [_filled(interest.sentences, words, dice) for _ in range(dice.choice((0, 1, 1, 2, 3)))]
    subject = Subject(
        interest.name,
        "" if is_extra else kind_of_thing.name,
        {facet: value.name for facet, value in traits.items()},
    )
    return Drawn(
        subject=subject,
        title=_mistyped(title[:1].upper() + title[1:], dice),
        description=_mistyped(" ".join(dict.fromkeys(said)), dice),
        kind=interest.kind,
        site=dice.choice(SITES).removesuffix(".example").replace("-", " ").title(),
        reading={} if is_extra else _reading(interest, traits, words, dice),
        boards=tuple(dice.choice(interest.boards) for _ in range(dice.choice((1, 1, 1, 2, 3)))),
    )


def _words(
    interest: Interest, thing: Concept, traits: dict[str, Concept], dice: Random
) -> dict[str, str]:
    """What the gaps of titles and sentences may say about this pin, each in one of its forms."""
    words = {facet: _form(value, dice) for facet, value in traits.items()}
    words["type"] = _form(thing, dice)
    words["types"] = plural(_form(thing, dice))
    others = [other for other in interest.types if other is not thing]
    words["other"] = _form(dice.choice(others), dice)
    for facet, values in interest.traits.items():
        rest = [value for value in values if value is not traits.get(facet)]
        words[f"other{facet}"] = _form(dice.choice(rest), dice)
    words |= {"n": str(dice.randint(2, 90)), "size": f"{dice.randint(8, 40) * 5} cm"}
    words |= {"room": dice.choice(ROOMS.split("|")), "model": dice.choice(MODELS.split("|"))}
    words["brand"] = f"{dice.choice(NAMES)} & {dice.choice(NAMES)}"
    words.setdefault("town", "Europe")
    return words


def _form(concept: Concept, dice: Random) -> str:
    return dice.choices(concept.forms, FORM_WEIGHTS[: len(concept.forms)])[0]


def plural(text: str) -> str:
    if text.endswith(("s", "ing")):
        return text
    if text.endswith(("ch", "sh", "x")):
        return f"{text}es"
    if text.endswith("y") and text[-2] not in "aeiou":
        return f"{text[:-1]}ies"
    return f"{text}s"


def _filled(patterns: Sequence[str], words: dict[str, str], dice: Random) -> str:
    """One of the patterns whose gaps can all be filled."""
    possible = [one for one in patterns if set(_GAP.findall(one)) <= words.keys()]
    return _GAP.sub(lambda gap: words[gap[1]], dice.choice(possible))


def _mistyped(text: str, dice: Random) -> str:
    """Now and then a longer word with two letters swapped, one dropped or one doubled."""
    return " ".join(
        _typo(word, dice) if len(word) > 4 and word.isalpha() and dice.random() < TYPOS else word
        for word in text.split(" ")
    )


def _typo(word: str, dice: Random) -> str:
    at = dice.randrange(1, len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return dice.choice((swapped, word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]))


def _reading(
    interest: Interest, traits: dict[str, Concept], words: dict[str, str], dice: Random
) -> dict[str, Any]:
    """What the source's page says, in the shape of Reading.to_json()."""
    if interest.kind == "product":
        brand = {"brand": words["brand"]} if dice.random() < 0.6 else {}
        return {"kind": "product", "product": brand | {"price": f"{dice.randint(9, 900)}.00"}}
    if interest.kind == "recipe":
        return {"kind": "recipe", "recipe": dict(_recipe(traits, dice))}
    if interest.kind == "place" and "town" in traits:
        address = f"Main street {words['n']}, {words['town']}"
        return {"kind": "place", "place": {"address": address}}
    if interest.kind == "article" and dice.random() < 0.5:
        return {"kind": "article", "article": {"section": interest.name.capitalize()}}
    return {}


def _recipe(traits: dict[str, Concept], dice: Random) -> Iterator[tuple[str, Any]]:
    listed = dice.sample(STAPLES.split("|"), 5)
    if "ingredient" in traits:
        listed.insert(0, _form(traits["ingredient"], dice))
    yield "ingredients", [f"{dice.randint(1, 9) * 50} g {name}" for name in listed]
    if "cuisine" in traits and dice.random() < 0.6:
        yield "cuisine", _form(traits["cuisine"], dice).capitalize()
