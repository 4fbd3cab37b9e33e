"""A list of ingredients held against the page it stands on.

Plug-ins write the heading of a part ("Apple slaw") into their data as if it were something to
buy, and some forget all parts but the first. What people see tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pinboard.ingest import values
from pinboard.ingest.document import Document
from pinboard.ingest.readers.food import ingredients
from pinboard.ingest.readers.places import is_aside

_MAX_ELEMENTS = 400
_LONGEST_HEADING = 60
_HEADINGS = (
    'h2, h3, h4, h5, h6, legend, [class*="group-name" i],'
    ' [class*="ingredient" i][class*="title" i],'
    ' [class*="ingredient" i][class*="heading" i], [class*="ingredient" i][class*="header" i],'
    ' [class*="ingredient" i] [class*="heading" i]'
)
_UNIT = (
    r"(?:cups?|tablespoons?|teaspoons?|tbsps?|tsps?|ounces?|oz|pounds?|lbs?|grams?|gr?|kg|ml|dl|cl"
    r"|l|litres?|liters?|pints?|quarts?|cloves?|cans?|sticks?|pinch(?:es)?|stalks?|ribs?|heads?"
    r"|bunch(?:es)?|slices?|sprigs?|packages?|pkgs?|el|tl|esslöffel|teelöffel|prisen?|zehen?|ss|ts"
    r"|msk|tsk|krm|cuill\w*|gousses?|cucharad\w*|cucchia\w*|spicchi\w*|eetlepels?|theelepels?)"
)
_MEASURED = re.compile(rf"\W{{0,3}}[\d½⅓⅔¼¾⅛][\d\s/.,½⅓⅔¼¾⅛–-]*\s?{_UNIT}\b", re.IGNORECASE)
_COUNTED = re.compile(r"\W{0,3}[\d½⅓⅔¼¾⅛]")
_FEWEST_MEASURED = 3
_FEWEST_LINES = 5


def checked(listed: tuple[str, ...], document: Document) -> tuple[str, ...]:
    """The same list without lines that are headings on the page, and with what it lacks of it."""
    if len(listed) < 3:
        return listed
    return _without_headings(_whole(listed, document.tree), document.tree)


def measured(tree: LexborHTMLParser) -> list[str]:
    """The lines of the first list of which most begin with an amount, whatever it is called."""
    for element in tree.css("ul, ol")[:_MAX_ELEMENTS]:
        lines = list(_entries(element))
        counted = sum(bool(_COUNTED.match(line)) for line in lines)
        with_unit = sum(bool(_MEASURED.match(line)) for line in lines)
        is_list = len(lines) >= _FEWEST_LINES and with_unit >= _FEWEST_MEASURED
        if is_list and 4 * counted >= 3 * len(lines) and not is_aside(element):
            return lines
    return []


def _whole(listed: tuple[str, ...], tree: LexborHTMLParser) -> tuple[str, ...]:
    """The page's own list where it is one list that holds all of these, and more."""
    known = {_bare(line) for line in listed}
    for element in tree.css("ul, ol")[:_MAX_ELEMENTS]:
        lines = list(_entries(element))
        if not len(listed) + 1 < len(lines) <= 4 * len(listed):
            continue
        if known <= {_bare(line) for line in lines}:
            return ingredients(lines)
    return listed


def _without_headings(listed: tuple[str, ...], tree: LexborHTMLParser) -> tuple[str, ...]:
    following = {
        _bare(line): _bare(after)
        for line, after in pairwise(listed)
        if len(line) <= _LONGEST_HEADING and not re.search(r"[\d½⅓⅔¼¾⅛,]", line)
    }
    headings = {name for name in following if _is_shouted(name, listed)} if following else set()
    for element in tree.css(_HEADINGS)[: 3 * _MAX_ELEMENTS] if following else ():
        name = _bare(element.text()[: 2 * _LONGEST_HEADING])
        if name in following and _is_followed(element, following[name]):
            headings.add(name)
    kept = tuple(line for line in listed[:-1] if _bare(line) not in headings) + listed[-1:]
    # Some write every ingredient as a heading.
    return kept if 4 * (len(listed) - len(kept)) <= len(listed) else listed


def _is_shouted(name: str, listed: tuple[str, ...]) -> bool:
    """Whether a line is in capitals where hardly any other is."""
    loud = [_bare(line) for line in listed if line.isupper()]
    return name in loud and 4 * len(loud) <= len(listed)


def _is_followed(heading: LexborNode, line: str) -> bool:
    """Whether a line comes right behind an element, or behind the boxes it sits in."""
    start: LexborNode | None = heading
    for _ in range(3):
        after = start.next if start else None
        for _ in range(4):
            if after is None:
                break
            if _bare(after.text()[:600])[:400].find(line[:30]) >= 0:
                return True
            after = after.next
        start = start.parent if start else None
    return False


def _entries(element: LexborNode) -> Iterator[str]:
    """The texts of a list's own entries; none of a list of lists or of links."""
    entries = element.css("li")[:151]
    nested = [one for one in element.css("ul, ol, form")[:2] if one.mem_id != element.mem_id]
    if nested or not _FEWEST_LINES <= len(entries) <= 150:
        return
    for entry in entries:
        if entry.css_first("h2, h3, h4, h5"):
            continue
        line = values.text(entry.text(separator=" "), limit=500)
        if line:
            yield re.sub(r"\s+([,.;:)])", r"\1", line)


def _bare(line: str) -> str:
    return re.sub(r"\W+", "", line).lower()
