"""Prices, currencies and stock as shops write them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from price_parser import Price

from pinboard.ingest.reading import Availability
from pinboard.ingest.values import text


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CODES = _names(
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN "
    "BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD "
    "FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD "
    "JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LVL LYD MAD MDL MGA MKD "
    "MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR "
    "PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL "
    "THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF "
    "YER ZAR ZMW ZWL"
)
#: What people write for a code.
_ALIASES = {
    "RUR": "RUB", "RMB": "CNY", "NTD": "TWD", "NIS": "ILS", "YEN": "JPY", "KCS": "CZK",
    "UKP": "GBP", "STG": "GBP", "CNH": "CNY", "EURO": "EUR", "EUROS": "EUR", "BYR": "BYN",
    "DOLLAR": "USD", "PLZ": "PLN", "FRS": "CHF", "SFR": "CHF", "US": "USD", "ZLOTY": "PLN",
}  # fmt: skip

_CURRENCY_OF_SYMBOL = {
    "€": "EUR", "£": "GBP", "us$": "USD", "u$s": "USD", "₹": "INR", "zł": "PLN", "kč": "CZK",
    "r$": "BRL", "c$": "CAD", "ca$": "CAD", "cad$": "CAD", "a$": "AUD", "au$": "AUD",
    "nz$": "NZD", "hk$": "HKD", "nt$": "TWD", "s$": "SGD", "mx$": "MXN", "₺": "TRY", "tl": "TRY",
    "₩": "KRW", "원": "KRW", "₽": "RUB", "₴": "UAH", "грн": "UAH", "₪": "ILS", "฿": "THB",
    "₫": "VND", "đ": "VND", "ft": "HUF", "元": "CNY", "円": "JPY", "fr": "CHF", "fr.": "CHF",
    "lei": "RON", "лв": "BGN", "лв.": "BGN", "₱": "PHP", "тг": "KZT", "тг.": "KZT", "₸": "KZT",
    "₾": "GEL", "rp": "IDR", "rm": "MYR", "s/": "PEN", "дин": "RSD", "din": "RSD", "ден": "MKD",
    "ر.س": "SAR", "د.إ": "AED", "kn": "HRK", "₦": "NGN", "₡": "CRC", "৳": "BDT", "ج.م": "EGP",
}  # fmt: skip
#: A symbol several countries use, by the country of the site.
_CURRENCY_OF_PLACE = {
    ("kr", "SE"): "SEK", ("kr", "NO"): "NOK", ("kr", "DK"): "DKK", ("kr", "IS"): "ISK",
    ("¥", "JP"): "JPY", ("¥", "CN"): "CNY", ("руб", "BY"): "BYN", ("r", "ZA"): "ZAR",
    ("rs", "PK"): "PKR", ("rs", "IN"): "INR", ("rs", "LK"): "LKR", ("rs", "NP"): "NPR",
    **{("$", code[:2]): code for code in _names("USD CAD AUD NZD SGD HKD TWD MXN CLP ARS COP UYU")},
}  # fmt: skip
#: What such a symbol means where nothing tells the country.
_USUALLY = {"¥": "JPY", "руб": "RUB"}
_COUNTRY_OF_LANGUAGE = {
    "sv": "SE", "nb": "NO", "no": "NO", "nn": "NO", "da": "DK", "is": "IS", "ja": "JP",
    "zh": "CN", "en": "US",
}  # fmt: skip
#: What people pay with, where a shop names no currency at all.
_CURRENCY_OF_COUNTRY = {
    **dict.fromkeys(_names("DE FR IT ES NL BE AT IE PT FI GR SK SI EE LV LT LU MT CY HR"), "EUR"),
    "GB": "GBP", "SE": "SEK", "NO": "NOK", "DK": "DKK", "CH": "CHF", "PL": "PLN", "CZ": "CZK",
    "HU": "HUF", "RO": "RON", "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "JP": "JPY",
    "IN": "INR", "BR": "BRL", "MX": "MXN", "TR": "TRY", "RU": "RUB", "UA": "UAH", "KR": "KRW",
    "TW": "TWD", "ZA": "ZAR", "AR": "ARS", "CL": "CLP", "KZ": "KZT", "IL": "ILS", "IS": "ISK",
}  # fmt: skip
_DECIMALS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "HUF": 0} | dict.fromkeys(
    ("BHD", "KWD", "OMR", "JOD", "TND", "IQD", "LYD"), 3
)
_MOST_EXPENSIVE = Decimal(10) ** 9

_SYMBOL = re.compile(
    r"(?<![^\W\d_])("
    + "|".join(
        re.escape(one)
        for one in sorted(
            {*_CURRENCY_OF_SYMBOL, *(symbol for symbol, _ in _CURRENCY_OF_PLACE)},
            key=len,
            reverse=True,
        )
    )
    + r")(?![^\W\d_])",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])")

_AVAILABILITY: dict[str, Availability] = {
    **dict.fromkeys(
        (
            *("instock", "instoreonly", "onlineonly", "limitedavailability", "availablefororder"),
            *("available", "lowstock", "auflager", "sofortlieferbar", "lieferbar", "enstock"),
            *("disponible", "disponibile", "skladem", "oplager", "availableforpurchase", "ilager"),
        ),
        "in_stock",
    ),
    **dict.fromkeys(
        (
            *("outofstock", "oos", "soldout", "discontinued", "reserved", "unavailable"),
            *("currentlyunavailable", "ausverkauft", "nichtlieferbar", "agotado", "esaurito"),
            *("indisponible", "nostock", "nondisponibile", "rupturedestock", "uitverkocht"),
        ),
        "out_of_stock",
    ),
    **dict.fromkeys(
        (
            *("preorder", "presale", "backorder", "madetoorder", "pending", "availableonorder"),
            *("onbackorder", "preordine", "vorbestellbar", "availabletoorder"),
        ),
        "preorder",
    ),
}


def price(value: object, *, currency: str = "") -> str:
    """A price as a decimal string with the currency's decimals, or "".

    "1.299,00 €" and "1,299.00" are 1299.00. Zero is not a price: shops write it for "unknown".
    """
    if isinstance(value, float | int) and not isinstance(value, bool):
        value = repr(value)
    if not isinstance(value, str):
        return ""
    value = unicodedata.normalize("NFKC", text(value, limit=60)).replace("’", "'")
    value = re.sub(r"(?<=\d)['٬](?=\d{3})", "", value.replace("٫", "."))
    if value.startswith("-"):
        return ""
    try:
        if re.fullmatch(r"\d{1,9}(?:\.\d{1,2})?", value, re.ASCII):
            amount: Decimal | None = Decimal(value)
        else:
            amount = Price.fromstring(value, decimal_separator=_separator(value, currency)).amount
        if amount is None or not 0 < amount < _MOST_EXPENSIVE:
            return ""
        return str(amount.quantize(Decimal(1).scaleb(-_DECIMALS.get(currency, 2))))
    except (InvalidOperation, ValueError):
        return ""


def _separator(value: str, currency: str) -> str | None:
    """The decimal separator, where price-parser could take it for a thousands separator."""
    match = re.search(r"\d([.,])(\d+)\D*$", value)
    if match is None:
        return None
    is_decimal = len(match[2]) == 3 and (
        _DECIMALS.get(currency) == 3
        or value.startswith("0")
        or bool(re.search(r"\d{4}[.,]", value))
    )
    return match[1] if is_decimal or len(match[2]) > 3 else None


def currency(value: object, *, locale: str = "") -> str:
    """The ISO 4217 code for a code, or for the symbol in a price; "" where it could be several.

    locale: the site's language and country, such as "en-CA"; decides what "$" and "kr" are.
    """
    if not isinstance(value, str):
        return ""
    written = text(value, limit=60)
    if re.fullmatch(r"[A-Za-z]{2,6}", written):
        code = _ALIASES.get(written.upper(), written.upper())
        if code in _CODES:
            return code
    for match in _CODE.finditer(written):
        code = _ALIASES.get(match[1], match[1])
        if code in _CODES:
            return code
    match_symbol = _SYMBOL.search(re.sub(r"(?<=[A-Z])\s(?=\$)", "", written.replace("￥", "¥")))
    if match_symbol is None:
        return ""
    symbol = match_symbol[1].lower()
    by_place = _CURRENCY_OF_PLACE.get((symbol, country_of(locale) or ("" if locale else "US")))
    return _CURRENCY_OF_SYMBOL.get(symbol) or by_place or _USUALLY.get(symbol, "")


def is_priced(written: str) -> bool:
    """Whether there is a currency in a text at all, even one that several countries use."""
    return bool(_SYMBOL.search(written) or any(one in _CODES for one in _CODE.findall(written)))


def country_of(locale: str) -> str:
    """The country of "en-CA", or the only likely one of a language."""
    language, *rest = locale.split("-")
    named = next((part.upper() for part in rest if len(part) == 2), "")
    return named or _COUNTRY_OF_LANGUAGE.get(language.lower(), "")


def currency_of_country(country: str) -> str:
    """What is paid with in a country, or "". For a shop there that names no currency."""
    return _CURRENCY_OF_COUNTRY.get(country, "")


def availability(value: object) -> Availability:
    """From schema.org ("https://schema.org/InStock") and Open Graph ("out of stock") words."""
    if not isinstance(value, str):
        return ""
    word = re.sub(r"[^a-z]", "", value[:100].rstrip("/").rsplit("/", 1)[-1].lower())
    return _AVAILABILITY.get(word, "")
