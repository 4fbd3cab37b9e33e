"""Articles in plain HTML: who wrote it, when, and whether it is one at all."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pinboard.ingest import times, values
from pinboard.ingest.document import Document, attribute
from pinboard.ingest.readers.meta import Tags, first, names_of_people
from pinboard.ingest.readers.places import is_aside

_AUTHORS = (
    *("author", "byl", "sailthru.author", "parsely-author", "dc.creator", "dcterms.creator"),
    *("citation_author", "article.author", "dc.author", "shareaholic:article_author_name"),
    *("cxenseparse:author", "og:author", "vr:author"),
)
_DATES = (
    *("parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "date"),
    *("dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "citation_publication_date"),
    *("article.published", "article:published", "og:published_time", "datepublished", "ptime"),
    *(
        "cxenseparse:recs:publishtime",
        "publication_date",
        "originalpublicationdate",
        "rnews:datepublished",
    ),
    *("article.created", "creationdate", "last-modified-date", "weibo:article:create_at", "pdate"),
)
_BYLINES = (
    '[rel~="author"], [itemprop="author"], .byline, .author-name, .author, [class*="byline" i],'
    ' [class*="author-name" i], [class*="authorname" i], address'
)
_BY = re.compile(
    r"^(?:(?:written |posted |words |reported |story )?by|von|par|por|di|door|av|af|text"
    r"|autor|автор)\b[:\s]*"
    r"|\s*[|•·–—].*$|\s*,\s.*$|\s+(?:on|published|updated)\b.*$",
    re.IGNORECASE,
)
_FEWEST_PARAGRAPHS = 4
_FEWEST_CHARACTERS = 1_200
_MAX_BOXES = 1_500
_MAX_CHILDREN = 400
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def author(document: Document, tags: Tags) -> str:
    """A name from the page's meta elements, or from the line below the headline."""
    if found := names_of_people(tags, *_AUTHORS):
        return found
    for element in document.tree.css(_BYLINES)[:8]:
        if is_aside(element):
            continue
        written = values.text(element.text(separator=" "), limit=90)
        name = _BY.sub("", _BY.sub("", written)).strip(" ,.:-")
        is_name = 1 < len(name.split()) < 5 and not re.search(r"\d|http|@|\bthe\b", name)
        if is_name and name[:1].isupper():
            return name
    return ""


def published(document: Document, tags: Tags) -> str:
    """A date from the page's meta elements, or the first the page marks as one."""
    country = document.locale.rpartition("-")[2]
    if found := times.moment(first(tags, *_DATES), country=country):
        return found
    for element in document.tree.css('time, [itemprop="datePublished"], abbr.published')[:6]:
        if is_aside(element):
            continue
        names = ("datetime", "content", "title")
        written = next((one for name in names if (one := attribute(element, name))), "")
        if found := times.moment(written or element.text()[:60], country=country):
            return found
    return ""


def is_article(document: Document, tags: Tags) -> bool:
    """Whether the page is made to be read: it says when it was written, or it is mostly prose."""
    if urlsplit(document.url).path in ("", "/"):
        return False
    tree = document.tree
    if any(name in tags for name in _DATES) or any(name.startswith("article:") for name in tags):
        return True
    is_marked = tree.css_first(
        '[itemprop="articleBody"], .entry-content, .h-entry .e-content, time[datetime]'
    )
    prose = 0
    paragraphs = 0
    for element in tree.css("p")[:300]:
        length = _length(element.text())
        if length < 80 or is_aside(element):
            continue
        linked = sum(len(link.text()) for link in element.css("a")[:20])
        if 2 * linked < length:
            prose += length
            paragraphs += 1
    enough = paragraphs >= _FEWEST_PARAGRAPHS and prose >= _FEWEST_CHARACTERS
    return enough or (is_marked is not None and paragraphs > 1) or _has_bare_prose(document)


def _has_bare_prose(document: Document) -> bool:
    """Whether one box holds an article's text without paragraphs, only with line breaks."""
    for element in document.tree.css("div, td, section, article")[:_MAX_BOXES]:
        length, child = 0, element.child
        for _ in range(_MAX_CHILDREN):
            if child is None:
                break
            if child.tag == "-text":
                length += _length(child.text())
            child = child.next
        if length >= _FEWEST_CHARACTERS and not is_aside(element):
            return True
    return False


def _length(written: str) -> int:
    """How much is said, in letters of an alphabet: a Chinese character says as much as two."""
    return len(written) + len(_WIDE.findall(written))
