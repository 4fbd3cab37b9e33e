"""What a word is, for the index and for whoever types; and where words stand in a text. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# A run of letters and digits.
_WORD = re.compile(r"[^\W_]+")
# Scripts written without spaces: each character is a word of its own.
_ALONE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# Letters that decompose to nothing, but that people write without.
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
)
LONGEST_WORD = 40
MAX_QUERY = 200
MAX_WORDS = 12
# Characters of an excerpt, and of what stands in it before the first word found.
EXCERPT = 180
LEAD = 50


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an excerpt; is_found: a word that was looked for."""

    text: str
    is_found: bool = False


def fold(word: str) -> str:
    """Small letters without accents: "Crème" is "creme". "" when no letter is left."""
    if word.isascii():
        return word.lower()[:LONGEST_WORD]
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    kept = "".join(letter for letter in plain if letter.isalnum())
    return unicodedata.normalize("NFKC", kept)[:LONGEST_WORD]


def folded_words(*texts: str) -> list[str]:
    """Every word of these texts once, folded, in the order in which they come."""
    found = (word for text in texts for _, _, word in _places(text))
    return list(dict.fromkeys(found))


def query_words(query: str) -> list[str]:
    """The words that somebody looks for; of a long query those at its beginning."""
    return folded_words(query[:MAX_QUERY])[:MAX_WORDS]


def has_all(words: Sequence[str], texts: Iterable[str]) -> bool:
    """Whether each word begins a word of these texts."""
    there = folded_words(*texts)
    return all(any(one.startswith(word) for one in there) for word in words)


def has_any(words: Sequence[str], text: str) -> bool:
    return any(word.startswith(tuple(words)) for word in folded_words(text))


def excerpt(text: str, words: Sequence[str]) -> tuple[Part, ...]:
    """The text around the first word found, with what was found told apart; () for no text."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    begins = tuple(words)
    hits = [(start, end) for start, end, word in _places(text) if word.startswith(begins)]
    first, last = _bounds(text, hits[0][0] if hits else 0)
    parts: list[Part] = [Part("…")] if first else []
    reached = first
    for start, end in hits:
        if start < first or end > last:
            continue
        parts += [Part(text[reached:start]), Part(text[start:end], is_found=True)]
        reached = end
    parts.append(Part(text[reached:last] + ("…" if last < len(text) else "")))
    return tuple(part for part in parts if part.text)


def _bounds(text: str, hit: int) -> tuple[int, int]:
    """From where to where, between words where there are blanks."""
    first = 0 if hit <= LEAD else text.find(" ", hit - LEAD, hit) + 1 or hit - LEAD
    last = first + EXCERPT
    if last >= len(text):
        return first, len(text)
    blank = text.rfind(" ", hit, last)
    return first, blank if blank > first else last


def _places(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each word stands, and how it is folded. A letter and its accent are one character."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    for match in _WORD.finditer(text):
        for start, end in _alone(match):
            if folded := fold(text[start:end]):
                yield start, end, folded


def _alone(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The word whole, or cut at characters that are words of their own."""
    start = match.start()
    for one in _ALONE.finditer(match.string, match.start(), match.end()):
        if one.start() > start:
            yield start, one.start()
        yield one.span()
        start = one.end()
    if start < match.end():
        yield start, match.end()
