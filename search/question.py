"""What somebody asked: typed words, guides tapped, facts chosen. The address says all of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from pinboard.pins.narrowing import EVERYTHING, Narrowing
from search.stopwords import is_grammar
from search.text import stems, tidy, words

LONGEST_QUERY = 200
LONGEST_GUIDE = 60
MOST_GUIDES = 10


@dataclass(frozen=True, slots=True)
class Question:
    """query: as typed, tidied. guides: in the order of tapping, none twice."""

    query: str = ""
    guides: tuple[str, ...] = ()
    facts: Narrowing = EVERYTHING

    @classmethod
    def of(cls, parameters: QueryDict) -> Question:
        """The question of an address, whatever stands there."""
        guides: dict[str, str] = {}
        for raw in parameters.getlist("g")[: 3 * MOST_GUIDES]:
            guide = tidy(raw, longest=LONGEST_GUIDE)
            root = " ".join(stems(guide))
            if root and len(guides) < MOST_GUIDES:
                guides.setdefault(root, guide)
        query = tidy(parameters.get("q", ""), longest=LONGEST_QUERY)
        return cls(query, tuple(guides.values()), Narrowing.of(parameters))

    @property
    def has_words(self) -> bool:
        """Whether there is anything to look for: "!!!" and emoji are no words."""
        return bool(self.guides or words(self.query))

    def with_guide(self, guide: str) -> Question:
        return replace(self, guides=(*self.guides, guide))

    def without_guide(self, guide: str) -> Question:
        return replace(self, guides=tuple(other for other in self.guides if other != guide))

    def without_query(self) -> Question:
        return replace(self, query="")

    def typed(self) -> list[str]:
        """The typed words as parts of the chain: grammar stays with the word after it."""
        parts: list[str] = []
        waiting: list[str] = []
        for token in self.query.split():
            waiting.append(token)
            if not all(is_grammar(word.folded) for word in words(token)):
                parts.append(" ".join(waiting))
                waiting = []
        if waiting and parts:
            parts[-1] = " ".join((parts[-1], *waiting))
            waiting = []
        return parts + ([" ".join(waiting)] if waiting else [])

    def without_part(self, place: int) -> Question:
        """Without one of typed()."""
        parts = self.typed()
        return replace(self, query=" ".join((*parts[:place], *parts[place + 1 :])))

    def without_word(self, shown: str) -> Question:
        """Without the last typed part that has this word."""
        parts = self.typed()
        for place in reversed(range(len(parts))):
            if shown in (word.shown for word in words(parts[place])):
                return self.without_part(place)
        return self

    def with_fact(self, name: str, value: Any) -> Question:
        return replace(self, facts=replace(self.facts, **{name: value}))

    def without_fact(self, name: str) -> Question:
        return replace(self, facts=self.facts.without(name))

    def shared(self) -> Question:
        """The same search as somebody else may be asked to look at it."""
        return replace(self, facts=self.facts.shared())

    def url(self, path: str = "/search/", *, cursor: str = "") -> str:
        pairs = [("q", self.query)] if self.query else []
        pairs += [("g", guide) for guide in self.guides]
        pairs += self.facts.pairs()
        if cursor:
            pairs.append(("cursor", cursor))
        return f"{path}?{urlencode(pairs)}" if pairs else path
