"""What a child may send: members of enums however its Python pickles them, and no attributes."""

from __future__ import annotations

import pickle
from enum import StrEnum
from typing import Any

import pytest

from pinboard.sandbox.outcomes import load_outcome


class Mood(StrEnum):
    CALM = "calm"


class Reaching:
    """Pickles to getattr(owner, name), as Python 3.11.0 to 3.11.3 do for members of enums."""

    def __init__(self, owner: object, name: str) -> None:
        self.owner, self.name = owner, name

    def __reduce__(self) -> Any:
        return getattr, (self.owner, self.name)


def test_a_member_of_an_enum_arrives_from_every_python() -> None:
    assert load_outcome(pickle.dumps(Mood.CALM)) is Mood.CALM
    assert load_outcome(pickle.dumps(Reaching(Mood, "CALM"))) is Mood.CALM


@pytest.mark.parametrize(
    ("owner", "name"), [(Mood, "__init_subclass__"), (set, "__reduce__"), ("text", "format")]
)
def test_nothing_else_is_reached_through_a_name(owner: object, name: str) -> None:
    with pytest.raises((pickle.UnpicklingError, KeyError)):
        load_outcome(pickle.dumps(Reaching(owner, name)))
