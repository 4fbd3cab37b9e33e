"""Ids as they come in from addresses and forms."""

from __future__ import annotations

import pytest

from pinboard.web.numbers import read_id


@pytest.mark.parametrize(
    ("raw", "number"), [("7", 7), ("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)]
)
def test_digits_are_an_id(raw: str, number: int) -> None:
    assert read_id(raw) == number


@pytest.mark.parametrize(
    "raw", ["", "-1", "+1", " 7", "7\n", "1_0", "1.0", "²", "٣", "7a", "\x00", "9" * 19, "9" * 5000]
)
def test_anything_else_is_none(raw: str) -> None:
    assert read_id(raw) is None
