"""Where on a page an element stands: in what it is about, or in what surrounds that."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from pinboard.ingest.document import attribute

_MAX_STEPS = 40
#: Classes and ids of the part of a page that shows other pages, or sells something else.
_OTHER_THINGS = re.compile(
    r"(?:^|[^a-z])(?<!no-)(?<!has-)(?<!with-)(?:related|recommend\w*|up-?sells?|cross-?sells?|you-may-also|similar|carousel"
    r"|mini-?cart|sidebar|recently|also-?(?:bought|like|viewed)|bundle|accessor\w*|sponsored|teasers?"
    r"|comments?|reviews?|widget|suggest\w*|newsletter|cookie\w*|popup|modal|mega-?menu|slider)"
    r"(?:[^a-z]|$)",
    re.IGNORECASE,
)
_SURROUNDINGS = frozenset({"footer", "nav", "aside", "header"})


def is_aside(element: LexborNode) -> bool:
    """Whether an element stands among other things, or around the page's content."""
    parent: LexborNode | None = element
    for _ in range(_MAX_STEPS):
        if parent is None or parent.tag in ("body", "html"):
            return False
        if parent.tag in ("main", "article"):
            return False
        if _OTHER_THINGS.search(words_of(parent)):
            return True
        if parent.tag in _SURROUNDINGS:
            # A page's header holds the logo, an article's own its title and its author.
            return parent.tag != "header" or not is_inside(parent, ("article", "main"))
        parent = parent.parent
    return False


def is_inside(element: LexborNode, tags: tuple[str, ...]) -> bool:
    """Whether one of the elements around this one has one of these names."""
    parent = element.parent
    while parent is not None:
        if parent.tag in tags:
            return True
        parent = parent.parent
    return False


def words_of(element: LexborNode) -> str:
    """Class and id, for looking for words in them."""
    return f"{attribute(element, 'class')[:300]} {attribute(element, 'id')[:100]}"
