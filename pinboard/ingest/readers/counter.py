"""What a shop says beside the price: how to buy the thing, whether it is there, and who made it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from pinboard.ingest import values
from pinboard.ingest.document import Document, attribute
from pinboard.ingest.readers.places import is_aside, words_of
from pinboard.ingest.reading import Availability

_MAX_LABELS = 400
_MAX_BUTTONS = 300

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
    r"|ships (?:within|in)|dispatched|expédié|versandfertig|spedi(?:to|zione) in|verzonden"
    r"|available|em estoque|w magazynie|в наличии|na zalihi|na zalogi|在庫あり|有庫存|raktáron",
    re.IGNORECASE,
)
#: Said of a picture or of another colour, not of the thing.
_OF_ANOTHER = re.compile(
    r"\b(?:images?|pictures?|immagin[ei]|imagen|bild|photos?|reviews?|video|newsletter)\b", re.I
)
_ANOTHER = re.compile(r"variation|swatch|variant|store-?(?:stock|search|finder)", re.IGNORECASE)
_BRAND_LABEL = re.compile(
    r"(?:brand|marke|marca|marque|merk|varum[äe]rke|m[æe]rke|merke|značka|marka|márka|brend|бренд"
    r"|марка|produc[ăa]tor|výrobce|výrobca|proizvođač|proizvajalec|ražotājs|gamintojas"
    r"|производитель|виробник|manufacturer|hersteller|fabricante?|fabrikant|producent|メーカー|ブランド"
    r"|品牌|브랜드)(?: name)?\s*:?",
    re.IGNORECASE,
)
_BRAND_LINE = re.compile(_BRAND_LABEL.pattern.removesuffix("?") + r"\s*(.{2,40})", re.IGNORECASE)


def _pressable(document: Document) -> Iterator[LexborNode]:
    """Buttons first, then what is called cart, then the many links."""
    buttons = document.tree.css('button, input[type="submit"], [role="button"]')
    carts = document.tree.css('[id*="cart" i], [class*="addtocart" i], [class*="add-to-" i]')
    yield from buttons[:_MAX_BUTTONS]
    yield from carts[:_MAX_BUTTONS]
    yield from document.tree.css("a[class]")[:_MAX_BUTTONS]


def button(document: Document) -> tuple[bool, bool]:
    """Whether something on the page puts the thing into a cart, and whether it can be pressed."""
    for form in document.tree.css("form[action]")[:40]:
        if _CART.search(attribute(form, "action")[:300]) and not is_aside(form):
            return True, True
    for element in _pressable(document):
        value, name = attribute(element, "value")[:60], attribute(element, "name")[:40]
        said = f"{words_of(element)} {value} {name}"
        written = element.text()[:200] if element.tag in ("button", "a") else ""
        if _CART.search(f"{said} {written}") and not is_aside(element):
            return True, "disabled" not in element.attributes
    return False, False


def stock(document: Document, *, has_button: bool) -> Availability:
    """What is said about it, or that it can be put into a cart."""
    elements = document.tree.css(
        '#availability, [class*="stock" i], [id*="stock" i], [class*="availab" i]'
    )
    for element in elements[:20]:
        written = _short_text(element)
        if not written or is_aside(element) or _OF_ANOTHER.search(written):
            continue
        if _ANOTHER.search(words_of(element)):
            continue
        if _GONE.search(written):
            return "out_of_stock"
        if _HAD.search(written):
            return "in_stock"
    return "in_stock" if has_button else ""


def brand(document: Document) -> str:
    """A name in an element made for it, or beside a label that says so."""
    element = document.tree.css_first(
        '#bylineInfo, [itemprop="brand"], .product-brand, .product__vendor, .product-vendor, '
        '[class*="product-brand" i], [class*="productBrand" i], [data-testid*="brand" i]'
    )
    if element is None:
        return _labelled_brand(document)
    return _name(attribute(element, "content") or _short_text(element))


def _labelled_brand(document: Document) -> str:
    """ "Brand | Oakridge" in a table of facts, or "Brand: Oakridge" in a line of its own."""
    for element in document.tree.css("th, dt, td, dd, li, p, span, div, strong, b")[:_MAX_LABELS]:
        written = element.text()[:80].strip()
        if not _BRAND_LABEL.match(written) or is_aside(element):
            continue
        if _BRAND_LABEL.fullmatch(written):
            value = _after(element)
        elif line := _BRAND_LINE.fullmatch(" ".join(written.split())):
            value = line[1]
        else:
            continue
        if found := _name(value):
            return found
    return ""


def _after(label: LexborNode) -> str:
    """The text of the element behind a label."""
    node = label.next
    while node is not None and not node.text().strip(" :\r\n\t\xa0"):
        node = node.next
    return node.text()[:80] if node else ""


def _name(written: str) -> str:
    written = values.text(written, limit=60)
    shorter = re.sub(
        r"^(?:visit the |(?:.{0,24} )?(?:brand|marke|marque|marca)\b|besuche(?:n sie)? den "
        r"|visiter la boutique |visita lo store di |visita la tienda de |by |von )\s*:?\s*"
        r"|(?:\s|-)(?:store|shop)(?: besuchen)?$",
        "",
        written,
        flags=re.IGNORECASE,
    )
    found = shorter.strip(" :")
    return found if len(found) <= 40 and len(found.split()) <= 5 else ""


def _short_text(element: LexborNode) -> str:
    written = element.text(separator=" ")
    return " ".join(written.split()) if len(written) < 400 else ""
