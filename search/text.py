"""What a word is, for both engines, the guides and whoever types: one place, so that all agree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from search.stem import stem

# Letters that decompose to nothing, but that people write without.
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
)
# A run of letters and digits; an apostrophe inside belongs to the word ("nonna's", "l’olio").
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
# Scripts written without spaces: each character is a word of its own.
_ALONE = re.compile(r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]+")
_POSSESSIVE = re.compile(r"['’ʼ]s?$")
# Where a title turns to something else; a dot or a dash inside a number or a word is none.
_TURN = re.compile(r"[,;:|()\[\]{}•·–—!?\n]+|\.(?=\s|$)|\s-+\s")
# One word with a letter before it, however it is written.
_T_SHIRT = re.compile(r"\bt[- ](?=shirts?\b)", re.I)
_DIGIT = re.compile(r"\d")
# Measures as shops and shoppers write them: 48", 48in, 5' x 8', 10ft, 18 X 18, 8 by 10.
_INCHES = re.compile(r"(?<=\d)\s?(?:''|′′|’’|[\"”″]|in\.|in\b(?!-|\s\w))")
_FEET = re.compile(r"(?<=\d)['’′](?![^\W\d])")
_UNIT = re.compile(
    r"(?<=\d)(?=(?:inch|inches|ft|foot|feet|cm|mm|oz|lbs?|kg|ml|qt|gal|pcs?|pk|volts?|watts?)\b)",
    re.I,
)
_ACROSS = re.compile(
    r"(?<=\d)(?:\s*-?(?:inch|inches|ft|foot|feet|cm))?\s*(?:[x×]|\bby\b)\s*(?=\d)", re.I
)
_SIZE = re.compile(r"\d+(?:x\d+)+")
LONGEST_WORD = 40
REMEMBERED = 20_000  # words; about 10 MB, as most are said again and again
# Stands between segments of one field, so that no phrase reaches from one into the next. Words
# that people write are never this: words() leaves it out.
BREAK = "zqxzq"
# Begins what stands in an entry for a fact ("zqfkrecipe", facts.py), which nobody types either.
FACT = "zqf"


def owner_token(person_id: int) -> str:
    """Stands in an own entry: whose it is, as a word for the engine."""
    return f"{FACT}p{person_id}"


@dataclass(frozen=True, slots=True)
class Word:
    """shown: as written, without apostrophe s. folded: small, without accents. stem: its root."""

    shown: str
    folded: str
    stem: str


def words(text: str) -> list[Word]:
    """The words of a text in order, stop words included."""
    return list(_words(text))


def _words(text: str) -> Iterator[Word]:
    # Composed first: a letter and its accent are one character for the pattern below.
    text = _ALONE.sub(r" \1 ", unicodedata.normalize("NFKC", text))
    text = _T_SHIRT.sub("t", text)
    if _DIGIT.search(text):
        text = _measured(text)
    for match in _WORD.finditer(text):
        word = _word(match.group())
        if word:
            yield word


@lru_cache(maxsize=REMEMBERED)
def _word(written: str) -> Word | None:
    """None for what has no letter left, and for what only stands in entries."""
    shown = _POSSESSIVE.sub("", written)
    folded = fold(shown)[:LONGEST_WORD]
    if not folded or folded == BREAK or folded.startswith(FACT):
        return None
    return Word(shown, folded, stem(folded))


def _measured(text: str) -> str:
    """Measures in one way of writing: 48 inch, 5 ft, 18x18."""
    text = _FEET.sub(" ft ", _INCHES.sub(" inch ", text))
    return _ACROSS.sub("x", _UNIT.sub(" ", text))


def sides(stem: str) -> list[str]:
    """The numbers of a size: "18x24" is 18 and 24; none for anything else."""
    return stem.split("x") if _SIZE.fullmatch(stem) else []


def segments(text: str) -> list[str]:
    """The parts of a text between which no phrase reaches: "Lemon pasta, green salad" has two."""
    return [part for part in _TURN.split(text) if part.strip()]


def fold(word: str) -> str:
    """A word as everybody types it: "Crème" and "creme" are "creme", "L’olio" is "lolio"."""
    if word.isascii():
        return word.lower().replace("'", "")
    folded = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(letter for letter in folded.translate(_LETTERS) if letter.isalnum())
    return unicodedata.normalize("NFKC", kept)


def stems(text: str) -> list[str]:
    return [word.stem for word in _words(text)]


def tidy(text: str, *, longest: int) -> str:
    """What somebody typed, without characters nobody sees, cut to a length that makes sense."""
    return " ".join(_UNSEEN.sub(" ", text[: longest * 4]).split())[:longest].strip()
