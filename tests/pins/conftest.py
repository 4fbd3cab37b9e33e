"""A shop whose pages change, and a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.pins.shops import Clock, Shop, open_shop


@pytest.fixture
def shop(settings: Any) -> Iterator[Shop]:
    with open_shop(settings) as opened:
        yield opened


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)
