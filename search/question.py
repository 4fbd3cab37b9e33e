"""What somebody asked: typed words and the guides tapped so far. The address says all of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from search.text import stems, tidy

LONGEST_QUERY = 200
LONGEST_GUIDE = 60
MOST_GUIDES = 10


@dataclass(frozen=True, slots=True)
class Question:
    """query: as typed, tidied. guides: in the order of tapping, none twice."""

    query: str = ""
    guides: tuple[str, ...] = ()

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
        return cls(query, tuple(guides.values()))

    def with_guide(self, guide: str) -> Question:
        return replace(self, guides=(*self.guides, guide))

    def without_guide(self, guide: str) -> Question:
        return replace(self, guides=tuple(other for other in self.guides if other != guide))

    def without_query(self) -> Question:
        return replace(self, query="")

    def url(self, path: str = "/search/", *, cursor: str = "") -> str:
        pairs = [("q", self.query)] if self.query else []
        pairs += [("g", guide) for guide in self.guides]
        if cursor:
            pairs.append(("cursor", cursor))
        return f"{path}?{urlencode(pairs)}" if pairs else path
