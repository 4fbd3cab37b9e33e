"""Values as pages write them, made plain: text, numbers, languages. See also ``money``, ``times``.

Every function takes whatever a page or a JSON block holds, returns the field's unknown value
when it makes no sense of it, and never raises. Inputs are cut before anything looks at them, so
that each costs little whatever its length.
"""

from __future__ import annotations

import html
import math
import re

TITLE_LENGTH = 300
LINE_LENGTH = 500
TEXT_LENGTH = 2_000

_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")
#: What is left of a tag that was cut off: "<img src=".
_TAG_BEGINS = re.compile(r"<(?=[/!?a-zA-Z])")
#: Tags that stand inside a word or before a full stop: no space in their place.
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|code|em|font|i|mark|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff\ufff0-\uffff]"
)

_MANGLED = re.compile(
    "Ã[\u0192\u201a-\u2122\u00a0-\u00bf]|Â[\u00a0-\u00bf]|â€[\u0153\u2122\u02dc\u201c-\u201d\u00a6\u00a2]"
)
_MANGLED_SPLIT = re.compile(f"({_MANGLED.pattern})")

_NUMBER = re.compile(r"(?<!\d)(?<!\de)[-+]?\d{1,12}(?:[.,]\d{1,12})?(?![\de])", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")


def text(value: object, *, limit: int = LINE_LENGTH) -> str:
    """One line of inert text: entities resolved, tags and invisible characters out, spaces single.

    limit: characters; longer text ends at a word with "…". Numbers are text too.
    """
    if isinstance(value, int | float) and number(value) is not None:
        value = f"{value:g}"
    if not isinstance(value, str):
        return ""
    found = value[: 4 * limit + 200]
    for _ in range(3):  # shops escape what their editor had escaped, and then once more
        if "&" not in found:
            break
        found = html.unescape(found)
    if _MANGLED.search(found):
        found = _unmangled(found)
    found = _without_scripts(found)
    for _ in range(3):  # "<<b>script>" has another inside
        found = _TAG.sub(" ", _INLINE_TAG.sub("", found))
    found = " ".join(_TAG_BEGINS.sub("< ", _UNSEEN.sub("", found)).split())
    if len(found) <= limit:
        return found
    cut = found[: limit - 1]
    if found[limit - 1] != " " and " " in cut[limit // 2 :]:
        cut = cut.rsplit(" ", 1)[0]
    return cut.rstrip(" ,.;:–-") + "…"


def _unmangled(found: str) -> str:
    """ "Itâ€™s" is "It’s": UTF-8 that somebody took for Windows-1252 and wrote as UTF-8 again."""
    try:
        return "".join(
            piece.encode("cp1252").decode("utf-8") if _MANGLED.fullmatch(piece) else piece
            for piece in _MANGLED_SPLIT.split(found)
        )
    except (UnicodeEncodeError, UnicodeDecodeError):
        return found


def _without_scripts(found: str) -> str:
    pieces = re.split(r"<(?:script|style)\b", found, flags=re.IGNORECASE)
    ends = re.compile(r"</(?:script|style)[^>]*>", re.IGNORECASE)
    return pieces[0] + " ".join(ends.split(piece, maxsplit=1)[-1] for piece in pieces[1:])


def lines(value: str) -> list[str]:
    """A text with line breaks, paragraphs or list items as separate lines, tags still inside."""
    value = re.sub(r"<(?:br|/p|/li|/div|/h\d)\b[^<>]*>", "\n", value[:40_000], flags=re.IGNORECASE)
    return [line for line in re.split(r"[\r\n]+", value) if line.strip()]


def number(value: object) -> float | None:
    """The first number in a value. A lone comma is a decimal comma."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e15 and math.isfinite(value) else None
    match = _NUMBER.search(value[:100]) if isinstance(value, str) else None
    return float(match[0].replace(",", ".")) if match else None


def whole(value: object) -> int:
    """A count: "1,234 reviews" is 1234. 0 if there is none or it is absurd."""
    if isinstance(value, str):
        value = re.sub(r"(?<=\d)[.,' \u00a0](?=\d{3}(?!\d))", "", value[:100])
    found = number(value)
    return int(found) if found is not None and 0 < found < 1e9 else 0


def coordinate(value: object, *, most: float) -> float | None:
    """Degrees, between -most and most."""
    found = number(value)
    if isinstance(value, str) and re.search(r"\d\s*[SW]\s*$", value[:60]) and found is not None:
        found = -abs(found)
    return round(found, 6) if found is not None and abs(found) <= most else None


def language(value: object) -> str:
    """A language tag: "en", "pt-BR" (also from "pt_BR"); "" if it is none."""
    if not isinstance(value, str):
        return ""
    value = value.strip().replace("_", "-")
    return value if _LANGUAGE.fullmatch(value) else ""
