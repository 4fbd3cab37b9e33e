"""Which of one's boards something belongs on: by its words, and by those of what lies there.

Boards are ranked as documents are (BM25): a board's text is its name, said several times over,
and the titles and sites of what its person saved there lately. Nothing is learnt or stored, so a
board is understood from its first pin on, and what is forgotten is forgotten here too.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pinboard.people.models import Person
from pinboard.pins.models import Board, Save

# Saves that are looked back at, the newest: one walk along an index, whatever else is stored.
LOOKED_BACK = 1_500
MOST_BOARDS = 300
# How often a board's name counts against one title on it, and a site against one word.
NAME_WEIGHT = 4
SITE_WEIGHT = 2
# BM25's usual two: how fast repetition saturates, and how much long boards are held back.
SATURATION = 1.2
LENGTH = 0.6
SUGGESTED = 3

_WORD = re.compile(r"[^\W_]{2,}")
_PART = re.compile(r"[^\W_]+")
_EMPTY = frozenset(
    _WORD.findall(
        "the and for with from your you our are was how why what all new best easy more this that"
        " in on of to at by is it an or as be my we der die das und mit fur von ein eine im zu den"
        " dem le la les des une un de du et en el los las con para por del di il per com www"
    )
)


def guess_boards(viewer: Person, words: str, site: str = "") -> tuple[list[Board], int]:
    """The viewer's boards in the order to offer them, and how many of the first are guesses.

    words: title and description. site: of the page, such as "shop.example". After the guesses come
    the others, last used first.
    """
    boards = list(Board.objects.of(viewer).select_related("owner")[:MOST_BOARDS])
    asked = _terms(words)
    if site:
        asked[_of_site(site)] = SITE_WEIGHT
    scores = _scores(asked, _texts(viewer, boards))
    guessed = [board for board in boards if board.pk in scores]
    first = sorted(guessed, key=lambda board: -scores[board.pk])[:SUGGESTED]
    return [*first, *(board for board in boards if board not in first)], len(first)


def is_called(board: Board, words: str) -> bool:
    """Whether each of these words begins one of the board's name; accents and case aside."""
    names = _PART.findall(_plain(board.name))
    return all(
        any(name.startswith(part) for name in names) for part in _PART.findall(_plain(words))
    )


def _texts(viewer: Person, boards: Sequence[Board]) -> dict[int, Counter[str]]:
    """By board id, how often each term is said there."""
    texts: dict[int, Counter[str]] = {board.pk: Counter() for board in boards}
    saves = Save.objects.filter(saver=viewer).order_by("-pk")
    for board_id, title, site in saves.values_list(
        "board_id", "pin__title", "pin__source__site_name"
    )[:LOOKED_BACK]:
        if (text := texts.get(board_id)) is not None:
            text.update(_terms(title))
            if site:
                text[_of_site(site)] += 1
    for board in boards:
        for term in _terms(f"{board.name} {board.about}"):
            texts[board.pk][term] += NAME_WEIGHT
    return texts


def _scores(asked: Counter[str], texts: dict[int, Counter[str]]) -> dict[int, float]:
    """BM25 of each board; boards that share no word with it are left out."""
    found: defaultdict[str, int] = defaultdict(int)
    for text in texts.values():
        for term in asked.keys() & text.keys():
            found[term] += 1
    usual = sum(text.total() for text in texts.values()) / max(1, len(texts)) or 1.0
    scores: dict[int, float] = {}
    for pk, text in texts.items():
        held_back = SATURATION * (1 - LENGTH + LENGTH * text.total() / usual)
        score = sum(
            weight
            * math.log(1 + (len(texts) - found[term] + 0.5) / (found[term] + 0.5))
            * text[term]
            * (SATURATION + 1)
            / (text[term] + held_back)
            for term, weight in asked.items()
            if term in text
        )
        if score > 0:
            scores[pk] = score
    return scores


def _of_site(site: str) -> str:
    return f"site:{site.casefold()}"


def _terms(words: str) -> Counter[str]:
    return Counter(_stems(_WORD.findall(_plain(words))))


def _plain(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _stems(words: Iterable[str]) -> Iterable[str]:
    """Without the plural's end: enough to find "vases" on the board "Vase"."""
    for word in words:
        if word not in _EMPTY:
            yield re.sub(r"(?:ies|es|s)$", "", word) if len(word) > 4 else word
