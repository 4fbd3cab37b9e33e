"""Products: what they cost, in which variants, and whether they are to be had."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pinboard.ingest import money
from pinboard.ingest.document import Document
from pinboard.ingest.links import query_of
from pinboard.ingest.readers.nodes import Graph, Node
from pinboard.ingest.reading import Availability, Product

_MAX_VARIANTS = 60
_PREVIOUS = ("listprice", "strikethroughprice", "srp", "msrp", "regularprice")
#: Parameters by which a page says which of its variants it shows.
_CHOICE = ("variant", "variation", "sku", "color", "colour", "variationid", "v1", "pid")


def product(graph: Graph, node: Node, document: Document) -> Product:
    """Price, stock, brand and variants. Of several offers, the cheapest that can be had."""
    variants = graph.nodes(node, "hasVariant", "model")[:_MAX_VARIANTS]
    offers = [
        (offer, chosen)
        for holder in [node, *variants]
        for offer, chosen in _offers(graph, holder, document)
    ]
    brand = graph.text(node, "brand", "manufacturer", limit=100)
    brand = brand or next(iter(graph.text(one, "brand", limit=100) for one in variants), "")
    told = dict.fromkeys(_variant_name(graph, node, one) for one in variants)
    names = tuple(name for name in told if name)
    best, highest = _best(offers)
    if best is None:
        known = [offer.availability for offer, _ in offers if offer.availability]
        return Product(
            brand=brand, availability=known[0] if known else "", variants=names if names[1:] else ()
        )
    return Product(
        price=best.price,
        currency=best.currency,
        previous_price=best.previous_price,
        availability=best.availability or _stock(graph, node),
        brand=brand,
        highest_price=highest,
        variants=names if len(names) > 1 else (),
    )


def _best(offers: list[tuple[Product, bool]]) -> tuple[Product | None, str]:
    """The offer to show, and the dearest price if there are others."""
    chosen = [offer for offer, is_chosen in offers if is_chosen and offer.price]
    if chosen:
        return chosen[0], ""
    priced = [offer for offer, _ in offers if offer.price]
    to_be_had = [offer for offer in priced if offer.availability in ("in_stock", "", "preorder")]
    if not priced:
        return None, ""
    best = min(to_be_had or priced, key=lambda offer: Decimal(offer.price))
    same = [one for one in to_be_had or priced if one.currency == best.currency]
    highest = max((one.highest_price or one.price for one in same), key=Decimal)
    return best, highest if Decimal(highest) > Decimal(best.price) else ""


def _variant_name(graph: Graph, group: Node, variant: Node) -> str:
    """What makes a variant different: its options, or its name without the group's."""
    options = (
        graph.text(variant, name, limit=60) for name in ("color", "size", "material", "pattern")
    )
    told = " / ".join(filter(None, options))
    name, whole = graph.text(variant, "name", limit=120), graph.text(group, "name")
    if whole and name.startswith(whole):
        name = name[len(whole) :].strip(" -–—:/,()|")
    return name or told


def _offers(graph: Graph, node: Node, document: Document) -> Iterator[tuple[Product, bool]]:
    """Each offer of a thing, the ones inside an AggregateOffer too, and whether it is the one
    that the page's address chose."""
    for offer in graph.nodes(node, "offers"):
        inner = graph.nodes(offer, "offers") if "price" not in offer else []
        inner = inner[:_MAX_VARIANTS]
        # What they cost together counts the sellers in who have none left.
        told = any(_stock(graph, one) == "in_stock" and "price" in one for one in inner)
        for one in inner if told else (offer, *inner):
            addresses = (
                graph.plain(one, "url"),
                graph.plain(node, "url"),
                graph.plain(node, "@id"),
            )
            is_chosen = any(_is_chosen(address, document.url) for address in addresses)
            yield _offer(graph, one, document), is_chosen


def _is_chosen(address: object, page: str) -> bool:
    if not isinstance(address, str) or "?" not in address:
        return False
    asked, offered = query_of(page), query_of(address)
    return any(name in asked and asked[name] == offered.get(name) for name in _CHOICE)


def _offer(graph: Graph, offer: Node, document: Document) -> Product:
    specifications = [
        one
        for one in graph.nodes(offer, "priceSpecification")
        # so much for 100 g, or for members only
        if not ("referenceQuantity" in one and "price" in offer) and "validForMemberTier" not in one
    ]
    holders = [offer, *specifications]
    code = ""
    for holder in holders:
        for name in ("priceCurrency", "currency", "price", "lowPrice"):
            code = code or money.currency(graph.plain(holder, name), locale=document.locale)
    price, previous = "", ""
    for holder in holders:
        amount = money.price(graph.plain(holder, "price", "lowPrice", "minPrice"), currency=code)
        price_type = str(graph.plain(holder, "priceType") or "").rsplit("/", 1)[-1].lower()
        if price_type in _PREVIOUS:
            previous = previous or amount
        else:
            price = price or amount
    return Product(
        price=price or previous,
        currency=code if price or previous else "",
        previous_price=was(price, previous),
        highest_price=was(price, money.price(graph.plain(offer, "highPrice"), currency=code)),
        availability=_stock(graph, offer),
    )


def was(price: str, previous: str) -> str:
    """The previous price, if the price has fallen."""
    return previous if price and previous and Decimal(previous) > Decimal(price) else ""


def _stock(graph: Graph, offer: Node) -> Availability:
    return money.availability(graph.plain(offer, "availability"))
