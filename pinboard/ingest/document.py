"""A page as the readers get it: parsed once, safe to query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pinboard.ingest import values
from pinboard.ingest.charset import decode
from pinboard.ingest.links import absolute
from pinboard.ingest.markup import tame


@dataclass(frozen=True, slots=True)
class Document:
    """url: where the page came from. base: what its relative addresses are relative to.

    language: as the page declares it, or "". json_ld: the blocks as written, still broken.
    locale: language and country of the site, "en-CA", for what "$" and 3/4/2026 mean there.
    source: the whole text, hostile as it came; tree: safe to query.
    headline: the page's first big heading, or "". og_type: what og:type says, lower case.
    """

    url: str
    base: str
    language: str
    locale: str
    headline: str
    og_type: str
    json_ld: tuple[str, ...]
    tree: LexborHTMLParser
    source: str

    @classmethod
    def parse(cls, body: bytes, *, url: str, charset: str = "") -> Document:
        """Parse any bytes at all. url: absolute http(s)."""
        source = decode(body, charset)
        markup = tame(source)
        tree = LexborHTMLParser(markup.html)
        root = tree.css_first("html")
        base = tree.css_first("base[href]")
        language = values.language(attribute(root, "lang")) if root else ""
        heading = tree.css_first("h1")
        return cls(
            url=url,
            base=(absolute(url, attribute(base, "href")) if base else "") or url,
            language=language,
            locale=locale_of(url, language or _declared_locale(tree)),
            headline=values.text(heading.text(), limit=values.TITLE_LENGTH) if heading else "",
            og_type=_meta(tree, "og:type").strip().lower(),
            json_ld=markup.json_ld,
            tree=tree,
            source=source,
        )

    def absolute(self, reference: object) -> str:
        """An address found on the page, absolute http(s), or ""."""
        return absolute(self.base, reference)


def attribute(node: LexborNode, name: str) -> str:
    """An attribute's value; "" if it is missing or empty."""
    return node.attributes.get(name) or ""


#: Two letters that anybody may register, whatever country they were given to.
_NO_COUNTRY = frozenset(["io", "co", "me", "tv", "ai", "fm", "ly", "to", "gg", "cc", "ws", "eu"])
_COUNTRY_IN_PATH = re.compile(r"/(?:([a-z]{2})/[a-z]{2}|[a-z]{2}[-_]([a-z]{2}))(?:/|$)", re.I)


def locale_of(url: str, language: str) -> str:
    """Language and country of a site, each as far as it is known: "en-CA", "de", "-SE".

    The country is the site's: its name's last letters, then its path (/en-ca/, /gb/en/), and only
    then the page's language, because half of the web's templates begin with lang="en-US".
    """
    parts = urlsplit(url)
    last = (parts.hostname or "").rsplit(".", 1)[-1]
    country = last if len(last) == 2 and last.isalpha() and last not in _NO_COUNTRY else ""
    in_path = _COUNTRY_IN_PATH.match(parts.path)
    if not country and in_path:
        country = in_path[1] or in_path[2]
    spoken, *rest = language.split("-")
    if not country:
        country = next((part for part in rest if len(part) == 2), "")
    country = {"UK": "GB"}.get(country.upper(), country.upper())
    return f"{spoken}-{country}" if country else spoken


def _declared_locale(tree: LexborHTMLParser) -> str:
    return values.language(_meta(tree, "og:locale"))


def _meta(tree: LexborHTMLParser, name: str) -> str:
    element = tree.css_first(f'meta[property="{name}"], meta[name="{name}"]')
    return attribute(element, "content") if element else ""
