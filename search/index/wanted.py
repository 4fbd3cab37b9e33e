"""What a search wants, as a small tree that each engine writes in its own language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """Stems that stand side by side; one stem is a word.

    in_body: also in descriptions and notes, where guides do not look.
    is_prefix: the last stem may go on.
    """

    stems: tuple[str, ...]
    in_body: bool = True
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of these, none of them empty."""

    parts: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these, none of them empty."""

    parts: tuple[Any, ...]

    def loosened(self) -> Any:
        """The same, content with any one part."""
        return Any(tuple(phrase for part in self.parts for phrase in part.parts))


Wanted = All | Any
