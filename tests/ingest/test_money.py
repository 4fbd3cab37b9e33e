"""Prices, currencies and stock as shops write them."""

from __future__ import annotations

from typing import Any

import pytest

from pinboard.ingest import money


@pytest.mark.parametrize(
    ("written", "price"),
    [
        *(
            (24, "24.00"),
            (24.5, "24.50"),
            ("24", "24.00"),
            ("24.9", "24.90"),
            ("19.99000", "19.99"),
        ),
        *(("1,299.00", "1299.00"), ("1.299,00 €", "1299.00"), ("€ 24,90", "24.90")),
        *(("12'500.00", "12500.00"), ("1 299 kr", "1299.00"), ("CHF 12.-", "12.00")),
        *(("149.5000", "149.50"), ("from 20 to 30", "20.00"), ("1.299", "1299.00")),
        *(("1 299,-", "1299.00"), ("99:-", "99.00"), ("CHF 12’990.-", "12990.00")),
        *(("Rs. 1,23,456.00", "123456.00"), ("3 290,50 zł", "3290.50"), ("1299.000", "1299.00")),
        *(("1,299.0000", "1299.00"), ("89,9000", "89.90"), ("1.234.567", "1234567.00")),
        *(("١٢٣", "123.00"), ("１２，８００円", "12800.00"), ("12.99 - 24.99", "12.99")),
        *(("0.00", ""), (0, ""), (-5, ""), ("abc", ""), ("", ""), (None, ""), (True, ""), ([], "")),
        *((float("inf"), ""), (float("nan"), ""), ("9" * 30, ""), (10**30, "")),
    ],
)
def test_a_price_is_a_decimal_string(written: Any, price: str) -> None:
    assert money.price(written) == price


def test_a_price_has_the_decimals_of_its_currency() -> None:
    assert money.price("3,200", currency="JPY") == "3200"
    assert money.price("3.250", currency="KWD") == "3.250"


@pytest.mark.parametrize(
    ("written", "locale", "code"),
    [
        *(("EUR", "", "EUR"), ("usd", "", "USD"), ("€ 24", "", "EUR"), ("£9", "", "GBP")),
        *(
            ("99 kr", "sv", "SEK"),
            ("99 kr", "da", "DKK"),
            ("99 kr", "", ""),
            ("$5", "en-US", "USD"),
        ),
        *(
            ("$5", "es", ""),
            ("US$ 5", "es", "USD"),
            ("", "", ""),
            (None, "", ""),
            ('EUR"x', "", "EUR"),
        ),
        *(("$5", "en-CA", "CAD"), ("$ 5", "zh-TW", "TWD"), ("$5", "fr-CA", "CAD")),
        *(("RUR", "", "RUB"), ("5 ₽", "", "RUB"), ("5 руб.", "ru-BY", "BYN")),
        *(("Rs 500", "en-PK", "PKR"), ("R 500", "en-ZA", "ZAR"), ("R$ 5", "", "BRL")),
        *(("US $5", "", "USD"), ("Lei", "", "RON"), ("1 200 Ft", "", "HUF"), ("THE", "", "")),
    ],
)
def test_a_currency_is_a_code(written: Any, locale: str, code: str) -> None:
    assert money.currency(written, locale=locale) == code


@pytest.mark.parametrize(
    ("written", "stock"),
    [
        *(
            ("https://schema.org/InStock", "in_stock"),
            ("in stock", "in_stock"),
            ("oos", "out_of_stock"),
        ),
        *(("http://schema.org/OutOfStock/", "out_of_stock"), ("BackOrder", "preorder")),
        *(("SoldOut", "out_of_stock"), ("maybe", ""), ("", ""), (None, "")),
    ],
)
def test_availability_is_one_of_three_words(written: Any, stock: str) -> None:
    assert money.availability(written) == stock
