"""From a question to what the index is asked: each word in every form it may be meant in.

A word that pins know stands for itself, for synonyms, and joined or split ("head set"). One that
is rare is also looked for as what it may have meant to be; an unfinished last one goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet, Sum

from pinboard.web.prepared import Prepared, Row, as_list, values_in
from search import index, roles, synonyms
from search.index.wanted import All, Any, Phrase
from search.models import Term
from search.question import Question
from search.spelling import corrections
from search.stem import stem
from search.stopwords import is_grammar, may_guide
from search.text import LONGEST_WORD, Word, words
from search.vocabulary import common_roots

MOST_WORDS = 16
MOST_GOING_ON = 8  # words that an unfinished one may become
# How surely it is meant when it is not what was typed.
SYNONYM, CORRECTED, GOING_ON = 0.85, 0.8, 0.6
# Halves of a word that is split have at least so many letters.
SHORTEST_HALF = 2
SHORTEST_SPLIT = 5
# The vocabulary counts no numbers and no words that stand on any pin. One entry in so many may
# have such a one.
UNCOUNTED = 20


@dataclass(frozen=True, slots=True)
class Understood:
    """parts: of the question, in its order; none when it has no word.

    read_as: (typed, what was read instead); the second is "" where it would tell what only one
    person wrote.
    """

    parts: tuple[Any, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()

    @property
    def wanted(self) -> All | None:
        return All(self.parts) if self.parts else None


@dataclass(frozen=True, slots=True)
class Form:
    """Another form of the words at some places of a question."""

    places: range
    phrase: Phrase


def understand(question: Question) -> Understood:
    """One query for words that are all known, two more at most for others."""
    typed = content_words(question.query)
    guides = [tuple(word.stem for word in words(guide)[:6]) for guide in question.guides]
    forms = [*_rejoined(typed), *_synonymous(typed)]
    uses = _uses(
        [*((word.stem,) for word in typed), *(form.phrase.stems for form in forms), *guides]
    )
    forms = [form for form in forms if " ".join(form.phrase.stems) in uses]
    explained = {place for form in forms for place in form.places}
    asked = [
        word
        for place, word in enumerate(typed)
        if place not in explained and may_guide(word.folded, word.stem)
    ]
    unknown = [word for word in asked if word.stem not in uses]
    # The last word may be unfinished, as long as the question goes no further than it.
    last = typed[-1] if typed and not guides and typed[-1] in unknown else None
    going_on = _going_on(last) if last else []
    unsure = [word for word in asked if not (word is last and going_on)]
    meant = corrections({word.folded: uses.get(word.stem, 0) for word in unsure})
    parts, read_as = [], []
    for place, word in enumerate(typed):
        phrases = [Phrase((word.stem,))]
        phrases += [form.phrase for form in forms if place in form.places]
        if best := meant.get(word.folded, []):
            phrases += [Phrase((term.root,), weight=CORRECTED) for term in best]
            read_as.append((word.shown, best[0].shown if best[0].is_shared else ""))
        if word is last:
            phrases += [Phrase((term.root,), weight=GOING_ON) for term in going_on]
            # A person's own words are in no vocabulary; the index itself knows how they go on.
            phrases.append(Phrase((word.folded,), is_prefix=True, weight=GOING_ON))
        used = sum(term.uses for term in (*best, *(going_on if word is last else ())))
        if not may_guide(word.folded, word.stem):
            used += common_roots()[1] // UNCOUNTED
        parts.append(_part(phrases, uses, used))
    parts = _with_roles(question.query, typed, parts)
    parts += [_part([Phrase(stems, in_body=False)], uses, 0) for stems in guides]
    return Understood(tuple(parts), tuple(read_as))


def _with_roles(text: str, typed: Sequence[Word], parts: Sequence[Any]) -> list[Any]:
    known = [part.uses > 0 for part in parts]
    weights, thing = roles.matters(text, [word.stem for word in typed], known)
    return [
        replace(part, matters=weights[place], is_thing=place == thing)
        for place, part in enumerate(parts)
    ]


def _part(phrases: list[Phrase], uses: dict[str, int], more: int) -> Any:
    """Each form once, as the surest; those come first."""
    forms: dict[tuple[tuple[str, ...], bool], Phrase] = {}
    for phrase in sorted(phrases, key=lambda phrase: -phrase.weight):
        forms.setdefault((phrase.stems, phrase.is_prefix), phrase)
    used = sum(uses.get(" ".join(stems), 0) for stems, is_prefix in forms if not is_prefix)
    return Any(tuple(forms.values()), uses=used + more)


def content_words(text: str) -> list[Word]:
    """The words that matter, each once; all of them if the text is nothing but grammar."""
    typed = words(text)[: 3 * MOST_WORDS]
    telling = [word for word in typed if not is_grammar(word.folded)] or typed
    return list({word.stem: word for word in telling}.values())[:MOST_WORDS]


def _rejoined(typed: Sequence[Word]) -> Iterator[Form]:
    """Neighbours as one word, and words as two."""
    for place, word in enumerate(typed):
        if place + 1 < len(typed):
            joined = word.folded + typed[place + 1].folded
            if len(joined) <= LONGEST_WORD:
                yield Form(range(place, place + 2), Phrase((stem(joined),)))
        if len(word.folded) >= SHORTEST_SPLIT:
            for cut in range(SHORTEST_HALF, len(word.folded) - SHORTEST_HALF + 1):
                halves = (stem(word.folded[:cut]), stem(word.folded[cut:]))
                yield Form(range(place, place + 1), Phrase(halves))


def _synonymous(typed: Sequence[Word]) -> Iterator[Form]:
    for places, stems in synonyms.others([word.stem for word in typed]):
        yield Form(places, Phrase(stems, weight=SYNONYM))


def _uses(phrases: Sequence[tuple[str, ...]]) -> dict[str, int]:
    """How often these stand in public entries, by their roots; of longer phrases their ends.

    The vocabulary knows words and pairs: a phrase of three is as frequent as its rarest pair.
    """
    pairs = {
        " ".join(stems): [" ".join(stems[at : at + 2]) for at in range(max(1, len(stems) - 1))]
        for stems in phrases
    }
    wanted = {root for roots in pairs.values() for root in roots}
    if not wanted:
        return {}
    known: dict[str, int] = dict(USES.rows(roots=as_list(wanted)))
    return {
        root: min(known[pair] for pair in listed)
        for root, listed in pairs.items()
        if all(pair in known for pair in listed)
    }


def _all_uses(roots: str) -> QuerySet[Term, Row]:
    terms = Term.objects.filter(root__in=values_in(roots, of=str))
    return terms.values_list("root").annotate(all_uses=Sum("uses"))


USES = Prepared(_all_uses)


def _going_on(word: Word) -> list[Term]:
    """The most used public words that begin like this one."""
    terms = Term.objects.filter(index.engine().starts_with("text", word.folded), is_phrase=False)
    return list(terms.order_by("-uses", "text")[:MOST_GOING_ON])
