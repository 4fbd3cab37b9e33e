"""Pages by key: "what comes after the last row I saw", never "skip 30 rows".

A cursor is the primary key of the last row shown. Rows that arrive meanwhile never shift a
page, and the hundredth page costs what the first one costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from pinboard.errors import PinboardError
from pinboard.web.numbers import read_id

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class KeysetPage(Generic[M]):
    rows: list[M]
    has_more: bool

    def next_url(self, path: str, **more: str) -> str:
        """The address of the next page, or "" at the end."""
        if not self.has_more:
            return ""
        return f"{path}?{urlencode({**more, 'cursor': self.rows[-1].pk})}"


def take_page(rows: QuerySet[M], *, size: int) -> KeysetPage[M]:
    """The first page of rows that are already ordered and cut off at the cursor. One query."""
    found = list(rows[: size + 1])
    return KeysetPage(found[:size], has_more=len(found) > size)


def before_cursor(request: HttpRequest) -> int | None:
    """The cursor of the address, None at the beginning. Raises PinboardError for nonsense."""
    raw = request.GET.get("cursor", "")
    if not raw:
        return None
    key = read_id(raw)
    if key is None:
        raise PinboardError("This page does not exist.", code="bad_cursor")
    return key
