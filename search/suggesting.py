"""What a few typed letters might become: searches, guides, boards, people, own pins, own past
searches. Each is found by the beginning of a word, in a range of an index or among the viewer's
newest few. Guides of a question that nobody asked just now take a search of their own: they are
looked for once somebody stops typing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache, reduce
from itertools import islice
from operator import or_
from time import time
from typing import TYPE_CHECKING, NamedTuple

from pinboard.people.finding import people_called
from pinboard.people.models import Person
from pinboard.pins.models import Save
from search import index
from search.boards import visible_boards
from search.guides import Guide
from search.knowing import guides_known, guides_remembered
from search.models import BoardWord, Term
from search.question import LONGEST_GUIDE, Question
from search.remembering import past_searches
from search.results import visible_pins
from search.spelling import corrections
from search.stopwords import is_grammar
from search.text import Word, tidy, words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

MOST = 12
MOST_OF_EACH = {"recent": 2, "search": 4, "guide": 3, "board": 2, "person": 2, "pin": 3}
LEADING = {"recent", "search", "guide"}  # to a search
# Looked through for one answer: boards and people whose names begin so, own pins, the newest.
MOST_BOARDS, MOST_PEOPLE, MOST_PINS = 300, 50, 600
MOST_TERMS = 3 * MOST
# The most named terms of all that a process remembers, and for how long.
BEST, BEST_SECONDS = 8000, 60
# Titles of which a process remembers the words.
TITLES = 6000
# From so many letters on a word that begins no other may be misspelt.
SHORTEST_MISSPELT = 4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """kind: recent (the viewer's own), explore, search, guide, board, person or pin.
    detail: whose, or what; picture: "" or an address."""

    kind: str
    text: str
    url: str
    detail: str = ""
    picture: str = ""


def suggest(
    text: str, *, viewer: Person | AnonymousUser, is_patient: bool = False
) -> list[dict[str, str]]:
    """At most MOST suggestions for what was typed so far, the likeliest kinds first.

    is_patient: whether guides are looked for; else only those of a page just seen are there.
    """
    typed = tidy(text, longest=LONGEST_GUIDE)
    listed = words(typed)
    if not listed:
        return [asdict(one) for one in _before_typing(viewer)]
    found: dict[str, Suggestion] = {}  # none twice: a guide may say what a search says
    guides = list(_guides(listed, viewer, is_patient=is_patient))
    for kind, suggestions in (
        ("recent", _recent(typed, viewer)),
        # Where a guide goes on, words that never stand together would be noise beside it.
        ("search", _searches(listed, together=bool(guides))),
        ("guide", iter(guides)),
        ("board", _boards(listed, viewer)),
        ("person", _people(typed, viewer)),
        ("pin", _own_pins(listed, viewer)),
    ):
        for one in islice(suggestions, MOST_OF_EACH[kind]):
            found.setdefault(one.text.replace(" · ", " ") if kind in LEADING else one.url, one)
    return [asdict(suggestion) for suggestion in islice(found.values(), MOST)]


def _before_typing(viewer: Person | AnonymousUser) -> Iterator[Suggestion]:
    for past in past_searches(viewer, most=MOST - 3):
        yield Suggestion("recent", past.text, past.url)
    yield Suggestion("explore", "Explore what is here", Question().url())


def _recent(typed: str, viewer: Person | AnonymousUser) -> Iterator[Suggestion]:
    for past in past_searches(viewer):
        if past.text.casefold().startswith(typed.casefold()):
            yield Suggestion("recent", past.text, past.url)


def _searches(listed: Sequence[Word], *, together: bool) -> Iterator[Suggestion]:
    """The last word (or the last two) as terms that several people wrote go on; else as what it
    may have meant to be. together: only the last two, where there are two."""
    last = listed[-1].folded
    pair = f"{listed[-2].folded} {last}" if len(listed) > 1 else last
    terms = _beginning(pair) if together else _beginning(last, pair)
    if not terms and not together and len(last) >= SHORTEST_MISSPELT:
        meant = corrections({last: 0}).get(last, [])
        terms = [Shared(term.text, term.root, term.shown) for term in meant if term.is_shared]
    seen: set[str] = set()
    for term in terms:
        kept = listed[:-1][: -1 if term.text.startswith(pair) and len(listed) > 1 else None]
        repeats = not {word.stem for word in kept}.isdisjoint(term.root.split())
        text = " ".join([*(word.shown.lower() for word in kept), term.shown])
        root = " ".join([*(word.stem for word in kept), term.root])
        if root not in seen and not repeats:
            seen.add(root)
            yield Suggestion("search", text, Question(text).url())


class Shared(NamedTuple):
    """A term that several people wrote."""

    text: str
    root: str
    shown: str


def _beginning(*texts: str) -> list[Shared]:
    """The most named shared terms that begin with one of these."""
    # A letter or two begin very many terms, but the best of those are among the best of all.
    best = _most_named(int(time() // BEST_SECONDS))
    known = [term for term in best if term.text.startswith(texts)][:MOST_TERMS]
    if len(known) == MOST_TERMS:
        return _still_shared(known)
    starts_with = index.engine().starts_with
    beginning = reduce(or_, (starts_with("text", text) for text in texts))
    found = Term.objects.filter(beginning, is_shared=True).order_by("-named", "-uses", "text")
    return [Shared(*row) for row in found.values_list(*Shared._fields)[:MOST_TERMS]]


def _still_shared(remembered: Sequence[Shared]) -> list[Shared]:
    """What was a secret again a moment ago is not suggested because a process remembers it."""
    texts = [term.text for term in remembered]
    shared = Term.objects.filter(text__in=texts, is_shared=True)
    now = set(shared.values_list("text", flat=True))
    return [term for term in remembered if term.text in now]


@lru_cache(maxsize=1)
def _most_named(_minute: int) -> list[Shared]:
    """Remembered by the process for a minute: a cache elsewhere would be read anew each time."""
    shared = Term.objects.filter(is_shared=True).order_by("-named", "-uses", "text")
    return [Shared(*row) for row in shared.values_list(*Shared._fields)[:BEST]]


def _guides(
    listed: Sequence[Word], viewer: Person | AnonymousUser, *, is_patient: bool
) -> Iterator[Suggestion]:
    """What narrows the words before the last one, or all of them once they are whole."""
    *before, last = listed
    asked, beginning = [word for word in before if not is_grammar(word.folded)], last.folded
    if Term.objects.filter(text=beginning, is_shared=True).exists():
        asked, beginning = [*asked, last], ""
    base = Question(" ".join(word.shown.lower() for word in asked))
    known = guides_known if is_patient else guides_remembered
    fitting = [
        guide
        for guide in (known(base, viewer=viewer) if asked else ())
        if any(word.folded.startswith(beginning) for word in words(guide.text))
    ][: MOST_OF_EACH["guide"]]
    pictures = _pictures([guide.pin_id for guide in fitting], viewer)
    for guide in fitting:
        yield _as_guide(guide, base, pictures)


def _as_guide(guide: Guide, base: Question, pictures: dict[int, str]) -> Suggestion:
    text = f"{base.query} · {guide.text}"
    url = base.with_guide(guide.text).url()
    return Suggestion("guide", text, url, picture=pictures.get(guide.pin_id, ""))


def _boards(listed: Sequence[Word], viewer: Person | AnonymousUser) -> Iterator[Suggestion]:
    """Boards with every typed word at the beginning of one of their names'."""
    ids: set[int] | None = None
    for word in listed:
        begun = BoardWord.objects.filter(index.engine().starts_with("text", word.folded))
        rows = begun.filter(is_name=True).order_by("-board_id").values_list("board_id", flat=True)
        found = set(rows[:MOST_BOARDS])
        ids = found if ids is None else ids & found
        if not ids:
            return
    boards = visible_boards(viewer).select_related("owner").filter(pk__in=ids or ())
    for board in boards.order_by("-used", "-pk")[: MOST_OF_EACH["board"]]:
        yield Suggestion("board", board.name, board.get_absolute_url(), board.owner.display_name)


def _people(typed: str, viewer: Person | AnonymousUser) -> Iterator[Suggestion]:
    ids = people_called(typed.removeprefix("@"), limit=MOST_PEOPLE)
    people = Person.objects.visible_to(viewer).select_related("face").in_bulk(ids)
    for person in (people[pk] for pk in ids if pk in people):
        yield Suggestion(
            "person",
            person.display_name,
            person.get_absolute_url(),
            f"@{person.username}",
            person.face_url,
        )


def _own_pins(listed: Sequence[Word], viewer: Person | AnonymousUser) -> Iterator[Suggestion]:
    """Of what the viewer saved lately, pins with every typed word at the beginning of one."""
    if not isinstance(viewer, Person):
        return
    mine = Save.objects.filter(saver=viewer).order_by("-pk")
    titles = mine.values_list("pin_id", "pin__title")[:MOST_PINS]
    begun = (pk for pk, title in titles if _begins(listed, title))
    fitting = dict.fromkeys(islice(begun, 2 * MOST_OF_EACH["pin"]))
    pins = visible_pins(viewer).select_related("picture").in_bulk(list(fitting)) if fitting else {}
    for pin in (pins[pk] for pk in fitting if pk in pins):
        detail = "Your pin" if pin.maker_id == viewer.pk else "You saved this"
        yield Suggestion(
            "pin", pin.title, pin.get_absolute_url(), detail, pin.picture.card_picture.smallest
        )


def _begins(listed: Sequence[Word], title: str) -> bool:
    """Whether each of these is the beginning of a word of the title."""
    said = _folded(title)
    return all(any(one.startswith(word.folded) for one in said) for word in listed)


@lru_cache(maxsize=TITLES)
def _folded(title: str) -> tuple[str, ...]:
    """Its words. With every letter somebody types, the same titles are looked through."""
    return tuple(word.folded for word in words(title))


def _pictures(pin_ids: Sequence[int], viewer: Person | AnonymousUser) -> dict[int, str]:
    if not pin_ids:
        return {}
    pins = visible_pins(viewer).select_related("picture").in_bulk(list(pin_ids))
    return {pk: pin.picture.card_picture.smallest for pk, pin in pins.items()}
