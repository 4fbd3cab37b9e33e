"""Values as pages write them."""

from __future__ import annotations

from typing import Any

import pytest

from pinboard.ingest import values


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
        *(("0.00", ""), (0, ""), (-5, ""), ("abc", ""), ("", ""), (None, ""), (True, ""), ([], "")),
        *((float("inf"), ""), (float("nan"), ""), ("9" * 30, ""), (10**30, "")),
    ],
)
def test_a_price_is_a_decimal_string(written: Any, price: str) -> None:
    assert values.price(written) == price


def test_a_price_has_the_decimals_of_its_currency() -> None:
    assert values.price("3,200", currency="JPY") == "3200"
    assert values.price("3.250", currency="KWD") == "3.250"


@pytest.mark.parametrize(
    ("written", "language", "code"),
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
    ],
)
def test_a_currency_is_a_code(written: Any, language: str, code: str) -> None:
    assert values.currency(written, language=language) == code


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        *(("PT1H30M", 90), ("P0DT90M", 90), ("PT1.5H", 90), ("P1DT2H", 1560), ("PT90", 90)),
        *(("P0Y0M0DT0H35M0.000S", 35), ("pt20m", 20), ("1 hour 30 mins", 90), ("1h30", 90)),
        *(("45 Minuten", 45), ("1 Std. 20 Min", 80), ("1 tim 5 min", 65), ("90", 90), (25, 25)),
        *(("PT0M", 0), ("P", 0), ("", 0), (None, 0), ("soon", 0), (-5, 0), (1e99, 0), (True, 0)),
    ],
)
def test_a_duration_is_whole_minutes(written: Any, minutes: int) -> None:
    assert values.minutes(written) == minutes


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-23", "2026-11-23"),
        ("2026-11-23T07:15:00+01:00", "2026-11-23T07:15:00+01:00"),
        ("2026-11-23T07:15:00.123Z", "2026-11-23T07:15:00+00:00"),
        ("Mon, 23 Nov 2026 07:15:00 GMT", "2026-11-23T07:15:00+00:00"),
        *(("yesterday", ""), ("0001-01-01", ""), ("", ""), (None, ""), (7, "")),
    ],
)
def test_a_moment_is_iso(written: Any, moment: str) -> None:
    assert values.moment(written) == moment


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("  two\n\t words ", "two words"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("in <b>olive oil</b>.", "in olive oil."),
        ("a<br>b", "a b"),
        ("a < b > c", "a < b > c"),
        ("x<script>bad()</script>y", "xy"),
        ("x&lt;script&gt;bad()&lt;/script&gt;y", "xy"),
        ("half a <img src=x", "half a < img src=x"),
        ("\u202egnp.exe\u200b\x00", "gnp.exe"),
        *((24, "24"), (1.5, "1.5"), (True, ""), (None, ""), ([], ""), (float("nan"), "")),
    ],
)
def test_text_is_one_inert_line(written: Any, text: str) -> None:
    assert values.text(written) == text


def test_long_text_ends_at_a_word() -> None:
    assert values.text("word " * 100, limit=20) == "word word word word…"
    assert len(values.text("x" * 10_000, limit=100)) == 100


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
    assert values.availability(written) == stock


def test_counts_and_coordinates_and_languages() -> None:
    assert values.whole("1,234 reviews") == 1234
    assert values.whole("1.204") == 1204
    assert values.whole("1200 px") == 1200
    assert values.whole("1e999") == 0
    assert values.coordinate("12.5 S", most=90) == -12.5
    assert values.coordinate("91", most=90) is None
    assert values.language("en_US") == "en-US"
    assert values.language("<b>") == ""
