"""Rows of the index, written many at once: only what differs, and past the ORM's care for each.

A batch of a rebuild is hundreds of pins, most of whose rows are right already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

T = TypeVar("T")
Row = TypeVar("Row", bound=models.Model)
# Rows per statement: SQLite takes 250,000 parameters, PostgreSQL 65,535.
CHUNK = 2000


def replace_rows(
    model: type[Row], pin_ids: Sequence[int], rows: Sequence[Row], *, key: Sequence[str]
) -> list[tuple[Row | None, Row | None]]:
    """Put these rows in the place of all that stand for these pins.

    key: fields that tell rows of a model apart. Returns (before, after) of those that differed.
    """
    columns = [field for field in model._meta.concrete_fields if field.name != "id"]
    names = [field.attname for field in columns]

    def told_by(row: Row) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in key)

    def said(row: Row) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in names)

    stored = model._default_manager.filter(pin_id__in=pin_ids)
    before = {told_by(row): row for row in stored}
    added: list[Row] = []
    changed: list[tuple[Row, Row]] = []
    for row in rows:
        old = before.pop(told_by(row), None)
        if old is None:
            added.append(row)
        elif said(old) != said(row):
            changed.append((old, row))
    if before:
        stored.filter(pk__in=[row.pk for row in before.values()])._raw_delete("default")
    _insert(model, names, [said(row) for row in added])
    keys = [(*said(new), old.pk) for old, new in changed]
    _update(model, names, keys)
    gone: list[tuple[Row | None, Row | None]] = [(row, None) for row in before.values()]
    return [*gone, *changed, *((None, row) for row in added)]


def _insert(model: type[Row], names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    marks = ", ".join(["%s"] * len(names))
    sql = f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) VALUES ({marks})"
    write_many(sql, rows)


def _update(model: type[Row], names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """rows: values of these columns, and the key."""
    marks = ", ".join(f"{name} = %s" for name in names)
    key = model._meta.pk.column
    write_many(f"UPDATE {model._meta.db_table} SET {marks} WHERE {key} = %s", rows)


def write_many(sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)


def chunks(items: Iterable[T]) -> Iterator[Sequence[T]]:
    walk = iter(items)
    while chunk := list(islice(walk, CHUNK)):
        yield chunk
