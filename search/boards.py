"""Boards by their words: kept when a board is made or renamed, asked by the boards tab.

The words are only the way: which of the boards somebody sees is for Board.visible_to to say, and
of no other is anything looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q

from pinboard.people.models import Person, unblocked
from pinboard.pins.models import Board, BoardQuerySet
from search import index
from search.index.wanted import Any, Phrase
from search.models import BoardWord
from search.question import Question
from search.text import words
from search.understanding import understand

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

# Words of boards that are looked at for one answer, the newest boards' first.
MAX_CANDIDATES = 2000
# Of one board.
MAX_WORDS = 40
BATCH = 500


def keep_words(boards: Sequence[Board]) -> None:
    """Put the words of these boards in the place of what was known of them."""
    BoardWord.objects.filter(board__in=boards).delete()
    BoardWord.objects.bulk_create(
        (word for board in boards for word in _words_of(board)), batch_size=BATCH
    )


def keep_all_words() -> None:
    last = 0
    while boards := list(Board.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        keep_words(boards)
        last = boards[-1].pk


def _words_of(board: Board) -> Iterable[BoardWord]:
    found: dict[str, BoardWord] = {}
    for text, is_name in ((board.name, True), (board.about, False)):
        for word in words(text):
            row = BoardWord(board=board, text=word.folded, root=word.stem, is_name=is_name)
            if len(found) < MAX_WORDS:
                found.setdefault(word.folded, row)
    return found.values()


def visible_boards(viewer: Person | AnonymousUser) -> BoardQuerySet:
    """Boards a search may show: through the one door, without those of blocked people."""
    return Board.objects.visible_to(viewer).filter(unblocked(viewer, "owner"))


def find_boards(question: Question, *, viewer: Person | AnonymousUser) -> list[int]:
    """Ids of boards the viewer may see whose words answer, best first; what is new if there is
    no word.

    Boards with every word come alone if there are any: of those the viewer may see, else an empty
    page would tell that somebody has a secret one.
    """
    parts = understand(question).parts
    if not parts:
        newest = visible_boards(viewer).order_by("-pk")
        return list(newest.values_list("pk", flat=True)[: MAX_CANDIDATES // 10])
    seen = visible_boards(viewer).order_by().values("pk")
    rows = BoardWord.objects.filter(_any_word(parts), board__in=seen).order_by("-board_id")
    said: dict[int, list[tuple[str, str, bool]]] = defaultdict(list)
    found = rows.values_list("board_id", "text", "root", "is_name")[:MAX_CANDIDATES]
    for pk, text, root, is_name in found:
        said[pk].append((text, root, is_name))
    scores = {pk: _score(parts, listed) for pk, listed in said.items()}
    all_of_it = [pk for pk, (had, _) in scores.items() if had == len(parts)]
    return sorted(all_of_it or scores, key=lambda pk: (*scores[pk], pk), reverse=True)


def _any_word(parts: Sequence[Any]) -> Q:
    roots: set[str] = set()
    beginnings = Q()
    for part in parts:
        for phrase in part.parts:
            if phrase.is_prefix:
                beginnings |= index.engine().starts_with("text", phrase.stems[-1])
            roots.update(phrase.stems)
    return Q(root__in=roots) | beginnings


def _score(parts: Sequence[Any], said: Sequence[tuple[str, str, bool]]) -> tuple[int, int]:
    """How many parts of the question a board has, and how many of them in its name."""
    named = [word for word in said if word[2]]
    return (
        sum(any(_has(phrase, said) for phrase in part.parts) for part in parts),
        sum(any(_has(phrase, named) for phrase in part.parts) for part in parts),
    )


def _has(phrase: Phrase, said: Sequence[tuple[str, str, bool]]) -> bool:
    if phrase.is_prefix:
        return any(text.startswith(phrase.stems[-1]) for text, _, _ in said)
    return set(phrase.stems) <= {root for _, root, _ in said}
