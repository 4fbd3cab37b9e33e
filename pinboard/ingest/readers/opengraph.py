"""Open Graph and its neighbours: ``<meta property="og:…">``, ``product:``, ``article:``."""

from __future__ import annotations

from pinboard.ingest import money, times, values
from pinboard.ingest.document import Document
from pinboard.ingest.players import player
from pinboard.ingest.readers.meta import Tags, collect, first, line, names_of_people
from pinboard.ingest.readers.offers import was
from pinboard.ingest.reading import (
    Article,
    Kind,
    Movie,
    PageImage,
    Place,
    Product,
    Reading,
    Video,
)

_KINDS: dict[str, Kind] = {
    "product": "product",
    "product.item": "product",
    "product.group": "product",
    "og:product": "product",
    "article": "article",
    "news": "article",
    "newsarticle": "article",
    "blog": "article",
    "blogposting": "article",
    "recipe": "recipe",
    "recipebox": "recipe",
    "food": "recipe",
    "place": "place",
    "restaurant": "place",
    "restaurant.restaurant": "place",
    "hotel": "place",
    "business.business": "place",
    "video.movie": "movie",
    "video.other": "movie",
    "video.episode": "movie",
    "video.tv_show": "movie",
    "video": "movie",
    "movie": "movie",
    "tv_show": "movie",
}


def read(document: Document) -> Reading:
    """What the page's meta properties say."""
    tags, pictures = collect(document)
    product = _product(tags, document.locale)
    place = _place(tags)
    kind = _kind(document.og_type, product, place)
    return Reading(
        kind=kind,
        title=line(tags, "og:title", limit=values.TITLE_LENGTH),
        description=line(tags, "og:description", limit=values.TEXT_LENGTH),
        site_name=line(tags, "og:site_name", "og:site", limit=100),
        canonical_url=document.absolute(first(tags, "og:url")),
        author=names_of_people(tags, "article:author", "og:article:author"),
        published=_moment(
            document,
            first(tags, "article:published_time", "og:article:published_time", "article:published"),
        ),
        language=values.language(first(tags, "og:locale")),
        product=product if kind == "product" else Product(),
        article=_article(tags, document) if kind == "article" else Article(),
        place=place if kind == "place" else Place(),
        movie=_movie(tags) if kind == "movie" else Movie(),
        video=_video(tags, document),
        pictures=_pictures(pictures, document),
    )


def _moment(document: Document, written: str) -> str:
    return times.moment(written, country=document.locale.rpartition("-")[2])


def _kind(og_type: str, product: Product, place: Place) -> Kind:
    kind = _KINDS.get(og_type) or _KINDS.get(og_type.rsplit(":", 1)[-1], "plain")
    if kind in ("plain", "article") and product.price:
        return "product"
    return "place" if kind == "plain" and place.latitude is not None else kind


def _product(tags: Tags, locale: str) -> Product:
    def amount_of(*prefixes: str) -> tuple[str, str]:
        for prefix in prefixes:
            written = first(tags, prefix + ":amount", prefix)
            said = first(tags, prefix + ":currency", prefix + ":standard_currency")
            code = money.currency(said, locale=locale) or money.currency(written, locale=locale)
            if amount := money.price(written, currency=code):
                return amount, code
        return "", ""

    regular, code = amount_of("product:price", "og:price", "product:original_price")
    sale, sale_code = amount_of("product:sale_price")
    original, _ = amount_of("product:original_price", "og:standard_price")
    stock = first(tags, "product:availability", "og:availability", "og:product:availability")
    return Product(
        price=sale or regular,
        currency=sale_code or code,
        previous_price=was(sale or regular, original or regular),
        availability=money.availability(stock),
        brand=line(tags, "product:brand", "og:brand", limit=100),
    )


def _article(tags: Tags, document: Document) -> Article:
    return Article(
        section=line(tags, "article:section", limit=100),
        modified=_moment(document, first(tags, "article:modified_time", "og:updated_time")),
    )


def _place(tags: Tags) -> Place:
    latitude = values.coordinate(
        first(tags, "place:location:latitude", "og:latitude", "geo:latitude"), most=90
    )
    longitude = values.coordinate(
        first(tags, "place:location:longitude", "og:longitude", "geo:longitude"), most=180
    )
    known = latitude is not None and longitude is not None
    parts = [
        line(tags, f"og:{name}", f"business:contact_data:{name.replace('-', '_')}", limit=200)
        for name in ("street-address", "postal-code", "locality", "region", "country-name")
    ]
    return Place(
        address=", ".join(dict.fromkeys(filter(None, parts))),
        latitude=latitude if known else None,
        longitude=longitude if known else None,
        phone=line(tags, "business:contact_data:phone_number", "og:phone_number", limit=40),
    )


def _movie(tags: Tags) -> Movie:
    return Movie(
        director=names_of_people(tags, "video:director"),
        minutes=times.seconds(first(tags, "video:duration", "og:video:duration", "og:duration")),
        cast=tuple(filter(None, names_of_people(tags, "video:actor").split(", "))),
    )


def _video(tags: Tags, document: Document) -> Video:
    for name in ("og:video:secure_url", "og:video:url", "og:video"):
        for written in tags.get(name, [])[:4]:
            found = player(document.absolute(written))
            if found.embed_url:
                minutes = times.seconds(first(tags, "video:duration", "og:video:duration"))
                return Video(found.embed_url, found.provider, minutes)
    return Video()


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
