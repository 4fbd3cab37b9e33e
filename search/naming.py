"""What pins are called: the thing a title names, not all the words that stand in it.

"Oak lounge chair with wool seat" is called a chair and a lounge chair; wool and seats are what it
has. Interests and pivots are things; what only stands beside them would be noise there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.roles import BEYOND, names_thing
from search.text import BREAK


def called(titles: Sequence[str]) -> dict[str, int]:
    """By root of a word or of two, a bit for every title that calls its pin so.

    titles: as they stand in entries, in the order of the bits, the lowest first.
    """
    found: dict[str, int] = {}
    for place, title in enumerate(titles):
        for root in names(title):
            found[root] = found.get(root, 0) | 1 << place
    return found


def names(title: str) -> Iterator[str]:
    """The thing of every part of a title, alone and with the word before it."""
    for part in title.split(BREAK):
        said = list(_before_beyond(part.split()))
        while said and not names_thing(said[-1]):
            said.pop()
        if said:
            yield said[-1]
        if len(said) > 1:
            yield " ".join(said[-2:])


def _before_beyond(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if word in BEYOND:
            return
        yield word
