"""A page as the readers get it: parsed once, safe to query."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pinboard.ingest import values
from pinboard.ingest.charset import decode
from pinboard.ingest.links import absolute
from pinboard.ingest.markup import tame


@dataclass(frozen=True, slots=True)
class Document:
    """url: where the page came from. base: what its relative addresses are relative to.

    language: as the page declares it, or "". json_ld: the blocks as written, still broken.
    """

    url: str
    base: str
    language: str
    json_ld: tuple[str, ...]
    tree: LexborHTMLParser

    @classmethod
    def parse(cls, body: bytes, *, url: str, charset: str = "") -> Document:
        """Parse any bytes at all. url: absolute http(s)."""
        markup = tame(decode(body, charset))
        tree = LexborHTMLParser(markup.html)
        root = tree.css_first("html")
        base = tree.css_first("base[href]")
        return cls(
            url=url,
            base=(absolute(url, attribute(base, "href")) if base else "") or url,
            language=values.language(attribute(root, "lang")) if root else "",
            json_ld=markup.json_ld,
            tree=tree,
        )

    def absolute(self, reference: object) -> str:
        """An address found on the page, absolute http(s), or ""."""
        return absolute(self.base, reference)


def attribute(node: LexborNode, name: str) -> str:
    """An attribute's value; "" if it is missing or empty."""
    return node.attributes.get(name) or ""
