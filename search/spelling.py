"""What a misspelt word may have meant to be: near ones that the public vocabulary knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from search.models import Spelling, Term
from search.vocabulary import SHORTEST_SPELLED, shortened

MOST_CORRECTIONS = 3
# Words from this length on may differ in two places; up to the other we try all pairs.
LONG_WORD = 7
LONGEST_TWICE = 16
# A word that stands so rarely may itself be a slip, if a near one is so many times as frequent.
RARE, TIMES = 3, 20


def corrections(asked: Mapping[str, int]) -> dict[str, list[Term]]:
    """Public words that these might have meant to be, by folded word; likeliest first.

    asked: how often each stands in public entries. Frequent ones mean what they say.
    """
    unsure = {
        word: uses
        for word, uses in asked.items()
        if uses <= RARE and len(word) >= (SHORTEST_SPELLED if not uses else SHORTEST_SPELLED + 1)
    }
    tried: dict[str, set[str]] = defaultdict(set)
    for word in unsure:
        for text in _attempts(word):
            tried[text].add(word)
    if not tried:
        return {}
    found: dict[str, dict[int, tuple[int, Term]]] = defaultdict(dict)
    spellings = Spelling.objects.filter(text__in=list(tried)).select_related("term")
    for spelling in spellings.order_by("-term__uses")[:400]:
        for word in tried[spelling.text]:
            apart = distance(word, spelling.term.text)
            is_enough = spelling.term.uses >= TIMES * unsure[word]
            if is_enough and 0 < apart <= (2 if len(word) >= LONG_WORD else 1):
                found[word][spelling.term_id] = (apart, spelling.term)
    return {word: _likeliest(list(terms.values())) for word, terms in found.items()}


def _attempts(word: str) -> set[str]:
    once = shortened(word)
    if LONG_WORD <= len(word) <= LONGEST_TWICE:
        return once.union(*(shortened(text) for text in once))
    return once


def _likeliest(terms: list[tuple[int, Term]]) -> list[Term]:
    """The nearest; among equally near ones those that several people wrote, then the most used."""
    terms.sort(key=lambda pair: (pair[0], not pair[1].is_shared, -pair[1].uses, pair[1].text))
    nearest = terms[0][0]
    return [term for apart, term in terms if apart == nearest][:MOST_CORRECTIONS]


def distance(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
