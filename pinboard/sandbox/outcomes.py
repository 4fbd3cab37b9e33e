"""Unpickle what a sandboxed child sends, trusting it with values only.

A pickle can call any function it can name. The child has just worked on hostile bytes and may be
in somebody else's hands, so names are looked up on an allow-list here: harmless builtins, and
dataclasses, enums and PinboardErrors of modules this process has already imported.
"""

from __future__ import annotations

import dataclasses
import enum
import io
import pickle
import sys
from typing import Any

from pinboard.errors import PinboardError

_PLAIN = {
    "builtins": {"set", "frozenset", "bytearray", "complex"},
    "decimal": {"Decimal"},
    "datetime": {"date", "datetime", "time", "timedelta", "timezone"},
    "uuid": {"UUID"},
}


class _OutcomeUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """The class a pickle names. Raises UnpicklingError for anything that could do harm."""
        if (module, name) == ("builtins", "getattr"):
            return _enum_member
        found: Any = sys.modules.get(module)
        for part in name.split("."):
            found = getattr(found, part, None)
        if name in _PLAIN.get(module, ()) or _is_value_class(found):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is not a value")


def _enum_member(kind: object, name: object) -> enum.Enum:
    """What stands in for getattr, with which Python 3.11.0 to 3.11.3 pickle a member of an enum."""
    if isinstance(kind, type) and issubclass(kind, enum.Enum) and isinstance(name, str):
        return kind[name]
    raise pickle.UnpicklingError(f"{name!r} of {kind!r} is not a value")


def _is_value_class(found: object) -> bool:
    if not isinstance(found, type):
        return False
    return dataclasses.is_dataclass(found) or issubclass(found, enum.Enum | PinboardError)


def load_outcome(data: bytes) -> Any:
    """One pickled value. Raises pickle.UnpicklingError and whatever else a broken pickle causes."""
    return _OutcomeUnpickler(io.BytesIO(data)).load()
