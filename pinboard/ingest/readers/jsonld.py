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
#: What a string literal ends before, and what may stand after a stray quote inside one.
_AFTER_STRING = re.compile(r"\s*(?:[,:}\]]|$)")
_PLAIN = re.compile(r'[^"\\]+')
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')
_OUTSIDE = re.compile(r'[^",/}\]]+')

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
    for undo_entities, mend in ((False, False), (False, True), (True, True)):
        text = html.unescape(block) if undo_entities else block
        try:
            return _all_values(_mended(text) if mend else text)
        except (ValueError, RecursionError):  # RecursionError: deeper than any page is
            continue
    return []


def _unwrapped(block: str) -> str:
    block = block.strip().strip("\ufeff").strip()
    for _ in range(3):
        for opener in _OPENERS:
            block = block.removeprefix(opener).lstrip()
        for closer in _CLOSERS:
            block = block.removesuffix(closer).rstrip()
    return block


def _all_values(text: str) -> list[Any]:
    """One JSON value, or several in a row."""
    found: list[Any] = []
    text = text.strip()
    while text and len(found) < MAX_BLOCKS:
        value, end = _DECODER.raw_decode(text)
        found.append(value)
        text = text[end:].lstrip(" \t\r\n,;")
    return found


def _mended(text: str) -> str:
    """The same JSON without comments, trailing commas and stray quotes. Linear."""
    pieces: list[str] = []
    position = 0
    while position < len(text):
        character = text[position]
        if character == '"':
            literal, position = _mended_string(text, position + 1)
            pieces.append(literal)
            continue
        if match := _OUTSIDE.match(text, position):
            pieces.append(match[0])
            position = match.end()
            continue
        if character == "/":
            mark = "*/" if text.startswith("/*", position) else "\n"
            position = text.find(mark, position) + len(mark)
            if position < len(mark):
                break
            continue
        if character in "}]":
            _drop_trailing_comma(pieces)
        pieces.append(character)
        position += 1
    return "".join(pieces)


def _drop_trailing_comma(pieces: list[str]) -> None:
    while pieces and not pieces[-1].strip():
        pieces.pop()
    if pieces and pieces[-1] == ",":
        pieces.pop()


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
