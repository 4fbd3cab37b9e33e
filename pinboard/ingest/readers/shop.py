"""Products in plain HTML: a price beside a button that puts the thing into a cart.

What shop systems have in common when they say nothing to machines: a class or an id with "price"
in it, the old price struck out, and a form or a button for the cart. One shop too big to pass
over has names of its own for all that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from pinboard.ingest import money, values
from pinboard.ingest.document import Document, attribute
from pinboard.ingest.readers.offers import was
from pinboard.ingest.readers.places import is_aside, words_of
from pinboard.ingest.reading import Availability, Product

_MAX_CANDIDATES = 150
_MAX_BUTTONS = 300

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
_CART = re.compile(
    r"add[\s_-]?(?:item[\s_-]?)?to[\s_-]?(?:cart|basket|bag|trolley)|\bbuy[\s_-]?now\b|addtocart"
    r"|add2cart|cart/add|basket/add|checkout/cart|in den warenkorb|in den einkaufswagen"
    r"|ajouter au panier"
    r"|añadir (?:al carrito|a la cesta)|agregar al carr|aggiungi al carrello"
    r"|adicionar ao carrinho|comprar"
    r"|in winkelwagen|do koszyka|do košíku|do košíka|kosárba|în coş|in coș|adaugă în|köp"
    r"|kjøp|læg i kurv"
    r"|lägg i|в корзину|купить|у кошик|カートに入れる|加入购物车|加入購物車|立即購買"
    r"|sepete ekle|장바구니|dodaj u ko"
    r"|dodaj v ko|add_to_cart|single_add|buybox|buy-button|btn-buy|buy_btn|js-buy",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"out[\s-]?of[\s-]?stock|sold[\s-]?out|currently unavailable|no longer available|ausverkauft"
    r"|nicht (?:verfügbar|lieferbar|auf lager)|derzeit nicht|rupture de stock|épuisé|indisponible"
    r"|agotado|sin stock|no disponible|esaurito|non disponibile|uitverkocht|esgotado|indisponível"
    r"|udsolgt|slutsåld|utsolgt|brak w magazynie|niedostępny|vyprodáno|vypredané|нет в наличии"
    r"|nedostupn|品切れ|在庫切れ|售完|缺貨|품절",
    re.IGNORECASE,
)
_HAD = re.compile(
    r"in stock|auf lager|sofort lieferbar|en stock|disponib|skladem|op voorraad|på lager|i lager"
    r"|available|em estoque|w magazynie|в наличии|na zalihi|na zalogi|在庫あり|有庫存|raktáron",
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
    has_cart, can_buy = _button(document)
    if not price.price or not (has_cart or _is_called_product(document)):
        return Product()
    return Product(
        price=price.price,
        currency=price.currency,
        previous_price=was(price.price, previous),
        availability=_stock(document, has_button=can_buy),
        brand=_brand(document),
    )


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
                    availability=_stock(document, has_button=True),
                    brand=_brand(document),
                )
    return Product(availability=_stock(document, has_button=False), brand=_brand(document))


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


def _button(document: Document) -> tuple[bool, bool]:
    """Whether something on the page puts the thing into a cart, and whether it can be pressed."""
    for form in document.tree.css("form[action]")[:40]:
        if _CART.search(attribute(form, "action")[:300]) and not is_aside(form):
            return True, True
    buttons = 'button, input[type="submit"], a[class], [role="button"], [id*="cart" i]'
    for element in document.tree.css(buttons)[:_MAX_BUTTONS]:
        value, name = attribute(element, "value")[:60], attribute(element, "name")[:40]
        said = f"{words_of(element)} {value} {name}"
        written = element.text()[:200] if element.tag in ("button", "a") else ""
        if _CART.search(f"{said} {written}") and not is_aside(element):
            return True, "disabled" not in element.attributes
    return False, False


def _stock(document: Document, *, has_button: bool) -> Availability:
    elements = document.tree.css(
        '#availability, [class*="stock" i], [id*="stock" i], [class*="availab" i]'
    )
    for element in elements[:20]:
        written = _short_text(element)
        if is_aside(element) or not written:
            continue
        if _GONE.search(written):
            return "out_of_stock"
        if _HAD.search(written):
            return "in_stock"
    return "in_stock" if has_button else ""


def _brand(document: Document) -> str:
    element = document.tree.css_first(
        '#bylineInfo, [itemprop="brand"], .product-brand, .product__vendor, .product-vendor, '
        '[class*="product-brand" i], [class*="productBrand" i], [data-testid*="brand" i]'
    )
    if element is None:
        return ""
    written = values.text(attribute(element, "content") or _short_text(element), limit=60)
    shorter = re.sub(
        r"^(?:visit the |brand|marke|marque|marca|besuche(?:n sie)? den "
        r"|visiter la boutique |by |von )\s*:?\s*"
        r"|(?:\s|-)(?:store|shop)(?: besuchen)?$",
        "",
        written,
        flags=re.IGNORECASE,
    )
    return shorter.strip(" :")
