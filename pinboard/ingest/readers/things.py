"""What each kind of schema.org thing has of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pinboard.ingest import values
from pinboard.ingest.readers.nodes import Graph, Node, types_of
from pinboard.ingest.reading import Article, Availability, Movie, Place, Product, Recipe

MAX_INGREDIENTS = 150
MAX_STEPS = 100
_MAX_STEP_DEPTH = 4
#: "4", "Serves 4-6", "4 Portionen", but not "1 tray (20 pieces)".
_SERVINGS = re.compile(
    r"\D{0,20}?(\d{1,3})(?:\s*[-–]\s*\d{1,3})?\s*"
    r"(?:$|serv|port|pers|people|guest|por[cç]|pess|gæst|osob|osób|порц|人)",
    re.IGNORECASE,
)
_PREVIOUS = ("listprice", "strikethroughprice", "srp", "msrp", "regularprice")


def product(graph: Graph, node: Node, language: str) -> Product:
    """Price, stock and brand. Of several offers, the cheapest that can be had."""
    variants = graph.nodes(node, "hasVariant", "model")[:50]
    offers = [o for holder in [node, *variants] for o in _offers(graph, holder, language)]
    has_stock = [offer for offer in offers if offer.availability in ("in_stock", "")]
    priced = [offer for offer in has_stock or offers if offer.price]
    best = min(priced, key=lambda offer: Decimal(offer.price), default=None)
    brand = graph.text(node, "brand", "manufacturer", limit=100)
    if best is None:
        known = [offer.availability for offer in offers if offer.availability]
        return Product(brand=brand, availability=known[0] if known else "")
    return Product(best.price, best.currency, best.previous_price, best.availability, brand)


def _offers(graph: Graph, node: Node, language: str) -> Iterator[Product]:
    """Each offer of a thing, the ones inside an AggregateOffer too."""
    for offer in graph.nodes(node, "offers"):
        inner = graph.nodes(offer, "offers") if "price" not in offer else []
        yield _offer(graph, offer, language)
        for one in inner[:50]:
            yield _offer(graph, one, language)


def _offer(graph: Graph, offer: Node, language: str) -> Product:
    holders = [offer, *graph.nodes(offer, "priceSpecification")]
    code = ""
    for holder in holders:
        written = graph.plain(holder, "priceCurrency", "currency") or graph.plain(holder, "price")
        code = code or values.currency(written, language=language)
    price, previous = "", ""
    for holder in holders:
        amount = values.price(graph.plain(holder, "price", "lowPrice"), currency=code)
        price_type = str(graph.plain(holder, "priceType") or "").rsplit("/", 1)[-1].lower()
        if price_type in _PREVIOUS:
            previous = previous or amount
        else:
            price = price or amount
    return Product(
        price=price or previous,
        currency=code if price or previous else "",
        previous_price=was(price, previous),
        availability=_availability(graph, offer),
    )


def was(price: str, previous: str) -> str:
    """The previous price, if the price has fallen."""
    return previous if price and previous and Decimal(previous) > Decimal(price) else ""


def _availability(graph: Graph, offer: Node) -> Availability:
    return values.availability(graph.plain(offer, "availability"))


def recipe(graph: Graph, node: Node, _language: str) -> Recipe:
    """Ingredients, steps and times. A missing total is the sum of its parts."""
    prep = values.minutes(graph.plain(node, "prepTime"))
    cook = values.minutes(graph.plain(node, "cookTime", "performTime"))
    yields = _yields(graph, node)
    servings = _SERVINGS.match(yields)
    return Recipe(
        ingredients=_ingredients(graph, node),
        steps=tuple(_steps(graph, graph.all(node, "recipeInstructions", "step")))[:MAX_STEPS],
        total_minutes=values.minutes(graph.plain(node, "totalTime")) or prep + cook,
        prep_minutes=prep,
        cook_minutes=cook,
        servings=int(servings[1]) if servings else 0,
        yields=yields,
        cuisine=", ".join(graph.texts(node, "recipeCuisine", limit=60)[:3]),
        category=", ".join(graph.texts(node, "recipeCategory", limit=60)[:3]),
    )


def _yields(graph: Graph, node: Node) -> str:
    """ "4 servings" rather than "4", where the page gives both."""
    found = graph.texts(node, "recipeYield", "yield", limit=60)
    for quantity in graph.nodes(node, "recipeYield", "yield"):
        found.append(graph.text(quantity, "value", limit=60))
    return max(found, key=lambda line: (not line.isdecimal(), len(line)), default="")


def _ingredients(graph: Graph, node: Node) -> tuple[str, ...]:
    found: list[str] = []
    for value in graph.all(node, "recipeIngredient", "ingredients", "supply"):
        written = values.lines(value) if isinstance(value, str) else [value]
        found += [line for one in written if (line := graph.text_of(one, limit=300))]
    return tuple(found[:MAX_INGREDIENTS])


def _steps(graph: Graph, found: list[Any], depth: int = 0) -> Iterator[str]:
    """The steps in order, whether written as text, as a list, as HowToSteps or in sections."""
    for value in found:
        if isinstance(value, str):
            for line in values.lines(value):
                if step := values.text(line, limit=values.TEXT_LENGTH):
                    yield step
        elif isinstance(value, list) and depth < _MAX_STEP_DEPTH:
            yield from _steps(graph, value, depth + 1)
        elif isinstance(value, dict) and depth < _MAX_STEP_DEPTH:
            step_node = graph.node(value)
            inner = graph.all(step_node, "itemListElement", "steps")
            if inner and ("text" not in step_node or "howtosection" in types_of(step_node)):
                yield from _steps(graph, inner, depth + 1)
            else:
                yield from _steps(graph, graph.all(step_node, "text", "name", "item"), depth + 1)


def article(graph: Graph, node: Node, _language: str) -> Article:
    """Section and last change."""
    return Article(
        section=graph.text(node, "articleSection", limit=100),
        modified=values.moment(graph.plain(node, "dateModified")),
    )


def place(graph: Graph, node: Node, _language: str) -> Place:
    """Address in one line, coordinates, phone."""
    geo = next(iter(graph.nodes(node, "geo")), node)
    latitude = values.coordinate(graph.plain(geo, "latitude"), most=90)
    longitude = values.coordinate(graph.plain(geo, "longitude"), most=180)
    known = latitude is not None and longitude is not None
    return Place(
        address=_address(graph, node),
        latitude=latitude if known else None,
        longitude=longitude if known else None,
        phone=graph.text(node, "telephone", limit=40),
        price_range=graph.text(node, "priceRange", limit=40),
    )


def _address(graph: Graph, node: Node) -> str:
    parts: list[str] = []
    for address in graph.nodes(node, "address")[:1]:
        town = [graph.text(address, name, limit=100) for name in ("postalCode", "addressLocality")]
        parts.append(graph.text(address, "streetAddress", limit=200))
        parts.append(" ".join(filter(None, town)))
        parts += [
            graph.text(address, name, limit=100) for name in ("addressRegion", "addressCountry")
        ]
    return ", ".join(dict.fromkeys(filter(None, parts))) or graph.text(node, "address")


def movie(graph: Graph, node: Node, _language: str) -> Movie:
    """Director and length."""
    return Movie(
        director=", ".join(graph.texts(node, "director", limit=100)[:3]),
        minutes=values.minutes(graph.plain(node, "duration", "timeRequired")),
    )
