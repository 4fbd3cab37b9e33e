"""A page of search results with its guides, ready for the template.

Seven queries for words that are all known: the vocabulary, the index through the pins' door, the
words of the best results, what they have for guides and facts, what lies beside them, the cards,
the viewer's marks on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pinboard.pins.cards import PinCard
from pinboard.pins.narrowing import ADDRESS
from search.explore import FEWEST_LOVED, MOST_LOVED, interests_of, loved_this_week
from search.facts import colour_name
from search.guides import SAMPLE, Guide, guides_for
from search.index.engine import FIRST_CANDIDATES, MAX_CANDIDATES
from search.knowing import interests_known, remember_guides
from search.narrowing import choices, labels_of
from search.ordering import Hit
from search.pivots import Pivots, pivots_for
from search.question import Question
from search.remembering import past_searches
from search.results import Found, find, visible_pins
from search.sampling import Sample, sample_of
from search.showing import cards_of
from search.tabs import head

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pinboard.people.models import Person

PAGE_SIZE = 30
MOST_COVERS = 4
MOST_PAST = 6
MOST_TYPED = 6  # words that stand in the chain one by one


@dataclass(frozen=True, slots=True)
class Link:
    """A word of the chain, and the search without it."""

    text: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class ShownGuide:
    """picture: address of a small rendition; cover: of a middling one. hue: what people call its
    colour, or "". count: pins it leads to within this set."""

    text: str
    url: str
    picture: str
    cover: str
    colour: str
    hue: str
    count: int


def results_page(
    question: Question, *, viewer: Person | AnonymousUser, cursor: str = ""
) -> dict[str, Any]:
    """The context of search/results.html."""
    found = find(question, viewer=viewer, most=MAX_CANDIDATES if cursor else FIRST_CANDIDATES)
    start = found.after(cursor)
    hits = found.hits[start : start + PAGE_SIZE]
    exact = found.exact
    sample = sample_of([hit.pin_id for hit in exact], viewer=viewer, terms=found.terms)
    guides = _guides(exact, question, sample)
    labels = labels_of(question.facts, sample, viewer=viewer)
    public = [hit.pin_id for hit in exact if hit.is_public]
    pivots = Pivots() if cursor else _pivots(question, public, guides, sample, viewer)
    # Who finds nothing is shown where there is something.
    begin = interests_known(viewer=viewer) if not (found.hits or question == Question()) else []
    guides_shown = (*guides, *pivots.guides, *begin)
    loved = loved_this_week() if question == Question() and not cursor else []
    shown = {*(hit.pin_id for hit in hits), *(guide.pin_id for guide in guides_shown), *loved}
    known = cards_of(shown, viewer=viewer)
    cards = [known[hit.pin_id] for hit in hits if hit.pin_id in known]
    first = [known[pk] for pk in loved if pk in known][:MOST_LOVED]
    return {
        **head(question, "pins"),
        "chain": _chain(question),
        "instead_of": pivots.instead_of,
        "pivots": [_shown_guide(guide, pivots.base, known) for guide in pivots.guides],
        "facts": [Link(text, question.without_fact(name).url()) for name, text in labels.items()],
        "scope": _scope(question, labels),
        "fact_rows": found.hits and choices(question, sample, labels=labels, viewer=viewer),
        "guides": [_shown_guide(guide, question, known) for guide in guides],
        "begin": [_shown_guide(guide, Question(), known) for guide in begin],
        "cards": cards,
        "loved": first if len(first) >= FEWEST_LOVED else [],
        "past": past_searches(viewer, most=MOST_PAST) if question == Question() else [],
        "keep": question.url("") if (question.query or question.guides) and not cursor else "",
        "is_explore": question == Question() and not cursor,
        "page": {"next_url": _next_url(question, found, start)},
        "plan_url": question.shared().url("/messages/new/") if question != Question() else "",
        "loosened": found.loosened,
        "beginning": question.url() if cursor and not cards else "",
    }


def _chain(question: Question) -> list[Link]:
    """Typed words and guides alike, each of which can be taken away; a sentence stays whole."""
    typed = question.typed()
    if len(typed) > MOST_TYPED:
        parts = [Link(question.query, question.without_query().url())]
    else:
        parts = [Link(one, question.without_part(n).url()) for n, one in enumerate(typed)]
    return parts + [Link(one, question.without_guide(one).url()) for one in question.guides]


def _scope(question: Question, labels: Mapping[str, str]) -> dict[str, str] | None:
    """A field of its own for searching on within one's saves, friends' saves or one board."""
    name = "board" if "board" in labels else "whose"
    if name not in labels:
        return None
    whose = {"mine": "your saves", "friends": "what your friends saved"}
    value = str(getattr(question.facts, name))
    where = whose.get(value, labels[name])
    return {"name": ADDRESS[name], "value": value, "where": where, "query": question.query}


def covers(question: Question, *, viewer: Person | AnonymousUser) -> dict[str, Any]:
    """What a search looks like from outside: how many public pins, and the best few of them."""
    found = find(question, viewer=viewer)
    public = [hit.pin_id for hit in found.hits if hit.is_public]
    best = public[:MOST_COVERS]
    pins = visible_pins(viewer).public().select_related("picture").in_bulk(best)
    pictures = [pins[pin_id].picture.card_picture for pin_id in best if pin_id in pins]
    return {
        "query": question.query,
        "guides": list(question.guides),
        "facts": list(question.facts.labels().values()),
        "url": question.url(),
        "count": len(public),
        "covers": [
            {
                "src": picture.smallest,
                "width": picture.width,
                "height": picture.height,
                "colour": picture.colour,
            }
            for picture in pictures
        ],
    }


def _guides(exact: Sequence[Hit], question: Question, sample: Sample) -> list[Guide]:
    """Guides narrow what has everything that was asked for; a near miss has none."""
    public = [hit.pin_id for hit in exact if hit.is_public]
    is_new = not (question.has_words or question.facts.set_facts())  # what is new, in any order
    names = interests_of(public[:SAMPLE], sample.lines) if is_new else None
    return guides_for(public, question=question, total=len(exact), lines=sample.lines, names=names)


def _pivots(
    question: Question,
    public: Sequence[int],
    guides: Sequence[Guide],
    sample: Sample,
    viewer: Person | AnonymousUser,
) -> Pivots:
    remember_guides(question, guides, viewer=viewer)
    kinds = [row[0] for row in sample.facts]
    return pivots_for(question, public, guides=guides, kinds=kinds, viewer=viewer)


def _shown_guide(guide: Guide, question: Question, cards: Mapping[int, PinCard]) -> ShownGuide:
    card = cards.get(guide.pin_id)
    begins = not (question.query or question.guides)
    colour = card.picture.colour if card else ""
    narrowed = replace(question, query=guide.text) if begins else question.with_guide(guide.text)
    return ShownGuide(
        text=guide.text,
        url=narrowed.url(),
        picture=card.picture.smallest if card else "",
        cover=card.picture.src if card else "",
        colour=colour,
        hue=colour_name(colour),
        count=guide.count,
    )


def _next_url(question: Question, found: Found, start: int) -> str:
    end = start + PAGE_SIZE
    if end >= len(found.hits):
        return ""
    last: Hit = found.hits[end - 1]
    return question.url(cursor=f"{last.score}.{last.pin_id}")
