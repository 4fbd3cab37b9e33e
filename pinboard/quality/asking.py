"""The child that asks ours: `python -m pinboard.quality.asking '{"pins": …}'`.

Runs with PINBOARD_DATA pointing to a folder of its own, fills and indexes it, asks every query
as a visitor would, and prints what was found as the last line, in JSON.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from random import Random
from typing import Any, Final

from pinboard.quality.corpus import Drawn, draw
from pinboard.quality.guiding import Chain, worth
from pinboard.quality.interests import interests
from pinboard.quality.judging import queries

SEED: Final = 5
# Types of all interests to begin with, every so many, beside the broad queries.
EVERY_TYPE: Final = 5
# As many as ours shows.
SHOWN: Final = 12
DEPTH: Final = 50


def ask(*, pins: int, guides: bool) -> dict[str, Any]:
    """{"rankings": {query: places in the corpus}, "guides": Worth or None, "words": Worth}.

    words: the yardstick of guides, one-word most-frequent terms over the same sets.
    """
    from django.contrib.auth.models import AnonymousUser
    from django.core.management import call_command

    from pinboard.quality import filling
    from search.question import Question
    from search.results import find

    call_command("migrate", verbosity=0, interactive=False)
    drawn = draw(pins)
    places = filling.fill(drawn, dice=Random(SEED))
    call_command("reindex", verbosity=0)
    rankings = {}
    for query in queries():
        hits = find(Question(query.text), viewer=AnonymousUser()).hits
        rankings[query.text] = [places[hit.pin_id] for hit in hits[:DEPTH]]
    answer: dict[str, Any] = {"rankings": rankings, "guides": None, "words": None}
    if guides:
        ours = Ours(places, drawn)
        answer["guides"] = asdict(worth(ours, starts(), dice=Random(SEED)))
        answer["words"] = asdict(worth(FrequentWords(ours, drawn), starts(), dice=Random(SEED)))
    return answer


def starts() -> list[str]:
    """What somebody types who has no more than a word or two yet."""
    broad = [query.text for query in queries() if query.kind == "broad"]
    types = [kind.name for each in interests().values() for kind in each.types]
    return list(dict.fromkeys([*broad, *types[::EVERY_TYPE]]))


class Ours:
    """Our search as a Guiding. Remembers what was asked, for walks share their beginnings."""

    def __init__(self, places: Mapping[int, int], pins: Sequence[Drawn]) -> None:
        self.places = places
        self.pins = pins
        self._found: dict[Chain, list[int]] = {}
        self._guides: dict[Chain, list[str]] = {}

    def ranked(self, chain: Chain) -> list[int]:
        """Keys of the pins that have all of it, best first."""
        from django.contrib.auth.models import AnonymousUser

        from search.question import Question
        from search.results import find

        if chain not in self._found:
            found = find(Question(chain[0], chain[1:]), viewer=AnonymousUser())
            self._found[chain] = [hit.pin_id for hit in found.exact]
        return self._found[chain]

    def found(self, chain: Chain) -> frozenset[int]:
        return frozenset(self.places[pin_id] for pin_id in self.ranked(chain))

    def guides(self, chain: Chain) -> Sequence[str]:
        from search.guides import guides_for
        from search.question import Question

        if chain not in self._guides:
            question = Question(chain[0], chain[1:])
            found = guides_for(self.ranked(chain), question=question)
            self._guides[chain] = [guide.text for guide in found]
        return self._guides[chain]

    @cached_property
    def sites(self) -> set[str]:
        from search.text import stems

        return {" ".join(stems(pin.site)) for pin in self.pins}

    def complaints(self, chain: Chain) -> Iterator[str]:
        from search.stopwords import is_grammar
        from search.text import stems, words

        asked = {stem for text in chain for stem in stems(text)}
        guides = self.guides(chain)
        roots = [frozenset(stems(guide)) for guide in guides]
        for guide, root in zip(guides, roots, strict=True):
            where = f"{guide!r} under {chain!r}"
            if asked & root:
                yield f"{where} repeats the query"
            if all(is_grammar(word.folded) for word in words(guide)):
                yield f"{where} is a stop word"
            if any(letter.isdigit() for letter in guide):
                yield f"{where} is a number"
            if " ".join(stems(guide)) in self.sites:
                yield f"{where} is a source"


class FrequentWords:
    """The yardstick: the most frequent words of the set that narrow it. Begins where ours does."""

    def __init__(self, ours: Ours, pins: Sequence[Drawn]) -> None:
        from pinboard.quality.rivals import body
        from search.text import words

        self.ours = ours
        self.words = [
            {word.stem: word.folded for word in words(f"{pin.title}\n{body(pin)}")} for pin in pins
        ]

    def found(self, chain: Chain) -> frozenset[int]:
        from search.text import stems

        asked = {stem for text in chain[1:] for stem in stems(text)}
        return frozenset(
            place for place in self.ours.found(chain[:1]) if asked <= self.words[place].keys()
        )

    def guides(self, chain: Chain) -> Sequence[str]:
        from search.stopwords import may_guide
        from search.text import stems

        asked = {stem for text in chain for stem in stems(text)}
        present = self.found(chain)
        counted: Counter[str] = Counter()
        shown: dict[str, str] = {}
        for place in present:
            counted.update(self.words[place].keys())
            shown |= self.words[place]
        return [
            shown[root]
            for root, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
            if root not in asked and may_guide(shown[root], root) and count < len(present)
        ][:SHOWN]

    def complaints(self, chain: Chain) -> Iterator[str]:
        return iter(())


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(ask(**json.loads(sys.argv[1]))))
