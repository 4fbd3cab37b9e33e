"""What a few typed letters might become: searches, boards, people, own pins, own past
searches. Five queries at most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING

from django.db.models import Q

from pinboard.people.models import Person
from pinboard.pins.models import Board, Pin
from search import index
from search.models import Term
from search.question import LONGEST_GUIDE, Question
from search.remembering import past_searches
from search.results import blocked
from search.text import tidy, words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

MOST = 10
MOST_OF_EACH = {"recent": 2, "search": 5, "board": 3, "person": 3, "pin": 3}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """kind: recent (the viewer's own), explore, search, board, person or pin.
    detail: whose, or what; picture: "" or an address."""

    kind: str
    text: str
    url: str
    detail: str = ""
    picture: str = ""


def suggest(text: str, *, viewer: Person | AnonymousUser) -> list[dict[str, str]]:
    """At most MOST suggestions for what was typed so far, the likeliest kinds first."""
    typed = tidy(text, longest=LONGEST_GUIDE)
    if not words(typed):
        return [asdict(one) for one in _before_typing(viewer)]
    found: list[Suggestion] = []
    for kind, suggestions in (
        ("recent", _recent(typed, viewer)),
        ("search", _searches(typed)),
        ("board", _boards(typed, viewer)),
        ("person", _people(typed, viewer)),
        ("pin", _own_pins(typed, viewer)),
    ):
        found += islice(suggestions, MOST_OF_EACH[kind])
    return [asdict(suggestion) for suggestion in found[:MOST]]


def _before_typing(viewer: Person | AnonymousUser) -> Iterator[Suggestion]:
    for past in past_searches(viewer, most=MOST - 3):
        yield Suggestion("recent", past.text, past.url)
    yield Suggestion("explore", "Explore what is here", Question().url())


def _recent(typed: str, viewer: Person | AnonymousUser) -> Iterator[Suggestion]:
    for past in past_searches(viewer):
        if past.text.casefold().startswith(typed.casefold()):
            yield Suggestion("recent", past.text, past.url)


def _searches(typed: str) -> Iterator[Suggestion]:
    """The last word (or the last two) as terms that several people wrote go on."""
    listed = words(typed)
    last = listed[-1].folded
    pair = f"{listed[-2].folded} {last}" if len(listed) > 1 else last
    beginning = index.engine().starts_with("text", last)
    beginning |= index.engine().starts_with("text", pair)
    terms = Term.objects.filter(beginning, is_shared=True).order_by("-named", "-uses", "text")
    seen: set[str] = set()
    for term in terms[: 3 * MOST]:
        kept = listed[:-1][: -1 if term.text.startswith(pair) and len(listed) > 1 else None]
        repeats = not {word.stem for word in kept}.isdisjoint(term.root.split())
        text = " ".join([*(word.shown.lower() for word in kept), term.shown])
        root = " ".join([*(word.stem for word in kept), term.root])
        if root not in seen and not repeats:
            seen.add(root)
            yield Suggestion("search", text, Question(text).url())


def _boards(typed: str, viewer: Person | AnonymousUser) -> Iterator[Suggestion]:
    boards = Board.objects.visible_to(viewer).select_related("owner")
    if isinstance(viewer, Person):
        boards = boards.filter(~blocked(viewer, "owner"))
    named = boards.filter(Q(name__istartswith=typed) | Q(name__icontains=f" {typed}"))
    for board in named.order_by("-used", "-pk")[: MOST_OF_EACH["board"]]:
        yield Suggestion("board", board.name, board.get_absolute_url(), board.owner.display_name)


def _people(typed: str, viewer: Person | AnonymousUser) -> Iterator[Suggestion]:
    people = Person.objects.visible_to(viewer).select_related("face")
    named = people.filter(
        Q(display_name__istartswith=typed)
        | Q(display_name__icontains=f" {typed}")
        | Q(username__startswith=typed.lower().removeprefix("@"))
    )
    for person in named.order_by("display_name", "pk")[: MOST_OF_EACH["person"]]:
        yield Suggestion(
            "person",
            person.display_name,
            person.get_absolute_url(),
            f"@{person.username}",
            person.face_url,
        )


def _own_pins(typed: str, viewer: Person | AnonymousUser) -> Iterator[Suggestion]:
    if not isinstance(viewer, Person):
        return
    own = Pin.objects.visible_to(viewer).filter(maker=viewer)
    titled = own.filter(Q(title__istartswith=typed) | Q(title__icontains=f" {typed}"))
    for pin in titled.select_related("picture").order_by("-pk")[: MOST_OF_EACH["pin"]]:
        yield Suggestion("pin", pin.title, pin.get_absolute_url(), "Your pin", pin.picture.src)
