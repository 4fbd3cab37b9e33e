"""Values as pages write them."""

from __future__ import annotations

from typing import Any

import pytest

from pinboard.ingest import values


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("  two\n\t words ", "two words"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("Tom &amp;amp;amp; Jerry", "Tom & Jerry"),
        ("Itâ€™s crÃ¨me, 20Â\u00a0cm", "It’s crème, 20 cm"),
        ("Ângela Ã", "Ângela Ã"),
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


def test_counts_and_coordinates_and_languages() -> None:
    assert values.whole("1,234 reviews") == 1234
    assert values.whole("1.204") == 1204
    assert values.whole("1200 px") == 1200
    assert values.whole("1e999") == 0
    assert values.coordinate("12.5 S", most=90) == -12.5
    assert values.coordinate("91", most=90) is None
    assert values.language("en_US") == "en-US"
    assert values.language("<b>") == ""
