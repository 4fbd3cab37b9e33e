"""The root of an English word: Porter's algorithm.

M. F. Porter, An algorithm for suffix stripping, Program 14(3), 1980, with the author's three
later amendments (bli, logi, short words left alone): https://tartarus.org/martin/PorterStemmer/.
Ours and not the engines' own, so that SQLite, PostgreSQL and the guides agree.
"""

from __future__ import annotations

from functools import lru_cache

_STEP_2 = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"),
    ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"),
    ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"),
    ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ("logi", "log"),
)  # fmt: skip
_STEP_3 = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""),
    ("ness", ""),
)  # fmt: skip
_STEP_4 = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous",
    "ive", "ize", "ion", "al", "er", "ic", "ou",
)  # fmt: skip
# Words whose Porter root would meet a stranger, and plurals that change inside.
_KNOWN = {
    "knives": "knife", "loaves": "loaf", "leaves": "leaf", "shelves": "shelf", "halves": "half",
    "men": "man", "women": "woman", "children": "child", "mens": "man", "womens": "woman",
    "childrens": "child", "feet": "foot", "mice": "mous",
    "news": "news", "potatoes": "potato", "tomatoes": "tomato", "colour": "color",
    "colours": "color", "coloured": "color", "grey": "gray",
    # Measures as they are written short.
    "ft": "foot", "lb": "pound", "lbs": "pound", "oz": "ounc", "qt": "quart", "gal": "gallon",
    "pc": "piec", "pcs": "piec", "pk": "pack",
}  # fmt: skip


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The root of a folded word. Short words, numbers and other scripts stay as they are."""
    if word in _KNOWN:
        return _KNOWN[word]
    if len(word) <= 2 or not (word.isascii() and word.isalpha()):
        return word
    word = _plurals(word)
    word = _past_and_present(word)
    if word.endswith("y") and _has_vowel(word[:-1]):
        word = word[:-1] + "i"
    word = _replace(word, _STEP_2)
    word = _replace(word, _STEP_3)
    return _tidy_end(_strip(word))


def _kinds(word: str) -> str:
    """The word as vowels (v) and consonants (c); y is a vowel after a consonant."""
    kinds = ""
    for place, letter in enumerate(word):
        if letter in "aeiou" or (letter == "y" and place and kinds[-1] == "c"):
            kinds += "v"
        else:
            kinds += "c"
    return kinds


def _measure(word: str) -> int:
    """How often vowels are followed by consonants: Porter's m."""
    return _kinds(word).count("vc")


def _has_vowel(word: str) -> bool:
    return "v" in _kinds(word)


def _ends_double(word: str) -> bool:
    return len(word) > 1 and word[-1] == word[-2] and _kinds(word)[-1] == "c"


def _ends_cvc(word: str) -> bool:
    return _kinds(word).endswith("cvc") and word[-1] not in "wxy"


def _plurals(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith("ies"):
        return word[:-2] if len(word) > 4 else word[:-1]
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _past_and_present(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    for ending in ("ed", "ing"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and _has_vowel(rest):
            break
    else:
        return word
    if rest.endswith(("at", "bl", "iz")):
        return rest + "e"
    if _ends_double(rest) and rest[-1] not in "lsz":
        return rest[:-1]
    if _measure(rest) == 1 and _ends_cvc(rest):
        return rest + "e"
    return rest


def _replace(word: str, table: tuple[tuple[str, str], ...]) -> str:
    for ending, other in table:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            return rest + other if _measure(rest) else word
    return word


def _strip(word: str) -> str:
    for ending in _STEP_4:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if ending == "ion" and not rest.endswith(("s", "t")):
                return word
            return rest if _measure(rest) > 1 else word
    return word


def _tidy_end(word: str) -> str:
    if word.endswith("e"):
        rest = word[:-1]
        measure = _measure(rest)
        if measure > 1 or (measure == 1 and not _ends_cvc(rest)):
            word = rest
    if word.endswith("ll") and _measure(word) > 1:
        word = word[:-1]
    return word
