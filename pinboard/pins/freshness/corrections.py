"""What a person says better than the page did, laid over what was read. Pure.

A correction belongs to one person and one page and shows on that person's pins only: whoever else
pinned the page goes on seeing what the page says. It is kept by its path in a stored reading
("product.price"); an empty value takes away what the page says.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from pinboard.ingest.reading import Reading

BY_HAND = "person"


def value_at(reading: Mapping[str, Any], path: str) -> Any:
    """What a stored reading says there; None where it says nothing."""
    part, _, name = path.rpartition(".")
    held = reading.get(part, {}) if part else reading
    return held.get(name) if isinstance(held, Mapping) else None


def laid_over(reading: Mapping[str, Any], corrections: Mapping[str, Any]) -> dict[str, Any]:
    """A stored reading with these values in it, in the shape that Reading.to_json gives."""
    if not corrections:
        return dict(reading)
    laid = deepcopy(dict(reading))
    for path, value in corrections.items():
        part, _, name = path.rpartition(".")
        held = laid.setdefault(part, {}) if part else laid
        held[name] = value
        laid.setdefault("origins", {})[path] = BY_HAND
    return Reading.from_json(laid).to_json()
