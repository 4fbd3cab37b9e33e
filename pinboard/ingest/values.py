"""Values as pages write them, made plain: text, prices, durations, dates, numbers.

Every function takes whatever a page or a JSON block holds, returns the field's unknown value
when it makes no sense of it, and never raises. Inputs are cut before anything looks at them, so
that each costs little whatever its length.
"""

from __future__ import annotations

import html
import math
import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime

from price_parser import Price

from pinboard.ingest.reading import Availability

TITLE_LENGTH = 300
LINE_LENGTH = 500
TEXT_LENGTH = 2_000

_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")
#: What is left of a tag that was cut off: "<img src=".
_TAG_BEGINS = re.compile(r"<(?=[/!?a-zA-Z])")
#: Tags that stand inside a word or before a full stop: no space in their place.
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|code|em|font|i|mark|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff\ufff0-\uffff]"
)

_NUMBER = re.compile(r"(?<!\d)(?<!\de)[-+]?\d{1,12}(?:[.,]\d{1,12})?(?![\de])", re.IGNORECASE)
_ISO_DURATION = re.compile(
    r"P(?:0Y)?(?:0M)?(?:(\d{1,4})D)?(?:T?(?:(\d{1,4}(?:[.,]\d{1,3})?)H)?"
    r"(?:(\d{1,5}(?:[.,]\d{1,3})?)M?)?(?:(\d{1,6}(?:[.,]\d{1,6})?)S)?)?",
    re.IGNORECASE,
)
#: "1 h 20", "1 Std. 20 Min.", "2 days": the unit's first letters say enough in most languages.
_WORDED_DURATION = re.compile(
    r"(\d{1,4}(?:[.,]\d{1,2})?)[ \u00a0]{0,3}"
    r"(?:(days?|tage?|jours?|dní|d\b)|(h|st|ti|u|o|ч|год)|(m|м|分|$))",
    re.IGNORECASE,
)
_LONGEST_MINUTES = 60 * 24 * 60

_CURRENCY_OF_SYMBOL = {
    "€": "EUR", "£": "GBP", "US$": "USD", "₹": "INR", "zł": "PLN", "Kč": "CZK", "R$": "BRL",
    "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "₺": "TRY",
    "₩": "KRW", "₽": "RUB", "₴": "UAH", "₪": "ILS", "฿": "THB", "₫": "VND", "Ft": "HUF",
    "元": "CNY", "円": "JPY", "Fr.": "CHF", "lei": "RON", "лв": "BGN", "₱": "PHP",
}  # fmt: skip
#: A symbol several countries use, by the language of the page.
_CURRENCY_OF_LANGUAGE = {
    ("kr", "sv"): "SEK", ("kr", "nb"): "NOK", ("kr", "no"): "NOK", ("kr", "nn"): "NOK",
    ("kr", "da"): "DKK", ("kr", "is"): "ISK", ("¥", "ja"): "JPY", ("¥", "zh"): "CNY",
    ("$", "en"): "USD",
}  # fmt: skip
_DECIMALS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "HUF": 0} | dict.fromkeys(
    ("BHD", "KWD", "OMR", "JOD", "TND", "IQD", "LYD"), 3
)
_MOST_EXPENSIVE = Decimal(10) ** 9

_AVAILABILITY: dict[str, Availability] = {
    **dict.fromkeys(
        ("instock", "instoreonly", "onlineonly", "limitedavailability", "availablefororder"),
        "in_stock",
    ),
    **dict.fromkeys(("outofstock", "oos", "soldout", "discontinued", "reserved"), "out_of_stock"),
    **dict.fromkeys(("preorder", "presale", "backorder", "madetoorder", "pending"), "preorder"),
}

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")


def text(value: object, *, limit: int = LINE_LENGTH) -> str:
    """One line of inert text: entities resolved, tags and invisible characters out, spaces single.

    limit: characters; longer text ends at a word with "…". Numbers are text too.
    """
    if isinstance(value, int | float) and number(value) is not None:
        value = f"{value:g}"
    if not isinstance(value, str):
        return ""
    found = value[: 4 * limit + 200]
    found = html.unescape(html.unescape(found) if "&amp;" in found else found)
    found = _without_scripts(found)
    for _ in range(3):  # "<<b>script>" has another inside
        found = _TAG.sub(" ", _INLINE_TAG.sub("", found))
    found = " ".join(_TAG_BEGINS.sub("< ", _UNSEEN.sub("", found)).split())
    if len(found) <= limit:
        return found
    cut = found[: limit - 1]
    if found[limit - 1] != " " and " " in cut[limit // 2 :]:
        cut = cut.rsplit(" ", 1)[0]
    return cut.rstrip(" ,.;:–-") + "…"


def _without_scripts(found: str) -> str:
    pieces = re.split(r"<(?:script|style)\b", found, flags=re.IGNORECASE)
    ends = re.compile(r"</(?:script|style)[^>]*>", re.IGNORECASE)
    return pieces[0] + " ".join(ends.split(piece, maxsplit=1)[-1] for piece in pieces[1:])


def lines(value: str) -> list[str]:
    """A text with line breaks, paragraphs or list items as separate lines, tags still inside."""
    value = re.sub(r"<(?:br|/p|/li|/div|/h\d)\b[^<>]*>", "\n", value[:40_000], flags=re.IGNORECASE)
    return [line for line in re.split(r"[\r\n]+", value) if line.strip()]


def number(value: object) -> float | None:
    """The first number in a value. A lone comma is a decimal comma."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e15 and math.isfinite(value) else None
    match = _NUMBER.search(value[:100]) if isinstance(value, str) else None
    return float(match[0].replace(",", ".")) if match else None


def whole(value: object) -> int:
    """A count: "1,234 reviews" is 1234. 0 if there is none or it is absurd."""
    if isinstance(value, str):
        value = re.sub(r"(?<=\d)[.,' \u00a0](?=\d{3}(?!\d))", "", value[:100])
    found = number(value)
    return int(found) if found is not None and 0 < found < 1e9 else 0


def price(value: object, *, currency: str = "") -> str:
    """A price as a decimal string with the currency's decimals, or "".

    "1.299,00 €" and "1,299.00" are 1299.00. Zero is not a price: shops write it for "unknown".
    """
    if isinstance(value, float | int) and not isinstance(value, bool):
        value = repr(value)
    if not isinstance(value, str):
        return ""
    value = text(value, limit=60)
    if value.startswith("-"):
        return ""
    try:
        if re.fullmatch(r"\d{1,9}(?:\.\d{1,2})?", value):
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
    is_decimal = len(match[2]) == 3 and (_DECIMALS.get(currency) == 3 or value.startswith("0"))
    return match[1] if is_decimal or match[2] == "0000" else None


def currency(value: object, *, language: str = "") -> str:
    """The ISO 4217 code for a code or for a price's symbol, or ""."""
    if not isinstance(value, str):
        return ""
    value = text(value, limit=60)
    if re.fullmatch(r"[A-Za-z]{3}", value):
        return value.upper()
    symbol = Price.fromstring(value).currency or ""
    if re.fullmatch(r"[A-Z]{3}", symbol):
        return str(symbol)
    by_language = _CURRENCY_OF_LANGUAGE.get((symbol.lower(), language.split("-")[0].lower()), "")
    return _CURRENCY_OF_SYMBOL.get(symbol, by_language)


def availability(value: object) -> Availability:
    """From schema.org ("https://schema.org/InStock") and Open Graph ("out of stock") words."""
    if not isinstance(value, str):
        return ""
    word = re.sub(r"[^a-z]", "", value[:100].rstrip("/").rsplit("/", 1)[-1].lower())
    return _AVAILABILITY.get(word, "")


def minutes(value: object) -> int:
    """A duration in whole minutes: "PT1H30M", "P0DT90M", "1 hour 30 mins", "90". 0 if unknown."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _sane_minutes(float(value))
    if not isinstance(value, str):
        return 0
    value = text(value, limit=60)
    match = _ISO_DURATION.fullmatch(value.replace(" ", ""))
    if match:
        days, hours, mins, seconds = (
            float((part or "0").replace(",", ".")) for part in match.groups()
        )
        return _sane_minutes(days * 1440 + hours * 60 + mins + seconds / 60)
    if value.isdecimal():
        return _sane_minutes(float(value[:6]))
    found = 0.0
    for amount, is_days, is_hours, _ in _WORDED_DURATION.findall(value):
        found += float(amount.replace(",", ".")) * (1440 if is_days else 60 if is_hours else 1)
    return _sane_minutes(found)


def _sane_minutes(found: float) -> int:
    return round(found) if 0 < found <= _LONGEST_MINUTES else 0


def moment(value: object) -> str:
    """A date or a time in ISO 8601, as exact as the page gives it; "" if it is none."""
    if not isinstance(value, str):
        return ""
    value = value.strip()[:40]
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        try:
            found = parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError):
            return ""
    if not 1800 <= found.year <= 2200:
        return ""
    has_time = bool(re.search(r"\d:?\d\d\D", value + " ")) and ("T" in value or ":" in value)
    return found.isoformat(timespec="seconds") if has_time else found.date().isoformat()


def coordinate(value: object, *, most: float) -> float | None:
    """Degrees, between -most and most."""
    found = number(value)
    if isinstance(value, str) and re.search(r"\d\s*[SW]\s*$", value[:60]) and found is not None:
        found = -abs(found)
    return round(found, 6) if found is not None and abs(found) <= most else None


def language(value: object) -> str:
    """A language tag: "en", "pt-BR" (also from "pt_BR"); "" if it is none."""
    if not isinstance(value, str):
        return ""
    value = value.strip().replace("_", "-")
    return value if _LANGUAGE.fullmatch(value) else ""
