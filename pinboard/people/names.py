"""Names as people type them: small letters without accents, and every place to begin reading.

Pure functions, no rows: finding.py keeps and asks.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    PlainCharField = models.CharField[str, str]
else:  # Django's own class takes no parameters at run time
    PlainCharField = models.CharField

LONGEST = 60
# Letters that are no base letter with an accent, as keyboards without them write them.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_NO_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Small letters without accents, words parted by one blank: "Zoë O'Neil-Łuk" is
    "zoe oneil luk", and "@ana.b" is "ana b". At most LONGEST characters; "" for no letters."""
    text = _APOSTROPHES.sub("", text).casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", text)
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = _NO_WORD.sub(" ", unicodedata.normalize("NFKC", kept))
    return words.strip()[:LONGEST].rstrip()


def endings(*names: str) -> set[str]:
    """What somebody is found by: each name from each of its words on.

    "Ana Maria Luz" gives "ana maria luz", "maria luz", "luz": whatever is typed that begins
    like one of them, also across words, is one range of an ordered index.
    """
    found: set[str] = set()
    for name in names:
        words = fold(name).split()
        found.update(" ".join(words[start:]) for start in range(len(words)))
    return found


class OrderedByCode(PlainCharField):
    """Text in the order of its characters' numbers, on every engine, so that "begins with" is
    a range of the index. SQLite has that order anyway; PostgreSQL calls it "C"."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, str | None]:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
