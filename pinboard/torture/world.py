"""Who talks where in a run: written by the child that filled the database (preparing.py)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

NAME: Final = "torture.json"


@dataclass(frozen=True, slots=True)
class Somebody:
    """sessions: keys of sessions in which they are signed in, more than one run uses."""

    id: int
    username: str
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """keeper: the member who is never removed. is_plain: nothing but posts happen there.

    members: who is in it at first. comers: who is put out and brought in again and again.
    """

    id: int
    keeper: int
    members: tuple[int, ...]
    comers: tuple[int, ...] = ()
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class World:
    people: tuple[Somebody, ...]
    talks: tuple[Talk, ...]
    pins: tuple[int, ...]

    def save(self, folder: Path) -> None:
        (folder / NAME).write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> World:
        read: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return cls(
            people=tuple(Somebody(**row) for row in _tupled(read["people"])),
            talks=tuple(Talk(**row) for row in _tupled(read["talks"])),
            pins=tuple(read["pins"]),
        )


def _tupled(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
        for row in rows
    ]
