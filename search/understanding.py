"""From a question to what the index is asked: known words as they are, others forgiven."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from search import index
from search.index.wanted import All, Any, Phrase
from search.models import Spelling, Term
from search.question import Question
from search.stopwords import is_grammar, may_guide
from search.text import Word, words
from search.vocabulary import SHORTEST_SPELLED, shortened

MOST_WORDS = 12
MOST_GOING_ON = 8  # words that an unfinished one may become
MOST_CORRECTIONS = 3
# Words from this length on may differ in two places; up to the other we try all pairs.
LONG_WORD = 7
LONGEST_TWICE = 16


@dataclass(frozen=True, slots=True)
class Understood:
    """wanted: None when the question has no word. read_as: (typed, what was read instead);
    the second is "" where it would tell what only one person wrote."""

    wanted: All | None
    read_as: tuple[tuple[str, str], ...] = ()


def understand(question: Question) -> Understood:
    """One query for words that are all known, two more at most for others."""
    typed = content_words(question.query)
    parts: list[Any] = []
    read_as: list[tuple[str, str]] = []
    unknown = _unknown(typed)
    # The last word may be unfinished, as long as the question goes no further than it.
    last = typed[-1] if typed and not question.guides else None
    going_on = _going_on(last) if last in unknown and last is not None else []
    corrections = _corrections([word for word in unknown if word is not last or not going_on])
    for word in typed:
        roots = [word.stem]
        if word is last and going_on:
            roots += [term.root for term in going_on]
        elif word.folded in corrections:
            best = corrections[word.folded]
            roots += [term.root for term in best]
            read_as.append((word.shown, best[0].shown if best[0].is_shared else ""))
        phrases = [Phrase((root,)) for root in dict.fromkeys(roots)]
        if word is last and word in unknown:
            # A person's own words are in no vocabulary; the index itself knows how they go on.
            phrases.append(Phrase((word.folded,), is_prefix=True))
        parts.append(Any(tuple(phrases)))
    for guide in question.guides:
        stems = tuple(word.stem for word in words(guide)[:6])
        parts.append(Any((Phrase(stems, in_body=False),)))
    return Understood(All(tuple(parts)) if parts else None, tuple(read_as))


def content_words(text: str) -> list[Word]:
    """The words that matter, each once; all of them if the text is nothing but grammar."""
    typed = words(text)[: 3 * MOST_WORDS]
    telling = [word for word in typed if not is_grammar(word.folded)] or typed
    return list({word.stem: word for word in telling}.values())[:MOST_WORDS]


def _unknown(typed: list[Word]) -> list[Word]:
    """Words that stand in no public entry as far as the vocabulary knows."""
    asked = [word for word in typed if may_guide(word.folded, word.stem)]
    if not asked:
        return []
    known = Term.objects.filter(root__in=[word.stem for word in asked], is_phrase=False)
    roots = set(known.values_list("root", flat=True))
    return [word for word in asked if word.stem not in roots]


def _going_on(word: Word) -> list[Term]:
    """The most used public words that begin like this one."""
    terms = Term.objects.filter(index.engine().starts_with("text", word.folded), is_phrase=False)
    return list(terms.order_by("-uses", "text")[:MOST_GOING_ON])


def _corrections(unknown: list[Word]) -> dict[str, list[Term]]:
    """Public words that these might have meant to be, by folded word; likeliest first."""
    asked = {word.folded for word in unknown if len(word.folded) >= SHORTEST_SPELLED}
    tried: dict[str, set[str]] = defaultdict(set)
    for word in asked:
        for text in _attempts(word):
            tried[text].add(word)
    if not tried:
        return {}
    found: dict[str, dict[int, tuple[int, Term]]] = defaultdict(dict)
    spellings = Spelling.objects.filter(text__in=list(tried)).select_related("term")
    for spelling in spellings.order_by("-term__uses")[:400]:
        for word in tried[spelling.text]:
            apart = distance(word, spelling.term.text)
            if apart <= (2 if len(word) >= LONG_WORD else 1):
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
