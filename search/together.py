"""Searching for a conversation: guides from what a group shared and liked, without what it
rejected.

The conversation hands over its pins in the address (the two rooms know each other by address
only): liked first, best first, and those that were turned down. Every pin named there passes the
viewer's own door, and guides come from public words of several people as everywhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import QueryDict

from pinboard.pins.cards import cards_for, with_card_fields
from pinboard.pins.models import Pin
from pinboard.web.numbers import read_id
from search.beside import Beside, beside
from search.facts import colour_name
from search.guides import Guide, guides_for
from search.models import PublicEntry, Term
from search.onesided import OneSided, one_sided, other_things
from search.question import Question
from search.results import find, visible_pins
from search.terms import guide_terms
from search.text import stems

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pinboard.people.models import Person

PATH = "/search/together/"
MOST_PINS = 60  # of either kind in an address
SHOWN = 30
MOST_GUIDES = 12
FEWEST = 3  # public pins a guide leads to
# A word of so many rejected pins, and of fewer liked ones, is left out.
REJECTED = 2


@dataclass(frozen=True, slots=True)
class Group:
    """talk: the conversation's number, for the way back. liked: best first."""

    talk: int = 0
    liked: tuple[int, ...] = ()
    rejected: tuple[int, ...] = ()

    @classmethod
    def of(cls, parameters: QueryDict) -> Group:
        talk = read_id(parameters.get("talk", "")) or 0
        return cls(talk, _ids(parameters.get("like", "")), _ids(parameters.get("without", "")))

    def pairs(self) -> list[tuple[str, str]]:
        """What links and forms take along."""
        ids = ((self.talk,) if self.talk else (), self.liked, self.rejected)
        listed = (".".join(map(str, some)) for some in ids)
        pairs = zip(("talk", "like", "without"), listed, strict=True)
        return [(name, value) for name, value in pairs if value]

    def url(self, question: Question) -> str:
        more = urlencode(self.pairs())
        address = question.url(PATH)
        return f"{address}{'&' if '?' in address else '?'}{more}" if more else address


def _ids(raw: str) -> tuple[int, ...]:
    found = (read_id(part) for part in raw[:2000].split(".")[:MOST_PINS])
    return tuple(dict.fromkeys(pk for pk in found if pk))


def together_page(
    group: Group, question: Question, *, viewer: Person | AnonymousUser
) -> dict[str, Any]:
    """The context of search/together.html."""
    entries = _entries(group, viewer)
    liked = [entries[pk] for pk in group.liked if pk in entries]
    rejected = [entries[pk] for pk in group.rejected if pk in entries]
    loosened = ""
    side: OneSided | None = None
    turns: list[Guide] = []
    if question == Question():
        guides = _from_liked(liked, rejected)
        side = one_sided(liked)
        near = _next(group, side, viewer)
        turns = _without_rejected(other_things(near), liked, rejected) if side else []
        ids = list(near)[:SHOWN]
    else:
        found = find(question, viewer=viewer)
        loosened = found.loosened
        left = [hit for hit in found.hits if hit.pin_id not in group.rejected]
        ids = [hit.pin_id for hit in left[:SHOWN]]
        exact = {hit.pin_id for hit in found.exact if hit.is_public}
        narrowing = [hit.pin_id for hit in left if hit.pin_id in exact]
        guides = _without_rejected(guides_for(narrowing, question=question), liked, rejected)
    shown = {*ids, *(guide.pin_id for guide in (*guides, *turns))}
    pins = with_card_fields(visible_pins(viewer)).in_bulk(list(shown))
    return {
        "talk_url": f"/messages/{group.talk}/" if group.talk else "",
        "talk": group.talk,
        "query": question.query,
        "fields": group.pairs(),
        "chain": _chain(group, question),
        "guides": [_shown_guide(guide, group, question, pins) for guide in guides],
        "one_sided": side.sentence if side else "",
        "turns": [_shown_guide(guide, group, question, pins) for guide in turns],
        "cards": cards_for([pins[pk] for pk in ids if pk in pins], viewer=viewer),
        "loosened": loosened,
        "has_rejected": bool(rejected),
        "shared": group.liked,
        "all_url": question.url() if question != Question() and len(ids) == SHOWN else "",
    }


def _next(group: Group, side: OneSided | None, viewer: Person | AnonymousUser) -> dict[int, Beside]:
    """What could come next: kept beside what was liked, and not more of what is all over it."""
    near = beside(group.liked, known=(*group.liked, *group.rejected), viewer=viewer)
    return {pk: one for pk, one in near.items() if not (side and side.is_in(one))}


def what_next(group: Group, *, viewer: Person | AnonymousUser) -> dict[str, str]:
    """{"text", "url"} for a shelf that looks one-sided, {} for any other. Two queries."""
    entries = _entries(group, viewer)
    side = one_sided([entries[pk] for pk in group.liked if pk in entries])
    if not side:
        return {}
    return {"text": f"{side.sentence} See what could come next", "url": group.url(Question())}


def _chain(group: Group, question: Question) -> list[tuple[str, str]]:
    """Each part, and the address without it."""
    typed = enumerate(question.typed())
    return [
        *((part, group.url(question.without_part(place))) for place, part in typed),
        *((guide, group.url(question.without_guide(guide))) for guide in question.guides),
    ]


def _shown_guide(
    guide: Guide, group: Group, question: Question, pins: Mapping[int, Pin]
) -> dict[str, str]:
    pin = pins.get(guide.pin_id)
    colour = pin.picture.colour if pin else ""
    return {
        "text": guide.text,
        "url": group.url(question.with_guide(guide.text)),
        "picture": pin.picture.card_picture.smallest if pin else "",
        "colour": colour,
        "hue": colour_name(colour),
    }


def _entries(group: Group, viewer: Person | AnonymousUser) -> dict[int, PublicEntry]:
    """The public words of the group's pins that the viewer may see. One query."""
    pins = visible_pins(viewer).public().filter(pk__in=[*group.liked, *group.rejected])
    return {
        entry.pin_id: entry for entry in PublicEntry.objects.filter(pin_id__in=pins.values("pk"))
    }


def _from_liked(liked: Sequence[PublicEntry], rejected: Sequence[PublicEntry]) -> list[Guide]:
    """What the liked pins say, most said first; words that several people wrote. One query."""
    weights: Counter[str] = Counter()
    pins: defaultdict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(liked):
        said = {root: kind for kind, root, _, _ in reversed(list(guide_terms(entry.terms)))}
        for root, kind in said.items():
            if kind in "td":
                # The best liked come first and weigh more; titles name what rich data lists.
                weights[root] += (3 if kind == "t" else 1) * (2 * len(liked) - place)
                pins[root].append(entry.pin_id)
    likely = [root for root, _ in weights.most_common(6 * MOST_GUIDES)]
    shared = Term.objects.filter(root__in=likely, is_shared=True, named__gte=FEWEST)
    shown = {term.root: term.shown for term in shared.order_by("named", "text")}
    guides: list[Guide] = []
    taken: set[str] = set()
    pictured: set[int] = set()
    for root in sorted(shown, key=lambda root: (-weights[root] * (1 + root.count(" ")), root)):
        if taken.isdisjoint(root.split()):
            taken.update(root.split())
            # Each with another picture, as far as there are any.
            pin_id = next((pk for pk in pins[root] if pk not in pictured), pins[root][0])
            pictured.add(pin_id)
            guides.append(Guide(shown[root], len(pins[root]), pin_id))
    return _without_rejected(guides, liked, rejected)[:MOST_GUIDES]


def _without_rejected(
    guides: Sequence[Guide], liked: Sequence[PublicEntry], rejected: Sequence[PublicEntry]
) -> list[Guide]:
    """Those that do not say what the group turned down more often than it liked it."""

    def titled(root: set[str], entries: Sequence[PublicEntry]) -> int:
        return sum(root <= set(entry.title.split()) for entry in entries)

    kept = []
    for guide in guides:
        root = set(stems(guide.text))
        turned_down = titled(root, rejected)
        if turned_down < REJECTED or turned_down < titled(root, liked):
            kept.append(guide)
    return kept
