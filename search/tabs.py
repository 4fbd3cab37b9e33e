"""The tabs beside pins: boards and people that answer the same question, each in pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from pinboard.people.finding import people_called
from pinboard.people.models import Person
from pinboard.pins.views.profile import board_tiles
from pinboard.web.numbers import read_id
from search.boards import find_boards, visible_boards
from search.question import Question
from search.text import words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Admit = Callable[[Sequence[int]], dict[int, Any]]

BOARDS, PEOPLE = "/search/boards/", "/search/people/"
PAGE_SIZE = 24
# Names that begin so, of which the first are looked through.
MOST_PEOPLE = 500


def boards_page(
    question: Question, *, viewer: Person | AnonymousUser, cursor: str = ""
) -> dict[str, Any]:
    """The context of search/boards.html."""
    boards = visible_boards(viewer).select_related("owner").annotate(pin_count=Count("saves"))
    ids = find_boards(question, viewer=viewer)
    listed, next_cursor = _take(ids, cursor, boards.in_bulk)
    return {
        **head(question, "boards"),
        "beginning": question.url(BOARDS) if cursor and not listed else "",
        "boards": [
            {**tile, "of": board.owner.display_name if board.owner_id != viewer.pk else ""}
            for tile, board in zip(board_tiles(listed, viewer), listed, strict=True)
        ],
        "page": {"next_url": question.url(BOARDS, cursor=next_cursor) if next_cursor else ""},
    }


def people_page(
    question: Question, *, viewer: Person | AnonymousUser, cursor: str = ""
) -> dict[str, Any]:
    """The context of search/people.html."""
    people = Person.objects.visible_to(viewer).select_related("face")
    # Somebody may also be called as they are addressed: "@ben".
    ids = people_called(question.query.removeprefix("@"), limit=MOST_PEOPLE)
    if not people.filter(pk__in=ids).exists():
        # Of several words one may be a name: "pasta by ben".
        for word in words(question.query)[:6]:
            ids += people_called(word.folded, limit=50) if len(word.folded) > 1 else []
    listed, next_cursor = _take(list(dict.fromkeys(ids)), cursor, people.in_bulk)
    return {
        **head(question, "people"),
        "beginning": question.url(PEOPLE) if cursor and not listed else "",
        "people": listed,
        "page": {"next_url": question.url(PEOPLE, cursor=next_cursor) if next_cursor else ""},
    }


def head(question: Question, current: str) -> dict[str, Any]:
    """What stands above all three: the words and the tabs. Guides and facts are for pins."""
    words_only = Question(question.query)
    tabs = (
        ("pins", "Pins", question.url()),
        ("boards", "Boards", words_only.url(BOARDS)),
        ("people", "People", words_only.url(PEOPLE)),
    )
    return {
        "query": question.query,
        "tabs": [(label, url, name == current) for name, label, url in tabs],
    }


def _take(ids: Sequence[int], cursor: str, admit: Admit) -> tuple[list[Any], str]:
    """The page after a cursor (the id of the last row shown) of what the door admits.

    Asks once: a page may be short where much is hidden, with a cursor all the same.
    """
    start = 0
    if cursor:
        last = read_id(cursor)
        start = ids.index(last) + 1 if last in ids else len(ids)
    some = ids[start : start + 4 * PAGE_SIZE]
    seen = admit(some)
    shown = [pk for pk in some if pk in seen][:PAGE_SIZE]
    end = start + some.index(shown[-1]) + 1 if len(shown) == PAGE_SIZE else start + len(some)
    next_cursor = str(ids[end - 1]) if end < len(ids) else ""
    return [seen[pk] for pk in shown], next_cursor
