"""Open Graph and its neighbours: ``<meta property="og:…">``, ``product:``, ``twitter:`` cards."""

from __future__ import annotations

import re

from pinboard.ingest import values
from pinboard.ingest.document import Document, attribute
from pinboard.ingest.readers.things import was
from pinboard.ingest.reading import Article, Kind, Movie, PageImage, Place, Product, Reading

MAX_TAGS = 400

_KINDS: dict[str, Kind] = {
    "product": "product",
    "product.item": "product",
    "og:product": "product",
    "article": "article",
    "news": "article",
    "blog": "article",
    "recipe": "recipe",
    "food": "recipe",
    "place": "place",
    "restaurant": "place",
    "restaurant.restaurant": "place",
    "hotel": "place",
    "business.business": "place",
    "video.movie": "movie",
    "movie": "movie",
}

Tags = dict[str, list[str]]


def read(document: Document) -> Reading:
    """What the page's meta properties say."""
    tags, pictures = _collect(document)
    product = _product(tags, document.language)
    place = _place(tags)
    kind = _kind(tags, product, place)
    return Reading(
        kind=kind,
        title=_text(tags, "og:title", "twitter:title", limit=values.TITLE_LENGTH),
        description=_text(tags, "og:description", "twitter:description", limit=values.TEXT_LENGTH),
        site_name=_text(tags, "og:site_name", "application-name", limit=100),
        canonical_url=document.absolute(_first(tags, "og:url")),
        author=_author(tags),
        published=values.moment(
            _first(tags, "article:published_time", "og:article:published_time", "article:published")
        ),
        language=values.language(_first(tags, "og:locale")),
        product=product if kind == "product" else Product(),
        article=_article(tags) if kind == "article" else Article(),
        place=place if kind == "place" else Place(),
        movie=_movie(tags) if kind == "movie" else Movie(),
        pictures=_pictures(pictures, document),
    )


def _collect(document: Document) -> tuple[Tags, list[dict[str, str]]]:
    """All meta properties by name, and the pictures with the lines that describe each.

    "og:image:width" belongs to the "og:image" before it, so order matters there.
    """
    tags: Tags = {}
    pictures: list[dict[str, str]] = []
    for element in document.tree.css("meta[content]")[:MAX_TAGS]:
        name = attribute(element, "property") or attribute(element, "name")
        name, content = name.strip().lower(), attribute(element, "content").strip()
        if not name or not content:
            continue
        tags.setdefault(name, []).append(content)
        if name in ("og:image", "og:image:url", "twitter:image", "twitter:image:src"):
            pictures.append({"url": content})
        elif name.startswith(("og:image:", "twitter:image:")) and pictures:
            pictures[-1].setdefault(name.rsplit(":", 1)[-1], content)
    return tags, pictures


def _first(tags: Tags, *names: str) -> str:
    return next((tags[name][0] for name in names if name in tags), "")


def _text(tags: Tags, *names: str, limit: int = values.LINE_LENGTH) -> str:
    found = (values.text(_first(tags, name), limit=limit) for name in names)
    return next((line for line in found if line), "")


def _kind(tags: Tags, product: Product, place: Place) -> Kind:
    kind = _KINDS.get(_first(tags, "og:type").lower().rsplit(":", 1)[-1], "plain")
    if kind in ("plain", "article") and product.price:
        return "product"
    return "place" if kind == "plain" and place.latitude is not None else kind


def _product(tags: Tags, language: str) -> Product:
    def amount_of(*prefixes: str) -> tuple[str, str]:
        for prefix in prefixes:
            written = _first(tags, prefix + ":amount", prefix)
            code = values.currency(_first(tags, prefix + ":currency") or written, language=language)
            if amount := values.price(written, currency=code):
                return amount, code
        return "", ""

    regular, code = amount_of("product:price", "og:price", "product:original_price")
    sale, sale_code = amount_of("product:sale_price")
    original, _ = amount_of("product:original_price")
    if not regular:
        return Product()
    price = sale or regular
    return Product(
        price=price,
        currency=sale_code or code,
        previous_price=was(price, original or regular),
        availability=values.availability(
            _first(tags, "product:availability", "og:availability", "og:product:availability")
        ),
        brand=_text(tags, "product:brand", "og:brand", limit=100),
    )


def _article(tags: Tags) -> Article:
    return Article(
        section=_text(tags, "article:section", limit=100),
        modified=values.moment(_first(tags, "article:modified_time", "og:updated_time")),
    )


def _place(tags: Tags) -> Place:
    latitude = values.coordinate(
        _first(tags, "place:location:latitude", "og:latitude", "geo:latitude"), most=90
    )
    longitude = values.coordinate(
        _first(tags, "place:location:longitude", "og:longitude", "geo:longitude"), most=180
    )
    known = latitude is not None and longitude is not None
    parts = [
        _text(tags, f"og:{name}", f"business:contact_data:{name.replace('-', '_')}", limit=200)
        for name in ("street-address", "postal-code", "locality", "region", "country-name")
    ]
    return Place(
        address=", ".join(dict.fromkeys(filter(None, parts))),
        latitude=latitude if known else None,
        longitude=longitude if known else None,
        phone=_text(tags, "business:contact_data:phone_number", "og:phone_number", limit=40),
    )


def _movie(tags: Tags) -> Movie:
    director = _text(tags, "video:director", limit=100)
    seconds = values.whole(_first(tags, "video:duration", "og:video:duration"))
    return Movie(
        director="" if director.startswith("http") else director, minutes=round(seconds / 60)
    )


def _author(tags: Tags) -> str:
    """A name; article:author is often the address of a profile."""
    for name in ("article:author", "author", "og:article:author", "parsely-author", "dc.creator"):
        found = [values.text(one, limit=100) for one in tags.get(name, [])[:3]]
        names = [one for one in found if one and not re.match(r"https?:|@|www\.", one)]
        if names:
            return ", ".join(dict.fromkeys(names))
    return ""


def _pictures(found: list[dict[str, str]], document: Document) -> tuple[PageImage, ...]:
    return tuple(
        PageImage(
            url=url,
            width=values.whole(one.get("width")),
            height=values.whole(one.get("height")),
            alt=values.text(one.get("alt")),
            found_in="opengraph",
        )
        for one in found[:20]
        if (url := document.absolute(one.get("secure_url") or one["url"]))
    )
