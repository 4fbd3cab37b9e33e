"""The database backend "pinboard.sqlite": as Django's, but transactions begin in turn."""

from __future__ import annotations

import os
from collections import defaultdict
from typing import Any

from django.db.backends.sqlite3 import base

from pinboard.sqlite.turns import Turns

# By the database's file. A forked process begins with nobody in line.
_TURNS: defaultdict[str, Turns] = defaultdict(Turns)
os.register_at_fork(after_in_child=_TURNS.clear)


def bits_apart(one: int, other: int) -> int:
    """In how many of their 64 bits two signed numbers differ."""
    return ((one ^ other) & 0xFFFF_FFFF_FFFF_FFFF).bit_count()


class DatabaseWrapper(base.DatabaseWrapper):
    """A transaction holds the turn of its process from BEGIN to its end, however it ends.

    Waits OPTIONS["timeout"] seconds for the turn, and as long again for another process.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._held: Turns | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        # PostgreSQL counts bits by itself: images/likeness.py.
        connection.create_function("bits_apart", 2, bits_apart, deterministic=True)
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        turns = _TURNS[str(self.settings_dict["NAME"])]
        if not turns.take(self.settings_dict["OPTIONS"].get("timeout", 5.0)):
            with self.wrap_database_errors:
                raise self.Database.OperationalError("database is locked")
        self._held = turns
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._give_back()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # not in the stubs
        self._give_back()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self._give_back()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # not in the stubs
        finally:
            self._give_back()

    def _give_back(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.give_back()
