"""Products in plain HTML: a price beside a button that puts the thing into a cart.

What shop systems have in common when they say nothing to machines: a class or an id with "price"
in it, the old price struck out, and a form or a button for the cart. One shop too big to pass
over has names of its own for all that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from pinboard.ingest import money
from pinboard.ingest.document import Document, attribute
from pinboard.ingest.readers import counter
from pinboard.ingest.readers.offers import was
from pinboard.ingest.readers.places import is_aside, words_of
from pinboard.ingest.reading import Product

_MAX_CANDIDATES = 150

_PRICES = ", ".join(
    (
        *('[itemprop="price"]', '[itemprop="lowPrice"]', "[data-price]", "[data-product-price]"),
        *(
            '[class*="price" i]',
            '[id*="price" i]',
            '[data-testid*="price" i]',
            '[class*="preis" i]',
        ),
        *('[class*="precio" i]', '[class*="prix" i]', '[class*="prezzo" i]', '[class*="cena" i]'),
        *('[class*="amount" i]', '[class*="preco" i]', '[class*="prijs" i]'),
    )
)
_LEAVES = "b, strong, font, big, em, span, td, dd, p, div, h2, h3, h4, li, ins, bdi"
_MAX_LEAVES = 4_000
_MAX_STEPS_TO_HEADING = 7
#: "Price: 24,00 €", "$24.99", "EUR 24".
_PRICE_ALONE = re.compile(
    r"(?:[^\W\d]{3,20}\s?[:：]\s?)?(?:[^\w\s]{1,3}|[A-Za-z]{1,3}[$.]?)?\s?\d[\d.,']{0,12}"
    r"(?:\s?[^\d\s,.]{1,5}\.?)?"
)
#: Amazon's, from the surest.
_AMAZON_PRICES = (
    *(
        "#corePrice_feature_div .a-price .a-offscreen",
        "#corePriceDisplay_desktop_feature_div .a-price",
    ),
    *("#priceblock_dealprice", "#priceblock_saleprice", "#priceblock_ourprice"),
    *("#price_inside_buybox", "#newBuyBoxPrice", "#apex_desktop .a-price .a-offscreen"),
    *("#olp-upd-new .a-color-price", "#olp_feature_div .a-color-price", "#buybox .a-color-price"),
    *(
        "#buyNewSection .a-color-price",
        "#kindle-price",
        "#price",
        "#mediaTab_content_landing .a-color-price",
    ),
)
_OLD = re.compile(
    r"(?:^|[^a-z])(?:old|was|list|rrp|msrp|regular|compare|strike\w*|before|original"
    r"|alte[rn]?|vorher|frueher|früher"
    r"|crossed|uvp|del"
    r"|previous|alt|ancien|barr[eé]|anterior|statt|vecchio|standard)(?:[^a-z]|$)|oldprice|priceold"
    r"|wasprice|listprice|compareat|regularprice",
    re.IGNORECASE,
)
_NOT_IT = re.compile(
    r"shipping|delivery|per-?unit|unit-?price|base-?price|grundpreis|saving|save|discount|install"
    r"|month|filter|range-?slider|points|tax|vat-?(?:ex|amount)|ohne|deposit|from-?price"
    r"|coupon|total"
    r"|subtotal|netto|excl|bulk|tier|min-?price|max-?price",
    re.IGNORECASE,
)
_NOT_IT_IN_TEXT = re.compile(
    r"/\s?(?:mo|month|mes|mois|monat|100|kg|l\b|unit|st)|per month|\bsave\b|spar|\d\s?[x×]\s|%"
    r"|bez dph|ohne mwst|excl|netto|shipping|versand",
    re.IGNORECASE,
)
_SHOP_PATH = re.compile(
    r"/(?:products?|p|item|itm|dp|gp|produkte?|produit|producto|prodotto|produto|shop|prod|artikel"
    r"|catalog|goods|detail|pd|tovar|termek)s?(?:/|\b)|[-/]p-?\d{4,}|\bproduct",
    re.IGNORECASE,
)


def product(document: Document) -> Product:
    """What the page's own elements say about a thing that can be bought; empty if it is none."""
    if document.tree.css_first("#productTitle, #ebooksProductTitle"):
        return _of_amazon(document)
    price, previous = _price(document)
    has_cart, can_buy = counter.button(document)
    if not has_cart and not _is_called_product(document):
        return Product()
    price = price if price.price else _only_price(document)
    if not price.price:
        return Product()
    return Product(
        price=price.price,
        currency=price.currency,
        previous_price=was(price.price, previous),
        availability=counter.stock(document, has_button=can_buy),
        brand=counter.brand(document),
    )


def completed(found: Product, document: Document) -> Product:
    """A product that others read, with its stock and its brand if only people are told."""
    if not found.price or (found.availability and found.brand):
        return found
    availability = found.availability or counter.stock(
        document, has_button=counter.button(document)[1]
    )
    brand = found.brand or counter.brand(document)
    return replace(found, availability=availability, brand=brand)


def _is_called_product(document: Document) -> bool:
    """Whether the address or something for machines says product, though without its price."""
    named = sum(block.count('"Product"') for block in document.json_ld)
    said = document.og_type.endswith("product") or 0 < named < 3
    return said or bool(_SHOP_PATH.search(urlsplit(document.url).path))


def _of_amazon(document: Document) -> Product:
    for selector in _AMAZON_PRICES:
        for element in document.tree.css(selector)[:2]:
            found = _amount(element, document)
            if found.price:
                struck = document.tree.css_first(
                    ".priceBlockStrikePriceString, .basisPrice .a-offscreen"
                )
                previous = _amount(struck, document).price if struck else ""
                return Product(
                    price=found.price,
                    currency=found.currency,
                    previous_price=was(found.price, previous),
                    availability=counter.stock(document, has_button=True),
                    brand=counter.brand(document),
                )
    return Product(
        availability=counter.stock(document, has_button=False), brand=counter.brand(document)
    )


def _price(document: Document) -> tuple[Product, str]:
    """The likeliest price of the page's thing, and what it cost before."""
    best, rank, previous = Product(), 0.0, ""
    for place, element in enumerate(_candidates(document)):
        said = words_of(element)
        written = _short_text(element)
        if _NOT_IT.search(said) or _NOT_IT_IN_TEXT.search(written):
            continue
        found = _amount(element, document)
        if not found.price or _holds_several(element, written):
            continue
        if _is_struck(element):
            previous = previous or found.price
            continue
        worth = _worth(element, said, found) - place / 50
        if worth > rank:
            best, rank = found, worth
    if best.price and previous and Decimal(previous) > 20 * Decimal(best.price):
        previous = ""
    return best, previous


def _only_price(document: Document) -> Product:
    """What a page costs that has one price alone, whatever its elements are called."""
    found: dict[str, Product] = {}
    for element in document.tree.css(_LEAVES)[:_MAX_LEAVES]:
        inner = element.child
        if inner is None or inner.tag != "-text" or inner.next is not None:
            continue
        written = _short_text(element)
        if not _PRICE_ALONE.fullmatch(written[:40]) or not money.is_priced(written):
            continue
        if _NOT_IT_IN_TEXT.search(written) or is_aside(element) or _is_struck(element):
            continue
        if not _is_by_heading(element):  # an advertisement in a window above the page
            continue
        one = _amount(element, document)
        found.setdefault(one.price, one)
        if len(found) > 1:
            return Product()
    return next(iter(found.values()), Product())


def _is_by_heading(element: LexborNode) -> bool:
    parent = element.parent
    for _ in range(_MAX_STEPS_TO_HEADING):
        if parent is None or parent.tag == "body":
            return False
        if parent.css_first("h1"):
            return True
        parent = parent.parent
    return False


def _holds_several(element: LexborNode, written: str) -> bool:
    """Whether the price and what it was before are both in here; each is a candidate itself."""
    struck = element.css_first("del, s, strike")
    if struck and re.sub(r"\D", "", struck.text()) != re.sub(r"\D", "", written):
        return True
    amounts = re.findall(r"\d[.,]\d\d(?!\d)", written)
    return len(amounts) > 1 and not re.search(r"\d\W{0,4}\s[-–—]\s", written)


def _candidates(document: Document) -> Iterator[LexborNode]:
    seen: set[int] = set()
    for element in document.tree.css(_PRICES)[: 2 * _MAX_CANDIDATES]:
        if element.mem_id in seen or element.tag in ("body", "html", "form", "main", "select"):
            continue
        seen.add(element.mem_id)
        if len(seen) > _MAX_CANDIDATES:
            return
        if not is_aside(element):
            yield element


def _worth(element: LexborNode, said: str, found: Product) -> float:
    """How sure a candidate is: the machine's names first, then a currency, then its company."""
    worth = 1.0
    if attribute(element, "itemprop") in ("price", "lowPrice"):
        worth += 4
    if found.currency:
        worth += 2
    if re.search(r"sale|special|current|final|now|our|actual|offer|new|action|main", said, re.I):
        worth += 1
    parent = element.parent
    for _ in range(8):
        if parent is None or parent.tag == "body":
            break
        around = words_of(parent)
        if re.search(r"product|buy|summary|detail|purchase|pdp|item-info|prod-", around, re.I):
            return worth + 1.5
        if parent.tag in ("li", "tr"):
            worth -= 0.5
        parent = parent.parent
    return worth


def _is_struck(element: LexborNode) -> bool:
    parent: LexborNode | None = element
    for _ in range(3):
        if parent is None:
            return False
        inside = parent.css_first("del, s, strike") if parent is element else None
        if inside or parent.tag in ("del", "s", "strike") or _OLD.search(words_of(parent)):
            return True
        parent = parent.parent
    return False


def _short_text(element: LexborNode) -> str:
    written = element.text(separator=" ")
    return " ".join(written.split()) if len(written) < 400 else ""


def _amount(element: LexborNode, document: Document) -> Product:
    """The price in an element: in an attribute for scripts, or in its words beside a currency."""
    written = _short_text(element)
    raised = element.css_first("sup")
    if raised and re.fullmatch(r"\d\d", raised.text().strip()):  # 173⁹⁹
        written = written.replace(f" {raised.text().strip()}", f",{raised.text().strip()}", 1)
    if len(written) > 60:
        written = ""
    written = re.sub(r"(?<=\d)\s?([.,])\s?(?=\d\d(?!\d))", r"\1", written)
    code = money.currency(written, locale=document.locale)
    attributes = ("content", "data-price", "data-product-price", "data-price-amount")
    told = next((one for name in attributes if (one := attribute(element, name))), "")
    amount = money.price(told, currency=code)
    if not amount and money.is_priced(written):
        amount = money.price(written, currency=code)
    if not amount and attribute(element, "itemprop") == "price":
        amount = money.price(written)
    return Product(price=amount, currency=code)
