"""JSON-LD: ``<script type="application/ld+json">``, block by block.

Each block is read on its own, because one broken block is common and must not cost the others.
What does not parse is repaired the way people who write templates by hand break it: comments and
CDATA around it, escaped entities, trailing commas, a quote inside a string, two objects in a row.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

from pinboard.ingest.document import Document
from pinboard.ingest.readers import schema
from pinboard.ingest.reading import Reading

MAX_BLOCKS = 50
#: What stands around the JSON to hide it from browsers of 1998.
_OPENERS = ("<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "// <![CDATA[", "/* <![CDATA[ */")
_CLOSERS = ("//-->", "// -->", "-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", ";")
#: What is behind a quote that ends a string; any other quote inside one is a stray.
_AFTER_STRING = re.compile(
    r"\s*(?:[:}\]]|,\s*(?:[A-Za-z_]\w*\s*:|[,\"{\[}\]/<“]|-?\d|true|false|null|$)|[\r\n]\s*\"|$)"
)
_PLAIN = re.compile(r'[^"\\]+')
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')
_OUTSIDE = re.compile(r'[^",:/{}\[\]]+')
#: What an editor puts at the end of each line of what it takes for text.
_LINE_TAGS = re.compile(r"<(?:br ?/?|/?p)>", re.IGNORECASE)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_DIGITS = re.compile(r"\s*(\d[\d.,]*)\s*(?=[,}\]\r\n])")
_CURLY_QUOTES = str.maketrans("“”„″", '""""')

#: Control characters inside strings are fine; NaN and Infinity are no values.
_DECODER = json.JSONDecoder(strict=False, parse_constant=lambda _name: None)


def read(document: Document) -> Reading:
    """What the page's JSON-LD says."""
    nodes: list[Any] = []
    for block in document.json_ld[:MAX_BLOCKS]:
        nodes += parse_block(block)
    return schema.read(nodes, document, found_in="jsonld")


def parse_block(block: str) -> list[Any]:
    """The JSON values in one block, repaired if need be; [] if it is beyond repair."""
    block = _unwrapped(block)
    found: list[Any] = []
    for undo, mend in ((False, False), (False, True), (True, True)):
        text = _unescaped(block) if undo else block
        try:
            found, is_whole = _all_values(_Mended(text).run() if mend else text)
        except RecursionError:  # deeper than any page is
            continue
        if is_whole:
            break
    return found


def _unescaped(block: str) -> str:
    """A block that an editor escaped, or whose quotes a typesetting plug-in made curly."""
    found = html.unescape(block)
    return found if '"' in found else found.translate(_CURLY_QUOTES)


def _unwrapped(block: str) -> str:
    block = block.strip().strip("\ufeff").strip()
    for _ in range(3):
        for opener in _OPENERS:
            block = block.removeprefix(opener).lstrip()
        for closer in _CLOSERS:
            block = block.removesuffix(closer).rstrip()
    return block


def _all_values(text: str) -> tuple[list[Any], bool]:
    """One JSON value, or several in a row; and whether that was all there is."""
    found: list[Any] = []
    text = text.strip()
    while text and len(found) < MAX_BLOCKS:
        try:
            value, end = _DECODER.raw_decode(text)
            if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):  # JSON inside JSON
                value = _DECODER.decode(value.strip())
        except ValueError:
            return found, False
        found.append(value)
        text = text[end:].lstrip(" \t\r\n,;")
    return found, True


class _Mended:
    """One walk over a block that repairs what people break in templates. Linear.

    Comments, trailing and missing commas, stray quotes, missing values, words that JavaScript
    knows and JSON does not, 1.299,00 as a number, and an end that was cut off.
    """

    def __init__(self, text: str) -> None:
        self._text = _LINE_TAGS.sub("\n", text)
        self._pieces: list[str] = []
        self._open: list[str] = []
        self._position = 0

    def run(self) -> str:
        text = self._text
        while self._position < len(text):
            character = text[self._position]
            if character == '"':
                self._string()
            elif match := _OUTSIDE.match(text, self._position):
                self._words(match[0])
                self._position = match.end()
            elif character == "/":
                self._comment()
            else:
                self._mark(character)
                self._position += 1
        return self._closed()

    def _string(self) -> None:
        if self._last() not in ("", ",", ":", "{", "["):
            self._pieces.append(",")  # the comma at the end of the line before
        literal, self._position = _mended_string(self._text, self._position + 1)
        self._pieces.append(literal)

    def _words(self, found: str) -> None:
        """What stands between marks: a number, a word, space, or something JSON does not know."""
        word = found.strip()
        if word in ("", "true", "false", "null") or _NUMBER.fullmatch(word):
            self._pieces.append(word)
        elif self._last() == ":":
            self._pieces.append(json.dumps(word) if word[0].isdigit() else "null")
        elif word.isidentifier() and self._last() in ("{", ","):
            self._pieces.append(json.dumps(word))
        elif word != ";":
            self._pieces.append("null" if word.isidentifier() else word)

    def _comment(self) -> None:
        text, position = self._text, self._position
        mark = "*/" if text.startswith("/*", position) else "\n"
        end = text.find(mark, position)
        self._position = end + len(mark) if end >= 0 else len(text)

    def _mark(self, character: str) -> None:
        last = self._last()
        if character in "}]":
            self._drop_last_comma()
            if self._open and self._open[-1] == {"}": "{", "]": "["}[character]:
                self._open.pop()
        elif character in "{[":
            if last in ("}", "]"):
                self._pieces.append(",")
            self._open.append(character)
        elif character == "," and (last in (",", "{", "[") or self._is_number_with_comma(last)):
            return
        if character in ",}" and last == ":":
            self._pieces.append("null")
        self._pieces.append(character)

    def _is_number_with_comma(self, last: str) -> bool:
        """Take 1.299,00 or 1,299.00 whole, as text, where a name would have to follow."""
        more = _DIGITS.match(self._text, self._position + 1)
        if not more or self._open[-1:] != ["{"] or not _NUMBER.fullmatch(last):
            return False
        rest = more[1].rstrip(",")
        self._pieces[-1] = json.dumps(f"{last},{rest}")
        self._position = more.start(1) + len(rest) - 1
        return True

    def _last(self) -> str:
        while self._pieces and not self._pieces[-1].strip():
            self._pieces.pop()
        return self._pieces[-1] if self._pieces else ""

    def _drop_last_comma(self) -> None:
        if self._last() == ",":
            self._pieces.pop()

    def _closed(self) -> str:
        """The end that is missing, after what was complete."""
        if self._open:
            self._drop_last_comma()
            if self._last() == ":":
                self._pieces.append("null")
            elif self._open[-1] == "{" and self._last()[:1] == '"' and self._is_name():
                self._pieces.pop()
                self._drop_last_comma()
        closing = ("}" if mark == "{" else "]" for mark in reversed(self._open))
        return "".join(self._pieces) + "".join(closing)

    def _is_name(self) -> bool:
        """Whether the last string is the name of a value that never came."""
        return len(self._pieces) > 1 and self._pieces[-2] in (",", "{")


def _mended_string(text: str, position: int) -> tuple[str, int]:
    """A string literal from behind its opening quote, and where it ends."""
    pieces = ['"']
    while position < len(text):
        if match := _PLAIN.match(text, position) or _ESCAPE.match(text, position):
            pieces.append(match[0])
            position = match.end()
        elif text[position] == "\\":
            position += 1  # an escape JSON does not know, such as \\'
        elif _AFTER_STRING.match(text, position + 1):
            return "".join(pieces) + '"', position + 1
        else:
            pieces.append('\\"')
            position += 1
    return "".join(pieces) + '"', position
