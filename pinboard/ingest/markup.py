"""Make a document safe to parse: one linear walk before the real HTML parser sees it.

HTML parsers are quadratic, or worse, in what a hostile page can choose: 1 MB of nested ``<div>``
keeps lexbor busy for three minutes. So we walk over the tags once, keep a rough stack of open
elements, and cut the document where it stops being a page people made. What we do not need
(scripts, styles, comments, SVG) is left out on the way, JSON-LD is collected.

The parser gets what we write here, never the original: whatever we take for a tag is a tag to it
as well, and nothing else is, because every other "<" becomes ``&lt;``. Where HTML's rules are
subtle we count too deep rather than too shallow.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

#: Characters of a document we look at. A page has its best in the first megabyte.
MAX_CHARACTERS = 2 << 20
MAX_TAGS = 100_000
#: Blocks of JSON-LD we still look for behind the point where we stop: it often stands at the end.
MAX_LATE_BLOCKS = 20
_MAX_BLOCK = 1 << 20
MAX_DEPTH = 400  # browsers stop at 512
MAX_ATTRIBUTES = 300
#: How many elements the parser may add of its own by opening unclosed <b>, <i> … again.
MAX_REOPENED = 200_000

_NAME = re.compile(r"</?([a-zA-Z][^ \t\n\r\f/>\x00]*)")
_ATTRIBUTE = re.compile(r"[ \t\n\r\f/]*(>|[^ \t\n\r\f/>][^ \t\n\r\f/>=]*[ \t\n\r\f]*)")
_SPACE = re.compile(r"[ \t\n\r\f]*")
_UNQUOTED = re.compile(r"[^ \t\n\r\f>]*")
_JSON_LD = re.compile(r"""\btype\s*=\s*["']?\s*application/ld\+json""", re.IGNORECASE)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOID = _names(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source "
    "track wbr"
)
#: Their content is left out; of a title it is text, of a script with JSON-LD it is collected.
_OPAQUE = _names(
    "script style textarea title xmp iframe noembed noframes plaintext svg math template select"
)
_FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")
_INLINE = _FORMATTING | _names(
    "abbr acronym bdi bdo cite data del dfn ins kbd label map mark output picture q rp rt ruby "
    "samp span sub sup time var"
)
_TABLE_PARTS = _names("table tbody thead tfoot tr td th caption colgroup")
_WALLS = _names("table td th caption object applet marquee button")
#: Opening the first closes the second, if that is the innermost open element.
_CLOSES = {
    "li": ("li",),
    "dt": ("dd", "dt"),
    "dd": ("dd", "dt"),
    "option": ("option",),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("td", "th", "tr"),
}


@dataclass(frozen=True, slots=True)
class Markup:
    """html: safe to parse. json_ld: the content of each JSON-LD block, as written."""

    html: str
    json_ld: tuple[str, ...]


def tame(html: str) -> Markup:
    """Rewrite a document so that parsing it is cheap. Linear in its length; never raises."""
    walk = _Walk(html[:MAX_CHARACTERS].replace("\x00", ""))
    if not walk.run() or len(html) > MAX_CHARACTERS:
        walk.json_ld += _late_blocks(html, walk.reached)
    return Markup("".join(walk.pieces), tuple(walk.json_ld))


def _late_blocks(html: str, position: int) -> list[str]:
    """The JSON-LD behind a position, found by its words alone."""
    found: list[str] = []
    while len(found) < MAX_LATE_BLOCKS:
        named = html.find("application/ld+json", position)
        begin = html.find(">", named) + 1
        end = html.find("</script", begin)
        if named < 0 or begin == 0 or end < 0:
            break
        found.append(html[begin : min(end, begin + _MAX_BLOCK)])
        position = end
    return found


class _Walk:
    """One pass over the tags of a document."""

    def __init__(self, html: str) -> None:
        self.pieces: list[str] = []
        self.json_ld: list[str] = []
        self._html = html
        self._lower = html.lower() if html.isascii() else _lower_ascii(html)
        self._seen: Counter[str] = Counter()
        self._depth = _Depth()
        self.reached = 0

    def run(self) -> bool:
        """Walk to the end. False when the document was more than a page needs before that."""
        html, position = self._html, 0
        for _ in range(MAX_TAGS):
            self.reached = position
            start = html.find("<", position)
            self.pieces.append(html[position : start if start >= 0 else len(html)])
            if start < 0:
                self.reached = len(html)
                return True
            following = html[start + 1 : start + 2]
            if following in ("!", "?"):
                end = self._comment_end(start)
            elif match := _NAME.match(html, start):
                end = self._tag(match[1].lower(), start, match.end())
            else:
                self.pieces.append("&lt;")
                end = start + 1
            if end < 0:
                return False
            position = end
        return False

    def _comment_end(self, start: int) -> int:
        is_comment = self._html.startswith("<!--", start)
        mark = "-->" if is_comment else ">"
        end = self._html.find(mark, start + 2)
        return end + len(mark) if end >= 0 else -1

    def _tag(self, name: str, start: int, after_name: int) -> int:
        """Keep, drop or follow one tag; where to go on, or -1 to stop here."""
        end = self._tag_end(after_name)
        if end < 0:
            return -1
        if self._html[start + 1] == "/":
            self._depth.close(name)
        elif name in _OPAQUE:
            return self._opaque(name, start, end)
        elif name in ("html", "body") and self._seen[name]:
            return end  # a second one only adds attributes to the first
        elif not self._depth.open(name):
            return -1
        self._seen[name] += 1
        self.pieces.append(self._html[start:end])
        return end

    def _tag_end(self, position: int) -> int:
        """The end of a tag's attributes by the rules of the HTML tokenizer, or -1."""
        html = self._html
        for _ in range(MAX_ATTRIBUTES):
            match = _ATTRIBUTE.match(html, position)
            if match is None:
                return -1
            position = match.end()
            if match[1] == ">":
                return position
            if not html.startswith("=", position):
                continue
            position = _after(_SPACE, html, position + 1)
            quote = html[position : position + 1]
            if quote in ('"', "'"):
                position = html.find(quote, position + 1) + 1
                if position == 0:
                    return -1
            else:
                position = _after(_UNQUOTED, html, position)
        return -1

    def _opaque(self, name: str, start: int, end: int) -> int:
        """Skip an element whose content is not markup to us."""
        close = self._lower.find("</" + name, end)
        content = self._html[end : close if close >= 0 else len(self._html)]
        if name == "title" and not self._seen["title"]:
            self._seen["title"] += 1
            self.pieces.append(f"<title>{content.replace('<', '&lt;')}</title>")
        elif name == "script" and _JSON_LD.search(self._html, start, end):
            self.json_ld.append(content)
        if close < 0:
            return -1
        return self._html.find(">", close) + 1 or -1


class _Depth:
    """How deep the parser's tree is, at least as deep as it really is."""

    def __init__(self) -> None:
        self._stack: list[str] = []
        self._open: Counter[str] = Counter()
        self._unclosed_formatting: Counter[str] = Counter()
        self._unclosed = 0
        self._reopened = 0

    def open(self, name: str) -> bool:
        """Enter an element. False when that is more than a page needs."""
        if name not in _INLINE and self._stack and self._stack[-1] == "p":
            self._pop()
        for closed in _CLOSES.get(name, ("p",) if name == "p" else ()):
            if self._stack and self._stack[-1] == closed:
                self._pop()
        self._reopened += self._unclosed
        if name not in _VOID:
            self._stack.append(name)
            self._open[name] += 1
            if name in _FORMATTING:
                self._unclosed_formatting[name] += 1
                self._unclosed += 1
        return len(self._stack) <= MAX_DEPTH and self._reopened <= MAX_REOPENED

    def close(self, name: str) -> None:
        """Leave an element, if the parser would: an end tag does not reach through walls."""
        if self._unclosed_formatting[name]:
            self._unclosed_formatting[name] -= 1
            self._unclosed -= 1
        if not self._open[name] or not self._is_reachable(name):
            return
        while self._pop() != name:
            pass

    def _is_reachable(self, name: str) -> bool:
        for other in reversed(self._stack):
            if other == name:
                return True
            if name in _INLINE:
                wall = other not in _INLINE
            else:
                wall = other == "table" if name in _TABLE_PARTS else other in _WALLS
            if wall:
                return False
        return False

    def _pop(self) -> str:
        name = self._stack.pop()
        self._open[name] -= 1
        return name


def _after(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def _lower_ascii(text: str) -> str:
    """Lower case with every position kept: some capitals become two characters otherwise."""
    return text.translate(_ASCII_LOWER)


_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
