"""Which word of a question names the thing, by what pins are called.

Grammar says the last one that is no colour, size or measure (roles.py). People also type "stirfry
tofu" and "cake wedding": of the titles that were found, most that say stirfry are called so, and
hardly any that say tofu.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from search.index.wanted import Any
from search.naming import names
from search.roles import LIKE

# So many titles are looked at; a word in fewer of them than FEWEST has no say.
LOOKED_AT = 80
FEWEST = 5
# A part of the titles with a word that are called so: at least this much, and so much more than of
# the word that grammar says.
MOSTLY, SURER = 0.3, 0.35


def with_thing(parts: Sequence[Any], titles: Iterable[str]) -> Sequence[Any]:
    """The parts of a question with another of them as the thing, where titles say so.

    titles: as stems between spaces, of what was found.
    """
    said = next((part for part in parts if part.is_thing), None)
    likely = [place for place, part in enumerate(parts) if part.is_thing or part.matters == LIKE]
    if not said or len(likely) < 2:
        return parts
    shares = _shares([parts[place] for place in likely], islice(titles, LOOKED_AT))
    best = max(
        range(len(likely)),
        key=lambda at: shares[at] + (SURER if parts[likely[at]].is_thing else 0.0),
    )
    thing = likely[best]
    if shares[best] < MOSTLY or parts[thing].is_thing:
        return parts
    turned = list(parts)
    turned[parts.index(said)] = replace(said, matters=LIKE, is_thing=False)
    turned[thing] = replace(parts[thing], matters=said.matters, is_thing=True)
    return turned


def _shares(parts: Sequence[Any], titles: Iterable[str]) -> list[float]:
    """For each part, of how many of the titles that say it it is the name; 0 where few say it."""
    said, named = [0] * len(parts), [0] * len(parts)
    for title in titles:
        things = {name.rpartition(" ")[2] for name in names(title)}
        for at, part in enumerate(parts):
            if any(f" {' '.join(phrase.stems)} " in title for phrase in part.parts):
                said[at] += 1
                named[at] += any(phrase.stems[-1] in things for phrase in part.parts)
    return [name / all_ if all_ >= FEWEST else 0.0 for name, all_ in zip(named, said, strict=True)]
