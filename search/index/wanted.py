"""What a search wants, as a small tree that each engine writes in its own language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """Stems that stand side by side; one stem is a word.

    in_body: also in descriptions and notes, where guides do not look.
    is_prefix: the last stem may go on. weight: how surely this is what was meant, up to 1.
    """

    stems: tuple[str, ...]
    in_body: bool = True
    is_prefix: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of these, none of them empty. uses: in about how many entries that is.

    matters: how much of the question this is, see roles.py. is_thing: whether it names what is
    asked for.
    """

    parts: tuple[Phrase, ...]
    uses: int = 0
    matters: float = 1.0
    is_thing: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these, none of them empty."""

    parts: tuple[Any | Either, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    parts: tuple[All, ...]


Wanted = All | Any | Either

Statement = tuple[str, list[str | int]]


@dataclass(frozen=True, slots=True)
class Only:
    """What narrows an answer without a say in its order.

    tokens: of each of these an entry must have one. within: SQL queries of one column,
    pin_id, each bounded; a pin must be in all of them.
    """

    tokens: tuple[tuple[str, ...], ...] = ()
    within: tuple[Statement, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tokens or self.within)

    def parts(self) -> tuple[Any, ...]:
        return tuple(Any(tuple(Phrase((one,)) for one in some)) for some in self.tokens)

    def where(self, key: str) -> Statement:
        """A condition on that column, beginning with AND; "" for none."""
        sql = "".join(f" AND {key} IN ({query})" for query, _ in self.within)
        return sql, [value for _, values in self.within for value in values]


def narrowed(wanted: Wanted | None, only: Only) -> Wanted:
    """What is wanted and every fact besides. None is for facts alone, of which there are some."""
    if wanted is None:
        return All(only.parts())
    if not only.tokens:
        return wanted
    words = (wanted,) if isinstance(wanted, Any | Either) else wanted.parts
    return All((*words, *only.parts()))


def commonest(wanted: Wanted) -> int:
    """In about how many entries its most frequent part stands: what counting its hits costs."""
    if isinstance(wanted, Any):
        return wanted.uses
    return max(commonest(part) for part in wanted.parts)


def fewest(wanted: Wanted) -> int:
    """About how many hits it has at most."""
    if isinstance(wanted, Any):
        return wanted.uses
    if isinstance(wanted, Either):
        return sum(fewest(part) for part in wanted.parts)
    return min(fewest(part) for part in wanted.parts)
