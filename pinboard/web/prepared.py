"""Queries written once, for pages that are asked for all the time.

Django builds a query's SQL anew for every request, which for the feed takes several times as
long as the database needs to answer it. A `Prepared` has Django do so once, with stand-ins in
the place of the values that change, and later only exchanges them:

    NEWEST = Prepared(lambda maker: Pin.objects.filter(maker=maker).values_list("pk", "title")[:9])
    NEWEST.rows(maker=7)

The query is still Django's, made through the same doors (visible_to) for the engine at hand.
"""

from __future__ import annotations

import inspect
import json
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

# Values no row has. Not beyond 64 bits: Django drops a condition no number in a column can meet.
_FIRST_STAND_IN = 9_007_199_254_740_000_000

Row = tuple[Any, ...]
Value = int | str | uuid.UUID
Build = Callable[..., QuerySet[Any, Any]]
Converters = dict[int, tuple[list[Any], Any]]


@dataclass(frozen=True, slots=True)
class _Written:
    """A query for one engine. places: which value goes where among the parameters."""

    sql: str
    params: Sequence[Any]
    places: Sequence[tuple[int, str]]
    converters: Converters


class Prepared:
    """build: makes a .values_list() queryset; called once, with a stand-in for each argument.

    Stand-ins are whole numbers, or what an argument is annotated as: str or uuid.UUID. Every one
    has to reach the SQL as a parameter of its own: no `if` may depend on it. A list of values is
    one parameter too, as JSON: see values_in.

    is_planned: whether one plan of PostgreSQL's is good for all values (pinboard/web/planned.py).
    """

    def __init__(self, build: Build, *, is_planned: bool = True) -> None:
        self._build = build
        self._is_planned = is_planned
        self._written: dict[str, _Written] = {}

    def statement(self, **values: Value) -> tuple[str, list[Any]]:
        """SQL and parameters with these values, to stand inside a statement written by hand."""
        written = self._for_engine()
        params = list(written.params)
        for place, name in written.places:
            params[place] = _as_parameter(values[name])
        return written.sql, params

    def rows(self, **values: Value) -> list[Row]:
        """Ask with these values; rows as .values_list() would give them."""
        written = self._for_engine()
        with self._cursor() as cursor:
            cursor.execute(*self.statement(**values))
            rows: list[Row] = cursor.fetchall()
        if not written.converters:
            return rows
        return [_converted(row, written.converters) for row in rows]

    def row(self, **values: Value) -> Row | None:
        """The first row, or None."""
        rows = self.rows(**values)
        return rows[0] if rows else None

    def _cursor(self) -> AbstractContextManager[CursorWrapper]:
        # While queries are captured Django shows only what it has bound itself.
        is_plain = connection.vendor != "postgresql" or connection.queries_logged
        if is_plain or not self._is_planned:
            return connection.cursor()
        from pinboard.web.planned import planned_cursor  # psycopg is not loaded for SQLite

        return planned_cursor()

    def _for_engine(self) -> _Written:
        written = self._written.get(connection.vendor)
        if written is None:
            written = self._written[connection.vendor] = self._write()
        return written

    def _write(self) -> _Written:
        stand_ins = _stand_ins(self._build)
        compiler = self._build(**stand_ins).query.get_compiler(connection.alias)
        sql, params = compiler.as_sql()
        names = {_as_parameter(value): name for name, value in stand_ins.items()}
        places = [
            (place, names[value])
            for place, value in enumerate(params)
            if isinstance(value, Value) and value in names
        ]
        if missing := set(stand_ins) - {name for _, name in places}:
            raise ValueError(f"These never reach the query: {', '.join(sorted(missing))}")
        columns = [column for column, _, _ in compiler.select]
        return _Written(sql, params, places, compiler.get_converters(columns))


def values_in(listed: str, *, of: type[int] | type[str] = int) -> RawSQL:
    """For `pk__in=`, in the place of a list whose length would change the SQL.

    listed: what as_list made of it.
    """
    if connection.vendor == "postgresql":
        kind = "bigint" if of is int else "text"
        return RawSQL(f"SELECT value::{kind} FROM json_array_elements_text(%s::json)", [listed])
    return RawSQL("SELECT value FROM json_each(%s)", [listed])


def as_list(values: Iterable[int] | Iterable[str]) -> str:
    return json.dumps(list(values))


def _stand_ins(build: Build) -> dict[str, Value]:
    parameters = inspect.signature(build).parameters.values()
    return {
        parameter.name: _stand_in(str(parameter.annotation), number)
        for number, parameter in enumerate(parameters, start=_FIRST_STAND_IN)
    }


def _stand_in(annotation: str, number: int) -> Value:
    match annotation:
        case "str" | "<class 'str'>":
            return f"stand-in {number}"
        case "uuid.UUID" | "<class 'uuid.UUID'>":
            return uuid.UUID(int=number)
    return number


def _as_parameter(value: Value) -> Value:
    """As Django hands it to the engine."""
    if isinstance(value, uuid.UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _converted(row: Row, converters: Converters) -> Row:
    cells = list(row)
    for place, (functions, expression) in converters.items():
        for convert in functions:
            cells[place] = convert(cells[place], expression, connection)
    return tuple(cells)
