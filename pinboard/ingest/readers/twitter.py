"""Twitter cards: the same again for another network, and sometimes the only one a site has."""

from __future__ import annotations

import re

from pinboard.ingest import money, values
from pinboard.ingest.document import Document
from pinboard.ingest.players import player
from pinboard.ingest.readers.meta import Tags, collect, first, line
from pinboard.ingest.reading import Kind, Product, Reading

_PRICE = re.compile(r"price|prix|preis|precio|prezzo|prijs|pris|cena|preço", re.IGNORECASE)
_AUTHOR = re.compile(
    r"written by|by|author|verfasst von|geschrieben von|écrit par|escrito por|scritto da"
    r"|geschreven door|skrevet av|skriven av|napisan[eo] przez|автор|作者|投稿者",
    re.IGNORECASE,
)


def read(document: Document) -> Reading:
    """What the page's card says, its two free lines ("Price: 24 €") included."""
    tags, _ = collect(document)
    product = Product()
    author = ""
    for label, told in _lines(tags):
        if _AUTHOR.fullmatch(label):
            author = "" if told.startswith(("http", "@")) else told
        elif _PRICE.fullmatch(label):
            code = money.currency(told, locale=document.locale)
            product = Product(price=money.price(told, currency=code), currency=code)
    kind: Kind = "product" if product.price else "plain"
    return Reading(
        kind=kind,
        title=line(tags, "twitter:title", limit=values.TITLE_LENGTH),
        description=line(tags, "twitter:description", limit=values.TEXT_LENGTH),
        site_name=line(tags, "twitter:app:name:iphone", limit=100),
        author=author,
        product=product if kind == "product" else Product(),
        video=player(document.absolute(first(tags, "twitter:player"))),
    )


def _lines(tags: Tags) -> list[tuple[str, str]]:
    return [
        (
            line(tags, f"twitter:label{number}", limit=60).strip(" :"),
            line(tags, f"twitter:data{number}", limit=100),
        )
        for number in (1, 2)
    ]
